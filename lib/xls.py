"""Reading .xls, and .et in the same container, through calamine.

calamine aborts the whole process on some hostile files: only `lib.reading_child` may call this.
"""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lib import refusals
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

DIRECTORY_ENTRY_BYTES = 128  # entries of an OLE directory are aligned to their own size
GLOBALS_START = bytes.fromhex("0908100000060500")  # BOF record of BIFF 8, substream "globals"
GLOBALS_START_BYTES = 20
FILEPASS = bytes.fromhex("2F00")


def read_xls(path: Path) -> Workbook:
    """Every worksheet with its values, formulas as last calculated; raises `UnusableWorkbook`.

    Which cells hold formulas is not known here: calamine gives their results only.
    """
    content = path.read_bytes()
    check_container(content)
    try:
        sheets = _sheets(CalamineWorkbook.from_filelike(BytesIO(content)))  # from_path believes the suffix
    except CalamineError as error:
        raise refusals.damaged() from error
    if not sheets:
        raise refusals.damaged()
    return Workbook(sheets)


def check_container(content: bytes) -> None:
    """Refuse OLE files that are encrypted, hold macros or hold something other than a workbook."""
    if _has_entry(content, "EncryptedPackage") or _asks_password(content):
        raise refusals.encrypted()
    if not _has_entry(content, "Workbook") and not _has_entry(content, "Book"):
        raise refusals.not_excel("其他文档")
    if _has_entry(content, "_VBA_PROJECT_CUR"):
        raise refusals.with_macros()


def _has_entry(content: bytes, name: str) -> bool:
    wanted = f"{name}\0".encode("utf-16-le")
    at = content.find(wanted)
    while at > 0 and at % DIRECTORY_ENTRY_BYTES:
        at = content.find(wanted, at + 1)
    return at > 0


def _asks_password(content: bytes) -> bool:
    """Whether the globals of an Excel 97 workbook begin with the record that says how it is encrypted."""
    start = content.find(GLOBALS_START)
    after = start + GLOBALS_START_BYTES
    return start > 0 and content[after : after + 2] == FILEPASS


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
