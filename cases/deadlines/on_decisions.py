"""What decisions start: filing, appeal, confirmation of effect, report on a loss, performance."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cases.deadlines.clock import Clock, settled
from cases.deadlines.facts import LaneFacts
from cases.deadlines.obligations import PERFORMABLE, RULE, PerformanceDay, performance_day
from cases.deadlines.telling import (
    Fact,
    Telling,
    clock_of,
    late_notice,
    latest,
    met_by,
    stated_day,
    told_effect,
    told_of,
)
from cases.law import Law
from cases.models import Decision, DecisionOutcome, Obligation, Paper
from rules.outcomes import effect_rule

Kind = Paper.Kind
# Decisions that do not end an instance need no filing (docs/rules.md).
NOT_DISPOSITIVE = frozenset({"R-TRANSFER", "R-SUSPEND", "R-STAY", "R-ADVANCE", "R-JURISDICTION"})
IN_EFFECT = frozenset({"presumed", "confirmed"})
FINAL_ONLY = "final_only"
PERFORMED = frozenset(
    {
        Obligation.State.DONE,
        Obligation.State.DONE_LATE,
        Obligation.State.ENFORCED,
        Obligation.State.SETTLED,
        Obligation.State.NONE,
    }
)


def on_decisions(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    for outcome in lane.outcomes:
        if outcome.code not in NOT_DISPOSITIVE:
            yield from _filing(lane, outcome, law)
            yield from _confirming(lane, outcome, law)
            yield from _lost_report(lane, outcome, law)


def _filing(lane: LaneFacts, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    """备案 and the appeal period, both from service, by the court's word before the agency's."""
    decision, subject = outcome.decision, f"decision:{outcome.decision_id}"
    received = decision.delivered_on or stated_day(lane, Kind.JUDGMENT_FILING, "received_on", subject)
    if received is None or _is_served_in_history(outcome):
        return
    told = told_of(lane, decision, "delivered_on") if decision.delivered_on else None
    told = latest(told, told_of(lane, outcome, "code"))
    proof = "法院通报送达日期" if decision.delivered_on else "机关填报收到日期"
    served = Fact(subject, received, proof, told)
    appeal = effect_rule(decision.kind, outcome.code, lane.instance)
    met = met_by(lane, Kind.JUDGMENT_FILING, subject)
    if fact := _filing_starts(lane, served, outcome, appeal, law):
        yield from clock_of(lane, law, "judgment_filing", fact, **met)
    if appeal:
        yield from _appealing(lane, outcome, appeal, served, law)


def _is_served_in_history(outcome: DecisionOutcome) -> bool:
    """Whether the document, its service (as far as it is told) and its outcome are known from old ledgers."""
    decision = outcome.decision
    told = "delivered_on" if decision.delivered_on else "decided_on"
    return decision.is_history(told) and outcome.is_history("code")


def _has_effect_in_history(outcome: DecisionOutcome) -> bool:
    """Whether the effect and the outcome are known from old ledgers: what they start was due long ago."""
    names = ("code", "lost")
    return outcome.decision.is_history("effective_on") and all(map(outcome.is_history, names))


def _appealing(
    lane: LaneFacts, outcome: DecisionOutcome, rule: str, served: Fact, law: Law
) -> Iterator[Clock]:
    """上诉决定: owed by the agency that lost, until it has decided or the decision has taken effect.

    Who won has nothing to decide; the period is shown all the same, since the other side may appeal. It is the law's
    and no late notice gives it anew: told of when it was over, it only informs.
    """
    made = [one.decided_on for one in lane.appeal_choices if one.decision_id == outcome.decision_id]
    for clock in clock_of(lane, law, rule, replace(served, told=None), met_on=min(made, default=None)):
        in_time = served.told is None or served.told.on <= clock.due_on
        is_owed = outcome.lost and (made or (in_time and outcome.decision.effect == Decision.Effect.NOT_YET))
        yield replace(clock, informs_only=not is_owed)


def _filing_starts(
    lane: LaneFacts, served: Fact, outcome: DecisionOutcome, appeal: str | None, law: Law
) -> Fact | None:
    """What starts 备案: the service, or (where the office chose so) for what is open to appeal its effect."""
    if appeal is None or law.choices.value("filing.trigger", on=served.on) != FINAL_ONLY:
        return served
    decision = outcome.decision
    if decision.effect in IN_EFFECT and decision.effective_on:
        return _effective(lane, outcome, decision.effective_on)
    return None


def _effective(lane: LaneFacts, outcome: DecisionOutcome, on: date) -> Fact:
    proof = outcome.decision.get_effect_display()
    return Fact(f"decision:{outcome.decision_id}", on, proof, told_effect(lane, outcome))


def _confirming(lane: LaneFacts, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    """生效确认: a decision that was open to appeal is filed a second time when it has taken effect (docs/rules.md)."""
    decision = outcome.decision
    on = None if _has_effect_in_history(outcome) else decision.effective_on
    if on is None or decision.effect not in IN_EFFECT or law.choices.value("filing.effect", on=on) != "yes":
        return
    if effect_rule(decision.kind, outcome.code, lane.instance):
        fact = _effective(lane, outcome, on)
        met = met_by(lane, Kind.EFFECT_CONFIRMATION, fact.subject)
        yield from clock_of(lane, law, "effect_confirmation", fact, **met)


def _lost_report(lane: LaneFacts, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    decision = outcome.decision
    if _has_effect_in_history(outcome):
        return
    if outcome.lost and decision.effect in IN_EFFECT and decision.effective_on:
        fact = _effective(lane, outcome, decision.effective_on)
        met = met_by(lane, Kind.LOST_CASE_REPORT, fact.subject)
        yield from clock_of(lane, law, "lost_case_report", fact, **met)


def on_obligations(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    for obligation in lane.obligations:
        has_effect = obligation.outcome.decision.effect in PERFORMABLE
        day = performance_day(obligation, law) if has_effect else None
        is_owed = obligation.certainty != Obligation.Certainty.NO and not _is_owed_in_history(obligation)
        if day and is_owed:
            yield _performing(lane, obligation, day, law)


def _is_owed_in_history(obligation: Obligation) -> bool:
    """Whether effect and obligation are known from old ledgers, or its performance is: nobody is asked for it."""
    if obligation.is_history("state") and obligation.state in PERFORMED and not obligation.performed_on:
        return True
    owed = ("certainty", "content", "named_on", "period_text")
    decision = obligation.outcome.decision
    return decision.is_history("effective_on") and all(map(obligation.is_history, owed))


def _performing(lane: LaneFacts, obligation: Obligation, day: PerformanceDay, law: Law) -> Clock:
    """履行生效裁判; what nobody has confirmed to be owed only informs."""
    decision, told = obligation.outcome.decision, _told_period(lane, obligation)
    if told:
        day = day.told(told.on, law)
    clock = Clock(
        RULE,
        f"obligation:{obligation.pk}",
        day.due.starts_on if day.due else decision.effective_on or decision.decided_on,
        decision.get_effect_display(),
        day.due,
        set_day=day.set_day,
        estimated=day.estimated,
        notice=late_notice(day.due, told, law) if day.due and told else None,
        met_on=obligation.performed_on,
        suspended=obligation.state == Obligation.State.SUSPENDED,
        informs_only=obligation.certainty == Obligation.Certainty.OPEN,
    )
    return settled(clock, lane.orders, lane.completions, law)


def _told_period(lane: LaneFacts, obligation: Obligation) -> Telling | None:
    """When both the effect and what is owed by when were known."""
    owed = told_of(lane, obligation, "certainty", "content", "named_on", "period_text")
    return latest(told_effect(lane, obligation.outcome), owed)
