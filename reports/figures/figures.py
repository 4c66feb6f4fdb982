"""Figures as scripts, bulletins and pages read them; what each one means: docs/rules.md §11."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from organisations.models import UNATTRIBUTED, Region
from reports.figures.entries import Agency, Part
from reports.figures.measure import Measure, Measured, measured, rate_of
from reports.figures.measures import MEASURES, VERSION
from reports.figures.populations import Populations
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
        **_parts(figure.measure, total),
        "numerator_ids": [unit.id for unit in total.numerator],
        "denominator_ids": [unit.id for unit in (*total.numerator, *total.rest)],
        "excluded": [{"id": left.id, "reason": left.reason} for left in total.excluded],
        "by_organisation": [_slice(figure.measure, agency, part) for agency, part in figure.by_agency],
    }


def _slice(what: Measure, agency: Agency, part: Part) -> dict[str, Any]:
    """The figure of one agency; one that belongs to no group stands under 未归属."""
    code = agency.code if agency.group else UNATTRIBUTED
    who = {"code": code, "name": agency.name, "group": agency.group or UNATTRIBUTED}
    return who | _parts(what, part)


def _parts(what: Measure, part: Part) -> dict[str, Any]:
    """Numerator, denominator and rate; a mere count has none."""
    return {
        "numerator": len(part.numerator),
        "denominator": part.denominator,
        "rate": rate_of(what, part),
        "carried_over": part.carried_over,
        "complete": not part.footing.missing,
    }


def _known(key: str) -> Measure:
    if key not in MEASURES:
        raise UnknownMeasure(f"没有指标“{key}”。现有指标：{'、'.join(MEASURES)}。")
    return MEASURES[key]
