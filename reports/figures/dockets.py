"""在办案件: pending when a period began (旧存) or taken in during it (新收), and whether they were concluded."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from cases.deadlines.on_decisions import NOT_DISPOSITIVE
from cases.models import Case, DecisionOutcome, Lane
from rules.case_types import codes_in_loss
from rules.report_periods import ReportPeriod

INSTANCES = ("first", "second", "retrial")


class CaseFacts(NamedTuple):
    """Whether a case was taken in before the period, and concluded by its end; in which instance."""

    carried: bool
    concluded: bool
    instance: str


class Docketed(NamedTuple):
    """A case of an agency on the docket of a period."""

    case: int
    number: str
    agency: int
    facts: CaseFacts


def docket_of(period: ReportPeriod, on: date, within: Q) -> Iterator[Docketed]:
    """Cases taken in by the end of the period and not concluded before it; `within` narrows the agencies."""
    until = min(period.last, on)
    cases = _cases(period, until).filter(pk__in=Lane.objects.filter(within).values("case"))
    facts = dict(_facts(cases, period, until))
    lanes = Lane.objects.filter(within, case__in=cases).order_by("case_id", "pk")
    for case, number, agency in lanes.values_list("case_id", "case__number", "organisation_id"):
        if case in facts:
            yield Docketed(case, number, agency, facts[case])


def _cases(period: ReportPeriod, until: date) -> QuerySet[Case]:
    before = _decided().filter(decision__decided_on__lt=period.first)
    by_now = _decided().filter(decision__decided_on__lte=until)
    taken = Q(filed_on=None) | Q(filed_on__lte=until)
    found = Case.objects.filter(
        ~Exists(before), taken, type_code__in=codes_in_loss(INSTANCES), voided_at=None
    )
    return found.annotate(concluded=Exists(by_now))


def _decided() -> QuerySet[DecisionOutcome]:
    """The outcomes of a case that end its instance."""
    return DecisionOutcome.objects.filter(decision__case=OuterRef("pk")).exclude(code__in=NOT_DISPOSITIVE)


def _facts(cases: QuerySet[Case], period: ReportPeriod, until: date) -> Iterator[tuple[int, CaseFacts]]:
    """Those that were taken in by then: where no day of filing is told, on the first day anything is known of."""
    days = cases.annotate(heard=Min("hearings__day"), decided=Min("decisions__decided_on"))
    rows = days.values_list(
        "pk", "filed_on", "heard", "decided", "source__stated_at__date", "concluded", "instance"
    )
    for pk, filed, heard, decided, told, concluded, instance in rows:
        taken = filed or min(day for day in (heard, decided, told) if day)
        if taken <= until:
            yield pk, CaseFacts(taken < period.first, concluded, instance)
