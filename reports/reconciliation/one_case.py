"""What a merger of two numbers into one case does: deadlines, statements that then differ, figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from cases.deadlines.rehearsal import Move, days_of, moves_since
from cases.law import Law
from cases.models import Candidate, Case, Discrepancy
from cases.reconciliation.one_case import confirm_one_case
from organisations.access import may
from organisations.authors import Author
from organisations.models import Region
from organisations.roles import Action
from reports.reconciliation.locking import require_unlocked
from reports.reconciliation.snapshots import (
    FiguresMoved,
    Line,
    Snapshot,
    digest,
    lines_between,
    months_of,
    rehearsed,
)


@dataclass(slots=True)
class Merger:
    """What happens when these are confirmed, and by which text the reader says that it was seen."""

    about: list[int]
    lines: list[Line] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    differing: list[tuple[str, str, str]] = field(
        default_factory=list
    )  # fact, the court's word, the agency's

    @property
    def seen(self) -> str:
        return f"{digest(self.lines)}-{'-'.join(map(str, self.about))}"


def announced(items: Sequence[Candidate], region: Region, *, author: Author, law: Law) -> Merger:
    """What confirming these would change: it is carried out, read and taken back. Raises as `confirm_one_case`."""
    return _rehearsed(items, region, author, law)[0]


@transaction.atomic
def decide(
    items: Sequence[Candidate], region: Region, *, reason: str, seen: str, author: Author, law: Law
) -> list[Line]:
    """Confirm these, and keep with them what that changed; what then happens is what was announced.

    `seen` is that of what the person was shown. Raises as `confirm_one_case`, and FiguresMoved where the
    figures would now move otherwise; MonthLocked where they move in a locked month and the author is no head.
    """
    merger, months, after = _rehearsed(items, region, author, law)
    if seen != merger.seen:
        raise FiguresMoved
    _require_right(items, merger, author)
    confirm_one_case(items, reason=reason, author=author, law=law)
    if Snapshot(months, region, author.on).figures != after.figures:
        raise FiguresMoved
    kept = [line.told for line in merger.lines]
    Candidate.objects.filter(pk__in=[item.pk for item in items]).update(effects=kept)
    return merger.lines


def _rehearsed(
    items: Sequence[Candidate], region: Region, author: Author, law: Law
) -> tuple[Merger, set[date], Snapshot]:
    merger = Merger(sorted(item.pk for item in items))
    cases = [lane.case_id for item in items for lane in (item.court_lane, item.agency_lane)]
    concerned = Q(case__in=cases)

    def act() -> None:
        before = days_of(concerned)
        known = set(Discrepancy.objects.filter(lane__case__in=cases).values_list("pk", flat=True))
        confirm_one_case(items, reason="", author=author, law=law)
        merger.moves = moves_since(before, concerned)
        merger.differing = _differing(cases, known)

    def months() -> set[date]:
        return months_of(cases, author.on, days=_taken_in(cases))

    reached, before, after = rehearsed(act, months, region, author.on)
    merger.lines = [line for line in lines_between(before, after) if line.moves]
    return merger, reached, after


def _require_right(items: Sequence[Candidate], merger: Merger, author: Author) -> None:
    if not may(author.signer, Action.LOCK_MONTH):
        moved = {line.month for line in merger.lines}
        for region in {item.agency_lane.organisation.region for item in items}:
            require_unlocked(region, moved)


def _taken_in(cases: Sequence[int]) -> list[date]:
    """The days from which the docket counts a case: that of filing, else when it was first told of."""
    rows = Case.objects.filter(pk__in=cases).values_list("filed_on", "source__stated_at")
    return [filed or localtime(told).date() for filed, told in rows]


def _differing(cases: Sequence[int], known: set[int]) -> list[tuple[str, str, str]]:
    new = Discrepancy.objects.open().filter(lane__case__in=cases).exclude(pk__in=known)
    return [(one.get_fact_display(), one.court_says, one.agency_says) for one in new]
