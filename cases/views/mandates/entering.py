"""代录: the paper that it rests on, and from there the agency's own forms."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.case_page.steps import LaneSteps, steps_of
from cases.mandates.forms import MandateForm
from cases.mandates.opening import open_mandate
from cases.models import Hearing, Lane, Mandate, Paper
from cases.requests.lanes import enterable_lane, entered_under, under
from cases.views.duty_page import DutyPage, answer, lane_crumbs
from organisations.clock import today
from organisations.requests import SignedInRequest, author_of
from organisations.serving import attachment

MOST = 10
HEARD = (Hearing.State.SCHEDULED, Hearing.State.HELD)


def enter_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """代录 for the lane's agency: first what it rests on, who asked, and when."""
    lane = enterable_lane(request, pk)
    form = MandateForm(request.POST or None, request.FILES or None, initial={"asked_on": today()})

    def act() -> HttpResponse:
        mandate = open_mandate(lane, form.details(), author=author_of(request))
        messages.success(request, "已登记依据。下面各项与该单位自己办理的表单相同。")
        return redirect("cases:mandate", mandate.pk)

    earlier = Mandate.objects.of(request.actor).filter(lane=lane).select_related("organisation")
    shown = {"entering": True, "earlier": earlier[:MOST], "verb": "登记依据，开始代录"}
    return answer(request, lane, form, DutyPage("代录", act, shown=shown))


def mandate(request: SignedInRequest, pk: int) -> HttpResponse:
    """What may be entered under the mandate, and what was."""
    found, lane = entered_under(request, pk)
    seen = Paper.objects.visible_to(request.actor).select_related("review")
    prefetch_related_objects([lane], Prefetch("papers", seen), "deadlines")
    heard = lane.case.hearings.filter(state__in=HEARD, day__lte=today())
    context: dict[str, Any] = {
        "mandate": found,
        "case": lane.case,
        "lanes": [_steps(request, lane)],
        "hearings": [(one, _appearance(request, lane, one)) for one in heard],
        "entries": found.entries.all(),
        "breadcrumbs": lane_crumbs(lane, "代录"),
    }
    return render(request, "cases/mandates/mandate.html", context)


def mandate_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The scanned paper that the entering rests on."""
    found = get_object_or_404(Mandate.objects.visible_to(request.actor).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return attachment(found.file, found.file_name)


def _steps(request: SignedInRequest, lane: Lane) -> LaneSteps:
    """The agency's steps with its buttons, each leading to its form under the mandate."""
    shown = steps_of(lane, lane.deadlines.all(), today=today(), own=True)
    for step in shown.steps:
        if url := step.get("action_url"):
            step["action_url"] = under(request, url)
    return replace(shown, is_own=False)


def _appearance(request: SignedInRequest, lane: Lane, hearing: Hearing) -> str:
    """The address of 出庭登记 of the hearing."""
    page = reverse("cases:appearance", args=[lane.pk])
    return under(request, f"{page}?about={hearing.pk}")
