"""The units that are compared with each other: regions with all their agencies, or single organisations."""

from collections.abc import Iterator
from dataclasses import dataclass

from organisations.models import Organisation, Region
from reports.figures.populations import Populations

REGION_KINDS = {"counties": Region.Kind.COUNTY, "zones": Region.Kind.ZONE}


@dataclass(frozen=True, slots=True)
class Unit:
    """A region or an organisation, with the ids of the agencies that make it up."""

    code: str
    name: str
    members: frozenset[int]


def units_of(group: str, populations: Populations) -> Iterator[Unit]:
    """The units of a ranking group in official order; organisations as they existed at the end of the period."""
    if group in REGION_KINDS:
        for region in populations.region.children.filter(kind=REGION_KINDS[group]):
            yield _of_region(region, populations)
        return
    existing = Organisation.objects.existing(on=populations.period.last).filter(
        region=populations.region, group=group
    )
    for pk, code, name in existing.values_list("pk", "code", "name"):
        yield Unit(code, name, frozenset({pk}))


def areas(populations: Populations) -> list[Unit]:
    """The counties and zones of a city and what lies directly under the city; nothing for a county."""
    under = [unit for group in REGION_KINDS for unit in units_of(group, populations)]
    own = frozenset(
        pk for pk, agency in populations.agencies.items() if agency.region == populations.region.code
    )
    return [*under, Unit(populations.region.code, "市直单位", own)] if under else []


def _of_region(region: Region, populations: Populations) -> Unit:
    agencies = populations.agencies.items()
    return Unit(
        region.code, region.name, frozenset(pk for pk, agency in agencies if agency.region == region.code)
    )
