"""来文登记."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.deadlines.forms import IncomingForm
from cases.deadlines.incoming import register_incoming
from cases.law import current_law
from cases.models import Incoming, Lane
from cases.record.separation import require_office_of
from cases.views.deadlines.rehearsed import HOME, rehearsed
from organisations.access import may, require
from organisations.clock import today
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action


def incoming(request: SignedInRequest, pk: int) -> HttpResponse:
    """来文登记 in a lane."""
    lane = get_object_or_404(
        Lane.objects.visible_to(request.actor).select_related("case", "organisation"), pk=pk
    )
    require(request.actor, Action.REGISTER_PAPERS)
    if not (lane.is_of(request.actor) or may(request.actor, Action.ORDER_DEADLINES)):
        raise PermissionDenied(f"这一来文由{lane.organisation.name}登记。")
    form = IncomingForm(request.POST or None, request.FILES or None)
    home = reverse("cases:detail", args=[lane.case_id])

    def act() -> None:
        register_incoming(form.received(), lane=lane, author=author_of(request), law=current_law())

    crumbs = [HOME, {"label": lane.case.number, "url": home}, {"label": "来文登记", "url": ""}]
    shown = {"subject": str(lane), "breadcrumbs": crumbs, "back": home}
    return rehearsed(request, form, "来文登记", act, Q(lane=lane), shown)


def unit_incoming(request: SignedInRequest, pk: int) -> HttpResponse:
    """来文登记 by the office for a unit of its region: a bulletin that asks it to put something right."""
    unit = get_object_or_404(Organisation.objects.agencies().select_related("region"), pk=pk)
    require(request.actor, Action.ORDER_DEADLINES)
    require_office_of(unit, author_of(request).signer)
    return _incoming_of(request, unit, initial={"kind": Incoming.Kind.BULLETIN, "received_on": today()})


@requires(Action.REGISTER_PAPERS)
def own_incoming(request: SignedInRequest) -> HttpResponse:
    """来文登记 of a paper to the reader's own organisation that concerns no single case."""
    return _incoming_of(request, author_of(request).signer.organisation)


def _incoming_of(
    request: SignedInRequest, unit: Organisation, initial: dict[str, Any] | None = None
) -> HttpResponse:
    form = IncomingForm(request.POST or None, request.FILES or None, initial=initial)
    home = reverse("supervision:deadlines")

    def act() -> None:
        register_incoming(form.received(), organisation=unit, author=author_of(request), law=current_law())

    crumbs = [{"label": "期限", "url": home}, {"label": "来文登记", "url": ""}]
    shown = {"subject": unit.name, "breadcrumbs": crumbs, "back": home}
    return rehearsed(request, form, "来文登记", act, Q(organisation=unit, lane=None), shown)
