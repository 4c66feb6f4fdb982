"""Chainable questions about organisations and accounts."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from lib.folding import folded
from organisations.access import agency_q, within_q

if TYPE_CHECKING:
    from organisations.models import AuditEntry, Head, Organisation, Post

SUED_KINDS = (
    "government",
    "department",
    "township",
    "subdistrict",
    "zone_committee",
    "authorised_body",
    "vertical",
    "legal_office",
    "government_office",
)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def courts(self) -> Self:
        return self.filter(kind="court")

    def agencies(self) -> Self:
        """Those that can be sued."""
        return self.filter(kind__in=SUED_KINDS)

    def existing(self, *, on: date) -> Self:
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))

    def within(self, region_code: str) -> Self:
        """Of the region and of the regions directly under it."""
        return self.filter(within_q(region_code, "region"))

    def called(self, words: str) -> Self:
        """Those of whose names, short, former and other ones among them, the words are a part, however written."""
        wanted = folded(words)
        return self._with_name(lambda name: bool(wanted) and wanted in name)

    def named(self, words: str) -> Self:
        """Those that go by exactly this name, in full, in short or otherwise, however written."""
        return self._with_name(folded(words).__eq__)

    def _with_name(self, fits: Callable[[str], bool]) -> Self:
        every = self.model._default_manager.values_list("pk", "name", "short_name", "aliases__name")
        return self.filter(pk__in={pk for pk, *names in every if any(fits(folded(n)) for n in names if n)})

    def visible_to(self, actor: "Post | None") -> Self:
        """The directory is open to everyone who has a post."""
        return self if actor else self.none()


class PostQuerySet(models.QuerySet["Post"]):
    def active(self, *, on: date) -> Self:
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on),
            Q(valid_to=None) | Q(valid_to__gte=on),
            user__is_active=True,
        )


class HeadQuerySet(models.QuerySet["Head"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """An agency sees its own roster, offices those of their region."""
        return self.filter(agency_q(actor, "organisation"))

    def in_office(self, *, on: date) -> Self:
        return self.filter(Q(last=None) | Q(last__gte=on), first__lte=on)


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """The trail is read by the audit administrator alone."""
        return self if actor and actor.role == "audit_admin" else self.none()


class FourEyesQuerySet(models.QuerySet[Any]):
    """For what one person enters and another approves."""

    def approved(self) -> Self:
        """Those that count."""
        return self.filter(state="approved")

    def visible_to(self, actor: "Post | None") -> Self:
        """It holds for everyone; who may enter and approve is another question."""
        return self if actor else self.none()
