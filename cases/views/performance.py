"""履行台账: the log of one obligation, its reports, the office's checks."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.law import current_law
from cases.models import EntryFile, Lane, MaterialReturn, Obligation, PerformanceEntry, RectificationMeasure
from cases.performance import log
from cases.performance.forms import CheckForm, LedgerForm, ObligationForm
from cases.record.separation import acted_for_agency
from cases.requests.lanes import MANDATE, entered_lane, page_after, under
from cases.views.duty_page import DutyPage, answer
from cases.views.rectification.measures import _ABOUT
from organisations.access import agency_q, may, require, sees_agency
from organisations.models import Post
from organisations.requests import SignedInRequest, author_of, id_in
from organisations.roles import Action
from organisations.serving import attachment

MOST = 200


def perform(request: SignedInRequest, pk: int) -> HttpResponse:
    """登记履行 of the obligation named in the address: on to its ledger."""
    lane = entered_lane(request, pk)
    about = id_in(request.GET.get("about"))
    obligation = get_object_or_404(lane.obligations, pk=about) if about else lane.obligations.first()
    if obligation is None:
        messages.info(request, "本案没有需履行的内容。")
        return redirect(page_after(request, lane))
    return redirect(under(request, reverse("cases:ledger", args=[obligation.pk])))


def ledger(request: SignedInRequest, pk: int) -> HttpResponse:
    """The ledger, with the form of whoever may add to it."""
    obligation = _obligation(request, pk)
    lane = obligation.lane
    own = _acts_for_agency(request, lane)
    office = may(request.actor, Action.REVIEW_PAPERS) and sees_agency(request.actor, lane.organisation)
    if request.method == "POST" and not (own or office):
        raise PermissionDenied(f"这一事项由{lane.organisation.name}办理。")
    form = LedgerForm(request.POST or None, request.FILES or None, by_agency=own, owed=obligation)

    def act() -> HttpResponse:
        entry = log.enter(obligation, form.line(), author=author_of(request), law=current_law())
        say = messages.warning if entry.verdict == PerformanceEntry.Verdict.REFUSED else messages.success
        waits = "，等司法局核查" if entry.verdict == PerformanceEntry.Verdict.WAITING else ""
        say(request, f"已登记{entry.get_kind_display()}{waits}。{entry.verdict_note}")
        return redirect(under(request, reverse("cases:ledger", args=[obligation.pk])))

    shown = _ledger_of(obligation) | {
        "may_add": (own or office) and bool(form.possible or form.is_bound),
        "may_check": office and not acted_for_agency(lane, signer_of(request)),
        "is_ledger": True,
    }
    return answer(request, lane, form, DutyPage("履行台账", act, "obligation", shown))


def _acts_for_agency(request: SignedInRequest, lane: Lane) -> bool:
    """Whether the reader adds the agency's lines: as the agency, or entering for it under a mandate."""
    if MANDATE in request.GET:
        entered_lane(request, lane.pk)
        return True
    return may(request.actor, Action.ACT_FOR_AGENCY) and lane.is_of(request.actor)


def _ledger_of(obligation: Obligation) -> dict[str, Any]:
    """The obligation with its lines and their proof."""
    files = Prefetch("files", EntryFile.objects.select_related("file"))
    entries = obligation.entries.select_related(
        "entered_by__user", "entered_by__organisation", "verdict_by__user", "source__entry"
    )
    return {
        "obligation": obligation,
        "entries": entries.prefetch_related(files),
        "deadline": log.deadline_of(obligation),
    }


def signer_of(request: SignedInRequest) -> Post:
    return author_of(request).signer


def _obligation(request: SignedInRequest, pk: int) -> Obligation:
    related = ("lane__case__court", "lane__organisation__region", "outcome__decision")
    return get_object_or_404(Obligation.objects.visible_to(request.actor).select_related(*related), pk=pk)


def to_check(request: SignedInRequest) -> HttpResponse:
    """What waits for an office to check, or the measures that an agency has still to carry out."""
    actor, lane = request.actor, ("lane__case", "lane__organisation")
    if not may(actor, Action.REVIEW_PAPERS):
        require(actor, Action.ACT_FOR_AGENCY)
    inside = agency_q(actor, "lane__organisation")
    entries = PerformanceEntry.objects.filter(inside, verdict=PerformanceEntry.Verdict.WAITING)
    own = RectificationMeasure.objects.visible_to(actor).standing().filter(accepted_at=None)
    returned = MaterialReturn.objects.filter(inside, state=MaterialReturn.State.WAITING)
    context = {
        "is_office": may(actor, Action.REVIEW_PAPERS),
        "entries": entries.select_related(*lane)[:MOST],
        "measures": own.select_related(*_ABOUT, "organisation").order_by("due_on", "pk")[:MOST],
        "returns": returned.select_related(*lane, "suggested")[:MOST],
        "breadcrumbs": [{"label": "待核查" if may(actor, Action.REVIEW_PAPERS) else "整改措施", "url": ""}],
    }
    return render(request, "cases/performance/to_check.html", context)


def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """核查 of a reported performance by the office."""
    entry = get_object_or_404(
        PerformanceEntry.objects.visible_to(request.actor).select_related(
            "obligation__lane__case__court", "obligation__lane__organisation__region"
        ),
        pk=pk,
    )
    require(request.actor, Action.REVIEW_PAPERS)
    if entry.verdict != PerformanceEntry.Verdict.WAITING:
        messages.info(request, f"这一条已处理：{entry.get_verdict_display()}。")
        return redirect("cases:ledger", entry.obligation_id)
    form = CheckForm(request.POST or None)

    def act() -> HttpResponse:
        cleaned = form.cleaned_data
        accepted = cleaned["accepted"] == "yes"
        log.check_report(
            entry, accepted=accepted, note=cleaned["note"], author=author_of(request), law=current_law()
        )
        messages.success(request, "已记入台账，履行率随之更新。")
        return redirect("cases:ledger", entry.obligation_id)

    shown = _ledger_of(entry.obligation) | {"entry": entry, "verb": "提交核查结论"}
    return answer(request, entry.obligation.lane, form, DutyPage("核查履行", act, shown=shown))


def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """认定有无履行内容 by the office."""
    obligation = _obligation(request, pk)
    require(request.actor, Action.REVIEW_PAPERS)
    form = ObligationForm(request.POST or None, initial={"certainty": obligation.certainty})

    def act() -> HttpResponse:
        log.decide_obligation(obligation, author=author_of(request), law=current_law(), **form.cleaned_data)
        messages.success(request, "已认定，履行率的分母随之变化，原认定保留在变更记录中。")
        return redirect("cases:ledger", obligation.pk)

    return answer(
        request, obligation.lane, form, DutyPage("认定有无履行内容", act, shown={"obligation": obligation})
    )


def proof(request: SignedInRequest, pk: int) -> HttpResponse:
    """A proof of performance, as a download."""
    seen = PerformanceEntry.objects.visible_to(request.actor)
    found = get_object_or_404(EntryFile.objects.filter(entry__in=seen).select_related("file"), pk=pk)
    return attachment(found.file, found.name)
