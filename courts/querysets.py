"""Chainable questions about notifications."""

from typing import TYPE_CHECKING, Self

from django.db import models

from organisations.access import court_q

if TYPE_CHECKING:
    from courts.models import Notification, Upload
    from organisations.models import Post


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "court"))


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(court_q(actor, "court"))
