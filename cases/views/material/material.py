"""收材料: signing, and returning what is not one's own."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.law import current_law
from cases.material import returns, signing
from cases.material.forms import ReceiptForm, ReturnDecisionForm, ReturnForm
from cases.models import Lane, MaterialReturn
from cases.requests.lanes import entered_lane, own_lane, page_after, under
from cases.views.duty_page import DutyPage, answer
from organisations.access import require
from organisations.clock import today
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action


def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """签收应诉材料."""
    lane = entered_lane(request, pk)
    form = ReceiptForm(request.POST or None, request.FILES or None, initial={"received_on": today()})

    def act() -> HttpResponse:
        cleaned = form.cleaned_data
        service_receipt = signing.sign_for_material(
            lane,
            received_on=cleaned["received_on"],
            method=cleaned["method"],
            period=form.period(),
            author=author_of(request),
            law=current_law(),
        )
        for proof in cleaned["file"][:1]:
            signing.attach_proof(service_receipt, proof, author=author_of(request))
        messages.success(
            request, "已签收。举证期限和应诉情况报告的期限已生成，见下表；下一步：报告分管、主要领导。"
        )
        return redirect(page_after(request, lane))

    shown = {
        "may_return": author_of(request).behalf is None,
        "days": _days(lane, form),
        "preview_url": under(request, reverse("cases:receive_preview", args=[lane.pk])),
    }
    return answer(request, lane, form, DutyPage("签收应诉材料", act, "material_receipt", shown))


def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """将生成: the days that would follow from what stands in the form, as one line."""
    lane = entered_lane(request, pk)
    return render(request, "cases/material/_days.html", {"days": _days(lane, ReceiptForm(request.GET))})


def _days(lane: Lane, form: ReceiptForm) -> list[tuple[str, date]]:
    """What signing with this day would start; nothing while the form is not right yet."""
    if form.is_bound and not form.is_valid():
        return []
    received = form.cleaned_data["received_on"] if form.is_bound else today()
    period = form.period() if form.is_bound else None
    return signing.days_after(lane, received, period, law=current_law())


def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """退回材料: not a case of this agency."""
    lane = own_lane(request, pk)
    form = ReturnForm(request.POST or None)

    def act() -> HttpResponse:
        returns.return_material(lane, author=author_of(request), **form.cleaned_data)
        messages.success(request, "已退回，等司法局处理。处理前签收期限照常计算。")
        return redirect("cases:detail", lane.case_id)

    return answer(request, lane, form, DutyPage("退回应诉材料", act, "material_receipt"))


def decide_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """处理退回 by the office."""
    returned = get_object_or_404(
        MaterialReturn.objects.visible_to(request.actor).select_related(
            "lane__case__court", "lane__organisation__region", "suggested", "organisation"
        ),
        pk=pk,
    )
    require(request.actor, Action.REVIEW_PAPERS)
    if returned.state != MaterialReturn.State.WAITING:
        messages.info(request, f"这次退回已处理：{returned.get_state_display()}。")
        return redirect("cases:detail", returned.lane.case_id)
    suggested = returned.suggested.name if returned.suggested else ""
    form = ReturnDecisionForm(request.POST or None, initial={"owner": suggested})

    def act() -> HttpResponse:
        returns.decide_return(returned, author=author_of(request), law=current_law(), **form.cleaned_data)
        messages.success(request, "已处理。相关机关的待办已随之更新。")
        return redirect("cases:detail", returned.lane.case_id)

    return answer(request, returned.lane, form, DutyPage("处理退回的材料", act, shown={"returned": returned}))
