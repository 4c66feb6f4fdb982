"""The daily sweep: it looks at the state, raises what is due, and may run twice, late, or not at all for days.

Nothing here counts how often it ran: a step that is due and not yet raised is raised, whenever that is. Which
deadlines there is something to say about, the database answers from one index (`look_on`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from cases.comparison.finding import renew_open
from cases.deadlines.regular_work import settle_regular, sync_regular
from cases.deadlines.sync import settle_provisional
from cases.decisions.presumed_effect import presume_effect
from cases.law import Law
from cases.matching.finding import find_candidates, renew_candidates
from cases.models import NEVER, Deadline, Lane
from lib.display import due_word
from lib.garbage import collector_waits
from organisations.authors import Author
from organisations.models import Organisation
from rules.ladders import Ladder, PlannedStep
from rules.report_periods import period_of
from supervision.letters.letters import draft_letters
from supervision.models import JobRun, Message, Reminder
from supervision.reminders.answers import tell_of_answers
from supervision.reminders.digests import raise_digests
from supervision.reminders.outbox import Outbox
from supervision.reminders.recipients import Directory
from supervision.reminders.together import together

CHUNK = 1000
JOB = "sweep"
ONE_CASE = "one_case"
EXPECTED = ("schedule", "appearances", "judgments")
DIGEST_TIME = time(8, 30)
RAISED_FROM = (
    "pk", "rule", "label", "starts_on", "due_on", "matter", "organisation__name", "case__number", "state",
)  # fmt: skip


def sweep(*, on: date, author: Author, law: Law) -> dict[str, Any]:
    """Presume effect where appeal periods ended, ask for regular work, raise reminders, list what is absent."""
    effective = presume_effect(on=on, author=author, law=law)
    _once_a_day("provisional", on, author, partial(settle_provisional, law=law, author=author))
    _once_a_day("provisional_regular", on, author, partial(settle_regular, law=law, author=author))
    _once_a_day("regular", on, author, partial(sync_regular, on=on, author=author, law=law))
    _once_a_day("discrepancies", on, author, partial(renew_open, law=law, author=author))
    seek_one_case(on=on, author=author)
    raised = urge_due(on=on, author=author, law=law)
    raised += Counter(answers=tell_of_answers(author=author, law=law))
    if on != author.on or localtime(author.at).time() >= DIGEST_TIME:
        _once_a_day("digests", on, author, partial(raise_digests, on=on, author=author, law=law))
    absent = absent_notifications(on=on, law=law)
    result = {"effective": effective, "raised": dict(raised), "absent": absent}
    _note(JOB, on, author, {"raised": sum(raised.values())})
    return result


def urge_due(*, on: date, author: Author, law: Law) -> Counter[str]:
    """Raise the step that has come for every open duty that urging has to look at; counts by step."""
    waiting = Deadline.objects.open().duties().filter(look_on__lte=on)
    # In the order of the index: sorted by the due day SQLite would read every open deadline.
    found = list(waiting.order_by("look_on").values_list("pk", "organisation"))
    raised: Counter[str] = Counter()
    if found:
        directory = Directory.around({organisation for _, organisation in found}, on=on)
        with collector_waits():
            for start in range(0, len(found), CHUNK):
                ids = [pk for pk, _ in found[start : start + CHUNK]]
                raised += raise_reminders(ids, directory, on=on, author=author, law=law)
    return raised


def seek_one_case(*, on: date, author: Author) -> None:
    """Once a day: which questions about one case under two numbers ended, and whether new lanes raise some.

    They are found where lanes are born; this finds what was born otherwise, and looks at no lane twice.
    """
    run = JobRun.objects.filter(job=ONE_CASE).first()
    if run and run.covered == on:
        return
    new = Lane.objects.filter(pk__gt=run.result.get("lane", 0) if run else 0)
    lanes = list(new.order_by("pk").values_list("pk", flat=True))
    renew_candidates(author)
    find_candidates(lanes, author=author)
    last = lanes[-1] if lanes else run.result.get("lane", 0) if run else 0
    _note(ONE_CASE, on, author, {"lane": last})


def _once_a_day(job: str, on: date, author: Author, act: Callable[[], object]) -> None:
    """What need not be asked at every tick; whether it was done today, the database knows."""
    if not JobRun.objects.filter(job=job, covered=on).exists():
        act()
        _note(job, on, author, {})


def _note(job: str, on: date, author: Author, result: dict[str, int]) -> None:
    JobRun.objects.update_or_create(
        job=job, defaults={"succeeded_at": author.at, "covered": on, "result": result}
    )


@transaction.atomic
def raise_reminders(
    ids: list[int], directory: Directory, *, on: date, author: Author, law: Law
) -> Counter[str]:
    """Raise the latest step due for each deadline, once; what a missed day would have said before is superseded."""
    # Locked and read again: a duty that was met or moved a moment ago is not urged by its old day.
    locked = Deadline.objects.select_for_update(of=("self",)).open().duties()
    waiting = locked.filter(pk__in=ids, look_on__lte=on).select_related("case", "organisation")
    deadlines = list(waiting.only(*RAISED_FROM).order_by("pk"))
    steps = _steps(deadlines, on, law)
    known = set(Reminder.objects.filter(deadline__in=steps).values_list("deadline", "step", "planned_on"))
    planned = [
        _reminder(deadline, steps[deadline.pk], author)
        for deadline in deadlines
        if deadline.pk in steps and _key(deadline, steps[deadline.pk]) not in known
    ]
    Reminder.objects.bulk_create(planned, ignore_conflicts=True)
    raised = _created(planned, author)
    told = [(r, steps[r.deadline_id].rung) for r in raised]
    reminders = [(r, rung.to, rung.urgent and on <= _last_day(r.deadline, on, law)) for r, rung in told]
    outbox = Outbox(directory, author=author, law=law)
    Message.objects.bulk_create(together(outbox.of_reminders(reminders), author), ignore_conflicts=True)
    _draft(raised, steps, author)
    _look_again(deadlines, on, law)
    return Counter(reminder.step for reminder in raised)


def _steps(deadlines: list[Deadline], on: date, law: Law) -> dict[int, PlannedStep]:
    """The step that has come for each deadline, where one has."""
    come = {d.pk: _ladder(d, on, law).reached(d.starts_on, d.due_on, law.calendar, on=on) for d in deadlines}
    return {pk: step for pk, step in come.items() if step}


def _ladder(deadline: Deadline, on: date, law: Law) -> Ladder:
    return law.ladders.of_rule(deadline.rule, on=on)


def _last_day(deadline: Deadline, on: date, law: Law) -> date:
    """The day that urging looks to: the hearing, or the end of the duty. Once it is over nothing is urgent."""
    by_event = _ladder(deadline, on, law).anchor == "event"
    return deadline.starts_on if by_event else deadline.due_on


def _key(deadline: Deadline, step: PlannedStep) -> tuple[int, str, date]:
    return (deadline.pk, step.rung.step, step.on)


def _reminder(deadline: Deadline, step: PlannedStep, author: Author) -> Reminder:
    # Made up late, a step's own words would no longer be true.
    words = step.rung.words if step.on == author.on else due_word(deadline.due_on, author.on)
    return Reminder(
        deadline=deadline,
        step=step.rung.step,
        label=step.rung.label,
        planned_on=step.on,
        raised_at=author.at,
        raised_by=author.post,
        organisation_id=deadline.organisation_id,
        text=f"{deadline.label}：{words}。{deadline.about}，应于 {deadline.due_on}。",
        phone=step.rung.phone,
    )


def _created(planned: list[Reminder], author: Author) -> list[Reminder]:
    """Those of the planned reminders that are ours: another sweep at the same moment may have been faster."""
    by_deadline = {reminder.deadline_id: reminder for reminder in planned}
    ours = Reminder.objects.filter(deadline__in=by_deadline, raised_at=author.at).order_by()
    for deadline, pk in ours.values_list("deadline", "pk"):
        by_deadline[deadline].pk = pk
    return [reminder for reminder in planned if reminder.pk]


def _draft(raised: list[Reminder], steps: dict[int, PlannedStep], author: Author) -> None:
    wanted = [(r.deadline, letter) for r in raised if (letter := steps[r.deadline_id].rung.letter)]
    if wanted:
        draft_letters(wanted, author=author)


def _look_again(deadlines: list[Deadline], on: date, law: Law) -> None:
    """Set the day on which there is something to say again; few days, many deadlines."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for deadline in deadlines:
        coming = _ladder(deadline, on, law).next(deadline.starts_on, deadline.due_on, law.calendar, on=on)
        changes_on = law.ladders.next_version_on(deadline.rule, after=on) or NEVER
        by_day[min(coming.on if coming else NEVER, changes_on)].append(deadline.pk)
    for day, ids in by_day.items():
        Deadline.objects.filter(pk__in=ids).update(look_on=day)


def absent_notifications(*, on: date, law: Law) -> list[dict[str, str]]:
    """Which court has not told which part of this month's notification; told neutrally, courts are not urged."""
    from_day = law.notification_day(on).due_on
    if on <= from_day:
        return []
    month = period_of("month", on)
    heard = set(
        Organisation.objects.courts()
        .filter(notifications__month=month.first)
        .values_list("pk", "notifications__kind")
    )
    courts = Organisation.objects.courts().exclude(level="provincial").order_by("code")
    return [
        {"court": court.code, "kind": kind, "month": month.key, "since": from_day.isoformat()}
        for court in courts
        for kind in EXPECTED
        if (court.pk, kind) not in heard
    ]
