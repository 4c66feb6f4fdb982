"""Reading .xls, and .et in the same container, through calamine in a process of its own."""

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from lib import refusals
from lib.sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    Merged,
    Row,
    Sheet,
    UnusableWorkbook,
    Value,
    Workbook,
    drop_blank_end,
    fill_merged,
    plain_duration,
    trimmed,
)

OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
DIRECTORY_ENTRY_BYTES = 128  # entries of an OLE directory are aligned to their own size
GLOBALS_START = bytes.fromhex("0908100000060500")  # BOF record of BIFF 8, substream "globals"
GLOBALS_START_BYTES = 20
FILEPASS = bytes.fromhex("2F00")
CHILD = Path(__file__).with_name("xls_child.py")
TIMEOUT_SECONDS = 9


def read_xls(path: Path) -> Workbook:
    """Every worksheet with its values, formulas as last calculated; raises `UnusableWorkbook`.

    Which cells hold formulas is not known here: calamine gives their results only.
    """
    check_container(path.read_bytes())
    answer = _ask_child(path)
    if "refused" in answer:
        raise _refusal(answer)
    return Workbook([_sheet(*sheet) for sheet in answer["sheets"]])


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


def _ask_child(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-I", str(CHILD), str(path.absolute()), str(MAX_ROWS), str(MAX_COLUMNS)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_SECONDS, check=True)
    except subprocess.SubprocessError as error:
        raise refusals.odd_structure() from error
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _refusal(answer: dict[str, Any]) -> UnusableWorkbook:
    match answer["refused"]:
        case "too_many_rows":
            return refusals.too_many_rows()
        case "far_cell":
            return refusals.far_cell(answer["sheet"], "远处")
        case _:
            return refusals.damaged()


def _sheet(name: str, hidden: bool, rows: list[list[Any]], ranges: list[list[list[int]]]) -> Sheet:
    read = [Row(number, trimmed(tuple(map(_value, values)))) for number, values in enumerate(rows, start=1)]
    merged = tuple(Merged(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
    kept = tuple(each for each in merged if each.last_row <= MAX_ROWS and each.last_column < MAX_COLUMNS)
    fill_merged(read, kept)
    drop_blank_end(read)
    return Sheet(name, read, hidden=hidden, merged=kept)


def _value(encoded: Any) -> Value:
    if not isinstance(encoded, list):
        plain: Value = encoded
        return plain
    kind, text = encoded
    if kind == "timedelta":
        return plain_duration(timedelta(days=text))
    kinds: dict[str, type[datetime] | type[date] | type[time]] = {
        "datetime": datetime,
        "date": date,
        "time": time,
    }
    return kinds[kind].fromisoformat(text)
