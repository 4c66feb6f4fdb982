"""The desk (工作台), the deadline board, reminders by hand, messages."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases.models import Deadline, Hearing, Nomination, PaperDelivery
from cases.steps import page_of, status_of
from organisations.access import may, require
from organisations.clock import this_moment, today
from organisations.requests import SignedInRequest, author_of, id_in, requires
from organisations.roles import AGENCY_ROLES, Action, Role
from supervision.boards import counted, in_band
from supervision.filters import BoardFilter
from supervision.ladder import next_rung
from supervision.models import Message, Reminder
from supervision.urging import split_by_told_today, urge

PER_PAGE = 20
MOST_URGED = 200
TABS = {"todo": "待办", "read": "待阅", "done": "已办"}


@requires(Action.READ_DESK)
def desk(request: SignedInRequest) -> HttpResponse:
    """工作台: what must be done today, what happened, what comes next. 待办 is computed, never ticked away."""
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    duties = Deadline.objects.visible_to(request.actor).duties()
    band = request.GET.get("band", "")
    context = {
        "tab": tab,
        "tabs": TABS,
        "bands": counted(duties.open(), today(), chosen=band, address=request.GET.dict()),
        "upcoming": _upcoming(request),
        "to_confirm": _to_confirm(request),
        "unread_filings": _unread_filings(request),
        "may_urge": may(request.actor, Action.REMIND),
        "breadcrumbs": [{"label": "工作台", "url": ""}],
    } | _tab(request, tab, duties)
    return render(request, "supervision/desk.html", context)


def _tab(request: SignedInRequest, tab: str, duties: Any) -> dict[str, Any]:
    if tab == "read":
        unread = Message.objects.visible_to(request.actor).unread().select_related("reminder__deadline__case")
        return {"page": Paginator(unread, PER_PAGE).get_page(request.GET.get("page"))}
    if tab == "done":
        rows = duties.filter(state=Deadline.State.MET).order_by("-met_on")
    else:
        rows = in_band(duties.open(), today(), request.GET.get("band", "")).order_by("due_on", "pk")
    page = Paginator(_with_names(rows), PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": [_row(deadline, request) for deadline in page]}


@requires(Action.READ_DEADLINES)
def deadlines(request: SignedInRequest) -> HttpResponse:
    """期限看板: everything open in scope, most overdue first; filters in the address."""
    rows = Deadline.objects.visible_to(request.actor).duties().open()
    chosen = BoardFilter(request.GET, queryset=rows)
    band = request.GET.get("band", "")
    shown = in_band(chosen.qs, today(), band).annotate(told=Count("reminders")).order_by("due_on", "pk")
    page = Paginator(_with_names(shown), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "bands": counted(chosen.qs, today(), chosen=band, address=request.GET.dict()),
        "page": page,
        "rows": [_row(deadline, request) for deadline in page],
        "query": query.urlencode(),
        "filtered": bool(band or request.GET.get("rule") or request.GET.get("agency")),
        "may_urge": may(request.actor, Action.REMIND),
        "breadcrumbs": [{"label": "期限", "url": ""}],
    }
    return render(request, "supervision/deadlines.html", context)


@require_POST
def remind(request: SignedInRequest) -> HttpResponse:
    """催报: first a preview of who gets what and who was already told today, then the sending."""
    require(request.actor, Action.REMIND)
    chosen = [id_in(pk) for pk in request.POST.getlist("deadline")[:MOST_URGED]]
    found = _with_names(
        Deadline.objects.visible_to(request.actor).duties().open().filter(pk__in=filter(None, chosen))
    )
    if not found:
        messages.error(request, "请先勾选要提醒的事项。")
        return redirect("supervision:deadlines")
    if request.POST.get("confirmed"):
        urged = urge(found, author=author_of(request))
        skipped = f"；{len(urged.skipped)} 项今天已提醒过，未重复发送" if urged.skipped else ""
        messages.success(request, f"已发出 {len(urged.sent)} 项催报{skipped}。")
        return redirect("supervision:deadlines")
    fresh, skipped_rows = split_by_told_today(found, author=author_of(request))
    context = {
        "fresh": [_row(deadline, request) for deadline in fresh],
        "skipped": [_row(deadline, request) for deadline in skipped_rows],
        "breadcrumbs": [{"label": "期限", "url": "/deadlines/"}, {"label": "催报预览", "url": ""}],
    }
    return render(request, "supervision/remind.html", context)


@require_POST
def read_message(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a message: it is marked read; the duty it tells of stays."""
    message = get_object_or_404(
        Message.objects.visible_to(request.actor).select_related("reminder__deadline"), pk=pk
    )
    if message.read_at is None:
        message.read_at = this_moment()
        message.save(update_fields=["read_at"])
    return redirect("cases:detail", message.reminder.deadline.case_id)


def _with_names(rows: Any) -> Any:
    return rows.select_related("case__court", "organisation")


def _row(deadline: Deadline, request: SignedInRequest) -> dict[str, Any]:
    """A deadline with its state, its next rung and the button of whoever must act."""
    coming = next_rung(deadline.due_on, on=today()) if deadline.state == Deadline.State.OPEN else None
    return {
        "deadline": deadline,
        "status": status_of(deadline, today=today()),
        "next": f"{coming.planned_on(deadline.due_on):%m-%d} {Reminder.Step(coming.step).label}"
        if coming
        else "",
        "told": getattr(deadline, "told", None),
        "action": _action(deadline, request),
    }


def _action(deadline: Deadline, request: SignedInRequest) -> dict[str, str]:
    if not may(request.actor, Action.ACT_FOR_AGENCY) or deadline.state != Deadline.State.OPEN:
        return {}
    return page_of(deadline.rule, deadline.defendant_id, deadline.subject)


def _upcoming(request: SignedInRequest) -> Any:
    hearings = Hearing.objects.visible_to(request.actor).upcoming(on=today())
    return hearings.select_related("case__court").order_by("day", "time")[:5]


def _to_confirm(request: SignedInRequest) -> Any:
    """For a head: the hearings for which he or she was named and has not confirmed yet."""
    if request.actor is None or request.actor.role != Role.AGENCY_HEAD:
        return []
    return Nomination.objects.filter(
        defendant__organisation=request.actor.organisation_id,
        replaced_at=None,
        confirmed_at=None,
        hearing__day__gte=today(),
    ).select_related("hearing__case__court")


def _unread_filings(request: SignedInRequest) -> int:
    if request.actor is None or request.actor.role in AGENCY_ROLES:
        return 0
    return PaperDelivery.objects.filter(recipient=request.actor.organisation_id, opened_at=None).count()
