"""法院通报, as the legal affairs office sees it: what came, what is still to come, the row a fact comes from."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from cases.law import current_law
from cases.models import Case
from courts.models import HeldRow, Kind, Upload
from courts.notifications.completeness import GAPS, gaps_of, open_cases
from courts.notifications.overview import courts_and_cards
from courts.requests import courts_seen_by, crumbs, month_or_404, neighbours
from courts.uploads.source_rows import row_of
from lib.workbooks import UnusableWorkbook
from organisations.access import may
from organisations.clock import today
from organisations.files import FileDamaged
from organisations.models import Post
from organisations.requests import SignedInRequest, id_in, page_of, requires
from organisations.roles import Action
from rules.report_periods import period_of

PER_PAGE = 50


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def received(request: SignedInRequest) -> HttpResponse:
    """法院通报: which court told what for a month, and what is still to be told."""
    period = month_or_404(request.GET.get("month") or period_of("month", today()).key)
    courts = list(courts_seen_by(request.actor))
    before = period.previous()
    gaps = gaps_of(courts, before, today())
    context = {
        "period": period,
        "before": before,
        "rows": [(row, gaps.get(row.court.code, {})) for row in courts_and_cards(courts, period.first)],
        "kinds": Kind.choices,
        "gaps": GAPS,
        "may_enter": may(request.actor, Action.ENTER_FOR),
        "held": HeldRow.objects.visible_to(request.actor).open().count(),
        "day": current_law().notification_day(period.first),
        **neighbours(period),
        "breadcrumbs": [{"label": "法院通报", "url": ""}],
    }
    return render(request, "courts/notifications/received.html", context)


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def gap(request: SignedInRequest, code: str, month: str, kind: str) -> HttpResponse:
    """The cases behind one number of the page before."""
    period = month_or_404(month)
    court = get_object_or_404(courts_seen_by(request.actor), code=code)
    if kind not in GAPS:
        raise Http404
    cases = open_cases(kind, court, period, today())
    context = {
        "court": court,
        "period": period,
        "gap": GAPS[kind],
        "page": page_of(request, cases, PER_PAGE),
        "breadcrumbs": crumbs(request, period.first, f"{court.short_name}：{GAPS[kind]}"),
    }
    return render(request, "courts/notifications/gap.html", context)


@require_GET
def source_row(request: SignedInRequest, number: str) -> HttpResponse:
    """The row of a court's workbook that a fact comes from, for whoever sees the upload or a case that it tells of."""
    upload = get_object_or_404(Upload.objects.select_related("court", "file").defer("rows"), number=number)
    sheet, row = request.GET.get("sheet", ""), id_in(request.GET.get("row"))
    if not (_sees(request.actor, upload) or _told_by(upload, sheet, row, request.actor)):
        raise Http404
    try:
        cells = row_of(upload, sheet, row)
    except (UnusableWorkbook, FileDamaged):
        cells = None
    if cells == []:
        raise Http404
    context = {
        "upload": upload,
        "sheet": sheet,
        "row": row,
        "cells": cells,
        "marked": request.GET.get("column", ""),
        "breadcrumbs": [{"label": f"{upload.file_name} 第 {row} 行", "url": ""}],
    }
    return render(request, "courts/notifications/source_row.html", context)


def _sees(actor: Post | None, upload: Upload) -> bool:
    return Upload.objects.visible_to(actor).filter(pk=upload.pk).exists()


def _told_by(upload: Upload, sheet: str, row: int | None, actor: Post | None) -> bool:
    """Whether the post sees a case of which this row tells."""
    paths = (
        "source",
        "lanes__source",
        "hearings__source",
        "decisions__source",
        "decisions__outcomes__source",
        "hearings__appearances__source",
        "lanes__obligations__source",
        "fact_changes__source",
    )
    sources = Q()
    for path in paths:
        sources |= Q(**{f"{path}__reference": upload.number, f"{path}__sheet": sheet, f"{path}__row": row})
    return Case.objects.visible_to(actor).filter(sources).exists()
