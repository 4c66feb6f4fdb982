"""Which day an obligation has: one that the court named, or one counted from the effect, with its computation."""

from datetime import date

from cases.law import Law
from cases.models import Obligation
from rules.deadlines import Due, due_date
from rules.rulebook import Limit, RuleNotInForce
from rules.written_periods import Length, day_named, length_in

ENACTED = date(2015, 5, 1)  # 行政诉讼法 as amended


def computed_day(obligation: Obligation, law: Law) -> Due | None:
    """The count of a period that runs from the effect: as the words of the decision say, or the office's estimate.

    None where the court named the day itself, and before the decision has effect.
    """
    effective_on = obligation.outcome.decision.effective_on
    if effective_on is None or day_named(obligation.period_text):
        return None
    if length := length_in(obligation.period_text, effective_on):
        return due_date(_limit_of(length, obligation.period_text), length.start, law.calendar)
    return _estimate(obligation, effective_on, law) if obligation.estimated else None


def _estimate(obligation: Obligation, effective_on: date, law: Law) -> Due | None:
    key = law.outcomes.get(obligation.outcome.code).limit
    try:
        return law.due(key, effective_on) if key else None
    except RuleNotInForce:
        return None


def _limit_of(length: Length, words: str) -> Limit:
    """The period that the decision sets, counted as statutory periods are (《民法典》第二百零一条至第二百零三条)."""
    return Limit(
        key="obligation",
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
