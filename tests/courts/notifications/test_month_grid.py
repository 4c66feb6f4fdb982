"""各法院各月: the grid tells what the coverage tells, with marks that need no colour."""

from datetime import UTC, date, datetime

import pytest

from courts.models import Notification
from courts.notifications.coverage import coverage_of
from courts.notifications.month_grid import grid_of
from organisations.models import Region
from rules.report_periods import parse_report_period
from tests.reports.conftest import World

YEAR = parse_report_period("2026")


@pytest.fixture
def world(reference, today, files_dir):
    return World()


@pytest.fixture
def grid(world, law):
    def of(region="371600", on=date(2026, 10, 15)):
        coverage = coverage_of(YEAR, Region.objects.get(code=region), on)
        return dict(grid_of(YEAR, coverage, law)), coverage

    return of


def marks(months, number):
    return [one.mark for one in months[number - 1].told]


def test_in_time_later_not_there_and_not_due(world, grid):
    world.all_told(6, 7, 8, 9)
    late = Notification.objects.filter(court__code="鲁1602", month=date(2026, 8, 1), kind="judgments")
    late.update(received_at=datetime(2026, 8, 8, 1, tzinfo=UTC))
    Notification.objects.filter(court__code="鲁1602", month=date(2026, 7, 1), kind="schedule").delete()
    months = grid()[0]["滨城法院"]
    assert [marks(months, number) for number in (5, 6, 7, 8, 10, 11)] == [
        ["·", "·", "·"],  # before the platform began
        ["✓", "✓", "✓"],
        ["—", "✓", "✓"],
        ["✓", "✓", "△3"],
        ["—", "—", "—"],
        ["·", "·", "·"],
    ]
    assert months[7].told[2].words == "裁判通报日后 3 天收到"


def test_what_is_silent_is_what_the_coverage_says(world, grid):
    world.all_told(6, 7, 9)
    rows, coverage = grid()
    silent = sum(one.state == "silent" for months in rows.values() for month in months for one in month.told)
    assert silent == sum(gap.count for gap in coverage.gaps if gap.kind == "court_silent") > 0


def test_the_day_of_the_first_version_counts(world, grid):
    world.all_told(8)
    first = Notification.objects.get(court__code="鲁1602", kind="schedule")
    Notification.objects.create(
        court=first.court, month=first.month, kind="schedule", version=2, upload=first.upload,
        number="TB-2", received_at=datetime(2026, 9, 20, tzinfo=UTC),
    )  # fmt: skip
    assert marks(grid()[0]["滨城法院"], 8) == ["✓", "✓", "✓"]


def test_a_county_has_its_own_court_and_that_of_the_city(world, grid):
    world.all_told(8)
    assert set(grid("371602")[0]) == {"滨城法院", "滨州中院"}


def test_on_the_page_a_cell_opens_the_receipt_or_the_gap(world, cast, client_of):
    world.told("鲁1602", 8, 9)
    Notification.objects.filter(month=date(2026, 9, 1), kind="schedule").delete()
    upload = Notification.objects.filter(month=date(2026, 8, 1)).first().upload_id
    page = client_of(cast.city_office_clerk).get("/coverage/2026Q3/").content.decode()
    assert f'<a class="told-in_time" href="/court/uploads/{upload}/receipt/"' in page
    assert '<a class="told-silent" href="/coverage/2026-09/?region=371600#court_silent"' in page
    assert "滨城法院 2026-09 排庭未收到" in page
    leader = client_of(cast.leader).get("/coverage/2026Q3/").content.decode()
    assert "/receipt/" not in leader
    assert "排庭按时收到" in leader
