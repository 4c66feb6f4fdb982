"""What the pages of figures and rankings show, as plain values for templates."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from lib.display import Status
from organisations.models import Group
from reports.figures.entries import Agency, Entry, Part
from reports.figures.measure import Measure, Measured
from reports.figures.populations import Populations
from reports.figures.printing import INCOMPLETE, change_words, printed_rate
from reports.figures.units import areas, part_of_unit
from reports.scoring.ranking import Standing

PARTS = {"rest": "未计入分子", "numerator": "计入分子", "excluded": "不计入（有原因）"}
GROUP_LABELS = {group.value: str(group.label) for group in Group} | {"": "未归属"}
MOST_MATTERS = 5
OWN = {"city": "市直单位"}  # what lies directly under a region that has others under it


@dataclass(frozen=True, slots=True)
class Concern:
    """Something a leader should look at: its state, one sentence, and where its cases are."""

    status: Status
    text: str
    url: str


def figure_of(what: Measure, part: Part, url: str = "") -> dict[str, Any]:
    """A rate with its parts, as components/_rate.html takes it."""
    return {
        "key": what.key,
        "label": what.label,
        "is_rate": what.is_rate,
        "rate": printed_rate(part) if what.is_rate else None,
        "incomplete": bool(part.footing.untold or (part.footing.missing and part.denominator)),
        "gaps": [gap.words for gap in part.footing.missing],
        "is_stock": what.is_stock,
        "carried_over": part.carried_over,
        "new": part.denominator - part.carried_over,
        "numerator": len(part.numerator),
        "denominator": part.denominator,
        "missing": len(part.rest),
        "excluded": len(part.excluded),
        "empty_text": what.empty_text,
        "definition": what.definition,
        "unit": what.unit,
        "counter": what.counter,
        "url": url,
    }


def measure_url(
    populations: Populations, key: str, part: str = "", agency: str = "", region: str = ""
) -> str:
    """Where a figure of these populations opens: a part of it, the slice of one agency, or of a region under it."""
    asked = {"region": region or populations.region.code, "part": part, "agency": agency}
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("reports:measure", args=[populations.period.key, key]) + f"?{query}"


def unit_url(populations: Populations, key: str, code: str, part: str = "") -> str:
    """The same of a region under that of the populations, or of what lies directly under it, by its own code."""
    own = code == populations.region.code and populations.region.kind in OWN
    return measure_url(populations, key, part, agency=code if own else "", region=code)


def figure_rows(figures: list[Measured], populations: Populations) -> list[dict[str, Any]]:
    """One row per measure, with a link to what it is made of."""
    return [figure_of(row.measure, row.total, measure_url(populations, row.measure.key)) for row in figures]


def slices_of(figure: Measured, populations: Populations) -> list[dict[str, Any]]:
    """The agencies of a figure by group, the worst first, each with the link to its cases."""
    groups: dict[str, list[tuple[Agency, Part]]] = {}
    for agency, part in figure.by_agency:
        groups.setdefault(agency.group, []).append((agency, part))
    return [
        {"label": GROUP_LABELS[group], "rows": _slice_rows(figure.measure, groups[group], populations)}
        for group in GROUP_LABELS
        if group in groups
    ]


def area_parts(what: Measure, populations: Populations) -> list[tuple[str, Part, str]]:
    """Each county and zone with its part of a figure and where that opens."""
    found = []
    for unit in areas(populations):
        part = part_of_unit(what, unit, populations)
        found.append((unit.name, part, unit_url(populations, what.key, unit.code)))
    return found


def _slice_rows(
    what: Measure, slices: list[tuple[Agency, Part]], populations: Populations
) -> list[tuple[Agency, dict[str, Any]]]:
    worst_first = sorted(slices, key=lambda pair: -len(pair[1].rest))
    return [
        (agency, figure_of(what, part, measure_url(populations, what.key, agency=agency.code)))
        for agency, part in worst_first
    ]


def part_tabs(part: Part, chosen: str) -> tuple[str, list[dict[str, Any]]]:
    """The lists behind a figure with their lengths, and which one is open; first what is missing."""
    return list_tabs({key: len(getattr(part, key)) for key in PARTS}, chosen)


def list_tabs(sizes: dict[str, int], chosen: str) -> tuple[str, list[dict[str, Any]]]:
    """The same by the lengths of the lists."""
    if chosen not in sizes:
        chosen = next((key for key, size in sizes.items() if size), "numerator")
    return chosen, [
        {"key": key, "label": label, "count": sizes[key], "active": key == chosen}
        for key, label in PARTS.items()
    ]


def standing_rows(unit: Standing) -> list[dict[str, Any]]:
    """The items of a unit's score with their ledger lines and the cases behind them."""
    return [
        {
            "label": item.label,
            "max": item.max,
            "score": item.score,
            "note": unit.notes.get(item.key, ""),
            "lines": [
                {
                    "points": line.points,
                    "case": line.case,
                    "pk": unit.cases.get(line.case),
                    "clause": line.clause,
                    "reason": line.reason,
                }
                for line in unit.score.ledger
                if line.item == item.key
            ],
        }
        for item in unit.score.items
    ]


def headline(now: Measured, before: Measured, populations: Populations) -> dict[str, Any]:
    """A leader's figure: the rate, the gap in cases, and the change since the period before."""
    figure = figure_of(now.measure, now.total, measure_url(populations, now.measure.key))
    return figure | {"change": change_words(now, before, "上期", ("环比 ↑", "环比 ↓"), populations.floor)}


def one_sentence(heads: list[dict[str, Any]]) -> str:
    """The conclusion before the detail; that all is well is said too."""
    counted = [head for head in heads if head["denominator"]]
    if not counted and any(head["incomplete"] for head in heads):
        return f"{INCOMPLETE}：本期没有法院通报。"
    if not counted:
        return "本期没有开庭案件，也没有到期应履行的义务。"
    gap = sum(head["missing"] for head in counted)
    if gap == 0 and any(head["incomplete"] for head in counted):
        return f"{INCOMPLETE}，不能说已达 100%。"
    if gap == 0:
        return "本期有数据的指标均达 100%。"
    short = "、".join(head["label"] for head in counted if head["missing"])
    unknown = "、".join(head["label"] for head in heads if head["incomplete"])
    return f"{short}未到 100%，差在 {gap} 件{f'；{unknown}{INCOMPLETE}' if unknown else ''}。"


def matters(populations: Populations, appearance: Measured, performance: Measured) -> list[Concern]:
    """Up to five matters: obligations overdue, the longest first, then absent heads, by region."""
    names = _region_names(populations)
    found = [*_overdue(populations, names, performance), *_absent(populations, names, appearance)]
    return found[:MOST_MATTERS]


def _overdue(populations: Populations, names: dict[str, str], figure: Measured) -> list[Concern]:
    open_ones = [entry for entry in populations.obligations if entry.facts.outstanding]
    found = []
    for region, entries in _by_region(populations, open_ones).items():
        name, url = names[region], _rest_url(populations, figure, region)
        days = max(entry.facts.days_after_due(populations.on) for entry in entries)
        status = Status("overdue", f"最长逾期 {days} 天")
        found.append((days, Concern(status, f"{name} {len(entries)} 项生效裁判义务未履行", url)))
    return [matter for _, matter in sorted(found, key=lambda pair: -pair[0])]


def _absent(populations: Populations, names: dict[str, str], figure: Measured) -> list[Concern]:
    absent = {unit.id for unit in figure.total.rest}
    lanes = [entry for entry in populations.appearances if entry.id in absent]
    return [
        Concern(
            Status("soon", "未出庭"),
            f"{names[region]} {len({entry.id for entry in entries})} 件负责人未出庭",
            _rest_url(populations, figure, region),
        )
        for region, entries in _by_region(populations, lanes).items()
    ]


def _rest_url(populations: Populations, figure: Measured, region: str) -> str:
    """What is missing of a figure in one region under the reader's, or directly under it."""
    return unit_url(populations, figure.measure.key, region, "rest")


def _region_names(populations: Populations) -> dict[str, str]:
    """The regions under this one by name, and what lies directly under it."""
    own = OWN.get(populations.region.kind, populations.region.name)
    return {populations.region.code: own} | dict(populations.region.children.values_list("code", "name"))


def _by_region(populations: Populations, entries: list[Entry]) -> dict[str, list[Entry]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(populations.agencies[entry.agency].region, []).append(entry)
    return grouped
