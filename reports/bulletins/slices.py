"""The parts of a bulletin's figures that its cells and sentences open: one unit or one month, frozen with its ids."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from reports.bulletins.material import Material
from reports.figures.entries import Part
from reports.figures.measure import rate_of
from reports.figures.measures import MEASURES

Frozen = dict[str, dict[str, dict[str, Any]]]


def slices_of(material: Material, document: dict[str, Any]) -> Frozen:
    """By unit (or month) and figure what the document opens, and no more: {"371602": {"appearance_rate": …}}."""
    found: Frozen = {}
    known = _Parts(material)
    for unit, key in dict.fromkeys(_opened(document)):
        if unit and (part := known.part(unit, key)) is not None:
            found.setdefault(unit, {})[key] = _frozen(key, part) | {"name": known.names[unit]}
    return found


def _opened(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for block in document["blocks"]:
        opens = block.get("opens", [])
        if block["kind"] != "table":
            yield from ((one["unit"], one["key"]) for one in opens)
        elif opens:
            keys = {column.partition("/")[0] for column in opens["columns"] if column}
            yield from ((unit, key) for unit in opens["rows"] for key in sorted(keys))


class _Parts:
    """The part of a figure by the code of an area, of an agency or of a month of the period."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.areas = {unit.code: unit for unit in material.areas}
        self.agencies = {one.code: one for one in material.populations.agencies.values()}

    @cached_property
    def months(self) -> dict[str, Material]:
        return {month.period.key: month for month in self.material.months}

    @cached_property
    def names(self) -> dict[str, str]:
        months = {key: month.period.label for key, month in self.months.items()}
        agencies = {code: one.name for code, one in self.agencies.items()}
        return agencies | months | {code: unit.name for code, unit in self.areas.items()}

    def part(self, code: str, key: str) -> Part | None:
        if code in self.areas:
            return self.material.part(key, self.areas[code])
        if code in self.agencies:
            slices = self.material.measures[key].by_agency
            return next((part for agency, part in slices if agency.code == code), None)
        return self.months[code].measures[key].total if code in self.months else None


def _frozen(key: str, part: Part) -> dict[str, Any]:
    return {
        "numerator": len(part.numerator),
        "denominator": part.denominator,
        "rate": rate_of(MEASURES[key], part),
        "complete": not part.footing.missing,
        "numerator_ids": [unit.id for unit in part.numerator],
        "denominator_ids": [unit.id for unit in (*part.numerator, *part.rest)],
        "excluded": [{"id": left.id, "reason": left.reason} for left in part.excluded],
    }
