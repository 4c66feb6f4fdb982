"""What courts have not told of yet: hearings of last month without a result, and held ones without an appearance."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef

from cases.models import AppearanceStatement, Case, Hearing
from cases.querysets import CaseQuerySet, HearingQuerySet
from organisations.models import Organisation

UNREPORTED, UNSTATED = "unreported", "unstated"
# Neutral words: what is not there yet, not who is late.
GAPS = {UNREPORTED: "排庭尚无结果", UNSTATED: "开庭尚无出庭情况"}


def gaps_of(courts: Sequence[Organisation], first: date, last: date) -> dict[int, dict[str, int]]:
    """By court the number of cases of each gap among the hearings of these days."""
    found: dict[int, dict[str, int]] = {}
    for kind in GAPS:
        hearings = _open_hearings(kind, first, last).filter(case__court__in=courts)
        counted = hearings.values_list("case__court").annotate(cases=Count("case", distinct=True))
        for court, cases in counted.order_by("case__court"):
            found.setdefault(court, {})[kind] = cases
    return found


def open_cases(kind: str, court: Organisation, first: date, last: date) -> CaseQuerySet:
    """The cases behind one number, by case number."""
    hearings = _open_hearings(kind, first, last).filter(case__court=court)
    return Case.objects.filter(pk__in=hearings.values("case")).order_by("year", "type_code", "serial")


def _open_hearings(kind: str, first: date, last: date) -> HearingQuerySet:
    hearings = Hearing.objects.filter(day__range=(first, last), case__voided_at=None)
    if kind == UNREPORTED:
        return hearings.filter(state=Hearing.State.SCHEDULED)
    said = AppearanceStatement.objects.filter(hearing=OuterRef("pk"), stated_by="court")
    return hearings.filter(~Exists(said), state=Hearing.State.HELD)
