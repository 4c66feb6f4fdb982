"""What is printed of a figure: never good for want of data, never compared with what cannot be compared."""

import pytest

from courts.notifications.coverage import Gap
from reports.figures.appearances import HeardLane, Stated
from reports.figures.entries import Counted, Entry, Footing, Part
from reports.figures.measure import Measured, part_of, rate_of
from reports.figures.measures import MEASURES
from reports.figures.printing import change_words, printed_rate, rate_cell, rate_words

GAP = Gap("court_silent", 3, "鲁1621", "2026-07", "惠民法院")
UP_AND_DOWN = ("较上季度上升", "较上季度下降")
WHOLE, GAPS, UNTOLD = Footing(), Footing((GAP,)), Footing((GAP,), untold=True)


def part(count, of, footing=WHOLE):
    units = [Counted(str(n), n) for n in range(of)]
    return Part(units[:count], units[count:], footing=footing)


@pytest.mark.parametrize(
    ("found", "words", "cell"),
    [
        (part(39, 41), "95.1%（39/41）", "95.1%"),
        (part(41, 41), "100.0%（41/41）", "100.0%"),
        (part(0, 0), "本期无开庭案件", "—"),
        (part(39, 41, GAPS), "95.1%（39/41）", "95.1%"),
        (part(41, 41, GAPS), "数据不全（41/41）", "数据不全"),
        (part(39, 41, UNTOLD), "数据不全（39/41）", "数据不全"),
        (part(0, 0, UNTOLD), "数据不全（0/0）", "数据不全"),
        (part(2, 3, Footing(decimals=2)), "66.67%（2/3）", "66.67%"),
    ],
)
def test_a_rate_in_words_and_in_a_cell(found, words, cell):
    assert (rate_words(found, "本期无开庭案件"), rate_cell(found)) == (words, cell)


def test_where_no_court_told_anything_there_is_no_rate_at_all():
    assert printed_rate(part(3, 4, UNTOLD)) is None
    assert rate_of(MEASURES["appearance_rate"], part(3, 4, UNTOLD)) is None
    assert rate_of(MEASURES["appearance_rate"], part(3, 4, GAPS)) == "75.0"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (part(15, 20), part(10, 20), "较上季度上升25.0个百分点"),
        (part(10, 20), part(15, 20), "较上季度下降25.0个百分点"),
        (part(10, 20), part(10, 20), "与上季度持平"),
        (part(10, 20), part(0, 0), "上季度无可比数据"),
        (part(10, 20), part(4, 9), "本期或上季度不足10件，不作比较"),
        (part(4, 9), part(10, 20), "本期或上季度不足10件，不作比较"),
        (part(10, 20), part(10, 20, GAPS), "上季度数据不全，不作比较"),
        (part(10, 20), part(0, 0, GAPS), "上季度数据不全，不作比较"),
        (part(10, 20, GAPS), part(10, 20), "本期数据不全，不作比较"),
    ],
)
def test_a_comparison_is_made_only_where_it_is_honest(now, before, words):
    one, other = (Measured(MEASURES["appearance_rate"], found, ()) for found in (now, before))
    assert change_words(one, other, "上季度", UP_AND_DOWN, 10) == words


def _heard(count, of, instance="first"):
    """Entries of so many heard cases, so many of them with a head."""
    came = Stated(True, False, False, None, False, "")
    absent = Stated(False, False, False, None, True, "")
    lanes = [HeardLane("", (came if n < count else absent,), instance) for n in range(of)]
    return [Entry(f"{instance}{n}", n, 1, lane) for n, lane in enumerate(lanes)]


@pytest.mark.parametrize(
    ("count", "of", "decimals", "printed"),
    [
        (5185, 11965, 1, "43.3"),  # 山东 2017
        (14665, 14730, 1, "99.6"),  # 山东 2022
        (123, 137, 2, "89.78"),  # 许昌 2022 年第四季度
        (82, 95, 2, "86.32"),
        (41, 42, 2, "97.62"),
    ],
)
def test_figures_that_others_published_come_out_as_they_were_published(count, of, decimals, printed):
    found = part_of(MEASURES["appearance_rate"], _heard(count, of), Footing(decimals=decimals))
    assert (len(found.numerator), found.denominator, printed_rate(found)) == (count, of, printed)


def test_first_and_second_instance_stand_apart_and_add_up():
    entries = _heard(82, 95) + _heard(41, 42, "second")
    parts = [part_of(MEASURES[key], entries) for key in ("appearance_rate_first", "appearance_rate_second")]
    assert [(len(part.numerator), part.denominator) for part in parts] == [(82, 95), (41, 42)]
    whole = part_of(MEASURES["appearance_rate"], entries)
    assert (len(whole.numerator), whole.denominator) == (123, 137)
