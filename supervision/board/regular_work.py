"""Regular work of the units of a region on the desk of its office: ten units that owe one report are one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q

from cases.querysets import DeadlineQuerySet
from lib.display import Status, due_status

MOST = 10
# What belongs to a unit as a whole and to no case.
WITHOUT_CASE = Q(case=None, lane=None)


@dataclass(frozen=True, slots=True)
class SharedDuty:
    """One duty that several units have alike: what, for which matter, until when, how many have not done it."""

    rule: str
    label: str
    matter: str
    due_on: date
    units: int
    unit: str  # the name of one of them, where it is the only one
    status: Status

    @property
    def query(self) -> str:
        """The filters of the board that show the units."""
        return urlencode({"rule": self.rule, "day": self.due_on.isoformat()})


def shared_duties(duties: DeadlineQuerySet, *, on: date) -> list[SharedDuty]:
    """Those of these duties that are alike as one, the most urgent first; one query."""
    alike = duties.filter(WITHOUT_CASE).values("rule", "label", "matter", "due_on")
    counted = alike.order_by("due_on", "rule", "matter").annotate(
        units=Count("organisation", distinct=True), unit=Min("organisation__short_name")
    )
    return [_shared(row, on) for row in counted[:MOST]]


def _shared(row: Mapping[str, Any], on: date) -> SharedDuty:
    return SharedDuty(**row, status=due_status(row["due_on"], on))
