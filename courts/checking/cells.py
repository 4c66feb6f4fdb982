"""One row of a sheet: its cells read as what they mean, each fault noted with its cell."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from courts.checking.issues import WARNINGS, Issue, Place, issue
from courts.sheets import choices
from courts.sheets.columns import ONE_NAME
from courts.sheets.ledger_columns import ALL_COLUMNS
from courts.sheets.reading import NUL_SIGN, RawRow, RawSheet
from lib.cell_values import (
    ValueUnclear,
    clean_text,
    is_blank,
    parse_day,
    parse_day_and_time,
    parse_time,
    parse_yes_no,
)

if TYPE_CHECKING:
    from courts.checking.context import Context

REQUIRED = {kind: frozenset(c.name for c in columns if c.required) for kind, columns in ALL_COLUMNS.items()}
LONGEST = {kind: {c.name: c.longest for c in columns} for kind, columns in ALL_COLUMNS.items()}
MIDNIGHT = time()
LAST_YEAR_OF_TIMES = 1950  # before it a date is only what a time of day looks like
DECIMAL = re.compile(r"[0-9]+\.[0-9]+")  # 9.30 may be an hour as well as a day
# What these say is parsed, and whatever does not belong there is refused in its own words.
READ_STRICTLY = frozenset(
    {"案号", "关联案号", "开庭日期", "开庭时间", "立案日期", "裁判日期", "送达日期", "生效日期", "履行日期"}
)
# Characters of a font of one's own, which others cannot print; and those that nobody sees: controls, turning marks.
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
ODD_CHARACTER = re.compile(
    f"[\x01-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069{NUL_SIGN}\ufffe\uffff]|{PRIVATE.pattern}"
)
# What Excel and WPS show for a formula that failed, also after its value was pasted.
# fmt: off
ERROR_VALUES = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!",
})
# fmt: on
SIDES = 4  # names and choices that a message lists at most


class Cells:
    """Reads the cells of one row; whatever is wrong with them is noted in `issues`."""

    kind: str

    def __init__(self, sheet: RawSheet, row: RawRow, context: "Context") -> None:
        self.sheet, self.row, self.context = sheet, row, context
        self.issues: list[Issue] = []
        self.faulty: set[str] = set()

    # Faults

    def fault(self, code: str, column: str, *, value: object = None, why: str = "") -> None:
        """Note an issue in a column; a column is at fault only once. The value is the cell's unless given."""
        if column in self.faulty:
            return
        affirmed = self.context.is_affirmed(self.sheet.name, self.row.number, code)
        if code not in WARNINGS and not affirmed:
            self.faulty.add(column)
        text = self.row.values.get(column) if value is None else value
        place, value = self.place(column), shown(text)
        self.issues.append(issue(code, place, value=value, why=why, affirmed=affirmed, about=about(self.row)))

    def place(self, column: str) -> Place:
        """Where a column of this row stands in the clerk's file."""
        return Place(self.sheet.name, self.row.number, column, self.sheet.cell(column, self.row.number))

    def _check_shape(self) -> None:
        """Formulas, lengths, odd characters and missing values, before anything is read."""
        for name in self.sheet.header.columns:
            if name in self.row.formulas:
                self.fault("formula_not_allowed", name)
            elif self.row.values.get(name) in ERROR_VALUES:
                self.fault("error_value", name)
        for name, value in self.row.values.items():
            if isinstance(value, str):
                self._check_text(name, value)
        for column in ALL_COLUMNS[self.kind]:
            if column.required and self.needs(column.name) and is_blank(self.row.values.get(column.name)):
                self.fault("required_missing", column.name)

    def _check_text(self, column: str, text: str) -> None:
        if len(text) > LONGEST[self.kind][column]:
            self.fault("value_too_long", column, why=str(len(text)))
        if column not in READ_STRICTLY and (odd := ODD_CHARACTER.search(text)):
            self._note_odd(column, odd[0])

    def _note_odd(self, column: str, character: str) -> None:
        code = "rare_character" if PRIVATE.match(character) else "character_not_allowed"
        self.fault(code, column, why=f"U+{ord(character):04X}")

    def needs(self, column: str) -> bool:
        """Whether a required column must be filled in this row."""
        return True

    # Values

    def _value(self, column: str) -> Any:
        """The cell, or None where it says nothing or cannot be used; 无 says nothing in an optional column."""
        value = self.row.values.get(column)
        if value is None or column in self.faulty:
            return None
        return None if is_blank(value, optional=column not in REQUIRED[self.kind]) else value

    def text(self, column: str) -> str:
        """The cell as text; the dashes and 无 that clerks write for nothing are blank."""
        return clean_text(self._value(column))

    def _read(self, column: str, parse: Callable[[Any], Any]) -> Any:
        value = self._value(column)
        if value is None:
            return None
        try:
            return parse(value)
        except ValueUnclear as unclear:
            self.fault("date_invalid", column, why=unclear.reason)
            return None

    def _parse_day(self, value: Any) -> date:
        return parse_day(value, month=self.context.year_and_month, date_1904=self.sheet.date_1904)

    def day(self, column: str) -> date | None:
        return self._read(column, self._parse_day)  # type: ignore[no-any-return]

    def day_and_time(self, column: str) -> tuple[date | None, time | None]:
        month, date_1904 = self.context.year_and_month, self.sheet.date_1904
        read = self._read(column, lambda value: parse_day_and_time(value, month=month, date_1904=date_1904))
        return read or (None, None)

    def hour_and_day(self, column: str) -> tuple[time | None, date | None]:
        """The hour, and the day that is repeated beside it; a date cell without an hour says none."""
        value = self._value(column)
        if isinstance(value, datetime):
            hour = None if value.time() == MIDNIGHT else value.time()
            return hour, value.date() if value.year > LAST_YEAR_OF_TIMES else None
        try:
            return (None if value is None else parse_time(value)), None
        except ValueUnclear as unclear:
            return self._day_in_hour(column, value, unclear)

    def _day_in_hour(
        self, column: str, value: object, unclear: ValueUnclear
    ) -> tuple[time | None, date | None]:
        """A text that is no hour may repeat the day; where it is no day either, it is the hour that is unclear."""
        if isinstance(value, str) and not DECIMAL.fullmatch(normalize("NFKC", value).strip()):
            with suppress(ValueUnclear):
                month, date_1904 = self.context.year_and_month, self.sheet.date_1904
                day, hour = parse_day_and_time(value, month=month, date_1904=date_1904)
                return hour, day
        self.fault("date_invalid", column, why=unclear.reason)
        return None, None

    def yes_no(self, column: str) -> bool | None:
        """是 or 否; 无 means no."""
        value = self.row.values.get(column)
        if value is None or column in self.faulty:
            return None
        try:
            return parse_yes_no(value)
        except ValueUnclear:
            self.fault("choice_unknown", column, why="是、否")
            return None

    def choice(self, column: str, known: dict[str, str]) -> str:
        """The code of the words in the cell, or nothing."""
        value = self.text(column)
        chosen = choices.choose(value, known) if value else ""
        if chosen is None:
            self.fault("choice_unknown", column, why="、".join(list(known)[:SIDES]))
        return chosen or ""


def about(row: RawRow) -> str:
    """Which case and agency a row speaks of, as it is written."""
    told = (shown(row.values.get(column)) for column in ("案号", "被诉行政机关"))
    return "　".join(text[:ONE_NAME] for text in told if text)


def shown(value: object) -> str:
    """A cell's value as a clerk reads it: a date without midnight."""
    if isinstance(value, datetime) and value.time() == MIDNIGHT:
        return value.date().isoformat()
    return clean_text(value)
