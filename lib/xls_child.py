"""Reads one .xls and prints its sheets as JSON; run by `lib.xls` as a process of its own.

calamine aborts the whole process on some hostile files, so it must never run inside a web worker.
It imports nothing of ours: the caller runs this file alone, isolated from the rest of the project.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY_BYTES = 280 * 2**20
CPU_SECONDS = 8


def encoded(value: Any) -> Any:
    """A value JSON can carry; days and times become a list of kind and ISO text, durations days."""
    if isinstance(value, datetime | date | time):
        return [type(value).__name__, value.isoformat()]
    if isinstance(value, timedelta):
        return ["timedelta", value / timedelta(days=1)]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def sheets_of(path: str, max_rows: int, max_columns: int) -> dict[str, Any]:
    """The worksheets as [name, hidden, rows from A1, merged ranges], or why they were refused."""
    sheets = []
    book = CalamineWorkbook.from_filelike(BytesIO(Path(path).read_bytes()))  # from_path believes the suffix
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        last_row, last_column = sheet.end or (-1, -1)
        if last_row >= max_rows or last_column >= max_columns:
            filled = sum(any(value != "" for value in row) for row in sheet.iter_rows())
            return {"refused": "too_many_rows" if filled > max_rows else "far_cell", "sheet": about.name}
        rows = [[encoded(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        hidden = about.visible != SheetVisibleEnum.Visible
        sheets.append([about.name, hidden, rows, sheet.merged_cell_ranges or []])
    return {"sheets": sheets}


def main() -> None:
    """Arguments: path, greatest number of rows, greatest number of columns."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        answer = sheets_of(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    except CalamineError:
        answer = {"refused": "damaged"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
