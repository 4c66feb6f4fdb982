"""工作台: what must be done today, what happened, what comes next."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from cases.case_list.filters import CaseSearch
from cases.case_list.handlers import handlers_of
from cases.law import current_law
from cases.models import (
    Case,
    Deadline,
    Hearing,
    Watch,
)
from cases.querysets import DeadlineQuerySet
from organisations.access import may
from organisations.clock import this_moment, today
from organisations.contacts import Contact, contacts_of
from organisations.models import Post
from organisations.requests import SignedInRequest, page_of, requires
from organisations.roles import REGION_WIDE, Action, Role
from supervision.board.board import bands, counted, in_band
from supervision.board.regular_work import WITHOUT_CASE, shared_duties
from supervision.board.waiting import waiting_for
from supervision.models import Message
from supervision.sweep.jobs import jobs_at
from supervision.views.board.rows import row_of, with_names

PER_PAGE = 20
TABS = {"todo": "待办", "read": "待阅", "done": "已办", "watch": "关注"}
KEPT = timedelta(days=366)  # how long 已办 looks back


@requires(Action.READ_DESK)
def desk(request: SignedInRequest) -> HttpResponse:
    """工作台. 待办 is computed, never ticked away."""
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    duties = Deadline.objects.visible_to(request.actor).duties()
    band = request.GET.get("band", "")
    found = bands(today(), soon_days())
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": TABS,
        "bands": counted(duties.open(), found, chosen=band, address=request.GET.dict()),
        "upcoming": _upcoming(request),
        "silent_jobs": silent_jobs(request),
        "whose": _whose(request.actor),
        "may_urge": may(request.actor, Action.REMIND),
        "breadcrumbs": [{"label": "工作台", "url": ""}],
    }
    context |= _tab(request, tab, in_band(duties.open(), found, band))
    context |= waiting_for(request.actor, on=today())
    return render(request, "supervision/board/desk.html", context)


def _whose(actor: Post | None) -> str:
    """Whose duties the greeting counts, where they are not the reader's own work."""
    if actor is None or actor.role == Role.AGENCY_LIAISON:
        return ""
    return "辖区各单位" if actor.role in REGION_WIDE else "本单位"


def soon_days() -> int:
    """From how many days ahead the office calls a duty 临期."""
    return int(current_law().choices.value("board.soon", on=today()))


def silent_jobs(request: SignedInRequest) -> list[str]:
    """Jobs that have not succeeded for too long, told to those who can do something about it."""
    if not may(request.actor, Action.CHECK_JOBS):
        return []
    return [job.label for job in jobs_at(this_moment()) if job.silent]


def _tab(request: SignedInRequest, tab: str, todo: DeadlineQuerySet) -> dict[str, Any]:
    """What a tab shows."""
    if tab == "read":
        unread = Message.objects.visible_to(request.actor).unread(on=today())
        related = unread.select_related("reminder__deadline__case", "digest", "notice")
        return {"page": page_of(request, related, PER_PAGE)}
    if tab == "watch":
        watched = Watch.objects.visible_to(request.actor).select_related("case__court")
        watched = watched.filter(case__in=Case.objects.visible_to(request.actor))
        return {"page": page_of(request, watched.order_by("-pk"), PER_PAGE)}
    return _done(request) if tab == "done" else _todo(request, todo)


def _done(request: SignedInRequest) -> dict[str, Any]:
    done = Deadline.objects.visible_to(request.actor).duties().filter(state=Deadline.State.MET)
    rows = done.filter(met_on__gte=today() - KEPT).order_by("-met_on")
    if text := request.GET.get("q", "").strip()[:100]:
        cases = CaseSearch({"q": text}, queryset=Case.objects.all()).qs
        rows = rows.filter(Q(case__in=cases) | Q(label__contains=text) | Q(matter__contains=text))
    return _page(request, rows) | {"searched": request.GET.get("q", "")}


def _todo(request: SignedInRequest, todo: DeadlineQuerySet) -> dict[str, Any]:
    """Of a unit: its duties. Of an office: its own first, then what the units of the region owe."""
    todo = todo.order_by("due_on", "pk")
    if request.actor is None or request.actor.role not in REGION_WIDE:
        return _page(request, todo)
    of_unit = Q(organisation=request.actor.organisation_id)
    own, theirs = list(with_names(todo.filter(of_unit))[:PER_PAGE]), todo.exclude(of_unit)
    shown = _page(request, theirs.exclude(WITHOUT_CASE), beside=own)
    return shown | {
        "own_rows": shown["rows"][: len(own)],
        "rows": shown["rows"][len(own) :],
        "shared": shared_duties(theirs, on=today()),
        "unit": request.actor.organisation,
    }


def _page(request: SignedInRequest, rows: Any, beside: Sequence[Deadline] = ()) -> dict[str, Any]:
    """The page of the list, and what is shown of its deadlines after those that stand `beside` it."""
    page = page_of(request, with_names(rows), PER_PAGE)
    found = [*beside, *page]
    who = _people(found)
    shown = [row_of(deadline, request) | {"contact": who(deadline)} for deadline in found]
    return {"page": page, "rows": shown}


def _people(page: Iterable[Deadline]) -> Callable[[Deadline], Contact]:
    """现由谁 of each row: the unit's 承办人 of the case, else its liaison."""
    contacts = contacts_of({deadline.organisation for deadline in page}, on=today())
    handlers = handlers_of([deadline.case_id for deadline in page if deadline.case_id], on=today())
    return lambda one: handlers.get((one.case_id or 0, one.organisation_id)) or contacts[one.organisation_id]


def _upcoming(request: SignedInRequest) -> Any:
    hearings = Hearing.objects.visible_to(request.actor).upcoming(on=today())
    return hearings.select_related("case__court").order_by("day", "time")[:5]
