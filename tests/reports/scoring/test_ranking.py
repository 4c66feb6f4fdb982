"""排名: facts from the measures, ties shared, every lost point with its case, and the sum that must agree."""

from decimal import Decimal

import pytest

from reports.scoring.ranking import NO_DATA, make_ranking, ranking_json
from rules.report_periods import parse_report_period
from tests.reports.conftest import NOW

Q3 = parse_report_period("2026Q3")


@pytest.fixture
def group(world):
    """The group of a ranking of the third quarter, of which every court told something."""
    world.all_told(9)

    def told(key, region=None):
        return make_ranking(Q3, region or world.city, NOW, key).groups[0]

    return told


def places(group):
    return [(place.rank, place.tied, place.row.name, str(place.row.score.total)) for place in group.ranked]


def test_equal_scores_share_a_place_and_the_next_is_skipped(world, group):
    world.heard(1, "区住建局")
    world.heard(2, "县公安局")
    assert places(group("counties")) == [(1, True, "滨城区", "100.0"), (1, True, "惠民县", "100.0")]
    world.heard(3, "市公安局", attended=False)
    world.heard(4, "市人社局")
    assert places(group("departments")) == [
        (1, False, "滨州市人力资源和社会保障局", "100.0"),
        (2, False, "滨州市公安局", "72.0"),
    ]


def test_units_without_a_hearing_are_not_ranked_and_say_why(world, group):
    world.heard(1, "区住建局")
    counties = group("counties")
    assert len(counties.unranked) == 6
    assert {unit.unranked for unit in counties.unranked} == {"本期无开庭案件，不参与排名"}


def test_an_absence_costs_the_rate_and_the_event_with_its_case(world, group):
    case = world.heard(1, attended=False)
    unit = group("departments").ranked[0].row
    assert [(line.item, str(line.points), line.case) for line in unit.score.ledger] == [
        ("appearance_rate", "-25.0", case.number),
        ("appearance_absence", "-3.0", case.number),
    ]
    assert unit.cases[case.number] == case.pk


@pytest.mark.parametrize(
    ("facts", "lost"),
    [
        ({"justified": True, "court_finding": "accepted"}, "-25.0"),
        ({"absence_reason": "参加防汛", "absence_ground": "official_duty"}, "-25.0"),
        ({"absence_reason": "参加会议", "absence_ground": "other", "court_finding": "rejected"}, "-28.0"),
        ({}, "-28.0"),
    ],
    ids=["accepted", "not reviewed", "rejected", "unexplained"],
)
def test_only_an_unexplained_or_rejected_absence_is_an_event(world, group, facts, lost):
    world.heard(1, attended=False, **facts)
    unit = group("departments").ranked[0].row
    assert str(sum(line.points for line in unit.score.ledger)) == lost


def test_late_and_missing_papers_and_overdue_obligations_are_events(world, group):
    case = world.heard(1)
    world.due(case, "defence_report", met="09-13")
    world.due(case, "lost_case_report")
    world.due(case, "judgment_filing", met="09-10")
    owed = world.owes(2)
    name = f"{owed.outcome.decision.case.number} · 市公安局"
    unit = group("departments").ranked[0].row
    assert [(line.item, str(line.points), line.case, line.reason) for line in unit.score.ledger] == [
        ("performance_rate", "-20.0", name, "未计入履行生效裁判率（分母 1 件）"),
        ("performance_overdue", "-5.0", name, "履行期限 2026-09-10 届满，尚未履行"),
        ("reports", "-0.5", f"{case.number} · 市公安局", "应诉情况报告迟报 3 天，期限 2026-09-10 届满"),
        ("reports", "-1.0", f"{case.number} · 市公安局", "败诉报告未报送，期限 2026-09-10 届满"),
    ]


def test_what_was_done_in_time_or_need_not_be_done_costs_nothing(world, group):
    case = world.heard(1)
    world.due(case, "defence_report", met="09-10")
    world.due(case, "judgment_filing", state="waived")
    world.due(case, "lost_case_report", state="void")
    world.owes(2, done="09-10", state="done")
    unit = group("departments").ranked[0].row
    assert (unit.score.ledger, str(unit.score.total)) == ((), "100.0")


def test_items_without_data_lose_nothing_and_say_so(world, group):
    world.heard(1)
    notes = group("departments").ranked[0].row.notes
    assert notes == dict.fromkeys(
        ["performance_rate", "performance_overdue", "reports", "capacity", "advice"], NO_DATA
    )


def test_full_marks_plus_the_ledger_is_the_score_of_every_row(world):
    world.all_told(9)
    for serial in range(1, 13):
        agency = list(world.agencies)[serial % 4]
        case = world.heard(serial, agency, attended=serial % 3 != 0)
        world.due(case, "judgment_filing", met="09-12" if serial % 2 else None, agency=agency)
    world.owes(20)
    world.owes(21)
    told = ranking_json(make_ranking(Q3, world.city, NOW), world.city, "")
    rows = [row for group in told["groups"] for row in group["rows"]]
    assert len(rows) == 4
    for row in rows:
        lost = sum(Decimal(line["points"]) for line in row["ledger"])
        assert (
            Decimal(100) + lost
            == Decimal(row["score"])
            == sum(Decimal(item["score"]) for item in row["items"])
        )


def test_a_county_ranks_its_own_departments(world, group):
    world.heard(1, "区住建局")
    world.heard(2, "市公安局")
    assert [row[2] for row in places(group("departments", world.county))] == ["滨州市滨城区住房和城乡建设局"]
    assert group("counties", world.county).ranked == ()
