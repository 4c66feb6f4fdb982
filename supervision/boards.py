"""Deadlines by urgency: five bands, the same on the desk and on the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q

from cases.querysets import DeadlineQuerySet

SOON, WEEK = timedelta(days=3), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Band:
    """A band of urgency: its key in the address, its mark and word, and which deadlines it holds."""

    key: str
    mark: str
    label: str
    holds: Q


def bands(on: date) -> list[Band]:
    """The five bands as of a day, most urgent first."""
    return [
        Band("overdue", "■", "已逾期", Q(due_on__lt=on)),
        Band("today", "▲", "今日到期", Q(due_on=on)),
        Band("soon", "◆", "3日内", Q(due_on__gt=on, due_on__lte=on + SOON)),
        Band("running", "●", "7日内", Q(due_on__gt=on + SOON, due_on__lte=on + WEEK)),
        Band("future", "○", "以后", Q(due_on__gt=on + WEEK)),
    ]


def counted(
    deadlines: DeadlineQuerySet, on: date, *, chosen: str, address: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The bands with their counts and the address that shows only one of them (or all again); one query."""
    found = bands(on)
    counts = deadlines.aggregate(**{band.key: Count("pk", filter=band.holds) for band in found})
    return [
        {
            "key": band.key,
            "mark": band.mark,
            "label": band.label,
            "count": counts[band.key],
            "active": band.key == chosen,
            "url": "?" + _query(address, "" if band.key == chosen else band.key),
        }
        for band in found
    ]


def in_band(deadlines: DeadlineQuerySet, on: date, chosen: str) -> DeadlineQuerySet:
    """Only the deadlines of the chosen band; all of them for any other word."""
    return next((deadlines.filter(band.holds) for band in bands(on) if band.key == chosen), deadlines)


def _query(address: Mapping[str, str], band: str) -> str:
    kept = {name: value for name, value in address.items() if value and name not in ("band", "page")}
    return urlencode(kept | ({"band": band} if band else {}))
