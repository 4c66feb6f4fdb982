"""The daily sweep: it looks at the state, raises what is due, and may run twice, late, or not at all for days.

Nothing here counts how often it ran: a step that is due and not yet raised is raised, whenever that is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction

from cases.deadlines import settle_provisional
from cases.effects import presume_effect
from cases.law import Law
from cases.models import Deadline
from organisations.authors import Author
from organisations.models import Organisation, Post
from organisations.roles import Role
from rules.monthly import monthly_day
from rules.report_periods import period_of
from supervision.ladder import FIRST_DAY, Rung, rungs_reached
from supervision.models import JobRun, Message, Reminder

CHUNK = 1000
JOB = "sweep"
EXPECTED = ("schedule", "appearances", "judgments")
# Roles that are told of a step, besides the liaison who is told of all.
TELL_HEAD = frozenset({Reminder.Step.OVERDUE_3, Reminder.Step.OVERDUE_8})


def sweep(*, on: date, author: Author, law: Law) -> dict[str, Any]:
    """Presume effect where appeal periods ended, raise reminders that are due, list what is expected and absent."""
    effective = presume_effect(on=on, author=author, law=law)
    settled = settle_provisional(law=law, author=author)
    raised: Counter[str] = Counter()
    for batch in _batches(_due(on), CHUNK):
        raised += raise_reminders(batch, on=on, author=author)
    absent = absent_notifications(on=on, law=law)
    result = {"effective": effective, "settled": settled, "raised": dict(raised), "absent": absent}
    JobRun.objects.update_or_create(
        job=JOB,
        defaults={"succeeded_at": author.at, "covered": on, "result": {"raised": sum(raised.values())}},
    )
    return result


def _due(on: date) -> Iterator[Deadline]:
    """Open duties whose first step on the ladder is due."""
    return (
        Deadline.objects.open()
        .duties()
        .filter(due_on__lte=on - timedelta(days=FIRST_DAY))
        .select_related("case", "organisation")
        .order_by("pk")
        .iterator(chunk_size=CHUNK)
    )


@transaction.atomic
def raise_reminders(deadlines: list[Deadline], *, on: date, author: Author) -> Counter[str]:
    """Raise the latest step due for each deadline, once; what a missed day would have said before is superseded."""
    known = set(Reminder.objects.filter(deadline__in=deadlines).values_list("deadline", "step", "planned_on"))
    planned = [
        _reminder(deadline, rung, author)
        for deadline in deadlines
        for rung in rungs_reached(deadline.due_on, on=on)[-1:]
        if (deadline.pk, rung.step, rung.planned_on(deadline.due_on)) not in known
    ]
    Reminder.objects.bulk_create(planned, ignore_conflicts=True)
    raised = list(
        Reminder.objects.filter(
            deadline__in=[reminder.deadline_id for reminder in planned], raised_at=author.at
        ).select_related("organisation")
    )
    Message.objects.bulk_create(messages_for(raised, author), ignore_conflicts=True)
    return Counter(reminder.step for reminder in raised)


def _reminder(deadline: Deadline, rung: Rung, author: Author) -> Reminder:
    return Reminder(
        deadline=deadline,
        step=rung.step,
        planned_on=rung.planned_on(deadline.due_on),
        raised_at=author.at,
        raised_by=author.post,
        organisation_id=deadline.organisation_id,
        text=f"{deadline.label}{rung.words}：{deadline.case.number}，应于 {deadline.due_on}。",
        why="您是本案被诉机关的联络员",
    )


def messages_for(reminders: Iterable[Reminder], author: Author) -> list[Message]:
    """One row per person and channel; mail only where the platform can send it and the person has an address."""
    people = _people({reminder.organisation_id for reminder in reminders}, author.on)
    return [
        Message(
            reminder=reminder,
            recipient=post,
            channel=channel,
            state=Message.State.SENT if channel == Message.Channel.IN_APP else Message.State.WAITING,
            sent_at=author.at if channel == Message.Channel.IN_APP else None,
            next_try_at=author.at,
        )
        for reminder in reminders
        for post in people.get(reminder.organisation_id, ())
        if post.role == Role.AGENCY_LIAISON or reminder.step in TELL_HEAD
        for channel in _channels(post)
    ]


def _people(organisations: set[int], on: date) -> dict[int, list[Post]]:
    posts = (
        Post.objects.active(on=on)
        .filter(
            organisation__in=organisations,
            role__in=[Role.AGENCY_LIAISON, Role.AGENCY_HEAD],
        )
        .select_related("user")
    )
    found: dict[int, list[Post]] = {}
    for post in posts:
        found.setdefault(post.organisation_id, []).append(post)
    return found


def _channels(post: Post) -> tuple[str, ...]:
    mail = settings.EMAIL_URL and post.user.email
    return (Message.Channel.IN_APP, Message.Channel.EMAIL) if mail else (Message.Channel.IN_APP,)


def _batches(rows: Iterator[Deadline], size: int) -> Iterator[list[Deadline]]:
    while batch := list(islice(rows, size)):
        yield batch


def absent_notifications(*, on: date, law: Law) -> list[dict[str, str]]:
    """Which court has not told which part of this month's notification; told neutrally, courts are not urged."""
    from_day = monthly_day(on, law.calendar).due_on
    if on <= from_day:
        return []
    month = period_of("month", on)
    told = set(
        Organisation.objects.courts()
        .filter(notifications__month=month.first)
        .values_list("pk", "notifications__kind")
    )
    courts = Organisation.objects.courts().exclude(level="provincial").order_by("code")
    return [
        {"court": court.code, "kind": kind, "month": month.key, "since": from_day.isoformat()}
        for court in courts
        for kind in EXPECTED
        if (court.pk, kind) not in told
    ]
