"""Small lines of twelve months: a population is read once for each month, whatever the number of measures."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.figures.measures import MEASURES
from reports.figures.pictures import spark
from reports.figures.trend import months_of, totals_of
from tests.reports.conftest import TODAY

RATE, COUNT = MEASURES["appearance_rate"], MEASURES["rescheduled_count"]
LAST = date(2026, 9, 30)


@pytest.fixture
def told(world):
    world.all_told(8, 9)
    world.heard(1, "区住建局", on="08-10")
    world.heard(2, "区住建局", on="09-10")
    world.heard(3, "县公安局", on="09-11", attended=False)


def test_the_totals_are_those_of_the_trend(world, told):
    labels, totals = totals_of([RATE], world.city, LAST, TODAY)
    months = months_of(RATE, world.city, LAST, TODAY)
    assert labels == [month.period.key for month in months]
    assert totals["appearance_rate"] == [month.total for month in months]


def test_one_measure_more_of_a_population_asks_nothing_more(world, told):
    def queries(*whats):
        with CaptureQueriesContext(connection) as captured:
            totals_of(whats, world.city, LAST, TODAY)
        return len(captured)

    same = [what for what in MEASURES.values() if what.source == "appearances"]
    assert len(same) > 3
    assert queries(*same) == queries(RATE)


def test_a_rate_stands_against_100_and_its_last_month_is_told(world, told):
    labels, totals = totals_of([RATE], world.city, LAST, TODAY)
    small = spark(RATE, totals["appearance_rate"], labels)
    assert (small.points, small.last, small.is_whole) == ("105.8,4.0 116.0,14.0", (116.0, 14.0), True)
    assert small.words == "50.0%（1/2）"
    assert small.sentence == "2026-08 100.0%（1/1），2026-09 50.0%（1/2）"


def test_without_any_month_there_is_no_line(world):
    labels, totals = totals_of([COUNT], world.city, LAST, TODAY)
    small = spark(COUNT, totals["rescheduled_count"], labels)
    assert (small.points, small.last, small.words, small.sentence) == ("", None, "—", "近 12 个月没有数据")


def test_they_come_into_the_table_or_on_a_page_of_their_own(told, cast, client_of):
    client = client_of(cast.city_office_clerk)
    page = client.get("/figures/?period=2026Q3").content.decode()
    assert 'id="spark-appearance_rate"' in page
    assert 'hx-get="/figures/2026Q3/?region=371600" hx-trigger="load"' in page
    part = client.get("/figures/2026Q3/", headers={"HX-Request": "true"}).content.decode()
    assert '<span id="spark-appearance_rate" hx-swap-oob="true"><svg class="spark"' in part
    assert "<html" not in part
    whole = client.get("/figures/2026Q3/").content.decode()
    assert "2026-08 100.0%（1/1），2026-09 50.0%（1/2）" in whole
