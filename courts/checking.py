"""Checking every row of every recognised sheet: all faults at once, each with its cell."""


from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cases.facts import RowFacts
from cases.law import Law
from cases.models import Case, Hearing
from courts.agencies import AgencyDirectory, Found
from courts.models import Notification
from courts.reading import RawSheet
from courts.rows import AppearanceRow, JudgmentRow, RowCheck, ScheduleRow
from courts.issues import Issue, Place, issue
from organisations.models import CourtCode, Organisation
from rules.report_periods import ReportPeriod

ROWS: dict[str, type[RowCheck]] = {
    "schedule": ScheduleRow,
    "appearances": AppearanceRow,
    "judgments": JudgmentRow,
}


@dataclass(slots=True)
class CheckedSheet:
    """A sheet after checking. Rows read are accepted, held or ignored, always."""

    name: str
    kind: str
    header_row: int
    rows: list[RowFacts] = field(default_factory=list)
    held: dict[int, dict[str, Any]] = field(default_factory=dict)
    ignored: int = 0

    @property
    def rows_read(self) -> int:
        return len(self.rows) + len(self.held) + self.ignored


@dataclass(slots=True)
class Checked:
    """What a workbook says, what is wrong with it, and which names were not found."""

    sheets: list[CheckedSheet] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unmatched: dict[str, Found] = field(default_factory=dict)
    unmatched_rows: dict[str, list[int]] = field(default_factory=dict)

    @property
    def facts(self) -> list[RowFacts]:
        return [row for sheet in self.sheets for row in sheet.rows]


class Context:
    """What all rows of one notification are checked against."""

    def __init__(self, court: Organisation, month: ReportPeriod, law: Law) -> None:
        self.court, self.month, self.law = court, month, law
        self.directory = AgencyDirectory(court)
        self.court_of = dict(CourtCode.objects.values_list("code", "court_id"))
        self.court_names = dict(Organisation.objects.courts().values_list("pk", "name"))
        self.own_codes = [code for code, pk in self.court_of.items() if pk == court.pk]

    @property
    def year_and_month(self) -> tuple[int, int]:
        return self.month.first.year, self.month.first.month

    def in_window(self, kind: str, day: date) -> bool:
        """Whether a day belongs into a notification of this month, by contract §3."""
        if kind == "judgments":
            return day <= self.month.last
        earliest = self.month.first
        if kind == "appearances":
            earliest = (self.month.first - timedelta(days=1)).replace(day=1)
        return earliest <= day <= self.month.last


def check(sheets: Iterable[RawSheet], court: Organisation, month: ReportPeriod, law: Law) -> Checked:
    """Every row of the sheets, checked; nothing is written."""
    context, checked = Context(court, month, law), Checked()
    for raw in sheets:
        checked.sheets.append(_check_sheet(raw, context, checked))
    for kind in ROWS:
        same = [sheet for sheet in checked.sheets if sheet.kind == kind]
        _hold_repeated(same, checked, context)
    _warn_of_unscheduled(checked, context)
    checked.issues.sort(key=lambda i: (i.sheet, i.row))
    return checked


def _check_sheet(raw: RawSheet, context: Context, checked: Checked) -> CheckedSheet:
    sheet = CheckedSheet(raw.name, raw.kind, raw.header.row, ignored=raw.ignored)
    for row in raw.rows:
        one = ROWS[raw.kind](raw, row, context)
        facts = one.facts()
        checked.issues += one.issues
        for name, found in one.unmatched.items():
            checked.unmatched[name] = found
            checked.unmatched_rows.setdefault(name, []).append(row.number)
        if facts is None or any(found.holds for found in one.issues):
            sheet.held[row.number] = {name: str(value) for name, value in row.values.items()}
        else:
            sheet.rows.append(facts)
    return sheet


def _hold_repeated(sheets: list[CheckedSheet], checked: Checked, context: Context) -> None:
    """Of identical rows the later is held; of rows that contradict each other all are held."""
    by_key: dict[str, list[tuple[CheckedSheet, RowFacts]]] = {}
    for sheet in sheets:
        for row in sheet.rows:
            for key in _keys(row):
                by_key.setdefault(key, []).append((sheet, row))
    held: dict[int, tuple[CheckedSheet, RowFacts, str, int]] = {}
    for rows in by_key.values():
        if len(rows) > 1:
            _compare(rows, held)
    for sheet, row, code, other in held.values():
        checked.issues.append(issue(code, Place(sheet.name, row.row), why=str(other)))
        sheet.held[row.row] = _shown(row)
    for sheet in sheets:
        sheet.rows = [row for row in sheet.rows if id(row) not in held]


def _keys(row: RowFacts) -> list[str]:
    """What two rows must not say twice: the contract's key, with the day for a schedule."""
    day = f"|{row.hearing['day']}" if row.kind == "schedule" else ""
    return [f"{key}{day}" for key in row.keys()]


def _compare(
    rows: list[tuple[CheckedSheet, RowFacts]], held: dict[int, tuple[CheckedSheet, RowFacts, str, int]]
) -> None:
    (first_sheet, first), *later = rows
    for sheet, row in later:
        if _same(first, row):
            held[id(row)] = (sheet, row, "duplicate_row", first.row)
        elif _contradict(first, row):
            held[id(first)] = (first_sheet, first, "conflicts_with_row", row.row)
            held[id(row)] = (sheet, row, "conflicts_with_row", first.row)


_PARTS = ("case", "hearing", "appearance", "decision", "outcome", "obligation")


def _same(one: RowFacts, other: RowFacts) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in _PARTS) and one.keys() == other.keys()


def _contradict(one: RowFacts, other: RowFacts) -> bool:
    """Whether a field that both rows fill differs."""
    return any(
        getattr(other, part).get(name, value) != value
        for part in _PARTS
        for name, value in getattr(one, part).items()
        if value not in (None, "")
    )


def _shown(row: RowFacts) -> dict[str, Any]:
    return {"案号": "、".join(number.display for number in row.numbers)}


def _warn_of_unscheduled(checked: Checked, context: Context) -> None:
    """not_on_schedule: only where a schedule of the hearing's month has been received, this file included."""
    rows = [(s, row) for s in checked.sheets if s.kind == "appearances" for row in s.rows]
    if not rows:
        return
    in_file = {
        (number.key, row.hearing["day"])
        for sheet in checked.sheets
        if sheet.kind == "schedule"
        for row in sheet.rows
        for number in row.numbers
    }
    months = {row.hearing["day"].replace(day=1) for _, row in rows}
    told = _months_with_schedule(context, months) | ({context.month.first} if in_file else set())
    known = in_file | _known_hearings(rows)
    for sheet, row in rows:
        day = row.hearing["day"]
        missing = [n.display for n in row.numbers if (n.key, day) not in known]
        if missing and day.replace(day=1) in told:
            place = Place(sheet.name, row.row, "案号", row.cells.get("案号", ""))
            checked.issues.append(issue("not_on_schedule", place, value=f"{missing[0]} {day}"))


def _months_with_schedule(context: Context, months: set[date]) -> set[date]:
    received = Notification.objects.filter(court=context.court, kind="schedule", month__in=months)
    return set(received.values_list("month", flat=True))


def _known_hearings(rows: list[tuple[CheckedSheet, RowFacts]]) -> set[tuple[str, date]]:
    keys = {number.key for _, row in rows for number in row.numbers}
    cases = dict(Case.objects.filter(key__in=keys).values_list("pk", "key"))
    return {(cases[case], day) for case, day in Hearing.objects.filter(case__in=cases).values_list("case", "day")}


