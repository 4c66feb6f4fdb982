"""What the pages of notifications share: finding an upload, its month, the way back."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from courts.models import Upload
from courts.uploads.planning import MonthTooFar, month_of, require_month_open
from organisations.access import may, require
from organisations.clock import today
from organisations.models import Organisation, Post
from organisations.querysets import OrganisationQuerySet
from organisations.requests import SignedInRequest
from organisations.roles import Action, Role
from rules.report_periods import ReportPeriod, period_of

Crumbs = list[dict[str, str]]


def upload_or_404(request: SignedInRequest, pk: int, *, to: Action = Action.READ_NOTIFICATIONS) -> Upload:
    """An upload in the post's scope, without the rows, which no page shows; 403 where the post may not do this."""
    visible = Upload.objects.visible_to(request.actor).defer("rows")
    related = visible.select_related("court__region", "file", "confirmed_by__user", "uploaded_by__user")
    upload = get_object_or_404(related, pk=pk)
    require(request.actor, to)
    return upload


def own_court(request: SignedInRequest) -> Organisation:
    """The court for which the clerk acts."""
    assert request.actor is not None
    return request.actor.organisation


def month_or_404(key: str) -> ReportPeriod:
    """The month of an address."""
    try:
        return month_of(key)
    except ValueError as error:
        raise Http404(str(error)) from error


def closed_month(period: ReportPeriod) -> str:
    """Why nothing can be told of the month yet; nothing where it can."""
    try:
        require_month_open(period, today())
    except MonthTooFar as far:
        return str(far)
    return ""


def neighbours(period: ReportPeriod) -> dict[str, str]:
    """The months before and after, for the buttons of a page."""
    return {"previous": period.previous().key, "following": period.following().key}


def crumbs(request: SignedInRequest, month: date, last: str) -> Crumbs:
    """From the month that the post comes from to the page at hand."""
    label = period_of("month", month).label
    if may(request.actor, Action.NOTIFY):
        first = {"label": f"本月通报 {label}", "url": reverse("courts:month", args=[month_key(month)])}
    else:
        url = f"{reverse('courts:received')}?month={month_key(month)}"
        first = {"label": f"法院通报 {label}", "url": url}
    return [first, {"label": last, "url": ""}]


def month_key(month: date) -> str:
    """2026-11."""
    return f"{month:%Y-%m}"


def courts_seen_by(actor: Post | None) -> OrganisationQuerySet:
    """A clerk's own court, or the courts of an office's region."""
    courts = Organisation.objects.courts().existing(on=today())
    if actor is None:
        return courts.none()
    if actor.role == Role.COURT_CLERK:
        return courts.filter(pk=actor.organisation_id)
    return courts.within(actor.organisation.region_id)
