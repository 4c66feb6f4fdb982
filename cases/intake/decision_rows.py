"""裁判: decisions, their outcome for each defendant, and what decisions of two instances do to each other."""

from datetime import date
from typing import Any

from cases.decisions.consequences import effect_below, effect_now, is_reviewed, obligation_of
from cases.intake.known_cases import KnownCase
from cases.intake.row_facts import RowFacts
from cases.intake.row_step import RowStep
from cases.models import Decision, DecisionOutcome, Lane, Obligation, Source
from rules.outcomes import Outcome, effect_rule

LostBasis = DecisionOutcome.LostBasis
SAID_BY: dict[str, str] = {Source.Kind.COURT: LostBasis.COURT, Source.Kind.HISTORY: LostBasis.HISTORY}
NO_PERIOD: dict[str, Any] = {"named_on": None, "period_text": ""}


class DecisionStep(RowStep):
    """A row of 裁判."""

    def take(self, known: KnownCase, lane: Lane) -> None:
        self.said_before = self.before_of(self.row, _lane_key(self.row, known, lane))
        decision = self._decision(known)
        outcome = self._outcome(known, decision, lane)
        self._owe(known, outcome)
        self._pass_down(known, outcome.code, decision)
        self._pass_up(known)

    def _decision(self, known: KnownCase) -> Decision:
        key = (self.row.decision["kind"], self.row.decision["ordinal"])
        decision, stated = known.decisions.get(key), self.merged.of_decision(known.case.key, key)
        served, appealed = (decision.delivered_on, decision.appealed) if decision else (None, None)
        if decision is None:
            decision = known.decisions[key] = Decision(case=known.case, source=self.source, **stated)
            self._create(known, decision)
        else:
            before = self.before.of_decision(known.case.key, key)
            self._tell(known, decision, _told(stated), before)
            if decision.appealed and not appealed:
                self._take_back_effect(known, decision, stated)
        self._compute(
            known, decision, self._effect(known, decision, served_anew=decision.delivered_on != served)
        )
        return decision

    def _take_back_effect(self, known: KnownCase, decision: Decision, stated: dict[str, Any]) -> None:
        """Who tells of an appeal takes back what was said of the effect before."""
        silent = [name for name in ("in_force", "in_force_on") if name not in stated]
        self._compute(known, decision, dict.fromkeys(silent))

    def _effect(self, known: KnownCase, decision: Decision, *, served_anew: bool) -> dict[str, Any]:
        outcome = self._slowest(known, decision)
        values = effect_now(decision, outcome, known.case.instance, served_anew=served_anew)
        if effect_rule(decision.kind, outcome.code, known.case.instance) is not None:
            values |= self._decided_above(known, made_on=decision.decided_on)
        return values

    def _slowest(self, known: KnownCase, decision: Decision) -> Outcome:
        """Of the outcomes of one document one that is open to appeal, if there is: the whole document waits for it."""
        told = self.merged.codes_of(known.case.key, (decision.kind, decision.ordinal))
        codes = known.codes_by_agency(decision) | told
        waiting = (code for code in codes.values() if effect_rule(decision.kind, code, known.case.instance))
        return self.law.outcomes.get(next(waiting, next(iter(codes.values()), self.row.outcome["code"])))

    def _outcome(self, known: KnownCase, decision: Decision, lane: Lane) -> DecisionOutcome:
        rule = self.law.outcomes.get(self.row.outcome["code"])
        key = (id(decision), lane.organisation_id)
        outcome, said = known.outcomes.get(key), self.row.outcome
        follows = {"judged": rule.judged and decision.kind == Decision.Kind.JUDGMENT}
        follows |= self._lost(known, lane, outcome)
        if outcome is None:
            outcome = DecisionOutcome(decision=decision, lane=lane, source=self.source, **(said | follows))
            known.outcomes[key] = outcome
            self._create(known, outcome)
            return outcome
        self._tell(known, outcome, said, self.said_before.outcome if self.said_before else None, whole=True)
        if outcome.code == rule.code:
            self._compute(known, outcome, follows)
        return outcome

    def _lost(self, known: KnownCase, lane: Lane, before: DecisionOutcome | None) -> dict[str, Any]:
        """Whether it counts as lost: as the court says or said, else by the outcome table."""
        code = self.row.outcome["code"]
        if self.row.outcome.get("lost") is not None:
            return {"lost_basis": SAID_BY[self.origin.kind]}
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

    def _owe(self, known: KnownCase, outcome: DecisionOutcome) -> None:
        """What the row says is to be performed; a new period replaces the old one whole."""
        key, said = (id(outcome.decision), outcome.lane.organisation_id), self.row.obligation
        if NO_PERIOD.keys() & said.keys():
            said = NO_PERIOD | said
        obligation, rule = known.obligations.get(key), self.law.outcomes.get(outcome.code)
        owed = obligation_of(rule, content=said.get("content") or (obligation.content if obligation else ""))
        if obligation is not None:
            self._change_owed(known, obligation, said, owed or {})
        elif owed is not None:
            obligation = Obligation(outcome=outcome, lane=outcome.lane, source=self.source, **(owed | said))
            known.obligations[key] = obligation
            self._create(known, obligation)

    def _change_owed(
        self, known: KnownCase, obligation: Obligation, said: dict[str, Any], follows: dict[str, Any]
    ) -> None:
        """What a person of the office decided stands."""
        if obligation.ruled:
            follows = {name: value for name, value in follows.items() if name != "certainty"}
        if obligation.is_period_ruled:
            said = {name: value for name, value in said.items() if name not in NO_PERIOD}
        self._tell(known, obligation, said, self._owed_before())
        self._compute(known, obligation, follows)

    def _owed_before(self) -> dict[str, Any] | None:
        said = self.said_before.obligation if self.said_before else {}
        return NO_PERIOD | said if NO_PERIOD.keys() & said.keys() else said

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
        """What a second-instance decision does to the first-instance one."""
        below = self.known_cases.below(known)
        if below is None:
            return
        for reviewed in below.decisions.values():
            if is_reviewed(reviewed.kind, below.codes_of(reviewed), below.case.instance):
                values = effect_below(code, decision, made_on=reviewed.decided_on)
                if values is None and reviewed.effect == Decision.Effect.REVERSED:
                    values = self._effect(below, reviewed, served_anew=True)
                self._compute(below, reviewed, values or {})

    def _pass_up(self, known: KnownCase) -> None:
        """Later outcomes that share the fate of this one are lost or won with it."""
        for later in self.known_cases.above(known):
            for (_, agency), outcome in later.outcomes.items():
                inherits = self.law.outcomes.get(outcome.code).result == "inherits"
                if inherits and outcome.lost_basis == DecisionOutcome.LostBasis.TABLE:
                    self._compute(later, outcome, {"lost": self._lost_below(later, agency)})


def _told(stated: dict[str, Any]) -> dict[str, Any]:
    """What is told of a decision beside what tells it from others."""
    return {name: value for name, value in stated.items() if name not in ("kind", "ordinal")}


def _lane_key(row: RowFacts, known: KnownCase, lane: Lane) -> str:
    return f"{known.case.key}|{lane.organisation_id}|{row.decision['kind']}{row.decision['ordinal']}"
