"""催报 by hand: chosen deadlines, each at most once a day."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from cases.models import Deadline
from organisations import audit
from organisations.authors import Author
from supervision.models import Message, Reminder
from supervision.sweeping import messages_for


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
    told = set(
        Reminder.objects.filter(deadline__in=chosen, raised_at__date=author.on).values_list(
            "deadline_id", flat=True
        )
    )
    return [d for d in chosen if d.pk not in told], [d for d in chosen if d.pk in told]


@transaction.atomic
def urge(deadlines: Iterable[Deadline], *, author: Author) -> Urged:
    """Send a reminder for each deadline that nobody was reminded of today."""
    chosen = Deadline.objects.select_for_update(of=("self",)).select_related("case")
    locked = chosen.filter(pk__in=[deadline.pk for deadline in deadlines]).order_by("pk")
    fresh, skipped = split_by_told_today(locked, author=author)
    office = author.organisation.name if author.organisation else "平台"
    reminders = Reminder.objects.bulk_create(
        Reminder(
            deadline=deadline,
            step=Reminder.Step.MANUAL,
            planned_on=author.on,
            raised_at=author.at,
            raised_by=author.post,
            organisation_id=deadline.organisation_id,
            text=f"请办理{deadline.label}：{deadline.case.number}，应于 {deadline.due_on}。",
            why=f"{office}催报；您是本案被诉机关的联络员",
        )
        for deadline in fresh
    )
    Message.objects.bulk_create(messages_for(reminders, author))
    if reminders:
        audit.record(author, "deadline.urge", f"催报 {len(reminders)} 项", deadlines=[d.pk for d in fresh])
    return Urged(reminders, skipped)
