"""指标, 评分排名 and 领导驾驶舱: always of the region of the reader's own organisation."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from cases.models import Case
from organisations.access import may, require
from organisations.clock import this_moment, today
from organisations.models import Organisation, Region
from organisations.requests import SignedInRequest, requires
from organisations.roles import AGENCY_ROLES, Action
from reports.case_effects import effects_of
from reports.measures import MEASURES, VERSION, measured
from reports.models import Bulletin
from reports.pages import figure_of, figure_rows, headline, matters, one_sentence, part_tabs, standing_rows
from reports.populations import Populations
from reports.ranking import FEW, GROUPS, Standing, group_label, make_ranking
from reports.scopes import last_ended, period_choices
from rules.ranking import Ranked
from rules.report_periods import ReportPeriod, ReportPeriodInvalid, parse_report_period
from rules.strict_toml import DataFileError

PER_PAGE = 100
CITY_ONLY = ("counties", "zones")


def _region(request: SignedInRequest) -> Region:
    assert request.actor is not None
    return request.actor.organisation.region


def _period(text: str) -> ReportPeriod:
    try:
        return parse_report_period(text)
    except ReportPeriodInvalid as error:
        raise Http404(str(error)) from error


def _populations(request: SignedInRequest, period: ReportPeriod) -> Populations:
    return Populations(period, _region(request), today())


def _snapshot(rules: str = VERSION) -> dict[str, Any]:
    return {"as_of": localtime(this_moment()), "rules": rules, "state": "暂计"}


@require_safe
@requires(Action.READ_FIGURES)
def figures(request: SignedInRequest) -> HttpResponse:
    """All measures of a period; without one, of the last quarter that is over."""
    chosen = request.GET.get("period", "")
    period = _period(chosen) if chosen else last_ended("quarter", today())
    populations = _populations(request, period)
    context = {
        "period": period,
        "region": populations.region,
        "periods": period_choices(today()),
        "rows": figure_rows([measured(what, populations) for what in MEASURES.values()], period.key),
        "snapshot": _snapshot(),
        "breadcrumbs": [{"label": "指标", "url": ""}],
    }
    return render(request, "reports/figures.html", context)


@require_safe
@requires(Action.READ_FIGURES)
def measure(request: SignedInRequest, period: str, key: str) -> HttpResponse:
    """What one figure is made of: its cases, those missing, those left out and why, and each agency's slice."""
    if key not in MEASURES:
        raise Http404
    when = _period(period)
    told = measured(MEASURES[key], _populations(request, when))
    part, tabs = part_tabs(told.total, request.GET.get("part", ""))
    context = {
        "period": when,
        "figure": figure_of(told.measure, told.total),
        "slices": [(agency, figure_of(told.measure, piece)) for agency, piece in told.by_agency],
        "tabs": tabs,
        "part": part,
        "page": Paginator(getattr(told.total, part), PER_PAGE).get_page(request.GET.get("page")),
        "query": f"part={part}",
        "snapshot": _snapshot(),
        "breadcrumbs": [
            {"label": "指标", "url": reverse("reports:figures") + f"?period={when.key}"},
            {"label": told.measure.label, "url": ""},
        ],
    }
    return render(request, "reports/measure.html", context)


@require_safe
@requires(Action.READ_FIGURES)
def ranking(request: SignedInRequest, period: str = "") -> HttpResponse:
    """排名 of one group; the bare address leads to the chosen or the last quarter."""
    if not period:
        wanted = request.GET.get("period") or last_ended("quarter", today()).key
        return redirect("reports:ranking", period=_period(wanted).key)
    when, region = _period(period), _region(request)
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
        made = make_ranking(when, region, this_moment(), str(group))
    except DataFileError as error:
        return render(request, "reports/ranking.html", context | {"no_scheme": str(error)})
    told = {"scheme": made.scheme, "group": made.groups[0], "snapshot": _snapshot(made.scheme.version)}
    return render(request, "reports/ranking.html", context | told)


@require_safe
@requires(Action.READ_FIGURES)
def unit(request: SignedInRequest, period: str, code: str) -> HttpResponse:
    """One unit's score: every line that cost points, with its case."""
    when = _period(period)
    try:
        made = make_ranking(when, _region(request), this_moment())
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
        "snapshot": _snapshot(made.scheme.version),
        "organisation": _asked_to_rectify(request, code),
        "breadcrumbs": [
            {"label": "评分排名", "url": reverse("reports:ranking", args=[when.key])},
            {"label": standing.name, "url": ""},
        ],
    }
    return render(request, "reports/unit.html", context)


def _asked_to_rectify(request: SignedInRequest, code: str) -> Organisation | None:
    """The unit of a score sheet, for an office that may ask it to put something right."""
    if not may(request.actor, Action.ORDER_DEADLINES):
        return None
    return Organisation.objects.agencies().filter(code=code).first()


@require_safe
@requires(Action.READ_FIGURES)
def cockpit(request: SignedInRequest) -> HttpResponse:
    """领导驾驶舱: one sentence, two rates with their gap in cases, at most five matters, the latest bulletin."""
    chosen = request.GET.get("period", "")
    period = _period(chosen) if chosen else last_ended("month", today())
    populations = _populations(request, period)
    before = populations.before()
    rates = {key: measured(MEASURES[key], populations) for key in ("appearance_rate", "performance_rate")}
    heads = [headline(told, measured(told.measure, before), period.key) for told in rates.values()]
    context = {
        "period": period,
        "region": populations.region,
        "periods": period_choices(today()),
        "sentence": one_sentence(heads),
        "heads": heads,
        "matters": matters(populations, *rates.values()),
        "latest": Bulletin.objects.visible_to(request.actor)
        .filter(state="issued")
        .order_by("-issued_at")
        .first(),
        "snapshot": _snapshot(),
        "breadcrumbs": [{"label": "领导驾驶舱", "url": ""}],
    }
    return render(request, "reports/cockpit.html", context)


@require_safe
def case_effect(request: SignedInRequest, pk: int) -> HttpResponse:
    """得分影响 of one case, in place on its page or on a page of its own. An agency reads its own lines."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    actor = request.actor
    own = actor is not None and actor.role in AGENCY_ROLES
    if not own:
        require(actor, Action.READ_FIGURES)
    assert actor is not None
    effects = effects_of(case.pk, _region(request), this_moment())
    context = {
        "case": case,
        "effects": [one for one in effects if not own or one.code == actor.organisation.code],
        "may_open": not own,
        "breadcrumbs": [
            {"label": case.number, "url": f"/cases/{case.pk}/"},
            {"label": "得分影响", "url": ""},
        ],
    }
    part = "reports/_case_effect.html" if getattr(request, "htmx", False) else "reports/case_effect.html"
    return render(request, part, context)
