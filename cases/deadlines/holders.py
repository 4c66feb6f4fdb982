"""Whose deadlines they are: a lane of a case, or an organisation alone."""

from cases.deadlines.regular_work import sync_organisations
from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import (
    Deadline,
)
from cases.record.locks import lock_lanes
from organisations.authors import Author
from organisations.models import Organisation


def lock_holder(lane: int | None, organisation: int) -> None:
    """Take the lock that every computation of these deadlines takes first, so that no two acts wait for each other."""
    if lane:
        lock_lanes([lane])
    else:
        list(Organisation.objects.select_for_update(of=("self",)).filter(pk=organisation).values_list("pk"))


def locked(deadline: Deadline) -> Deadline:
    """The deadline as it stands once its holder is locked."""
    lock_holder(deadline.lane_id, deadline.organisation_id)
    return Deadline.objects.get(pk=deadline.pk)


def sync_holder(lane: int | None, organisation: int, law: Law, author: Author, reason: str) -> None:
    """Compute the deadlines of a lane anew, or those of an organisation alone."""
    if lane:
        sync_deadlines([lane], law=law, author=author, reason=reason[:500])
    else:
        sync_organisations([organisation], law=law, author=author, reason=reason[:500])


def sync_with(deadline: Deadline, law: Law, author: Author, reason: str) -> None:
    """Compute a deadline anew, with all that hang together with it."""
    sync_holder(deadline.lane_id, deadline.organisation_id, law, author, reason)
