"""Chainable questions about notifications."""

from typing import TYPE_CHECKING, Self

from django.db import models

from organisations.access import court_q

if TYPE_CHECKING:
    from courts.models import HeldRow, Notification, RememberedColumn, RememberedName, Upload
    from organisations.models import Post


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "court"))


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "court"))


class HeldRowQuerySet(models.QuerySet["HeldRow"]):
    def open(self) -> Self:
        """Those that no later version has put right."""
        return self.filter(resolved_at=None)

    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "notification__court"))


class RememberedQuerySet(models.QuerySet["RememberedName | RememberedColumn"]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "court"))
