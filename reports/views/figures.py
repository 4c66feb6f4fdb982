"""指标, of the reader's region or of one under it, and what is missing under them."""

from collections.abc import Container, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases.law import current_law
from cases.models import Case
from courts.models import Kind
from courts.notifications.coverage import KINDS, Gap, coverage_of
from courts.notifications.month_grid import grid_of
from organisations.access import may
from organisations.authors import Author
from organisations.clock import today
from organisations.models import Region
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action
from organisations.serving import XLSX, download
from reports.figures.changes import changes_of
from reports.figures.entries import Agency, Part
from reports.figures.export import figures_workbook
from reports.figures.funnel import funnel_of, sentence_of
from reports.figures.measure import Measured, measured
from reports.figures.measures import AUTHOR, MEASURES, SINCE, VERSION
from reports.figures.pictures import bars, dots, heat, line, sentence, spark
from reports.figures.populations import Populations
from reports.figures.scopes import last_ended, period_choices
from reports.figures.sign_off import sign_off, signatures_of
from reports.figures.stacks import legend, stacks
from reports.figures.trend import months_of, totals_of
from reports.figures.units import Unit, own_unit, part_of_unit
from reports.requests import chosen_region, period_or_404, populations_of, reading_of, regions_of
from reports.views.listed import live_rows
from reports.views.shown import area_parts, figure_of, figure_rows, measure_url, part_tabs, slices_of
from rules.report_periods import ReportPeriod, period_of

PER_PAGE = 100


CITY_ONLY = ("counties", "zones")


@require_safe
@requires(Action.READ_FIGURES)
def figures(request: SignedInRequest) -> HttpResponse:
    """All measures of a period; without one, of the last quarter that is over."""
    scope = _scope(request, request.GET.get("period", ""))
    populations = scope["populations"]
    found = {key: measured(what, populations) for key, what in MEASURES.items()}
    steps = funnel_of(populations, found)
    context = scope | {
        "rows": figure_rows(list(found.values()), populations),
        "funnel": [(step, measure_url(populations, step.key, step.list)) for step in steps],
        "funnel_sentence": sentence_of(steps),
        "breadcrumbs": [{"label": "指标", "url": ""}],
    }
    return render(request, "reports/figures/figures.html", context)


@require_safe
@requires(Action.READ_FIGURES)
def workbook(request: SignedInRequest) -> HttpResponse:
    """导出: every measure of the page with its cases, definitions and gaps."""
    scope = _scope(request, request.GET.get("period", ""))
    populations: Populations = scope["populations"]
    found = [measured(what, populations) for what in MEASURES.values()]
    content = figures_workbook(found, populations, by=_by(author_of(request)))
    return download(content, f"指标 {scope['region'].name} {scope['period'].key}.xlsx", XLSX)


@require_safe
@requires(Action.READ_FIGURES)
def trends(request: SignedInRequest, period: str) -> HttpResponse:
    """近 12 个月 of all measures as small lines: into the table of the page before, or on a page of its own."""
    scope = _scope(request, period_or_404(period).key)
    labels, totals = totals_of(MEASURES.values(), scope["region"], scope["period"].last, today())
    context = scope | {
        "sparks": [
            (spark(what, totals[key], labels), measure_url(scope["populations"], key))
            for key, what in MEASURES.items()
        ],
        "months": labels,
        "breadcrumbs": [
            {"label": "指标", "url": _figures_url(scope["populations"])},
            {"label": "近 12 个月", "url": ""},
        ],
    }
    part = "_sparks" if getattr(request, "htmx", False) else "trends"
    return render(request, f"reports/figures/{part}.html", context)


@require_safe
@requires(Action.READ_FIGURES)
def measure(request: SignedInRequest, period: str, key: str) -> HttpResponse:
    """What one figure is made of: its cases, those missing, those left out and why, and each agency's slice."""
    if key not in MEASURES:
        raise Http404
    if elsewhere := _chosen_period(request, "reports:measure", period, key):
        return redirect(elsewhere)
    scope = _scope(request, period_or_404(period).key)
    populations = scope["populations"]
    figure = measured(MEASURES[key], populations)
    agency, total, members = _chosen_slice(figure, populations, request.GET.get("agency", ""))
    part, tabs = part_tabs(total, request.GET.get("part", ""))
    stacked = stacks(figure.measure, "region", "reason", populations) if _has_reasons(figure, agency) else []
    region = scope["region"].code
    page = page_of(request, getattr(total, part), PER_PAGE)
    context = scope | {
        "agency": agency,
        "may_assign": may(request.actor, Action.ASSIGN),
        "definition": {"version": VERSION, "since": SINCE, "author": AUTHOR},
        "changes": changes_of(figure, populations) if agency is None else [],
        "figure": figure_of(figure.measure, total),
        "stacks": stacked,
        "legend": legend(stacked),
        "slices": slices_of(figure, populations) if agency is None else [],
        "bars": bars(area_parts(figure.measure, populations), is_bad=figure.measure.is_bad)
        if agency is None
        else [],
        "tabs": tabs,
        "part": part,
        "page": page,
        "units": live_rows(page, figure.measure, populations.period, members),
        "extra": f"&region={region}" + (f"&agency={agency.code}" if agency else ""),
        "query": f"part={part}&region={region}" + (f"&agency={agency.code}" if agency else ""),
        "breadcrumbs": [
            {"label": "指标", "url": _figures_url(populations)},
            *_above(agency is not None, populations, key),
            {"label": agency.name if agency else figure.measure.label, "url": ""},
        ],
    }
    return render(request, "reports/figures/measure.html", context)


@require_safe
@requires(Action.READ_FIGURES)
def trend(request: SignedInRequest, period: str, key: str) -> HttpResponse:
    """近 12 个月 of a measure up to the period: the line, and the areas by month; in place or on a page of its own."""
    if key not in MEASURES or not MEASURES[key].is_rate:
        raise Http404
    scope = _scope(request, period_or_404(period).key)
    what, region = MEASURES[key], scope["region"]
    months = months_of(what, region, scope["period"].last, today())
    drawn = dots(months)
    context = scope | {
        "figure": {"label": what.label, "key": key},
        "months": months,
        "dots": drawn,
        "line": line(drawn),
        "sentence": sentence(what.label, months),
        "heat": heat(region, months),
        "breadcrumbs": [
            {"label": what.label, "url": measure_url(scope["populations"], key)},
            {"label": "近 12 个月", "url": ""},
        ],
    }
    part = "_trend" if getattr(request, "htmx", False) else "trend"
    return render(request, f"reports/figures/{part}.html", context)


@require_safe
@requires(Action.READ_FIGURES)
def coverage(request: SignedInRequest, period: str = "") -> HttpResponse:
    """数据完整性: what is missing under the figures of a period, by kind."""
    scope = _scope(request, request.GET.get("period") or period)
    gaps: tuple[Gap, ...] = scope["coverage"].gaps
    kinds = [
        {"key": key, "label": kind.label, "gaps": [gap for gap in gaps if gap.kind == key]}
        for key, kind in KINDS.items()
    ]
    year = period_of("year", scope["period"].last)
    context = scope | {
        "kinds": [kind for kind in kinds if kind["gaps"]],
        "year": year,
        "grid": grid_of(year, coverage_of(year, scope["region"], today()), current_law()),
        "notification_kinds": Kind.labels,
        "may_open": may(request.actor, Action.READ_NOTIFICATIONS),
        "signatures": signatures_of(scope["period"], scope["region"]),
        "may_sign": may(request.actor, Action.DRAFT_BULLETIN) and scope["region"].kind != Region.Kind.CITY,
        "index": reverse("reports:coverage"),
        "breadcrumbs": [
            {"label": "指标", "url": _figures_url(scope["populations"])},
            {"label": "数据完整性", "url": ""},
        ],
    }
    return render(request, "reports/figures/coverage.html", context)


@require_POST
@requires(Action.DRAFT_BULLETIN)
def sign(request: SignedInRequest, period: str) -> HttpResponse:
    """签报 of the own region's month."""
    month = period_or_404(period)
    try:
        signed = sign_off(populations_of(request, month), author=author_of(request), law=current_law())
    except ValidationError as refused:
        messages.error(request, "".join(refused.messages))
    else:
        messages.success(request, f"已{signed}。")
    return redirect("reports:coverage", period=month.key)


@require_safe
@requires(Action.READ_FIGURES)
def gap(request: SignedInRequest, period: str, kind: str) -> HttpResponse:
    """The cases behind one line of the page before."""
    if kind not in KINDS:
        raise Http404
    scope = _scope(request, period_or_404(period).key)
    chosen = {name: request.GET[name] for name in ("court", "month") if request.GET.get(name)}
    cases = Case.objects.filter(pk__in=_cases(scope["coverage"].gaps, kind, chosen))
    context = scope | {
        "label": KINDS[kind].label,
        "page": page_of(request, cases.order_by("year", "type_code", "serial"), PER_PAGE),
        "query": "&".join(f"{name}={value}" for name, value in chosen.items()),
        "breadcrumbs": [
            {"label": "数据完整性", "url": reverse("reports:coverage", args=[scope["period"].key])},
            {"label": KINDS[kind].label, "url": ""},
        ],
    }
    return render(request, "reports/figures/gap.html", context)


def _cases(gaps: Iterable[Gap], kind: str, chosen: dict[str, str]) -> set[int]:
    found = (gap for gap in gaps if gap.kind == kind)
    return {
        pk
        for gap in found
        if all(getattr(gap, name) == value for name, value in chosen.items())
        for _, pk in gap.cases
    }


def _scope(request: SignedInRequest, chosen: str) -> dict[str, Any]:
    """The period and the region of a page, its populations, and what is missing under them."""
    period: ReportPeriod = period_or_404(chosen) if chosen else last_ended("quarter", today())
    regions = regions_of(request)
    region = chosen_region(request, regions)
    populations = populations_of(request, period, region)
    return {
        "period": period,
        "region": region,
        "regions": regions,
        "periods": period_choices(today(), kinds=4),
        "populations": populations,
        "coverage": populations.coverage,
        "snapshot": reading_of(),
    }


def _chosen_period(request: SignedInRequest, page: str, shown: str, key: str) -> str:
    """Where the period chosen on the page is; nothing where it is the one that the address names."""
    wanted = request.GET.get("period", "")
    if wanted in ("", shown):
        return ""
    others = request.GET.copy()
    del others["period"]
    address = reverse(page, args=[period_or_404(wanted).key, key])
    return f"{address}?{others.urlencode()}" if others else address


def _has_reasons(figure: Measured, agency: Any) -> bool:
    """Whether what is counted are losses, of the whole region."""
    return agency is None and figure.measure.source == "outcomes" and figure.measure.is_bad


def _chosen_slice(
    figure: Measured, populations: Populations, code: str
) -> tuple[Agency | Unit | None, Part, Container[int]]:
    """The agency (or what lies directly under a city, by the code of the city) with its part and its members."""
    if not code:
        return None, figure.total, populations.agencies
    own = own_unit(populations) if code == populations.region.code else None
    if own is not None:
        return own, part_of_unit(figure.measure, own, populations), own.members
    found = next((each for each in figure.by_agency if each[0].code == code), None)
    if found is None:
        raise Http404("这一期没有该单位的数据。")
    return *found, {pk for pk, agency in populations.agencies.items() if agency == found[0]}


def _above(is_slice: bool, populations: Populations, key: str) -> list[dict[str, str]]:
    if not is_slice:
        return []
    return [{"label": MEASURES[key].label, "url": measure_url(populations, key)}]


def _figures_url(populations: Populations) -> str:
    return f"{reverse('reports:figures')}?period={populations.period.key}&region={populations.region.code}"


def _by(author: Author) -> str:
    return f"{author.signer.organisation.name} {author.name}"
