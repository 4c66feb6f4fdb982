"""Each unit of a figure says whose it is, of which day, how it stands, and which row says so."""

import pytest

from cases.models import FactChange, Source
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.statements import about, statements_of
from rules.report_periods import parse_report_period
from tests.reports.conftest import NOW, TODAY

Q3 = parse_report_period("2026Q3")


def told(world, population, case, rule=""):
    agencies = Populations(Q3, world.city, TODAY).agencies
    found = statements_of(population, {case.pk}, Q3, agencies, rule=rule)[case.pk]
    return [(one.agency.short_name, str(one.day), one.words, one.column) for one in found]


def test_a_hearing_is_told_of_by_what_was_said_of_each_defendant(world):
    case = world.heard(1, "市公安局", "区住建局", attended=False, verdict="负责人未出庭，未见书面说明。")
    words = ("2026-09-01", "负责人未出庭，未见书面说明。", "负责人是否出庭")
    assert told(world, "appearances", case) == [("市公安局", *words), ("滨城区住建局", *words)]


def test_a_hearing_of_which_nothing_was_said_is_told_of_by_its_day(world):
    case = world.case(1)
    world.hearing(case, "09-01", state="postponed")
    world.hearing(case, "06-01", state="postponed")
    assert told(world, "appearances", case) == [("市公安局", "2026-09-01", "延期", "开庭日期")]


def test_court_and_agency_are_both_told_the_court_first(world):
    case = world.case(1)
    hearing = world.hearing(case)
    world.said(hearing, by="agency")
    world.said(hearing, attended=False)
    assert [one[2] for one in told(world, "appearances", case)] == ["负责人未出庭", "负责人出庭"]


def test_a_decision_an_obligation_and_a_paper(world):
    outcome = world.decided(1, "J-REVOKE", lost=True)
    case = outcome.decision.case
    assert told(world, "outcomes", case) == [("市公安局", "2026-09-01", "撤销行政行为", "裁判结果")]
    world.due(case, "judgment_filing", met="09-09", subject=f"decision:{outcome.decision_id}")
    world.due(case, "defence_report")
    assert told(world, "papers", case, "judgment_filing") == [
        ("市公安局", "2026-09-10", "judgment_filing应于该日前报送，2026-09-09 办结", "裁判日期")
    ]
    assert len(told(world, "papers", case)) == 2
    owed = world.owes(2).lane.case
    assert told(world, "obligations", owed) == [
        ("市公安局", "2026-09-10", "应于该日前履行，未到期", "履行内容")
    ]


def test_what_was_done_after_its_day_says_by_how_many_days(world):
    case = world.case(3)
    world.due(case, "defence_report", on="09-10", met="09-13")
    assert told(world, "papers", case)[0][2] == "defence_report应于该日前报送，2026-09-13 办结，逾期 3 天"
    owed = world.owes(4, due="09-10", done="09-15", state="done_late").lane.case
    assert told(world, "obligations", owed)[0][2] == "应于该日前履行，已履行（逾期），逾期 5 天"


def test_a_move_and_a_case(world):
    case = world.case(1)
    FactChange.objects.create(
        case=case,
        at=NOW,
        model="hearing",
        field="day",
        old="2026-09-01",
        new="2026-10-01",
        source=world.source,
    )
    assert told(world, "moves", case) == [("市公安局", "2026-09-01", "改到 2026-10-01，事实变化", "开庭日期")]
    assert told(world, "cases", case) == [("市公安局", "None", "立案日期未载明", "案号")]


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("（2026）鲁1602行初1号", 2),
        ("（2026）鲁1602行初1号等 3 件", 2),
        ("（2026）鲁1602行初1号 · 市公安局", 1),
        ("（2026）鲁1602行初1号 · 市公安局（第2项）", 1),
        ("（2026）鲁1602行初1号 · 市公安局 · 2026-09-01", 1),
        ("（2026）鲁1602行初1号 · 市公安局 · 2026-09-02", 0),
        ("（2026）鲁1602行初1号 · 惠民县公安局", 0),
    ],
)
def test_a_unit_that_names_an_agency_has_only_what_is_told_of_it(world, key, count):
    case = world.heard(1, "市公安局", "区住建局")
    agencies = Populations(Q3, world.city, TODAY).agencies
    assert len(about(key, statements_of("appearances", {case.pk}, Q3, agencies)[case.pk])) == count


@pytest.mark.parametrize("key", MEASURES)
def test_every_measure_lists_what_is_told_of_its_cases(world, key):
    case = world.heard(1)
    agencies = Populations(Q3, world.city, TODAY).agencies
    assert set(statements_of(MEASURES[key].source, {case.pk}, Q3, agencies)) <= {case.pk}


def test_the_row_of_the_workbook_is_a_link_that_names_the_cell(world, cast, client_of):
    case = world.heard(1, attended=False)
    Source.objects.filter(pk=world.source.pk).update(reference="TB202610-1", sheet="出庭", row=17)
    page = client_of(cast.city_office_clerk).get("/figures/2026Q3/appearance_rate/").content.decode()
    assert f'<a href="/cases/{case.pk}/">{case.number}</a>' in page
    assert (
        "/notifications/rows/TB202610-1/?sheet=%E5%87%BA%E5%BA%AD&amp;row=17"
        "&amp;column=%E8%B4%9F%E8%B4%A3%E4%BA%BA%E6%98%AF%E5%90%A6%E5%87%BA%E5%BA%AD"
    ) in page
