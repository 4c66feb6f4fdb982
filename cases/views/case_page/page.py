"""案件页: a case with everything that happened and everything that is due."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy

from cases.case_list.forms import NoteForm
from cases.case_list.handlers import contact_in
from cases.case_page.acts import doings_of
from cases.case_page.steps import LaneSteps, steps_of
from cases.case_page.timeline import events_of
from cases.decisions.appeals import APPEAL_RULES
from cases.law import current_law
from cases.models import (
    AppealChoice,
    AppearanceStatement,
    Case,
    Deadline,
    Decision,
    DecisionOutcome,
    Discrepancy,
    Hearing,
    Lane,
    MandatedEntry,
    MaterialReturn,
    Nomination,
    Paper,
    RectificationMeasure,
    Watch,
)
from cases.papers.kinds import KINDS
from cases.registration.mistakes import may_correct
from organisations.access import may, sees_agency
from organisations.clock import today
from organisations.contacts import Contact
from organisations.requests import SignedInRequest
from organisations.roles import Action
from rules.outcomes import effect_rule

HOME = {"label": "案件", "url": reverse_lazy("cases:list")}
WITH_MEASURES = tuple(key for key, kind in KINDS.items() if kind.has_measures)
URGENT = ("overdue", "today", "soon", "running")


def case_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """案件页: the state in one sentence, the statutory steps per defendant, hearings, decisions, history."""
    case = get_object_or_404(_with_everything(request).visible_to(request.actor), pk=pk)
    lanes = _lanes(case, request)
    own_lanes = [lane for lane in lanes if lane.is_own]
    urgent = _most_urgent(lanes)
    measures = _measures(case, request)
    context = {
        "case": case,
        "lanes": lanes,
        "own_lanes": own_lanes,
        "joint": len(lanes) > 1,
        "next_step": urgent,
        "waiting": _waiting(case, measures) if urgent is None else [],
        "contact": _contact(case, urgent),
        "papers": _papers_of(case),
        "measures": measures,
        "returns": _returns(case),
        "discrepancies": _discrepancies(case, request),
        "hearings": _hearings(case),
        "designation": getattr(case, "designation", None),
        "enterable": _enterable(case, request),
        "mandated": MandatedEntry.objects.visible_to(request.actor).filter(mandate__lane__case=case),
        "decisions": [_decision(decision, case) for decision in case.decisions.all()],
        "note_form": NoteForm(initial={"key": uuid4().hex}),
        "changes": case.fact_changes.select_related("source__organisation", "source__stated_by__user"),
        "events": events_of(case, doings_of(case, measures, request.actor)),
        "breadcrumbs": [HOME, {"label": case.number, "url": ""}],
    }
    context |= _allowed(request, case, own_lanes) | _related(case, request)
    return render(request, "cases/case_page/page.html", context)


def _allowed(request: SignedInRequest, case: Case, own_lanes: list[LaneSteps]) -> dict[str, bool]:
    if case.voided_at:
        return {}
    own = bool(own_lanes) and may(request.actor, Action.ACT_FOR_AGENCY)
    return {
        "may_correct": may(request.actor, Action.CORRECT_CASES) and may_correct(case, request.actor),
        "may_order": may(request.actor, Action.ORDER_DEADLINES),
        "may_review": may(request.actor, Action.REVIEW_PAPERS),
        "may_reconcile": may(request.actor, Action.RECONCILE),
        "is_court": may(request.actor, Action.NOTIFY),
        "may_effect": own or may(request.actor, Action.READ_FIGURES),
    }


def _with_everything(request: SignedInRequest) -> Any:
    """Cases with what their page shows, in a constant number of queries; history reads the same objects."""
    reviewer = _person("review__reviewed_by")
    papers = Paper.objects.visible_to(request.actor).select_related(
        "review", *reviewer, *_person("submitted_by"), *_source()
    )
    lanes = Lane.objects.select_related(
        "organisation__region",
        "source",
        *_person("service_receipt__signed_by"),
        "service_receipt__source__entry",
    )
    said = AppearanceStatement.objects.select_related("lane__organisation", *_source())
    outcomes = DecisionOutcome.objects.select_related("lane__organisation", "obligation")
    hearings = Hearing.objects.select_related("source__organisation")
    decisions = Decision.objects.select_related("source__organisation")
    choices = AppealChoice.objects.select_related("lane__organisation", *_source())
    named = Nomination.objects.select_related(*_person("named_by"), "source__entry")
    chosen = "designation__lane__organisation"
    watched = Watch.objects.visible_to(request.actor).filter(case=OuterRef("pk"))
    cases = Case.objects.select_related("court", "source__organisation", "series", "voided_into", chosen)
    return cases.annotate(watched=Exists(watched)).prefetch_related(
        Prefetch("lanes", lanes),
        Prefetch("lanes__papers", papers),
        Prefetch("lanes__material_returns", MaterialReturn.objects.select_related(*_person("returned_by"))),
        Prefetch("lanes__nominations", named),
        "lanes__deadlines",
        "lanes__organisation__aliases",
        Prefetch("hearings", hearings),
        Prefetch("hearings__appearances", said),
        Prefetch("decisions", decisions),
        Prefetch("decisions__outcomes", outcomes),
        Prefetch("decisions__appeal_choices", choices),
    )


def _person(path: str) -> tuple[str, str]:
    return f"{path}__user", f"{path}__organisation"


def _source() -> tuple[str, str]:
    return "source__organisation", "source__entry"


def _enterable(case: Case, request: SignedInRequest) -> set[int]:
    """The lanes (ids) for whose agency an office may enter: those of its region, but its own."""
    actor = request.actor
    if actor is None or case.voided_at or not may(actor, Action.ENTER_FOR):
        return set()
    lanes = [lane for lane in case.lanes.all() if sees_agency(actor, lane.organisation)]
    return {lane.pk for lane in lanes if lane.organisation_id != actor.organisation_id}


def _related(case: Case, request: SignedInRequest) -> dict[str, Any]:
    """The other instances of the dispute, and the cases heard together with this one as far as the reader sees them."""
    together = Q(series=case.series_id, pk__in=Case.objects.visible_to(request.actor).values("pk"))
    wanted = Q(dispute=case.dispute_id) | together if case.series_id else Q(dispute=case.dispute_id)
    found = list(Case.objects.standing().filter(wanted).order_by("year", "serial", "pk"))
    series = [one for one in found if case.series_id and one.series_id == case.series_id]
    return {
        "chain": [one for one in found if one.dispute_id == case.dispute_id],
        "series": {"label": case.series.label, "cases": series} if case.series else None,
    }


def _lanes(case: Case, request: SignedInRequest) -> list[LaneSteps]:
    acts = may(request.actor, Action.ACT_FOR_AGENCY) and case.voided_at is None
    lanes = []
    for lane in case.lanes.all():
        lane.case = case
        for named in lane.nominations.all():
            named.lane = lane
        own = acts and lane.is_of(request.actor)
        lanes.append(steps_of(lane, lane.deadlines.all(), today=today(), own=own))
    return lanes


def _most_urgent(lanes: Iterable[LaneSteps]) -> dict[str, Any] | None:
    """The step that comes first, of the reader's own lanes where there are any."""
    mine = [lane for lane in lanes if lane.is_own] or lanes
    waiting = [
        step | {"agency": lane.agency, "unit": lane.unit}
        for lane in mine
        for step in lane.steps
        if step["status"].state in URGENT and step.get("basis_url")
    ]
    return min(waiting, key=lambda step: (URGENT.index(step["status"].state), step["due_on"]), default=None)


def _waiting(case: Case, measures: Iterable[RectificationMeasure]) -> list[str]:
    """What the case waits for while no step is due: a hearing, an office, the end of an appeal period, 整改."""
    ahead = [one.day for one in case.hearings.all() if one.state == "scheduled" and one.day >= today()]
    unread = [paper for paper in _newest(_papers_of(case)) if not hasattr(paper, "review")]
    appeals = [period.due_on for decision in case.decisions.all() if (period := _appeal(decision, case))]
    undone = [one for one in measures if one.accepted_at is None]
    waits = [
        f"等待 {min(ahead):%m-%d} 开庭" if ahead else "",
        f"上诉期至 {max(appeals):%Y-%m-%d}" if appeals and max(appeals) >= today() else "",
        f"{len(unread)} 份材料待司法局核收" if unread else "",
        f"{len(undone)} 项整改措施待完成或验收" if undone else "",
    ]
    return [words for words in waits if words]


def _newest(papers: Iterable[Paper]) -> list[Paper]:
    """The last version of each paper that goes to an office."""
    last: dict[tuple[int, str, str], Paper] = {}
    for paper in papers:  # newest first
        last.setdefault((paper.lane_id, paper.kind, paper.subject), paper)
    return [paper for paper in last.values() if KINDS[paper.kind].recipients]


def _appeal(decision: Decision, case: Case) -> Deadline | None:
    """The running appeal period of a decision that is not in effect yet: the one that ends last."""
    if decision.effect != Decision.Effect.NOT_YET:
        return None
    periods = [
        deadline
        for lane in case.lanes.all()
        for deadline in lane.deadlines.all()
        if deadline.rule in APPEAL_RULES and deadline.subject == f"decision:{decision.pk}"
    ]
    return max(periods, key=lambda one: one.due_on, default=None)


def _contact(case: Case, urgent: dict[str, Any] | None) -> Contact | None:
    """Who deals with the most urgent step, and the number to call."""
    units = [
        lane.organisation for lane in case.lanes.all() if urgent and lane.organisation_id == urgent["unit"]
    ]
    return contact_in(case, units[0], on=today()) if units else None


def _papers_of(case: Case) -> list[Paper]:
    """The papers of all lanes that the reader may see, newest first."""
    papers = [paper for lane in case.lanes.all() for paper in lane.papers.all()]
    return sorted(papers, key=lambda paper: paper.submitted_at, reverse=True)


def _measures(case: Case, request: SignedInRequest) -> list[RectificationMeasure]:
    """The measures of the last versions of the papers that the reader sees."""
    papers = [paper.pk for paper in _newest(_papers_of(case)) if paper.kind in WITH_MEASURES]
    if not papers:
        return []
    people = (*_person("reported_by"), *_person("accepted_by"))
    seen = RectificationMeasure.objects.visible_to(request.actor).filter(paper__in=papers)
    return list(seen.select_related("organisation", *people).order_by("due_on", "pk"))


def _returns(case: Case) -> list[MaterialReturn]:
    """Material sent back on which the office has not decided."""
    return [one for lane in case.lanes.all() for one in lane.material_returns.all() if one.state == "waiting"]


def _discrepancies(case: Case, request: SignedInRequest) -> list[Discrepancy]:
    """What court and agency state differently, and what was decided of it; parties see what they are asked for."""
    seen = Discrepancy.objects.visible_to(request.actor).filter(lane__case=case)
    settled = Q(state__in=[Discrepancy.State.RULED, Discrepancy.State.EXPLAINED])
    wanted = (
        Q(state="open") if may(request.actor, Action.RECONCILE) else Q(state="open", asked_at__isnull=False)
    )
    return list(seen.filter(wanted | settled).select_related("lane__organisation"))


def _hearings(case: Case) -> list[Any]:
    """The hearings, each with the lanes whose agency has said what happened."""
    hearings: list[Any] = list(case.hearings.all())
    for hearing in hearings:
        said = hearing.appearances.all()
        hearing.told_lanes = {one.lane_id for one in said if one.stated_by == "agency"}
    return hearings


def _decision(decision: Decision, case: Case) -> dict[str, Any]:
    outcomes = current_law().outcomes
    codes = [one.code for one in decision.outcomes.all()]
    return {
        "decision": decision,
        "appealable": any(effect_rule(decision.kind, code, case.instance) for code in codes),
        "period": _appeal(decision, case),
        "choices": list(decision.appeal_choices.all()),
        "outcomes": [
            {
                "outcome": one,
                "label": outcomes.get(one.code).label,
                "law": outcomes.get(one.code).law,
                "deadline": _performance(one, case),
            }
            for one in decision.outcomes.all()
        ],
    }


def _performance(outcome: DecisionOutcome, case: Case) -> Deadline | None:
    """The deadline by which the obligation of an outcome is to be performed, if it has one that still stands."""
    owed = getattr(outcome, "obligation", None)
    return owed.deadline_among(d for lane in case.lanes.all() for d in lane.deadlines.all()) if owed else None
