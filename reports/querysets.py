"""Chainable questions about bulletins, kept questions and locked months."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from organisations.access import NOTHING, may, within_q
from organisations.roles import Action

if TYPE_CHECKING:
    from organisations.models import Post, Region
    from reports.models import Adjustment, Bulletin, MonthLock, SavedQuestion


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


class MonthLockQuerySet(models.QuerySet["MonthLock"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Of the post's region, of those under it, and of the one above: that one's figures hold theirs."""
        return self.filter(_held_q(actor, "region"))

    def over(self, region: "Region", months: Iterable[str]) -> Self:
        """The locks that hold an agency's facts of these months: of its region and of the one above."""
        return self.filter(region__in=[region.pk, region.parent_id], month__in=list(months))


class AdjustmentQuerySet(models.QuerySet["Adjustment"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """With the lock that they adjust."""
        return self.filter(_held_q(actor, "lock__region"))


def _held_q(actor: "Post | None", path: str) -> Q:
    if actor is None or not may(actor, Action.READ_FIGURES):
        return NOTHING
    region = actor.organisation.region
    return within_q(region.pk, path) | Q(**{path: region.parent_id})


def own_regions_q(actor: "Post") -> Q:
    """Bulletins, drafts included, on the post's own region and on those under it."""
    return within_q(actor.organisation.region_id, "region")
