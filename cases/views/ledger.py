"""履行台账: the ledger of one obligation, its reports, the office's checks; 上诉决定 and 整改 beside it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases import measures, performance
from cases.appeals import APPEAL_RULES, AppealTold, decide_appeal
from cases.forms import AppealForm
from cases.law import current_law
from cases.ledger_forms import AcceptForm, CheckForm, LedgerForm, MeasureForm, ObligationForm
from cases.models import Decision, EntryFile, MaterialReturn, Measure, Obligation, PerformanceEntry
from cases.reviewing import acted_for_agency
from cases.views.lanes import Step, add_errors, answer, own_lane
from organisations.access import agency_q, may, require, sees_agency
from organisations.models import Post
from organisations.requests import SignedInRequest, author_of, id_in
from organisations.roles import Action
from organisations.serving import attachment

MOST = 200


def perform(request: SignedInRequest, pk: int) -> HttpResponse:
    """登记履行 of the obligation named in the address: on to its ledger."""
    lane = own_lane(request, pk)
    about = id_in(request.GET.get("about"))
    obligation = get_object_or_404(lane.obligations, pk=about) if about else lane.obligations.first()
    if obligation is None:
        messages.info(request, "本案没有需履行的内容。")
        return redirect("cases:detail", lane.case_id)
    return redirect("cases:ledger", obligation.pk)


def ledger(request: SignedInRequest, pk: int) -> HttpResponse:
    """The ledger, with the form of whoever may add to it."""
    obligation = _obligation(request, pk)
    lane = obligation.defendant
    own = may(request.actor, Action.ACT_FOR_AGENCY) and lane.is_of(request.actor)
    office = may(request.actor, Action.REVIEW_PAPERS) and sees_agency(request.actor, lane.organisation)
    if request.method == "POST" and not (own or office):
        raise PermissionDenied(f"这一事项由{lane.organisation.name}办理。")
    form = LedgerForm(request.POST or None, request.FILES or None, by_agency=own, owed=obligation)

    def act() -> HttpResponse:
        entry = performance.enter(obligation, form.line(), author=author_of(request), law=current_law())
        say = messages.warning if entry.verdict == PerformanceEntry.Verdict.REFUSED else messages.success
        waits = "，等司法局核查" if entry.verdict == PerformanceEntry.Verdict.WAITING else ""
        say(request, f"已登记{entry.get_kind_display()}{waits}。{entry.verdict_note}")
        return redirect("cases:ledger", obligation.pk)

    shown = _ledger_of(obligation) | {
        "may_add": (own or office) and bool(form.possible or form.is_bound),
        "may_check": office and not acted_for_agency(lane, _signer(request)),
        "is_ledger": True,
    }
    return answer(request, lane, form, Step("履行台账", act, "obligation", shown))


def _ledger_of(obligation: Obligation) -> dict[str, Any]:
    """The obligation with its lines and their proof."""
    files = Prefetch("files", EntryFile.objects.select_related("file"))
    entries = obligation.entries.select_related(
        "entered_by__user", "entered_by__organisation", "verdict_by__user"
    )
    return {
        "obligation": obligation,
        "entries": entries.prefetch_related(files),
        "due_on": performance.due_day(obligation),
    }


def _signer(request: SignedInRequest) -> Post:
    return author_of(request).signer


def _obligation(request: SignedInRequest, pk: int) -> Obligation:
    related = ("defendant__case__court", "defendant__organisation__region", "outcome__decision")
    return get_object_or_404(Obligation.objects.visible_to(request.actor).select_related(*related), pk=pk)


def to_check(request: SignedInRequest) -> HttpResponse:
    """What waits for an office to check, or the measures that an agency has still to carry out."""
    actor, lane = request.actor, ("defendant__case", "defendant__organisation")
    if not may(actor, Action.REVIEW_PAPERS):
        require(actor, Action.ACT_FOR_AGENCY)
    inside = agency_q(actor, "defendant__organisation")
    entries = PerformanceEntry.objects.filter(inside, verdict=PerformanceEntry.Verdict.WAITING)
    own = Measure.objects.visible_to(actor).standing().filter(accepted_at=None)
    returned = MaterialReturn.objects.filter(inside, state=MaterialReturn.State.WAITING)
    context = {
        "is_office": may(actor, Action.REVIEW_PAPERS),
        "entries": entries.select_related(*lane)[:MOST],
        "measures": own.select_related(*_ABOUT, "organisation").order_by("due_on", "pk")[:MOST],
        "returns": returned.select_related(*lane, "suggested")[:MOST],
        "breadcrumbs": [{"label": "待核查" if may(actor, Action.REVIEW_PAPERS) else "整改措施", "url": ""}],
    }
    return render(request, "cases/to_check.html", context)


def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """核查 of a reported performance by the office."""
    entry = get_object_or_404(
        PerformanceEntry.objects.visible_to(request.actor).select_related(
            "obligation__defendant__case__court", "obligation__defendant__organisation__region"
        ),
        pk=pk,
    )
    require(request.actor, Action.REVIEW_PAPERS)
    if entry.verdict != PerformanceEntry.Verdict.WAITING:
        messages.info(request, f"这一条已处理：{entry.get_verdict_display()}。")
        return redirect("cases:ledger", entry.obligation_id)
    form = CheckForm(request.POST or None)

    def act() -> HttpResponse:
        told = form.cleaned_data
        accepted = told["accepted"] == "yes"
        performance.check_report(
            entry, accepted=accepted, note=told["note"], author=author_of(request), law=current_law()
        )
        messages.success(request, "已记入台账，履行率随之更新。")
        return redirect("cases:ledger", entry.obligation_id)

    shown = _ledger_of(entry.obligation) | {"entry": entry, "verb": "提交核查结论"}
    return answer(request, entry.obligation.defendant, form, Step("核查履行", act, shown=shown))


def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """认定有无履行内容 by the office."""
    obligation = _obligation(request, pk)
    require(request.actor, Action.REVIEW_PAPERS)
    form = ObligationForm(request.POST or None, initial={"certainty": obligation.certainty})

    def act() -> HttpResponse:
        performance.decide_obligation(
            obligation, author=author_of(request), law=current_law(), **form.cleaned_data
        )
        messages.success(request, "已认定，履行率的分母随之变化，原认定保留在变更记录中。")
        return redirect("cases:ledger", obligation.pk)

    return answer(
        request, obligation.defendant, form, Step("认定有无履行内容", act, shown={"obligation": obligation})
    )


def proof(request: SignedInRequest, pk: int) -> HttpResponse:
    """A proof of performance, as a download."""
    seen = PerformanceEntry.objects.visible_to(request.actor)
    found = get_object_or_404(EntryFile.objects.filter(entry__in=seen).select_related("file"), pk=pk)
    return attachment(found.file, found.name)


def appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """登记上诉决定 about the decision named in the address."""
    lane = own_lane(request, pk)
    of_lane = Decision.objects.filter(case=lane.case, outcomes__defendant=lane)
    decision = get_object_or_404(of_lane, pk=id_in(request.GET.get("about")) or 0)
    form = AppealForm(request.POST or None)

    def act() -> HttpResponse:
        decide_appeal(
            decision, lane, AppealTold(**form.cleaned_data), author=author_of(request), law=current_law()
        )
        messages.success(request, "已登记上诉决定。")
        return redirect("cases:detail", lane.case_id)

    period = lane.deadlines.filter(rule__in=APPEAL_RULES, subject=f"decision:{decision.pk}").first()
    shown = {"decision": decision, "period": period, "verb": "登记上诉决定"}
    return answer(request, lane, form, Step("上诉决定", act, shown=shown))


_ABOUT = ("paper__defendant__case__court", "plan__deadline__case")


def measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """登记整改完成 by the agency, 验收 by the office; who else sees the measure reads it, and what came of it."""
    seen = Measure.objects.visible_to(request.actor).standing()
    found = get_object_or_404(seen.select_related(*_ABOUT, "organisation__region"), pk=pk)
    office, own = may(request.actor, Action.REVIEW_PAPERS), may(request.actor, Action.ACT_FOR_AGENCY)
    if request.method == "POST" and not office:
        require(request.actor, Action.ACT_FOR_AGENCY)
    form: CheckForm | MeasureForm = (
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
    return render(request, "cases/measure.html", context, status=422 if request.method == "POST" else 200)


def measure_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The proof of a measure, as a download."""
    found = get_object_or_404(Measure.objects.visible_to(request.actor).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return attachment(found.file, found.file_name)


def _settle(request: SignedInRequest, found: Measure, told: dict[str, Any], office: bool) -> None:
    author = author_of(request)
    if office:
        accepted = told["accepted"] == "yes"
        measures.accept_measure(found, accepted=accepted, note=told["note"], author=author)
        messages.success(request, "已记录验收结论。")
    else:
        measures.report_measure(found, author=author, **told)
        messages.success(request, "已登记，等司法局验收。")
