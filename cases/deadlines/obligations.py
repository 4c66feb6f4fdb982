"""Which day an obligation has: one that was named, or one counted from the effect, with its computation."""

from dataclasses import dataclass
from datetime import date

from cases.deadlines.clock import SetDay
from cases.law import Law
from cases.models import Decision, Obligation
from rules.deadlines import Due, due_date
from rules.rulebook import Limit, RuleNotInForce
from rules.written_periods import Length, day_named, length_in

ENACTED = date(2015, 5, 1)  # 行政诉讼法 as amended
RULE = "obligation"
# While an appeal runs, and once the decision was taken away, nothing is to be performed.
PERFORMABLE = frozenset({Decision.Effect.PRESUMED, Decision.Effect.CONFIRMED, Decision.Effect.SUSPENDED})


@dataclass(frozen=True, slots=True)
class PerformanceDay:
    """A day that was set, or one that was counted; `estimated` where neither decision nor office says a period."""

    due: Due | None = None
    set_day: SetDay | None = None
    estimated: bool = False

    def told(self, on: date, law: Law) -> "PerformanceDay":
        """A day that was over when it became known here: time is given anew from then on."""
        if self.set_day is None or on < self.set_day.ends_on:
            return self
        again = law.due("obligation_told_late", on).due_on
        words = f"{self.set_day.ground}；{on} 才得知，已到该日，自得知之日起给足办理时间"
        return PerformanceDay(set_day=SetDay(again, words))


def performance_day(obligation: Obligation, law: Law) -> PerformanceDay | None:
    """The day by which to perform, from what is told and the effect as it is now; None where it has no day.

    In this order (docs/rules.md §9): the day that court or office named; the length in the words of the decision,
    counted from the effect; the estimate of the office for its outcome.
    """
    effective_on = obligation.outcome.decision.effective_on
    if named := obligation.named_on or day_named(obligation.period_text):
        return PerformanceDay(set_day=SetDay(named, _ground(obligation)))
    if effective_on is None:
        return None
    if length := length_in(obligation.period_text, effective_on):
        limit = _limit_of(length, obligation.period_text)
        return PerformanceDay(due_date(limit, length.start, law.calendar))
    due = _estimate(obligation, effective_on, law)
    return PerformanceDay(due, estimated=True) if due else None


def _ground(obligation: Obligation) -> str:
    if obligation.is_period_ruled:
        return "司法局认定的履行期限"
    return obligation.period_text or "裁判所定期限"


def _estimate(obligation: Obligation, effective_on: date, law: Law) -> Due | None:
    key = law.outcomes.get(obligation.outcome.code).limit
    try:
        return law.due(key, effective_on) if key else None
    except (RuleNotInForce, OverflowError):  # before its first day, or beyond the last year there is
        return None


def _limit_of(length: Length, words: str) -> Limit:
    """The period that the decision sets, counted as statutory periods are (《民法典》第二百零一条至第二百零三条)."""
    return Limit(
        key=RULE,
        version=1,
        label="履行生效裁判",
        amount=length.amount,
        unit=length.unit,
        mode="calendar",
        valid_from=ENACTED,
        valid_to=None,
        citation="《行政诉讼法》第九十四条、第九十六条；裁判文书",
        article=words,
        starts="judgment_effective",
        start_event="裁判所定起算日",
        duty="agency",
        estimated=False,
    )
