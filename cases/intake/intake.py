"""Taking the rows of a notification into the record.

The same code plans and confirms: `take` changes objects in memory and tells what each row does; only
`write` saves them. So a plan cannot promise anything else than what a confirmation does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.deadlines.facts import Touched
from cases.intake.decision_rows import DecisionStep
from cases.intake.hearing_rows import AppearanceStep, ScheduleStep
from cases.intake.known_cases import KnownCases
from cases.intake.merged_rows import MergedRows
from cases.intake.pending import ADDED, CHANGED, UNCHANGED, PendingChanges, RowEffect
from cases.intake.row_facts import RowFacts
from cases.intake.row_step import RowStep
from cases.law import Law
from organisations.authors import Author
from organisations.models import Organisation, StoredFile

__all__ = ["ADDED", "CHANGED", "UNCHANGED", "Intake", "Origin", "RowEffect"]

STEPS: dict[str, type[RowStep]] = {
    "schedule": ScheduleStep,
    "appearances": AppearanceStep,
    "judgments": DecisionStep,
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows come from."""

    court: Organisation
    author: Author
    file: StoredFile | None
    file_name: str
    reference: str
    # Rows (sheet, row) whose changes mend what was entered wrongly before: no event happened.
    corrected: frozenset[tuple[str, int]] = frozenset()


class Intake:
    """One notification on its way into the record."""

    def __init__(self, rows: Iterable[RowFacts], origin: Origin, law: Law, *, lock: bool = False) -> None:
        """With `lock` the lanes of all cases concerned are held first: who is going to write does that."""
        self.rows, self.origin, self.law = list(rows), origin, law
        named = [row.case["origin_key"] for row in self.rows if row.case.get("origin_key")]
        numbers = {number.key: number.display for row in self.rows for number in row.numbers}
        self.known_cases = KnownCases(origin.court.pk, numbers, named, lock=lock)
        self.merged = MergedRows(self.rows)
        self.pending = PendingChanges(self.known_cases, origin.author)

    def take(self) -> list[RowEffect]:
        """What each row does, in order; nothing is saved yet."""
        return [self._take(row) for row in self.rows]

    def write(self) -> Touched:
        """Save everything; returns the lanes concerned."""
        return self.pending.write()

    def _take(self, row: RowFacts) -> RowEffect:
        step = STEPS[row.kind](self, row)
        for number in row.numbers:
            known = step.case(number)
            for agency, name in row.agencies:
                lane = step.lane(known, agency, name)
                step.take(known, lane)
        if step.item.settle():
            self.pending.add(step.source)
        return step.item
