"""What all rows of a notification together say of a case, a hearing or a decision: their order must not matter."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from cases.intake.row_facts import RowFacts

JOINED = ("result_text", "note")  # words that differ from agency to agency
LONGEST = {"result_text": 500}


class MergedRows:
    """The rows by what they speak of."""

    def __init__(self, rows: Iterable[RowFacts]) -> None:
        self._cases: dict[str, dict[str, Any]] = defaultdict(dict)
        self._hearings: dict[tuple[str, date], dict[str, Any]] = defaultdict(dict)
        self._states: dict[tuple[str, date], str] = {}
        self._days: dict[str, set[date]] = defaultdict(set)
        self._decisions: dict[tuple[str, tuple[str, int]], dict[str, Any]] = defaultdict(dict)
        self._codes: dict[tuple[str, tuple[str, int]], dict[int, str]] = defaultdict(dict)
        for row in rows:
            for number in row.numbers:
                self._cases[number.key] |= row.case
                self._take(number.key, row)

    def _take(self, key: str, row: RowFacts) -> None:
        if row.kind == "schedule":
            self._days[key].add(row.day)
            _merge_hearing(self._hearings[key, row.day], row.hearing)
            return
        if row.hearing:
            self._states[key, row.day] = row.hearing["state"]
        if row.decision:
            document = (row.decision["kind"], row.decision["ordinal"])
            _merge_decision(self._decisions[key, document], row.decision)
            self._codes[key, document] |= {agency: row.outcome["code"] for agency, _ in row.agencies}

    def of_case(self, key: str) -> dict[str, Any]:
        """Fields of the case; where rows differ, as the last one says."""
        return self._cases[key]

    def of_hearing(self, key: str, day: date) -> dict[str, Any]:
        """Fields of the scheduled hearing of that day."""
        return self._hearings[key, day]

    def scheduled_days(self, key: str) -> set[date]:
        """The days on which the schedule in this file sets hearings of the case."""
        return self._days[key]

    def state_of(self, key: str, day: date) -> str | None:
        """What this file reports of a hearing of that day, if anything."""
        return self._states.get((key, day))

    def of_decision(self, key: str, document: tuple[str, int]) -> dict[str, Any]:
        """Fields of the decision, served when the last defendant was."""
        return self._decisions[key, document]

    def codes_of(self, key: str, document: tuple[str, int]) -> dict[int, str]:
        """The outcome of the document for each agency that the rows speak of."""
        return self._codes[key, document]


def _merge_hearing(known: dict[str, Any], row: dict[str, Any]) -> None:
    """One court may ask for the head of one agency and not of another: then it asks for a head."""
    asked = known.get("head_notified") or row.get("head_notified")
    known |= row
    if asked:
        known["head_notified"] = True


def _merge_decision(known: dict[str, Any], row: dict[str, Any]) -> None:
    before = dict(known)
    known |= row
    if "delivered_on" in before and "delivered_on" in row:
        known["delivered_on"] = max(before["delivered_on"], row["delivered_on"])
    for name in JOINED:
        if before.get(name) and row.get(name):
            parts = dict.fromkeys([*before[name].split("；"), row[name]])
            known[name] = "；".join(parts)[: LONGEST.get(name)]
