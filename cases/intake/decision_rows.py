"""裁判: decisions, their outcome for each defendant, and what decisions of two instances do to each other."""

from datetime import date
from typing import Any

from cases.decisions.consequences import effect_below, effect_now, is_reviewed, obligation_of, owed_by
from cases.intake.known_cases import KnownCase
from cases.intake.row_step import RowStep
from cases.models import Decision, DecisionOutcome, Lane, Obligation
from rules.outcomes import Outcome, effect_rule

PERIOD = frozenset({"due_on", "period_text"})
COMPUTED = frozenset({"due_on", "estimated"})


class DecisionStep(RowStep):
    """A row of 裁判."""

    def take(self, known: KnownCase, lane: Lane) -> None:
        decision = self._decision(known)
        outcome = self._outcome(known, decision, lane)
        said = self._told_of_obligation(known, decision, lane)
        owed = obligation_of(self.law.outcomes.get(outcome.code), decision, said, self.law)
        if owed is not None:
            self._owe(known, outcome, owed)
        self._recompute_owed(known, decision, told=lane.organisation_id)
        self._pass_down(known, outcome.code, decision)
        self._pass_up(known)

    def _decision(self, known: KnownCase) -> Decision:
        key = (self.row.decision["kind"], self.row.decision["ordinal"])
        decision = known.decisions.get(key)
        stated = self.merged.of_decision(known.case.key, key)
        outcome = self.law.outcomes.get(self.row.outcome["code"])
        values = {name: value for name, value in stated.items() if name != "in_force"}
        values |= effect_now(decision, stated, self._slowest(known, key, outcome), known.case.instance)
        if effect_rule(key[0], outcome.code, known.case.instance) is not None:
            values |= self._decided_above(known, made_on=stated["decided_on"])
        if decision is None:
            decision = known.decisions[key] = Decision(case=known.case, source=self.source, **values)
            self._create(known, decision)
        else:
            self._change(known, decision, values)
        return decision

    def _slowest(self, known: KnownCase, key: tuple[str, int], outcome: Outcome) -> Outcome:
        """Of the outcomes of one document one that is open to appeal, if there is: the whole document waits for it."""
        codes = self.merged.codes_of(known.case.key, key)
        waiting = (code for code in codes if effect_rule(key[0], code, known.case.instance))
        code = next(waiting, None)
        return self.law.outcomes.get(code) if code else outcome

    def _outcome(self, known: KnownCase, decision: Decision, lane: Lane) -> DecisionOutcome:
        rule = self.law.outcomes.get(self.row.outcome["code"])
        key = (id(decision), lane.organisation_id)
        outcome = known.outcomes.get(key)
        values = self.row.outcome | {"judged": rule.judged and decision.kind == Decision.Kind.JUDGMENT}
        values |= self._lost(known, lane, outcome)
        if outcome is None:
            outcome = DecisionOutcome(decision=decision, lane=lane, source=self.source, **values)
            known.outcomes[key] = outcome
            self._create(known, outcome)
        else:
            self._change(known, outcome, values)
        return outcome

    def _lost(self, known: KnownCase, lane: Lane, before: DecisionOutcome | None) -> dict[str, Any]:
        """Whether it counts as lost: as the court says or said, else by the outcome table."""
        code = self.row.outcome["code"]
        if self.row.outcome.get("lost") is not None:
            return {"lost_basis": DecisionOutcome.LostBasis.COURT}
        if before and before.code == code and before.lost_basis != DecisionOutcome.LostBasis.TABLE:
            return {}
        result = self.law.outcomes.get(code).result
        lost = {"lost": True, "won": False}.get(result)
        if result == "inherits":
            lost = self._lost_below(known, lane.organisation_id)
        return {"lost": lost, "lost_basis": DecisionOutcome.LostBasis.TABLE}

    def _lost_below(self, known: KnownCase, agency: int) -> bool | None:
        before = self.known_cases.below(known)
        results = (
            [outcome.lost for (_, a), outcome in before.outcomes.items() if a == agency] if before else []
        )
        return results[-1] if results else None

    def _told_of_obligation(self, known: KnownCase, decision: Decision, lane: Lane) -> dict[str, Any]:
        """What the row says, with what was told before where it is silent; a new period replaces the old one whole."""
        obligation = known.obligations.get((id(decision), lane.organisation_id))
        before = owed_by(obligation) if obligation else {}
        if PERIOD & self.row.obligation.keys():
            before = {name: value for name, value in before.items() if name not in PERIOD}
        return before | self.row.obligation

    def _owe(self, known: KnownCase, outcome: DecisionOutcome, owed: dict[str, Any]) -> None:
        key = (id(outcome.decision), outcome.lane.organisation_id)
        obligation = known.obligations.get(key)
        if obligation is None:
            obligation = Obligation(outcome=outcome, lane=outcome.lane, source=self.source, **owed)
            known.obligations[key] = obligation
            self._create(known, obligation)
        else:
            void = outcome.decision.effect == Decision.Effect.REVERSED
            # A day that was computed does not outlive what it was computed from.
            news = {k: v for k, v in owed.items() if void or k in COMPUTED or v not in ("", None)}
            if obligation.ruled and not void:
                news.pop("certainty", None)
            self._change(known, obligation, news)

    # What decisions do to each other

    def _decided_above(self, known: KnownCase, *, made_on: date) -> dict[str, Any]:
        """What a later instance already made of a decision of this case; nothing if there is none."""
        for later in self.known_cases.above(known):
            for decision in later.decisions.values():
                for code in later.codes_of(decision):
                    if (values := effect_below(code, decision, made_on=made_on)) is not None:
                        return values
        return {}

    def _pass_down(self, known: KnownCase, code: str, decision: Decision) -> None:
        """What a second-instance decision does to the first-instance one, its obligations included."""
        below = self.known_cases.below(known)
        if below is None:
            return
        for reviewed in below.decisions.values():
            values = effect_below(code, decision, made_on=reviewed.decided_on)
            if values and is_reviewed(reviewed.kind, below.codes_of(reviewed), below.case.instance):
                self._change(below, reviewed, values)
                self._recompute_owed(below, reviewed)

    def _recompute_owed(self, known: KnownCase, decision: Decision, *, told: int | None = None) -> None:
        """What its defendants owe, whose rows may stand elsewhere; that of the one just told is known."""
        for (of, agency), obligation in known.obligations.items():
            if of == id(decision) and agency != told:
                outcome = known.outcomes[of, agency]
                rule = self.law.outcomes.get(outcome.code)
                owed = obligation_of(rule, decision, owed_by(obligation), self.law)
                if owed is not None:
                    self._owe(known, outcome, owed)

    def _pass_up(self, known: KnownCase) -> None:
        """Later outcomes that share the fate of this one are lost or won with it."""
        for later in self.known_cases.above(known):
            for (_, agency), outcome in later.outcomes.items():
                inherits = self.law.outcomes.get(outcome.code).result == "inherits"
                if inherits and outcome.lost_basis == DecisionOutcome.LostBasis.TABLE:
                    self._change(later, outcome, {"lost": self._lost_below(later, agency)})
