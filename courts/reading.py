"""From a workbook to rows of named values: which sheet is what, where its headers are, which rows count."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from courts.columns import COLUMNS, TELLING, Column, all_kinds, known_headers
from lib.cell_values import clean_text, is_blank, normalise_header
from lib.workbooks import Row, Sheet, Workbook

HEADER_ROWS = 15
FEWEST_HEADERS = 3
NAME_HINTS = {"schedule": "排庭", "appearances": "出庭", "judgments": "裁判"}
_FOOTER = re.compile(
    r"(?:合计|小计|总计|共计|本页|本表|以上|填报|填表|制表|经办|审核|审签|复核|核对|签发|签字|盖章|分管|负责人[:：]"
    r"|报送|联系人|联系电话|单位负责人|庭长|院长|注[:：]|说明|备注[:：]|[0-9]{4}年[0-9 ]{1,3}月[0-9 ]{1,3}日$)"
)
_CASE_LIKE = re.compile(r"[(（〔\[【][0-9０-９]{4}")


@dataclass(frozen=True, slots=True)
class Header:
    """The headers of a sheet: the last header row and the column (from 0) of each known name."""

    kind: str
    row: int
    columns: Mapping[str, int]

    def letter(self, name: str) -> str:
        return get_column_letter(self.columns[name] + 1)


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

    @property
    def kind(self) -> str:
        return self.header.kind


def recognise(book: Workbook, wanted: str = "auto") -> list[RawSheet]:
    """The sheets of the wanted kind, or of any; sheets with other content are left out."""
    headers = ((sheet, find_header(sheet, wanted)) for sheet in book.sheets)
    return [_read(sheet, header) for sheet, header in headers if header]


def find_header(sheet: Sheet, wanted: str = "auto") -> Header | None:
    """The header of a sheet within its first 15 rows: one row, or two that belong together."""
    best: tuple[tuple[int, int, int], Header] | None = None
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        above = sheet.rows[index - 1] if index else None
        for kind, known in all_kinds() if wanted == "auto" else [(wanted, known_headers(wanted))]:
            columns = _match(row, above, known)
            if "案号" not in columns or len(columns) < FEWEST_HEADERS:
                continue
            hint = int(NAME_HINTS[kind] in sheet.name)
            weight = (len(TELLING[kind] & set(columns)) * 2 + hint, len(columns), -index)
            if best is None or weight > best[0]:
                best = weight, Header(kind, row.number, columns)
    return best[1] if best else None


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


def _read(sheet: Sheet, header: Header) -> RawSheet:
    raw = RawSheet(sheet.name, header)
    indexed = list(header.columns.items())
    for row in sheet.rows:
        if row.number <= header.row:
            continue
        values = {name: row.value(index) for name, index in indexed if row.value(index) not in (None, "")}
        if _says_nothing(row, values):
            raw.ignored += 1
            continue
        formulas = frozenset(name for name, index in indexed if index in row.formulas)
        raw.rows.append(RawRow(row.number, values, formulas))
    return raw


def _says_nothing(row: Row, values: Mapping[str, Any]) -> bool:
    """Blank rows, repeated headers, subtotals, signatures and notes under the table."""
    number = clean_text(values.get("案号"))
    if _CASE_LIKE.match(number):
        return False
    told = [clean_text(value) for value in row.values if value not in (None, "")]
    if not told or _FOOTER.match(told[0].replace(" ", "")) or normalise_header(number) == "案号":
        return True
    in_table = [value for value in values.values() if not is_blank(value)]
    return len(set(map(str, in_table))) < 2 and len(set(told)) <= 2  # noqa: PLR2004 - a numbered but empty line


def required_columns(kind: str) -> Iterator[Column]:
    """The columns that every row of a kind must fill."""
    return (column for column in COLUMNS[kind] if column.required)


def longest_values(kind: str) -> dict[str, int]:
    """The longest value of each column, in characters."""
    lengths: dict[str, int] = defaultdict(int)
    lengths.update({column.name: column.longest for column in COLUMNS[kind]})
    return lengths
