"""指标: always of the region of the reader's own organisation."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisations.clock import today
from organisations.requests import SignedInRequest, page_of, requires
from organisations.roles import Action
from reports.figures.measures import MEASURES, measured
from reports.figures.scopes import last_ended, period_choices
from reports.requests import period_or_404, populations_of, reading_of
from reports.views.shown import (
    figure_of,
    figure_rows,
    part_tabs,
)

PER_PAGE = 100


CITY_ONLY = ("counties", "zones")


@require_safe
@requires(Action.READ_FIGURES)
def figures(request: SignedInRequest) -> HttpResponse:
    """All measures of a period; without one, of the last quarter that is over."""
    chosen = request.GET.get("period", "")
    period = period_or_404(chosen) if chosen else last_ended("quarter", today())
    populations = populations_of(request, period)
    context = {
        "period": period,
        "region": populations.region,
        "periods": period_choices(today()),
        "rows": figure_rows([measured(what, populations) for what in MEASURES.values()], period.key),
        "snapshot": reading_of(),
        "breadcrumbs": [{"label": "指标", "url": ""}],
    }
    return render(request, "reports/figures/figures.html", context)


@require_safe
@requires(Action.READ_FIGURES)
def measure(request: SignedInRequest, period: str, key: str) -> HttpResponse:
    """What one figure is made of: its cases, those missing, those left out and why, and each agency's slice."""
    if key not in MEASURES:
        raise Http404
    when = period_or_404(period)
    figure = measured(MEASURES[key], populations_of(request, when))
    part, tabs = part_tabs(figure.total, request.GET.get("part", ""))
    context = {
        "period": when,
        "figure": figure_of(figure.measure, figure.total),
        "slices": [(agency, figure_of(figure.measure, piece)) for agency, piece in figure.by_agency],
        "tabs": tabs,
        "part": part,
        "page": page_of(request, getattr(figure.total, part), PER_PAGE),
        "query": f"part={part}",
        "snapshot": reading_of(),
        "breadcrumbs": [
            {"label": "指标", "url": reverse("reports:figures") + f"?period={when.key}"},
            {"label": figure.measure.label, "url": ""},
        ],
    }
    return render(request, "reports/figures/measure.html", context)
