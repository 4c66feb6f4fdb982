"""What agencies owed in a period: what fell due in it (本期新到期), and what was left over from before (上期结转).

A duty that fell due and was not done counts in every later period until it is done, waived or ended. What was done
after the end of the period is not yet done in it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Coalesce, Concat

from cases.deadlines.obligations import RULE as OBLIGATION
from cases.models import Deadline, Obligation
from rules.report_periods import ReportPeriod

ADVICE_RULES = ("judicial_advice_reply", "advice_on_norms_reply")
TRAINING_RULES = ("training_first", "training_second")
NOT_YET_DUE = "期限尚未届满"
NOT_COUNTED = {"suspended": "计时中止", "waived": "已免除", "void": "起因事实已变更，不再适用"}
State = Deadline.State
# Nothing of these is left over: waived, over with the decision, or their cause is gone.
ENDED = (State.WAIVED, State.MISSED, State.VOID)


class DutyFacts(NamedTuple):
    """One duty with a day; `reason` says why it is not counted."""

    reason: str
    rule: str
    due_on: date
    done_on: date | None  # by the end of the period
    done_later: date | None = None  # after it, as far as known
    forced: bool = False  # performed by enforcement

    @property
    def on_time(self) -> bool:
        return self.done_on is not None and self.done_on <= self.due_on

    @property
    def missed(self) -> bool:
        """Counted, and not done by its day: late or still open."""
        return not self.reason and not self.on_time

    @property
    def outstanding(self) -> bool:
        """Counted, and not done by the end of the period."""
        return not self.reason and self.done_on is None

    @property
    def is_open(self) -> bool:
        """Counted, and not done as far as known."""
        return self.outstanding and self.done_later is None

    def days_after_due(self, day: date) -> int:
        return (day - self.due_on).days


class Owed(NamedTuple):
    """A duty of an agency: of the period, or carried over into it; `about` is its case, or else what it is about."""

    case: int | None
    about: str
    agency: int
    ordinal: int  # of several of one kind in a lane
    carried: bool
    facts: DutyFacts


def obligations_of(period: ReportPeriod, on: date, within: Q) -> list[Owed]:
    """Obligations of decisions in effect, by their day of performance; `within` narrows the agencies."""
    due = _due(period, within, Q(rule=OBLIGATION), unchecked=True).exclude(state=State.VOID)
    rows = due.annotate(named=_ABOUT).values_list(*_DUE, "subject", *_OWED)
    # A lane has few obligations: that of the deadline is the one it names.
    own = (row for row in rows if row[7] == f"{OBLIGATION}:{row[8]}")
    facts = ((row, _performed(row, period, on)) for row in own)
    return list(_numbered(facts, period))


def duties_of(
    rules: Collection[str], period: ReportPeriod, on: date, within: Q, *, apart: bool = False
) -> list[Owed]:
    """Duties of these kinds by their day: reports and filings, replies to 司法建议, trainings.

    `apart`: each kind is counted by itself, so only several of one kind are told apart.
    """
    rows = _due(period, within, Q(rule__in=rules)).annotate(named=_ABOUT).values_list(*_DUE)
    facts = ((row, _facts(row[3], row[4], row[5], row[6], period, on)) for row in rows)
    return list(_numbered(facts, period, apart=apart))


_ABOUT = Coalesce("case__number", Concat("matter", "label"), output_field=CharField())
_DUE = ("case_id", "named", "organisation_id", "rule", "due_on", "met_on", "state")
_OWED = tuple(
    f"lane__obligations__{name}" for name in ("pk", "certainty", "state", "outcome__decision__effect")
)


def _due(period: ReportPeriod, within: Q, kind: Q, *, unchecked: bool = False) -> QuerySet[Deadline]:
    """Due in the period, or before it and not done by its first day; a mere report of performance does nothing."""
    open_still = Q(met_on=None) | Q(met_on__gte=period.first)
    if unchecked:
        open_still |= Q(lane__obligations__state=Obligation.State.REPORTED)
    left_over = Q(due_on__lt=period.first) & open_still & ~Q(state__in=ENDED)
    of_period = Q(due_on__range=(period.first, period.last))
    found = Deadline.objects.filter(within, kind, of_period | left_over, case__voided_at=None)
    return found.order_by("case_id", "organisation_id", "pk")


def _numbered(
    rows: Iterable[tuple[Any, DutyFacts]], period: ReportPeriod, *, apart: bool = True
) -> Iterator[Owed]:
    """A second duty about one thing is told apart by its ordinal; done before the period, it is none of it."""
    seen: Counter[tuple[str, int, str]] = Counter()
    for (case, about, agency, rule, due_on, *_), facts in rows:
        if facts.done_on and facts.done_on < period.first and due_on < period.first:
            continue
        one = about, agency, rule if apart else ""
        seen[one] += 1
        yield Owed(case, about, agency, seen[one], due_on < period.first, facts)


def _performed(row: Any, period: ReportPeriod, on: date) -> DutyFacts:
    rule, due_on, performed_on, clock, _, _, certainty, state, effect = row[3:]
    if state == Obligation.State.REPORTED:  # 机关自报、司法局还没有核查的，不算已履行
        performed_on = None
    facts = _facts(rule, due_on, performed_on, clock, period, on)
    facts = facts._replace(forced=state == Obligation.State.ENFORCED)
    if certainty == "open":
        facts = facts._replace(reason="有无履行内容待确认")
    if "suspended" in (state, effect):
        facts = facts._replace(reason="因再审中止")
    return facts._replace(reason="无履行内容") if state == "none" else facts


def _facts(
    rule: str, due_on: date, done_on: date | None, state: str, period: ReportPeriod, on: date
) -> DutyFacts:
    """What is done by the end of the period, and what is known on the day to be done after it."""
    reason = NOT_COUNTED.get(state) or (NOT_YET_DUE if due_on >= on else "")
    if done_on is None or done_on > on:
        return DutyFacts(reason, rule, due_on, None)
    if done_on > period.last:
        return DutyFacts(reason, rule, due_on, None, done_on)
    return DutyFacts(reason, rule, due_on, done_on)
