"""案件列表: filters and columns in the address, quick views, the chosen cases watched or given to a colleague."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.case_list import watching
from cases.case_list.columns import COLUMNS, ORDERS, USUAL, cells_of, needed_by
from cases.case_list.columns_form import AssignForm, ColumnsForm
from cases.case_list.export import MOST_ROWS, case_workbook
from cases.case_list.handlers import assign, colleagues, may_assign
from cases.models import Case, Deadline
from cases.requests.case_list import chips_of, chosen_cases
from lib.display import due_status
from organisations.access import may
from organisations.clock import today
from organisations.requests import (
    SignedInRequest,
    act_in,
    author_of,
    id_in,
    page_of,
    query_in,
    requires,
    sorted_by,
)
from organisations.roles import Action
from organisations.serving import XLSX, download

PER_PAGE = 20
MOST_CHOSEN = MOST_ROWS


@requires(Action.READ_CASES)
def case_list(request: SignedInRequest) -> HttpResponse:
    """The cases that the filters leave, newest first."""
    chosen = chosen_cases(request, request.GET)
    columns_form = ColumnsForm(request.GET)
    columns = (columns_form.is_valid() and columns_form.cleaned_data["columns"]) or USUAL
    related = chosen.qs.select_related("court").prefetch_related("lanes__organisation", *needed_by(columns))
    page = page_of(request, sorted_by(request, related, ORDERS), PER_PAGE)
    for case in page:
        case.cells = cells_of(case, columns)
    _with_next(page, request)
    query = request.GET.copy()
    query.pop("page", None)
    chips = chips_of(request, chosen)
    context = {
        "filter": chosen,
        "columns_form": columns_form if columns_form.errors else ColumnsForm({"columns": columns}),
        "headings": [(name if name in ORDERS else "", COLUMNS[name].label) for name in columns],
        "page": page,
        "query": query.urlencode(),
        "chips": chips,
        "filtered": bool(chips),
        "most": MOST_CHOSEN,
        "quick": _quick(query.urlencode(), today()),
        "assign_form": AssignForm(colleagues=colleagues(request.actor.organisation, on=today()))
        if request.actor and may_assign(request.actor)
        else None,
        "may_register": may(request.actor, Action.ACT_FOR_AGENCY),
        "may_take_out": may(request.actor, Action.TAKE_OUT_LEDGER),
        "breadcrumbs": [{"label": "案件", "url": ""}],
    }
    return render(request, "cases/case_list/list.html", context)


def _with_next(page: Iterable[Any], request: SignedInRequest) -> None:
    """Give each case of the page the duty that ends first, of those the reader sees."""
    open_ones = Deadline.objects.visible_to(request.actor).duties().open()
    first: dict[int | None, Deadline] = {}
    for deadline in open_ones.filter(case__in=[case.pk for case in page]).order_by("due_on", "pk"):
        first.setdefault(deadline.case_id, deadline)
    for case in page:
        due = first.get(case.pk)
        case.next_label = due.label if due else ""
        case.status = due_status(due.due_on, today()) if due else None


def _quick(query: str, on: date) -> list[dict[str, Any]]:
    """The views that everybody wants, each with its address, and whether it is the one shown."""
    sunday = on + timedelta(days=6 - on.weekday())
    views = {
        "全部": "",
        "在办": "state=waiting",
        "有逾期": "state=overdue",
        "今天开庭": f"heard_from={on}&heard_to={on}",
        "本周开庭": f"heard_from={on - timedelta(days=on.weekday())}&heard_to={sunday}",
        "3 日内开庭": f"heard_from={on}&heard_to={on + timedelta(days=3)}",
        "10 日内开庭": f"heard_from={on}&heard_to={on + timedelta(days=10)}",
        "已有裁判": "outcome=decided",
    }
    return [{"label": label, "query": view, "current": view == query} for label, view in views.items()]


@requires(Action.READ_CASES)
def export_cases(request: SignedInRequest) -> HttpResponse:
    """导出: what the filters leave, as a workbook, up to 20,000 cases; nothing where a filter cannot be read."""
    chosen = chosen_cases(request, request.GET)
    if not chosen.form.is_valid():
        messages.error(request, "有筛选条件读不出，没有导出。请按筛选栏里的提示改正。")
        return redirect(f"{reverse('cases:list')}?{request.GET.urlencode()}")
    related = chosen.qs.select_related("court").prefetch_related("lanes__organisation", "lanes__outcomes")
    shown = related[:MOST_ROWS]
    words = "；".join(chip["label"] for chip in chips_of(request, chosen))
    content = case_workbook(shown, author=author_of(request), chosen=words)
    return download(content, f"案件 {today()}.xlsx", XLSX)


@require_POST
@requires(Action.READ_CASES)
def act_on_chosen(request: SignedInRequest) -> HttpResponse:
    """关注 or 分办 of the ticked cases, or of all that the filters of the page leave."""
    query = query_in(request)
    found = _picked(request, query)
    if query is None:
        messages.error(request, "筛选条件太长，没有办理。请去掉几个条件，或逐页勾选。")
    elif not found:
        messages.error(request, "请先勾选案件。")
    elif (act := act_in(request, "watch", "assign")) == "assign":
        _assign(request, found)
    elif act == "watch":
        count = watching.watch_all(found, author=author_of(request))
        messages.success(request, f"已关注 {count} 件，在工作台“关注”里可看。")
    return redirect(f"{reverse('cases:list')}?{query.urlencode() if query else ''}")


def _picked(request: SignedInRequest, query: QueryDict | None) -> list[Case]:
    """The ticked cases, or all of the filters; none where the filters cannot be read as they stood on the page."""
    if query is None:
        return []
    if request.POST.get("all"):
        chosen = chosen_cases(request, query)
        return list(chosen.qs[:MOST_CHOSEN]) if chosen.form.is_valid() else []
    ids = filter(None, map(id_in, request.POST.getlist("case")[:MOST_CHOSEN]))
    return list(Case.objects.visible_to(request.actor).filter(pk__in=ids))


def _assign(request: SignedInRequest, found: list[Case]) -> None:
    author = author_of(request)
    form = AssignForm(request.POST, colleagues=colleagues(author.signer.organisation, on=today()))
    if not may_assign(request.actor):
        messages.error(request, "当前身份不办理分办。")
    elif not form.is_valid():
        messages.error(request, str(form.errors["post"][0]))
    else:
        try:
            count = assign(found, form.cleaned_data["post"], author=author)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"已将 {count} 件案件交 {form.cleaned_data['post'].user.name} 承办。")
