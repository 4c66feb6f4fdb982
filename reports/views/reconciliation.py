"""数据核对: a month at a glance, and one item at a time."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.comparison.finding import find_discrepancies
from cases.law import current_law
from cases.matching.queue import count_of
from cases.models import Candidate, Discrepancy, DiscrepancyAnswer
from cases.reconciliation.deciding import RELATED, ChangedMeanwhile
from organisations.access import may, require
from organisations.clock import today
from organisations.models import Region
from organisations.requests import SignedInRequest, act_in, author_of, id_in, requires
from organisations.roles import Action
from organisations.serving import attachment
from reports.figures.scopes import last_ended
from reports.reconciliation.effects import Ruling
from reports.reconciliation.forms import ASK, EXPLAIN, AnswerForm, DecisionForm
from reports.reconciliation.locking import MonthLocked, lock_month, lock_of, lock_over, moved_since
from reports.reconciliation.overview import discrepancies_of, overview_of
from reports.reconciliation.settling import ask_both, receive_answer, settle, settle_as_explained
from reports.reconciliation.snapshots import FiguresMoved, Line
from reports.requests import own_region, period_or_404
from reports.views.reconciled import item_page, item_url
from rules.report_periods import ReportPeriod, period_of

MOVED = "指标刚有变化，影响已按现在的数据重算，请看过新的影响再保存。"


@require_safe
@requires(Action.RECONCILE)
def index(request: SignedInRequest) -> HttpResponse:
    """On to the oldest month in which something waits; without one, to the last that is over."""
    waiting = Discrepancy.objects.visible_to(request.actor).open().order_by("fact_on").first()
    period = period_of("month", waiting.fact_on) if waiting else last_ended("month", today())
    return redirect("reports:reconcile_month", period=period.key)


@require_safe
@requires(Action.RECONCILE)
def month(request: SignedInRequest, period: str) -> HttpResponse:
    """What both sides told in a month of the region: the counts, and what differs."""
    when, region = _month_or_404(period), own_region(request)
    items = discrepancies_of(when, region).visible_to(request.actor).annotate(answered=Count("answers"))
    counts = overview_of(when, region)
    context = {
        "period": when,
        "region": region,
        "counts": counts,
        "items": sorted(items, key=lambda one: one.state != Discrepancy.State.OPEN),
        "done": counts.agree,
        "one_case": count_of(Candidate.objects.visible_to(request.actor).open()),
        "all_agree": f"本月 {counts.total} 条全部一致，可直接取数",
        "previous": when.previous().key,
        "following": when.following().key if when.following().first <= today() else "",
        "breadcrumbs": [{"label": "数据核对", "url": ""}, {"label": when.label, "url": ""}],
    }
    context |= _locked(request, when, region)
    return render(request, "reports/reconciliation/month.html", context)


def _locked(request: SignedInRequest, when: ReportPeriod, region: Region) -> dict[str, Any]:
    """The lock of the month with what moved since, or whether the reader may lock it."""
    lock = lock_of(when, region)
    if lock is None:
        over = when.last < today()
        if above := lock_over(region, [when.key]):
            return {"above": above}
        return {"may_lock": over and may(request.actor, Action.LOCK_MONTH), "is_over": over}
    adjusted = lock.adjustments.select_related(
        "discrepancy__lane__case", "discrepancy__lane__organisation", "adjusted_by__user"
    )
    return {"lock": lock, "adjustments": adjusted, "moved": moved_since(lock, author_of(request))}


@require_POST
@requires(Action.LOCK_MONTH)
def lock(request: SignedInRequest, period: str) -> HttpResponse:
    """锁定 the own region's month."""
    when = _month_or_404(period)
    try:
        locked = lock_month(when, own_region(request), author=author_of(request))
    except ValidationError as refused:
        messages.error(request, "".join(refused.messages))
    else:
        messages.success(request, f"已锁定 {locked} 的数据，核对单已生成。此后的更改作为调整另行记载。")
    return redirect("reports:reconcile_month", period=when.key)


@require_safe
@requires(Action.READ_FIGURES)
def sheet(request: SignedInRequest, period: str) -> HttpResponse:
    """核对单 of the own region's month."""
    found = lock_of(_month_or_404(period), own_region(request))
    if found is None:
        raise Http404("这个月还没有锁定，没有核对单。")
    return attachment(found.pdf, f"数据核对单 {found}.pdf")


def _month_or_404(text: str) -> ReportPeriod:
    period = period_or_404(text)
    if period.kind != "month":
        raise Http404("数据核对按月办理，请写作 2026-10。")
    return period


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: SignedInRequest, pk: int) -> HttpResponse:
    """One fact, both words side by side, what each decision would do; courts and agencies read it, and answer."""
    seen = Discrepancy.objects.visible_to(request.actor).select_related(*RELATED)
    found = get_object_or_404(seen, pk=pk)
    if request.method != "POST":
        return item_page(request, found, DecisionForm())
    did = act_in(request, "save", "answer")
    if did == "answer":
        return _answered(request, found)
    require(request.actor, Action.RECONCILE)
    if not did:
        return redirect("reports:reconcile_item", pk)
    find_discrepancies([found.lane_id], law=current_law(), author=author_of(request))
    return _save(request, found, DecisionForm(request.POST))


def _answered(request: SignedInRequest, found: Discrepancy) -> HttpResponse:
    """补充材料 of the court or the agency."""
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            told, file = form.cleaned_data["text"], form.attachment()
            receive_answer(found, told, file, author=author_of(request), law=current_law())
        except ValidationError as refused:
            messages.warning(request, "".join(refused.messages))
        else:
            messages.success(request, "已提交补充材料，司法局可以看到。")
            return redirect("reports:reconcile_item", found.pk)
    return item_page(request, found, DecisionForm(), answer_form=form, status=422)


@require_safe
def answer_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file of an answer, for whoever sees the item."""
    seen = DiscrepancyAnswer.objects.filter(discrepancy__in=Discrepancy.objects.visible_to(request.actor))
    found = get_object_or_404(seen.exclude(file=None).select_related("file"), pk=pk)
    assert found.file
    return attachment(found.file, found.file_name)


def _save(request: SignedInRequest, found: Discrepancy, form: DecisionForm) -> HttpResponse:
    """Go on to the next one, or show this one again with what stands in the way."""
    if not form.is_valid():
        return item_page(request, found, form, status=422)
    try:
        said = _act(request, found, form.cleaned_data)
    except (ChangedMeanwhile, FiguresMoved) as changed:
        messages.warning(request, MOVED if isinstance(changed, FiguresMoved) else f"{changed}。")
        again = DecisionForm(initial={"reason": form.cleaned_data["reason"]})
        return item_page(request, found, again, status=409)
    except MonthLocked as locked:
        messages.warning(request, "".join(locked.messages))
        return item_page(request, found, form, status=422)
    except ValidationError as error:
        form.add_error(None, error)
        return item_page(request, found, form, status=422)
    messages.success(request, said)
    return redirect(_next_url(request, found))


def _act(request: SignedInRequest, found: Discrepancy, said: dict[str, Any]) -> str:
    """Do what was chosen; returns what to tell about it."""
    author, law, reason = author_of(request), current_law(), said["reason"]
    revision = id_in(request.POST.get("revision")) or 0
    if said["choice"] == ASK:
        asked = ask_both(found, reason, revision=revision, author=author, law=law)
        return f"已请双方于 {asked.answer_due_on} 前补充材料，本条仍为待核对。"
    if said["choice"] == EXPLAIN:
        settle_as_explained(found, reason, revision=revision, author=author, law=law)
        return "已记下说明，两边的说法和指标都不变。"
    ruling = Ruling(said["choice"], reason, revision, own_region(request))
    seen = request.POST.get(f"seen_{ruling.side}", "")
    lines = settle(found, ruling, seen=seen, author=author, law=law)
    return f"已采信{Discrepancy.Side(ruling.side).label}。{_told(lines)}"


def _told(lines: list[Line]) -> str:
    moved = [f"{one.scope}{one.period}{one.measure} {one.before} → {one.after}" for one in lines if one.moves]
    return f"{'；'.join(moved)}。" if moved else "指标不变。"


def _next_url(request: SignedInRequest, found: Discrepancy) -> str:
    """The next open item of the month after this one, else the month."""
    when = period_of("month", found.fact_on)
    listed = list(discrepancies_of(when, own_region(request)).visible_to(request.actor))
    ids = [one.pk for one in listed]
    here = ids.index(found.pk) if found.pk in ids else -1
    waiting = [one for one in listed[here + 1 :] + listed[: max(here, 0)] if one.state == "open"]
    return item_url(waiting[0]) if waiting else reverse("reports:reconcile_month", args=[when.key])
