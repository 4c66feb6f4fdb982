"""What courts have not told of yet of a month, as the figures look at it: hearings without a result or a head."""

from collections.abc import Iterable, Sequence
from datetime import date

from cases.models import Case
from cases.querysets import CaseQuerySet
from courts.notifications.coverage import KINDS, Gap, coverage_of
from organisations.models import Organisation, Region
from rules.report_periods import ReportPeriod

# Neutral words: what is not there yet, not who is late.
GAPS = {kind: KINDS[kind].label for kind in ("hearing_without_result", "hearing_without_appearance")}


def gaps_of(courts: Sequence[Organisation], month: ReportPeriod, on: date) -> dict[str, dict[str, int]]:
    """By the code of the court the number of cases of each gap among the hearings of the month."""
    found: dict[str, dict[str, int]] = {}
    for gap in _gaps(courts, month, on):
        found.setdefault(gap.court, {})[gap.kind] = gap.count
    return found


def open_cases(kind: str, court: Organisation, month: ReportPeriod, on: date) -> CaseQuerySet:
    """The cases behind one number, by case number."""
    cases = {pk for gap in _gaps([court], month, on) if gap.kind == kind for _, pk in gap.cases}
    return Case.objects.filter(pk__in=cases).order_by("year", "type_code", "serial")


def _gaps(courts: Sequence[Organisation], month: ReportPeriod, on: date) -> Iterable[Gap]:
    """Of the whole city: a court also hears what agencies of other counties are sued for."""
    if not courts:
        return []
    codes = {court.code for court in courts}
    own = courts[0].region
    city = own if own.kind == Region.Kind.CITY else own.parent or own
    gaps = coverage_of(month, city, on).gaps
    return [gap for gap in gaps if gap.kind in GAPS and gap.court in codes]
