"""From a workbook to rows of named values: which sheet is what, where its headers are, which rows count."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from openpyxl.utils import get_column_letter

from courts.sheets.columns import TELLING, Column, all_kinds
from courts.sheets.passed_over import IgnoredRow, is_case_like, passed_over
from lib.cell_values import clean_text, normalise_header
from lib.workbooks import Row, Sheet, Workbook

HEADER_ROWS = 15
DEEPEST_HEADER = 3  # rows that belong to one header at most
FEWEST_HEADERS = 3
Weight = tuple[int, int, int]
NAME_HINTS = {"schedule": "排庭", "appearances": "出庭", "judgments": "裁判"}
SEVERAL = frozenset({"原告", "被诉行政机关", "第三人"})  # columns in which several may stand
NUL_SIGN = "\u2400"
# Understood headers by kind, normalised, with the column each means.
Vocabulary = Mapping[str, Mapping[str, Column]]
HEADERS: Vocabulary = dict(all_kinds())
PASSED_OVER = frozenset({"序号", "编号", "问题与改法"})


@dataclass(frozen=True)
class Header:
    """The headers of a sheet: the last header row and the column (from 0) of each known name."""

    kind: str
    row: int
    columns: Mapping[str, int]
    # Further columns under the same header.
    doubles: Mapping[str, Sequence[int]] = field(default_factory=dict)

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
    """A recognised sheet: its rows, and those passed over (blank, subtotal, signature)."""

    name: str
    header: Header
    rows: list[RawRow] = field(default_factory=list)
    passed_over: list[IgnoredRow] = field(default_factory=list)
    blank_end: int = 0  # formatted rows without content after the last one
    date_1904: bool = False
    unknown: list[str] = field(default_factory=list)  # headers over values that were not read
    hidden_rows: int = 0  # with content; they are read like all others, as are columns
    hidden_columns: list[str] = field(default_factory=list)
    contradicting: set[str] = field(default_factory=set)  # columns of one header that say different things

    @property
    def kind(self) -> str:
        return self.header.kind

    @property
    def ignored(self) -> int:
        return len(self.passed_over) + self.blank_end

    def letters_of(self, column: str) -> list[str]:
        """The letters of all columns under that header."""
        indexes = (self.header.columns[column], *self.header.doubles.get(column, ()))
        return [get_column_letter(index + 1) for index in indexes]

    def cell(self, column: str, row: int) -> str:
        """The place of a column in a row, such as G17; nothing when the sheet has no such column."""
        letter = self.header.letters.get(column)
        return f"{letter}{row}" if letter else ""


def recognise(
    book: Workbook,
    wanted: str = "auto",
    *,
    vocabulary: Vocabulary = HEADERS,
    layout: Mapping[str, Header] | None = None,
    taken_in: Collection[tuple[str, int]] = (),
) -> list[RawSheet]:
    """The sheets of the wanted kind, or of any; sheets with other content are left out.

    `layout` says of sheets by name where a person found their headers, `taken_in` which rows (sheet, row) a person
    wants read that look like a signature or a note.
    """
    headers = (
        (sheet, (layout or {}).get(sheet.name) or find_header(sheet, wanted, vocabulary=vocabulary))
        for sheet in book.sheets
    )
    return [
        _read(
            sheet,
            header,
            date_1904=book.date_1904,
            taken_in={row for name, row in taken_in if name == sheet.name},
        )
        for sheet, header in headers
        if header
    ]


def find_header(sheet: Sheet, wanted: str = "auto", *, vocabulary: Vocabulary = HEADERS) -> Header | None:
    """The header of a sheet within its first 15 rows: one row, or up to three that belong together.

    With a `wanted` kind the sheet must not look more like another one.
    """
    best: dict[str, tuple[Weight, Header]] = {}
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        above = sheet.rows[max(0, index - DEEPEST_HEADER + 1) : index]
        for kind, known in vocabulary.items():
            columns = _match(row, above, known)
            if "案号" in columns and len(columns) >= FEWEST_HEADERS:
                weight = _weight(kind, columns, sheet, index)
                if kind not in best or weight > best[kind][0]:
                    best[kind] = weight, Header(kind, row.number, columns, _doubles(row, columns))
    if not best:
        return None
    likeliest = max(best.values(), key=lambda found: found[0])
    if wanted == "auto":
        return None if _could_be_two(best) else likeliest[1]
    chosen = best.get(wanted)
    return chosen[1] if chosen and chosen[0][0] >= likeliest[0][0] else None


def _could_be_two(best: Mapping[str, tuple[Weight, Header]]) -> bool:
    """Two kinds have as many telling columns each, and more than one: a person says which it is."""
    telling = sorted((weight[0] for weight, _ in best.values()), reverse=True)
    return len(telling) > 1 and telling[0] == telling[1] > 1


def _weight(kind: str, columns: Mapping[str, int], sheet: Sheet, index: int) -> Weight:
    """How much a row looks like the header of that kind: telling columns, then all columns, then the first row."""
    hint = int(kind in NAME_HINTS and NAME_HINTS[kind] in sheet.name)
    return len(TELLING.get(kind, frozenset()) & columns.keys()) * 2 + hint, len(columns), -index


def _match(row: Row, above: Sequence[Row], known: Mapping[str, Column]) -> dict[str, int]:
    """Which column (from 0) holds which known name, read from a row and the rows above it, top first."""
    found: dict[str, int] = {}
    exact: set[str] = set()
    width = max(len(each.values) for each in (row, *above))  # names above may reach down further right
    for index in range(width):
        lower = _header_text(row, index)
        column = _meaning(lower, [_header_text(each, index) for each in above], known)
        if column is None or (column.name in found and (column.name in exact or lower != column.name)):
            continue
        found[column.name] = index
        if lower == column.name:
            exact.add(column.name)
    return _with_date_under_time(found)


def _doubles(row: Row, columns: Mapping[str, int]) -> dict[str, list[int]]:
    """By name the further columns whose header says the same as the one that is read."""
    texts = [_header_text(row, index) for index in range(len(row.values))]
    again = {
        name: [i for i, text in enumerate(texts) if text and text == _header_text(row, at) and i != at]
        for name, at in columns.items()
    }
    return {name: others for name, others in again.items() if others}


def _header_text(row: Row, index: int) -> str:
    value = row.value(index)
    return normalise_header(value) if isinstance(value, str) else ""


def _meaning(lower: str, above: Sequence[str], known: Mapping[str, Column]) -> Column | None:
    """By itself (开庭日期), under its group (当事人 / 原告; 开庭 / 日期), or blank under a name that reaches down."""
    if not lower:
        return known.get(above[-1]) if above else None
    groups = list(dict.fromkeys(above))  # a group merged over two rows stands in both
    joined = [group + lower for group in reversed(groups)]
    return next((known[name] for name in (lower, *joined, "".join([*groups, lower])) if name in known), None)


def _with_date_under_time(found: dict[str, int]) -> dict[str, int]:
    """开庭时间 stands for 开庭日期 where there is no column of that name."""
    if "开庭日期" not in found and "开庭时间" in found:
        found["开庭日期"] = found.pop("开庭时间")
    return found


def _read(sheet: Sheet, header: Header, *, date_1904: bool, taken_in: Collection[int]) -> RawSheet:
    raw = RawSheet(sheet.name, header, date_1904=date_1904, unknown=_unknown(sheet, header))
    raw.blank_end = sheet.blank_end
    raw.hidden_rows = sum(number > header.row for number in sheet.hidden_rows)
    raw.hidden_columns = [name for name, index in header.columns.items() if index in sheet.hidden_columns]
    indexed = list(header.columns.items())
    told = [(row, _values(row, indexed)) for row in sheet.rows if row.number > header.row]
    for row, values in told:
        raw.contradicting |= _take_doubles(row, values, header)
    last = max((row.number for row, values in told if is_case_like(values)), default=0)
    for row, values in told:
        ignored = passed_over(row, values, after_last=row.number > last)
        if ignored and row.number not in taken_in:
            raw.passed_over.append(ignored)
            continue
        formulas = frozenset(name for name, index in indexed if index in row.formulas)
        raw.rows.append(RawRow(row.number, values, formulas))
    return raw


def _values(row: Row, indexed: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """The known columns that hold something."""
    cells = ((name, row.value(index)) for name, index in indexed)
    return {name: _storable(value) for name, value in cells if value is not None and value != ""}


def _take_doubles(row: Row, values: dict[str, Any], header: Header) -> set[str]:
    """Put what stands in columns of the same header beside the first; returns those where only one can be meant."""
    contradicting = set()
    for name, others in header.doubles.items():
        more = [value for index in others if (value := row.value(index)) not in (None, "", values.get(name))]
        if more and name not in values:
            values[name] = _storable(more.pop(0))
        if more and name in SEVERAL:
            values[name] = "、".join(clean_text(value) for value in (values[name], *more))
        elif more:
            contradicting.add(name)
    return contradicting


def _unknown(sheet: Sheet, header: Header) -> list[str]:
    """Headers of columns that are not read, a running number and our own marks aside."""
    known = set(header.columns.values()).union(*header.doubles.values())
    row = next((row for row in sheet.rows if row.number == header.row), None)
    texts = (clean_text(value) for index, value in enumerate(row.values if row else ()) if index not in known)
    return [text for text in dict.fromkeys(texts) if text and normalise_header(text) not in PASSED_OVER]


def _storable(value: Any) -> Any:
    """Text with a sign for NUL, which a damaged .xls may hold and no database keeps; the check refuses it."""
    return value.replace("\0", NUL_SIGN) if isinstance(value, str) and "\0" in value else value
