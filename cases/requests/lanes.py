"""The lane that a request is about, and who may act in it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cases.models import Deadline, Lane
from cases.record.separation import has_judged
from organisations.access import require
from organisations.requests import SignedInRequest
from organisations.roles import Action


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
        raise PermissionDenied("您以司法局身份核收、核查过本案，须由其他人员办理。")
    return lane


def open_deadline(lane: Lane, rule: str, subject: str = "") -> Deadline | None:
    """The open deadline of a step, that of the matter at hand before others."""
    waiting = Deadline.objects.filter(lane=lane, rule=rule, state=Deadline.State.OPEN).order_by("due_on")
    about = waiting.filter(subject=subject).first() if subject else None
    return about or waiting.first()
