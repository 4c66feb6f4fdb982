"""期限看板: one set of duties as a list, a matrix and a month; saved views, export, print, reminders by hand."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.law import current_law
from cases.models import Deadline
from organisations.access import may
from organisations.clock import today
from organisations.models import Organisation
from organisations.requests import SignedInRequest, id_in, page_of, requires, sorted_by
from organisations.roles import Action
from organisations.serving import XLSX, download
from rules.report_periods import ReportPeriodInvalid, parse_report_period
from supervision.board.board import ROWS, address_with, bands, counted, heat_of, in_band, matrix_of, month_of
from supervision.board.export import MOST_ROWS, board_workbook
from supervision.board.filters import BoardFilter
from supervision.board.forms import SavedViewForm
from supervision.models import Reminder, SavedView
from supervision.views.board.desk import soon_days
from supervision.views.board.rows import ORDERS, row_of, with_names

PER_PAGE = 20
MOST_URGED = 200
MOST_PRINTED = 2000
STOPPED = {"suspended": "已中止", "waived": "已免除", "missed": "未办理"}
IN_VAIN = "in_vain"
STATES = STOPPED | {IN_VAIN: "多次催办未果"}
LAYOUTS = {"list": "列表", "matrix": "矩阵", "calendar": "日历"}


@requires(Action.READ_DEADLINES)
def deadlines(request: SignedInRequest) -> HttpResponse:
    """期限看板: everything open in scope, most overdue first; filters in the address."""
    chosen, rows = chosen_duties(request)
    layout = request.GET.get("view", "list")
    layout = layout if layout in LAYOUTS else "list"
    address = request.GET.dict()
    found = bands(today(), soon_days())
    context = {
        "filter": chosen,
        "layout": layout,
        "layouts": [(key, label, address_with(address, view=key)) for key, label in LAYOUTS.items()],
        "bands": counted(chosen.qs, found, chosen=request.GET.get("band", ""), address=address),
        "chips": _chips(request, chosen),
        "query": address_with(address),
        "views": SavedView.objects.visible_to(request.actor)
        .filter(page=SavedView.Page.DEADLINES)
        .select_related("owner__user"),
        "view_form": SavedViewForm(),
        "filtered": bool(_active(request, chosen)),
        "stopped": _stopped(request),
        "may_urge": may(request.actor, Action.REMIND),
        "may_register": may(request.actor, Action.REGISTER_PAPERS),
        "breadcrumbs": [{"label": "期限", "url": ""}],
    } | SHOWN[layout](request, rows)
    return render(request, "supervision/board/deadlines.html", context)


def chosen_duties(request: SignedInRequest, query: QueryDict | None = None) -> tuple[BoardFilter, Any]:
    """The filter of the address (or of another query), and the duties that it and the band leave."""
    query = request.GET if query is None else query
    duties = Deadline.objects.visible_to(request.actor).duties()
    state = query.get("state", "")
    shown = duties.filter(state=state) if state in STOPPED else duties.open()
    shown = shown.urged_in_vain(on=today()) if state == IN_VAIN else shown
    chosen = BoardFilter(query, queryset=shown, request=request)
    if not chosen.form.is_valid():
        return chosen, duties.none()
    return chosen, in_band(chosen.qs, bands(today(), soon_days()), query.get("band", ""))


def _stopped(request: SignedInRequest) -> list[dict[str, Any]]:
    """What stands on no board because its clock was stopped: how much, and the way to it."""
    duties = Deadline.objects.visible_to(request.actor).duties()
    counts = dict(duties.filter(state__in=STOPPED).values_list("state").annotate(Count("pk")).order_by())
    return [
        {"label": label, "count": counts.get(state, 0), "url": f"?state={state}"}
        for state, label in STOPPED.items()
    ]


def _list(request: SignedInRequest, rows: Any) -> dict[str, Any]:
    shown = with_names(sorted_by(request, rows.order_by("due_on", "pk"), ORDERS))
    page = page_of(request, shown, PER_PAGE)
    reminded = dict(
        Reminder.objects.urging()
        .filter(deadline__in=[d.pk for d in page])
        .values_list("deadline")
        .annotate(Count("pk"))
        .order_by()
    )
    for deadline in page:
        deadline.reminded = reminded.get(deadline.pk, 0)
    return {"page": page, "rows": [row_of(deadline, request) for deadline in page], "sortable": True}


def _matrix(request: SignedInRequest, rows: Any) -> dict[str, Any]:
    columns, units = matrix_of(rows, today())
    page = page_of(request, units, ROWS)
    address = request.GET.dict()
    lines = [
        {
            "row": unit,
            "cells": [
                {
                    "count": unit.cells.get(rule, (0, 0))[0],
                    "late": unit.cells.get(rule, (0, 0))[1],
                    "heat": heat_of(unit.cells.get(rule, (0, 0))[0]),
                    "url": address_with(address, view="list", rule=rule, unit=str(unit.organisation)),
                }
                for rule, _ in columns
            ],
        }
        for unit in page
    ]
    return {"page": page, "columns": columns, "lines": lines}


def _calendar(request: SignedInRequest, rows: Any) -> dict[str, Any]:
    month = _month(request.GET.get("month", ""))
    address = request.GET.dict()
    weeks = month_of(rows, month, current_law().calendar)
    return {
        "month": month,
        "before": address_with(address, month=f"{_shift(month, -1):%Y-%m}"),
        "after": address_with(address, month=f"{_shift(month, 1):%Y-%m}"),
        "weeks": [
            [
                {"day": day, "url": address_with(address, view="list", day=day.date.isoformat(), month="")}
                for day in week
            ]
            for week in weeks
        ],
    }


SHOWN = {"list": _list, "matrix": _matrix, "calendar": _calendar}


def _month(text: str) -> date:
    try:
        period = parse_report_period(text)
    except ReportPeriodInvalid:
        return today().replace(day=1)
    return period.first if period.kind == "month" else today().replace(day=1)


def _shift(month: date, by: int) -> date:
    index = month.year * 12 + month.month - 1 + by
    return date(index // 12, index % 12 + 1, 1)


def _active(request: SignedInRequest, chosen: BoardFilter) -> list[str]:
    faulty = chosen.form.errors
    named = [name for name in chosen.filters if request.GET.get(name) and name not in faulty]
    known = {"band": {band.key for band in bands(today())}, "state": STATES}
    return named + [name for name, values in known.items() if request.GET.get(name) in values]


def _chips(request: SignedInRequest, chosen: BoardFilter) -> list[dict[str, str]]:
    """The filters in use, each with the address without it."""
    words = {band.key: band.label for band in bands(today(), soon_days())}
    chips = []
    for name in _active(request, chosen):
        value = request.GET[name]
        label = f"紧急程度：{words.get(value, value)}"
        if name == "state":
            label = f"状态：{STATES[value]}"
        elif name == "unit":
            named = Organisation.objects.filter(pk=id_in(value) or 0).first()
            label = f"单位：{named.short_name if named else value}"
        elif name != "band":
            field = chosen.form.fields[name]
            label = f"{field.label}：{dict(getattr(field, 'choices', ())).get(value, value)}"
        chips.append({"label": label, "remove_url": "?" + address_with(request.GET.dict(), **{name: ""})})
    return chips


@requires(Action.READ_DEADLINES)
def export(request: SignedInRequest) -> HttpResponse:
    """导出: what the filters leave, as a workbook, up to 20,000 rows; nothing where a filter cannot be read."""
    chosen, rows = chosen_duties(request)
    if not chosen.form.is_valid():
        messages.error(request, "有筛选条件读不出，没有导出。请按筛选栏里的提示改正。")
        return redirect(f"{reverse('supervision:deadlines')}?{address_with(request.GET.dict())}")
    shown = with_names(rows.order_by("due_on", "pk"))[:MOST_ROWS]
    content = board_workbook(shown, on=today())
    return download(content, f"期限 {today()}.xlsx", XLSX)


@requires(Action.READ_DEADLINES)
def printed(request: SignedInRequest) -> HttpResponse:
    """打印: one unit per page, for calls and meetings."""
    _, rows = chosen_duties(request)
    shown = list(with_names(rows.order_by("organisation__position", "organisation", "due_on"))[:MOST_PRINTED])
    units: dict[str, list[Any]] = {}
    for deadline in shown:
        units.setdefault(deadline.organisation.name, []).append(row_of(deadline, request))
    context = {
        "units": units.items(),
        "more": rows.count() - len(shown),
        "back": reverse("supervision:deadlines") + "?" + address_with(request.GET.dict()),
        "breadcrumbs": [
            {"label": "期限", "url": reverse("supervision:deadlines")},
            {"label": "打印", "url": ""},
        ],
    }
    return render(request, "supervision/board/print.html", context)
