"""By what figures are broken down. A breakdown is a partition: every unit of a measure stands in exactly one slice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cases.deadlines.on_decisions import NOT_DISPOSITIVE
from cases.models import Case, DecisionOutcome, Domain, Lane, Paper
from cases.record.causes import ActKinds
from organisations.models import Group, Organisation
from reports.figures.entries import Entry, Footing, Part
from reports.figures.measure import Measure, counted, part_of
from reports.figures.populations import OutcomeFacts, Populations
from reports.figures.ways import load_ways
from rules.outcomes import lost_reasons, reasons_in

CHUNK = 5000


class Slice(NamedTuple):
    """One value of a dimension. Slices are shown by their place; those of one place, the largest first."""

    place: int
    key: str
    label: str


SEVERAL = Slice(9997, "several", "分属多类（共同被告或者多项原因）")
UNKNOWN = Slice(9998, "unknown", "未载明")
NOT_LOST = Slice(9999, "not_lost", "未败诉")
OTHER_REASON = Slice(9996, "other", "其他原因")
SEVERAL_WAYS = Slice(9997, "several", "多种结果")
NOT_CONCLUDED = Slice(9999, "pending", "未结")
Slices = Callable[[Populations, Sequence[Entry]], Iterable[Slice]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What figures can be broken down by; `slices` says where each entry belongs, in their order."""

    key: str
    label: str
    note: str
    slices: Slices
    of: str = ""  # of which population alone
    of_cases: bool = True  # not of what belongs to no case


def dimensions_of(what: Measure) -> list[Dimension]:
    """What the measure can be broken down by."""
    without_case = what.source == "trainings"
    return [
        one
        for one in DIMENSIONS.values()
        if one.of in ("", what.source) and not (one.of_cases and without_case)
    ]


def breakdown(what: Measure, by: Dimension, populations: Populations) -> list[tuple[Slice, Part]]:
    """The parts of a measure; numerators, denominators and what is excluded add up to those of its total.

    KeyError where the measure has no such dimension.
    """
    if by not in dimensions_of(what):
        raise KeyError(by.key)
    entries = counted(what, getattr(populations, what.source))
    of_unit = slice_of_units(entries, by, populations)
    grouped: dict[Slice, list[Entry]] = defaultdict(list)
    for entry in entries:
        grouped[of_unit[entry.id]].append(entry)
    parts = ((key, part_of(what, own, _footing(own, what, populations))) for key, own in grouped.items())
    return sorted(
        ((key, part) for key, part in parts if part),
        key=lambda pair: (pair[0].place, -pair[1].denominator, pair[0].label),
    )


def slice_of_units(entries: Sequence[Entry], by: Dimension, populations: Populations) -> dict[str, Slice]:
    """The one slice of each unit, by its id; SEVERAL where its entries belong to more than one."""
    found: dict[str, Slice] = {}
    for entry, own in zip(entries, by.slices(populations, entries), strict=True):
        found[entry.id] = own if found.get(entry.id, own) == own else SEVERAL
    return found


def _footing(entries: Iterable[Entry], what: Measure, populations: Populations) -> Footing:
    """What is missing under a slice: of the one region it lies in, else under all of it."""
    regions = {populations.agencies[entry.agency].region for entry in entries}
    return populations.footing(what.source, regions.pop() if len(regions) == 1 else "")


def _by_region(populations: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    region = populations.region
    named = {region.code: Slice(0, region.code, "市直单位" if region.kind == "city" else region.name)}
    for place, (code, name) in enumerate(region.children.values_list("code", "name"), start=1):
        named[code] = Slice(place, code, name)
    return (named[populations.agencies[entry.agency].region] for entry in entries)


def _by_group(populations: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    named = {one.value: Slice(place, one.value, str(one.label)) for place, one in enumerate(Group)}
    lost = Slice(len(named), "unattributed", "未归属")
    return (named.get(populations.agencies[entry.agency].group, lost) for entry in entries)


def _by_level(populations: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    levels = Organisation.Level
    named = {one.value: Slice(place, one.value, str(one.label)) for place, one in enumerate(levels)}
    return (named[populations.agencies[entry.agency].level] for entry in entries)


def _by_agency(populations: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    agencies = list(populations.agencies)
    place = dict(zip(agencies, range(len(agencies)), strict=True))
    for entry in entries:
        agency = populations.agencies[entry.agency]
        yield Slice(place[entry.agency], agency.code, agency.name)


def _by_domain(populations: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    named = {one.key: Slice(one.position, one.key, one.name) for one in Domain.objects.all()}
    domains = dict(Organisation.objects.filter(pk__in=populations.agencies).values_list("pk", "domain"))
    return (named.get(domains[entry.agency], UNKNOWN) for entry in entries)


def _by_court(_: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    told = _of_cases(entries, "court__position", "court__code", "court__short_name")
    return (Slice(*told[entry.case]) for entry in entries)


def _by_instance(_: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    named = {one.value: Slice(place, one.value, str(one.label)) for place, one in enumerate(Case.Instance)}
    told = _of_cases(entries, "instance")
    return (named[told[entry.case][0]] for entry in entries)


def _by_cause(_: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    """In the words of the court: they are no catalogue, so the largest come first."""
    told = _of_cases(entries, "cause")
    return (
        Slice(0, cause, cause) if (cause := told[entry.case][0].strip()) else UNKNOWN for entry in entries
    )


def _by_act(_: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    kinds = ActKinds()
    named = {code: Slice(int(code), code, name) for code, name in kinds.names.items()}
    told = _of_cases(entries, "cause")
    found = {cause: kinds.find(cause) for (cause,) in set(told.values())}
    return (named.get(found[told[entry.case][0]] or "", UNKNOWN) for entry in entries)


def _by_role(_: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    named = {one.value: Slice(place, one.value, str(one.label)) for place, one in enumerate(Lane.Role)}
    roles: dict[tuple[int | None, int], str] = {}
    for cases in _chunks(entries):
        rows = Lane.objects.filter(case__in=cases).values_list("case_id", "organisation_id", "role")
        roles |= {(case, agency): role for case, agency, role in rows}
    return (named[roles[entry.case, entry.agency]] for entry in entries)


def _by_reason(_: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    """What the court named; where it named nothing, what the agency's own 败诉报告 says."""
    order = {one.code: Slice(place, one.code, one.label) for place, one in enumerate(lost_reasons())}
    reported = _reported(entries)
    for entry in entries:
        facts: OutcomeFacts = entry.facts
        named = [order[one.code] for one in reasons_in(facts.why)]
        named = named or [
            order[code] for code in reported.get((entry.case, entry.agency), ()) if not facts.why
        ]
        yield _reason(facts, named)


def _reason(facts: OutcomeFacts, named: list[Slice]) -> Slice:
    if not facts.lost:
        return NOT_LOST
    if len(named) > 1:
        return SEVERAL
    return named[0] if named else OTHER_REASON if facts.why else UNKNOWN


def _by_way(populations: Populations, entries: Sequence[Entry]) -> Iterator[Slice]:
    named = {
        code: Slice(place, way.key, way.label) for place, way in enumerate(load_ways()) for code in way.codes
    }
    ended = _ended(populations, entries)
    return (_way({named.get(code, UNKNOWN) for code in ended[entry.case]}) for entry in entries)


def _way(found: set[Slice]) -> Slice:
    if len(found) > 1:
        return SEVERAL_WAYS
    return found.pop() if found else NOT_CONCLUDED


def _ended(populations: Populations, entries: Sequence[Entry]) -> dict[int | None, set[str]]:
    """The outcomes that ended each case by the end of the period."""
    until = min(populations.period.last, populations.on)
    found: dict[int | None, set[str]] = defaultdict(set)
    for cases in _chunks(entries):
        told = DecisionOutcome.objects.filter(decision__case__in=cases, decision__decided_on__lte=until)
        rows = told.exclude(code__in=NOT_DISPOSITIVE).values_list("decision__case_id", "code")
        for case, code in rows:
            found[case].add(code)
    return found


def _reported(entries: Sequence[Entry]) -> dict[tuple[int | None, int], list[str]]:
    """The reasons in the latest 败诉报告 of each lane."""
    found: dict[tuple[int | None, int], list[str]] = {}
    for cases in _chunks(entries):
        papers = Paper.objects.filter(lane__case__in=cases, kind=Paper.Kind.LOST_CASE_REPORT)
        rows = papers.order_by("version").values_list("lane__case_id", "lane__organisation_id", "content")
        found |= {(case, agency): content.get("causes", []) for case, agency, content in rows}
    return found


def _of_cases(entries: Sequence[Entry], *fields: str) -> dict[int | None, tuple[Any, ...]]:
    """These fields of the cases of the entries."""
    return {
        pk: tuple(told)
        for cases in _chunks(entries)
        for pk, *told in Case.objects.filter(pk__in=cases).values_list("pk", *fields)
    }


def _chunks(entries: Sequence[Entry]) -> Iterator[list[int]]:
    cases = sorted({entry.case for entry in entries if entry.case})
    return (cases[start : start + CHUNK] for start in range(0, len(cases), CHUNK))


DIMENSIONS = {
    one.key: one
    for one in (
        Dimension("region", "地区", "按被诉机关所在县（市、区）", _by_region, of_cases=False),
        Dimension("group", "单位类别", "按期末的单位分组", _by_group, of_cases=False),
        Dimension("level", "被告层级", "按被诉机关的层级", _by_level, of_cases=False),
        Dimension("domain", "管理领域", "按被诉机关的主管领域（机构目录）", _by_domain, of_cases=False),
        Dimension("agency", "被诉机关", "按被诉机关", _by_agency, of_cases=False),
        Dimension("court", "受理法院", "按案号所属法院", _by_court),
        Dimension("instance", "审级", "按案件审级", _by_instance),
        Dimension("act", "行政行为种类", "按案由（法发〔2020〕44号）的二级案由，由通报所载案由的用语归类", _by_act),
        Dimension("cause", "案由", "按通报所载案由原文", _by_cause),
        Dimension("role", "被诉身份", "按被告在本案中的身份", _by_role),
        Dimension(
            "reason", "败诉原因",
            "按法院通报的败诉原因归入《行政诉讼法》第七十条等各项；法院未载明的，按败诉报告所选", _by_reason,
            of="outcomes",
        ),
        Dimension(
            "way", "审结方式", "按裁判结果归入；一件有几种结果的单列一类，期末未裁判的列为未结", _by_way, of="cases",
        ),
    )
}  # fmt: skip
