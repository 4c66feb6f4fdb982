"""Chainable questions about notifications."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from organisations.access import court_q

if TYPE_CHECKING:
    from courts.models import HeldRow, Upload
    from organisations.models import Post


class OfCourtQuerySet(models.QuerySet[Any]):
    """Rows of a court: seen by its own clerks and by the offices of its region."""

    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "court"))


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "court"))

    def changeable(self) -> Self:
        """Those that took no effect yet and that nobody gave up."""
        return self.filter(state__in=("waiting", "refused", "planned"))


class HeldRowQuerySet(models.QuerySet["HeldRow"]):
    def open(self) -> Self:
        """Those that no later version has put right."""
        return self.filter(resolved_at=None)

    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "notification__court"))
