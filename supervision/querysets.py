"""Chainable questions about reminders, messages, letters, and what people keep of the board."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from organisations.access import agency_q, may, region_q
from organisations.roles import AGENCY_ROLES, REGION_WIDE, Action

if TYPE_CHECKING:
    from organisations.models import Post
    from supervision.models import Assignment, Letter, Message, Notice, Reminder, SavedView


# Steps that ask a head or tell of the answer: they stay in the agency, go out whether or not the duty is open, and
# are no urging.
ASKED = "ask:"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Reminders of agencies in scope; what an agency's heads were asked and said, to that agency alone."""
        seen = self.filter(agency_q(actor, "organisation"))
        return seen if actor and actor.role in AGENCY_ROLES else seen.urging()

    def urging(self) -> Self:
        """Without the questions to heads and their answers."""
        return self.exclude(step__startswith=ASKED)

    def to_call(self, *, on: date) -> Self:
        """电话任务 not done yet: their duties are open, did not move since, and are not overtaken by the hearing."""
        waiting = self.filter(phone=True, called_at=None, deadline__state="open")
        past_hearing = Q(deadline__rule="name_head", deadline__starts_on__lt=on)
        return waiting.exclude(deadline__changes__at__gt=F("raised_at")).exclude(past_hearing)


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """A person reads the messages to the post in which he or she acts."""
        return self.filter(recipient=actor) if actor else self.none()

    def urging(self) -> Self:
        """Without the questions to heads and their answers, which are told one by one."""
        return self.filter(reminder__isnull=False).exclude(reminder__step__startswith=ASKED)

    def in_app(self) -> Self:
        return self.filter(channel="in_app", state="sent")

    def unread(self, *, on: date) -> Self:
        """Not opened, and not put off beyond the day."""
        return self.in_app().filter(Q(hidden_until=None) | Q(hidden_until__lte=on), read_at=None)

    def pushed(self) -> Self:
        """What goes out of the platform."""
        return self.exclude(channel="in_app")

    def due(self, *, at: datetime) -> Self:
        return self.pushed().filter(state="waiting", next_try_at__lte=at)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """What leaders of the region handed over, for those who read its figures."""
        if actor is None or not may(actor, Action.READ_FIGURES):
            return self.none()
        return self.filter(region_q(actor, "office"))

    def waiting(self) -> Self:
        """Not reported yet."""
        return self.filter(reported_at=None)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Those told to the post in which the person acts."""
        return self.filter(messages__recipient=actor).distinct() if actor else self.none()


class OwnQuerySet(models.QuerySet[Any]):
    """For what belongs to one person's post."""

    def visible_to(self, actor: "Post | None") -> Self:
        if actor is None:
            return self.none()
        names = {field.name for field in self.model._meta.fields}
        path = next(name for name in ("recipient", "owner", "post") if name in names)
        return self.filter(**{path: actor})

    def covering(self, on: date) -> Self:
        """Leaves that last on the day."""
        return self.filter(first__lte=on, last__gte=on)

    def live(self) -> Self:
        """Feeds that were not revoked."""
        return self.filter(revoked_at=None)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """The own ones, and those that others of the organisation share."""
        if actor is None:
            return self.none()
        return self.filter(Q(owner=actor) | Q(shared=True, owner__organisation=actor.organisation_id))


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """What was signed: its agency and everybody who sees the region. Drafts: the offices of the region alone."""
        if actor is None:
            return self.none()
        if actor.role in AGENCY_ROLES:
            return self.filter(agency_q(actor, "organisation"), state="signed")
        if actor.role not in REGION_WIDE:
            return self.none()
        seen = self.filter(region_q(actor, "organisation"))
        return seen if may(actor, Action.REMIND) else seen.filter(state="signed")

    def waiting(self) -> Self:
        """Drafts of duties that are still open."""
        return self.filter(state="drafted", deadline__state="open")
