"""撤回登记: taking back what was registered by mistake, and the files of what was registered."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.deadlines import orders, rehearsal
from cases.law import current_law
from cases.models import Completion, Deadline, DeadlineOrder, Incoming
from cases.views.deadlines.rehearsed import rehearsed
from organisations.access import require
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action
from organisations.serving import attachment

REGISTERED: dict[str, type[DeadlineOrder | Incoming | Completion]] = {
    "order": DeadlineOrder,
    "incoming": Incoming,
    "completion": Completion,
}


@require_POST
def withdraw(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """撤回 an order, a paper or a completion that was registered by mistake."""
    row = _registered(request, kind, pk)
    require(request.actor, Action.ORDER_DEADLINES)
    deadline = getattr(row, "deadline", None) or Deadline.objects.filter(subject=f"incoming:{row.pk}").first()
    back = deadline.get_absolute_url() if deadline else reverse("supervision:deadlines")

    def act() -> None:
        orders.withdraw(row, author=author_of(request), law=current_law())

    concerned = rehearsal.concerned_by(deadline) if deadline else Q(pk=None)
    subject = f"撤回：{row}。原登记保留在记录里。"
    crumbs = [{"label": "期限", "url": reverse("supervision:deadlines")}, {"label": "撤回", "url": ""}]
    shown = {"subject": subject, "breadcrumbs": crumbs, "back": back}
    return rehearsed(request, forms.Form(request.POST), "撤回", act, concerned, shown)


def registered_file(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """The file kept with an order, a paper or a completion."""
    row = _registered(request, kind, pk)
    if row.file is None:
        raise Http404
    return attachment(row.file, row.file_name)


def _registered(request: SignedInRequest, kind: str, pk: int) -> Any:
    if kind not in REGISTERED:
        raise Http404
    return get_object_or_404(REGISTERED[kind].objects.visible_to(request.actor), pk=pk)
