"""Giving a clerk the own workbook back, with what has to be mended marked in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from lib.export import NOT_IN_XML
from lib.first_column import insert_first_column
from lib.kinds import is_xlsx
from lib.left_behind import PLAIN, left_behind
from lib.sheets import Sheet
from lib.workbooks import read_workbook

TITLE = "问题与改法"
AUTHOR = "滨州市行政应诉平台"
NOT_KEPT = "本标注文件没有保留原文件的："
USE_OWN = "需要保留的，请对照本文件在原文件上修改。"
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

    Only sheets with marks get the column; its title stands in the header row of the sheet (default 1), with a
    note of what could not be kept. An .xls, and an .xlsx whose formats openpyxl cannot keep, becomes a plain .xlsx
    with the same values. Raises `UnusableWorkbook` as reading does.
    """
    by_sheet = defaultdict(list)
    for mark in marks:
        by_sheet[mark.sheet].append(mark)
    read = read_workbook(source)  # refuses what openpyxl's full mode would choke on
    if _keeps_formats(source):
        with suppress(Exception):  # whatever openpyxl makes of parts and formats, the values are known
            _annotate(_opened(source), by_sheet, header_rows or {}, left_behind(source)).save(target)
            return
    _annotate(_plain_copy(read.sheets), by_sheet, header_rows or {}, [PLAIN]).save(target)


def _annotate(
    book: openpyxl.Workbook, marks: Mapping[str, list[Mark]], header_rows: Mapping[str, int], lost: list[str]
) -> openpyxl.Workbook:
    for sheet in book.worksheets:
        if sheet.title in marks:
            header_row = header_rows.get(sheet.title, 1)
            _annotate_sheet(sheet, marks[sheet.title], header_row)
            if lost:
                _note(sheet.cell(header_row, 1), f"{NOT_KEPT}{'、'.join(lost)}。{USE_OWN}")
    return book


def _keeps_formats(source: Path) -> bool:
    return is_xlsx(source) and _unpacked_bytes(source) <= MAX_FORMATTED_BYTES


def _opened(source: Path) -> openpyxl.Workbook:
    with source.open("rb") as file:
        return openpyxl.load_workbook(file, keep_links=False)


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
    cell.value = NOT_IN_XML.sub("", value)
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
    text = NOT_IN_XML.sub("", "\n".join(mark.message for mark in marks))
    _note(cell, text if cell.comment is None else f"{cell.comment.text}\n{text}")


def _note(cell: Cell | MergedCell, text: str) -> None:
    cell.comment = Comment(text, AUTHOR, height=COMMENT_HEIGHT, width=COMMENT_WIDTH)


def _visible(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the top left one of the merged range that covers it."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    covering = next(cells for cells in sheet.merged_cells.ranges if cell.coordinate in cells)
    return sheet.cell(covering.min_row, covering.min_col)
