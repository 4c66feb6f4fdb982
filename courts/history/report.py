"""What is told of a checked ledger: counts per sheet, faults, unknown names; and which plan that is."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from cases.intake.intake import RowEffect
from courts.checking.checks import Checked
from courts.uploads.report import sheet_report, unmatched


def report_of(checked: Checked, items: Sequence[RowEffect]) -> dict[str, Any]:
    """As for a notification. A ledger begins no deadline, and nothing is missing from it."""
    names = checked.unmatched.items()
    return {
        "sheets": _sheets(checked, items),
        "issues": [found.to_json() for found in checked.issues],
        "unmatched_agencies": [unmatched(name, found, checked.rows_naming[name]) for name, found in names],
        "remarks": checked.remarks,
    }


def _sheets(checked: Checked, items: Sequence[RowEffect]) -> list[dict[str, Any]]:
    told, start = [], 0
    for sheet in checked.sheets:
        end = start + len(sheet.rows)
        counts = sheet_report(sheet, list(items[start:end]), 0)
        told.append(counts | {"creates": counts["creates"] | {"deadlines": 0}})
        start = end
    return told


def held_rows(checked: Checked) -> list[dict[str, Any]]:
    """The rows that were not taken in, each with its cells and what is wrong with them."""
    return [
        {
            "sheet": sheet.name,
            "row": row,
            "values": values,
            "issues": [
                found.to_json() for found in checked.issues if (found.sheet, found.row) == (sheet.name, row)
            ],
        }
        for sheet in checked.sheets
        for row, values in sheet.held.items()
    ]


def plan_of(digest: str, region: str, year: int, items: Sequence[RowEffect]) -> str:
    """What would be done, as one hash: of the file, the region, the year and the state it would change."""
    done = [[item.sheet, item.row, item.status, sorted(item.changes)] for item in items]
    parts = json.dumps([digest, region, year, done], ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()
