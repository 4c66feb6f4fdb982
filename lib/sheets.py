"""What a workbook holds once it is read, whatever format it was saved in, and why one cannot be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

MAX_FILE_BYTES = 10 * 2**20
MAX_ROWS = 20_000  # rows with content, over all sheets of one workbook
MAX_COLUMNS = 100
MAX_CELLS = 600_000  # cells that cost reading time, over all sheets: about ten seconds

Value = str | int | float | bool | datetime | date | time | None


class UnusableWorkbook(Exception):
    """The file cannot be read at all. `code` is for programs, `message` tells the clerk what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Merged(NamedTuple):
    """A merged range, ends included; rows are the file's own numbers, columns count from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Row:
    """One row by the file's own number. Values start at column A; blanks at the end are cut off."""

    number: int
    values: tuple[Value, ...]
    formulas: frozenset[int] = frozenset()  # columns, counted from 0; their value is the formula's text

    def value(self, column: int) -> Value:
        """The value in a column counted from 0, None beyond the end of the row."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. Blank rows between rows are kept, blank rows at the end are not."""

    name: str
    rows: list[Row]
    hidden: bool = False
    merged: tuple[Merged, ...] = ()
    hidden_rows: tuple[int, ...] = ()  # hidden or filtered out, with content; not known of an .xls
    hidden_columns: tuple[int, ...] = ()  # from 0
    blank_end: int = 0  # formatted rows without content after the last one


@dataclass(frozen=True, slots=True)
class Workbook:
    """All worksheets of a file, hidden ones too, in its order."""

    sheets: list[Sheet]
    extras: tuple[str, ...] = ()  # what else the file holds and nobody reads, in words
    date_1904: bool = False  # bare serial numbers count from 1904; cells formatted as dates are converted


def trimmed(values: Sequence[Value]) -> tuple[Value, ...]:
    """The values without the blanks at the end."""
    end = len(values)
    while end and values[end - 1] in (None, ""):
        end -= 1
    return tuple(values[:end])


def plain_duration(value: timedelta) -> time | float:
    """A cell formatted as elapsed hours: a time of day where it fits into one, else a number of days."""
    if timedelta() <= value < timedelta(days=1):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return time(*divmod(minutes, 60), seconds)
    return value / timedelta(days=1)


def drop_blank_end(rows: list[Row]) -> None:
    """Cut the rows without any value off the end of the list."""
    while rows and not rows[-1].values:
        rows.pop()


def fill_merged(rows: list[Row], ranges: Iterable[Merged]) -> None:
    """Write the top left value of each merged range into its other cells.

    A row with no value of its own stays blank, so that a case spread over two merged rows stays one case.
    """
    occupied = {row.number for row in rows if row.values}
    for merged in ranges:
        source = rows[merged.first_row - 1] if merged.first_row <= len(rows) else None
        if source is None or source.value(merged.first_column) in (None, ""):
            continue
        for row in rows[merged.first_row - 1 : merged.last_row]:
            if row.number in occupied:
                _fill_row(row, merged, source)


def _fill_row(row: Row, merged: Merged, source: Row) -> None:
    columns = range(merged.first_column, merged.last_column + 1)
    values = list(row.values) + [None] * (columns.stop - len(row.values))
    values[columns.start : columns.stop] = [source.value(merged.first_column)] * len(columns)
    row.values = tuple(values)
    if merged.first_column in source.formulas:
        row.formulas = row.formulas.union(columns)
