"""怎么算的: how a deadline was computed, on screen and on paper."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cases.case_page.steps import status_of
from cases.deadlines.counted_days import basis_pdf, days_of
from cases.models import Deadline, Incoming
from cases.views.deadlines.completion import may_complete
from cases.views.deadlines.rehearsed import is_mine, trail
from organisations.access import may
from organisations.clock import this_moment, today
from organisations.requests import SignedInRequest
from organisations.roles import Action
from organisations.serving import download


def basis(request: SignedInRequest, pk: int) -> HttpResponse:
    """期限回执 怎么算的: in place by htmx, else a page of its own."""
    deadline = explained_deadline(request, pk)
    mine = is_mine(request, deadline)
    context = _basis_context(deadline, mine=mine) | {
        "may_order": mine and may(request.actor, Action.ORDER_DEADLINES),
        "may_complete": may_complete(request, deadline),
        "mine": mine,
        "status": status_of(deadline, today=today()),
        "breadcrumbs": trail(deadline, "怎么算的"),
    }
    partial = getattr(request, "htmx", False)
    return render(
        request, "components/_basis.html" if partial else "cases/deadlines/computation.html", context
    )


def basis_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """期限回执 on paper (PDF)."""
    deadline = explained_deadline(request, pk)
    shown = _basis_context(deadline, mine=is_mine(request, deadline))
    content = basis_pdf(deadline, shown, printed_at=this_moment())
    return download(content, f"期限回执 {deadline.label} {deadline.due_on}.pdf", "application/pdf")


def explained_deadline(request: SignedInRequest, pk: int) -> Deadline:
    seen = Deadline.objects.explained_to(request.actor).select_related("case", "organisation").distinct()
    return get_object_or_404(seen, pk=pk)


def _basis_context(deadline: Deadline, *, mine: bool) -> dict[str, Any]:
    """What a computation shows; what people wrote about it only to those whose duty or supervision it is."""
    changes = deadline.changes.select_related("by__user")
    return {
        "deadline": deadline,
        "computation": deadline.computation,
        "days": days_of(deadline.computation),
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
        "orders": deadline.orders.select_related("registered_by__user", "withdrawn_by__user"),
        "incoming": _paper_of(deadline),
        "completions": deadline.completions.select_related("registered_by__user").prefetch_related(
            "measures"
        ),
    }


def _paper_of(deadline: Deadline) -> Incoming | None:
    """The paper whose computation started it, where one did."""
    kind, _, pk = deadline.subject.partition(":")
    if kind != "incoming":
        return None
    return Incoming.objects.select_related("registered_by__user").filter(pk=pk).first()
