"""The one door: what a post may see, and whether it may act."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from organisations.roles import AGENCY_ROLES, REGION_WIDE, ROLES, Action, Scope

if TYPE_CHECKING:
    from organisations.models import Organisation, Post

NOTHING = Q(pk__in=())


def within_q(region: str, path: str) -> Q:
    """Rows whose region (at `path`) is the one of this code or lies directly under it."""
    return Q(**{path: region}) | Q(**{f"{path}__parent": region})


def region_q(actor: "Post", path: str) -> Q:
    """What lies in the region of the post's organisation; a city includes its counties and zones."""
    return within_q(actor.organisation.region_id, f"{path}__region")


def agency_q(actor: "Post | None", path: str) -> Q:
    """Rows whose agency (an organisation at `path`) the post sees: its own, or those of its region.

    Its own are also those of the bodies that it stands for: predecessors and their predecessors.
    """
    if actor is None:
        return NOTHING
    if actor.role in AGENCY_ROLES:
        unit = actor.organisation_id
        heir = Q(**{f"{path}__successor": unit}) | Q(**{f"{path}__successor__successor": unit})
        return Q(**{path: unit}) | heir
    return region_q(actor, path) if actor.role in REGION_WIDE else NOTHING


def sees_agency(actor: "Post | None", agency: "Organisation") -> bool:
    """The same question as `agency_q`, for an agency at hand with its region."""
    if actor is None:
        return False
    if actor.role in AGENCY_ROLES:
        return actor.organisation_id in agency.succession()
    region = actor.organisation.region_id
    return actor.role in REGION_WIDE and region in (agency.region_id, agency.region.parent_id)


def court_q(actor: "Post | None", path: str) -> Q:
    """Rows whose court (an organisation at `path`) the post sees: a clerk's own, or those of the region.

    Offices of both levels are served: that of the court's level by this question,
    that of the agency's level by `agency_q`.
    """
    if actor is None:
        return NOTHING
    if ROLES[actor.role].scope == Scope.COURT:
        return Q(**{path: actor.organisation_id})
    return region_q(actor, path) if actor.role in REGION_WIDE else NOTHING


def may(actor: "Post | None", action: Action) -> bool:
    """Whether the post may do this at all."""
    return actor is not None and action in ROLES[actor.role].may


def require(actor: "Post | None", action: Action) -> None:
    """Raise PermissionDenied (403) unless the post may do this. Look objects up first: strangers get 404."""
    if not may(actor, action):
        raise PermissionDenied(f"当前身份不办理“{action.label}”。")
