"""Giving a clerk the own workbook back, with what has to be mended marked in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from lib.first_column import insert_first_column
from lib.kinds import is_xlsx
from lib.sheets import Sheet
from lib.workbooks import read_workbook

TITLE = "问题与改法"
AUTHOR = "滨州市行政应诉平台"
MAX_FORMATTED_BYTES = 30 * 2**20  # unpacked; openpyxl needs some ten times that to keep formats
COLUMN_WIDTH = 42
COMMENT_WIDTH, COMMENT_HEIGHT = 320, 120  # pixels
FILLS = {
    "error": PatternFill("solid", fgColor="FFF8D0CF"),
    "warning": PatternFill("solid", fgColor="FFFFF1C9"),
}
TEXT = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mend in a cell, or in a whole row when `column` is None; columns count from 0."""

    sheet: str
    row: int
    column: int | None
    message: str
    severity: Literal["error", "warning"] = "error"


def annotate(
    source: Path, target: Path, marks: Iterable[Mark], header_rows: Mapping[str, int] | None = None
) -> None:
    """Write `source` to `target` as .xlsx: faulty cells coloured and commented, a first column 问题与改法.

    Only sheets with marks get the column; its title stands in the header row of the sheet (default 1).
    An .xls, and an .xlsx whose formats cannot be kept, becomes a plain .xlsx with the same values. Raises
    `UnusableWorkbook` as reading does.
    """
    by_sheet = defaultdict(list)
    for mark in marks:
        by_sheet[mark.sheet].append(mark)
    book = _open(source)
    for sheet in book.worksheets:
        if sheet.title in by_sheet:
            _annotate_sheet(sheet, by_sheet[sheet.title], (header_rows or {}).get(sheet.title, 1))
    book.save(target)


def _open(source: Path) -> openpyxl.Workbook:
    read = read_workbook(source)  # refuses what openpyxl's full mode would choke on
    if not is_xlsx(source) or _unpacked_bytes(source) > MAX_FORMATTED_BYTES:
        return _plain_copy(read.sheets)
    try:
        with source.open("rb") as file:
            return openpyxl.load_workbook(file, keep_links=False)
    except (ValueError, KeyError, TypeError, AttributeError):  # formats that openpyxl cannot make sense of
        return _plain_copy(read.sheets)


def _unpacked_bytes(source: Path) -> int:
    with ZipFile(source) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _plain_copy(sheets: list[Sheet]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        copy = book.create_sheet(sheet.name)
        copy.sheet_state = "hidden" if sheet.hidden else "visible"
        for row in sheet.rows:
            for column, value in enumerate(row.values, start=1):
                _write(copy.cell(row.number, column), value)
    return book


def _write(cell: Cell | MergedCell, value: object) -> None:
    """Set the value; a text stays a text, also when it begins like a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    if cell.data_type == "f":
        cell.data_type = "s"


def _annotate_sheet(sheet: Worksheet, marks: list[Mark], header_row: int) -> None:
    again = sheet.cell(header_row, 1).value == TITLE
    if again:
        _wipe(sheet)
    else:
        insert_first_column(sheet, COLUMN_WIDTH)
    title = sheet.cell(header_row, 1)
    title.value, title.font, title.alignment = TITLE, Font(bold=True), TEXT
    for place, found in _grouped(marks).items():
        _mark_cell(sheet, place, found, offset=1 if again else 2)
    for row, messages in _by_row(marks).items():
        _write(sheet.cell(row, 1), "\n".join(messages))
        sheet.cell(row, 1).alignment = TEXT


def _wipe(sheet: Worksheet) -> None:
    """Take away what an earlier annotation left; the cells' colour of before that is not known any more."""
    for row in sheet.iter_rows():
        row[0].value = None
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment, cell.fill = None, PatternFill()


def _grouped(marks: list[Mark]) -> dict[tuple[int, int], list[Mark]]:
    places = defaultdict(list)
    for mark in marks:
        if mark.column is not None:
            places[mark.row, mark.column].append(mark)
    return places


def _by_row(marks: list[Mark]) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = defaultdict(list)
    for mark in marks:
        rows[mark.row].append(mark.message)
    return rows


def _mark_cell(sheet: Worksheet, place: tuple[int, int], marks: list[Mark], *, offset: int) -> None:
    cell = _visible(sheet, place[0], place[1] + offset)
    worst = "error" if any(mark.severity == "error" for mark in marks) else "warning"
    cell.fill = FILLS[worst]
    text = ILLEGAL_CHARACTERS_RE.sub("", "\n".join(mark.message for mark in marks))
    if cell.comment is not None:
        text = f"{cell.comment.text}\n{text}"
    cell.comment = Comment(text, AUTHOR, height=COMMENT_HEIGHT, width=COMMENT_WIDTH)


def _visible(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the top left one of the merged range that covers it."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    covering = next(cells for cells in sheet.merged_cells.ranges if cell.coordinate in cells)
    return sheet.cell(covering.min_row, covering.min_col)
