"""审结方式: every outcome that ends an instance stands under one way, and every case under one line."""

import pytest

from cases.deadlines.on_decisions import NOT_DISPOSITIVE
from cases.models import DecisionOutcome, Lane
from reports.figures.dimensions import DIMENSIONS, breakdown
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.ways import load_ways
from rules.outcomes import load_outcomes
from rules.report_periods import parse_report_period
from rules.strict_toml import DataFileError
from tests.reports.conftest import TODAY

Q3 = parse_report_period("2026Q3")


def by_way(world, key="case_concluded_count"):
    found = breakdown(MEASURES[key], DIMENSIONS["way"], Populations(Q3, world.city, TODAY))
    return [(key.label, len(part.numerator)) for key, part in found]


def test_every_outcome_that_ends_an_instance_has_a_way():
    ending = {
        one.code
        for one in load_outcomes()
        if one.code not in NOT_DISPOSITIVE and {"first", "second", "retrial"} & set(one.instances)
    }
    assert {code for way in load_ways() for code in way.codes} == ending


def test_cases_by_how_they_ended(world):
    world.decided(1, "J-DISMISS")
    world.decided(2, "J-COMP-DISMISS")
    world.decided(3, "J-REVOKE-REDO")
    world.decided(4, "R-WITHDRAW-CHANGED")
    world.heard(5)
    assert by_way(world) == [
        ("驳回诉讼请求", 2),
        ("撤销（含部分撤销、责令重作）", 1),
        ("撤诉（被告改变行政行为后）", 1),
        ("未结", 0),
    ]
    assert by_way(world, "case_pending_count")[-1] == ("未结", 1)


def test_co_defendants_of_one_way_are_one_and_of_two_ways_a_line_of_their_own(world):
    for serial, codes in ((1, ("J-ILLEGAL", "J-REMEDY")), (2, ("J-REVOKE", "J-COMP"))):
        first = world.decided(serial, codes[0])
        lane = Lane.objects.create(
            case=first.decision.case, organisation=world.agencies["区住建局"], source=world.source
        )
        DecisionOutcome.objects.create(
            decision=first.decision, lane=lane, code=codes[1], judged=True, source=world.source
        )
    assert by_way(world) == [("确认违法、无效（含责令补救）", 1), ("多种结果", 1)]


def test_what_was_decided_later_or_ended_nothing_is_no_way(world):
    world.heard(1)
    world.decided(2, on="10-08")
    world.decided(3, "R-SUSPEND")
    assert by_way(world) == [("未结", 0)]


def test_by_instance(world):
    world.decided(1)
    world.decided(2, "A-AFFIRM", type_code="行终")
    world.decided(3, "T-REVERSE", type_code="行再")
    assert by_way(world, "case_concluded_first") == [("驳回诉讼请求", 1)]
    assert by_way(world, "case_concluded_second") == [("维持原判（裁定）", 1)]
    assert by_way(world, "case_concluded_retrial") == [("改判", 1)]


@pytest.mark.parametrize(
    ("codes", "words"),
    [('["J-PAY"]', "J-PAY 列在两种方式里"), ('["J-NOTHING"]', "没有裁判结果 J-NOTHING")],
)
def test_a_wrong_file_is_refused(tmp_path, codes, words):
    path = tmp_path / "ways.toml"
    one = '[[way]]\nkey = "{}"\nlabel = "给付"\ncodes = {}\n'
    path.write_text(one.format("a", '["J-PAY"]') + one.format("b", codes), "utf-8")
    with pytest.raises(DataFileError, match=words):
        load_ways(path)
