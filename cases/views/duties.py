"""The agencies' pages: one short form per step. Strangers get 404; who sees but may not act, 403."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases import filing, heads, material, papers, performance
from cases.filing import StatedDecision
from cases.forms import (
    AbsenceForm,
    DecisionForm,
    DefenceReportForm,
    HeadForm,
    JudgmentFilingForm,
    LeaderReportForm,
    LostCaseForm,
    PerformanceForm,
    ReceiptForm,
    SubmissionForm,
)
from cases.heads import Head
from cases.law import current_law
from cases.models import Deadline, Decision, Defendant, Hearing, Nomination, Paper
from cases.papers import Submission
from cases.steps import status_of
from organisations.access import require
from organisations.clock import today
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of, id_in
from organisations.roles import Action


@dataclass(frozen=True, slots=True)
class Step:
    """A page of one step: its title, what a valid form does, and what the page shows beside the form."""

    title: str
    act: Callable[[], HttpResponse]
    shown: dict[str, Any] = field(default_factory=dict)


def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """签收应诉材料."""
    lane = own_lane(request, pk)
    form = ReceiptForm(request.POST or None, initial={"received_on": today()})

    def act() -> HttpResponse:
        told = form.cleaned_data
        material.sign_receipt(
            lane,
            received_on=told["received_on"],
            method=told["method"],
            period=form.period(),
            author=author_of(request),
            law=current_law(),
        )
        messages.success(request, "已签收。举证期限和应诉情况报告的期限已生成，见下表。")
        return redirect("cases:detail", lane.case_id)

    return _answer(request, lane, form, Step("签收应诉材料", act))


def report_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """登记向负责人汇报."""
    return _paper_page(request, pk, LeaderReportForm, Paper.Kind.LEADER_REPORT)


def defence_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """应诉情况报告."""
    return _paper_page(request, pk, DefenceReportForm, Paper.Kind.DEFENCE_REPORT)


def appoint(request: SignedInRequest, pk: int) -> HttpResponse:
    """确定出庭负责人 for the hearing named in the address, else the next one."""
    lane = own_lane(request, pk)
    upcoming = lane.case.hearings.filter(state=Hearing.State.SCHEDULED)
    about = id_in(request.GET.get("about"))
    hearing = upcoming.filter(pk=about).first() if about else upcoming.order_by("day").first()
    if hearing is None:
        messages.info(request, "本案目前没有待开的庭。法院排庭后可确定出庭负责人。")
        return redirect("cases:detail", lane.case_id)
    form = HeadForm(request.POST or None)

    def act() -> HttpResponse:
        heads.name_head(
            lane, hearing, Head(**form.cleaned_data), author=author_of(request), law=current_law()
        )
        messages.success(request, f"已确定 {form.cleaned_data['name']} 于 {hearing.day} 出庭。")
        return redirect("cases:detail", lane.case_id)

    others = Nomination.objects.filter(hearing__day=hearing.day, defendant__organisation=lane.organisation)
    extra = {"hearing": hearing, "same_day": others.filter(replaced_at=None).exclude(hearing=hearing)}
    return _answer(request, lane, form, Step("确定出庭负责人", act, extra))


def judgment_filing(request: SignedInRequest, pk: int) -> HttpResponse:
    """裁判文书备案, of the decision named in the address; without one the agency states the decision too."""
    lane = own_lane(request, pk)
    decision = _decision(request, lane)
    form = JudgmentFilingForm(request.POST or None, request.FILES or None, initial=_received(decision))
    stated = DecisionForm(request.POST or None, prefix="decision") if decision is None else None
    valid = form.is_valid() and (stated is None or stated.is_valid())

    def act() -> HttpResponse:
        submission = _submission(form, Paper.Kind.JUDGMENT_FILING, decision=decision)
        said = StatedDecision(**stated.cleaned_data) if stated else None
        paper = filing.file_judgment(
            lane, submission, stated=said, author=author_of(request), law=current_law()
        )
        return redirect("cases:paper", paper.pk)

    offices = _recipients(lane, Paper.Kind.JUDGMENT_FILING)
    shown = {"decision": decision, "second_form": stated, "recipients": offices}
    return _answer(request, lane, form, Step("裁判文书备案", act, shown), valid=valid)


def lost_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """败诉报告 on the decision named in the address."""
    lane = own_lane(request, pk)
    decision = _decision(request, lane)
    if decision is None:
        raise Http404
    form = LostCaseForm(request.POST or None, request.FILES or None)
    kind = Paper.Kind.LOST_CASE_REPORT
    extra = {"decision": decision, "recipients": _recipients(lane, kind)}
    act = partial(_submit, request, lane, form, kind, decision=decision)
    return _answer(request, lane, form, Step("败诉报告", act, extra))


def absence(request: SignedInRequest, pk: int) -> HttpResponse:
    """负责人未出庭情况说明, of the hearing named in the address."""
    lane = own_lane(request, pk)
    about = id_in(request.GET.get("about"))
    held = lane.case.hearings.filter(state=Hearing.State.HELD).order_by("-day")
    hearing = get_object_or_404(held, pk=about) if about else held.first()
    if hearing is None:
        raise Http404
    form = AbsenceForm(request.POST or None, request.FILES or None)
    kind = Paper.Kind.ABSENCE
    shown = {"hearing": hearing, "recipients": _recipients(lane, kind)}
    act = partial(_submit, request, lane, form, kind, hearing=hearing)
    return _answer(request, lane, form, Step("负责人未出庭情况说明", act, shown))


def perform(request: SignedInRequest, pk: int) -> HttpResponse:
    """登记履行 of the obligation named in the address."""
    lane = own_lane(request, pk)
    about = id_in(request.GET.get("about"))
    obligation = get_object_or_404(lane.obligations, pk=about) if about else lane.obligations.first()
    if obligation is None:
        raise Http404
    form = PerformanceForm(request.POST or None)

    def act() -> HttpResponse:
        performance.record_performance(
            obligation, author=author_of(request), law=current_law(), **form.cleaned_data
        )
        messages.success(request, "已登记履行。")
        return redirect("cases:detail", lane.case_id)

    return _answer(request, lane, form, Step("登记履行", act, {"obligation": obligation}))


def confirm_head(request: SignedInRequest, pk: int) -> HttpResponse:
    """The head confirms to appear: one page, one button."""
    nomination = get_object_or_404(
        Nomination.objects.visible_to(request.actor).select_related(
            "hearing__case__court", "defendant__organisation"
        ),
        pk=pk,
        replaced_at=None,
    )
    require(request.actor, Action.CONFIRM_HEAD)
    if not Defendant.objects.own(request.actor).filter(pk=nomination.defendant_id).exists():
        raise PermissionDenied("这次开庭由其他机关的负责人确认。")
    if request.method == "POST":
        heads.confirm_head(nomination, author=author_of(request))
        messages.success(request, "已确认出庭。")
        return redirect("supervision:desk")
    context = {"nomination": nomination, "breadcrumbs": [{"label": "确认出庭", "url": ""}]}
    return render(request, "cases/confirm_head.html", context)


def own_lane(request: SignedInRequest, pk: int) -> Defendant:
    """The lane, if the reader sees it (else 404) and acts for its agency (else 403)."""
    lane = get_object_or_404(
        Defendant.objects.visible_to(request.actor).select_related("case__court", "organisation__region"),
        pk=pk,
    )
    require(request.actor, Action.ACT_FOR_AGENCY)
    if not Defendant.objects.own(request.actor).filter(pk=pk).exists():
        raise PermissionDenied(f"这一事项由{lane.organisation.name}办理。")
    return lane


def _recipients(lane: Defendant, kind: str) -> list[Organisation]:
    """To whom the paper of this page will go."""
    return papers.recipients(lane.organisation, kind, law=current_law(), on=today())


def _paper_page(
    request: SignedInRequest, pk: int, form_class: type[SubmissionForm], kind: str
) -> HttpResponse:
    lane = own_lane(request, pk)
    form = form_class(request.POST or None, request.FILES or None)
    extra = {"recipients": _recipients(lane, kind)}
    act = partial(_submit, request, lane, form, kind)
    return _answer(request, lane, form, Step(str(Paper.Kind(kind).label), act, extra))


def _answer(
    request: SignedInRequest, lane: Defendant, form: forms.Form, step: Step, *, valid: bool | None = None
) -> HttpResponse:
    """Act on a valid form and go on, else show the form with everything that was typed."""
    if request.method == "POST" and (form.is_valid() if valid is None else valid):
        try:
            return step.act()
        except ValidationError as error:
            form.add_error(None, error)
    deadline = _deadline(lane, request)
    context = {
        "lane": lane,
        "case": lane.case,
        "form": form,
        "title": step.title,
        "deadline": deadline,
        "status": status_of(deadline, today=today()) if deadline else None,
        "breadcrumbs": [
            {"label": "案件", "url": "/cases/"},
            {"label": lane.case.number, "url": reverse("cases:detail", args=[lane.case_id])},
            {"label": step.title, "url": ""},
        ],
    } | step.shown
    return render(request, "cases/duty_form.html", context, status=422 if request.method == "POST" else 200)


RULE_OF_PAGE = {
    "receive": "material_receipt",
    "report_up": "leader_report",
    "defence_report": "defence_report",
    "appoint": "name_head",
    "judgment_filing": "judgment_filing",
    "lost_report": "lost_case_report",
    "perform": "obligation",
    "absence": "absence_explanation",
}


def _deadline(lane: Defendant, request: SignedInRequest) -> Deadline | None:
    """The deadline this page settles, shown with its 怎么算的."""
    rule = RULE_OF_PAGE[request.resolver_match.url_name]  # type: ignore[union-attr, index]
    return (
        Deadline.objects.filter(defendant=lane, rule=rule, state=Deadline.State.OPEN)
        .order_by("due_on")
        .first()
    )


def _submit(
    request: SignedInRequest, lane: Defendant, form: SubmissionForm, kind: str, **about: Any
) -> HttpResponse:
    submission = _submission(form, kind, **about)
    paper = papers.submit(lane, submission, author=author_of(request), law=current_law())
    return redirect("cases:paper", paper.pk)


def _submission(form: SubmissionForm, kind: str, **about: Any) -> Submission:
    told = form.cleaned_data
    return Submission(
        kind=kind,
        content=form.content(),
        key=told["submission_key"],
        late_reason=told["late_reason"],
        attachments=tuple(told["attachments"]),
        **about,
    )


def _decision(request: SignedInRequest, lane: Defendant) -> Decision | None:
    about = id_in(request.GET.get("about"))
    of_lane = Decision.objects.filter(case=lane.case, outcomes__defendant=lane)
    return of_lane.filter(pk=about).first() if about else of_lane.order_by("-decided_on").first()


def _received(decision: Decision | None) -> dict[str, Any]:
    return {"received_on": decision.delivered_on} if decision and decision.delivered_on else {}
