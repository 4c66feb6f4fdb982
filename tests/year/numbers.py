"""Figures and ranks of the product beside those of the oracle, at the end of every month."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from organisations.models import Region
from reports.figures.figures import figures
from reports.scoring.ranking import make_ranking
from rules.report_periods import ReportPeriod, period_of
from tests.year.compare import Differences
from tests.year.events import BY_CODE
from tests.year.figures import Figure, Figures
from tests.year.oracle import Oracle
from tests.year.ranks import ranking

CITY = "371600"
REGIONS = sorted({agency.region for agency in BY_CODE.values()})
NTH = re.compile(r"（第\d+项）$")
SHORT = {agency.short_name: agency.code for agency in BY_CODE.values()}


def periods(on: date) -> Iterator[ReportPeriod]:
    """The month that ends, the one before, and the running quarter with the one before."""
    for period in (period_of("month", on), period_of("quarter", on)):
        yield period
        if period.previous().first.year == on.year:
            yield period.previous()


def look(oracle: Oracle, on: date, found: Differences) -> None:
    """Compare every figure of the city and the ranking of its counties."""
    moment = make_aware(datetime.combine(on, time(20)))
    city = Region.objects.get(pk=CITY)
    for period in periods(on):
        expected = Figures(oracle, period.first, period.last, on).all()
        told = figures(period, city, moment, list(expected))["measures"]
        shown = {one["key"]: _shown(one) for one in told}
        for key, figure in expected.items():
            ours = _figure(figure)
            # Only what the other side does not have: the sets are long.
            found.note("figure", (period.key, key), shown[key] - ours, ours - shown[key], on)
        if len(period.months) > 1:
            _ranks(oracle, period, city, moment, found)


def is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month


def _shown(told: dict[str, Any]) -> frozenset[str]:
    numerator = [_id(one) for one in told["numerator_ids"]]
    rest = [_id(one) for one in told["denominator_ids"][len(numerator) :]]
    return _marked(numerator, rest, [_id(one["id"]) for one in told["excluded"]])


def _id(text: str) -> str:
    number, _, name = NTH.sub("", text).partition(" · ")
    return f"{number} · {SHORT[name]}" if name else number


def _figure(figure: Figure) -> frozenset[str]:
    return _marked(figure.numerator, figure.rest, figure.excluded)


def _marked(numerator: list[str], rest: list[str], excluded: list[str]) -> frozenset[str]:
    """Every id with where it is counted; a second one of an id says so."""
    marked: Counter[str] = Counter()
    for mark, ids in (("+", numerator), ("-", rest), ("without ", excluded)):
        marked.update(f"{mark}{one}" for one in ids)
    return frozenset(f"{text} ×{times}" if times > 1 else text for text, times in marked.items())


def _ranks(oracle: Oracle, period: ReportPeriod, city: Region, moment: datetime, found: Differences) -> None:
    product: dict[str, str] = {}
    for group in make_ranking(period, city, moment, "counties").groups:
        product |= {row.row.code: f"{row.row.score.total} place {row.rank}" for row in group.ranked}
    on = moment.date()
    for region, score in ranking(oracle, period.first, period.last, on, REGIONS).items():
        words = f"{score.points:.1f} place {score.place}" if score.points is not None else None
        found.note("rank", (period.key, region), product.get(region), words, on)
