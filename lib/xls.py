"""Reading .xls, and .et in the same container, through calamine.

calamine aborts the whole process on some hostile files: only `lib.reading_child` may call this.
"""

import struct
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from olefile import OleFileIO
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lib import refusals
from lib.biff import biff_facts
from lib.sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    Merged,
    Row,
    Sheet,
    Value,
    Workbook,
    drop_blank_end,
    fill_merged,
    plain_duration,
    trimmed,
)

STREAMS = ("Workbook", "Book")
EXCEL_95 = 5


def read_xls(path: Path) -> Workbook:
    """Every worksheet with its values, formulas as last calculated; raises `UnusableWorkbook`.

    Refuses OLE files that are encrypted, hold macros or hold something other than a workbook.
    """
    content = path.read_bytes()
    facts = biff_facts(workbook_stream(content))
    if facts.encrypted:
        raise refusals.encrypted()
    if facts.version == EXCEL_95:
        raise refusals.unsupported("“Excel 5.0/95 工作簿”", "请用 Excel 或 WPS 打开，另存为 .xlsx，再上传。")
    try:
        sheets = _sheets(CalamineWorkbook.from_filelike(BytesIO(content)))  # from_path believes the suffix
    except CalamineError as error:
        raise refusals.damaged() from error
    if not sheets:
        raise refusals.damaged()
    for sheet, formulas in zip(sheets, facts.formulas, strict=False):
        _mark_formulas(sheet, formulas)
    for sheet, errors in zip(sheets, facts.errors, strict=False):
        _put_errors(sheet, errors)
    return Workbook(sheets, date_1904=facts.date_1904)


def workbook_stream(content: bytes) -> bytes:
    """The stream of the workbook inside an OLE file. Raises `UnusableWorkbook` where there is none to be read."""
    try:
        with OleFileIO(BytesIO(content)) as container:
            if container.exists("EncryptedPackage"):
                raise refusals.encrypted()
            if container.exists("_VBA_PROJECT_CUR"):
                raise refusals.with_macros()
            name = next((name for name in STREAMS if container.exists(name)), None)
            if name is None:
                raise refusals.not_excel("其他文档")
            stream: bytes = container.openstream(name).read()
    except (OSError, ValueError, IndexError, struct.error) as error:  # what olefile raises on damage
        raise refusals.damaged() from error
    return stream


def _mark_formulas(sheet: Sheet, places: Iterable[tuple[int, int]]) -> None:
    """The value stays what Excel last calculated: the text of the formula is not read."""
    by_row: dict[int, set[int]] = defaultdict(set)
    for row, column in places:
        by_row[row + 1].add(column)
    for each in sheet.rows:
        if each.number in by_row:
            each.formulas = frozenset(by_row[each.number])


def _put_errors(sheet: Sheet, errors: Iterable[tuple[int, int, str]]) -> None:
    """calamine gives an error as a blank: the cell says what Excel shows there."""
    for row, column, value in errors:
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            continue
        sheet.rows.extend(Row(number, ()) for number in range(len(sheet.rows) + 1, row + 2))
        values = list(sheet.rows[row].values)
        values += [None] * (column + 1 - len(values))
        values[column] = value
        sheet.rows[row].values = tuple(values)


def _sheets(book: CalamineWorkbook) -> list[Sheet]:
    return [
        _sheet(book.get_sheet_by_name(about.name), about.name, about.visible != SheetVisibleEnum.Visible)
        for about in book.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(sheet: CalamineSheet, name: str, hidden: bool) -> Sheet:
    _check_extent(sheet, name)
    rows = enumerate(sheet.to_python(skip_empty_area=False), start=1)
    read = [Row(number, trimmed(tuple(map(_value, values)))) for number, values in rows]
    merged = [
        Merged(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]
    kept = tuple(each for each in merged if each.last_row <= MAX_ROWS and each.last_column < MAX_COLUMNS)
    fill_merged(read, kept)
    drop_blank_end(read)
    return Sheet(name, read, hidden=hidden, merged=kept)


def _check_extent(sheet: CalamineSheet, name: str) -> None:
    last_row, last_column = sheet.end or (-1, -1)
    if last_row < MAX_ROWS and last_column < MAX_COLUMNS:
        return
    filled = sum(any(value != "" for value in row) for row in sheet.iter_rows())
    raise refusals.too_many_rows() if filled > MAX_ROWS else refusals.far_cell(name, "远处")


def _value(value: Any) -> Value:
    if isinstance(value, timedelta):
        return plain_duration(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    plain: Value = None if value == "" else value
    return plain
