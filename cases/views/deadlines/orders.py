"""中止、延期、另定、免除 and their end: each shows its effect first."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpResponse

from cases.deadlines import orders, rehearsal
from cases.deadlines.forms import OrderForm, ResumeForm
from cases.law import current_law
from cases.models import Deadline, DeadlineOrder
from cases.views.deadlines.rehearsed import acted_on, rehearsed, trail
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action


def change(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """中止、延期、另定期限、免除: the form, then what it would move, then the deed."""
    if kind not in DeadlineOrder.Kind.values:
        raise Http404
    deadline = acted_on(request, pk, Action.ORDER_DEADLINES)
    form = OrderForm(request.POST or None, request.FILES or None, kind=kind)

    def act() -> None:
        orders.order(deadline, form.order(), author=author_of(request), law=current_law())

    return _decide(request, deadline, form, str(DeadlineOrder.Kind(kind).label), act)


def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """恢复计时."""
    deadline = acted_on(request, pk, Action.ORDER_DEADLINES)
    form = ResumeForm(request.POST or None)

    def act() -> None:
        orders.resume(deadline, author=author_of(request), law=current_law(), **form.cleaned_data)

    return _decide(request, deadline, form, "恢复计时", act)


def _decide(
    request: SignedInRequest, deadline: Deadline, form: forms.Form, title: str, act: Callable[[], None]
) -> HttpResponse:
    shown = {
        "deadline": deadline,
        "breadcrumbs": trail(deadline, title),
        "back": deadline.get_absolute_url(),
    }
    return rehearsed(request, form, title, act, rehearsal.concerned_by(deadline), shown)
