"""Checking every row of every recognised sheet: all faults at once, each with its cell."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from cases.intake.row_facts import RowFacts
from courts.checking.agencies import Found
from courts.checking.cells import about, shown
from courts.checking.context import Context
from courts.checking.cross_checks import cross_checked
from courts.checking.issues import Issue, Place, issue
from courts.checking.record import (
    cases_held,
    cases_on_record,
    defendants_on_record,
    filing_days,
    hearings_on_record,
    months_with_schedule,
)
from courts.checking.repeated import repeated
from courts.checking.reviewed import days_reviewed
from courts.checking.rows import RowCheck
from courts.checking.sheet_rows import AppearanceRow, JudgmentRow, ScheduleRow
from courts.sheets.passed_over import IgnoredRow
from courts.sheets.reading import RawRow, RawSheet

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
    ignored: int = 0
    passed_over: list[IgnoredRow] = field(
        default_factory=list
    )  # of the ignored rows those that say something
    rows: list[RowFacts] = field(default_factory=list)
    held: dict[int, dict[str, str]] = field(default_factory=dict)
    # What held rows speak of as far as it could be read: they are not missing, only wrong.
    held_keys: set[str] = field(default_factory=set)

    @property
    def rows_read(self) -> int:
        return len(self.rows) + len(self.held) + self.ignored


@dataclass(slots=True)
class Checked:
    """What a workbook says, what is wrong with it, and which names were not found."""

    sheets: list[CheckedSheet] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    notices: list[Issue] = field(
        default_factory=list
    )  # across sheets and against known cases; they hold no row
    unmatched: dict[str, Found] = field(default_factory=dict)
    ambiguous: dict[str, Found] = field(default_factory=dict)
    rows_naming: dict[str, list[int]] = field(default_factory=dict)  # by name that is not clear
    remarks: list[str] = field(default_factory=list)  # on the reading of the file
    questions: list[dict[str, str]] = field(default_factory=list)  # about the file as a whole

    @property
    def facts(self) -> list[RowFacts]:
        """The accepted rows, sheet by sheet."""
        return [row for sheet in self.sheets for row in sheet.rows]


Say = Callable[[str], None]
Faults = dict[int, tuple[str, str, str]]  # by id of a row: code, column, what completes the message
SAY_EVERY = 200  # rows


def silent(words: str) -> None:
    """Nobody waits for progress."""


def check(sheets: Iterable[RawSheet], context: Context, say: Say = silent) -> Checked:
    """Every row of the sheets, checked; nothing is written. `say` is told how far it is."""
    checking = Checking(list(sheets), context, say)
    checking.check_rows()
    checking.hold_before_filing()
    checking.hold_repeated()
    checking.hold_before_decided()
    checking.ask_about_defendants()
    checking.look_at_schedule()
    checking.warn_across()
    return checking.checked


class Checking:
    """First every row by itself, then the rows against each other and against the record."""

    rows: Mapping[str, type[RowCheck]] = ROWS

    def __init__(self, sheets: list[RawSheet], context: Context, say: Say) -> None:
        self.sheets, self.context, self.say = sheets, context, say
        self.checked = Checked()
        self.raw: dict[int, RawRow] = {}  # by id of the facts read from it

    def check_rows(self) -> None:
        total, before = sum(len(raw.rows) for raw in self.sheets), 0
        for raw in self.sheets:
            sheet = CheckedSheet(raw.name, raw.kind, raw.header.row, raw.ignored, raw.passed_over)
            self.checked.sheets.append(sheet)
            for done, row in enumerate(raw.rows, start=before + 1):
                self._check_row(raw, row, sheet)
                if done % SAY_EVERY == 0:
                    self.say(f"正在检查第 {done}/{total} 行")
            before += len(raw.rows)

    def _check_row(self, raw: RawSheet, row: RawRow, sheet: CheckedSheet) -> None:
        one = self.rows[raw.kind](raw, row, self.context)
        facts = one.facts()
        self.checked.issues += one.issues
        self.checked.unmatched |= one.unmatched
        self.checked.ambiguous |= one.ambiguous
        for name in (*one.unmatched, *one.ambiguous):
            self.checked.rows_naming.setdefault(name, []).append(row.number)
        if facts is not None and not one.faulty:
            sheet.rows.append(facts)
            self.raw[id(facts)] = row
        else:
            sheet.held[row.number] = _shown(row)
            sheet.held_keys |= _keys(facts)

    def hold_before_filing(self) -> None:
        """No hearing and no decision before the day on which the record or this file says the case was filed."""
        filed = filing_days(self.checked.facts)
        faults = {}
        for sheet in self.checked.sheets:
            for row in sheet.rows:
                days = [filed[number.key] for number in row.numbers if number.key in filed]
                is_dated = row.hearing or row.decision
                if is_dated and not row.case.get("filed_on") and days and row.day < max(days):
                    faults[id(row)] = ("date_before_filing", row.day_column, f"立案日期 {max(days)}")
        self._hold(faults)

    def hold_repeated(self) -> None:
        """Of identical rows the later is held; of rows that contradict each other all are held."""
        for kind in ROWS:
            rows = [(s.name, row) for s in self.checked.sheets if s.kind == kind for row in s.rows]
            faults = {at: (code, "案号", other) for at, (code, other) in repeated(rows).items()}
            self._hold(faults)

    def hold_before_decided(self) -> None:
        """No decision of a second instance before the day of the one that it reviews."""
        days = days_reviewed(row for row in self.checked.facts if row.decision)
        faults = {at: ("date_before_filing", "裁判日期", f"一审裁判日期 {day}") for at, day in days.items()}
        self._hold(faults)

    def _hold(self, faults: Faults) -> None:
        """Hold rows (by id) for a code in a column, with what completes its message; say it of those affirmed."""
        if not faults:
            return
        for sheet in self.checked.sheets:
            sheet.rows = [
                row
                for row in sheet.rows
                if id(row) not in faults or not self._holds(sheet, row, *faults[id(row)])
            ]

    def _holds(self, sheet: CheckedSheet, row: RowFacts, code: str, column: str, why: str) -> bool:
        """Say what is wrong with a row; whether that holds it, which it does not where somebody affirmed it."""
        if self._is_affirmed(sheet, row, code):
            self._note(code, sheet, row, column, why)
            return False
        self._hold_row(sheet, row, code, column, why)
        return True

    def _hold_row(self, sheet: CheckedSheet, row: RowFacts, code: str, column: str, why: str) -> None:
        raw = self.raw[id(row)]
        self._note(code, sheet, row, column, why)
        sheet.held[row.row] = _shown(raw)
        sheet.held_keys |= _keys(row)

    def _note(self, code: str, sheet: CheckedSheet, row: RowFacts, column: str, why: str) -> None:
        self.checked.issues.append(self._issue(code, sheet, row, column, why))

    def _issue(self, code: str, sheet: CheckedSheet, row: RowFacts, column: str, why: str) -> Issue:
        place = Place(sheet.name, row.row, column, row.cells.get(column, ""))
        value = shown(self.raw[id(row)].values.get(column))
        affirmed = self._is_affirmed(sheet, row, code)
        return issue(code, place, value=value, why=why, affirmed=affirmed, about=about(self.raw[id(row)]))

    def _is_affirmed(self, sheet: CheckedSheet, row: RowFacts, code: str) -> bool:
        return self.context.is_affirmed(sheet.name, row.row, code)

    def ask_about_defendants(self) -> None:
        """defendant_new: a row that would make an agency a defendant of a case that is known without it."""
        known = defendants_on_record(self.checked.facts)
        for key in cases_held(self.context.court, self.context.month.first):
            known.pop(key, None)
        self._hold_new_defendants(known, "defendant_new")

    def _hold_new_defendants(self, known: Mapping[str, set[int]], code: str) -> None:
        """Hold for the code every row with an agency that is none of the known defendants of its case."""
        faults: Faults = {}
        for row in self.checked.facts:
            for number in row.numbers:
                new = [name for agency, name in row.agencies if agency not in known.get(number.key, {agency})]
                if new:
                    words = f"{number.display}已知的被告里没有{'、'.join(new)}"
                    faults[id(row)] = (code, "被诉行政机关", words)
        self._hold(faults)

    def look_at_schedule(self) -> None:
        """Appearances that no schedule announced, where a schedule of their month was received, this file included.

        not_on_schedule: the case is known, so it may be a hearing set at short notice. A case that nobody told of is
        asked about.
        """
        rows = [(s, row) for s in self.checked.sheets if s.kind == "appearances" for row in s.rows]
        if not rows:
            return
        in_file = {
            (n.key, row.day) for row in self.checked.facts if row.kind == "schedule" for n in row.numbers
        }
        months = months_with_schedule(self.context.court, {row.day.replace(day=1) for _, row in rows})
        months |= {self.context.month.first} if in_file else set()
        known = in_file | hearings_on_record(row for _, row in rows)
        told = {key for key, _ in in_file} | cases_on_record(row for _, row in rows)
        faults: Faults = {}
        for sheet, row in rows:
            missing = [n for n in row.numbers if (n.key, row.day) not in known]
            if not missing or row.day.replace(day=1) not in months:
                continue
            words = f"{missing[0].display} {row.day}"
            if missing[0].key in told:
                self._note("not_on_schedule", sheet, row, "案号", words)
            else:
                faults[id(row)] = ("case_unscheduled", "案号", missing[0].display)
        self._hold(faults)

    def warn_across(self) -> None:
        """What the sheets and the known cases say against each other."""
        sheet_of = {id(row): sheet for sheet in self.checked.sheets for row in sheet.rows}
        for row, code, column, why in cross_checked(self.checked.facts, self.context):
            self.checked.notices.append(self._issue(code, sheet_of[id(row)], row, column, why))


def _shown(row: RawRow) -> dict[str, str]:
    return {name: shown(value) for name, value in row.values.items()}


def _keys(facts: RowFacts | None) -> set[str]:
    return set(facts.lanes()) if facts else set()


__all__ = ["Checked", "CheckedSheet", "Context", "check"]
