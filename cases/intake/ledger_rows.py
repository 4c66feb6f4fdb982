"""历史台账: one row tells of a case, of a hearing with who appeared, of a decision, each as far as it says so."""

from cases.intake.decision_rows import DecisionStep
from cases.intake.hearing_rows import AppearanceStep
from cases.intake.known_cases import KnownCase
from cases.intake.pending import Overruled
from cases.models import Lane


class LedgerStep(AppearanceStep, DecisionStep):
    """A row of an old ledger: it takes the steps of what it tells, with one source and one effect."""

    def take(self, known: KnownCase, lane: Lane) -> None:
        if self.row.hearing and not self._was_moved(known):
            AppearanceStep.take(self, known, lane)
        if self.row.decision:
            DecisionStep.take(self, known, lane)

    def _was_moved(self, known: KnownCase) -> bool:
        """Whether the hearing is on record under another day by now: that one stands, and the row says so."""
        day = self.row.day
        if known.hearing_on(day) is not None or day not in known.moves:
            return False
        self.item.overruled.append(Overruled("hearing.day", str(day), str(known.moves[day]), ""))
        return True
