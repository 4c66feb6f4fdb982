"""The statements of a period in a region, compared: how many agree, differ, or stand alone."""

from collections import defaultdict
from dataclasses import dataclass

from cases.comparison.pairs import Pair, pairs_of
from cases.comparison.statements import load_statements
from cases.models import Deadline, Discrepancy, Lane
from cases.querysets import DiscrepancyQuerySet
from organisations.access import within_q
from organisations.models import Region
from rules.authority import Fact
from rules.report_periods import ReportPeriod

SIDES = ("court", "agency")
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Overview:
    """Hearings, decisions and obligations of lanes, each counted once (条)."""

    agree: int = 0
    differ: int = 0
    only_court: int = 0
    only_agency: int = 0

    @property
    def court(self) -> int:
        """What the courts told."""
        return self.agree + self.differ + self.only_court

    @property
    def agency(self) -> int:
        """What the agencies told."""
        return self.agree + self.differ + self.only_agency

    @property
    def total(self) -> int:
        return self.agree + self.differ + self.only_court + self.only_agency


def discrepancies_of(period: ReportPeriod, region: Region) -> DiscrepancyQuerySet:
    """Those of the agencies of the region that belong to the period, the open ones first, in a fixed order."""
    found = Discrepancy.objects.filter(within_q(region.pk, "lane__organisation__region"))
    found = found.of(period.first, period.last)
    related = found.select_related("lane__case__court", "lane__organisation__region")
    return related.order_by("fact_on", "lane__case__number", "lane_id", "pk")


def overview_of(period: ReportPeriod, region: Region) -> Overview:
    """Every hearing, decision and obligation of the period of which a side speaks. One that a person settled agrees."""
    settled = set(
        discrepancies_of(period, region).exclude(state="open").values_list("lane", "fact", "subject")
    )
    units: dict[tuple[int, str], list[Pair]] = defaultdict(list)
    lanes = sorted(_lanes(period, region))
    for start in range(0, len(lanes), CHUNK):
        for lane in load_statements(lanes[start : start + CHUNK]):
            for pair in pairs_of(lane):
                if period.contains(pair.fact_on):
                    units[pair.lane, pair.subject].append(pair)
    counted = [word for pairs in units.values() if (word := _word(pairs, settled))]
    return Overview(*(counted.count(word) for word in ("agree", "differ", "only_court", "only_agency")))


def _word(pairs: list[Pair], settled: set[tuple[int, str, str]]) -> str:
    if any(pair.differs and pair.key not in settled for pair in pairs):
        return "differ"
    # The court tells every hearing day: who came is what makes a hearing told.
    telling = [pair for pair in pairs if pair.fact is not Fact.HEARING_DAY]
    if any(pair.both for pair in telling):
        return "agree"
    if any(pair.agency for pair in telling):
        return "only_agency"
    return "only_court" if telling else ""


def _lanes(period: ReportPeriod, region: Region) -> set[int]:
    """Lanes of the region with a hearing, a decision or a day of performance in the period."""
    days = (period.first, period.last)
    lanes = Lane.objects.filter(within_q(region.pk, "organisation__region"), case__voided_at=None)
    heard = lanes.filter(case__hearings__day__range=days)
    decided = lanes.filter(outcomes__decision__decided_on__range=days)
    owed = Deadline.objects.filter(lane__in=lanes, rule="obligation", due_on__range=days)
    return {
        pk
        for each in (heard.values_list("pk"), decided.values_list("pk"), owed.values_list("lane"))
        for (pk,) in each
    }
