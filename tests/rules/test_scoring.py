import copy
import tomllib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.schemes import SCHEMES, load_scheme, parse_scheme, read_scheme
from rules.scoring import Event, Ratio, ScoreFacts, score
from rules.strict_toml import DataFileError, Entry

KINDS = sorted({kind for item in load_scheme(2026).items for kind in (*item.deductions, *item.forfeited_by)})
HEARD = {"appearance_rate": Ratio(4)}


def of(facts):
    return score(load_scheme(2026), facts)


def test_a_unit_that_owes_nothing_has_full_marks():
    result = of(ScoreFacts(HEARD))
    assert (result.total, result.ledger, result.grade, result.unranked) == (
        Decimal("100.0"),
        (),
        "优秀",
        None,
    )


def test_each_missing_case_is_a_line_and_the_last_takes_the_rounding():
    result = of(ScoreFacts({"appearance_rate": Ratio(7, ("甲", "乙", "丙"))}))
    assert [(line.case, str(line.points)) for line in result.ledger] == [
        ("甲", "-3.5"),
        ("乙", "-3.5"),
        ("丙", "-3.7"),
    ]
    assert str(result.items[0].score) == "14.3"  # 25 × 4/7 = 14.28…
    assert result.ledger[0].clause == "第一项第1目：按负责人出庭应诉率×25分计"


def test_events_cost_their_points_until_the_item_is_used_up():
    events = tuple(Event("unexplained_absence", case, "未见书面说明") for case in "甲乙丙丁戊")
    result = of(ScoreFacts(HEARD, events))
    assert [str(line.points) for line in result.ledger] == ["-3.0", "-3.0", "-3.0", "-1.0", "0.0"]
    assert [line.reason for line in result.ledger[2:]] == [
        "未见书面说明", "未见书面说明（本项已扣完）", "未见书面说明（本项已扣完）",
    ]  # fmt: skip
    assert str(result.total) == "90.0"


def test_a_court_sanction_costs_all_of_performance_in_one_line_each():
    facts = ScoreFacts(
        {**HEARD, "performance_rate": Ratio(2, ("甲",))}, (Event("enforcement_sanction", "甲", "被罚款"),)
    )
    result = of(facts)
    assert [(line.item, str(line.points)) for line in result.ledger] == [
        ("performance_rate", "-20.0"), ("performance_overdue", "-10.0"),
    ]  # fmt: skip
    assert (str(result.total), result.grade) == ("70.0", "一般")


def test_an_item_without_a_denominator_loses_nothing():
    assert str(of(ScoreFacts({**HEARD, "performance_rate": Ratio(0)})).total) == "100.0"


@pytest.mark.parametrize("ratios", [{}, {"appearance_rate": Ratio(0)}])
def test_a_unit_without_a_hearing_is_not_ranked_and_is_told_why(ratios):
    assert of(ScoreFacts(ratios)).unranked == "本期无开庭案件，不参与排名"


def test_an_event_the_scheme_does_not_know_is_a_mistake():
    with pytest.raises(ValueError, match="late_lunch"):
        of(ScoreFacts(HEARD, (Event("late_lunch", "甲", ""),)))


def test_no_more_cases_can_be_missing_than_there_are():
    with pytest.raises(ValueError, match="2 cases missing of 1"):
        Ratio(1, ("甲", "乙"))


RATIOS = st.integers(0, 60).flatmap(
    lambda due: st.integers(0, due).map(lambda gone: Ratio(due, tuple(f"案{n}" for n in range(gone))))
)
FACTS = st.builds(
    ScoreFacts,
    st.dictionaries(st.sampled_from(["appearance_rate", "performance_rate"]), RATIOS),
    st.lists(st.builds(Event, st.sampled_from(KINDS), st.just("案"), st.just("原因")), max_size=40).map(
        tuple
    ),
)


@given(FACTS)
def test_full_marks_and_ledger_add_up_to_the_score(facts):
    result = of(facts)
    assert Decimal("100.0") + sum(line.points for line in result.ledger) == result.total
    assert sum(item.score for item in result.items) == result.total
    assert all(line.points <= 0 and line.points.as_tuple().exponent == -1 for line in result.ledger)
    for item in result.items:
        lost = sum(line.points for line in result.ledger if line.item == item.key)
        assert (item.max + lost, item.score >= 0) == (item.score, True)


def scheme_data():
    return tomllib.loads((SCHEMES / "2026.toml").read_text("utf-8"))


def spoiled(change):
    data = copy.deepcopy(scheme_data())
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data["item"][0].update(max="24.0"), "合计为 99.0"),
        (lambda data: data["item"][0].update(bonus="1.0"), "不认识的键 bonus"),
        (lambda data: data.update(author="x"), "不认识的键 author"),
        (lambda data: data["item"][2].pop("citation"), "第 3 项：缺少“citation”"),
        (lambda data: data["item"][2].update(citation=""), "第 3 项：“citation”不能为空"),
        (lambda data: data.pop("citation"), "缺少“citation”"),
        (lambda data: data["item"][0].update(max=25.0), "“max”的值 25.0 类型不符"),
        (lambda data: data["item"][0].update(max="25.05"), "带一位小数的文字"),
        (lambda data: data["item"][0].update(max="很多"), "带一位小数的文字"),
        (lambda data: data["item"][0].pop("measure"), "rule 应为"),
        (lambda data: data["item"][1].update(rule="veto"), "rule 应为"),
        (lambda data: data["item"][1].update(key="appearance_rate"), "同一个 key"),
        (lambda data: data["grade"].pop(), "从 0 分起"),
        (lambda data: data["grade"][0].update(colour="red"), "不认识的键 colour"),
        (lambda data: data.update(ranked_by="loss_rate"), "ranked_by"),
    ],
)
def test_a_scheme_that_does_not_hold_together_is_refused_by_name(change, words):
    with pytest.raises(DataFileError, match=words) as refused:
        parse_scheme(Entry("2026.toml", spoiled(change)))
    assert str(refused.value).startswith("2026.toml")


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"broken\.toml"):
        read_scheme(path)


def test_a_year_without_a_scheme_is_said_so():
    with pytest.raises(DataFileError, match="没有 1999 年度"):
        load_scheme(1999)


def test_the_scheme_that_comes_along_says_it_is_an_example():
    scheme = load_scheme(2026)
    assert (scheme.example, "示例细则，待以正式细则替换" in scheme.name) == (True, True)
    groups = {item.group: Decimal(0) for item in scheme.items}
    for item in scheme.items:
        groups[item.group] += item.max
    assert list(map(str, groups.values())) == ["35.0", "30.0", "15.0", "10.0", "10.0"]


def test_a_scheme_is_no_example_unless_it_says_so():
    assert not parse_scheme(Entry("2026.toml", spoiled(lambda data: data.pop("example")))).example


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100.0", "优秀"),
        ("90.0", "优秀"),
        ("89.9", "良好"),
        ("60.0", "一般"),
        ("59.9", "较差"),
        ("0.0", "较差"),
    ],
)
def test_the_grade_begins_at_its_number_of_points(total, grade):
    assert load_scheme(2026).grade(Decimal(total)) == grade
