"""Finding and reading cases, deadlines and their receipts."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cases.filters import CaseFilter
from cases.history import events_of
from cases.law import current_law
from cases.models import (
    AppearanceStatement,
    Case,
    Decision,
    DecisionOutcome,
    Defendant,
    Hearing,
    Nomination,
    Paper,
)
from cases.steps import steps_of
from organisations.access import may
from organisations.clock import today
from organisations.requests import SignedInRequest, requires
from organisations.roles import Action
from rules.names import mask_parties

PER_PAGE = 20
HOME = {"label": "案件", "url": "/cases/"}


@requires(Action.READ_CASES)
def case_list(request: SignedInRequest) -> HttpResponse:
    """案件列表: filters in the address, newest first."""
    cases = (
        Case.objects.visible_to(request.actor)
        .select_related("court")
        .prefetch_related("defendants__organisation")
    )
    chosen = CaseFilter(request.GET, queryset=cases)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    for case in page:
        case.masked = mask_parties(case.plaintiffs)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page": page,
        "query": query.urlencode(),
        "filtered": any(request.GET.get(name) for name in chosen.filters),
        "breadcrumbs": [{"label": "案件", "url": ""}],
    }
    return render(request, "cases/case_list.html", context)


def case_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """案件页: the state in one sentence, the statutory steps per defendant, hearings, decisions, history."""
    case = get_object_or_404(_with_everything(request).visible_to(request.actor), pk=pk)
    lanes = _lanes(case, request)
    context = {
        "case": case,
        "lanes": lanes,
        "next_step": _most_urgent(lanes),
        "may_order": may(request.actor, Action.ORDER_DEADLINES),
        "hearings": case.hearings.all(),
        "decisions": [_decision(decision) for decision in case.decisions.all()],
        "chain": Case.objects.filter(dispute=case.dispute_id).order_by("year", "pk"),
        "events": events_of(case),
        "breadcrumbs": [HOME, {"label": case.number, "url": ""}],
    }
    return render(request, "cases/case_detail.html", context)


def _with_everything(request: SignedInRequest) -> Any:
    """Cases with what their page shows, in a constant number of queries; history reads the same objects."""
    papers = Paper.objects.visible_to(request.actor).select_related(*_person("submitted_by"))
    lanes = Defendant.objects.select_related("organisation__region", "source", *_person("receipt__signed_by"))
    said = AppearanceStatement.objects.select_related("defendant__organisation", "source__organisation")
    outcomes = DecisionOutcome.objects.select_related("defendant__organisation", "obligation")
    hearings = Hearing.objects.select_related("source__organisation")
    decisions = Decision.objects.select_related("source__organisation")
    return Case.objects.select_related("court", "source__organisation").prefetch_related(
        Prefetch("defendants", lanes),
        Prefetch("defendants__papers", papers),
        Prefetch("defendants__nominations", Nomination.objects.select_related(*_person("named_by"))),
        "defendants__deadlines",
        Prefetch("hearings", hearings),
        Prefetch("hearings__appearances", said),
        Prefetch("decisions", decisions),
        Prefetch("decisions__outcomes", outcomes),
    )


def _person(path: str) -> tuple[str, str]:
    return f"{path}__user", f"{path}__organisation"


def _lanes(case: Case, request: SignedInRequest) -> list[Any]:
    lanes = []
    for lane in case.defendants.all():
        lane.case = case
        own = may(request.actor, Action.ACT_FOR_AGENCY) and lane.is_of(request.actor)
        lanes.append(steps_of(lane, lane.deadlines.all(), today=today(), own=own))
    return lanes


def _most_urgent(lanes: list[Any]) -> dict[str, Any] | None:
    """The step that comes first, of the reader's own lanes where there are any."""
    order = ("overdue", "today", "soon", "running")
    mine = [lane for lane in lanes if lane.is_own] or lanes
    waiting = [
        step | {"defendant": lane.defendant}
        for lane in mine
        for step in lane.steps
        if step["status"].state in order and step.get("basis_url")
    ]
    return min(waiting, key=lambda step: (order.index(step["status"].state), step["due_on"]), default=None)


def _decision(decision: Decision) -> dict[str, Any]:
    outcomes = current_law().outcomes
    return {
        "decision": decision,
        "outcomes": [
            {"outcome": one, "label": outcomes.get(one.code).label, "law": outcomes.get(one.code).law}
            for one in decision.outcomes.all()
        ],
    }
