"""督导排名: the measures of each unit scored by the scheme of the year, ranked within its group."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from courts.notifications.coverage import Coverage, Gap
from organisations.models import Region
from reports.figures.entries import Entry, Part
from reports.figures.measure import part_of
from reports.figures.measures import MEASURES
from reports.figures.populations import UNDER, Populations
from reports.figures.units import Unit, unattributed, units_of
from reports.scoring.events import EVENTS, SOURCES
from rules.ranking import Ranked, rank
from rules.report_periods import ReportPeriod
from rules.schemes import Scheme, SchemeItem, load_scheme
from rules.scoring import ItemScore, LedgerLine, Ratio, Score, ScoreFacts, score

GROUPS = {
    "counties": "县（市、区）",
    "zones": "市属开发区",
    "departments": "市直部门",
    "vertical": "垂直管理单位",
    "townships": "乡镇、街道",
    "others": "其他单位",
}
FEW = 3  # below this many heard cases a place says little

# What may be missing under a score.
SCORED = frozenset().union(*(UNDER[source] for source in SOURCES))
NO_DATA = "本期无数据，不扣分"
UNTOLD = "本期法院未通报，数据不全，不参与排名"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows of each group, best first, and who is not ranked; `scheme` is what they were scored by."""

    scheme: Scheme
    period: ReportPeriod
    groups: tuple["Group", ...]
    coverage: Coverage  # what is missing under all of it
    unattributed: tuple[Unit, ...] = ()  # sued, and in no group


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    ranked: tuple[Ranked["Standing"], ...]
    unranked: tuple["Standing", ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's score, the parts it was made of, and the case behind each id in its ledger."""

    code: str
    name: str
    score: Score
    parts: dict[str, Part]
    notes: dict[str, str]
    cases: dict[str, int | None]
    unranked: str = ""  # why it has no place
    reason_code: str = ""  # no_data, no_cases
    gaps: tuple[Gap, ...] = ()  # what is missing under its figures

    @property
    def heard(self) -> int:
        return self.parts["appearance_rate"].denominator


def make_ranking(
    period: ReportPeriod,
    region: Region,
    as_of: datetime,
    group: str = "all",
    populations: Populations | None = None,
) -> Ranking:
    """The ranking of a region's groups; DataFileError where the year has no scheme."""
    populations = populations or Populations(period, region, localtime(as_of).date())
    scheme = load_scheme(period.first.year)
    chosen = list(GROUPS) if group == "all" else [group]
    groups = [_group(key, populations, scheme) for key in chosen]
    return Ranking(
        scheme,
        period,
        tuple(made for made in groups if made.ranked or made.unranked or group != "all"),
        populations.coverage,
        tuple(unattributed(populations)),
    )


def ranking_json(ranking: Ranking, region: Region, as_of: str) -> dict[str, Any]:
    """The ranking as the `rank` command prints it and bulletins freeze it (docs/rules.md §12); scores as text."""
    return {
        "scheme": ranking.scheme.version,
        "period": ranking.period.key,
        "region": region.code,
        "as_of": as_of,
        "groups": [
            {
                "group": group.key,
                "label": group_label(group.key, region),
                "rows": [_row(place) for place in group.ranked],
                "unranked": [
                    {
                        "code": unit.code,
                        "name": unit.name,
                        "reason": unit.unranked,
                        "reason_code": unit.reason_code,
                    }
                    for unit in group.unranked
                ],
            }
            for group in ranking.groups
        ],
        "unattributed": [{"code": unit.code, "name": unit.name} for unit in ranking.unattributed],
    }


def group_label(key: str, region: Region) -> str:
    """How the group is called; departments of a county are not 市直."""
    return "区（县）直部门" if key == "departments" and region.kind != Region.Kind.CITY else GROUPS[key]


def _row(place: Ranked[Standing]) -> dict[str, Any]:
    unit = place.row
    return {
        "rank": place.rank,
        "tied": place.tied,
        "code": unit.code,
        "name": unit.name,
        "score": str(unit.score.total),
        "grade": unit.score.grade,
        "heard": unit.heard,
        "complete": not unit.gaps,
        "items": [_item(item, unit.notes) for item in unit.score.items],
        "ledger": [_line(line) for line in unit.score.ledger],
    }


def _item(item: ItemScore, notes: dict[str, str]) -> dict[str, str]:
    return {
        "key": item.key,
        "label": item.label,
        "max": str(item.max),
        "score": str(item.score),
        "note": notes.get(item.key, ""),
    }


def _line(line: LedgerLine) -> dict[str, str]:
    return {
        "item": line.item,
        "points": str(line.points),
        "case": line.case,
        "clause": line.clause,
        "reason": line.reason,
    }


def _group(key: str, populations: Populations, scheme: Scheme) -> Group:
    units = [_standing(unit, populations, scheme) for unit in units_of(key, populations)]
    ranked = rank([unit for unit in units if not unit.unranked], lambda unit: unit.score.total)
    return Group(key, tuple(ranked), tuple(unit for unit in units if unit.unranked))


def _standing(unit: Unit, populations: Populations, scheme: Scheme) -> Standing:
    lots: dict[str, list[Entry]] = {
        source: [entry for entry in getattr(populations, source) if entry.agency in unit.members]
        for source in SOURCES
    }
    parts = {
        item.measure: part_of(MEASURES[item.measure], lots[MEASURES[item.measure].source])
        for item in scheme.items
        if item.measure
    }
    facts = ScoreFacts(
        {key: Ratio(part.denominator, tuple(left.id for left in part.rest)) for key, part in parts.items()},
        tuple(found for event in EVENTS.values() for found in event.events(lots)),
    )
    cases = {entry.id: entry.case for entries in lots.values() for entry in entries}
    points, coverage = score(scheme, facts), populations.coverage
    code, why = _why_unranked(points, coverage, unit.region)
    gaps = tuple(gap for gap in coverage.of_region(unit.region) if gap.kind in SCORED)
    notes = _notes(scheme, parts, lots)
    return Standing(unit.code, unit.name, points, parts, notes, cases, why, code, gaps)


def _why_unranked(points: Score, coverage: Coverage, region: str) -> tuple[str, str]:
    """A unit whose courts told nothing has no place, whatever others told of it; nor has one without cases.

    Of a time before the platform began, no cases are no data.
    """
    if coverage.is_silent(region) or (points.unranked and not coverage.expected):
        return "no_data", UNTOLD
    return ("no_cases", points.unranked) if points.unranked else ("", "")


def _notes(scheme: Scheme, parts: dict[str, Part], lots: dict[str, list[Entry]]) -> dict[str, str]:
    """Why an item without data loses nothing."""
    return {item.key: NO_DATA for item in scheme.items if not _is_known(item, parts, lots)}


def _is_known(item: SchemeItem, parts: dict[str, Part], lots: dict[str, list[Entry]]) -> bool:
    if item.measure:
        return parts[item.measure].denominator > 0
    found = (EVENTS[kind] for kind in item.deductions if kind in EVENTS)
    return any(event.is_known(lots[event.source]) for event in found)
