"""The deadline board: five bands of urgency, and the same duties as a matrix and as a month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q

from cases.case_page.steps import STEPS
from cases.querysets import DeadlineQuerySet
from rules.calendars import DAY, WorkCalendar

WEEK = timedelta(days=7)
ROWS = 50  # organisations on one page of the matrix


@dataclass(frozen=True, slots=True)
class Band:
    """A band of urgency: its key in the address, its mark and word, and which deadlines it holds."""

    key: str
    mark: str
    label: str
    holds: Q


def bands(on: date, soon: int = 3) -> list[Band]:
    """The five bands as of a day, most urgent first; 临期 is `soon` days ahead."""
    near = on + soon * DAY
    return [
        Band("overdue", "■", "已逾期", Q(due_on__lt=on)),
        Band("today", "▲", "今日到期", Q(due_on=on)),
        Band("soon", "◆", f"{soon}日内", Q(due_on__gt=on, due_on__lte=near)),
        Band("running", "●", "7日内", Q(due_on__gt=near, due_on__lte=on + WEEK)),
        Band("future", "○", "以后", Q(due_on__gt=on + WEEK)),
    ]


def counted(
    deadlines: DeadlineQuerySet, found: list[Band], *, chosen: str, address: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The bands with their counts and the address that shows only one of them (or all again); one query."""
    counts = deadlines.aggregate(**{band.key: Count("pk", filter=band.holds) for band in found})
    return [
        {
            "key": band.key,
            "mark": band.mark,
            "label": band.label,
            "count": counts[band.key],
            "active": band.key == chosen,
            "url": "?" + address_with(address, band="" if band.key == chosen else band.key),
        }
        for band in found
    ]


def in_band(deadlines: DeadlineQuerySet, found: list[Band], chosen: str) -> DeadlineQuerySet:
    """Only the deadlines of the chosen band; all of them for any other word."""
    return next((deadlines.filter(band.holds) for band in found if band.key == chosen), deadlines)


def address_with(address: Mapping[str, str], **changed: str) -> str:
    """The query of the address with these values instead; blank ones and the page number are left out."""
    kept = {name: value for name, value in {**address, **changed}.items() if value and name != "page"}
    return urlencode(kept)


# From how many open duties on a cell is shaded, the darkest first; a single one or two stay light.
STEPS_OF_HEAT = ((10, 4), (5, 3), (3, 2), (1, 1))


def heat_of(count: int) -> int:
    """The shade of a cell with so many open duties, 1 to 4; 0 without any."""
    return next((shade for least, shade in STEPS_OF_HEAT if count >= least), 0)


@dataclass(slots=True)
class MatrixRow:
    """An organisation with its counts by rule: how many are open, and how many of them overdue."""

    organisation: int
    name: str
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def overdue(self) -> int:
        return sum(late for _, late in self.cells.values())

    @property
    def total(self) -> int:
        return sum(count for count, _ in self.cells.values())


def matrix_of(deadlines: DeadlineQuerySet, on: date) -> tuple[list[tuple[str, str]], list[MatrixRow]]:
    """机关 × 步骤: the rules that occur (in the order of the steps) and a row for each organisation; one query."""
    by_cell = deadlines.values_list("organisation", "organisation__short_name", "rule", "label")
    counts = by_cell.annotate(count=Count("pk"), late=Count("pk", Q(due_on__lt=on))).order_by()
    rows: dict[int, MatrixRow] = {}
    labels: dict[str, str] = {}
    for organisation, name, rule, label, count, late in counts:
        row = rows.setdefault(organisation, MatrixRow(organisation, name))
        before = row.cells.get(rule, (0, 0))
        row.cells[rule] = (before[0] + count, before[1] + late)
        labels[rule] = label
    order = list(STEPS)
    columns = sorted(labels, key=lambda rule: (order.index(rule) if rule in order else len(order), rule))
    by_need = sorted(rows.values(), key=lambda row: (-row.overdue, -row.total, row.name))
    return [(rule, labels[rule]) for rule in columns], by_need


@dataclass(frozen=True, slots=True)
class BoardDay:
    """One day of the month view."""

    date: date
    inside: bool
    count: int
    is_off: bool
    note: str  # 国庆节, 国庆节调休上班日


def month_of(deadlines: DeadlineQuerySet, month: date, calendar: WorkCalendar) -> list[list[BoardDay]]:
    """The weeks of a month, Monday first, each day with how many duties end on it; one query."""
    first = month.replace(day=1)
    start = first - first.weekday() * DAY
    weeks = 6
    within = deadlines.filter(due_on__range=(start, start + (7 * weeks - 1) * DAY))
    counts = dict(within.values_list("due_on").annotate(Count("pk")).order_by())
    days = [start + n * DAY for n in range(7 * weeks)]
    rows = [_board_day(day, first, counts.get(day, 0), calendar) for day in days]
    grid = [rows[n : n + 7] for n in range(0, len(rows), 7)]
    return [week for week in grid if any(day.inside for day in week)]


def _board_day(day: date, first: date, count: int, calendar: WorkCalendar) -> BoardDay:
    known = calendar.day(day)
    note = known.reason if known.name else ""
    return BoardDay(day, (day.year, day.month) == (first.year, first.month), count, known.is_day_off, note)
