"""半年统计 and 年度统计: the tables of a return, with their checks; every number opens its cases."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisations.clock import today
from organisations.models import Region
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action
from organisations.serving import XLSX, download
from reports.analysis.filled import Cell, FilledTable, Row
from reports.analysis.returns import load_return
from reports.analysis.returns_export import returns_workbook
from reports.figures.populations import Populations
from reports.figures.scopes import last_ended, long_period_choices
from reports.requests import chosen_region, period_or_404, populations_of, reading_of, regions_of
from rules.report_periods import Kind, ReportPeriod

TITLES: dict[Kind, str] = {"half_year": "半年统计", "year": "年度统计"}
ROUTES: dict[Kind, str] = {"half_year": "reports:half_year", "year": "reports:annual"}


@require_safe
@requires(Action.READ_FIGURES)
def page(request: SignedInRequest, period: str, kind: Kind) -> HttpResponse:
    """All tables of a half-year or a year; another period chosen on the page leads to its own address."""
    if (wanted := request.GET.get("period", period)) != period:
        return redirect(_url(period_or_404(wanted), chosen_region(request, regions_of(request))))
    now = _asked(request, period, kind)
    tables = _filled(now)
    context = {
        "title": TITLES[kind],
        "period": now.period,
        "region": now.region,
        "regions": regions_of(request),
        "periods": long_period_choices(today()),
        "tables": [_table(number, each) for number, each in enumerate(tables, start=1)],
        "is_empty": not any(each.rows for each in tables),
        "notes": load_return().notes,
        "gaps": list(dict.fromkeys(gap for each in tables for gap in each.gaps)),
        "workbook": _url(now.period, now.region, "_workbook"),
        "snapshot": reading_of(),
        "breadcrumbs": [
            {"label": "指标", "url": reverse("reports:figures")},
            {"label": "自助统计", "url": reverse("reports:query")},
            {"label": TITLES[kind], "url": ""},
        ],
    }
    return render(request, "reports/analysis/returns.html", context)


@require_safe
@requires(Action.READ_FIGURES)
def workbook(request: SignedInRequest, period: str, kind: Kind) -> HttpResponse:
    """The same as a workbook."""
    now, author = _asked(request, period, kind), author_of(request)
    content = returns_workbook(_filled(now), now, by=f"{author.signer.organisation.name} {author.name}")
    return download(content, f"{TITLES[kind]} {now.region.name} {now.period.key}.xlsx", XLSX)


def return_links(region: Region) -> list[tuple[str, str]]:
    """The returns of the last half-year and of the last year that are over."""
    return [(title, _url(last_ended(kind, today()), region)) for kind, title in TITLES.items()]


def _asked(request: SignedInRequest, key: str, kind: Kind) -> Populations:
    period = period_or_404(key)
    if period.kind != kind:
        raise Http404(f"“{period}”没有{TITLES[kind]}，请改选半年或者年度。")
    return populations_of(request, period, chosen_region(request, regions_of(request)))


def _url(period: ReportPeriod, region: Region, page: str = "") -> str:
    """Where the return of a period is; Http404 where the period has none."""
    if period.kind not in ROUTES:
        raise Http404(f"“{period}”没有半年或者年度统计，请改选半年或者年度。")
    return f"{reverse(ROUTES[period.kind] + page, args=[period.key])}?{urlencode({'region': region.code})}"


def _filled(now: Populations) -> list[FilledTable]:
    return [FilledTable(table, now) for table in load_return().tables]


def _table(number: int, filled: FilledTable) -> dict[str, Any]:
    return {
        "number": number,
        "table": filled.table,
        "rows": [_row(filled, row) for row in filled.rows],
        "total": _row(filled, filled.total),
        "balances": filled.balances,
    }


def _row(filled: FilledTable, row: Row) -> dict[str, Any]:
    opens = [(cell, _cell_url(filled, row, cell) if cell.number else "") for cell in row.cells]
    return {"label": row.label, "cells": opens}


def _cell_url(filled: FilledTable, row: Row, cell: Cell) -> str:
    """The cases behind a number: those of its part, or of the whole row where it counts them all."""
    now, column = filled.populations, cell.column
    asked = {
        "measure": column.measure.key,
        "by": filled.table.by.key,
        "period": now.period.key,
        "region": now.region.code,
        "slice": row.slice.key if row.slice else "",
        "part": "" if column.part == "denominator" else column.part,
    }
    return (
        f"{reverse('reports:query')}?{urlencode({key: value for key, value in asked.items() if value})}#cases"
    )
