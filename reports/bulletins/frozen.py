"""The figures of a bulletin as they were frozen, opened case by case."""

from typing import Any

from reports.bulletins.opening import EXCLUDED, NUMERATOR, REST
from reports.figures.measures import MEASURES
from reports.figures.printing import INCOMPLETE
from reports.figures.statements import CASE_AND_AGENCY

Snapshot = dict[str, Any]


def frozen_measures(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Every measure with its printed value, in the order of the bulletin."""
    return [{**row, "value": _value(row)} for row in snapshot["figures"]["measures"]]


def _value(row: dict[str, Any]) -> str:
    """As the paper prints it: a rate with its parts, why there is none, or a count in its unit."""
    what = MEASURES.get(row["key"])
    if what is None or not what.is_rate:
        return f"{row['numerator']} {what.counter if what else '件'}"
    if not row["denominator"]:
        return f"—（{what.empty_text}）"
    parts = f"（{row['numerator']}/{row['denominator']}）"
    is_good_for_want_of_data = not row.get("complete", True) and row["numerator"] == row["denominator"]
    if row["rate"] is None or is_good_for_want_of_data:
        return f"{INCOMPLETE}{parts}"
    return f"{row['rate']}%{parts}"


def frozen_measure(snapshot: Snapshot, key: str, unit: str = "") -> dict[str, Any] | None:
    """One of them by its key: of the whole region, or of the unit or month whose code is given; None where none is."""
    rows: list[dict[str, Any]] = snapshot["figures"]["measures"]
    whole = next((row for row in rows if row["key"] == key), None)
    if whole is None or (unit and not opens(snapshot, key, unit)):
        return None
    row = whole | snapshot["slices"][unit][key] if unit else whole
    return row | {"value": _value(row)}


def opens(snapshot: Snapshot, key: str, unit: str) -> bool:
    """Whether a figure was frozen for a unit: those drafted before there were any open as a whole alone."""
    return not unit or key in snapshot.get("slices", {}).get(unit, {})


def frozen_score(snapshot: Snapshot, code: str) -> dict[str, Any] | None:
    """The score sheet of a unit as it was frozen, each item with the lines that cost points; None where none is."""
    groups = (snapshot["ranking"] or {}).get("groups", [])
    rows: list[dict[str, Any]] = [row for group in groups for row in group["rows"]]
    row = next((row for row in rows if row["code"] == code), None)
    if row is None:
        return None
    items = [
        item | {"lines": [line for line in row["ledger"] if line["item"] == item["key"]]}
        for item in row["items"]
    ]
    return row | {"items": items}


def frozen_lists(row: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """What a frozen measure is made of, by list: each id with the reason why it is left out."""
    counted = set(row["numerator_ids"])
    rest = [key for key in row["denominator_ids"] if key not in counted]
    return {
        REST: [(key, "") for key in rest],
        NUMERATOR: [(key, "") for key in row["numerator_ids"]],
        EXCLUDED: [(left["id"], left["reason"]) for left in row["excluded"]],
    }


def number_of(key: str) -> str:
    """The 案号 in an id: it stands alone, or before the agency."""
    case = key.partition(CASE_AND_AGENCY)[0]
    return case.partition("等 ")[0].partition("（来文")[0].strip()
