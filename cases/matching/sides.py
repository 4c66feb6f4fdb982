"""Lanes of which one side alone has spoken, and what it says, read at once for many: a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.matching.scoring import Portrait
from cases.models import (
    AppealChoice,
    AppearanceStatement,
    Case,
    Decision,
    FactChange,
    Hearing,
    Lane,
    MaterialReturn,
    Nomination,
    Paper,
    PerformanceEntry,
    ServiceReceipt,
    Source,
)
from cases.record.parties import names_in
from lib.folding import folded
from organisations.models import CourtCode
from rules.case_numbers import CaseNumberInvalid, parse_case_number
from rules.number_slips import Numbered

COURT, AGENCY = Source.Kind.COURT, Source.Kind.AGENCY
# Whose word it is not: an old ledger is nobody's word of today, but what it tells of, the agency does not tell alone.
TOLD_ELSEWHERE = (COURT, Source.Kind.HISTORY)


def court_only() -> QuerySet[Lane]:
    """Lanes that a notification brought and in which the agency has done and said nothing."""
    acts = (ServiceReceipt, Paper, Nomination, MaterialReturn)
    said = [Exists(model._default_manager.filter(lane=OuterRef("pk"))) for model in acts]
    said += [
        Exists(model._default_manager.filter(lane=OuterRef("pk"), source__kind=AGENCY))
        for model in (AppearanceStatement, AppealChoice, PerformanceEntry)
    ]
    return _silent(Lane.objects.filter(source__kind=COURT, case__source__kind=COURT), said)


def agency_only() -> QuerySet[Lane]:
    """Lanes of cases that an agency registered and of which no court, and no old ledger, has said a word."""
    heard = Hearing.objects.filter(case=OuterRef("case"), source__kind__in=TOLD_ELSEWHERE)
    decided = Decision.objects.filter(case=OuterRef("case"), source__kind__in=TOLD_ELSEWHERE)
    numbered = FactChange.objects.filter(case=OuterRef("case"), source__kind=COURT)
    said = [Exists(one) for one in (heard, decided, numbered)]
    return _silent(Lane.objects.filter(source__kind=AGENCY, case__source__kind=AGENCY), said)


def portraits(lanes: QuerySet[Lane]) -> list[Portrait]:
    """What is said in these lanes; those whose number cannot be read are left out."""
    related = lanes.select_related("case__source", "organisation").order_by("pk")
    found = list(related.defer("case__told", "case__source__cells"))
    cases = {lane.case_id for lane in found}
    codes = dict(CourtCode.objects.values_list("code", "court"))
    read = _Days(cases, {lane.case.series_id for lane in found if lane.case.series_id})
    made = (_portrait(lane, codes, read) for lane in found)
    return [one for one in made if one]


def _portrait(lane: Lane, codes: Mapping[str, int], read: "_Days") -> Portrait | None:
    case = lane.case
    try:
        number = parse_case_number(case.number).first
    except CaseNumberInvalid:
        return None
    series = tuple(sorted(read.series.get(case.series_id, ())))
    return Portrait(
        lane=lane.pk,
        case=case.pk,
        dispute=case.dispute_id,
        numbered=Numbered(number, codes.get(number.court), series),
        agency=lane.organisation_id,
        agency_name=lane.organisation.name,
        named_as=lane.named_as,
        plaintiffs=frozenset(folded(name) for name in names_in(case.plaintiffs)),
        cause=case.cause,
        filed_on=case.filed_on,
        hearings=frozenset(read.hearings.get(case.pk, ())),
        decided=frozenset(read.decided.get(case.pk, ())),
        reference=case.source.reference,
    )


def _silent(lanes: QuerySet[Lane], said: Iterable[Exists]) -> QuerySet[Lane]:
    lanes = lanes.filter(case__voided_at=None)
    for word in said:
        lanes = lanes.filter(~Q(word))
    return lanes


class _Days:
    """The days of hearings and decisions by case, and the serials by series."""

    def __init__(self, cases: set[int], series: set[int]) -> None:
        self.hearings = _by_first(Hearing.objects.filter(case__in=cases).values_list("case", "day"))
        self.decided = _by_first(Decision.objects.filter(case__in=cases).values_list("case", "decided_on"))
        together = Case.objects.standing().filter(series__in=series)
        self.series = _by_first(together.values_list("series", "serial"))


def _by_first(rows: Iterable[tuple[Any, Any]]) -> dict[Any, set[Any]]:
    found = defaultdict(set)
    for first, second in rows:
        found[first].add(second)
    return found
