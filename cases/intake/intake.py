"""Taking the rows of a notification into the record.

The same code plans and confirms: `take` changes objects in memory and tells what each row does; only
`write` saves them. So a plan cannot promise anything else than what a confirmation does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.deadlines.facts import Touched
from cases.intake.decision_rows import DecisionStep
from cases.intake.hearing_rows import AppearanceStep, ScheduleStep
from cases.intake.known_cases import KnownCases
from cases.intake.ledger_rows import LedgerStep
from cases.intake.merged_rows import MergedRows
from cases.intake.pending import ADDED, CHANGED, UNCHANGED, PendingChanges, RowEffect
from cases.intake.row_facts import RowFacts
from cases.intake.row_step import RowStep
from cases.law import Law
from cases.models import MandatedEntry, Source
from organisations.authors import Author
from organisations.models import Organisation, StoredFile

__all__ = ["ADDED", "CHANGED", "UNCHANGED", "Intake", "Origin", "RowEffect"]

STEPS: dict[str, type[RowStep]] = {
    "schedule": ScheduleStep,
    "appearances": AppearanceStep,
    "judgments": DecisionStep,
    "ledger": LedgerStep,
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows come from."""

    court: Organisation
    author: Author
    file: StoredFile | None
    file_name: str
    reference: str
    month: date | None  # of which the notification tells; an old ledger tells of none
    # Rows (sheet, row) whose changes mend what was entered wrongly before: no event happened.
    corrected: frozenset[tuple[str, int]] = frozenset()
    # Rows (sheet, row) that hold although a notification of a later month said otherwise.
    affirmed: frozenset[tuple[str, int]] = frozenset()
    # What this very notification said in its last version: to say it again is no news.
    said_before: tuple[RowFacts, ...] = ()
    is_addition: bool = False  # to that version, which goes on being true as a whole
    entry: MandatedEntry | None = None  # 代录: an office uploaded for the court
    kind: str = Source.Kind.COURT  # HISTORY for an old ledger, which tells facts and starts nothing

    @property
    def month_key(self) -> str:
        """The month as 2026-04; nothing where it tells of none."""
        return f"{self.month:%Y-%m}" if self.month else ""


class Intake:
    """One notification on its way into the record."""

    def __init__(self, rows: Iterable[RowFacts], origin: Origin, law: Law, *, lock: bool = False) -> None:
        """With `lock` the lanes of all cases concerned are held first: who is going to write does that."""
        self.rows, self.origin, self.law = list(rows), origin, law
        named = [row.case["origin_key"] for row in self.rows if row.case.get("origin_key")]
        numbers = {number.key: number.display for row in self.rows for number in row.numbers}
        self.known_cases = KnownCases(origin.court.pk, numbers, named, lock=lock)
        self.merged = MergedRows([*self._kept(), *self.rows])
        self.before = MergedRows(origin.said_before)
        self._rows_before = {_about(row, key): row for row in origin.said_before for key in row.lanes()}
        self.pending = PendingChanges(self.known_cases, origin.author)

    def take(self) -> list[RowEffect]:
        """What each row does, in order; nothing is saved yet."""
        return [self._take(row) for row in self.rows]

    def write(self) -> Touched:
        """Save everything; returns the lanes concerned."""
        return self.pending.write()

    def _kept(self) -> list[RowFacts]:
        """Of the version that this one adds to, what it does not tell anew."""
        if not self.origin.is_addition:
            return []
        anew = {_about(row, key) for row in self.rows for key in row.lanes()}
        before = self.origin.said_before
        return [row for row in before if anew.isdisjoint(_about(row, key) for key in row.lanes())]

    def before_of(self, row: RowFacts, key: str) -> RowFacts | None:
        """What the last version said of the same, by one of the keys that the row speaks for."""
        return self._rows_before.get(_about(row, key))

    def _take(self, row: RowFacts) -> RowEffect:
        step = STEPS[row.kind](self, row)
        if not self._is_no_news(row, step):
            for number in row.numbers:
                known = step.case(number)
                for agency, name in row.agencies:
                    step.take(known, step.lane(known, agency, name))
        if step.item.settle():
            self.pending.add(step.source)
        return step.item

    def _is_no_news(self, row: RowFacts, step: RowStep) -> bool:
        """Whether the last version said exactly this: what was told otherwise since then stands."""
        before = [self.before_of(row, key) for key in row.lanes()]
        said_again = all(one is not None and one.says() == row.says() for one in before)
        return bool(before) and said_again and not step.holds_on


def _about(row: RowFacts, key: str) -> str:
    """Of a schedule with the day: another hearing day is another hearing."""
    day = f"|{row.day}" if row.kind == "schedule" else ""
    return f"{row.kind}|{key}{day}"
