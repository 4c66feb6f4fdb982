"""Reading .xlsx: openpyxl gives the values, `lib.sheet_scan` says where to look and what must be found."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from lib import refusals
from lib.archive_guards import check_archive, check_tags
from lib.sheet_scan import SheetScan, numbers_at, scan_sheets, worksheet_parts
from lib.sheets import (
    MAX_CELLS,
    Merged,
    Row,
    Sheet,
    UnusableWorkbook,
    Workbook,
    drop_blank_end,
    fill_merged,
    plain_duration,
    trimmed,
)

EXTRAS = {"/externallinks/": "外部链接", "connections.xml": "外部数据连接", "/embeddings/": "嵌入对象"}
NO_DAY = "#VALUE!"
ALTERNATE = b":AlternateContent"
ESCAPE = "_x"
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
UNPLAIN_TYPES = frozenset({timedelta, ArrayFormula, DataTableFormula})


def read_xlsx(path: Path) -> Workbook:
    """Every worksheet with its values; raises `UnusableWorkbook` for what must not or cannot be read."""
    with path.open("rb") as file, damage_refused():
        scans = _guarded_scans(file)
        book = _opened(file)
        if [sheet.title for sheet in book.worksheets] != [scan.name for scan in scans]:
            raise refusals.disordered()
        if not scans:
            raise refusals.damaged()
        sheets = [_read_sheet(*pair) for pair in zip(book.worksheets, scans, strict=True)]
        for sheet, scan in zip(sheets, scans, strict=True):
            _read_compact_days(sheet, scan, file)
        return Workbook(sheets, _extras(file), date_1904=book.epoch == CALENDAR_MAC_1904)


def _opened(file: Any) -> Any:
    """openpyxl's book. Alternate content for other programs is sound, and stops it in some places of the styles."""
    try:
        return load_workbook(file, read_only=True, keep_links=False)
    except Exception as error:
        with ZipFile(file) as archive:
            styles = [name for name in archive.namelist() if name.lower().endswith("styles.xml")]
            if any(ALTERNATE in archive.read(name) for name in styles):
                raise refusals.odd_writer("样式里有给其他程序用的替代内容") from error
        raise


@contextmanager
def damage_refused() -> Iterator[None]:
    """Turn whatever a damaged workbook makes the parsers raise into one refusal.

    openpyxl does not say what it raises: KeyError, TypeError, BadZipFile, zlib.error and more were seen.
    """
    try:
        yield
    except (UnusableWorkbook, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException):
            raise refusals.doctype() from error
        raise refusals.damaged() from error


def _guarded_scans(file: Any) -> list[SheetScan]:
    with ZipFile(file) as archive:
        check_archive(archive, Path(file.name).stat().st_size)
        check_tags(archive, [part for _, part in worksheet_parts(archive)])
        return scan_sheets(archive)


def _extras(file: Any) -> tuple[str, ...]:
    names = [name.lower() for name in ZipFile(file).namelist()]
    return tuple(words for part, words in EXTRAS.items() if any(part in name for name in names))


def _read_sheet(worksheet: Any, scan: SheetScan) -> Sheet:
    rows = _read_rows(worksheet, scan) if scan.last_row else []
    merged = tuple(scan.merged)
    _check_merged(merged, len(rows))
    fill_merged(rows, merged)
    drop_blank_end(rows)
    hidden = worksheet.sheet_state != "visible"
    hidden_parts = tuple(scan.hidden_rows), tuple(sorted(scan.hidden_columns))
    return Sheet(scan.name, rows, hidden, merged, *hidden_parts, scan.blank_end)


def _read_rows(worksheet: Any, scan: SheetScan) -> list[Row]:
    """The rows down to the last one with content; the dimension that the file declares is not believed."""
    worksheet.reset_dimensions()
    rows = []
    cells = 0
    for number, values in enumerate(worksheet.iter_rows(max_col=scan.columns, values_only=True), start=1):
        cells += len(values) - values.count(None)
        rows.append(Row(number, trimmed(values), frozenset(scan.formulas.get(number, ()))))
        if number == scan.last_row:
            break
    if cells != scan.cells:
        raise refusals.disordered()
    return [row if _is_plain(row) else _plain(row) for row in rows]


def _is_plain(row: Row) -> bool:
    return UNPLAIN_TYPES.isdisjoint(map(type, row.values)) and not any(
        ESCAPE in value for value in row.values if type(value) is str
    )


def _plain(row: Row) -> Row:
    return Row(row.number, tuple(map(_plain_value, row.values)), row.formulas)


def _plain_value(value: Any) -> Any:
    if isinstance(value, timedelta):
        return plain_duration(value)
    if isinstance(value, ArrayFormula):
        return f"={(value.text or '').removeprefix('=')}"
    if isinstance(value, str):
        return ESCAPED.sub(_unescaped, value)
    return "=TABLE()" if isinstance(value, DataTableFormula) else value


def _unescaped(found: re.Match[str]) -> str:
    """What XML cannot carry stands as _x000D_ in a file, and an underscore before such a text as _x005F_."""
    character = chr(int(found[1], 16))
    return character if character in "\t\n\r_" else "" if character < " " else found[0]


def _read_compact_days(sheet: Sheet, scan: SheetScan, file: Any) -> None:
    """20261028 typed into a cell formatted as a date is no day to openpyxl, which gives #VALUE!; here it is one."""
    wanted = {
        (row.number, column)
        for row in sheet.rows
        for column, value in enumerate(row.values)
        if value == NO_DAY and column not in row.formulas
    }
    if not wanted:
        return
    with ZipFile(file) as archive, archive.open(scan.part) as stream:
        numbers = numbers_at(stream, wanted)
    for (row, column), number in numbers.items():
        values = list(sheet.rows[row - 1].values)
        values[column] = number
        sheet.rows[row - 1].values = tuple(values)


def _check_merged(merged: tuple[Merged, ...], last_row: int) -> None:
    area = sum(
        max(0, min(last_row, each.last_row) - each.first_row + 1) * (each.last_column - each.first_column + 1)
        for each in merged
    )
    if area > MAX_CELLS:
        raise refusals.too_much("合并单元格")
