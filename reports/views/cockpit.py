"""领导驾驶舱."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.clock import today
from organisations.requests import SignedInRequest, requires
from organisations.roles import Action
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.scopes import last_ended, period_choices
from reports.models import Bulletin
from reports.requests import chosen_region, period_or_404, populations_of, reading_of, regions_of
from reports.views.shown import (
    headline,
    matters,
    one_sentence,
)


@require_safe
@requires(Action.READ_FIGURES)
def cockpit(request: SignedInRequest) -> HttpResponse:
    """领导驾驶舱: one sentence, two rates with their gap in cases, at most five matters, the latest bulletin."""
    chosen = request.GET.get("period", "")
    period = period_or_404(chosen) if chosen else last_ended("month", today())
    regions = regions_of(request)
    populations = populations_of(request, period, chosen_region(request, regions))
    before = populations.before()
    rates = {key: measured(MEASURES[key], populations) for key in ("appearance_rate", "performance_rate")}
    heads = [headline(figure, measured(figure.measure, before), populations) for figure in rates.values()]
    context = {
        "period": period,
        "region": populations.region,
        "regions": regions,
        "periods": period_choices(today()),
        "sentence": one_sentence(heads),
        "heads": heads,
        "matters": matters(populations, *rates.values()),
        "latest": Bulletin.objects.visible_to(request.actor)
        .filter(state="issued")
        .order_by("-issued_at")
        .first(),
        "coverage": populations.coverage,
        "snapshot": reading_of(),
        "breadcrumbs": [{"label": "领导驾驶舱", "url": ""}],
    }
    return render(request, "reports/cockpit.html", context)
