"""What a ruling does to the figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cases.law import Law
from cases.models import Discrepancy
from cases.reconciliation.deciding import rule_for
from organisations.authors import Author
from organisations.models import Region
from reports.reconciliation.snapshots import (
    FiguresMoved,
    Line,
    Reading,
    Snapshot,
    digest,
    lines_between,
    months_of,
    rehearsed,
)
from rules.authority import Fact
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


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person is about to decide, and whose figures the total is of."""

    side: str
    reason: str
    revision: int
    region: Region


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


def _rehearsed(
    item: Discrepancy, ruling: Ruling, author: Author, law: Law
) -> tuple[set[date], Snapshot, Snapshot]:
    def act() -> None:
        _rule(item, ruling, author, law)

    def months() -> set[date]:
        return months_of([item.lane.case_id], author.on, days=[item.fact_on])

    return rehearsed(act, months, ruling.region, author.on)


def _rule(item: Discrepancy, ruling: Ruling, author: Author, law: Law) -> None:
    rule_for(item, ruling.side, reason=ruling.reason, revision=ruling.revision, author=author, law=law)


def _lines(item: Discrepancy, before: Snapshot, after: Snapshot) -> Iterator[Line]:
    """Every figure that moves; of those that do not, the headline of the fact in its own month."""
    own, month = item.lane.organisation_id, period_of("month", item.fact_on).key

    def headline(reading: Reading) -> bool:
        period, scope, key = reading
        return key == HEADLINE[Fact.of(item.fact)] and period == month and scope in (0, own)

    return lines_between(before, after, headline)
