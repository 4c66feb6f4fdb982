"""转办: a leader hands a case over, the office reports, both see where it stands."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases.law import current_law
from cases.models import Case
from organisations.access import may
from organisations.clock import today
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action
from supervision.assignments.assigning import WORKING_DAYS, assign, report_on
from supervision.assignments.forms import AssignForm, ReportForm
from supervision.models import Assignment

PER_PAGE = 50
HOME = {"label": "转办", "url": "/assignments/"}


@require_safe
@requires(Action.READ_FIGURES)
def assignments(request: SignedInRequest) -> HttpResponse:
    """What was handed over in the region; what is not reported yet first."""
    seen = Assignment.objects.visible_to(request.actor).select_related("case", "office", "assigned_by__user")
    page = page_of(request, seen.order_by("-reported_at", "due_on", "pk"), PER_PAGE)
    context = {"page": page, "query": "", "today": today(), "breadcrumbs": [{"label": "转办", "url": ""}]}
    return render(request, "supervision/assignments/assignments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ASSIGN)
def new_assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    """转办 of a case; the day is proposed."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    proposed = current_law().calendar.add_working_days(today(), WORKING_DAYS)
    form = AssignForm(request.POST or None, on=today(), initial={"due_on": proposed})
    if form.is_valid():
        try:
            made = assign(case, **form.cleaned_data, author=author_of(request), law=current_law())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已转{made.office.short_name}办理，{made.due_on} 前报告。")
            return redirect("supervision:assignment", pk=made.pk)
    crumbs = [HOME, {"label": case.number, "url": ""}]
    running = Assignment.objects.visible_to(request.actor).waiting().filter(case=case)
    context = {"case": case, "form": form, "running": running, "breadcrumbs": crumbs}
    status = 422 if form.errors else 200
    return render(request, "supervision/assignments/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.READ_FIGURES)
def assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked and what was reported; the office reports here."""
    seen = Assignment.objects.visible_to(request.actor).select_related(
        "case", "office", "assigned_by__user", "assigned_by__organisation", "reported_by__user"
    )
    found = get_object_or_404(seen, pk=pk)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        try:
            report_on(found, form.cleaned_data["report"], author=author_of(request), law=current_law())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "已报告，转办的领导可以看到。")
            return redirect("supervision:assignment", pk=pk)
    context = {
        "assignment": found,
        "form": form,
        "may_report": _may_report(request, found),
        "today": today(),
        "breadcrumbs": [HOME, {"label": found.case.number, "url": ""}],
    }
    status = 422 if form.errors else 200
    return render(request, "supervision/assignments/assignment.html", context, status=status)


def _may_report(request: SignedInRequest, found: Assignment) -> bool:
    own = request.actor is not None and request.actor.organisation_id == found.office_id
    return own and may(request.actor, Action.REMIND) and found.reported_at is None
