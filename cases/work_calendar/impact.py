"""What a new arrangement of days off moves: told before it counts, carried out after; both in steps that may stop."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from cases.deadlines.regular_work import organisation_moves_under, sync_organisations
from cases.deadlines.sync import moves_under, sync_deadlines
from cases.law import law_with
from cases.models import CalendarMove, CalendarNotice, Deadline, DeadlineChange
from cases.querysets import DeadlineQuerySet
from organisations.authors import Author

REACH = timedelta(days=30)  # a day that rolls over, or lies ahead of its event, this far outside the year
STEP = 1000  # lanes looked at between two notes of progress
SMALL = 2000  # as many lanes are looked at while the person waits
CLAIM = timedelta(hours=1)
State = CalendarNotice.State


def is_small(notice: CalendarNotice) -> bool:
    """Whether the arrangement concerns so few lanes that nobody has to wait for a worker."""
    return len(_lanes(notice)) <= SMALL


def assess(notice: CalendarNotice) -> None:
    """Make the impact list: every open deadline that moves, its day now and then. Progress can be read meanwhile."""
    law = law_with(year=notice.as_year())
    notice.moves.all().delete()
    lanes = _lanes(notice)
    for done, step in _steps(lanes):
        _keep(notice, moves_under(step, law=law))
        _tell(notice, {"done": done, "of": len(lanes)})
    _keep(notice, organisation_moves_under(_organisations(notice), law=law))
    _tell(notice, {"done": len(lanes), "of": len(lanes), "finished": True})
    CalendarNotice.objects.filter(pk=notice.pk).update(claimed_until=None)


def carry_out(notice: CalendarNotice, *, author: Author) -> None:
    """Move the deadlines of an approved arrangement; after a stop it is simply done again from the start."""
    law = law_with()
    reason = f"放假安排 {notice.year}@{notice.number}"
    for _, step in _steps(_lanes(notice)):
        sync_deadlines(step, law=law, author=author, reason=reason)
    sync_organisations(_organisations(notice), law=law, author=author, reason=reason)
    notice.carried_at, notice.claimed_until = author.at, None
    notice.save(update_fields=["carried_at", "claimed_until"])


def assess_waiting(*, author: Author) -> int:
    """Make the impact lists that wait, and carry out what was approved; returns how many arrangements."""
    entered = CalendarNotice.objects.filter(state=State.ENTERED).exclude(progress__has_key="finished")
    approved = CalendarNotice.objects.approved().filter(carried_at=None)
    done = 0
    for notice in entered:
        if _claim(notice, author):
            assess(notice)
            done += 1
    for notice in approved.select_related("approved_by"):
        if _claim(notice, author):
            carry_out(notice, author=Author(author.at, notice.approved_by))
            done += 1
    return done


def _claim(notice: CalendarNotice, author: Author) -> bool:
    """Exactly one worker gets the arrangement; one that died is free again after an hour."""
    free = CalendarNotice.objects.filter(pk=notice.pk).filter(
        Q(claimed_until=None) | Q(claimed_until__lte=author.at)
    )
    return bool(free.update(claimed_until=author.at + CLAIM))


def _open(notice: CalendarNotice) -> DeadlineQuerySet:
    first, last = date(notice.year, 1, 1), date(notice.year, 12, 31)
    begun = Q(starts_on__lte=last) | Q(due_on__lte=last + REACH)  # a limit before its event ends ahead of it
    return Deadline.objects.open().filter(begun, due_on__gte=first - REACH)


def _lanes(notice: CalendarNotice) -> list[int]:
    lanes = _open(notice).exclude(lane=None).values_list("lane", flat=True)
    return sorted(set(lanes))


def _organisations(notice: CalendarNotice) -> list[int]:
    return sorted(set(_open(notice).filter(lane=None).values_list("organisation", flat=True)))


def _steps(lanes: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    """The lanes in steps, each with how many are done after it."""
    for start in range(0, len(lanes), STEP):
        yield min(start + STEP, len(lanes)), lanes[start : start + STEP]


@transaction.atomic
def _keep(notice: CalendarNotice, moves: Sequence[DeadlineChange]) -> None:
    CalendarMove.objects.bulk_create(
        [
            CalendarMove(
                notice=notice, deadline=move.deadline, old_due_on=move.old_due_on, new_due_on=move.new_due_on
            )
            for move in moves
        ],
        ignore_conflicts=True,
    )


def _tell(notice: CalendarNotice, progress: dict[str, int | bool]) -> None:
    notice.progress = progress
    CalendarNotice.objects.filter(pk=notice.pk).update(progress=progress)
