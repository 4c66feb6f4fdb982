"""The extent of a worksheet, taken from its XML without building a tree.

openpyxl reads the values; this says where formulas and merged cells are, refuses far cells before openpyxl
would walk to them, and counts rows and cells in its own way, so that nothing can be lost unnoticed.
"""

import posixpath
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

from lib import refusals
from lib.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merged

COLUMNS = {get_column_letter(number): number - 1 for number in range(1, MAX_COLUMNS + 1)}
DIGITS = "0123456789"
MAX_CELL_TAGS = 3_000_000  # blank formatted cells under the data cost little, but not nothing


@dataclass(slots=True)
class SheetScan:
    """What one worksheet holds; rows are the file's own numbers, columns count from 0."""

    name: str
    part: str = ""  # of the archive
    rows: int = 0  # with content
    cells: int = 0  # with content
    last_row: int = 0  # with content
    blank_end: int = 0  # formatted rows without content after the last one with content
    columns: int = 0  # up to the last one with content
    cells_to_read: int = 0  # blank formatted ones too, down to the last row with content
    hidden_rows: list[int] = field(default_factory=list)  # with content
    hidden_columns: set[int] = field(default_factory=set)
    formulas: dict[int, set[int]] = field(default_factory=dict)  # row -> columns
    merged: list[Merged] = field(default_factory=list)


def scan_sheets(archive: ZipFile) -> list[SheetScan]:
    """Every worksheet in the order of the workbook; refuses content beyond the caps."""
    scans = []
    for name, part in worksheet_parts(archive):
        with archive.open(part) as stream:
            scans.append(_Scanner(name, part).scan(stream))
        _check_total(scans)
    return scans


def worksheet_parts(archive: ZipFile) -> list[tuple[str, str]]:
    """Names of the worksheets with their parts of the archive, in order; no chart sheets."""
    [workbook] = [part for kind, part in _related(archive, "").values() if kind == "officeDocument"]
    related = _related(archive, workbook)
    sheets = fromstring(archive.read(workbook)).iterfind("{*}sheets/{*}sheet")
    found = [(sheet.get("name"), related.get(_relation_id(sheet.attrib), ("", ""))) for sheet in sheets]
    present = set(archive.namelist())
    return [(name, part) for name, (kind, part) in found if kind == "worksheet" and part in present]


def numbers_at(stream: IO[bytes], places: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The whole numbers that stand in cells (row, column from 0) of a worksheet; nothing for texts and errors."""
    found = {}
    for _, cell in iterparse(stream):
        if cell.tag.rpartition("}")[2] != "c" or cell.get("t", "n") != "n":
            continue
        row, column = coordinate_to_tuple(cell.get("r", "A1"))
        text = next((part.text for part in cell if part.tag.endswith("}v")), None) or ""
        if (row, column - 1) in places and text.isdecimal():
            found[row, column - 1] = int(text)
        cell.clear()
    return found


def _related(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    relations = fromstring(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    return {
        relation.get("Id"): (
            relation.get("Type").rpartition("/")[2],
            _absolute(folder, relation.get("Target")),
        )
        for relation in relations
    }


def _absolute(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith("}id")), "")


def _check_total(scans: list[SheetScan]) -> None:
    if sum(scan.rows for scan in scans) > MAX_ROWS:
        raise refusals.too_many_rows()
    if sum(scan.cells_to_read for scan in scans) > MAX_CELLS:
        raise refusals.too_much("单元格")


class _Scanner:
    """Handlers for expat; called for every element, hence terse."""

    def __init__(self, name: str, part: str) -> None:
        self._found = SheetScan(name, part)
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._root
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._cell: dict[str, str] = {}
        self._row = self._ordinal = self._cell_tags = 0
        self._in_value = self._marked = self._hidden = False

    def scan(self, stream: IO[bytes]) -> SheetScan:
        self._parser.ParseFile(stream)
        self._end_row()
        self._check_far_row()
        return self._found

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, local = tag.rpartition(":")
        prefix = f"{prefix}:" if prefix else ""
        if local != "worksheet":
            raise refusals.damaged()
        self._cell_tag, self._value_tag = f"{prefix}c", f"{prefix}v"
        rare = {
            "row": self._row_start,
            "f": self._formula,
            "is": self._inline,
            "mergeCell": self._merge,
            "col": self._hidden_columns,
        }
        self._rare = {prefix + name: handler for name, handler in rare.items()}
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._cell_tag:
            self._cell = attributes
            self._ordinal += 1
            self._marked = False
        elif tag == self._value_tag:
            self._in_value = self._cell.get("t") != "inlineStr"
        elif tag in self._rare:
            self._rare[tag](attributes)

    def _end(self, tag: str) -> None:
        self._in_value = False

    def _text(self, text: str) -> None:
        if self._in_value:
            self._mark()

    def _row_start(self, attributes: dict[str, str]) -> None:
        self._cell_tags += self._ordinal + 1
        self._end_row()
        self._row = int(float(attributes.get("r", self._row + 1)))
        self._hidden = attributes.get("hidden") in ("1", "true")
        if self._cell_tags > MAX_CELL_TAGS:
            raise refusals.too_much("带格式的空白行")

    def _end_row(self) -> None:
        if self._ordinal and self._row > self._found.last_row:
            self._found.blank_end += 1
        self._ordinal = 0

    def _hidden_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), min(int(attributes["max"]), MAX_COLUMNS)
            self._found.hidden_columns.update(range(first - 1, last))

    def _formula(self, attributes: dict[str, str]) -> None:
        self._found.formulas.setdefault(self._row, set()).add(self._mark())

    def _inline(self, attributes: dict[str, str]) -> None:
        if self._cell.get("t") == "inlineStr":
            self._mark()

    def _merge(self, attributes: dict[str, str]) -> None:
        left, top, right, bottom = range_boundaries(attributes["ref"])
        if None not in (left, top, right, bottom) and right <= MAX_COLUMNS and bottom <= MAX_ROWS:
            self._found.merged.append(Merged(top, left - 1, bottom, right - 1))

    def _mark(self) -> int:
        """Count the current cell as one with content; the column it stands in, from 0."""
        column = self._column()
        if not self._marked:
            self._marked = True
            self._found.cells += 1
            self._found.columns = max(self._found.columns, column + 1)
            if self._row != self._found.last_row:
                self._mark_row()
        return column

    def _mark_row(self) -> None:
        self._found.rows += 1
        if self._hidden:
            self._found.hidden_rows.append(self._row)
        self._found.last_row = max(self._row, self._found.last_row)
        self._found.cells_to_read = self._cell_tags
        self._found.blank_end = 0
        if self._found.rows > MAX_ROWS:
            raise refusals.too_many_rows()

    def _column(self) -> int:
        reference = self._cell.get("r")
        column = COLUMNS.get(reference.rstrip(DIGITS)) if reference else self._ordinal - 1
        if column is None or column >= MAX_COLUMNS:
            raise refusals.far_cell(self._found.name, reference or f"第 {self._row} 行")
        return column

    def _check_far_row(self) -> None:
        if self._found.last_row > MAX_ROWS:
            raise refusals.far_cell(self._found.name, f"第 {self._found.last_row} 行")

    def _doctype(self, *declaration: object) -> None:
        raise refusals.doctype()
