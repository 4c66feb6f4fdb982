"""The calendar feed, for calendars that cannot sign in: the secret in the address is the key."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cases.models import Deadline
from organisations.access import require
from organisations.clock import this_moment, today
from organisations.requests import SignedInRequest
from organisations.roles import Action
from organisations.serving import download
from supervision.board.feeds import calendar_of, feed_of, owner_of

CALENDAR = "text/calendar; charset=utf-8"


@login_not_required
@require_safe
def feed(request: SignedInRequest, token: str) -> HttpResponse:
    """The whole feed of the owner's scope. A wrong or revoked secret finds nothing (404)."""
    owner = owner_of(token, at=this_moment())
    if owner is None:
        raise Http404
    response = HttpResponse(feed_of(owner, on=today()), content_type=CALENDAR)
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
def single(request: SignedInRequest, pk: int) -> HttpResponse:
    """One duty as a calendar file, for phones that cannot reach the feed."""
    seen = Deadline.objects.visible_to(request.actor).select_related("case", "organisation")
    deadline = get_object_or_404(seen, pk=pk)
    require(request.actor, Action.READ_DEADLINES)
    return download(calendar_of([], [deadline]), f"{deadline.label} {deadline.due_on}.ics", CALENDAR)
