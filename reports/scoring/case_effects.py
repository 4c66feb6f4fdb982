"""得分影响: what one case costs the units, line by line, in the running quarter and the one before."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from organisations.models import Region
from reports.figures.scopes import recent
from reports.scoring.ranking import Standing, make_ranking
from rules.strict_toml import DataFileError

QUARTERS = 2


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """One line of a unit's ledger that comes from the case."""

    period: str
    period_key: str
    code: str
    unit: str
    points: str
    clause: str
    reason: str


def effects_of(case: int, region: Region, as_of: datetime) -> list[CaseEffect]:
    """The ledger lines that rest on this case; 暂计 until a quarter is locked. A year without a scheme has none."""
    found = []
    for period in recent("quarter", QUARTERS, localtime(as_of).date()):
        try:
            ranking = make_ranking(period, region, as_of)
        except DataFileError:
            continue
        for group in ranking.groups:
            for standing in [*(place.row for place in group.ranked), *group.unranked]:
                found += _lines(standing, case, period.key, period.label)
    return found


def _lines(standing: Standing, case: int, key: str, label: str) -> list[CaseEffect]:
    return [
        CaseEffect(label, key, standing.code, standing.name, str(line.points), line.clause, line.reason)
        for line in standing.score.ledger
        if standing.cases.get(line.case) == case
    ]
