"""通报: drafting, reading, receipts, issuing."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.law import current_law
from organisations import audit
from organisations.access import may, require
from organisations.clock import today
from organisations.files import FileDamaged, read
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action
from reports.bulletins import bulletins as use_cases
from reports.bulletins.bulletins import BulletinRefused, NumberRefused
from reports.bulletins.duties import issue_and_meet
from reports.bulletins.forms import DraftForm, IssueForm
from reports.bulletins.frozen import frozen_measures
from reports.bulletins.readings import confirm_reading, record_opening
from reports.models import Bulletin
from reports.views.frozen import bulletin_or_404, opened_document
from rules.report_periods import parse_report_period

PER_PAGE = 50
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def _is_own(request: SignedInRequest, bulletin: Bulletin) -> bool:
    """A city reads its counties' drafts but leaves them to their own office."""
    return request.actor is not None and bulletin.region_id == request.actor.organisation.region_id


def _list(request: SignedInRequest, form: Form, status: int = 200) -> HttpResponse:
    shown = Bulletin.objects.visible_to(request.actor).select_related("issuer").defer("snapshot")
    context = {
        "page": page_of(request, shown, PER_PAGE),
        "form": form if may(request.actor, Action.DRAFT_BULLETIN) else None,
        "breadcrumbs": [{"label": "通报", "url": ""}],
    }
    return render(request, "reports/bulletins/bulletins.html", context, status=status)


@require_safe
@requires(Action.READ_BULLETINS)
def bulletins(request: SignedInRequest) -> HttpResponse:
    """The bulletins a post may read, and the form to draft one."""
    return _list(request, DraftForm(on=today()))


@require_POST
@requires(Action.DRAFT_BULLETIN)
def draft(request: SignedInRequest) -> HttpResponse:
    """Make or refresh the draft of the reader's own region."""
    assert request.actor is not None
    form = DraftForm(request.POST, on=today())
    if not form.is_valid():
        return _list(request, form, 422)
    period = parse_report_period(form.cleaned_data["period"])
    try:
        made = use_cases.draft_bulletin(
            form.cleaned_data["kind"],
            period,
            request.actor.organisation.region,
            author_of(request),
            current_law(),
        )
    except BulletinRefused as error:
        form.add_error(None, str(error))
        return _list(request, form, 422)
    messages.success(request, "已拟稿。数字、排名和名单均取自此刻的数据。")
    return redirect("reports:bulletin", pk=made.pk)


@require_safe
def bulletin(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper as a page. Opening an issued one leaves a receipt."""
    found = bulletin_or_404(request, pk)
    reading = record_opening(found, author_of(request))
    drafts = may(request.actor, Action.DRAFT_BULLETIN)
    own_draft = found.state == Bulletin.State.DRAFT and _is_own(request, found)
    context = {
        "bulletin": found,
        "document": opened_document(found, request.actor),
        "figures": frozen_measures(found.snapshot),
        "reading": reading,
        "may_issue": own_draft and may(request.actor, Action.ISSUE_BULLETIN),
        "may_refresh": own_draft and drafts,
        "readings": found.readings.select_related("post__user", "post__organisation") if drafts else None,
        "breadcrumbs": [
            {"label": "通报", "url": reverse("reports:bulletins")},
            {"label": found.number or "草稿", "url": ""},
        ],
    }
    return render(request, "reports/bulletins/bulletin.html", context)


@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """确认收悉."""
    found = bulletin_or_404(request, pk)
    if confirm_reading(found, author_of(request)) is not None:
        messages.success(request, "已确认收悉。")
    return redirect("reports:bulletin", pk=found.pk)


@require_safe
def pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The archived PDF; each download is in the audit trail."""
    found = bulletin_or_404(request, pk)
    if found.pdf is None:
        messages.error(request, "本通报还没有 PDF，请重新拟稿。")
        return redirect("reports:bulletin", pk=found.pk)
    try:
        content = read(found.pdf)
    except FileDamaged as error:
        messages.error(request, str(error))
        return redirect("reports:bulletin", pk=found.pk)
    with transaction.atomic():
        audit.record(author_of(request), "bulletin.download", f"下载 {found.title}", about=found)
    response = HttpResponse(content, content_type="application/pdf")
    name = UNSAFE.sub("", f"{found.number or '草稿'} {found.title}.pdf")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """The check page says what issuing does; its form issues."""
    found = bulletin_or_404(request, pk)
    require(request.actor, Action.ISSUE_BULLETIN)
    if not _is_own(request, found):
        raise PermissionDenied(f"本通报由{found.issuer.name}办理。")
    form = IssueForm(request.POST or None, initial={"snapshot_hash": found.snapshot_hash})
    if request.method == "POST" and form.is_valid():
        number, reviewed = form.cleaned_data["number"], form.cleaned_data["snapshot_hash"]
        try:
            issue_and_meet(found, number, author=author_of(request), law=current_law(), reviewed=reviewed)
        except BulletinRefused as error:
            form.add_error("number" if isinstance(error, NumberRefused) else None, str(error))
        else:
            messages.success(request, "已印发。")
            return redirect("reports:bulletin", pk=found.pk)
    context = {
        "bulletin": found,
        "form": form,
        "breadcrumbs": [{"label": "通报", "url": reverse("reports:bulletins")}, {"label": "印发", "url": ""}],
    }
    return render(request, "reports/bulletins/issue.html", context, status=422 if form.errors else 200)
