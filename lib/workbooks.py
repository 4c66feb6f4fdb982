"""Reading a clerk's workbook, .xlsx or .xls, in a process of its own with limits on memory and time.

Whatever a hostile file does to a parser, it does it there: the caller gets the values or a refusal.
"""

import json
import signal
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from lib import refusals
from lib.kinds import is_xlsx
from lib.sheets import Merged, Row, Sheet, UnusableWorkbook, Value, Workbook

__all__ = ["Merged", "Row", "Sheet", "UnusableWorkbook", "Value", "Workbook", "read_workbook"]

CHILD = Path(__file__).with_name("reading_child.py")
TIMEOUT_SECONDS = 20  # on a machine that is busy; the child allows itself less processor time
DAYS: dict[str, type[datetime] | type[date] | type[time]] = {"datetime": datetime, "date": date, "time": time}


def read_workbook(path: Path) -> Workbook:
    """Every worksheet with its values; merged cells are filled from their top left value.

    Raises `UnusableWorkbook` with code not_a_workbook, format_unsupported, encrypted, too_large, macro_enabled,
    unsafe, or busy, which may be tried again.
    """
    is_xlsx(path)
    answer = _ask_child(path)
    if "refused" in answer:
        raise UnusableWorkbook(**answer["refused"])
    sheets = [_sheet(sheet) for sheet in answer["sheets"]]
    return Workbook(sheets, tuple(answer["extras"]), answer["date_1904"])


def _ask_child(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-I", str(CHILD), str(path.absolute())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_SECONDS, check=True)
    except subprocess.TimeoutExpired as late:
        raise refusals.busy() from late
    except subprocess.CalledProcessError as ended:
        raise _why_it_ended(ended) from ended
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise refusals.odd_structure() from error
    return answer


def _why_it_ended(ended: subprocess.CalledProcessError) -> UnusableWorkbook:
    """Killed from outside: the machine; out of its own time or memory: the size; anything else: the structure."""
    if ended.returncode == -signal.SIGKILL:
        return refusals.busy()
    if ended.returncode == -signal.SIGXCPU or ended.stderr.rstrip().endswith(b"MemoryError"):
        return refusals.too_much("内容")
    return refusals.odd_structure()


def _sheet(stated: dict[str, Any]) -> Sheet:
    rows = [Row(number, tuple(map(_value, values))) for number, values in enumerate(stated["rows"], start=1)]
    for number, columns in stated["formulas"].items():
        rows[int(number) - 1].formulas = frozenset(columns)
    merged = tuple(Merged(*each) for each in stated["merged"])
    hidden_parts = tuple(stated["hidden_rows"]), tuple(stated["hidden_columns"])
    return Sheet(stated["name"], rows, stated["hidden"], merged, *hidden_parts, stated["blank_end"])


def _value(encoded: Any) -> Value:
    if not isinstance(encoded, list):
        plain: Value = encoded
        return plain
    kind, text = encoded
    return DAYS[kind].fromisoformat(text)
