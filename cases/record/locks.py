"""The one door to the locks of lanes: every use case that changes the facts of lanes takes theirs here, first."""

from collections.abc import Iterable

from cases.models import Lane


def lock_lanes(lanes: Iterable[int]) -> None:
    """Hold these lanes (ids) until the caller's transaction ends.

    They are taken in the order of their ids, and before any other row is locked or written: of two use cases that
    want the same lanes the second waits, and never each for the other.
    """
    rows = Lane.objects.select_for_update(of=("self",)).filter(pk__in=set(lanes))
    list(rows.order_by("pk").values_list("pk"))


def lock_lanes_of_cases(cases: Iterable[int]) -> list[int]:
    """The same for all lanes of these cases; returns their ids in order."""
    lanes = sorted(Lane.objects.filter(case__in=set(cases)).values_list("pk", flat=True))
    lock_lanes(lanes)
    return lanes
