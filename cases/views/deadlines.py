"""Pages about one deadline: its receipt on screen and on paper, and what changes it (each shows its effect first)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime

from cases import corrections, orders, rehearsal
from cases.basis import basis_pdf, days_of
from cases.deadline_forms import CorrectionForm, OrderForm, ResumeForm
from cases.law import current_law
from cases.models import Deadline, DeadlineOrder, Defendant, Incoming, MaterialReceipt
from cases.steps import status_of
from cases.views.registered import may_complete
from cases.views.rehearsed import HOME, is_mine, rehearsed, seen_deadlines, trail
from organisations.access import may, require
from organisations.clock import this_moment, today
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action
from organisations.serving import download


def basis(request: SignedInRequest, pk: int) -> HttpResponse:
    """期限回执 怎么算的: in place by htmx, else a page of its own."""
    deadline = _explained(request, pk)
    mine = is_mine(request, deadline)
    context = _basis_context(deadline, mine=mine) | {
        "may_order": mine and may(request.actor, Action.ORDER_DEADLINES),
        "may_complete": may_complete(request, deadline),
        "mine": mine,
        "status": status_of(deadline, today=today()),
        "breadcrumbs": trail(deadline, "怎么算的"),
    }
    partial = getattr(request, "htmx", False)
    return render(request, "components/_basis.html" if partial else "cases/deadline_basis.html", context)


def basis_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """期限回执 on paper (PDF)."""
    deadline = _explained(request, pk)
    shown = _basis_context(deadline, mine=is_mine(request, deadline))
    content = basis_pdf(deadline, shown, printed_at=this_moment())
    return download(content, f"期限回执 {deadline.label} {deadline.due_on}.pdf", "application/pdf")


def change(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """中止、延期、另定期限、免除: the form, then what it would move, then the deed."""
    if kind not in DeadlineOrder.Kind.values:
        raise Http404
    deadline = _ordered(request, pk)
    form = OrderForm(request.POST or None, request.FILES or None, kind=kind)

    def act() -> None:
        orders.order(deadline, form.order(), author=author_of(request), law=current_law())

    return _decide(request, deadline, form, str(DeadlineOrder.Kind(kind).label), act)


def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """恢复计时."""
    deadline = _ordered(request, pk)
    form = ResumeForm(request.POST or None)

    def act() -> None:
        orders.resume(deadline, author=author_of(request), law=current_law(), **form.cleaned_data)

    return _decide(request, deadline, form, "恢复计时", act)


def correct_receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """更正收到日期: by the office, or by the agency itself on the day of signing."""
    lane = get_object_or_404(Defendant.objects.visible_to(request.actor).select_related("case"), pk=pk)
    receipt = get_object_or_404(MaterialReceipt.objects.filter(defendant=lane))
    _require_correction(request, receipt)
    form = CorrectionForm(request.POST or None)

    def act() -> None:
        corrections.correct_receipt(
            receipt, author=author_of(request), law=current_law(), **form.cleaned_data
        )

    home = reverse("cases:detail", args=[lane.case_id])
    crumbs = [HOME, {"label": lane.case.number, "url": home}, {"label": "更正收到日期", "url": ""}]
    shown = {"subject": f"{lane} 原登记收到日期 {receipt.received_on}", "breadcrumbs": crumbs, "back": home}
    return rehearsed(request, form, "更正收到日期", act, Q(defendant=lane), shown)


def _require_correction(request: SignedInRequest, receipt: MaterialReceipt) -> None:
    if may(request.actor, Action.ORDER_DEADLINES):
        return
    require(request.actor, Action.ACT_FOR_AGENCY)
    if not Defendant.objects.own(request.actor).filter(pk=receipt.defendant_id).exists():
        raise PermissionDenied(f"收到日期由{receipt.defendant.organisation.name}或司法局更正。")
    if author_of(request).on > localtime(receipt.signed_at).date():
        raise PermissionDenied("签收当日可以自行更正；之后请将送达回证交司法局，由司法局更正。")


def _explained(request: SignedInRequest, pk: int) -> Deadline:
    seen = Deadline.objects.explained_to(request.actor).select_related("case", "organisation").distinct()
    return get_object_or_404(seen, pk=pk)


def _ordered(request: SignedInRequest, pk: int) -> Deadline:
    deadline: Deadline = get_object_or_404(seen_deadlines(request), pk=pk)
    require(request.actor, Action.ORDER_DEADLINES)
    return deadline


def _basis_context(deadline: Deadline, *, mine: bool) -> dict[str, Any]:
    """What a receipt shows; what people wrote about it only to those whose duty or supervision it is."""
    changes = deadline.changes.select_related("by__user")
    return {
        "deadline": deadline,
        "receipt": deadline.receipt,
        "days": days_of(deadline.receipt),
        "history": [
            {
                "at": change.at,
                "old": change.old_due_on,
                "new": change.new_due_on,
                "reason": change.reason,
                "by": change.by.user.name if change.by else "系统",
            }
            for change in changes
        ],
    } | (_registered_about(deadline) if mine else {})


def _registered_about(deadline: Deadline) -> dict[str, Any]:
    return {
        "orders": deadline.orders.select_related("made_by__user", "withdrawn_by__user"),
        "incoming": _paper_of(deadline),
        "completions": deadline.completions.select_related("registered_by__user").prefetch_related(
            "measures"
        ),
    }


def _paper_of(deadline: Deadline) -> Incoming | None:
    """The paper whose receipt started it, where one did."""
    kind, _, pk = deadline.subject.partition(":")
    if kind != "incoming":
        return None
    return Incoming.objects.select_related("registered_by__user").filter(pk=pk).first()


def _decide(
    request: SignedInRequest, deadline: Deadline, form: forms.Form, title: str, act: Callable[[], None]
) -> HttpResponse:
    shown = {
        "deadline": deadline,
        "breadcrumbs": trail(deadline, title),
        "back": deadline.get_absolute_url(),
    }
    return rehearsed(request, form, title, act, rehearsal.concerned_by(deadline), shown)
