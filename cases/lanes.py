"""What is known of each defendant's lane, read at once for many lanes: a constant number of plain queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from cases.models import (
    AppearanceStatement,
    DecisionOutcome,
    Defendant,
    EvidencePeriod,
    Hearing,
    MaterialReceipt,
    Nomination,
    Obligation,
    Paper,
)


@dataclass(slots=True)
class LaneFacts:
    """The facts of one lane that start and settle deadlines."""

    pk: int
    case_id: int
    organisation_id: int
    instance: str
    told_on: date  # when the platform first learnt of it, and from whom
    told_by: str
    reference: str
    receipt: MaterialReceipt | None = None
    hearings: list[Hearing] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    periods: list[EvidencePeriod] = field(default_factory=list)
    nominations: list[Nomination] = field(default_factory=list)
    statements: list[AppearanceStatement] = field(default_factory=list)
    outcomes: list[DecisionOutcome] = field(default_factory=list)
    obligations: list[Obligation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Touched:
    """The lanes that a notification concerns: known ones by id, and all there is to know of those it brought."""

    known: list[int]
    fresh: list[LaneFacts]

    def __len__(self) -> int:
        return len(self.known) + len(self.fresh)


def load_facts(ids: Sequence[int]) -> list[LaneFacts]:
    """The facts of these lanes."""
    lanes = {lane.pk: lane for lane in _lanes(ids)}
    for receipt in MaterialReceipt.objects.filter(defendant__in=ids):
        lanes[receipt.defendant_id].receipt = receipt
    _hand_out(lanes, "papers", Paper.objects.filter(defendant__in=ids))
    _hand_out(lanes, "periods", EvidencePeriod.objects.filter(defendant__in=ids))
    _hand_out(lanes, "nominations", Nomination.objects.filter(defendant__in=ids))
    _hand_out(lanes, "statements", AppearanceStatement.objects.filter(defendant__in=ids))
    _hand_out(lanes, "outcomes", DecisionOutcome.objects.filter(defendant__in=ids).select_related("decision"))
    owed = Obligation.objects.filter(defendant__in=ids).select_related("outcome__decision")
    _hand_out(lanes, "obligations", owed)
    _hand_out_hearings(lanes)
    return list(lanes.values())


def _lanes(ids: Sequence[int]) -> Iterable[LaneFacts]:
    rows = Defendant.objects.filter(pk__in=ids).values_list(
        "pk",
        "case_id",
        "organisation_id",
        "case__instance",
        "source__stated_at",
        "source__kind",
        "source__reference",
    )
    for pk, case, organisation, instance, stated_at, kind, reference in rows:
        yield LaneFacts(pk, case, organisation, instance, localtime(stated_at).date(), kind, reference)


def _hand_out(lanes: dict[int, LaneFacts], name: str, rows: Iterable[Any]) -> None:
    for row in rows:
        getattr(lanes[row.defendant_id], name).append(row)


def _hand_out_hearings(lanes: dict[int, LaneFacts]) -> None:
    """A hearing concerns every lane of its case."""
    by_case: dict[int, list[Hearing]] = {}
    cases = {lane.case_id for lane in lanes.values()}
    for hearing in Hearing.objects.filter(case__in=cases).only("case_id", "day", "state").order_by("day"):
        by_case.setdefault(hearing.case_id, []).append(hearing)
    for lane in lanes.values():
        lane.hearings = by_case.get(lane.case_id, [])
