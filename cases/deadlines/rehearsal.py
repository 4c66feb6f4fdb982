"""What an act would do to deadlines: it is carried out and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from cases.models import (
    Deadline,
)
from organisations.authors import Author


@dataclass(frozen=True, slots=True)
class Move:
    """What an act does to one deadline: its day before (None: it is new) and after, its state after."""

    deadline: Deadline
    old: date | None
    new: date
    state: str


def rehearse(act: Callable[[], object], *, author: Author, concerned: Q) -> list[Move]:
    """What `act` would do to the deadlines that `concerned` names: it is carried out and taken back."""
    with transaction.atomic():
        before = days_of(concerned)
        act()
        moves = moves_since(before, concerned)
        transaction.set_rollback(True)
    return moves


def days_of(concerned: Q) -> dict[int, tuple[date, str]]:
    """The day and state of each of these deadlines, by id."""
    return {d.pk: (d.due_on, d.state) for d in Deadline.objects.filter(concerned)}


def moves_since(before: dict[int, tuple[date, str]], concerned: Q) -> list[Move]:
    """What became of them since `days_of` was asked, new ones included."""
    after = Deadline.objects.filter(concerned).select_related("case", "organisation")
    return [
        Move(d, before[d.pk][0] if d.pk in before else None, d.due_on, d.get_state_display())
        for d in after
        if before.get(d.pk) != (d.due_on, d.state)
    ]


def concerned_by(deadline: Deadline) -> Q:
    """The deadlines that an order about this one may move: those of its lane, or of its organisation."""
    if deadline.lane_id:
        return Q(lane=deadline.lane_id)
    return Q(organisation=deadline.organisation_id, lane=None)
