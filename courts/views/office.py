"""法院通报, as the legal affairs office sees it: what came, what is still to come, rows held back, remembered names."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.law import current_law
from cases.models import Case
from courts.completeness import GAPS, gaps_of, open_cases
from courts.corrections import NameUnknown, agency_named, forget_name, remember_name
from courts.forms import AgencyForm
from courts.models import HeldRow, Kind, RememberedColumn, RememberedName, Upload
from courts.overview import courts_and_cards
from courts.sheets.layouts import forget_column
from courts.source_rows import row_of
from courts.views.common import crumbs, month_or_404, neighbours
from lib.workbooks import UnusableWorkbook
from organisations.access import may, require
from organisations.clock import today
from organisations.files import FileDamaged
from organisations.models import Organisation, Post
from organisations.querysets import OrganisationQuerySet
from organisations.requests import SignedInRequest, author_of, id_in, requires
from organisations.roles import Action, Role
from rules.report_periods import period_of

PER_PAGE = 50


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def received(request: SignedInRequest) -> HttpResponse:
    """法院通报: which court told what for a month, and what is still to be told."""
    period = month_or_404(request.GET.get("month") or period_of("month", today()).key)
    courts = list(_courts_seen_by(request.actor))
    before = period.previous()
    gaps = gaps_of(courts, before.first, before.last)
    context = {
        "period": period,
        "before": before,
        "rows": [(row, gaps.get(row.court.pk, {})) for row in courts_and_cards(courts, period.first)],
        "kinds": Kind.choices,
        "gaps": GAPS,
        "held": HeldRow.objects.visible_to(request.actor).open().count(),
        "day": current_law().notification_day(period.first),
        **neighbours(period),
        "breadcrumbs": [{"label": "法院通报", "url": ""}],
    }
    return render(request, "courts/received.html", context)


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def gap(request: SignedInRequest, code: str, month: str, kind: str) -> HttpResponse:
    """The cases behind one number of the page before."""
    period = month_or_404(month)
    court = get_object_or_404(_courts_seen_by(request.actor), code=code)
    if kind not in GAPS:
        raise Http404
    cases = open_cases(kind, court, period.first, period.last)
    context = {
        "court": court,
        "period": period,
        "gap": GAPS[kind],
        "page": Paginator(cases, PER_PAGE).get_page(request.GET.get("page")),
        "breadcrumbs": crumbs(request, period.first, f"{court.short_name}：{GAPS[kind]}"),
    }
    return render(request, "courts/gap.html", context)


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def held(request: SignedInRequest) -> HttpResponse:
    """暂存行: rows that have not taken effect, each with whose word it needs."""
    rows = HeldRow.objects.visible_to(request.actor).open()
    rows = rows.select_related("notification__court").order_by(
        F("notification__month").desc(), "notification__court", "sheet", "row"
    )
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_name": may(request.actor, Action.NAME_AGENCIES),
        "may_mend": may(request.actor, Action.NOTIFY),
        "breadcrumbs": [{"label": "暂存行", "url": ""}],
    }
    return render(request, "courts/held.html", context)


@require_POST
def name_agency(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office says which agency a court means by a name; the court's next check knows it."""
    row = get_object_or_404(HeldRow.objects.visible_to(request.actor), pk=pk)
    require(request.actor, Action.NAME_AGENCIES)
    form, court = AgencyForm(request.POST), row.notification.court
    if not form.is_valid() or not row.unknown_names:
        messages.error(request, "请写机关全称。" if row.unknown_names else "这一行没有待指定的机关名称。")
        return redirect("courts:held")
    try:
        agency = agency_named(court, form.cleaned_data["agency"], author=author_of(request))
    except NameUnknown as refused:
        messages.error(request, str(refused))
        return redirect("courts:held")
    for name in row.unknown_names:
        remember_name(court, name, agency, author=author_of(request))
    messages.success(request, f"已指定为{agency.name}。该院重新检查后，同名各行即可生效。")
    return redirect("courts:held")


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def names(request: SignedInRequest) -> HttpResponse:
    """记住的机关写法: who said when what a name means, in use and no longer."""
    known = RememberedName.objects.visible_to(request.actor)
    related = known.select_related("court", "agency", "by__user", "ended_by__user")
    context = {
        "page": Paginator(related, PER_PAGE).get_page(request.GET.get("page")),
        "columns": RememberedColumn.objects.visible_to(request.actor).select_related("court", "by__user")[
            : PER_PAGE * 4
        ],
        "may_forget": may(request.actor, Action.NAME_AGENCIES),
        "breadcrumbs": [{"label": "记住的机关写法", "url": ""}],
    }
    return render(request, "courts/names.html", context)


@require_POST
def forget(request: SignedInRequest, pk: int) -> HttpResponse:
    """停用: a name that was given the wrong meaning."""
    known = get_object_or_404(RememberedName.objects.visible_to(request.actor), pk=pk)
    require(request.actor, Action.NAME_AGENCIES)
    if known.ended_at is None:
        forget_name(known, author=author_of(request))
        messages.success(request, f"已停用“{known.name}”的对应。")
    return redirect("courts:names")


@require_POST
def forget_header(request: SignedInRequest, pk: int) -> HttpResponse:
    """停用: a header that was given the wrong meaning."""
    known = get_object_or_404(RememberedColumn.objects.visible_to(request.actor), pk=pk)
    require(request.actor, Action.NAME_AGENCIES)
    forget_column(known, author=author_of(request))
    messages.success(request, f"已停用表头“{known.header}”的对应。")
    return redirect("courts:names")


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
        "breadcrumbs": [{"label": f"{upload.file_name} 第 {row} 行", "url": ""}],
    }
    return render(request, "courts/source_row.html", context)


def _sees(actor: Post | None, upload: Upload) -> bool:
    return Upload.objects.visible_to(actor).filter(pk=upload.pk).exists()


def _told_by(upload: Upload, sheet: str, row: int | None, actor: Post | None) -> bool:
    """Whether the post sees a case of which this row tells."""
    paths = (
        "source",
        "defendants__source",
        "hearings__source",
        "decisions__source",
        "hearings__appearances__source",
    )
    told = Q()
    for path in paths:
        told |= Q(**{f"{path}__reference": upload.number, f"{path}__sheet": sheet, f"{path}__row": row})
    return Case.objects.visible_to(actor).filter(told).exists()


def _courts_seen_by(actor: Post | None) -> OrganisationQuerySet:
    """A clerk's own court, or the courts of an office's region."""
    courts = Organisation.objects.courts().existing(on=today())
    if actor is None:
        return courts.none()
    if actor.role == Role.COURT_CLERK:
        return courts.filter(pk=actor.organisation_id)
    return courts.within(actor.organisation.region_id)
