"""The clerk's way from upload to receipt, and the office's view of what was received."""

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.law import current_law
from courts.faults import by_cause
from courts.forms import NilForm, UploadForm
from courts.models import HeldRow, Kind, Upload
from courts.notifications import AlreadyConfirmed, Refused, confirm, nil_return
from courts.overview import cards_of, courts_and_cards, unconfirmed
from courts.returns import annotated
from courts.uploads import XLSX, month_of, plan_upload
from organisations.access import may, require
from organisations.clock import today
from organisations.files import read
from organisations.models import Organisation, Post
from organisations.querysets import OrganisationQuerySet
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action, Role
from organisations.serving import attachment, damaged, download
from rules.monthly import monthly_day
from rules.report_periods import ReportPeriod, period_of

SHOWN = 200
TOTALS = ("rows_read", "accepted", "added", "changed", "unchanged", "held", "ignored", "missing")


@requires(Action.NOTIFY)
@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """本月通报: the month of today."""
    return redirect("courts:month", month=period_of("month", today()).key)


@requires(Action.NOTIFY)
@require_http_methods(["GET", "POST"])
def month(request: SignedInRequest, month: str) -> HttpResponse:
    """One month of the clerk's court: three cards, the upload, and what is not confirmed yet."""
    period = _month_or_404(month)
    court = _own_court(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        content, name = form.content()
        upload = plan_upload(
            content,
            name=name,
            court=court,
            month=period,
            kind="auto",
            author=author_of(request),
            law=current_law(),
        )
        return redirect("courts:check", pk=upload.pk)
    return _month_page(request, court, period, form)


@requires(Action.NOTIFY)
@require_POST
def nil(request: SignedInRequest, month: str, kind: str) -> HttpResponse:
    """零通报: the court has nothing of this kind to tell."""
    period, court = _month_or_404(month), _own_court(request)
    if kind not in Kind.values:
        raise Http404
    form = NilForm(request.POST, prefix=kind)
    if not form.is_valid():
        return _month_page(request, court, period, UploadForm(), faulty={kind: form})
    upload = nil_return(court=court, month=period, kind=Kind(kind), author=author_of(request))
    messages.success(request, f"已报{period.label}{Kind(kind).label}零通报，回执编号 {upload.number}。")
    return redirect("courts:month", month=period.key)


@require_GET
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would be done and what is wrong; for a file that could not be read, why."""
    upload = _upload(request, pk)
    if upload.state == Upload.State.CONFIRMED:
        return redirect("courts:receipt", pk=pk)
    return _check_page(request, upload)


@require_POST
def confirm_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the good rows take effect; a second time shows the first receipt."""
    upload = _upload(request, pk)
    require(request.actor, Action.NOTIFY)
    try:
        confirm(upload, author=author_of(request), law=current_law())
    except AlreadyConfirmed as refused:
        messages.info(request, str(refused))
    except Refused as refused:
        return _check_page(request, upload, outdated=str(refused), status=409)
    else:
        messages.success(request, "通报已提交并生效。")
    return redirect("courts:receipt", pk=pk)


@require_GET
def receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """回执 of a confirmed upload; one that waits leads back to its plan."""
    upload = _upload(request, pk)
    if upload.state != Upload.State.CONFIRMED:
        return redirect("courts:check", pk=pk)
    notifications = list(upload.notifications.all())
    held = HeldRow.objects.filter(notification__in=notifications).select_related("notification")
    context = {
        "upload": upload,
        "notifications": notifications,
        "held": held[:SHOWN],
        "held_open": held.filter(resolved_at=None).count(),
        "deadlines": upload.effects.get("deadlines", {}).get("created", 0),
        "moved": upload.effects.get("deadlines", {}).get("moved", 0),
        "month_key": _key(upload.month),
        "breadcrumbs": _crumbs(request, upload.month, f"回执 {upload.number}"),
    }
    return render(request, "courts/receipt.html", context)


@require_GET
def original(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file as the court sent it."""
    upload = get_object_or_404(Upload.objects.visible_to(request.actor).exclude(file=None), pk=pk)
    require(request.actor, Action.READ_NOTIFICATIONS)
    assert upload.file is not None
    return attachment(request, upload.file, upload.file_name)


@require_GET
def marked(request: SignedInRequest, pk: int) -> HttpResponse:
    """错误标注表: the court's own workbook with its faults marked."""
    upload = get_object_or_404(Upload.objects.visible_to(request.actor).exclude(file=None), pk=pk)
    require(request.actor, Action.READ_NOTIFICATIONS)
    assert upload.file is not None
    try:
        content = read(upload.file)
    except ValueError:
        return damaged(request)
    return download(annotated(content, upload), f"{Path(upload.file_name).stem}-错误标注.xlsx", XLSX)


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def received(request: SignedInRequest) -> HttpResponse:
    """法院通报: which court told what for a month."""
    period = _month_or_404(request.GET.get("month") or period_of("month", today()).key)
    context = {
        "period": period,
        "rows": courts_and_cards(list(_courts_seen_by(request.actor)), period.first),
        "kinds": Kind.choices,
        "day": monthly_day(period.first, current_law().calendar),
        **_neighbours(period),
        "breadcrumbs": [{"label": "法院通报", "url": ""}],
    }
    return render(request, "courts/received.html", context)


def _courts_seen_by(actor: Post | None) -> OrganisationQuerySet:
    """A clerk's own court, or the courts of an office's region."""
    courts = Organisation.objects.courts().existing(on=today())
    if actor is None:
        return courts.none()
    if actor.role == Role.COURT_CLERK:
        return courts.filter(pk=actor.organisation_id)
    return courts.within(actor.organisation.region_id)


def _month_page(
    request: SignedInRequest,
    court: Organisation,
    period: ReportPeriod,
    form: UploadForm,
    faulty: dict[str, NilForm] | None = None,
) -> HttpResponse:
    forms = {kind.value: NilForm(prefix=kind.value) for kind in Kind} | (faulty or {})
    cards = cards_of(court, period.first)
    errors = [message for nil_form in (faulty or {}).values() for message in _messages(nil_form)]
    context = {
        "court": court,
        "period": period,
        "cards": [(card, forms[card.kind.value]) for card in cards],
        "uploads": unconfirmed(court, period.first),
        "day": monthly_day(period.first, current_law().calendar),
        "form": form,
        "errors": errors,
        **_neighbours(period),
        "breadcrumbs": [{"label": "本月通报", "url": ""}, {"label": period.label, "url": ""}],
    }
    status = 422 if (form.is_bound and form.errors) or errors else 200
    return render(request, "courts/month.html", context, status=status)


def _check_page(
    request: SignedInRequest, upload: Upload, outdated: str = "", status: int = 200
) -> HttpResponse:
    may_notify = may(request.actor, Action.NOTIFY)
    context = {
        "upload": upload,
        "refused": upload.state == Upload.State.REFUSED,
        "outdated": outdated,
        "may_confirm": may_notify and upload.state == Upload.State.PLANNED and not outdated,
        "may_upload": may_notify,
        "month_key": _key(upload.month),
        "breadcrumbs": _crumbs(request, upload.month, upload.file_name),
        **_found(upload.report),
    }
    return render(request, "courts/check.html", context, status=status)


def _found(report: dict[str, Any]) -> dict[str, Any]:
    """What the check found, as the page shows it; the report of a file that could not be read is empty."""
    totals = {name: sum(sheet[name] for sheet in report.get("sheets", [])) for name in TOTALS}
    issues = report.get("issues", [])
    return {
        "report": report,
        "totals": totals,
        "warnings": sum(found["severity"] == "warning" for found in issues),
        "causes": by_cause(issues),
        "changes": [_with_diff(change) for change in report.get("changes", [])[:SHOWN]],
        "more_changes": max(0, totals["changed"] - SHOWN),
        "missing": report.get("missing", [])[:SHOWN],
    }


def _with_diff(change: dict[str, Any]) -> dict[str, Any]:
    return change | {
        "diff": [dict(zip(("field", "old", "new"), told, strict=True)) for told in change["changes"]]
    }


def _upload(request: SignedInRequest, pk: int) -> Upload:
    """An upload in the post's scope, without the rows, which no page shows."""
    visible = Upload.objects.visible_to(request.actor).defer("rows")
    upload = get_object_or_404(visible.select_related("court__region", "file", "confirmed_by__user"), pk=pk)
    require(request.actor, Action.READ_NOTIFICATIONS)
    return upload


def _own_court(request: SignedInRequest) -> Organisation:
    """The court for which the clerk acts."""
    assert request.actor is not None
    return request.actor.organisation


def _month_or_404(key: str) -> ReportPeriod:
    try:
        return month_of(key)
    except ValueError as error:
        raise Http404(str(error)) from error


def _neighbours(period: ReportPeriod) -> dict[str, str]:
    following = period_of(
        "month", date(period.last.year + period.last.month // 12, period.last.month % 12 + 1, 1)
    )
    return {"previous": period.previous().key, "following": following.key}


def _crumbs(request: SignedInRequest, month: date, last: str) -> list[dict[str, str]]:
    label = period_of("month", month).label
    if may(request.actor, Action.NOTIFY):
        first = {"label": f"本月通报 {label}", "url": reverse("courts:month", args=[_key(month)])}
    else:
        first = {"label": f"法院通报 {label}", "url": f"{reverse('courts:received')}?month={_key(month)}"}
    return [first, {"label": last, "url": ""}]


def _key(month: date) -> str:
    return f"{month:%Y-%m}"


def _messages(form: NilForm) -> list[dict[str, str]]:
    return [
        {"message": str(message), "anchor": form[name].auto_id}
        for name, found in form.errors.items()
        for message in found
    ]
