"""Keeping the stored deadlines equal to what the facts call for, with history for every move."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q

from cases.deadlines.clock import Clock
from cases.deadlines.computation import computation_of
from cases.deadlines.facts import LaneFacts, load_facts
from cases.deadlines.starting import clocks_of
from cases.law import Law
from cases.models import AT_ONCE, NEVER, Deadline, DeadlineChange
from cases.querysets import DeadlineQuerySet
from cases.record.locks import lock_lanes
from organisations.authors import Author

State = Deadline.State


CHUNK = 2000


NO_MOMENT = datetime.min.replace(tzinfo=UTC)  # of what is never written


UPDATED = [
    "label", "starts_on", "due_on", "provisional", "calendar", "computation", "is_duty", "state", "met_on",
    "late_reason", "matter", "look_on", "revision",
]  # fmt: skip


@transaction.atomic
def sync_deadlines(
    lanes: Sequence[int], *, fresh: Sequence[LaneFacts] = (), law: Law, author: Author, reason: str
) -> Counter[str]:
    """Make the deadlines of these lanes what their facts call for; counts `created`, `moved`, `met`, `void`.

    `fresh` lanes came in with this very transaction: they have no deadlines yet, and their facts are at hand.
    `reason` is told in the history of every deadline that moves. Safe to repeat: a second run changes nothing.
    """
    ids = sorted(lanes)
    counts = _begin(fresh, law, author, reason)
    for start in range(0, len(ids), CHUNK):
        counts += _sync(ids[start : start + CHUNK], law, author, reason)
    return counts


def settle_provisional(*, law: Law, author: Author) -> int:
    """Compute open deadlines again that another calendar than the present one gave; returns how many lanes had some.

    Those are 暂定 ones that are covered by now, and ones that a process wrote which had not noticed a new version yet.
    """
    lanes = sorted(set(outdated(law).exclude(lane=None).values_list("lane", flat=True)))
    if lanes:
        sync_deadlines(lanes, law=law, author=author, reason="放假安排公布，暂定期限重算")
    return len(lanes)


def outdated(law: Law) -> DeadlineQuerySet:
    """Open deadlines that another calendar than the present one gave."""
    present = [year.label for year in law.calendar.years.values()]
    covered = Q(provisional=True, due_on__lte=law.calendar.known_until)
    return Deadline.objects.open().filter(covered | ~Q(calendar__in=[*present, ""]))


class Holder(Protocol):
    """Whose deadlines they are: a lane of a case, or an organisation alone."""

    @property
    def case_id(self) -> int | None: ...
    @property
    def lane_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int: ...


def _begin(fresh: Sequence[LaneFacts], law: Law, author: Author, reason: str) -> Counter[str]:
    work = Work(author, reason)
    for lane in fresh:
        for clock in clocks_of(lane, law):
            work.create(lane, clock)
    return work.write()


def moves_under(ids: Sequence[int], *, law: Law) -> list[DeadlineChange]:
    """How the open deadlines of these lanes would move under another law; nothing is written."""
    of_lanes = Deadline.objects.filter(lane__in=ids).select_related("organisation")
    stored = {(d.lane_id, d.rule, d.subject): d for d in of_lanes}
    work = Work(Author(at=NO_MOMENT), "")
    for lane in load_facts(ids):
        for clock in clocks_of(lane, law):
            if known := stored.get((lane.pk, clock.rule, clock.subject)):
                work.keep(lane, clock, known)
    return [move for move in work.moves if move.deadline.state == State.OPEN]


def _sync(ids: list[int], law: Law, author: Author, reason: str) -> Counter[str]:
    # Two runs over one lane at once would both create its deadlines.
    lock_lanes(ids)
    stored = {(d.lane_id, d.rule, d.subject): d for d in Deadline.objects.filter(lane__in=ids)}
    work = Work(author, reason)
    for lane in load_facts(ids):
        for clock in clocks_of(lane, law):
            work.keep(lane, clock, stored.pop((lane.pk, clock.rule, clock.subject), None))
    for left in stored.values():
        work.end(left)
    return work.write()


class Work:
    """What one run is going to write."""

    def __init__(self, author: Author, reason: str) -> None:
        self.author, self.reason = author, reason
        self.created: list[Deadline] = []
        self.updated: list[Deadline] = []
        self.moves: list[DeadlineChange] = []
        self.counts: Counter[str] = Counter()

    def keep(self, holder: Holder, clock: Clock, known: Deadline | None) -> None:
        """Make the stored deadline, if there is one, what the clock says."""
        if known is None:
            self.create(holder, clock)
        elif not _is_closed(known, clock):
            self.update(known, clock)

    def create(self, holder: Holder, clock: Clock) -> None:
        self.created.append(
            Deadline(
                case_id=holder.case_id,
                lane_id=holder.lane_id,
                organisation_id=holder.organisation_id,
                rule=clock.rule,
                subject=clock.subject,
                original_due_on=clock.first_due_on,
                look_on=AT_ONCE if clock.is_duty else NEVER,
                **_values(clock),
            )
        )
        self.counts["created"] += 1

    def update(self, known: Deadline, clock: Clock) -> None:
        values = _values(clock)
        if all(getattr(known, name) == value for name, value in values.items()):
            return
        if known.due_on != clock.due_on:
            self._move(known, clock)
        if known.state != values["state"] and values["state"] == State.MET:
            self.counts["met"] += 1
        for name, value in values.items():
            setattr(known, name, value)
        known.revision += 1
        known.look_on = AT_ONCE if clock.is_duty else NEVER
        self.updated.append(known)

    def end(self, known: Deadline) -> None:
        """The fact that started it is gone (a hearing was cancelled, a decision withdrawn)."""
        if known.state in (State.OPEN, State.SUSPENDED, State.MISSED):
            known.state = State.VOID
            known.revision += 1
            self.updated.append(known)
            self.counts["void"] += 1

    def _move(self, known: Deadline, clock: Clock) -> None:
        self.moves.append(
            DeadlineChange(
                deadline=known,
                at=self.author.at,
                old_due_on=known.due_on,
                new_due_on=clock.due_on,
                reason=self.reason,
                by=self.author.post,
                old_computation=known.computation,
            )
        )
        self.counts["moved"] += 1

    def write(self) -> Counter[str]:
        Deadline.objects.bulk_create(self.created)
        Deadline.objects.bulk_update(self.updated, UPDATED, batch_size=200)
        DeadlineChange.objects.bulk_create(self.moves)
        return self.counts


def _is_closed(known: Deadline, clock: Clock) -> bool:
    """A matter that was met stays as it was judged, until a fact of it is corrected: no rule or calendar reaches it."""
    if known.state != State.MET or clock.met_on != known.met_on:
        return False
    if known.late_reason != clock.late_reason:
        return False
    # Receipts from before facts were noted: the day they ran from is what there is to compare.
    facts: str | None = known.computation.get("facts")
    return known.starts_on == clock.starts_on if facts is None else facts == clock.facts


def _values(clock: Clock) -> dict[str, Any]:
    computation = computation_of(clock)
    return {
        "label": computation["label"],
        "starts_on": clock.starts_on,
        "due_on": clock.due_on,
        "provisional": computation["provisional"],
        "calendar": computation["calendar"],
        "computation": computation,
        "is_duty": clock.is_duty,
        "state": _state(clock),
        "met_on": clock.met_on,
        "late_reason": clock.late_reason,
        "matter": clock.matter[:250],
    }


def _state(clock: Clock) -> str:
    if clock.met_on:
        return State.MET
    if clock.waived:
        return State.WAIVED
    if clock.missed:
        return State.MISSED
    return State.SUSPENDED if clock.suspended else State.OPEN
