"""督导排名: the measures of each unit scored by the scheme of the year, ranked within its group."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from organisations.models import Region
from reports.figures.entries import Entry, Part, count
from reports.figures.measures import MEASURES, absent_unexcused
from reports.figures.populations import DutyFacts, Populations
from reports.figures.units import Unit, units_of
from rules.ranking import Ranked, rank
from rules.report_periods import ReportPeriod
from rules.schemes import Scheme, load_scheme
from rules.scoring import Event, ItemScore, LedgerLine, Ratio, Score, ScoreFacts, score

GROUPS = {
    "counties": "县（市、区）",
    "zones": "市属开发区",
    "departments": "市直部门",
    "vertical": "垂直管理单位",
}
FEW = 3  # below this many heard cases a place says little

NO_DATA = "本期无数据，不扣分"
PAPERS = {"defence_report": "应诉情况报告", "judgment_filing": "裁判文书备案", "lost_case_report": "败诉报告"}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows of each group, best first, and who is not ranked; `scheme` is what they were scored by."""

    scheme: Scheme
    period: ReportPeriod
    groups: tuple["Group", ...]


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
    cases: dict[str, int]

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
        scheme, period, tuple(made for made in groups if made.ranked or made.unranked or group != "all")
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
                    {"code": unit.code, "name": unit.name, "reason": unit.score.unranked}
                    for unit in group.unranked
                ],
            }
            for group in ranking.groups
        ],
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
    ranked = rank([unit for unit in units if unit.score.unranked is None], lambda unit: unit.score.total)
    return Group(key, tuple(ranked), tuple(unit for unit in units if unit.score.unranked is not None))


def _standing(unit: Unit, populations: Populations, scheme: Scheme) -> Standing:
    lots = {
        source: [entry for entry in getattr(populations, source) if entry.agency in unit.members]
        for source in ("appearances", "obligations", "papers")
    }
    parts = {
        item.measure: count(lots[MEASURES[item.measure].source], MEASURES[item.measure].judge)
        for item in scheme.items
        if item.measure
    }
    facts = ScoreFacts(
        {key: Ratio(part.denominator, tuple(left.id for left in part.rest)) for key, part in parts.items()},
        tuple(_events(lots)),
    )
    cases = {entry.id: entry.case for entries in lots.values() for entry in entries}
    return Standing(unit.code, unit.name, score(scheme, facts), parts, _notes(scheme, parts, lots), cases)


def _events(lots: dict[str, list[Entry]]) -> Iterator[Event]:
    for unit in count(lots["appearances"], absent_unexcused).numerator:
        yield Event("unexplained_absence", unit.id, "负责人未出庭，未见书面说明或者法院认定理由不成立")
    for entry in lots["obligations"]:
        if entry.facts.outstanding:
            yield Event("obligation_overdue", entry.id, f"履行期限 {entry.facts.due_on} 届满，尚未履行")
    for entry in lots["papers"]:
        yield from _paper_events(entry.id, entry.facts)


def _paper_events(key: str, duty: DutyFacts) -> Iterator[Event]:
    if not duty.missed:
        return
    what = PAPERS[duty.rule]
    if duty.done_on is None:
        yield Event("report_missing", key, f"{what}未报送，期限 {duty.due_on} 届满")
    else:
        days = duty.days_after_due(duty.done_on)
        yield Event("report_late", key, f"{what}迟报 {days} 天，期限 {duty.due_on} 届满")


def _notes(scheme: Scheme, parts: dict[str, Part], lots: dict[str, list[Entry]]) -> dict[str, str]:
    """Why an item without data loses nothing."""
    counted: dict[str, Callable[[], bool]] = {
        "unexplained_absence": lambda: bool(parts[scheme.ranked_by].denominator),
        "obligation_overdue": lambda: any(not entry.facts.reason for entry in lots["obligations"]),
        "report_missing": lambda: any(not entry.facts.reason for entry in lots["papers"]),
    }
    notes = {}
    for item in scheme.items:
        kinds: Sequence[str] = [kind for kind in item.deductions if kind in counted]
        known = (
            parts[item.measure].denominator > 0 if item.measure else any(counted[kind]() for kind in kinds)
        )
        if not known:
            notes[item.key] = NO_DATA
    return notes
