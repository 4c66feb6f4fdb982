"""本月通报: the clerk's month with its three cards, nil returns, templates, and the months before."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.law import current_law
from cases.models import Discrepancy, MandatedEntry
from cases.requests.lanes import under
from courts import tasks
from courts.models import Kind, Notification, Upload
from courts.notifications.confirmation import Refused, nil_return
from courts.notifications.forms import NilForm
from courts.notifications.overview import cards_of, unconfirmed
from courts.requests import closed_month, month_or_404, month_url, neighbours, notifying_court, own_court
from courts.sheets.blank_workbooks import blank_workbook
from courts.sheets.columns import COLUMNS
from courts.uploads.background import receive_upload
from courts.uploads.forms import UploadForm
from courts.uploads.planning import XLSX, plan_upload
from lib.sheets import MAX_FILE_BYTES
from organisations.clock import today
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action
from organisations.serving import download
from rules.report_periods import ReportPeriod, period_of

LARGE_FILE = 200_000  # bytes, some 2,000 rows: from here on the check is left to the background
PER_PAGE = 24  # notifications
MOST_ASKED = 20
ALL = "all"


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """本月通报: the month of today."""
    notifying_court(request)
    return redirect(month_url(request, period_of("month", today()).key))


@require_http_methods(["GET", "POST"])
def month(request: SignedInRequest, month: str) -> HttpResponse:
    """One month of the clerk's court: three cards, the upload, and what is not confirmed yet."""
    court = notifying_court(request)
    period = month_or_404(month)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and (closed := closed_month(period)):
        form.add_error(None, closed)
    if not form.is_valid():
        return _month_page(request, court, period, form)
    content, name = form.content()
    said = {
        "name": name,
        "court": court,
        "month": period,
        "author": author_of(request),
        "is_addition": form.cleaned_data["is_addition"],
        "key": form.key_of(content),
    }
    return redirect("courts:check", pk=_uploaded(content, said).pk)


def _uploaded(content: bytes, stated: dict[str, Any]) -> Upload:
    """The upload of this press: a nervous second one finds that of the first."""
    same = Upload.objects.filter(court=stated["court"], idempotency_key=stated["key"]).exclude(
        idempotency_key=""
    )
    if known := same.first():
        return known
    try:
        if LARGE_FILE < len(content) <= MAX_FILE_BYTES:
            upload = receive_upload(content, **stated)
            tasks.ask_for_check(upload)
            return upload
        return plan_upload(content, law=current_law(), **stated)
    except IntegrityError:  # the first press was faster
        return same.get()


@require_POST
def nil(request: SignedInRequest, month: str, kind: str) -> HttpResponse:
    """零通报: the court has nothing of this kind to tell."""
    court, period = notifying_court(request), month_or_404(month)
    if kind not in Kind.values:
        raise Http404
    form = NilForm(request.POST, prefix=kind)
    if closed := closed_month(period):
        form.add_error("sure", closed)
    if not form.is_valid():
        return _month_page(request, court, period, UploadForm(), faulty={kind: form})
    try:
        upload = nil_return(court=court, month=period, kind=Kind(kind), author=author_of(request))
    except Refused as refused:
        messages.info(request, str(refused))
        return redirect(month_url(request, period.key))
    messages.success(request, f"已报{period.label}{Kind(kind).label}零通报，回执编号 {upload.number}。")
    return redirect(month_url(request, period.key))


@requires(Action.NOTIFY)
@require_GET
def returns(request: SignedInRequest) -> HttpResponse:
    """往期通报: every version of every month, newest first, each with its receipt."""
    received = Notification.objects.filter(court=own_court(request)).select_related(
        "upload", "received_by__user"
    )
    page = page_of(request, received.defer("upload__rows", "upload__report"), PER_PAGE)
    months = [
        (period_of("month", first), list(notifications))
        for first, notifications in groupby(page.object_list, key=lambda each: each.month)
    ]
    context = {"page": page, "months": months, "breadcrumbs": [{"label": "往期通报", "url": ""}]}
    return render(request, "courts/notifications/returns.html", context)


@requires(Action.NOTIFY)
@require_GET
def templates(request: SignedInRequest) -> HttpResponse:
    """模板下载: the templates, and what each column holds, from the columns that are read."""
    context = {
        "sheets": [(kind, COLUMNS[kind.value]) for kind in Kind],
        "breadcrumbs": [{"label": "模板下载", "url": ""}],
    }
    return render(request, "courts/notifications/templates.html", context)


@requires(Action.NOTIFY)
@require_GET
def template(request: SignedInRequest, kind: str) -> HttpResponse:
    """One template, or one workbook with all three."""
    if kind not in (*Kind.values, ALL):
        raise Http404
    kinds = Kind.values if kind == ALL else [kind]
    name = "三通报" if kind == ALL else Kind(kind).label
    return download(blank_workbook(kinds, own_court(request)), f"{name}模板.xlsx", XLSX)


def _month_page(
    request: SignedInRequest,
    court: Organisation,
    period: ReportPeriod,
    form: UploadForm,
    faulty: dict[str, NilForm] | None = None,
) -> HttpResponse:
    forms = {kind.value: NilForm(prefix=kind.value) for kind in Kind} | (faulty or {})
    uploads = list(unconfirmed(court, period.first))
    cards = cards_of(court, period.first, uploads)
    errors = [message for nil_form in (faulty or {}).values() for message in _messages(nil_form)]
    context = {
        "court": court,
        "period": period,
        "cards": [(card, forms[card.kind.value]) for card in cards],
        "closed": closed_month(period),
        "all_told": all(card.latest for card in cards),
        "uploads": uploads,
        "day": current_law().notification_day(period.first),
        "asked": _asked(request),
        "unanswered": 0 if author_of(request).behalf else _unanswered(request),
        "mandate_query": under(request, ""),
        "form": form,
        "errors": errors,
        **neighbours(period),
        "breadcrumbs": [{"label": "本月通报", "url": ""}, {"label": period.label, "url": ""}],
    }
    status = 422 if (form.is_bound and form.errors) or errors else 200
    return render(request, "courts/notifications/month.html", context, status=status)


def _unanswered(request: SignedInRequest) -> int:
    """How much an office entered for the court that it has not said anything about."""
    return MandatedEntry.objects.visible_to(request.actor).unanswered().count()


def _asked(request: SignedInRequest) -> list[Discrepancy]:
    """协查提示: where an agency says otherwise, the office asked both for material and the court sent none yet."""
    asked = Discrepancy.objects.all().asked_of(request.actor).order_by("answer_due_on", "pk")
    return list(asked.select_related("lane__case", "lane__organisation")[:MOST_ASKED])


def _messages(form: NilForm) -> list[dict[str, str]]:
    return [
        {"message": str(message), "anchor": form[name].auto_id}
        for name, found in form.errors.items()
        for message in found
    ]
