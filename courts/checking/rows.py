"""What the rows of all three sheets have in common: case numbers, courts, agencies and days, checked."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cases.intake.row_facts import Number, RowFacts
from courts.checking.agencies import Found
from courts.checking.cells import SIDES, Cells
from courts.sheets import choices
from courts.sheets.columns import ONE_AGENCY, ONE_NAME
from courts.sheets.reading import RawRow, RawSheet
from lib.cell_values import clean_text, split_agencies
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
LISTING = re.compile("[、,，;；/和及与至到~-]|[0-9]\\s+[0-9]")  # several case numbers stand in one cell


class RowCheck(Cells):
    """Reads one row; `issues` and the names that are not clear fill up while `facts` is made."""

    def __init__(self, sheet: RawSheet, row: RawRow, context: "Context") -> None:
        super().__init__(sheet, row, context)
        self.unmatched: dict[str, Found] = {}
        self.ambiguous: dict[str, Found] = {}

    def facts(self) -> RowFacts | None:
        """What the row says; None when it cannot be understood. Everything wrong with it is in `issues`."""
        self._check_shape()
        return self._told(self._numbers())

    def _told(self, numbers: ParsedNumbers | None) -> RowFacts | None:
        raise NotImplementedError

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


def _all(parsed: ParsedNumbers) -> tuple[CaseNumber, ...]:
    return parsed.series or (parsed.first,)


def instance_of(number: CaseNumber) -> str:
    return INSTANCES.get(number.kind.instance, "other")


def given(**values: Any) -> dict[str, Any]:
    """Only what the row tells: an empty cell does not erase what is known."""
    return {name: value for name, value in values.items() if value not in (None, "")}
