"""Second-instance decisions beside the first-instance ones they review."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from cases.decisions.consequences import LEAVES_STANDING, TAKES_AWAY, is_reviewed
from cases.intake.known_cases import chunks
from cases.intake.row_facts import RowFacts
from cases.models import Case, Decision

REVIEWS = LEAVES_STANDING | TAKES_AWAY


@dataclass(slots=True)
class _Document:
    """What is known of one document of a case, from the record and the rows together."""

    decided_on: date
    codes: set[str] = field(default_factory=set)


Documents = dict[tuple[str, int], _Document]  # of a case, by kind and ordinal


def days_reviewed(judgments: Iterable[RowFacts]) -> dict[int, date]:
    """By id of each row that reviews a decision made only later: the day of that decision.

    A row is in order where at least one decision open to appeal was made by its day.
    """
    rows = list(judgments)
    origins = _origins([row for row in rows if row.outcome["code"] in REVIEWS])
    known = _documents(set(origins.values()), rows)
    found: dict[int, date] = {}
    for row in rows:
        days = [
            document.decided_on
            for (kind, _), document in known.get(origins.get(id(row), ""), {}).items()
            if is_reviewed(kind, document.codes, Case.Instance.FIRST)
        ]
        if days and row.decision["decided_on"] < min(days):
            found[id(row)] = min(days)
    return found


def _origins(rows: list[RowFacts]) -> dict[int, str]:
    """The 关联案号 of rows by their id: as the row says, else as the record knows."""
    keys = sorted({row.numbers[0].key for row in rows if not row.case.get("origin_number")})
    recorded: dict[str, str] = {}
    for some in chunks(keys):
        recorded.update(Case.objects.filter(key__in=some).values_list("key", "origin_number"))
    origins = {id(row): row.case.get("origin_number") or recorded.get(row.numbers[0].key, "") for row in rows}
    return {at: number for at, number in origins.items() if number}


def _documents(numbers: set[str], rows: list[RowFacts]) -> dict[str, Documents]:
    """The documents of first-instance cases by 案号; what the rows say of one replaces what the record knows."""
    known = _on_record(numbers)
    for row in rows:
        of = row.decision["kind"], row.decision["ordinal"]
        for case in row.numbers:
            if case.display in numbers and case.instance == Case.Instance.FIRST:
                document = known[case.display].setdefault(of, _Document(row.decision["decided_on"]))
                document.decided_on = row.decision["decided_on"]
                document.codes.add(row.outcome["code"])
    return known


def _on_record(numbers: set[str]) -> dict[str, Documents]:
    known: dict[str, Documents] = defaultdict(dict)
    for some in chunks(sorted(numbers)):
        first = Case.objects.standing().filter(number__in=some, instance=Case.Instance.FIRST)
        decisions = Decision.objects.filter(case__in=first)
        recorded = decisions.values_list("case__number", "kind", "ordinal", "decided_on", "outcomes__code")
        for number, kind, ordinal, day, code in recorded:
            known[number].setdefault((kind, ordinal), _Document(day)).codes.add(code or "")
    return known
