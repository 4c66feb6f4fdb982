"""催报 by hand: chosen deadlines, each at most once a day; and what came of a call."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.law import Law
from cases.models import Deadline
from organisations import audit
from organisations.authors import Author
from rules.ladders import Recipient
from supervision.models import MANUAL, Message, Reminder
from supervision.reminders.outbox import Outbox
from supervision.reminders.recipients import Directory

TO: tuple[Recipient, ...] = ("liaison", "owner")


@dataclass(frozen=True, slots=True)
class Urged:
    """What came of it: the reminders sent, and the deadlines passed over because today already told of them."""

    sent: list[Reminder]
    skipped: list[Deadline]


def split_by_told_today(
    deadlines: Iterable[Deadline], *, author: Author
) -> tuple[list[Deadline], list[Deadline]]:
    """Those to urge, and those that were already reminded of today."""
    chosen = list(deadlines)
    reminded = set(
        Reminder.objects.urging()
        .filter(deadline__in=chosen, raised_at__date=author.on)
        .values_list("deadline_id", flat=True)
    )
    return [d for d in chosen if d.pk not in reminded], [d for d in chosen if d.pk in reminded]


@transaction.atomic
def urge(deadlines: Iterable[Deadline], *, author: Author, law: Law) -> Urged:
    """Send a reminder for each deadline that nobody was reminded of today."""
    chosen = Deadline.objects.select_for_update(of=("self",)).select_related("case")
    locked = chosen.filter(pk__in=[deadline.pk for deadline in deadlines]).order_by("pk")
    fresh, skipped = split_by_told_today(locked, author=author)
    office = author.organisation.name if author.organisation else "平台"
    reminders = Reminder.objects.bulk_create(_reminder(deadline, office, author) for deadline in fresh)
    directory = Directory.around({deadline.organisation_id for deadline in fresh}, on=author.on)
    outbox = Outbox(directory, author=author, law=law)
    Message.objects.bulk_create(outbox.of_reminders((reminder, TO, False) for reminder in reminders))
    if reminders:
        audit.record(author, "deadline.urge", f"催报 {len(reminders)} 项", deadlines=[d.pk for d in fresh])
    return Urged(reminders, skipped)


def _reminder(deadline: Deadline, office: str, author: Author) -> Reminder:
    return Reminder(
        deadline=deadline,
        step=MANUAL,
        label=f"{office}催报"[:60],
        planned_on=author.on,
        raised_at=author.at,
        raised_by=author.post,
        organisation_id=deadline.organisation_id,
        text=f"请办理{deadline.label}：{deadline.about}，应于 {deadline.due_on}。",
    )


@transaction.atomic
def note_call(reminder: Reminder, *, note: str, author: Author) -> None:
    """记一笔: what came of a 电话任务. Raises ValidationError where a colleague called already."""
    changed = Reminder.objects.filter(pk=reminder.pk, phone=True, called_at=None).update(
        called_at=author.at, called_by=author.signer, call_note=note
    )
    if not changed:
        raise ValidationError("这项电话任务已由其他人员办理。")
    audit.record(author, "reminder.call", f"电话沟通：{note[:100]}", about=reminder)
