"""The nomination that a request is about, and who may answer it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.models import Lane, Nomination
from organisations.access import require
from organisations.requests import SignedInRequest
from organisations.roles import Action


def to_answer(request: SignedInRequest, pk: int) -> Nomination:
    """A nomination that the caller sees (else 404) and may answer (else 403)."""
    nomination = get_object_or_404(
        Nomination.objects.visible_to(request.actor).select_related(
            "hearing__case__court", "lane__organisation", "head"
        ),
        pk=pk,
    )
    require(request.actor, Action.CONFIRM_HEAD)
    if not Lane.objects.own(request.actor).filter(pk=nomination.lane_id).exists():
        raise PermissionDenied("这次开庭由其他机关的负责人确认。")
    named = nomination.head.user_id if nomination.head else None
    if named and request.actor and named != request.actor.user_id:
        raise PermissionDenied(f"这次开庭由{nomination}本人确认。")
    return nomination


def nomination_of(request: SignedInRequest, pk: int) -> Nomination:
    """A standing nomination that the reader sees, for its certificate."""
    try:
        return (
            Nomination.objects.visible_to(request.actor)
            .select_related("hearing__case__court", "lane__organisation", "head")
            .get(pk=pk, replaced_at=None)
        )
    except Nomination.DoesNotExist as error:
        raise Http404 from error
