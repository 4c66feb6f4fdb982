"""案件页: a case with everything that happened and everything that is due."""

from typing import Any
from uuid import uuid4

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cases.forms import NoteForm
from cases.handling import handlers_of
from cases.history import events_of
from cases.law import current_law
from cases.models import (
    AppealChoice,
    AppearanceStatement,
    Case,
    CaseNote,
    Decision,
    DecisionOutcome,
    Defendant,
    Hearing,
    MaterialReturn,
    Nomination,
    Paper,
    Watch,
)
from cases.steps import steps_of
from organisations.access import may
from organisations.clock import today
from organisations.contacts import Contact, contacts_of
from organisations.requests import SignedInRequest
from organisations.roles import Action
from rules.outcomes import effect_rule

HOME = {"label": "案件", "url": "/cases/"}


def case_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """案件页: the state in one sentence, the statutory steps per defendant, hearings, decisions, history."""
    case = get_object_or_404(_with_everything(request).visible_to(request.actor), pk=pk)
    lanes = _lanes(case, request)
    urgent = _most_urgent(lanes)
    context = {
        "case": case,
        "lanes": lanes,
        "next_step": urgent,
        "may_order": may(request.actor, Action.ORDER_DEADLINES),
        "hearings": case.hearings.all(),
        "own_lanes": [lane for lane in lanes if lane.is_own],
        "contact": _contact(case, urgent),
        "papers": _papers_of(case),
        "returns": [
            one
            for lane in case.defendants.all()
            for one in lane.material_returns.all()
            if one.state == "waiting"
        ],
        "may_review": may(request.actor, Action.REVIEW_PAPERS),
        "watched": Watch.objects.visible_to(request.actor).filter(case=case).exists(),
        "note_form": NoteForm(initial={"key": uuid4().hex}),
        "changes": case.fact_changes.select_related("source__organisation", "source__stated_by__user"),
        "joint": len(lanes) > 1,
        "series": _series(case, request),
        "may_effect": may(request.actor, Action.READ_FIGURES)
        or (may(request.actor, Action.ACT_FOR_AGENCY) and any(lane.is_own for lane in lanes)),
        "designation": getattr(case, "designation", None),
        "decisions": [_decision(decision, case.instance) for decision in case.decisions.all()],
        "chain": Case.objects.filter(dispute=case.dispute_id).order_by("year", "pk"),
        "events": events_of(case, _notes(case, request)),
        "breadcrumbs": [HOME, {"label": case.number, "url": ""}],
    }
    return render(request, "cases/case_detail.html", context)


def _with_everything(request: SignedInRequest) -> Any:
    """Cases with what their page shows, in a constant number of queries; history reads the same objects."""
    papers = Paper.objects.visible_to(request.actor).select_related("review", *_person("submitted_by"))
    lanes = Defendant.objects.select_related("organisation__region", "source", *_person("receipt__signed_by"))
    said = AppearanceStatement.objects.select_related("defendant__organisation", "source__organisation")
    outcomes = DecisionOutcome.objects.select_related("defendant__organisation", "obligation")
    hearings = Hearing.objects.select_related("source__organisation")
    decisions = Decision.objects.select_related("source__organisation")
    chosen = "designation__defendant__organisation"
    return Case.objects.select_related("court", "source__organisation", "series", chosen).prefetch_related(
        Prefetch("defendants", lanes),
        Prefetch("defendants__papers", papers),
        Prefetch(
            "defendants__material_returns", MaterialReturn.objects.select_related(*_person("returned_by"))
        ),
        Prefetch("defendants__nominations", Nomination.objects.select_related(*_person("named_by"))),
        "defendants__deadlines",
        Prefetch("hearings", hearings),
        Prefetch("hearings__appearances", said),
        Prefetch("decisions", decisions),
        Prefetch("decisions__outcomes", outcomes),
        Prefetch("decisions__appeal_choices", AppealChoice.objects.select_related("source__organisation")),
    )


def _series(case: Case, request: SignedInRequest) -> dict[str, Any] | None:
    """The cases heard together with this one, as far as the reader sees them."""
    if case.series_id is None:
        return None
    cases = Case.objects.visible_to(request.actor).filter(series=case.series_id).order_by("year", "serial")
    return {"label": case.series.label if case.series else "", "cases": list(cases)}


def _notes(case: Case, request: SignedInRequest) -> QuerySet[CaseNote]:
    notes = CaseNote.objects.visible_to(request.actor).filter(case=case)
    return notes.select_related(*_person("written_by"))


def _contact(case: Case, urgent: dict[str, Any] | None) -> Contact | None:
    """Who deals with the most urgent step, and the number to call: the unit's 承办人, else its liaison."""
    units = [
        lane.organisation
        for lane in case.defendants.all()
        if urgent and lane.organisation_id == urgent["unit"]
    ]
    if not units:
        return None
    unit, handlers = units[0], handlers_of([case.pk], on=today())
    return handlers.get((case.pk, unit.pk)) or contacts_of(units, on=today())[unit.pk]


def _papers_of(case: Case) -> list[Paper]:
    """The papers of all lanes that the reader may see, newest first."""
    papers = [paper for lane in case.defendants.all() for paper in lane.papers.all()]
    return sorted(papers, key=lambda paper: paper.submitted_at, reverse=True)


def _person(path: str) -> tuple[str, str]:
    return f"{path}__user", f"{path}__organisation"


def _lanes(case: Case, request: SignedInRequest) -> list[Any]:
    lanes = []
    for lane in case.defendants.all():
        lane.case = case
        for named in lane.nominations.all():
            named.defendant = lane
        own = may(request.actor, Action.ACT_FOR_AGENCY) and lane.is_of(request.actor)
        lanes.append(steps_of(lane, lane.deadlines.all(), today=today(), own=own))
    return lanes


def _most_urgent(lanes: list[Any]) -> dict[str, Any] | None:
    """The step that comes first, of the reader's own lanes where there are any."""
    order = ("overdue", "today", "soon", "running")
    mine = [lane for lane in lanes if lane.is_own] or lanes
    waiting = [
        step | {"defendant": lane.defendant, "unit": lane.unit}
        for lane in mine
        for step in lane.steps
        if step["status"].state in order and step.get("basis_url")
    ]
    return min(waiting, key=lambda step: (order.index(step["status"].state), step["due_on"]), default=None)


def _decision(decision: Decision, instance: str) -> dict[str, Any]:
    outcomes = current_law().outcomes
    codes = [one.code for one in decision.outcomes.all()]
    return {
        "decision": decision,
        "appealable": any(effect_rule(decision.kind, code, instance) for code in codes),
        "outcomes": [
            {"outcome": one, "label": outcomes.get(one.code).label, "law": outcomes.get(one.code).law}
            for one in decision.outcomes.all()
        ],
    }
