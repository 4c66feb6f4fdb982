"""What a clerk is told of a checked workbook: counts per sheet, faults, unknown names, changes, what is missing."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cases.facts import RowFacts
from cases.intake import Item
from courts.agencies import Found
from courts.checking import Checked, CheckedSheet
from courts.models import Kind, Notification, Upload


def report(upload: Upload, checked: Checked, items: list[Item]) -> dict[str, Any]:
    """Counts per sheet, issues and unknown names, the changes row by row and the rows that were there last time."""
    missing = _missing(upload, checked)
    return {
        "sheets": list(_sheets(checked, items, missing)),
        "issues": [found.to_json() for found in checked.issues],
        "unmatched_agencies": [
            _unmatched(name, found, checked.unmatched_rows[name]) for name, found in checked.unmatched.items()
        ],
        "changes": [
            {
                "sheet": item.sheet,
                "row": item.row,
                "number": facts.numbers[0].display,
                "changes": item.changes,
            }
            for item, facts in zip(items, checked.facts, strict=True)
            if item.status == "changed"
        ],
        "missing": missing,
    }


def sheet_report(sheet: CheckedSheet, items: list[Item], missing: int) -> dict[str, Any]:
    """The counts of one sheet; `items` are those of its accepted rows."""
    statuses = Counter(item.status for item in items)
    return {
        "sheet": sheet.name,
        "kind": sheet.kind,
        "header_row": sheet.header_row,
        "rows_read": sheet.rows_read,
        "accepted": len(sheet.rows),
        "held": len(sheet.held),
        "ignored": sheet.ignored,
        "added": statuses["added"],
        "changed": statuses["changed"],
        "unchanged": statuses["unchanged"],
        "missing": missing,
    }


def _sheets(checked: Checked, items: list[Item], missing: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Of several sheets of one kind the first one counts what is missing."""
    counts = Counter(row["kind"] for row in missing)
    start = 0
    for sheet in checked.sheets:
        end = start + len(sheet.rows)
        yield sheet_report(sheet, items[start:end], counts.pop(sheet.kind, 0))
        start = end


def _unmatched(name: str, found: Found, rows: list[int]) -> dict[str, Any]:
    candidates = [{"code": code, "name": full, "score": score} for code, full, score in found.candidates]
    return {"name": name, "rows": sorted(set(rows)), "candidates": candidates}


def _missing(upload: Upload, checked: Checked) -> list[dict[str, Any]]:
    """Rows of the last version for this month that this file does not have; one that is held is not missing."""
    gone = []
    for kind in dict.fromkeys(sheet.kind for sheet in checked.sheets):
        told = {key for sheet in checked.sheets if sheet.kind == kind for key in _keys(sheet)}
        for row in _rows_before(upload, kind):
            if told.isdisjoint(row.lanes()):
                numbers = "、".join(number.display for number in row.numbers)
                names = "、".join(name for _, name in row.agencies)
                gone.append(
                    {"kind": kind, "sheet": row.sheet, "row": row.row, "number": numbers, "agencies": names}
                )
    return gone


def _keys(sheet: CheckedSheet) -> set[str]:
    return sheet.held_keys.union(*(row.lanes() for row in sheet.rows))


def _rows_before(upload: Upload, kind: str) -> list[RowFacts]:
    """What the last notification of that kind told of this month."""
    last = (
        Notification.objects.filter(court=upload.court, month=upload.month, kind=Kind(kind))
        .select_related("upload")
        .order_by("-version")
        .first()
    )
    rows = last.upload.rows.get("facts", []) if last else []
    return [RowFacts.from_json(told) for told in rows if told["kind"] == kind]
