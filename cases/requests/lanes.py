"""The lane that a request is about, and who may act in it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.mandates.opening import JUDGED, behalf_of, require_enterer, require_enterer_for
from cases.models import Deadline, Lane, Mandate
from cases.querysets import MandateQuerySet
from cases.record.separation import has_judged
from organisations.access import require
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of, id_in
from organisations.roles import Action

MANDATE = "mandate"  # in an address: the mandate under which an office enters


def seen_lane(request: SignedInRequest, pk: int) -> Lane:
    """The lane, if the reader sees it (else 404)."""
    lanes = Lane.objects.visible_to(request.actor)
    related = lanes.select_related("case__court", "organisation__region", "service_receipt")
    return get_object_or_404(related, pk=pk)


def own_lane(request: SignedInRequest, pk: int) -> Lane:
    """The lane, if the reader sees it (else 404) and acts for its agency (else 403)."""
    lane = seen_lane(request, pk)
    require(request.actor, Action.ACT_FOR_AGENCY)
    if not Lane.objects.own(request.actor).filter(pk=pk).exists():
        raise PermissionDenied(f"这一事项由{lane.organisation.name}办理。")
    if request.actor and has_judged(lane, request.actor):
        raise PermissionDenied(JUDGED)
    return lane


def entered_lane(request: SignedInRequest, pk: int) -> Lane:
    """The lane for its agency as `own_lane` gives it, or for an office that enters under the mandate in the address.

    From then on the author of the request enters for the agency.
    """
    if MANDATE not in request.GET:
        return own_lane(request, pk)
    lane = enterable_lane(request, pk)
    enter_under(request, get_object_or_404(_mandates(request).filter(lane=lane), pk=_named(request)))
    return lane


def enterable_lane(request: SignedInRequest, pk: int) -> Lane:
    """The lane, if the reader sees it (else 404) and may enter for its agency (else 403)."""
    lane = seen_lane(request, pk)
    require(request.actor, Action.ENTER_FOR)
    require_enterer(lane, author_of(request))
    if lane.case.voided_at:
        raise PermissionDenied("本案号已作废，不能再代录。")
    return lane


def entered_under(request: SignedInRequest, pk: int) -> tuple[Mandate, Lane]:
    """The reader's own mandate (else 404) with its lane, for which the request enters if it still may (else 403)."""
    mandate = get_object_or_404(_mandates(request).exclude(lane=None), pk=pk)
    lane = enterable_lane(request, mandate.lane_id or 0)
    enter_under(request, mandate)
    return mandate, lane


def court_entered_for(request: SignedInRequest) -> Organisation:
    """The court of the reader's own mandate in the address (else 404, 403), for which the request enters."""
    mandate = get_object_or_404(_mandates(request).filter(lane=None), pk=_named(request))
    require(request.actor, Action.ENTER_FOR)
    require_enterer_for(mandate.organisation, author_of(request))
    enter_under(request, mandate)
    return mandate.organisation


def enter_under(request: SignedInRequest, mandate: Mandate) -> None:
    """Let the author of the request enter for the agency of the mandate."""
    request.behalf = behalf_of(mandate)


def under(request: HttpRequest, url: str) -> str:
    """The address, under the mandate of the request where it has one: so the next page enters for the same agency."""
    behalf = getattr(request, "behalf", None)
    if behalf is None:
        return url
    address, mark, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{MANDATE}={behalf.mandate}{mark}{fragment}"


def page_after(request: HttpRequest, lane: Lane) -> str:
    """Where an act in the lane leads back to: the case, or the mandate under which an office enters."""
    behalf = getattr(request, "behalf", None)
    if behalf is None:
        return reverse("cases:detail", args=[lane.case_id])
    return reverse("cases:mandate", args=[behalf.mandate])


def _mandates(request: SignedInRequest) -> MandateQuerySet:
    own = Mandate.objects.of(request.actor)
    return own.select_related("organisation__region", "opened_by__user", "opened_by__organisation")


def _named(request: SignedInRequest) -> int:
    return id_in(request.GET.get(MANDATE)) or 0


def open_deadline(lane: Lane, rule: str, subject: str = "") -> Deadline | None:
    """The open deadline of a step, that of the matter at hand before others."""
    waiting = Deadline.objects.filter(lane=lane, rule=rule, state=Deadline.State.OPEN).order_by("due_on")
    about = waiting.filter(subject=subject).first() if subject else None
    return about or waiting.first()
