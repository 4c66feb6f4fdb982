"""放假安排: one person enters a notice and sees what it moves, another approves it."""

from django.contrib import messages
from django.db.models import Exists, F, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from cases.law import current_law
from cases.models import CalendarNotice
from cases.work_calendar.notices import approve_notice, drop_notice, enter_notice
from organisations.access import require
from organisations.four_eyes import NotApproved
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action
from supervision.models import Reminder
from supervision.tasks import ask_for_assessment
from supervision.work_calendar.forms import ApprovalForm, NoticeForm

SHOWN = 100
PER_PAGE = 50


@requires(Action.KEEP_CALENDAR)
@require_http_methods(["GET", "POST"])
def calendars(request: SignedInRequest) -> HttpResponse:
    """The years that are known, the notices entered here, and the form for the next one."""
    form = NoticeForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("year", "published_on", "notice", "ranges")}
        try:
            entered = enter_notice(author=author_of(request), **cleaned)
        except NotApproved as refused:
            form.add_error("arrangement", str(refused))
        else:
            ask_for_assessment()
            messages.success(request, "已录入，请核对影响，再由另一人核准。")
            return redirect("supervision:calendar", pk=entered.pk)
    calendar = current_law().calendar
    context = {
        "form": form,
        "years": sorted(calendar.years.values(), key=lambda year: -year.year),
        "known_until": calendar.known_until,
        "notices": CalendarNotice.objects.visible_to(request.actor).select_related(
            "entered_by__user", "approved_by__user"
        )[:SHOWN],
        "breadcrumbs": [{"label": "放假安排", "url": ""}],
    }
    return render(
        request, "supervision/work_calendar/calendars.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET"])
def calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """A notice with the deadlines that it moves: whose, from when to when, and who was already reminded."""
    return _page(request, _notice(request, pk))


@require_http_methods(["GET"])
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the impact list is, asked every second; once it is complete the page is loaded again."""
    notice = _notice(request, pk)
    if not notice.progress.get("finished"):
        return render(request, "supervision/work_calendar/_impact_progress.html", {"notice": notice})
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(reverse("supervision:calendar", args=[pk]))
    return redirect("supervision:calendar", pk=pk)


@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """核准 by another person; deadlines move and keep their old days in their history."""
    notice = _notice(request, pk)
    form = ApprovalForm(request.POST)
    form.is_valid()
    allowed = form.cleaned_data.get("earlier_allowed", False)
    try:
        approved = approve_notice(notice, author=author_of(request), earlier_allowed=allowed)
    except NotApproved as refused:
        return _page(request, notice, refused=str(refused), status=409)
    ask_for_assessment()
    done = "已按新安排重算" if approved.carried_at else "正在后台按新安排重算"
    messages.success(request, f"已核准，{approved.effects['moved']} 个期限{done}，原日期保留在变更记录里。")
    return redirect("supervision:calendar", pk=pk)


@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """放弃: a notice that was entered wrongly."""
    drop_notice(_notice(request, pk), author=author_of(request))
    return redirect("supervision:calendars")


def _notice(request: SignedInRequest, pk: int) -> CalendarNotice:
    require(request.actor, Action.KEEP_CALENDAR)
    related = CalendarNotice.objects.visible_to(request.actor).select_related(
        "entered_by__user", "approved_by__user"
    )
    return get_object_or_404(related, pk=pk)


def _page(
    request: SignedInRequest, notice: CalendarNotice, refused: str = "", status: int = 200
) -> HttpResponse:
    waiting = notice.state == CalendarNotice.State.ENTERED
    moves = notice.moves.select_related("deadline__organisation", "deadline__case").annotate(
        reminded=Exists(Reminder.objects.urging().filter(deadline=OuterRef("deadline")))
    )
    context = {
        "notice": notice,
        "days": list(notice.as_year().listed_days()),
        "waiting": waiting,
        "assessed": bool(notice.progress.get("finished")),
        "page": page_of(request, moves, PER_PAGE),
        "query": "",
        "moved": notice.moves.count(),
        "earlier": notice.moves.filter(new_due_on__lt=F("old_due_on")).count(),
        "is_own": notice.entered_by.user_id == request.user.pk,
        "refused": refused,
        "form": ApprovalForm(),
        "breadcrumbs": [
            {"label": "放假安排", "url": reverse("supervision:calendars")},
            {"label": f"{notice.year} 年第 {notice.number} 版", "url": ""},
        ],
    }
    return render(request, "supervision/work_calendar/calendar.html", context, status=status)
