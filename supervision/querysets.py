"""Chainable questions about reminders and messages."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from organisations.access import agency_q

if TYPE_CHECKING:
    from organisations.models import Post
    from supervision.models import Message, Reminder


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(agency_q(actor, "organisation"))


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """A person reads the messages to the post in which he or she acts."""
        return self.filter(recipient=actor) if actor else self.none()

    def unread(self) -> Self:
        return self.filter(channel="in_app", state="sent", read_at=None)

    def due(self, *, at: datetime) -> Self:
        return self.filter(state="waiting", next_try_at__lte=at)
