"""整改措施: done by the agency, accepted by the office."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases.models import RectificationMeasure
from cases.rectification import measures
from cases.rectification.forms import AcceptForm, MeasureForm
from cases.views.duty_page import add_errors
from organisations.access import may, require
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action
from organisations.serving import attachment

_ABOUT = ("paper__lane__case__court", "plan__deadline__case")


def measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """登记整改完成 by the agency, 验收 by the office; who else sees the measure reads it, and what came of it."""
    seen = RectificationMeasure.objects.visible_to(request.actor).standing()
    found = get_object_or_404(seen.select_related(*_ABOUT, "organisation__region"), pk=pk)
    office, own = may(request.actor, Action.REVIEW_PAPERS), may(request.actor, Action.ACT_FOR_AGENCY)
    if request.method == "POST" and not office:
        require(request.actor, Action.ACT_FOR_AGENCY)
    form: AcceptForm | MeasureForm = (
        AcceptForm(request.POST or None)
        if office
        else MeasureForm(request.POST or None, request.FILES or None)
    )
    if form.is_valid():
        try:
            _settle(request, found, form.cleaned_data, office)
            return redirect(found.home_url)
        except ValidationError as error:
            add_errors(form, error)
    context = {
        "measure": found,
        "form": form,
        "may_act": not found.accepted_at and ((office and found.done_on) or (own and not found.done_on)),
        "title": "整改验收" if office else "整改完成情况",
        "verb": "提交验收结论" if office else "登记完成",
        "breadcrumbs": [{"label": found.about, "url": found.home_url}, {"label": "整改", "url": ""}],
    }
    return render(
        request, "cases/rectification/measure.html", context, status=422 if request.method == "POST" else 200
    )


def measure_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The proof of a measure, as a download."""
    found = get_object_or_404(
        RectificationMeasure.objects.visible_to(request.actor).select_related("file"), pk=pk
    )
    if found.file is None:
        raise Http404
    return attachment(found.file, found.file_name)


def _settle(
    request: SignedInRequest, found: RectificationMeasure, stated: dict[str, Any], office: bool
) -> None:
    author = author_of(request)
    if office:
        accepted = stated["accepted"] == "yes"
        measures.accept_measure(found, accepted=accepted, note=stated["note"], author=author)
        messages.success(request, "已记录验收结论。")
    else:
        measures.report_measure(found, author=author, **stated)
        messages.success(request, "已登记，等司法局验收。")
