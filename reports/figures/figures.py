"""Figures as scripts, bulletins and pages read them; what each one means: docs/rules.md §11."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from organisations.models import Region
from reports.figures.entries import Part
from reports.figures.measures import MEASURES, VERSION, Measure, Measured, measured
from reports.figures.populations import Populations
from rules.rates import format_rate
from rules.report_periods import ReportPeriod


class UnknownMeasure(LookupError):
    """No measure has that key; the message names those there are."""


def figures(
    period: ReportPeriod, region: Region, as_of: datetime, keys: Iterable[str] | None = None
) -> dict[str, Any]:
    """The figures of the agencies of a region; all measures, or those of `keys` (else UnknownMeasure)."""
    populations = Populations(period, region, localtime(as_of).date())
    return figures_of(populations, keys) | {"as_of": localtime(as_of).isoformat()}


def figures_of(populations: Populations, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """The same on populations already at hand, without the moment."""
    chosen = [_known(key) for key in keys] if keys is not None else list(MEASURES.values())
    return {
        "period": populations.period.key,
        "region": populations.region.code,
        "coverage": populations.coverage.to_json(),
        "as_of": populations.on.isoformat(),
        "rules": VERSION,
        "measures": [to_json(measured(what, populations)) for what in chosen],
    }


def to_json(figure: Measured) -> dict[str, Any]:
    """One measure with all its ids and slices."""
    total = figure.total
    return {
        "key": figure.measure.key,
        "kind": figure.measure.kind,
        "label": figure.measure.label,
        "unit": figure.measure.unit,
        "definition": figure.measure.definition,
        **_parts(total, is_rate=figure.measure.is_rate),
        "numerator_ids": [unit.id for unit in total.numerator],
        "denominator_ids": [unit.id for unit in (*total.numerator, *total.rest)],
        "excluded": [{"id": left.id, "reason": left.reason} for left in total.excluded],
        "by_organisation": [
            {"code": agency.code, "name": agency.name, **_parts(part, is_rate=figure.measure.is_rate)}
            for agency, part in figure.by_agency
        ],
    }


def _parts(part: Part, *, is_rate: bool) -> dict[str, Any]:
    """Numerator, denominator and rate; a mere count has none."""
    count = len(part.numerator)
    rate = format_rate(count, part.denominator) if is_rate else None
    return {
        "numerator": count,
        "denominator": part.denominator,
        "rate": rate,
        "carried_over": part.carried_over,
    }


def _known(key: str) -> Measure:
    if key not in MEASURES:
        raise UnknownMeasure(f"没有指标“{key}”。现有指标：{'、'.join(MEASURES)}。")
    return MEASURES[key]
