"""What is known of each defendant's lane, read at once for many lanes: a constant number of plain queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from cases.models import (
    AppealChoice,
    AppearanceRuling,
    AppearanceStatement,
    Completion,
    DeadlineOrder,
    DecisionOutcome,
    EvidencePeriod,
    Hearing,
    Incoming,
    Lane,
    MaterialReturn,
    Nomination,
    Obligation,
    Paper,
    PaperReview,
    ServiceReceipt,
    Source,
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
    service_receipt: ServiceReceipt | None = None
    hearings: list[Hearing] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    periods: list[EvidencePeriod] = field(default_factory=list)
    nominations: list[Nomination] = field(default_factory=list)
    statements: list[AppearanceStatement] = field(default_factory=list)
    rulings: list[AppearanceRuling] = field(default_factory=list)
    outcomes: list[DecisionOutcome] = field(default_factory=list)
    appeal_choices: list[AppealChoice] = field(default_factory=list)
    obligations: list[Obligation] = field(default_factory=list)
    incoming: list[Incoming] = field(default_factory=list)
    orders: list[DeadlineOrder] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    returns: list[PaperReview] = field(default_factory=list)
    # Co-defendants agreed, or the court said, that the head of another agency appears (规定第三条).
    another_appears: bool = False
    # When the agency was put in the place of another, which did not act for it before.
    reassigned_at: datetime | None = None

    @property
    def lane_id(self) -> int:
        return self.pk


@dataclass(frozen=True, slots=True)
class Touched:
    """The lanes that a notification concerns: known ones by id, and all there is to know of those it brought."""

    known: list[int]
    fresh: list[LaneFacts]

    def __len__(self) -> int:
        return len(self.known) + len(self.fresh)


def load_facts(ids: Sequence[int]) -> list[LaneFacts]:
    """The facts of these lanes, as far as their cases were not voided."""
    lanes = {lane.pk: lane for lane in _lanes(ids)}
    ids = list(lanes)
    for service_receipt in ServiceReceipt.objects.filter(lane__in=ids).select_related("source"):
        lanes[service_receipt.lane_id].service_receipt = service_receipt
    _hand_out(lanes, "papers", Paper.objects.filter(lane__in=ids))
    _hand_out_returns(lanes)
    _begin_anew(lanes)
    _hand_out(lanes, "periods", EvidencePeriod.objects.filter(lane__in=ids))
    _hand_out(lanes, "nominations", Nomination.objects.filter(lane__in=ids).select_related("source"))
    said = AppearanceStatement.objects.filter(lane__in=ids).select_related("source")
    _hand_out(lanes, "statements", said)
    _hand_out(lanes, "rulings", AppearanceRuling.objects.filter(lane__in=ids))
    outcomes = DecisionOutcome.objects.filter(lane__in=ids).select_related("source", "decision__source")
    _hand_out(lanes, "outcomes", outcomes)
    _hand_out(lanes, "appeal_choices", AppealChoice.objects.filter(lane__in=ids).select_related("source"))
    owed = Obligation.objects.filter(lane__in=ids).select_related(
        "source", "outcome__source", "outcome__decision__source"
    )
    _hand_out(lanes, "obligations", owed)
    _hand_out(
        lanes, "incoming", Incoming.objects.standing().filter(lane__in=ids).select_related("registered_by")
    )
    ours = {"deadline__lane__in": ids}
    orders = DeadlineOrder.objects.standing().filter(**ours)
    _hand_out(lanes, "orders", orders.select_related("deadline", "registered_by__organisation"))
    _hand_out(lanes, "completions", Completion.objects.standing().filter(**ours).select_related("deadline"))
    _hand_out_hearings(lanes)
    for lane in lanes.values():
        _leave_out_the_replaced(lane)
    return list(lanes.values())


def _lanes(ids: Sequence[int]) -> Iterable[LaneFacts]:
    rows = Lane.objects.filter(pk__in=ids, case__voided_at=None).values_list(
        "pk",
        "case_id",
        "organisation_id",
        "case__instance",
        "source__stated_at",
        "source__kind",
        "source__reference",
        "case__designation__lane",
    )
    for pk, case, organisation, instance, stated_at, kind, reference, designated in rows:
        another = designated is not None and designated != pk
        told_on = localtime(stated_at).date()
        yield LaneFacts(pk, case, organisation, instance, told_on, kind, reference, another_appears=another)


def _hand_out(lanes: dict[int, LaneFacts], name: str, rows: Iterable[Any]) -> None:
    for row in rows:
        getattr(lanes[row.lane_id], name).append(row)


def _hand_out_returns(lanes: dict[int, LaneFacts]) -> None:
    returns = PaperReview.objects.filter(paper__lane__in=lanes, verdict=PaperReview.Verdict.RETURNED)
    for returned in returns.select_related("paper"):
        lanes[returned.paper.lane_id].returns.append(returned)


def _begin_anew(lanes: dict[int, LaneFacts]) -> None:
    """An agency that was put in the place of another learns of the case on that day."""
    moved = MaterialReturn.objects.filter(lane__in=lanes, state=MaterialReturn.State.REASSIGNED)
    for lane, decided_at in moved.order_by("decided_at").values_list("lane", "decided_at"):
        known = lanes[lane]
        known.reassigned_at, known.told_on = decided_at, localtime(decided_at).date()
        known.reference = "经司法局改列"


def _hand_out_hearings(lanes: dict[int, LaneFacts]) -> None:
    """A hearing concerns every lane of its case."""
    by_case: dict[int, list[Hearing]] = {}
    cases = {lane.case_id for lane in lanes.values()}
    for hearing in _hearings(cases):
        by_case.setdefault(hearing.case_id, []).append(hearing)
    for lane in lanes.values():
        lane.hearings = by_case.get(lane.case_id, [])


def _hearings(cases: set[int]) -> Iterable[Hearing]:
    hearings = Hearing.objects.filter(case__in=cases).select_related("source").order_by("day")
    return hearings.only("case_id", "day", "state", "told", "source__stated_at", "source__kind")


def _leave_out_the_replaced(lane: LaneFacts) -> None:
    """What the replaced agency did is not credited to the one in its place."""
    since = lane.reassigned_at
    if since is None:
        return
    lane.papers = [one for one in lane.papers if one.submitted_at >= since]
    lane.completions = [one for one in lane.completions if one.registered_at >= since]
    lane.nominations = [one for one in lane.nominations if one.named_at >= since]
    lane.statements = [
        one for one in lane.statements if one.stated_by != Source.Kind.AGENCY or one.source.stated_at >= since
    ]
    lane.appeal_choices = [one for one in lane.appeal_choices if one.source.stated_at >= since]
