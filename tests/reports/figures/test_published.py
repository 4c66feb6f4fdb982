"""Rates that were published elsewhere, from as many cases as they were made of: 山东法院行政审判白皮书, 许昌市通报."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.models import AppearanceStatement, Case, Dispute, Hearing, Lane
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.printing import rate_words
from rules.rates import format_rate
from rules.report_periods import parse_report_period

AFTER = date(2026, 10, 15)
TYPES = {"first": "行初", "second": "行终"}


@pytest.fixture
def fill(world):
    """So many heard cases of an instance in a period, of which in so many a head appeared; in bulk."""

    def heard(period, instance, count, appeared):
        opened = datetime(period.first.year, 1, 1, tzinfo=UTC)
        disputes = Dispute.objects.bulk_create(Dispute(opened_at=opened) for _ in range(count))
        year, kind = period.first.year, TYPES[instance]
        cases = Case.objects.bulk_create(
            Case(
                dispute=dispute, key=f"{year}|鲁1602||{kind}|{n}", number=f"（{year}）鲁1602{kind}{n}号", year=year,
                type_code=kind, serial=n, court=world.court, instance=instance, source=world.source,
            )
            for n, dispute in enumerate(disputes, start=1)
        )  # fmt: skip
        agency = world.agencies["市公安局"]
        lanes = Lane.objects.bulk_create(
            Lane(case=case, organisation=agency, source=world.source) for case in cases
        )
        days = (period.last - period.first).days + 1
        hearings = Hearing.objects.bulk_create(
            Hearing(case=case, day=period.first + timedelta(days=n % days), state="held", source=world.source)
            for n, case in enumerate(cases)
        )
        AppearanceStatement.objects.bulk_create(
            AppearanceStatement(
                hearing=hearing, lane=lane, stated_by="court", attended=n < appeared, counts=n < appeared,
                source=world.source,
            )
            for n, (hearing, lane) in enumerate(zip(hearings, lanes, strict=True))
        )  # fmt: skip

    return heard


@pytest.mark.parametrize(
    ("year", "heard", "appeared", "rate"), [("2017", 11965, 5185, "43.3"), ("2022", 14730, 14665, "99.6")]
)
def test_the_rates_of_a_province(world, fill, year, heard, appeared, rate):
    """山东高院 2017 and 2022: all instances, in a year."""
    period = parse_report_period(year)
    fill(period, "first", heard, appeared)
    figure = measured(MEASURES["appearance_rate"], Populations(period, world.city, AFTER))
    assert (len(figure.total.numerator), figure.total.denominator, figure.rate) == (appeared, heard, rate)


def test_the_rates_of_a_city_by_instance_with_two_decimals(world, fill):
    """许昌市 2022年第四季度: 137 件, 123 件, 89.78%; 一审 95、82、86.32%；二审 42、41、97.62%."""
    period = parse_report_period("2022Q4")
    fill(period, "first", 95, 82)
    fill(period, "second", 42, 41)
    populations = Populations(period, world.city, AFTER)
    expected = {
        "appearance_rate": (123, 137, "89.78"),
        "appearance_rate_first": (82, 95, "86.32"),
        "appearance_rate_second": (41, 42, "97.62"),
    }
    for key, (appeared, heard, rate) in expected.items():
        part = measured(MEASURES[key], populations).total
        assert (len(part.numerator), part.denominator) == (appeared, heard)
        assert format_rate(appeared, heard, 2) == rate
        assert rate_words(part, "") == f"{format_rate(appeared, heard)}%（{appeared}/{heard}）"
