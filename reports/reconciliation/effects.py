"""What a ruling does to the figures.

What is announced and what then happens is one function: once it is taken back, once it is not.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from cases.law import Law
from cases.models import Deadline, Discrepancy
from cases.reconciliation.deciding import rule_for
from courts.notifications.coverage import PAPER_RULES
from organisations.authors import Author
from organisations.models import Region
from reports.figures.entries import Agency, Entry, Part, by_agency
from reports.figures.measure import Measure, part_of
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.authority import Fact
from rules.rates import format_rate
from rules.report_periods import period_of

# The figure that everybody asks about first, told also where it does not move.
HEADLINE = {
    Fact.APPEARANCE: "appearance_rate",
    Fact.HEARING_DAY: "appearance_rate",
    Fact.RECEIPT: "filing_on_time_rate",
    Fact.OUTCOME: "loss_rate_concluded",
    Fact.EFFECT: "performance_rate",
    Fact.PERFORMANCE: "performance_rate",
}
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


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person is about to decide, and whose figures the total is of."""

    side: str
    reason: str
    revision: int
    region: Region


class FiguresMoved(Exception):
    """What would happen is no longer what was announced. Nothing was written."""


def announced(item: Discrepancy, ruling: Ruling, *, author: Author, law: Law) -> list[Line]:
    """What the ruling would change: it is carried out, read and taken back. Raises as `rule_for`."""
    _, before, after = _rehearsed(item, ruling, author, law)
    return list(_lines(item, before, after))


@transaction.atomic
def decide(
    item: Discrepancy, ruling: Ruling, *, seen: str | None = None, author: Author, law: Law
) -> list[Line]:
    """Rule, and keep with the item what that changed; what then happens is what was announced.

    `seen` is the digest of what the person was shown, where that is known. Raises as `rule_for`, and FiguresMoved
    where the figures would now move otherwise.
    """
    months, before, after = _rehearsed(item, ruling, author, law)
    lines = list(_lines(item, before, after))
    if seen is not None and seen != digest(lines):
        raise FiguresMoved
    _rule(item, ruling, author, law)
    if Snapshot(months, ruling.region, author.on).figures != after.figures:
        raise FiguresMoved
    kept = [line.told for line in lines if line.moves]
    Discrepancy.objects.filter(pk=item.pk).update(effects=kept)
    return lines


def digest(lines: Iterable[Line]) -> str:
    """By which a form says what its reader was shown."""
    return hashlib.sha256(repr([asdict(line) for line in lines]).encode()).hexdigest()[:16]


def _rehearsed(
    item: Discrepancy, ruling: Ruling, author: Author, law: Law
) -> "tuple[set[date], Snapshot, Snapshot]":
    """The months that the ruling reaches, and the figures without it and with it; it is taken back again."""
    with transaction.atomic():
        months = _months(item, author.on)
        _rule(item, ruling, author, law)
        months |= _months(item, author.on)
        after = Snapshot(months, ruling.region, author.on)
        transaction.set_rollback(True)
    return months, Snapshot(months, ruling.region, author.on), after


def _rule(item: Discrepancy, ruling: Ruling, author: Author, law: Law) -> None:
    rule_for(item, ruling.side, reason=ruling.reason, revision=ruling.revision, author=author, law=law)


def _months(item: Discrepancy, on: date) -> set[date]:
    """The first days of the months in which the case is counted: from its first day until now, for what is owed stays
    owed."""
    case = item.lane.case
    days = [item.fact_on, *case.hearings.values_list("day", flat=True)]
    days += case.decisions.values_list("decided_on", flat=True)
    duties = Deadline.objects.filter(case=case, rule__in=COUNTED_BY_DUE_DAY)
    days += duties.values_list("due_on", flat=True)
    first, last = min(days), max([*days, on])
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


def _lines(item: Discrepancy, before: Snapshot, after: Snapshot) -> Iterator[Line]:
    """Every figure that moves; of those that do not, the headline of the fact in its own month."""
    own, month = item.lane.organisation_id, period_of("month", item.fact_on).key
    for reading in sorted(before.figures.keys() | after.figures.keys(), key=_order):
        period, scope, key = reading
        then, now = (each.figures.get(reading, (0, 0)) for each in (before, after))
        asked = key == HEADLINE[Fact.of(item.fact)] and period == month and scope in (0, own)
        if then != now or asked:
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
        return f"{numerator} 件"
    rate = format_rate(numerator, denominator)
    return f"{rate}%（{numerator}/{denominator}）" if rate else f"—（{measure.empty_text}）"
