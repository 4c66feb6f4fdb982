"""登记案件 and 增加被告: what the court has not told of."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.law import current_law
from cases.models import Case, Lane
from cases.registration.forms import CaseForm, LaneForm
from cases.registration.lanes import add_lane
from cases.requests.registration import register
from cases.views.deadlines.rehearsed import HOME, rehearsed
from cases.views.duty_page import add_errors
from organisations.access import require
from organisations.clock import today
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action


@requires(Action.ACT_FOR_AGENCY)
def new_case(request: SignedInRequest) -> HttpResponse:
    """登记案件 that the court has not told of, and sign for its material at once."""
    form = CaseForm(request.POST or None, initial={"received_on": today()})
    if request.method == "POST" and form.is_valid():
        if known := _known(form, request):
            messages.info(request, f"{known.number} 已在平台中，不需要再登记。")
            return redirect("cases:detail", known.pk)
        try:
            lane = register(form, request)
            messages.success(request, "已登记并签收。法院通报本案后，按案号自动对上，不会重复。")
            return redirect("cases:detail", lane.case_id)
        except ValidationError as error:
            add_errors(form, error)
    crumbs = [{"label": "案件", "url": reverse("cases:list")}, {"label": "登记案件", "url": ""}]
    context = {"form": form, "title": "登记案件", "breadcrumbs": crumbs}
    return render(
        request, "cases/registration/new_case.html", context, status=422 if request.method == "POST" else 200
    )


def _known(form: CaseForm, request: SignedInRequest) -> Case | None:
    """The case, where this agency has its lane in it already."""
    own = Lane.objects.own(request.actor).filter(case__key=form.cleaned_data["number"].key)
    lane = own.select_related("case").first()
    return lane.case if lane else None


def new_lane(request: SignedInRequest, pk: int) -> HttpResponse:
    """增加被告 by the office, with the duties that it starts shown first."""
    case = get_object_or_404(Case.objects.visible_to(request.actor).standing(), pk=pk)
    require(request.actor, Action.ORDER_DEADLINES)
    form = LaneForm(request.POST or None)

    def act() -> None:
        add_lane(case, author=author_of(request), law=current_law(), **form.cleaned_data)

    home = reverse("cases:detail", args=[pk])
    crumbs = [HOME, {"label": case.number, "url": home}, {"label": "增加被告", "url": ""}]
    named = "、".join(lane.organisation.name for lane in case.lanes.select_related("organisation"))
    shown = {"subject": f"{case.number} 现被告：{named}", "breadcrumbs": crumbs, "back": home}
    return rehearsed(request, form, "增加被告", act, Q(case=case), shown)
