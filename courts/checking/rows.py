"""What the rows of all three sheets have in common: values read as what they mean, faults noted with their cell."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from cases.intake.row_facts import Number, RowFacts
from courts.checking.agencies import Found
from courts.checking.issues import WARNINGS, Issue, Place, issue
from courts.sheets import choices
from courts.sheets.columns import COLUMNS, ONE_AGENCY, ONE_NAME
from courts.sheets.reading import NUL_SIGN, RawRow, RawSheet
from lib.cell_values import (
    ValueUnclear,
    clean_text,
    is_blank,
    parse_day,
    parse_day_and_time,
    parse_time,
    parse_yes_no,
    split_agencies,
)
from rules.case_numbers import (
    NOT_ADMINISTRATIVE,
    CaseNumber,
    CaseNumberInvalid,
    ParsedNumbers,
    parse_case_number,
)

if TYPE_CHECKING:
    from courts.checking.context import Context

INSTANCES = {"first": "first", "second": "second", "retrial": "retrial", "review": "review"}
REQUIRED = {kind: frozenset(c.name for c in columns if c.required) for kind, columns in COLUMNS.items()}
LONGEST = {kind: {c.name: c.longest for c in columns} for kind, columns in COLUMNS.items()}
MIDNIGHT = time()
LAST_YEAR_OF_TIMES = 1950  # before it a date is only what a time of day looks like
DECIMAL = re.compile(r"[0-9]+\.[0-9]+")  # 9.30 may be an hour as well as a day
# What these say is parsed, and whatever does not belong there is refused in its own words.
READ_STRICTLY = frozenset(
    {"案号", "关联案号", "开庭日期", "开庭时间", "立案日期", "裁判日期", "送达日期", "生效日期"}
)
# Characters of a font of one's own, which others cannot print; and those that nobody sees: controls, turning marks.
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
ODD_CHARACTER = re.compile(
    f"[\x01-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069{NUL_SIGN}\ufffe\uffff]|{PRIVATE.pattern}"
)
LISTING = re.compile("[、,，;；/和及与至到~-]|[0-9]\\s+[0-9]")  # several case numbers stand in one cell
# What Excel and WPS show for a formula that failed, also after its value was pasted.
ERROR_VALUES = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!"}
    | {
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#BUSY!",
        "#GETTING_DATA",
        "#EXTERNAL!",
        "#PYTHON!",
        "#TIMEOUT!",
    }
)
SIDES = 4  # names and choices that a message lists at most


class RowCheck:
    """Reads one row; `issues` and the names that are not clear fill up while `facts` is made."""

    kind: str

    def __init__(self, sheet: RawSheet, row: RawRow, context: "Context") -> None:
        self.sheet, self.row, self.context = sheet, row, context
        self.issues: list[Issue] = []
        self.unmatched: dict[str, Found] = {}
        self.ambiguous: dict[str, Found] = {}
        self.faulty: set[str] = set()

    def facts(self) -> RowFacts | None:
        """What the row says; None when it cannot be understood. Everything wrong with it is in `issues`."""
        self._check_shape()
        return self._told(self._numbers())

    def _told(self, numbers: ParsedNumbers | None) -> RowFacts | None:
        raise NotImplementedError

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
        for column in COLUMNS[self.kind]:
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
        except ValueUnclear:
            if not isinstance(value, str) or DECIMAL.fullmatch(value.strip()):
                self._read(column, parse_time)
                return None, None
        day, hour = self.day_and_time(column)
        return hour, day

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

    # What every kind has

    def _numbers(self) -> ParsedNumbers | None:
        value = self.row.values.get("案号")
        if value is None or "案号" in self.faulty:
            return None
        text = clean_text(value, one_line=False)
        try:
            parsed = parse_case_number(text)
        except CaseNumberInvalid as refused:
            if len(text) > ONE_NAME and not LISTING.search(text):
                self.fault("value_too_long", "案号", why=str(len(text)))
            self.fault(refused.code, "案号", why=refused.reason)
            return None
        if not all(number.is_administrative_suit for number in _all(parsed)):
            self.fault(NOT_ADMINISTRATIVE, "案号", why="不是行政诉讼案件的案号。")
        elif not parsed.series and len(clean_text(value)) > ONE_NAME:
            self.fault("value_too_long", "案号", why=str(len(clean_text(value))))
        else:
            self._check_courts(_all(parsed))
        return parsed

    def _check_courts(self, numbers: Sequence[CaseNumber]) -> None:
        for number in numbers:
            self._check_year("案号", number)
        for code in dict.fromkeys(number.court for number in numbers):
            court = self.context.court_of.get(code)
            if court is None:
                elsewhere = self.context.is_of_another_city(code)
                self.fault("court_elsewhere" if elsewhere else "court_unknown", "案号", why=code)
            elif court != self.context.court.pk:
                self.fault("court_mismatch", "案号", why=self.context.court_names[court])

    def _check_year(self, column: str, number: CaseNumber) -> None:
        if number.year > self.context.on.year:
            self.fault("date_in_future", column, why=str(self.context.on))

    def _instance(self, number: CaseNumber | None) -> dict[str, Any]:
        """Instance and procedure: as said, else from the case number; no instance when neither tells."""
        said, procedure = None, ""
        if word := self.text("审理程序"):
            said, procedure = choices.instance_of(word)
            if procedure == choices.UNKNOWN:
                self.fault("choice_unknown", "审理程序", why="一审、二审、再审，可加普通程序、简易程序")
                procedure = ""
        instance = said or (instance_of(number) if number else "")
        return given(procedure=procedure, instance=instance)

    def _agencies(self, column: str, on: date | None) -> list[tuple[int, str]]:
        """The agencies named in a cell; names that are not found are noted with their candidates."""
        value = self._value(column)
        if value is None:
            return []
        directory = self.context.directory
        names = split_agencies(clean_text(value, one_line=False), directory.knows)
        if not names:
            self.fault("required_missing", column)
        longest = max(map(len, names), default=0)
        if longest > ONE_AGENCY:
            self.fault("value_too_long", column, why=str(longest))
            return []
        agencies: dict[int, str] = {}
        for name in names:
            found = directory.find(name, on=on or self.context.month.last)
            if found.agency is None:
                self._note(column, name, found)
            else:
                agencies.setdefault(found.agency, name)
        return list(agencies.items())

    def _note(self, column: str, name: str, result: Found) -> None:
        if result.several:
            self.ambiguous[name] = result
            self.fault("agency_ambiguous", column, value=name, why="、".join(result.several[:SIDES]))
            return
        near = "、".join(candidate for _, candidate, _ in result.candidates)
        self.unmatched[name] = result
        self.fault("agency_unknown", column, value=name, why=f"相近的有：{near}。" if near else "")

    def _check_happened(self, column: str, day: date | None) -> None:
        """What has happened cannot lie after the day of receipt."""
        if day and day > self.context.on:
            self.fault("date_in_future", column, why=str(self.context.on))

    def _check_ahead(self, column: str, day: date | None) -> None:
        if day and day > self.context.farthest:
            self.fault("date_too_far", column, why=str(self.context.farthest))

    def _check_day(
        self, column: str, day: date | None, number: CaseNumber | None, filed_on: date | None = None
    ) -> None:
        """In the months that the notification is about, and not before the case was filed.

        A case number names the year of filing.
        """
        if day is None:
            return
        if not self.context.in_window(self.kind, day):
            self.fault("date_out_of_month", column, why=f"{self.context.month.label}的通报范围内")
        if filed_on and day < filed_on:
            self.fault("date_before_filing", column, why=f"立案日期 {filed_on}")
        elif number and day.year < number.year:
            self.fault("date_before_filing", column, why=f"案号的收案年度 {number.year} 年")

    def _facts(self, parsed: ParsedNumbers, agencies: list[tuple[int, str]], **parts: Any) -> RowFacts:
        numbers = [Number(n.key, n.display, n.year, n.type, n.serial, instance_of(n)) for n in _all(parsed)]
        cells = {name: self.sheet.cell(name, self.row.number) for name in self.row.values}
        return RowFacts(self.kind, self.sheet.name, self.row.number, numbers, agencies, cells, **parts)


def about(row: RawRow) -> str:
    """Which case and agency a row speaks of, as it is written."""
    told = (shown(row.values.get(column)) for column in ("案号", "被诉行政机关"))
    return "　".join(text[:ONE_NAME] for text in told if text)


def shown(value: object) -> str:
    """A cell's value as a clerk reads it: a date without midnight."""
    if isinstance(value, datetime) and value.time() == MIDNIGHT:
        return value.date().isoformat()
    return clean_text(value)


def _all(parsed: ParsedNumbers) -> tuple[CaseNumber, ...]:
    return parsed.series or (parsed.first,)


def instance_of(number: CaseNumber) -> str:
    return INSTANCES.get(number.kind.instance, "other")


def given(**values: Any) -> dict[str, Any]:
    """Only what the row tells: an empty cell does not erase what is known."""
    return {name: value for name, value in values.items() if value not in (None, "")}
