"""What both sides state in each lane, read at once for many lanes: a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from cases.models import (
    AppealChoice,
    AppearanceStatement,
    Case,
    Deadline,
    DecisionOutcome,
    Hearing,
    Lane,
    MaterialReturn,
    Obligation,
    Paper,
    PerformanceEntry,
    Source,
)

FILING, CONFIRMATION = Paper.Kind.JUDGMENT_FILING, Paper.Kind.EFFECT_CONFIRMATION
COURT, AGENCY = Source.Kind.COURT, Source.Kind.AGENCY
# What the agency says of performance that a court can contradict.
REPORTS = (PerformanceEntry.Kind.DONE, PerformanceEntry.Kind.SETTLED, PerformanceEntry.Kind.IMPOSSIBLE)


@dataclass(slots=True)
class LaneStatements:
    """The statements in one lane; papers and choices are the newest about each decision."""

    pk: int
    case_id: int
    alone: bool  # the only defendant of its case
    appealed_on_record: bool  # a second instance of the case is known
    since: datetime | None = None  # when the agency was put in the place of another
    hearings: list[Hearing] = field(default_factory=list)
    appearances: dict[tuple[int, str], AppearanceStatement] = field(default_factory=dict)
    papers: dict[tuple[str, int], Paper] = field(default_factory=dict)
    choices: dict[int, AppealChoice] = field(default_factory=dict)
    outcomes: list[DecisionOutcome] = field(default_factory=list)
    obligations: list[Obligation] = field(default_factory=list)
    due: dict[str, Any] = field(default_factory=dict)  # the day of performance by subject


def stating(lanes: Iterable[int] | None = None) -> Any:
    """Those lanes (all without `lanes`) in which an agency has stated something that a court states too."""
    said = AppearanceStatement.objects.filter(lane=OuterRef("pk"), stated_by=AGENCY)
    papers = Paper.objects.filter(lane=OuterRef("pk"), kind__in=(FILING, CONFIRMATION))
    choices = AppealChoice.objects.filter(lane=OuterRef("pk"))
    reports = PerformanceEntry.objects.filter(lane=OuterRef("pk"), kind__in=REPORTS)
    every = Lane.objects.all() if lanes is None else Lane.objects.filter(pk__in=lanes)
    return every.filter(Exists(said) | Exists(papers) | Exists(choices) | Exists(reports))


def load_statements(ids: Sequence[int]) -> list[LaneStatements]:
    """The statements in these lanes, as far as their cases were not voided."""
    lanes = {lane.pk: lane for lane in _lanes(ids)}
    _note_reassigned(lanes)
    _hand_out_hearings(lanes)
    said = AppearanceStatement.objects.filter(lane__in=lanes).select_related(*_told_by("source"))
    for one in said:
        lanes[one.lane_id].appearances[one.hearing_id, one.stated_by] = one
    _hand_out_papers(lanes)
    outcomes = DecisionOutcome.objects.filter(lane__in=lanes).select_related(
        *_told_by("source"), *_told_by("decision__source")
    )
    for outcome in outcomes:
        lanes[outcome.lane_id].outcomes.append(outcome)
    _hand_out_obligations(lanes)
    for lane in lanes.values():
        _leave_out_the_replaced(lane)
    return list(lanes.values())


def _lanes(ids: Sequence[int]) -> Iterable[LaneStatements]:
    second = Case.objects.standing().filter(
        Q(origin=OuterRef("case")) | Q(origin_number=OuterRef("case__number")), instance=Case.Instance.SECOND
    )
    rows = Lane.objects.filter(pk__in=ids, case__voided_at=None)
    counted = rows.annotate(defendants=Count("case__lanes"), appealed=Exists(second))
    for pk, case, defendants, appealed in counted.values_list("pk", "case_id", "defendants", "appealed"):
        yield LaneStatements(pk, case, alone=defendants == 1, appealed_on_record=appealed)


def _note_reassigned(lanes: dict[int, LaneStatements]) -> None:
    moved = MaterialReturn.objects.filter(lane__in=lanes, state=MaterialReturn.State.REASSIGNED)
    for lane, decided_at in moved.order_by("decided_at").values_list("lane", "decided_at"):
        lanes[lane].since = decided_at


def _hand_out_hearings(lanes: dict[int, LaneStatements]) -> None:
    """A hearing concerns every lane of its case."""
    by_case: dict[int, list[Hearing]] = {}
    cases = {lane.case_id for lane in lanes.values()}
    for hearing in Hearing.objects.filter(case__in=cases).select_related(*_told_by("source")):
        by_case.setdefault(hearing.case_id, []).append(hearing)
    for lane in lanes.values():
        lane.hearings = by_case.get(lane.case_id, [])


def _hand_out_papers(lanes: dict[int, LaneStatements]) -> None:
    papers = Paper.objects.newest().filter(lane__in=lanes, kind__in=(FILING, CONFIRMATION))
    related = (
        papers.exclude(decision=None).select_related("submitted_by__user", "source").prefetch_related("files")
    )
    for paper in related.order_by("submitted_at", "pk"):
        lanes[paper.lane_id].papers[paper.kind, paper.decision_id or 0] = paper
    choices = AppealChoice.objects.filter(lane__in=lanes).select_related(*_told_by("source"))
    for choice in choices.order_by("source__stated_at", "pk"):
        lanes[choice.lane_id].choices[choice.decision_id] = choice


def _hand_out_obligations(lanes: dict[int, LaneStatements]) -> None:
    entries = PerformanceEntry.objects.select_related(*_told_by("source"), "entered_by__user")
    owed = Obligation.objects.filter(lane__in=lanes).select_related("outcome__decision")
    for obligation in owed.prefetch_related(Prefetch("entries", entries)):
        lanes[obligation.lane_id].obligations.append(obligation)
    due = Deadline.objects.filter(lane__in=lanes, rule="obligation").exclude(state=Deadline.State.VOID)
    for lane, subject, due_on in due.values_list("lane", "subject", "due_on"):
        lanes[lane].due[subject] = due_on


def _told_by(path: str) -> tuple[str, str]:
    return f"{path}__organisation", f"{path}__stated_by__user"


def _leave_out_the_replaced(lane: LaneStatements) -> None:
    """What the replaced agency said is not the word of the one in its place."""
    since = lane.since
    if since is None:
        return
    lane.appearances = {
        key: one for key, one in lane.appearances.items() if key[1] != AGENCY or one.source.stated_at >= since
    }
    lane.papers = {key: one for key, one in lane.papers.items() if one.submitted_at >= since}
    lane.choices = {key: one for key, one in lane.choices.items() if one.source.stated_at >= since}
