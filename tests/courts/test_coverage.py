"""数据完整性: every kind of gap is named with court, month and number, and no other."""

from datetime import UTC, date, datetime

import pytest

from cases.models import Deadline, Obligation
from courts.models import HeldRow, HistoryImport, Notification
from courts.notifications.coverage import KINDS, coverage_of
from organisations.models import Region
from rules.report_periods import parse_report_period
from tests.reports.conftest import World

Q3 = parse_report_period("2026Q3")
TODAY = date(2026, 10, 15)


@pytest.fixture
def world(reference, today, files_dir):
    return World()


@pytest.fixture
def all_told(world):
    world.all_told(6, 7, 8, 9)


def missing(region="371600", period=Q3, on=TODAY):
    found = coverage_of(period, Region.objects.get(code=region), on)
    return [(gap.kind, gap.court, gap.month, gap.count) for gap in found.gaps]


def test_nothing_is_missing_where_everything_was_told(all_told):
    found = coverage_of(Q3, Region.objects.get(code="371600"), TODAY)
    assert (found.complete, found.to_json()) == (True, {"complete": True, "missing": []})


def test_a_court_that_told_nothing_of_a_month_is_silent(all_told):
    Notification.objects.filter(court__code="鲁1621", month=date(2026, 8, 1)).delete()
    Notification.objects.filter(court__code="鲁1602", month=date(2026, 7, 1), kind="judgments").delete()
    assert missing() == [("court_silent", "鲁1602", "2026-07", 1), ("court_silent", "鲁1621", "2026-08", 3)]
    assert missing("371621") == [("court_silent", "鲁1621", "2026-08", 3)]
    assert missing("371681") == []


def test_a_month_is_not_silent_before_its_day(all_told):
    Notification.objects.filter(month=date(2026, 9, 1)).delete()
    assert {kind for kind, *_ in missing(on=date(2026, 9, 5))} == {"period_open"}
    assert ("court_silent", "鲁16", "2026-09", 3) in missing(on=date(2026, 9, 6))


def test_what_is_told_later_is_not_known_on_the_day(all_told):
    Notification.objects.filter(court__code="鲁1602", month=date(2026, 7, 1)).update(
        received_at=datetime(2026, 10, 20, tzinfo=UTC)
    )
    assert missing() == [("court_silent", "鲁1602", "2026-07", 3)]
    assert missing(on=date(2026, 10, 20)) == []


def test_rows_that_wait_are_missing(all_told):
    notification = Notification.objects.get(court__code="鲁1602", month=date(2026, 8, 1), kind="schedule")
    for row in (3, 4):
        HeldRow.objects.create(notification=notification, sheet="排庭", row=row, values={}, issues=[])
    HeldRow.objects.create(
        notification=notification,
        sheet="排庭",
        row=5,
        values={},
        issues=[],
        resolved_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
    assert missing() == [("rows_held", "鲁1602", "2026-08", 2)]


def test_hearings_without_a_result_and_without_a_word_on_heads(world, all_told):
    world.hearing(world.case(1), "09-01", state="scheduled")
    world.hearing(world.case(2), "08-31")
    world.said(world.hearing(world.case(3), "08-30"))
    world.hearing(world.case(4), "10-15", state="scheduled")
    world.hearing(world.case(5, "区住建局"), "08-12")
    assert missing() == [
        ("hearing_without_appearance", "鲁1602", "2026-08", 2),
        ("hearing_without_result", "鲁1602", "2026-09", 1),
    ]
    assert missing("371602") == [("hearing_without_appearance", "鲁1602", "2026-08", 1)]
    of_city = coverage_of(Q3, Region.objects.get(code="371600"), TODAY)
    assert [(gap.kind, gap.count) for gap in of_city.of_region("371602")] == [
        ("hearing_without_appearance", 1)
    ]


def test_filings_that_are_due_and_effects_that_nobody_decided(world, all_told):
    world.due(world.case(1), "judgment_filing", on="06-10")
    world.due(world.case(2), "judgment_filing", on="09-10", met="09-12")
    world.due(world.case(3), "judgment_filing", on="10-20")
    owed = world.owes(4, certainty="open")
    owed.outcome.decision.effective_on = date(2026, 8, 20)
    owed.outcome.decision.save()
    Deadline.objects.filter(case=owed.lane.case).delete()
    assert missing() == [
        ("judgment_without_filing", "鲁1602", "2026-06", 1),
        ("effect_without_obligation", "鲁1602", "2026-08", 1),
    ]
    assert Obligation.objects.get().certainty == "open"


def test_an_agency_that_handed_in_nothing_is_silent(world, all_told):
    world.due(world.case(1), "defence_report", on="09-10")
    world.due(world.case(2, "区住建局"), "defence_report", on="09-10", agency="区住建局")
    world.due(world.case(3, "区住建局"), "defence_report", on="09-12", met="09-11", agency="区住建局")
    (gap,) = coverage_of(Q3, Region.objects.get(code="371600"), TODAY).gaps
    assert (gap.kind, gap.agency, gap.count) == ("agency_silent", world.agencies["市公安局"].code, 1)


def test_days_to_come_and_days_before_the_platform_began(all_told):
    assert ("period_open", "", "", 15) in missing(on=date(2026, 9, 15))
    assert missing(period=parse_report_period("2026Q2")) == [("before_start", "", "", 61)]
    assert missing(period=parse_report_period("2025")) == [("before_start", "", "", 365)]


@pytest.mark.parametrize(
    ("ledger_of", "city", "county", "other"),
    [("371600", [], [], []), ("371602", ["before_start"], [], ["before_start"])],
)
def test_an_old_ledger_tells_of_the_days_before(all_told, ledger_of, city, county, other):
    region = Region.objects.get(code=ledger_of)
    HistoryImport.objects.create(
        region=region, year=2025, number="LS2025-1", imported_at=datetime(2026, 9, 1, tzinfo=UTC)
    )
    found = coverage_of(parse_report_period("2025"), Region.objects.get(code="371600"), TODAY)
    told = [[gap.kind for gap in found.of_region(code)] for code in ("371600", "371602", "371621")]
    assert told == [city, county, other]


def test_days_to_come_concern_every_county(all_told):
    found = coverage_of(Q3, Region.objects.get(code="371600"), date(2026, 9, 15))
    assert [gap.kind for gap in found.of_region("371602")] == ["period_open"]


def test_who_told_of_a_region(world):
    world.told("鲁1602", 8)
    found = coverage_of(Q3, Region.objects.get(code="371600"), TODAY)
    assert [found.is_silent(region) for region in ("371602", "371621", "371600")] == [False, True, False]


def test_before_the_platform_began_nobody_is_silent(world):
    world.told("鲁1602", 8)
    found = coverage_of(parse_report_period("2026Q2"), Region.objects.get(code="371600"), TODAY)
    assert (found.expected, found.is_silent("371602")) == (False, False)


def test_heads_of_the_last_month_are_told_in_the_month_after(world):
    world.told("鲁1602", 10, kinds=["appearances"])
    world.told("鲁1603", 10, kinds=["schedule"])
    assert coverage_of(Q3, Region.objects.get(code="371600"), TODAY).told == {"鲁1602"}


def test_every_kind_has_words():
    assert len(KINDS) == 9
