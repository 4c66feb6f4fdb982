"""评分排名 and 得分影响: of the region of the reader's own organisation."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.models import Case
from organisations.access import may, require
from organisations.clock import this_moment, today
from organisations.models import Organisation, Region
from organisations.requests import SignedInRequest, requires
from organisations.roles import AGENCY_ROLES, Action
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.scopes import last_ended, period_choices
from reports.requests import own_region, period_or_404, populations_of, reading_of
from reports.scoring.case_effects import effects_of
from reports.scoring.ranking import FEW, GROUPS, Ranking, Standing, group_label, make_ranking
from reports.views.figures import CITY_ONLY
from reports.views.shown import (
    standing_rows,
)
from rules.ranking import Ranked
from rules.strict_toml import DataFileError


@require_safe
@requires(Action.READ_FIGURES)
def ranking(request: SignedInRequest, period: str = "") -> HttpResponse:
    """排名 of one group; the bare address leads to the chosen or the last quarter."""
    if not period:
        wanted = request.GET.get("period") or last_ended("quarter", today()).key
        return redirect("reports:ranking", period=period_or_404(wanted).key)
    when, region = period_or_404(period), own_region(request)
    groups = [key for key in GROUPS if region.kind == Region.Kind.CITY or key not in CITY_ONLY]
    group = request.GET.get("group") if request.GET.get("group") in groups else groups[0]
    context = {
        "period": when,
        "periods": period_choices(today(), kinds=1),
        "tabs": [{"key": key, "label": group_label(key, region), "active": key == group} for key in groups],
        "few": FEW,
        "breadcrumbs": [{"label": "评分排名", "url": ""}],
    }
    try:
        populations = populations_of(request, when)
        made = make_ranking(when, region, this_moment(), str(group), populations)
    except DataFileError as error:
        return render(request, "reports/scoring/ranking.html", context | {"no_scheme": str(error)})
    shown = {
        "scheme": made.scheme,
        "group": made.groups[0],
        "narrowed": _narrowed(made, populations),
        "of_regions": CITY_ONLY,
        "unattributed": made.unattributed,
        "may_group": may(request.actor, Action.SET_RULES),
        "coverage": made.coverage,
        "region": region,
        "snapshot": reading_of(made.scheme.version),
    }
    return render(request, "reports/scoring/ranking.html", context | shown)


@require_safe
@requires(Action.READ_FIGURES)
def unit(request: SignedInRequest, period: str, code: str) -> HttpResponse:
    """One unit's score: every line that cost points, with its case."""
    when = period_or_404(period)
    try:
        made = make_ranking(when, own_region(request), this_moment())
    except DataFileError as error:
        raise Http404(str(error)) from error
    places = [place for group in made.groups for place in group.ranked if place.row.code == code]
    standings = [row for group in made.groups for row in group.unranked if row.code == code]
    if not places and not standings:
        raise Http404
    place: Ranked[Standing] | None = places[0] if places else None
    standing = place.row if place else standings[0]
    context = {
        "period": when,
        "place": place,
        "unit": standing,
        "items": standing_rows(standing),
        "snapshot": reading_of(made.scheme.version),
        "organisation": _asked_to_rectify(request, code),
        "breadcrumbs": [
            {"label": "评分排名", "url": reverse("reports:ranking", args=[when.key])},
            {"label": standing.name, "url": ""},
        ],
    }
    return render(request, "reports/scoring/unit.html", context)


def _narrowed(made: Ranking, populations: Populations) -> set[str]:
    """The units whose heard cases have a list of their own: not those that stand for abolished ones too."""
    slices = measured(MEASURES["appearance_rate"], populations).by_agency
    heard = {agency.code: part.denominator for agency, part in slices}
    return {
        place.row.code
        for group in made.groups
        for place in group.ranked
        if place.row.heard and (group.key in CITY_ONLY or heard.get(place.row.code) == place.row.heard)
    }


def _asked_to_rectify(request: SignedInRequest, code: str) -> Organisation | None:
    """The unit of a score sheet, for an office that may ask it to put something right."""
    if not may(request.actor, Action.ORDER_DEADLINES):
        return None
    return Organisation.objects.agencies().filter(code=code).first()


@require_safe
def case_effect(request: SignedInRequest, pk: int) -> HttpResponse:
    """得分影响 of one case, in place on its page or on a page of its own. An agency reads its own lines."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    actor = request.actor
    own = actor is not None and actor.role in AGENCY_ROLES
    if not own:
        require(actor, Action.READ_FIGURES)
    assert actor is not None
    effects = effects_of(case.pk, own_region(request), this_moment())
    context = {
        "case": case,
        "effects": [one for one in effects if not own or one.code == actor.organisation.code],
        "may_open": not own,
        "breadcrumbs": [
            {"label": case.number, "url": f"/cases/{case.pk}/"},
            {"label": "得分影响", "url": ""},
        ],
    }
    part = (
        "reports/scoring/_case_effect.html"
        if getattr(request, "htmx", False)
        else "reports/scoring/case_effect.html"
    )
    return render(request, part, context)
