"""半年和年度统计: which tables make up a return, what fills them and which columns must balance; read from data."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from reports.figures.dimensions import DIMENSIONS, Dimension, dimensions_of
from reports.figures.measure import Measure
from reports.figures.measures import MEASURES
from rules.strict_toml import DataFileError, Entry, read_toml

RETURNS = Path(__file__).parent.parent / "data" / "returns.toml"
LONGEST_TITLE = 24  # with 表1 before it the name of a sheet
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")  # of sheets

Counts = Literal["numerator", "rest", "denominator", "excluded"]
PARTS: dict[Counts, str] = {
    "numerator": "分子", "rest": "分母中不在分子的", "denominator": "分母", "excluded": "不计入分母的",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """Which part of which measure is counted."""

    key: str
    label: str
    measure: Measure
    part: Counts

    @property
    def words(self) -> str:
        """What is counted: of a rate which part of it, and by which definition."""
        part = f"“{self.measure.label}”的{PARTS[self.part]}。" if self.measure.is_rate else ""
        return part + self.measure.definition


@dataclass(frozen=True, slots=True)
class Check:
    """Columns that together must equal others, in every row and in the total."""

    left: tuple[Column, ...]
    right: tuple[Column, ...]

    @property
    def words(self) -> str:
        return "＝".join("＋".join(column.label for column in side) for side in (self.left, self.right))


@dataclass(frozen=True, slots=True)
class ReturnTable:
    """One table of a return: measures by a dimension."""

    key: str
    title: str
    by: Dimension
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """The tables in their order, and what readers are told about all of them."""

    tables: tuple[ReturnTable, ...]
    notes: tuple[str, ...]


@cache
def load_return(path: Path = RETURNS) -> Return:
    """The return in `path` (default: the one shipped). DataFileError names the entry at fault."""
    file = read_toml(path)
    notes = tuple(map(str, file.take("notes", list)))
    tables = tuple(_read_table(entry) for entry in file.take_entries("table", "张表"))
    file.done()
    if len({table.key for table in tables}) < len(tables):
        raise DataFileError(f"{file.where}：表的代码重复。")
    return Return(tables, notes)


def _read_table(entry: Entry) -> ReturnTable:
    key = entry.take_text("key")
    entry.where = f"{entry.where}（{key}）"
    title, by = _title(entry), _dimension(entry)
    columns = tuple(_read_column(each, by) for each in entry.take_entries("column", "列"))
    known = {column.key: column for column in columns}
    if not columns or len(known) < len(columns):
        raise DataFileError(f"{entry.where}：没有列，或者列的代码重复。")
    checks = tuple(_read_check(each, known) for each in entry.take_entries("check", "项核对"))
    entry.done()
    return ReturnTable(key, title, by, columns, checks)


def _title(entry: Entry) -> str:
    title = entry.take_text("title")
    if len(title) > LONGEST_TITLE or _NOT_IN_NAMES.search(title):
        raise DataFileError(f"{entry.where}：表名不超过 {LONGEST_TITLE} 字，不用 [ ] : * ? / \\。")
    return title


def _dimension(entry: Entry) -> Dimension:
    key = entry.take_text("by")
    if key not in DIMENSIONS:
        raise DataFileError(f"{entry.where}：没有分项“{key}”。")
    return DIMENSIONS[key]


def _read_column(entry: Entry, by: Dimension) -> Column:
    key, label, measure = entry.take_text("key"), entry.take_text("label"), entry.take_text("measure")
    part = entry.take_or("part", str, "numerator")
    entry.done()
    if part not in PARTS:
        raise DataFileError(f"{entry.where}：“part”不能是“{part}”。")
    if measure not in MEASURES or by not in dimensions_of(MEASURES[measure]):
        raise DataFileError(f"{entry.where}：没有指标“{measure}”，或者它没有分项“{by.key}”。")
    return Column(key, label, MEASURES[measure], part)


def _read_check(entry: Entry, known: dict[str, Column]) -> Check:
    left, right = (_side(entry, name, known) for name in ("left", "right"))
    entry.done()
    return Check(left, right)


def _side(entry: Entry, name: str, known: dict[str, Column]) -> tuple[Column, ...]:
    keys = [str(key) for key in entry.take(name, list)]
    if not keys or not known.keys() >= set(keys):
        raise DataFileError(f"{entry.where}：“{name}”须列出本表的列。")
    return tuple(known[key] for key in keys)
