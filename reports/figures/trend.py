"""Twelve months of a measure, in the whole region and in each area under it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from courts.notifications.coverage import Coverage, coverage_of
from organisations.models import Region
from reports.figures.entries import Entry, Footing, Part
from reports.figures.measure import Measure, part_of
from reports.figures.populations import UNDER, Populations
from reports.figures.scopes import recent
from reports.figures.units import Unit, areas
from rules.report_periods import ReportPeriod, period_of

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a measure: of the whole region, and of each area (counties, zones, 市直) in official order."""

    period: ReportPeriod
    total: Part
    areas: tuple[tuple[Unit, Part], ...]


def months_of(what: Measure, region: Region, until: date, on: date) -> list[Month]:
    """The twelve months up to that of `until`, the oldest first; one query of the population for each."""
    each = list(_each_month(region, until, on))
    units = areas(each[0][0])
    return [_month(what, populations, units, coverage) for populations, coverage in each]


def totals_of(
    whats: Iterable[Measure], region: Region, until: date, on: date
) -> tuple[list[str], dict[str, list[Part]]]:
    """The labels of the twelve months, and by measure the total of each; a population is read once for each month."""
    each = list(_each_month(region, until, on))
    return [populations.period.key for populations, _ in each], {
        what.key: [
            _part(what, getattr(populations, what.source), populations, coverage, region.code)
            for populations, coverage in each
        ]
        for what in whats
    }


def _each_month(region: Region, until: date, on: date) -> Iterator[tuple[Populations, Coverage]]:
    """The populations of each month, the oldest first, with the coverage of its year."""
    periods = recent("month", MONTHS, min(until, on))[::-1]
    years = {period.first.year for period in periods}
    coverage = {year: coverage_of(period_of("year", date(year, 1, 1)), region, on) for year in years}
    agencies = Populations(periods[0], region, on).agencies
    for period in periods:
        yield Populations(period, region, on, agencies), coverage[period.first.year]


def _month(what: Measure, populations: Populations, units: list[Unit], coverage: Coverage) -> Month:
    entries: list[Entry] = getattr(populations, what.source)
    parts = (
        (
            unit,
            _part(
                what,
                [one for one in entries if one.agency in unit.members],
                populations,
                coverage,
                unit.region,
            ),
        )
        for unit in units
    )
    total = _part(what, entries, populations, coverage, populations.region.code)
    return Month(populations.period, total, tuple(parts))


def _part(
    what: Measure, entries: list[Entry], populations: Populations, coverage: Coverage, region: str
) -> Part:
    """With what is missing of this month alone; days to come and days before the platform began are of no month."""
    month = populations.period.key
    gaps = coverage.of_region(region)
    missing = tuple(gap for gap in gaps if gap.kind in UNDER[what.source] and gap.month == month)
    return part_of(what, entries, Footing(missing))
