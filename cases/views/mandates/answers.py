"""代录事项: what an office entered; the agency confirms or contests, the office does something about the latter."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy

from cases.mandates.answering import confirm_entry, contest_entry, require_settler, settle_entry
from cases.mandates.forms import ContestForm, SettleForm
from cases.models import MandatedEntry
from cases.querysets import MandatedEntryQuerySet
from cases.views.duty_page import add_errors
from organisations.access import may, require
from organisations.requests import SignedInRequest, act_in, author_of, page_of
from organisations.roles import Action

PER_PAGE = 20
READERS = (Action.ENTER_FOR, Action.REVIEW_PAPERS, Action.NOTIFY)
HOME = {"label": "代录事项", "url": reverse_lazy("cases:mandated")}
SHOWN = {"unanswered": "待本单位确认", "contested": "有不同意见、待处理"}


def mandated(request: SignedInRequest) -> HttpResponse:
    """The entries in scope, newest first; those that wait for an answer, or for the office, alone on demand."""
    if not any(may(request.actor, one) for one in READERS):
        require(request.actor, Action.ACT_FOR_AGENCY)
    entries, wanted = _entries(request), request.GET.get("show", "")
    if wanted in SHOWN:
        entries = getattr(entries, wanted)()
    context = {
        "page": page_of(request, entries.order_by("-entered_at", "-pk"), PER_PAGE),
        "wanted": wanted,
        "filters": SHOWN,
        "query": f"show={wanted}" if wanted in SHOWN else "",
        "breadcrumbs": [{"label": "代录事项", "url": ""}],
    }
    return render(request, "cases/mandates/list.html", context)


def mandated_entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """One entry: on what it rests, what it brought about, and the answer of the reader."""
    entry = get_object_or_404(_entries(request), pk=pk)
    if request.method != "POST":
        return _page(request, entry)
    act = act_in(request, *ACTS)
    if not act:
        return _page(request, entry, status=422)
    if act == "settle":
        require(request.actor, Action.REVIEW_PAPERS)
    elif not _answers(request):
        require(request.actor, Action.ACT_FOR_AGENCY)
    return ACTS[act](request, entry)


def _answers(request: SignedInRequest) -> bool:
    """Whether the reader acts for an agency or a court; for which one, the use case asks."""
    return may(request.actor, Action.ACT_FOR_AGENCY) or may(request.actor, Action.NOTIFY)


def _confirm(request: SignedInRequest, entry: MandatedEntry) -> HttpResponse:
    confirm_entry(entry, author=author_of(request))
    messages.success(request, "已确认。")
    return redirect("cases:mandated_entry", entry.pk)


def _contest(request: SignedInRequest, entry: MandatedEntry) -> HttpResponse:
    form = ContestForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, status=422, contest=form)
    contest_entry(entry, author=author_of(request), **form.cleaned_data)
    messages.success(request, "已记下本单位的不同意见，司法局工作台可见。更正以前原录入仍然有效。")
    return redirect("cases:mandated_entry", entry.pk)


def _settle(request: SignedInRequest, entry: MandatedEntry) -> HttpResponse:
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            settle_entry(entry, author=author_of(request), **form.cleaned_data)
            messages.success(request, "已记下处理情况，该单位可见。")
            return redirect("cases:mandated_entry", entry.pk)
        except ValidationError as error:
            add_errors(form, error)
    return _page(request, entry, status=422, settle=form)


ACTS = {"confirm": _confirm, "contest": _contest, "settle": _settle}


def _page(
    request: SignedInRequest,
    entry: MandatedEntry,
    *,
    status: int = 200,
    contest: ContestForm | None = None,
    settle: SettleForm | None = None,
) -> HttpResponse:
    checks = may(request.actor, Action.REVIEW_PAPERS) and entry.is_contested
    context: dict[str, Any] = {
        "entry": entry,
        "mandate": entry.mandate,
        "case": entry.mandate.lane.case if entry.mandate.lane else None,
        "papers": [
            paper for source in entry.sources.all() for paper in source.papers.visible_to(request.actor)
        ],
        "may_answer": _answers(request),
        "may_settle": checks and _settles(entry, request),
        "waits_for_another": checks,
        "contest": contest or ContestForm(),
        "settle": settle or SettleForm(),
        "form": contest or settle,
        "breadcrumbs": [HOME, {"label": entry.what, "url": ""}],
    }
    return render(request, "cases/mandates/entry.html", context, status=status)


def _settles(entry: MandatedEntry, request: SignedInRequest) -> bool:
    try:
        require_settler(entry, author_of(request).signer)
    except PermissionDenied:
        return False
    return True


def _entries(request: SignedInRequest) -> MandatedEntryQuerySet:
    return MandatedEntry.objects.visible_to(request.actor).select_related(
        "mandate__lane__case__court", "mandate__lane__organisation__region", "mandate__organisation__region",
        "mandate__opened_by__user", "mandate__opened_by__organisation",
        "answered_by__user", "decided_by__user", "decided_by__organisation",
    )  # fmt: skip
