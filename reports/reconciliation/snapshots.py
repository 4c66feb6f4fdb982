"""The figures of some months around something that is about to be decided: before, after, and what moves.

What is announced and what then happens is one function: once it is taken back, once it is not.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Deadline, Decision, Hearing
from courts.notifications.coverage import PAPER_RULES
from organisations.models import Region
from reports.figures.entries import Agency, Entry, Part, by_agency
from reports.figures.measure import Measure, part_of
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.rates import format_rate
from rules.report_periods import period_of

COUNTED_BY_DUE_DAY = ("obligation", *PAPER_RULES)
# Month, scope (an agency by its id, or 0 for the region) and measure: numerator and denominator.
Reading = tuple[str, int, str]
Figures = dict[Reading, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure before and after, as printed."""

    month: str
    period: str
    scope: str
    measure: str
    before: str
    after: str

    @property
    def moves(self) -> bool:
        return self.before != self.after

    @property
    def told(self) -> list[str]:
        """As it is kept on record."""
        return [self.period, self.scope, self.measure, self.before, self.after]


class FiguresMoved(Exception):
    """What would happen is no longer what was announced. Nothing was written."""


def digest(lines: Iterable[Line]) -> str:
    """By which a form says what its reader was shown."""
    return hashlib.sha256(repr([asdict(line) for line in lines]).encode()).hexdigest()[:16]


def rehearsed(
    act: Callable[[], object], months: Callable[[], set[date]], region: Region, on: date
) -> "tuple[set[date], Snapshot, Snapshot]":
    """The months that an act reaches, and the figures without it and with it; it is taken back again."""
    with transaction.atomic():
        reached = months()
        act()
        reached |= months()
        after = Snapshot(reached, region, on)
        transaction.set_rollback(True)
    return reached, Snapshot(reached, region, on), after


def months_of(cases: Iterable[int], on: date, *, days: Iterable[date] = ()) -> set[date]:
    """The first days of the months in which these cases are counted, with other days of theirs: from their first day
    until now, for what is owed stays owed.
    """
    cases = list(cases)
    counted = [*days, *Hearing.objects.filter(case__in=cases).values_list("day", flat=True)]
    counted += Decision.objects.filter(case__in=cases).values_list("decided_on", flat=True)
    duties = Deadline.objects.filter(case__in=cases, rule__in=COUNTED_BY_DUE_DAY)
    counted += duties.values_list("due_on", flat=True)
    first, last = min([*counted, on]), max([*counted, on])
    return set(_months_between(first.replace(day=1), last))


def _months_between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = period_of("month", first).following().first


class Snapshot:
    """Every measure of some months, of a region and of each of its agencies."""

    def __init__(self, months: Iterable[date], region: Region, on: date) -> None:
        self.region, self.agencies = region, dict[int, Agency]()
        periods = [period_of("month", first) for first in sorted(months)]
        self.labels = {period.key: period.label for period in periods}
        self.figures: Figures = {}
        known: dict[int, Agency] | None = None
        for period in periods:
            populations = Populations(period, region, on, known)
            known = self.agencies = populations.agencies
            self.figures |= dict(self._read(populations))

    def _read(self, populations: Populations) -> Iterator[tuple[Reading, tuple[int, int]]]:
        month = populations.period.key
        for key, measure in MEASURES.items():
            entries: list[Entry] = getattr(populations, measure.source)
            yield (month, 0, key), _counted(part_of(measure, entries))
            for agency, own in by_agency(entries).items():
                yield (month, agency, key), _counted(part_of(measure, own))


def _counted(part: Part) -> tuple[int, int]:
    return len(part.numerator), part.denominator


def lines_between(
    before: Snapshot, after: Snapshot, asked: Callable[[Reading], bool] = lambda reading: False
) -> Iterator[Line]:
    """Every figure that moves, and those that are asked for also where they do not."""
    for reading in sorted(before.figures.keys() | after.figures.keys(), key=_order):
        period, scope, key = reading
        then, now = (each.figures.get(reading, (0, 0)) for each in (before, after))
        if then != now or asked(reading):
            name = before.agencies[scope].short_name if scope else before.region.name
            words = (printed(MEASURES[key], *each) for each in (then, now))
            yield Line(period, before.labels[period], name, MEASURES[key].label, *words)


def _order(reading: Reading) -> tuple[Any, ...]:
    """By month and measure; the agency before the region."""
    period, scope, key = reading
    return period, list(MEASURES).index(key), scope == 0, scope


def printed(measure: Measure, numerator: int, denominator: int) -> str:
    """A count, or a rate with its parts."""
    if not measure.is_rate:
        return f"{numerator} {measure.counter}"
    rate = format_rate(numerator, denominator)
    return f"{rate}%（{numerator}/{denominator}）" if rate else f"—（{measure.empty_text}）"
