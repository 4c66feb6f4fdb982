"""From a workbook to rows of named values: which sheet is what, where its headers are, which rows count."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from openpyxl.utils import get_column_letter

from courts.columns import TELLING, Column, all_kinds
from lib.cell_values import clean_text, is_blank, normalise_header
from lib.workbooks import Row, Sheet, Workbook

HEADER_ROWS = 15
FEWEST_HEADERS = 3
Weight = tuple[int, int, int]
NAME_HINTS = {"schedule": "排庭", "appearances": "出庭", "judgments": "裁判"}
FEW = 2  # different texts: a running number and one more
HEADERS = dict(all_kinds())
_FOOTER = re.compile(
    r"(?:合计|小计|总计|共计|本页|本表|以上|填报|填表|制表|经办|审核|审签|复核|核对|签发|签字|盖章|分管|负责人[:：]"
    r"|报送|联系人|联系电话|单位负责人|庭长|院长|注[:：]|说明|备注[:：]|本月|本院|本期)"
)
_DATE_LINE = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$")
_CASE_LIKE = re.compile(r"[(（〔\[【]\s*[0-9０-９]{4}\s*[)）〕\]】]")
_NUMBER_LIKE = re.compile(r"行.*[0-9０-９]|[0-9０-９]\s*号")


@dataclass(frozen=True)
class Header:
    """The headers of a sheet: the last header row and the column (from 0) of each known name."""

    kind: str
    row: int
    columns: Mapping[str, int]

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of each known column."""
        return {name: get_column_letter(index + 1) for name, index in self.columns.items()}


@dataclass(slots=True)
class RawRow:
    """A row that says something, by the file's own number; blank cells are left out."""

    number: int
    values: dict[str, Any]
    formulas: frozenset[str] = frozenset()


@dataclass(slots=True)
class RawSheet:
    """A recognised sheet: its rows, and how many were passed over (blank, subtotal, signature)."""

    name: str
    header: Header
    rows: list[RawRow] = field(default_factory=list)
    ignored: int = 0
    date_1904: bool = False

    @property
    def kind(self) -> str:
        return self.header.kind

    def cell(self, column: str, row: int) -> str:
        """The place of a column in a row, such as G17; nothing when the sheet has no such column."""
        letter = self.header.letters.get(column)
        return f"{letter}{row}" if letter else ""


def recognise(book: Workbook, wanted: str = "auto") -> list[RawSheet]:
    """The sheets of the wanted kind, or of any; sheets with other content are left out."""
    headers = ((sheet, find_header(sheet, wanted)) for sheet in book.sheets)
    return [_read(sheet, header, date_1904=book.date_1904) for sheet, header in headers if header]


def find_header(sheet: Sheet, wanted: str = "auto") -> Header | None:
    """The header of a sheet within its first 15 rows: one row, or two that belong together.

    With a `wanted` kind the sheet must not look more like another one.
    """
    best: dict[str, tuple[Weight, Header]] = {}
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        above = sheet.rows[index - 1] if index else None
        for kind, known in HEADERS.items():
            columns = _match(row, above, known)
            if "案号" in columns and len(columns) >= FEWEST_HEADERS:
                weight = _weight(kind, columns, sheet, index)
                if kind not in best or weight > best[kind][0]:
                    best[kind] = weight, Header(kind, row.number, columns)
    if not best:
        return None
    likeliest = max(best.values(), key=lambda found: found[0])
    chosen = likeliest if wanted == "auto" else best.get(wanted)
    return chosen[1] if chosen and chosen[0][0] >= likeliest[0][0] else None


def _weight(kind: str, columns: Mapping[str, int], sheet: Sheet, index: int) -> Weight:
    """How much a row looks like the header of that kind: telling columns, then all columns, then the first row."""
    hint = int(NAME_HINTS[kind] in sheet.name)
    return len(TELLING[kind] & columns.keys()) * 2 + hint, len(columns), -index


def _match(row: Row, above: Row | None, known: Mapping[str, Column]) -> dict[str, int]:
    """Which column (from 0) holds which known name, read from a row and the row above it."""
    found: dict[str, int] = {}
    exact: set[str] = set()
    for index, value in enumerate(row.values):
        lower = normalise_header(value) if isinstance(value, str) else ""
        upper = normalise_header(above.value(index)) if above and isinstance(above.value(index), str) else ""
        column = known.get(lower) or (known.get(upper + lower) if lower else None)
        if column is None and not lower and upper in known and above is not None:
            column = known[upper]
        if column is None or (column.name in found and (column.name in exact or lower != column.name)):
            continue
        found[column.name] = index
        if lower == column.name:
            exact.add(column.name)
    return _with_date_under_time(found)


def _with_date_under_time(found: dict[str, int]) -> dict[str, int]:
    """开庭时间 stands for 开庭日期 where there is no column of that name."""
    if "开庭日期" not in found and "开庭时间" in found:
        found["开庭日期"] = found.pop("开庭时间")
    return found


def _read(sheet: Sheet, header: Header, *, date_1904: bool) -> RawSheet:
    raw = RawSheet(sheet.name, header, date_1904=date_1904)
    indexed = list(header.columns.items())
    for row in sheet.rows:
        if row.number <= header.row:
            continue
        told = ((name, row.value(index)) for name, index in indexed)
        values = {name: _storable(value) for name, value in told if value is not None and value != ""}
        if _says_nothing(row, values):
            raw.ignored += 1
            continue
        formulas = frozenset(name for name, index in indexed if index in row.formulas)
        raw.rows.append(RawRow(row.number, values, formulas))
    return raw


def _storable(value: Any) -> Any:
    """Text without NUL, which a damaged .xls may hold and no database keeps."""
    return value.replace("\0", "") if isinstance(value, str) and "\0" in value else value


def _says_nothing(row: Row, values: Mapping[str, Any]) -> bool:
    """Blank rows, repeated headers, subtotals, signatures and notes under the table."""
    number = clean_text(values.get("案号"))
    if _CASE_LIKE.match(number):
        return False
    told = [text for text in map(clean_text, row.values) if text]
    if not told or normalise_header(number) == "案号":
        return True
    first = told[0].replace(" ", "")
    if _FOOTER.match(first) or (_DATE_LINE.match(first) and len(set(told)) <= FEW):
        return True
    in_table = {str(value) for value in values.values() if not is_blank(value)}
    return len(in_table) <= 1 and len(set(told)) <= FEW and not _NUMBER_LIKE.search(number)
