"""工作台: what must be done today, what happened, what comes next."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.handling import handlers_of
from cases.law import current_law
from cases.models import (
    Case,
    Deadline,
    Draft,
    Hearing,
    LeaderNotice,
    MaterialReturn,
    Measure,
    Nomination,
    Paper,
    PaperDelivery,
    PerformanceEntry,
    Watch,
)
from cases.steps import page_of
from organisations.access import agency_q, may
from organisations.clock import this_moment, today
from organisations.contacts import Contact, contacts_of
from organisations.models import Post
from organisations.requests import SignedInRequest, requires
from organisations.roles import REGION_WIDE, Action, Role
from supervision.boards import bands, counted, in_band
from supervision.jobs import jobs_at
from supervision.models import Letter, Message, Reminder
from supervision.views.rows import row_of, with_names

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
        "to_confirm": _to_confirm(request),
        "to_answer": _to_answer(request),
        "to_review": _to_review(request),
        "answered": _answered(request),
        "to_call": _to_call(request),
        "to_sign": _to_sign(request),
        "silent_jobs": silent_jobs(request),
        "whose": "辖区各单位" if request.actor and request.actor.role in REGION_WIDE else "",
        "may_urge": may(request.actor, Action.REMIND),
        "breadcrumbs": [{"label": "工作台", "url": ""}],
    }
    known = sum(one["count"] for one in context["bands"] if band in ("", one["key"]))
    context |= _tab(request, tab, in_band(duties.open(), found, band), known)
    return render(request, "supervision/desk.html", context)


def soon_days() -> int:
    """From how many days ahead the office calls a duty 临期."""
    return int(current_law().choices.value("board.soon", on=today()))


def silent_jobs(request: SignedInRequest) -> list[str]:
    """Jobs that have not succeeded for too long, told to those who can do something about it."""
    if not may(request.actor, Action.CHECK_JOBS):
        return []
    return [job.label for job in jobs_at(this_moment()) if job.silent]


def _tab(request: SignedInRequest, tab: str, todo: Any, known: int) -> dict[str, Any]:
    """What a tab shows; how much there is to do is known from the bands."""
    if tab == "read":
        unread = Message.objects.visible_to(request.actor).unread(on=today())
        related = unread.select_related("reminder__deadline__case", "digest")
        return {"page": Paginator(related, PER_PAGE).get_page(request.GET.get("page"))}
    if tab == "watch":
        watched = Watch.objects.visible_to(request.actor).select_related("case__court")
        watched = watched.filter(case__in=Case.objects.visible_to(request.actor))
        return {"page": Paginator(watched.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))}
    if tab == "done":
        done = Deadline.objects.visible_to(request.actor).duties().filter(state=Deadline.State.MET)
        rows = done.filter(met_on__gte=today() - KEPT).order_by("-met_on")
        if text := request.GET.get("q", "").strip()[:100]:
            rows = rows.filter(
                Q(case__number__contains=text) | Q(label__contains=text) | Q(matter__contains=text)
            )
    else:
        rows = todo.order_by("due_on", "pk")
    paginator = Paginator(with_names(rows), PER_PAGE)
    if tab == "todo":
        paginator.count = known
    page = paginator.get_page(request.GET.get("page"))
    who = _people(page)
    shown = [row_of(deadline, request) | {"contact": who(deadline)} for deadline in page]
    return {"page": page, "rows": shown, "searched": request.GET.get("q", "")}


def _people(page: Iterable[Deadline]) -> Callable[[Deadline], Contact]:
    """现由谁 of each row: the unit's 承办人 of the case, else its liaison."""
    contacts = contacts_of({deadline.organisation for deadline in page}, on=today())
    handlers = handlers_of([deadline.case_id for deadline in page if deadline.case_id], on=today())
    return lambda one: handlers.get((one.case_id or 0, one.organisation_id)) or contacts[one.organisation_id]


def _upcoming(request: SignedInRequest) -> Any:
    hearings = Hearing.objects.visible_to(request.actor).upcoming(on=today())
    return hearings.select_related("case__court").order_by("day", "time")[:5]


def _to_confirm(request: SignedInRequest) -> Any:
    """For a head: the hearings for which he or she was named and has not confirmed yet."""
    if request.actor is None or request.actor.role != Role.AGENCY_HEAD:
        return []
    mine = Q(head=None) | Q(head__user=None) | Q(head__user=request.actor.user_id)
    return Nomination.objects.filter(
        mine,
        defendant__organisation=request.actor.organisation_id,
        replaced_at=None,
        confirmed_at=None,
        hearing__day__gte=today(),
    ).select_related("hearing__case__court")


def _to_answer(request: SignedInRequest) -> Any:
    """For a head: matters put before him or her, unanswered."""
    if request.actor is None or request.actor.role != Role.AGENCY_HEAD:
        return []
    mine = Q(head__user=None) | Q(head__user=request.actor.user_id)
    waiting = LeaderNotice.objects.visible_to(request.actor).filter(mine, answered_at=None)
    return waiting.select_related("defendant__case__court", "head")[:PER_PAGE]


def _to_review(request: SignedInRequest) -> list[dict[str, Any]]:
    """What waits beside the deadlines: for an office to read, take and check, for an agency to mend."""
    actor = request.actor
    if actor is None or actor.role == Role.AGENCY_HEAD:
        return []
    if actor.role == Role.AGENCY_LIAISON:
        return _measures_waiting(actor)
    counts = _papers_waiting(actor)
    if may(actor, Action.REVIEW_PAPERS):
        inside = agency_q(actor, "defendant__organisation")
        entries = PerformanceEntry.objects.filter(inside, verdict="waiting").order_by().values("pk")
        measures = Measure.objects.visible_to(actor).standing().filter(accepted_at=None).exclude(done_on=None)
        done = measures.order_by().values("pk")
        returns = MaterialReturn.objects.filter(inside, state="waiting").order_by().values("pk")
        waiting = entries.union(done, returns, all=True).count()
        counts.append(("待核查的履行、整改和退回材料", reverse("cases:to_check"), waiting))
    return [{"label": label, "url": url, "count": count} for label, url, count in counts if count]


def _answered(request: SignedInRequest) -> list[dict[str, Any]]:
    """For a liaison: reports that a head has confirmed or sent back, and that still lie as drafts."""
    if request.actor is None or request.actor.role != Role.AGENCY_LIAISON:
        return []
    drafts = Draft.objects.visible_to(request.actor).filter(kind=Paper.Kind.DEFENCE_REPORT)
    said = LeaderNotice.objects.filter(
        kind=LeaderNotice.Kind.APPROVAL, paper=None, defendant__drafts__in=drafts
    )
    newest: dict[int, LeaderNotice] = {}
    for one in said.select_related("head", "defendant__case").order_by("pk"):
        newest[one.defendant_id] = one
    return [
        {"notice": one, "url": page_of(Paper.Kind.DEFENCE_REPORT, lane, "")["action_url"]}
        for lane, one in newest.items()
        if one.answered_at
    ]


def _measures_waiting(actor: Post) -> list[dict[str, Any]]:
    """The measures that the agency has still to carry out."""
    waiting = Measure.objects.visible_to(actor).standing().filter(done_on=None, accepted_at=None)
    told = waiting.aggregate(count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today())))
    if not told["count"]:
        return []
    late = f"{told['late']} 件已过完成期限" if told["late"] else ""
    return [
        {"label": "未完成的整改措施", "url": reverse("cases:to_check"), "count": told["count"], "late": late}
    ]


def _papers_waiting(actor: Post) -> list[tuple[str, str, int]]:
    """Papers delivered to the reader's office: not opened yet; in the last version, and neither taken nor returned."""
    unread, newest = Q(opened_at=None), Q(paper__review=None, paper__in=Paper.objects.newest())
    mine = PaperDelivery.objects.filter(recipient=actor.organisation_id)
    found = mine.aggregate(unread=Count("pk", filter=unread), waiting=Count("pk", filter=newest))
    filings = reverse("cases:filings")
    counts = [("未阅报告和备案", f"{filings}?new=1", found["unread"])]
    if may(actor, Action.REVIEW_PAPERS):
        counts.append(("待核收的材料", f"{filings}?unreviewed=1", found["waiting"]))
    return counts


def _to_call(request: SignedInRequest) -> Any:
    """电话任务 of the office, the oldest first."""
    if not may(request.actor, Action.REMIND):
        return []
    waiting = Reminder.objects.visible_to(request.actor).to_call(on=today())
    related = waiting.select_related("deadline__case", "organisation")
    return related.order_by("planned_on", "pk")[:PER_PAGE]


def _to_sign(request: SignedInRequest) -> int:
    """How many drafted letters wait for a decision."""
    if not may(request.actor, Action.REMIND):
        return 0
    return Letter.objects.visible_to(request.actor).waiting().count()
