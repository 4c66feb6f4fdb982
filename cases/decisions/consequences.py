"""What a decision brings about: when it takes effect, what it does to the one below, what is to be performed."""

from datetime import date
from typing import Any

from cases.models import Decision, Obligation
from rules.outcomes import Outcome, effect_rule

Effect = Decision.Effect
# 二审 outcomes that leave the decision below standing, and those that take it away (《行政诉讼法》第八十九条; where the
# suit itself is withdrawn: 第一百零一条 with 《民诉解释》第三百三十六条).
LEAVES_STANDING = frozenset({"A-AFFIRM", "A-WITHDRAW"})
TAKES_AWAY = frozenset({"A-REVERSE", "A-REMAND", "A-ORDER", "A-WITHDRAW-SUIT"})


def effect_of(decision: Decision, outcome: Outcome, instance: str) -> dict[str, Any]:
    """`effect` and `effective_on` of a decision, from what is told of it and the law of appeal.

    Said by the court: 法院确认生效. Not open to appeal: on service, 推定生效 (docs/rules.md §8). A decision told anew
    as made on a later day was neither served nor in force before it.
    """
    in_force, said_on = decision.in_force, _not_before(decision.in_force_on, decision)
    served = _not_before(decision.delivered_on, decision)
    on_service = served if effect_rule(decision.kind, outcome.code, instance) is None else None
    if in_force or (in_force is None and said_on):
        return {"effect": Effect.CONFIRMED, "effective_on": said_on or on_service}
    if decision.appealed:
        return {"effect": Effect.APPEALED, "effective_on": None}
    if on_service and in_force is None:
        return {"effect": Effect.PRESUMED, "effective_on": on_service}
    return {"effect": Effect.NOT_YET, "effective_on": None}


def _not_before(day: date | None, decision: Decision) -> date | None:
    return day if day and day >= decision.decided_on else None


def effect_now(
    decision: Decision, outcome: Outcome, instance: str, *, served_anew: bool = False
) -> dict[str, Any]:
    """What the effect is by now. A presumption stands until the court confirms it or tells of an appeal or service."""
    values = effect_of(decision, outcome, instance)
    presumed_on = decision.effective_on if decision.effect == Effect.PRESUMED else None
    stands = not served_anew and _not_before(presumed_on, decision) is not None
    if stands and values["effect"] == Effect.NOT_YET:
        return {"effect": decision.effect, "effective_on": decision.effective_on}
    return values


def effect_below(code: str, decision: Decision, *, made_on: date) -> dict[str, Any] | None:
    """What a second-instance outcome does to a decision made on that day; None where it does nothing.

    No decision is reviewed before it is made.
    """
    if decision.decided_on < made_on:
        return None
    if code in TAKES_AWAY:
        return {"effect": Effect.REVERSED, "effective_on": None}
    if code not in LEAVES_STANDING:
        return None
    if decision.effective_on is None:  # decided, and not served yet: the appeal still holds the effect back
        return {"effect": Effect.APPEALED, "effective_on": None}
    return {"effect": decision.effect, "effective_on": decision.effective_on}


def is_reviewed(kind: str, codes: set[str], instance: str) -> bool:
    """Whether a higher court may review a document with these outcomes: only those open to appeal come before it."""
    return any(effect_rule(kind, code, instance) is not None for code in codes)


def obligation_of(outcome: Outcome, *, content: str) -> dict[str, Any] | None:
    """The kind of the obligation that an outcome brings and whether it is certain; None where it brings none."""
    if outcome.obligation is None and not content:
        return None
    certain = outcome.obligation_certain or bool(content)
    certainty = Obligation.Certainty.YES if certain else Obligation.Certainty.OPEN
    return {"kind": outcome.obligation or "perform", "certainty": certainty}
