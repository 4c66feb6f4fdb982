from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rules.ranking import rank


def places(ranked):
    return [(place.rank, place.tied, place.row[0]) for place in ranked]


def test_equal_scores_share_a_place_and_the_next_place_is_left_out():
    rows = [("惠民", 90), ("阳信", 100), ("无棣", 100), ("博兴", 80)]
    assert places(rank(rows, score=lambda row: row[1])) == [
        (1, True, "阳信"), (1, True, "无棣"), (3, False, "惠民"), (4, False, "博兴"),
    ]  # fmt: skip


def test_tie_breaks_apply_in_their_order():
    rows = [("惠民", 90, 1, 9), ("阳信", 90, 2, 1), ("无棣", 90, 2, 3)]
    ranked = rank(rows, score=lambda row: row[1], tie_breaks=[lambda row: row[2], lambda row: row[3]])
    assert places(ranked) == [(1, False, "无棣"), (2, False, "阳信"), (3, False, "惠民")]


def test_rows_equal_in_everything_keep_the_order_they_came_in():
    ranked = rank([("乙", 90, 5), ("甲", 90, 5)], score=lambda row: row[1], tie_breaks=[lambda row: row[2]])
    assert places(ranked) == [(1, True, "乙"), (1, True, "甲")]


def test_scores_are_compared_as_numbers():
    ranked = rank([("甲", Decimal("9.5")), ("乙", Decimal("97.5"))], score=lambda row: row[1])
    assert [place.row[0] for place in ranked] == ["乙", "甲"]


def test_nothing_to_rank_is_no_mistake():
    assert rank([], score=lambda row: row) == []


@given(st.lists(st.integers(0, 5), max_size=20))
def test_a_place_is_one_more_than_the_number_of_better_rows(scores):
    for place in rank(scores, score=lambda row: row):
        assert place.rank == 1 + sum(other > place.row for other in scores)
        assert place.tied == (scores.count(place.row) > 1)
