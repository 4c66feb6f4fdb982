"""One upload from its check to its receipt: what is wrong, what would change, confirm, what came of it."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from cases.law import current_law
from courts.checking.faults import by_cause
from courts.models import HeldRow, Upload
from courts.notifications.acknowledgement import acknowledgement_pdf, annotated, in_order
from courts.notifications.confirmation import (
    AlreadyConfirmed,
    PlanOutdated,
    Refused,
    confirm,
    confirmed_earlier,
    expected_effects,
)
from courts.notifications.forms import ConfirmForm
from courts.requests import crumbs, may_notify, month_key, month_url, upload_or_404
from courts.uploads.background import check_received
from courts.uploads.forms import CorrectionForm
from courts.uploads.planning import XLSX, drop
from courts.uploads.wizard import stages
from organisations.files import read
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action
from organisations.serving import attachment, download

SHOWN, MISSING_SHOWN = 200, 1000
TOTALS = ("rows_read", "accepted", "added", "changed", "unchanged", "held", "ignored", "missing")
CREATED = ("cases", "defendants")
PDF = "application/pdf"
State = Upload.State


@require_GET
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would be done and what is wrong; for a file that could not be read, why."""
    upload = upload_or_404(request, pk)
    if upload.state == State.CONFIRMED:
        return redirect("courts:acknowledgement", pk=pk)
    if upload.state == State.WAITING:
        return render(request, "courts/uploads/waiting.html", _frame(request, upload))
    return check_page(request, upload)


@require_GET
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the check is, asked every second; once it is done the browser goes on to its result."""
    upload = upload_or_404(request, pk)
    if upload.state == State.WAITING:
        return render(request, "courts/uploads/_progress.html", {"upload": upload})
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(reverse("courts:check", args=[pk]))
    return redirect("courts:check", pk=pk)


@require_POST
def check_now(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clerk does not wait for the background."""
    upload = upload_or_404(request, pk, to=Action.NOTIFY)
    if not check_received(upload.pk, author=author_of(request), law=current_law()):
        messages.info(request, "已在检查，请稍候。")
    return redirect("courts:check", pk=pk)


@require_GET
def effects(request: SignedInRequest, pk: int) -> HttpResponse:
    """提交后的影响: computed by carrying the confirmation out and taking it back. A part of the page, or a page."""
    upload = upload_or_404(request, pk)
    context = _frame(request, upload)
    if upload.state == State.PLANNED:
        try:
            context["effects"] = expected_effects(upload, author=author_of(request), law=current_law())
        except Refused as refused:
            context["refused"] = str(refused)
    name = "_effects" if request.htmx else "effects"  # type: ignore[attr-defined]
    return render(request, f"courts/uploads/{name}.html", context)


@require_POST
def confirm_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the good rows take effect; a second time shows the first receipt."""
    upload = upload_or_404(request, pk, to=Action.NOTIFY)
    if upload.state == State.PLANNED and (earlier := confirmed_earlier(upload)):
        messages.info(request, str(AlreadyConfirmed(earlier)))
        return redirect("courts:acknowledgement", pk=earlier.pk)
    form = ConfirmForm(upload, request.POST)
    if upload.state == State.PLANNED and not form.is_valid():
        return check_page(request, upload, form=form, status=422)
    plan = request.POST.get("plan") or None
    answers = form.answers() if form.is_valid() else None
    try:
        confirm(upload, author=author_of(request), law=current_law(), plan=plan, answers=answers)
    except AlreadyConfirmed as refused:
        messages.info(request, str(refused))
        return redirect("courts:acknowledgement", pk=refused.upload.pk)
    except Refused as refused:
        return check_page(request, upload, refusal=refused, status=409)
    messages.success(request, "通报已提交并生效。")
    return redirect("courts:acknowledgement", pk=pk)


@require_POST
def drop_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """放弃: an upload that nobody means to confirm leaves the list of the month; it had no effect."""
    upload = upload_or_404(request, pk, to=Action.NOTIFY)
    if drop(upload, author=author_of(request)):
        messages.success(request, f"已放弃 {upload.file_name}，没有改动任何数据。")
    return redirect(month_url(request, month_key(upload.month)))


@require_GET
def acknowledgement(request: SignedInRequest, pk: int) -> HttpResponse:
    """回执 of a confirmed upload; one that waits leads back to its plan."""
    upload = upload_or_404(request, pk)
    if upload.state != State.CONFIRMED:
        return redirect("courts:check", pk=pk)
    notifications = in_order(upload)
    held = HeldRow.objects.filter(notification__in=notifications).select_related("notification")
    held_open = held.open().count()
    context = _frame(request, upload) | {
        "notifications": notifications,
        "held": held[:SHOWN],
        "held_open": held_open,
        "may_notify": may_notify(request),
        "may_mend": held_open and may_notify(request) and upload.file_id,
        "effects": upload.effects,
        "breadcrumbs": crumbs(request, upload.month, f"回执 {upload.number}"),
    }
    return render(request, "courts/notifications/acknowledgement.html", context)


@require_GET
def acknowledgement_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt as PDF, to be carried away."""
    upload = upload_or_404(request, pk)
    if upload.state != State.CONFIRMED:
        return redirect("courts:check", pk=pk)
    return download(acknowledgement_pdf(upload), f"回执-{upload.number}.pdf", PDF)


@require_GET
def original(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file as the court sent it."""
    upload = upload_or_404(request, pk)
    if upload.file is None:
        return redirect("courts:check", pk=pk)
    return attachment(upload.file, upload.file_name)


@require_GET
def marked(request: SignedInRequest, pk: int) -> HttpResponse:
    """错误标注表: the court's own workbook with its faults marked."""
    upload = upload_or_404(request, pk)
    if upload.file is None:
        return redirect("courts:check", pk=pk)
    return download(
        annotated(read(upload.file), upload), f"{Path(upload.file_name).stem}-错误标注.xlsx", XLSX
    )


def check_page(
    request: SignedInRequest,
    upload: Upload,
    *,
    form: ConfirmForm | None = None,
    repairs: CorrectionForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a checked upload, with whichever form came back faulty."""
    tells = may_notify(request)
    planned = upload.state == State.PLANNED
    context = _frame(request, upload) | {
        "refused": not planned,
        "refusal": refusal,
        "can_redo": isinstance(refusal, PlanOutdated),
        "earlier": confirmed_earlier(upload) if planned else None,
        "may_confirm": tells and planned and refusal is None,
        "may_upload": tells,
        "form": form or ConfirmForm(upload, initial={"plan": upload.plan_hash}),
        "repairs": repairs or CorrectionForm(upload),
        "errors": _error_lines(repairs),
        **_found(upload),
    }
    return render(request, "courts/uploads/check.html", context, status=status)


def _error_lines(repairs: CorrectionForm | None) -> list[dict[str, str]]:
    if repairs is None:
        return []
    return [
        {"message": str(message), "anchor": repairs[name].id_for_label if name in repairs.fields else ""}
        for name, found in repairs.errors.items()
        for message in found
    ]


def _frame(request: SignedInRequest, upload: Upload) -> dict[str, Any]:
    return {
        "upload": upload,
        "stages": stages(upload),
        "month_url": month_url(request, month_key(upload.month)),
        "breadcrumbs": crumbs(request, upload.month, upload.file_name),
    }


def _found(upload: Upload) -> dict[str, Any]:
    """What the check found, as the page shows it; the report of a file that could not be read is empty."""
    report = upload.report
    totals = {name: sum(sheet[name] for sheet in report.get("sheets", [])) for name in TOTALS}
    creates = {
        name: sum(s.get("creates", {}).get(name, 0) for s in report.get("sheets", [])) for name in CREATED
    }
    issues = [*report.get("issues", []), *report.get("notices", [])]
    return {
        "report": report,
        "totals": totals,
        "creates": creates,
        "warnings": sum(found["severity"] == "warning" for found in issues),
        "causes": by_cause(issues),
        "changes": [_with_diff(change) for change in report.get("changes", [])[:SHOWN]],
        "more_changes": max(0, totals["changed"] - SHOWN),
        "missing": report.get("missing", [])[:MISSING_SHOWN],
    }


def _with_diff(change: dict[str, Any]) -> dict[str, Any]:
    return change | {
        "diff": [dict(zip(("field", "old", "new"), line, strict=True)) for line in change["changes"]]
    }
