"""Chainable questions about bulletins."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from organisations.access import may, within_q
from organisations.roles import Action

if TYPE_CHECKING:
    from organisations.models import Post
    from reports.models import Bulletin, SavedQuestion


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Issued bulletins on the post's region or the city above it; drafts only for those who draft.

        Leaders read drafts of their region too: the draft is what they are asked to approve.
        """
        if actor is None or not may(actor, Action.READ_BULLETINS):
            return self.none()
        region = actor.organisation.region
        issued = Q(state="issued") & Q(region__in=[region.pk, region.parent_id])
        if not (may(actor, Action.DRAFT_BULLETIN) or actor.role == "leader"):
            return self.filter(issued)
        return self.filter(issued | own_regions_q(actor))


class SavedQuestionQuerySet(models.QuerySet["SavedQuestion"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Their own, and what others of their organisation share."""
        if actor is None or not may(actor, Action.READ_FIGURES):
            return self.none()
        shared = Q(shared=True, owner__organisation=actor.organisation_id)
        return self.filter(Q(owner=actor) | shared)


def own_regions_q(actor: "Post") -> Q:
    """Bulletins, drafts included, on the post's own region and on those under it."""
    return within_q(actor.organisation.region_id, "region")
