"""Keeping the stored deadlines equal to what the facts call for, with history for every move."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from cases.clocks import Clock, clocks_of
from cases.lanes import LaneFacts, load_facts
from cases.law import Law
from cases.models import Deadline, DeadlineChange, Defendant
from organisations.authors import Author

State = Deadline.State
CHUNK = 2000
UPDATED = [
    "label", "starts_on", "due_on", "provisional", "calendar", "receipt", "is_duty", "state", "met_on", "late_reason"
]  # fmt: skip
SET_BY_DOCUMENT = {"label": "履行生效裁判", "citation": "《行政诉讼法》第九十四条、第九十六条；裁判文书"}


@transaction.atomic
def sync_deadlines(
    lanes: Sequence[int], *, fresh: Sequence[LaneFacts] = (), law: Law, author: Author, reason: str
) -> Counter[str]:
    """Make the deadlines of these lanes what their facts call for; counts `created`, `moved`, `met`, `void`.

    `fresh` lanes came in with this very transaction: they have no deadlines yet, and their facts are at hand.
    `reason` is told in the history of every deadline that moves. Safe to repeat: a second run changes nothing.
    """
    ids = sorted(lanes)
    told = _begin(fresh, law, author, reason)
    for start in range(0, len(ids), CHUNK):
        told += _sync(ids[start : start + CHUNK], law, author, reason)
    return told


def settle_provisional(*, law: Law, author: Author) -> int:
    """Compute 暂定 deadlines again that the calendar covers by now; returns how many lanes were looked at."""
    covered = Deadline.objects.open().filter(provisional=True, due_on__lte=law.calendar.known_until)
    lanes = sorted(set(covered.values_list("defendant", flat=True)))
    if lanes:
        sync_deadlines(lanes, law=law, author=author, reason="放假安排公布，暂定期限重算")
    return len(lanes)


def _begin(fresh: Sequence[LaneFacts], law: Law, author: Author, reason: str) -> Counter[str]:
    work = _Work(author, reason)
    for lane in fresh:
        for clock in clocks_of(lane, law):
            work.create(lane, clock)
    return work.write()


def _sync(ids: list[int], law: Law, author: Author, reason: str) -> Counter[str]:
    # Two runs over one lane at once would both create its deadlines.
    list(Defendant.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    stored = {(d.defendant_id, d.rule, d.subject): d for d in Deadline.objects.filter(defendant__in=ids)}
    work = _Work(author, reason)
    for lane in load_facts(ids):
        for clock in clocks_of(lane, law):
            known = stored.pop((lane.pk, clock.rule, clock.subject), None)
            if known is None:
                work.create(lane, clock)
            else:
                work.update(known, clock)
    for left in stored.values():
        work.end(left)
    return work.write()


class _Work:
    """What one run is going to write."""

    def __init__(self, author: Author, reason: str) -> None:
        self.author, self.reason = author, reason
        self.created: list[Deadline] = []
        self.updated: list[Deadline] = []
        self.moves: list[DeadlineChange] = []
        self.told: Counter[str] = Counter()

    def create(self, lane: LaneFacts, clock: Clock) -> None:
        self.created.append(
            Deadline(
                case_id=lane.case_id,
                defendant_id=lane.pk,
                organisation_id=lane.organisation_id,
                rule=clock.rule,
                subject=clock.subject,
                original_due_on=clock.due_on,
                **_values(clock),
            )
        )
        self.told["created"] += 1

    def update(self, known: Deadline, clock: Clock) -> None:
        values = _values(clock)
        if all(getattr(known, name) == value for name, value in values.items()):
            return
        if known.due_on != clock.due_on:
            self._move(known, clock)
        if known.state != values["state"] and values["state"] == State.MET:
            self.told["met"] += 1
        for name, value in values.items():
            setattr(known, name, value)
        self.updated.append(known)

    def end(self, known: Deadline) -> None:
        """The fact that started it is gone (a hearing was cancelled, a decision withdrawn)."""
        if known.state in (State.OPEN, State.SUSPENDED):
            known.state = State.VOID
            self.updated.append(known)
            self.told["void"] += 1

    def _move(self, known: Deadline, clock: Clock) -> None:
        self.moves.append(
            DeadlineChange(
                deadline=known,
                at=self.author.at,
                old_due_on=known.due_on,
                new_due_on=clock.due_on,
                reason=self.reason,
                by=self.author.post,
                old_receipt=known.receipt,
            )
        )
        self.told["moved"] += 1

    def write(self) -> Counter[str]:
        Deadline.objects.bulk_create(self.created)
        Deadline.objects.bulk_update(self.updated, UPDATED, batch_size=200)
        DeadlineChange.objects.bulk_create(self.moves)
        return self.told


def _values(clock: Clock) -> dict[str, Any]:
    receipt = receipt_of(clock)
    return {
        "label": receipt["label"],
        "starts_on": clock.starts_on,
        "due_on": clock.due_on,
        "provisional": receipt["provisional"],
        "calendar": receipt["calendar"],
        "receipt": receipt,
        "is_duty": clock.is_duty,
        "state": _state(clock),
        "met_on": clock.met_on,
        "late_reason": clock.late_reason,
    }


def _state(clock: Clock) -> str:
    if clock.met_on:
        return State.MET
    return State.SUSPENDED if clock.suspended else State.OPEN


def receipt_of(clock: Clock) -> dict[str, Any]:
    """期限回执: what the day was computed from, and the document that set it where one did."""
    receipt = clock.due.to_json() if clock.due else _set_receipt(clock)
    receipt["proof"] = clock.proof
    if clock.set_day:
        receipt["set_by"] = {"ends_on": clock.set_day.ends_on.isoformat(), "ground": clock.set_day.ground}
        receipt["due_on"] = clock.set_day.ends_on.isoformat()
        receipt["explanation"] = f"{clock.set_day.ground}，至 {clock.set_day.ends_on} 届满。"
    return receipt


def _set_receipt(clock: Clock) -> dict[str, Any]:
    """The receipt of a day that no rule computes."""
    return SET_BY_DOCUMENT | {
        "rule": clock.rule,
        "starts_on": clock.starts_on.isoformat(),
        "start_event": clock.proof,
        "nominal": clock.due_on.isoformat(),
        "mode": "set",
        "rolled_over": [],
        "days_off_met": [],
        "provisional": False,
        "calendar": "",
        "valid_from": "2015-05-01",
        "estimated": "估算" in (clock.set_day.ground if clock.set_day else ""),
    }
