"""The outbox is filled here: one row for each reminder, person and channel, each with the moment it may go out."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.timezone import localtime

from cases.law import Law
from organisations.authors import Author
from rules.ladders import Recipient
from rules.push_window import PushWindow
from supervision.models import Digest, Message, Notice, PushSetting, Reminder
from supervision.reminders.channels import PUSHED
from supervision.reminders.recipients import Addressee, Directory

Channel, State = Message.Channel, Message.State
# Duties whose reminders nobody can switch off: they concern a hearing.
LOCKED = frozenset({"name_head", "name_head_again"})
Told = tuple[Reminder, tuple[Recipient, ...], bool]  # a reminder, whom it tells, whether it is urgent


class Outbox:
    """Makes the rows for the people of one directory, as of one moment."""

    def __init__(self, directory: Directory, *, author: Author, law: Law) -> None:
        self.directory, self.author, self.law = directory, author, law
        self._moments: dict[tuple[int, bool], datetime] = {}

    def of_reminders(self, reminders: Iterable[Told]) -> Iterator[Message]:
        """One row for each person and channel."""
        for reminder, to, urgent in reminders:
            yield from self.to(
                reminder, self.directory.addressees(reminder.organisation_id, to), urgent=urgent
            )

    def to(
        self, reminder: Reminder, people: Iterable[Addressee], *, urgent: bool = False
    ) -> Iterator[Message]:
        """One row for each of these people and channel."""
        locked = reminder.deadline.rule in LOCKED
        for one in people:
            for channel in self.directory.channels(one.post, locked=locked):
                yield self._row(one, channel, urgent, reminder=reminder)

    def of_digest(self, digest: Digest, one: Addressee) -> Iterator[Message]:
        """A digest is read in the platform, and comes by mail where the person has it."""
        for channel in self.directory.channels(one.post, locked=False):
            if channel == Channel.IN_APP or PUSHED[channel].takes_digests:
                yield self._row(one, channel, False, digest=digest)

    def of_notice(self, notice: Notice, one: Addressee) -> Iterator[Message]:
        """By every channel that the person has and wants."""
        for channel in self.directory.channels(one.post, locked=False):
            yield self._row(one, channel, False, notice=notice)

    def _row(self, one: Addressee, channel: str, urgent: bool, **about: object) -> Message:
        at_once = channel == Channel.IN_APP
        return Message(
            recipient=one.post,
            channel=channel,
            why=one.why[:200],
            urgent=urgent,
            state=State.SENT if at_once else State.WAITING,
            sent_at=self.author.at if at_once else None,
            next_try_at=self.author.at if at_once else self._send_at(one.post.pk, urgent),
            **about,
        )

    def _send_at(self, post: int, urgent: bool) -> datetime:
        known = self._moments.get((post, urgent))
        if known is None:
            wanted = self.directory.settings.get(post)
            window = wanted.window if wanted else PushWindow()
            known = window.send_at(localtime(self.author.at), self.law.calendar, urgent=urgent)
            self._moments[post, urgent] = known
        return known


def setting_of(post_id: int) -> PushSetting:
    """What a person chose, or the usual."""
    return PushSetting.objects.filter(post=post_id).first() or PushSetting(post_id=post_id)
