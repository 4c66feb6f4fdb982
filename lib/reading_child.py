"""Reads one workbook and writes its sheets as JSON; `lib.workbooks` runs it as a process of its own.

The limits hold for this process alone: a file that wants more memory or time ends it, and nothing else. The answer goes
where standard output led at the start; what a parser prints by itself goes to the error output.
"""

import json
import os
import resource
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

# Run isolated, so that neither the current folder nor the environment can slip in another module.
sys.path.insert(0, str(Path(__file__).parent.parent))

from lib import refusals
from lib.kinds import is_xlsx
from lib.sheets import Sheet, UnusableWorkbook, Workbook
from lib.xls import read_xls
from lib.xlsx import read_xlsx

MEMORY_BYTES = 500 * 2**20  # of address space; what is resident stays below 300 MB
CPU_SECONDS = 12


def read_here(path: Path) -> Workbook:
    """The workbook, read in this very process. Raises `UnusableWorkbook`."""
    return read_xlsx(path) if is_xlsx(path) else read_xls(path)


def answer(path: Path) -> dict[str, Any]:
    """What the caller is told: the sheets, or why the file was refused."""
    try:
        book = read_here(path)
    except UnusableWorkbook as unusable:
        return _refused(unusable)
    except MemoryError:
        return _refused(refusals.too_much("内容"))
    sheets = list(map(encoded_sheet, book.sheets))
    return {"sheets": sheets, "extras": book.extras, "date_1904": book.date_1904}


def _refused(refusal: UnusableWorkbook) -> dict[str, Any]:
    return {"refused": {"code": refusal.code, "message": refusal.message}}


def encoded_sheet(sheet: Sheet) -> dict[str, Any]:
    """A sheet that JSON can carry; formulas by row."""
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": [list(map(encoded, row.values)) for row in sheet.rows],
        "formulas": {row.number: sorted(row.formulas) for row in sheet.rows if row.formulas},
        "merged": sheet.merged,
        "hidden_rows": sheet.hidden_rows,
        "hidden_columns": sheet.hidden_columns,
        "blank_end": sheet.blank_end,
    }


def encoded(value: Any) -> Any:
    """A value that JSON can carry; days and times become a list of kind and ISO text."""
    if isinstance(value, datetime | date | time):
        return [type(value).__name__, value.isoformat()]
    return value


def main() -> None:
    """Argument: the path of the workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as channel:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        json.dump(answer(Path(sys.argv[1])), channel)


if __name__ == "__main__":
    main()
