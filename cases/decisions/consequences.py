"""What a decision brings about: when it takes effect, what it does to the one below, what is to be performed."""

from datetime import date
from typing import Any

from cases.law import Law
from cases.models import Decision, Obligation
from rules.outcomes import Outcome, effect_rule
from rules.rulebook import RuleNotInForce
from rules.written_periods import day_named, length_end

Effect = Decision.Effect
# 二审 outcomes that leave the decision below standing, and those that take it away (《行政诉讼法》第八十九条).
LEAVES_STANDING = frozenset({"A-AFFIRM", "A-WITHDRAW"})
TAKES_AWAY = frozenset({"A-REVERSE", "A-REMAND", "A-ORDER"})


def told_so_far(decision: Decision | None, said: dict[str, Any]) -> dict[str, Any]:
    """What a court says of a decision, together with what it said before and does not take back."""
    if decision is None:
        return said
    before: dict[str, Any] = {"delivered_on": decision.delivered_on, "appealed": decision.appealed}
    if decision.effect == Effect.CONFIRMED:
        before |= {"in_force": True, "effective_on": decision.effective_on}
    # A decision told anew as made on a later day was not served or in force before it.
    for name in ("delivered_on", "effective_on"):
        if before.get(name) and before[name] < said["decided_on"]:
            del before[name]
    return before | said


def effect_of(said: dict[str, Any], outcome: Outcome, instance: str) -> dict[str, Any]:
    """`effect` and `effective_on` of a decision, from what the court says and the law of appeal.

    Said by the court: 法院确认生效. Not open to appeal: on service, 推定生效 (docs/rules.md §8).
    """
    in_force, served = said.get("in_force"), said.get("delivered_on")
    on_service = served if effect_rule(said["kind"], outcome.code, instance) is None else None
    if in_force or (in_force is None and said.get("effective_on")):
        return {"effect": Effect.CONFIRMED, "effective_on": said.get("effective_on") or on_service}
    if said.get("appealed"):
        return {"effect": Effect.APPEALED, "effective_on": None}
    if on_service and in_force is None:
        return {"effect": Effect.PRESUMED, "effective_on": on_service}
    return {"effect": Effect.NOT_YET, "effective_on": None}


def effect_now(
    decision: Decision | None, said: dict[str, Any], outcome: Outcome, instance: str
) -> dict[str, Any]:
    """What a row makes of the effect. A presumption stands until the court confirms it or tells of an appeal."""
    values = effect_of(told_so_far(decision, said), outcome, instance)
    served_anew = decision is not None and said.get("delivered_on") not in (None, decision.delivered_on)
    stands = (
        decision is not None
        and not served_anew
        and decision.effect == Effect.PRESUMED
        and decision.effective_on is not None
        and decision.effective_on >= said["decided_on"]
    )
    return {} if stands and values["effect"] == Effect.NOT_YET else values


def effect_below(code: str, decision: Decision, *, made_on: date) -> dict[str, Any] | None:
    """What a second-instance outcome does to a decision made on that day; None where it does nothing.

    No decision is reviewed before it is made.
    """
    if decision.decided_on < made_on:
        return None
    if code in TAKES_AWAY:
        return {"effect": Effect.REVERSED, "effective_on": None}
    if code in LEAVES_STANDING and decision.effective_on:
        return {"effect": decision.effect, "effective_on": decision.effective_on}
    return None


def is_reviewed(kind: str, codes: set[str], instance: str) -> bool:
    """Whether a higher court may review a document with these outcomes: only those open to appeal come before it."""
    return any(effect_rule(kind, code, instance) is not None for code in codes)


def obligation_of(
    outcome: Outcome, decision: Decision, said: dict[str, Any], law: Law
) -> dict[str, Any] | None:
    """The fields of the obligation an outcome brings, or None where it brings none."""
    content, period = said.get("content", ""), said.get("period_text", "")
    if outcome.obligation is None and not content:
        return None
    if decision.effect == Effect.REVERSED:
        return _nothing_owed(outcome)
    certain = outcome.obligation_certain or bool(content)
    due_on, estimated = _due(outcome, decision, said, law)
    return {
        "kind": outcome.obligation or "perform",
        "certainty": Obligation.Certainty.YES if certain else Obligation.Certainty.OPEN,
        "content": content,
        "period_text": period,
        "due_on": due_on,
        "estimated": estimated,
    }


def _nothing_owed(outcome: Outcome) -> dict[str, Any]:
    """A decision that was taken away obliges nobody."""
    kind = outcome.obligation or "perform"
    return {"kind": kind, "certainty": Obligation.Certainty.NO, "due_on": None, "estimated": False}


def owed_by(obligation: Obligation) -> dict[str, Any]:
    """What was told of a known obligation: its words, and its day where the decision itself names one."""
    said = {"content": obligation.content, "period_text": obligation.period_text}
    stated = obligation.due_on and not obligation.estimated and not obligation.period_text
    return said | ({"due_on": obligation.due_on} if stated else {})


def _due(outcome: Outcome, decision: Decision, said: dict[str, Any], law: Law) -> tuple[date | None, bool]:
    """The day, and whether it is an estimate of ours; none before the decision has effect."""
    period = said.get("period_text", "")
    if named := said.get("due_on") or day_named(period):
        return named, False
    start = decision.effective_on
    if start is None:
        return None, False
    if stated := length_end(period, start):
        return law.calendar.next_working_day(stated), False
    if outcome.limit is None:
        return None, False
    try:
        return law.due(outcome.limit, start).due_on, True
    except (RuleNotInForce, OverflowError):  # before its first day, or beyond the last year there is
        return None, False
