"""The list behind a figure: each unit with its agency, day and words, its case and the row of the workbook."""

from collections.abc import Container, Iterable
from typing import NamedTuple

from organisations.models import Organisation
from reports.figures.entries import Counted, Excluded
from reports.figures.measure import Measure
from reports.figures.measures import MEASURES
from reports.figures.statements import Statement, about, statements_of
from rules.report_periods import ReportPeriod


class ListedUnit(NamedTuple):
    """One line of the list; `case` is missing where the reader does not see it, or it is no more."""

    id: str
    case: int | None
    reason: str
    carried: bool
    told: list[Statement]


def live_rows(
    units: Iterable[Counted | Excluded], what: Measure, period: ReportPeriod, members: Container[int]
) -> list[ListedUnit]:
    """The units of one page of a live figure, with what is told of those agencies."""
    listed = list(units)
    said = _said(what.key, {one.case for one in listed if one.case}, period, members)
    return [
        ListedUnit(
            one.id,
            one.case,
            one.reason if isinstance(one, Excluded) else "",
            isinstance(one, Counted) and one.carried,
            about(one.id, said.get(one.case, [])) if one.case else [],
        )
        for one in listed
    ]


def frozen_rows(
    units: Iterable[tuple[str, str, int | None]], key: str, period: ReportPeriod, agencies: Container[int]
) -> list[ListedUnit]:
    """The same of a frozen figure: ids and reasons as they were frozen, each with its case as far as it is seen."""
    listed = list(units)
    said = _said(key, {case for _, _, case in listed if case}, period, agencies)
    return [
        ListedUnit(unit, case, reason, False, about(unit, said.get(case, [])) if case else [])
        for unit, reason, case in listed
    ]


def agencies_in(code: str) -> set[int]:
    """The organisations of a region, or the one of that code."""
    own = Organisation.objects.filter(region=code) or Organisation.objects.filter(code=code)
    return set(own.values_list("pk", flat=True))


def _said(
    key: str, cases: set[int], period: ReportPeriod, agencies: Container[int]
) -> dict[int, list[Statement]]:
    """Of a measure that is no more, what is told of the cases as such."""
    what = MEASURES.get(key)
    return statements_of(
        what.source if what else "cases", cases, period, agencies, rule=what.rule if what else ""
    )
