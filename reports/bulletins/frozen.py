"""The figures of a bulletin as they were frozen, opened case by case."""

from typing import Any

from reports.figures.printing import INCOMPLETE

Snapshot = dict[str, Any]
CASE_AND_AGENCY = " · "


def frozen_measures(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Every measure with its printed value, in the order of the bulletin."""
    return [{**row, "value": _value(row)} for row in snapshot["figures"]["measures"]]


def _value(row: dict[str, Any]) -> str:
    """As the paper prints it: a rate with its parts, or a count."""
    if "rate" not in row or row["rate"] is None:
        return str(row["numerator"])
    parts = f"（{row['numerator']}/{row['denominator']}）"
    is_good_for_want_of_data = not row.get("complete", True) and row["numerator"] == row["denominator"]
    return f"{INCOMPLETE if is_good_for_want_of_data else row['rate'] + '%'}{parts}"


def frozen_measure(snapshot: Snapshot, key: str) -> dict[str, Any] | None:
    """One of them, by its key."""
    return next((row for row in frozen_measures(snapshot) if row["key"] == key), None)


def frozen_lists(row: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a frozen measure is made of: heading, and each id with the reason why it is left out."""
    counted = set(row["numerator_ids"])
    rest = [key for key in row["denominator_ids"] if key not in counted]
    return [
        ("未计入分子", [(key, "") for key in rest]),
        ("计入分子", [(key, "") for key in row["numerator_ids"]]),
        ("不计入（有原因）", [(left["id"], left["reason"]) for left in row["excluded"]]),
    ]


def number_of(key: str) -> str:
    """The 案号 in an id: it stands alone, or before the agency."""
    return key.partition(CASE_AND_AGENCY)[0].partition("等 ")[0].strip()
