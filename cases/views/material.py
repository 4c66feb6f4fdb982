"""收材料: signing, returning what is not one's own, registering what the court has not told of."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases import material
from cases.forms import CaseForm, DefendantForm, ReceiptForm, ReturnDecisionForm, ReturnForm
from cases.law import current_law
from cases.models import Case, Defendant, MaterialReturn
from cases.registration import CaseTold, add_defendant, register_case
from cases.views.lanes import Step, add_errors, answer, own_lane
from cases.views.rehearsed import HOME, rehearsed
from organisations.access import require
from organisations.clock import today
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action


def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """签收应诉材料."""
    lane = own_lane(request, pk)
    form = ReceiptForm(request.POST or None, request.FILES or None, initial={"received_on": today()})

    def act() -> HttpResponse:
        told = form.cleaned_data
        receipt = material.sign_receipt(
            lane,
            received_on=told["received_on"],
            method=told["method"],
            period=form.period(),
            author=author_of(request),
            law=current_law(),
        )
        for proof in told["file"][:1]:
            material.attach_proof(receipt, proof, author=author_of(request))
        messages.success(
            request, "已签收。举证期限和应诉情况报告的期限已生成，见下表；下一步：报告分管、主要领导。"
        )
        return redirect("cases:detail", lane.case_id)

    return answer(
        request,
        lane,
        form,
        Step("签收应诉材料", act, "material_receipt", {"may_return": True, "days": _days(lane, form)}),
    )


def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """将生成: the days that would follow from what stands in the form, as one line."""
    lane = own_lane(request, pk)
    return render(request, "cases/_days.html", {"days": _days(lane, ReceiptForm(request.GET))})


def _days(lane: Defendant, form: ReceiptForm) -> list[tuple[str, date]]:
    """What signing with this day would start; nothing while the form is not right yet."""
    if form.is_bound and not form.is_valid():
        return []
    received = form.cleaned_data["received_on"] if form.is_bound else today()
    period = form.period() if form.is_bound else None
    return material.days_after(lane, received, period, law=current_law())


def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """退回材料: not a case of this agency."""
    lane = own_lane(request, pk)
    form = ReturnForm(request.POST or None)

    def act() -> HttpResponse:
        material.return_material(lane, author=author_of(request), **form.cleaned_data)
        messages.success(request, "已退回，等司法局处理。处理前签收期限照常计算。")
        return redirect("cases:detail", lane.case_id)

    return answer(request, lane, form, Step("退回应诉材料", act, "material_receipt"))


def decide_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """处理退回 by the office."""
    returned = get_object_or_404(
        MaterialReturn.objects.visible_to(request.actor).select_related(
            "defendant__case__court", "defendant__organisation__region", "suggested", "organisation"
        ),
        pk=pk,
    )
    require(request.actor, Action.REVIEW_PAPERS)
    if returned.state != MaterialReturn.State.WAITING:
        messages.info(request, f"这次退回已处理：{returned.get_state_display()}。")
        return redirect("cases:detail", returned.defendant.case_id)
    suggested = returned.suggested.name if returned.suggested else ""
    form = ReturnDecisionForm(request.POST or None, initial={"owner": suggested})

    def act() -> HttpResponse:
        material.decide_return(returned, author=author_of(request), law=current_law(), **form.cleaned_data)
        messages.success(request, "已处理。相关机关的待办已随之更新。")
        return redirect("cases:detail", returned.defendant.case_id)

    return answer(
        request, returned.defendant, form, Step("处理退回的材料", act, shown={"returned": returned})
    )


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
    crumbs = [{"label": "案件", "url": "/cases/"}, {"label": "登记案件", "url": ""}]
    context = {"form": form, "title": "登记案件", "breadcrumbs": crumbs}
    return render(request, "cases/new_case.html", context, status=422 if request.method == "POST" else 200)


def _known(form: CaseForm, request: SignedInRequest) -> Case | None:
    """The case, where this agency has its lane in it already."""
    own = Defendant.objects.own(request.actor).filter(case__key=form.cleaned_data["number"].key)
    lane = own.select_related("case").first()
    return lane.case if lane else None


@transaction.atomic
def register(form: CaseForm, request: SignedInRequest) -> Defendant:
    """Register the case of a valid form and sign for its material. Raises ValidationError."""
    told, author = dict(form.cleaned_data), author_of(request)
    received_on, method = told.pop("received_on"), told.pop("method")
    lane = register_case(CaseTold(**told), author=author)
    material.sign_receipt(
        lane, received_on=received_on, method=method, period=None, author=author, law=current_law()
    )
    return lane


def new_defendant(request: SignedInRequest, pk: int) -> HttpResponse:
    """增加被告 by the office, with the duties that it starts shown first."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    require(request.actor, Action.ORDER_DEADLINES)
    form = DefendantForm(request.POST or None)

    def act() -> None:
        add_defendant(case, author=author_of(request), law=current_law(), **form.cleaned_data)

    home = reverse("cases:detail", args=[pk])
    crumbs = [HOME, {"label": case.number, "url": home}, {"label": "增加被告", "url": ""}]
    named = "、".join(lane.organisation.name for lane in case.defendants.select_related("organisation"))
    shown = {"subject": f"{case.number} 现被告：{named}", "breadcrumbs": crumbs, "back": home}
    return rehearsed(request, form, "增加被告", act, Q(case=case), shown)
