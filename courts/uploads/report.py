"""What a clerk is told of a checked workbook: counts per sheet, faults, unknown names, changes, what is missing."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cases.intake.intake import ADDED, RowEffect
from cases.intake.row_facts import RowFacts
from courts.checking.agencies import Found
from courts.checking.checks import Checked, CheckedSheet
from courts.models import Kind, Notification, Upload
from courts.sheets.passed_over import IgnoredRow

MOST_BLANK = MOST_NAMED = 200  # that are listed
MOST_TELLING = 2000  # of the rows that were passed over though something stands in them


def report(upload: Upload, checked: Checked, items: list[RowEffect]) -> dict[str, Any]:
    """Counts per sheet, issues and unknown names, the changes row by row and the rows that were there last time."""
    missing = _missing(upload, checked)
    return {
        "sheets": list(_sheets(checked, items, missing)),
        "issues": [found.to_json() for found in checked.issues],
        "notices": [found.to_json() for found in checked.notices],
        "unmatched_agencies": [
            unmatched(name, found, checked.rows_naming[name]) for name, found in checked.unmatched.items()
        ],
        "ambiguous_agencies": [
            {"name": name, "rows": sorted(set(checked.rows_naming[name])), "candidates": list(found.several)}
            for name, found in checked.ambiguous.items()
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
        "new_defendants": [pair for item in items for pair in item.defendants][:MOST_NAMED],
        "missing": missing,
        "suspected": suspected(checked, items, missing),
        "remarks": checked.remarks,
        "questions": checked.questions,
        "replaces": _replaces(upload, checked),
    }


def plan_hash(upload: Upload, items: list[RowEffect]) -> str:
    """What would be done, as one hash: of the file, the court, the month and the state it would change.

    What people told of the file (its columns, corrected cells) counts as part of it.
    """
    # Sorted, since PostgreSQL gives the stored rows back with their fields in another order.
    done = [[i.sheet, i.row, i.status, sorted(i.changes)] for i in items]
    digest = upload.file.digest if upload.file else ""
    parts: list[Any] = [digest, upload.court_id, upload.month.isoformat(), done]
    if upload.affirmed:
        parts.append([[each["sheet"], each["row"], each["code"]] for each in upload.affirmed])
    if upload.corrections or upload.layout:
        cells = [[c["sheet"], c["row"], c["column"], c["new"]] for c in upload.corrections]
        parts += [cells, sorted(upload.layout.items())]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def suspected(
    checked: Checked, items: list[RowEffect], missing: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """疑似重复: a new case and one that was there last time, alike but for their numbers: one may be a misprint."""
    gone = {(row["kind"], row["agencies"], row["day"]): row for row in missing}
    return [
        {"sheet": facts.sheet, "row": facts.row, "number": facts.numbers[0].display, "other": other["number"]}
        for item, facts in zip(items, checked.facts, strict=True)
        if item.status == ADDED and (other := gone.get((facts.kind, _agencies(facts), facts.day.isoformat())))
    ]


def _replaces(upload: Upload, checked: Checked) -> bool:
    """Whether this becomes a new version of what was told before: then the clerk says why."""
    kinds = {sheet.kind for sheet in checked.sheets}
    same = Notification.objects.filter(court=upload.court, month=upload.month, kind__in=kinds)
    return not upload.is_addition and same.exists()


def _agencies(row: RowFacts) -> str:
    return "、".join(name for _, name in row.agencies)


def sheet_report(sheet: CheckedSheet, items: list[RowEffect], missing: int) -> dict[str, Any]:
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
        "ignored_rows": _ignored(sheet.passed_over),
        "added": statuses["added"],
        "changed": statuses["changed"],
        "unchanged": statuses["unchanged"],
        "missing": missing,
        "creates": {
            "cases": sum(item.cases for item in items),
            "defendants": sum(len(item.defendants) for item in items),
            "deadlines": None,  # is told by the effects, which take the record to compute
        },
    }


def _ignored(rows: list[IgnoredRow]) -> list[dict[str, Any]]:
    """Rows passed over, in their order: those that say something, and some of those that say nothing at all."""
    blank = [row for row in rows if row.why == "blank"][:MOST_BLANK]
    telling = [row for row in rows if row.why != "blank"][:MOST_TELLING]
    return [row.to_json() for row in sorted([*blank, *telling], key=lambda row: row.row)]


def _sheets(
    checked: Checked, items: list[RowEffect], missing: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Of several sheets of one kind the first one counts what is missing."""
    counts = Counter(row["kind"] for row in missing)
    start = 0
    for sheet in checked.sheets:
        end = start + len(sheet.rows)
        yield sheet_report(sheet, items[start:end], counts.pop(sheet.kind, 0))
        start = end


def unmatched(name: str, found: Found, rows: list[int]) -> dict[str, Any]:
    """A name that means no agency, the rows it stands in, and the agencies it is like."""
    candidates = [{"code": code, "name": full, "score": score} for code, full, score in found.candidates]
    return {"name": name, "rows": sorted(set(rows)), "candidates": candidates}


def _missing(upload: Upload, checked: Checked) -> list[dict[str, Any]]:
    """Rows of the last version for this month that this file does not have; one that is held is not missing."""
    if upload.is_addition:
        return []
    gone: list[tuple[str, RowFacts]] = []
    for kind in dict.fromkeys(sheet.kind for sheet in checked.sheets):
        keys = {key for sheet in checked.sheets if sheet.kind == kind for key in _keys(sheet)}
        gone += [(kind, row) for row in rows_before(upload, kind) if keys.isdisjoint(row.lanes())]
    heard = {each for row in checked.facts if row.kind == Kind.SCHEDULE for each in _hearings(row)}
    return [_gone(kind, row, heard) for kind, row in gone]


def _gone(kind: str, row: RowFacts, heard: set[tuple[str, str]]) -> dict[str, Any]:
    """A row that is not there; of a schedule with the hearings (case, day) that no other row of the file sets."""
    hearings = [each for each in _hearings(row) if each not in heard] if kind == Kind.SCHEDULE else []
    return {
        "hearings": [list(each) for each in hearings],
        "kind": kind,
        "sheet": row.sheet,
        "row": row.row,
        "number": "、".join(number.display for number in row.numbers),
        "agencies": _agencies(row),
        "day": row.day.isoformat(),
    }


def _hearings(row: RowFacts) -> list[tuple[str, str]]:
    return [(number.key, row.day.isoformat()) for number in row.numbers]


def _keys(sheet: CheckedSheet) -> set[str]:
    return sheet.held_keys.union(*(row.lanes() for row in sheet.rows))


def said_before(upload: Upload) -> tuple[RowFacts, ...]:
    """What the last version of this notification said, of every kind."""
    return tuple(row for kind in Kind.values for row in rows_before(upload, kind))


def rows_before(upload: Upload, kind: str) -> list[RowFacts]:
    """What was told of this month: by the last full version, and by the additions since, in this order."""
    notifications = Notification.objects.filter(court=upload.court, month=upload.month, kind=Kind(kind))
    versions: list[list[RowFacts]] = []
    # The rows of an upload are large: only those of the versions that count are asked for.
    lean = notifications.select_related("upload").defer("upload__rows", "upload__report")
    for notification in lean.order_by("-version"):
        facts = notification.upload.rows.get("facts", [])
        versions.append([RowFacts.from_json(each) for each in facts if each["kind"] == kind])
        if not notification.upload.is_addition:
            break
    return [row for version in reversed(versions) for row in version]
