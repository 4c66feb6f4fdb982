"""The units that are compared with each other: regions with all their agencies, or single organisations."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from organisations.models import Group, Region
from reports.figures.entries import Entry, Part
from reports.figures.measure import Measure, part_of
from reports.figures.populations import Populations

REGION_KINDS = {"counties": Region.Kind.COUNTY, "zones": Region.Kind.ZONE}
# The organisations directly under a region, by what they are ranked as.
_RANKED_AS = {
    "departments": (Group.DEPARTMENTS, Group.COUNTY_DEPARTMENTS),
    "vertical": (Group.VERTICAL,),
    "townships": (Group.TOWNSHIPS,),
    "others": (Group.OTHERS, Group.COUNTIES, Group.ZONES),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A region or an organisation, with the ids of the agencies that make it up, and where its courts are."""

    code: str
    name: str
    members: frozenset[int]
    region: str


def units_of(group: str, populations: Populations) -> Iterator[Unit]:
    """The units of a ranking group in official order; organisations as they existed at the end of the period.

    An abolished organisation is part of its heir; without one it stands for itself as long as it is sued.
    """
    if group in REGION_KINDS:
        for region in populations.region.children.filter(kind=REGION_KINDS[group]):
            yield _of_region(region, populations)
        return
    joined = _joined(populations)
    for pk, members in joined.items():
        agency = populations.agencies[pk]
        if agency.group in _RANKED_AS[group]:
            yield Unit(agency.code, agency.name, frozenset(members), agency.region)


def unattributed(populations: Populations) -> list[Unit]:
    """Organisations that were sued in the period and belong to no group (未归属)."""
    return [
        Unit(agency.code, agency.name, frozenset({pk}), agency.region)
        for pk, agency in populations.agencies.items()
        if not agency.group and pk in populations.sued
    ]


def areas(populations: Populations) -> list[Unit]:
    """The counties and zones of a city and what lies directly under the city; nothing for a county."""
    under = [unit for group in REGION_KINDS for unit in units_of(group, populations)]
    region = populations.region.code
    own = frozenset(pk for pk, agency in populations.agencies.items() if agency.region == region)
    return [*under, Unit(region, "市直单位", own, region)] if under else []


def own_unit(populations: Populations) -> Unit | None:
    """What lies directly under a city; None for a region that has no others under it."""
    return next((unit for unit in areas(populations) if unit.code == populations.region.code), None)


def part_of_unit(what: Measure, unit: Unit, populations: Populations) -> Part:
    """A measure of a unit: of its agencies alone, with what is missing in its region."""
    entries: list[Entry] = getattr(populations, what.source)
    own = [entry for entry in entries if entry.agency in unit.members]
    return part_of(what, own, populations.footing(what.source, unit.region))


def _joined(populations: Populations) -> dict[int, set[int]]:
    """The organisations directly under the region, each with those in whose place it stands."""
    found: dict[int, set[int]] = defaultdict(set)
    for pk, agency in populations.agencies.items():
        if agency.region == populations.region.code:
            heir = agency.heir if agency.heir in populations.agencies else None
            found[heir or pk].add(pk)
    agencies = populations.agencies
    return {pk: members for pk, members in found.items() if agencies[pk].exists or members & populations.sued}


def _of_region(region: Region, populations: Populations) -> Unit:
    agencies = populations.agencies.items()
    members = frozenset(pk for pk, agency in agencies if agency.region == region.code)
    return Unit(region.code, region.name, members, region.code)
