"""What the pages of notifications share: finding an upload, its month, the way back."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.models import Mandate
from cases.requests.lanes import MANDATE, court_entered_for, enter_under, under
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
    related = visible.select_related(
        "court__region", "file", "confirmed_by__user", "uploaded_by__user", "entry", "mandate__organisation",
        "mandate__opened_by__user", "mandate__opened_by__organisation",
    )  # fmt: skip
    upload = get_object_or_404(related, pk=pk)
    if upload.mandate and _enters(request, upload.mandate):
        enter_under(request, upload.mandate)
    else:
        require(request.actor, to)
    return upload


def _enters(request: SignedInRequest, mandate: Mandate) -> bool:
    """Whether it is the reader's own mandate, as an office that enters for the court."""
    actor = request.actor
    return actor is not None and mandate.opened_by_id == actor.pk and may(actor, Action.ENTER_FOR)


def may_notify(request: SignedInRequest) -> bool:
    """Whether the reader tells for the court: its clerk, or an office that enters for it under the mandate at hand."""
    return may(request.actor, Action.NOTIFY) or getattr(request, "behalf", None) is not None


def notifying_court(request: SignedInRequest) -> Organisation:
    """The court for which the reader tells: the clerk's own, or that of the mandate in the address (404, 403)."""
    if MANDATE in request.GET:
        return court_entered_for(request)
    require(request.actor, Action.NOTIFY)
    return own_court(request)


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
    if may_notify(request):
        first = {"label": f"本月通报 {label}", "url": month_url(request, month_key(month))}
    else:
        url = f"{reverse('courts:received')}?month={month_key(month)}"
        first = {"label": f"法院通报 {label}", "url": url}
    return [first, {"label": last, "url": ""}]


def month_url(request: SignedInRequest, month: str) -> str:
    """The page of the month, under the mandate of the request where it has one."""
    return under(request, reverse("courts:month", args=[month]))


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
