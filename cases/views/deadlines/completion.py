"""办结登记."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect

from cases.deadlines import completion
from cases.deadlines.forms import CompletionForm
from cases.law import current_law
from cases.models import PLAN_RULE, Deadline
from cases.views.deadlines.rehearsed import acted_on, form_page, is_mine, trail
from organisations.access import may
from organisations.clock import today
from organisations.requests import SignedInRequest, author_of
from organisations.roles import AGENCY_ROLES, Action

State = Deadline.State


def complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """办结登记 of a duty that has no page of its own."""
    deadline = acted_on(request, pk, Action.REGISTER_PAPERS)
    if deadline.rule == PLAN_RULE:
        return redirect("cases:plan", pk)
    form = CompletionForm(request.POST or None, request.FILES or None)

    def act() -> None:
        completion.complete(deadline, form.done(), author=author_of(request), law=current_law())

    return completed(request, deadline, form, "办结登记", act)


def completed(
    request: SignedInRequest, deadline: Deadline, form: CompletionForm, title: str, act: Callable[[], None]
) -> HttpResponse:
    if deadline.state != State.OPEN:
        messages.info(request, f"{deadline.label}{deadline.get_state_display()}，不需要再登记。")
        return redirect(deadline.get_absolute_url())
    if not may_complete(request, deadline):
        raise PermissionDenied(f"这一事项由{deadline.organisation.name}登记。")
    if deadline.due_on >= today():
        del form.fields["late_reason"]
    if form.is_valid():
        try:
            act()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已登记办结：{deadline.label}。")
            return redirect(deadline.home_url)
    return form_page(request, form, title, {"deadline": deadline, "breadcrumbs": trail(deadline, title)})


def may_complete(request: SignedInRequest, deadline: Deadline) -> bool:
    """Whether the reader may register that this duty was done: its own people, or the office for an agency."""
    actor = request.actor
    if (
        completion.has_own_page(deadline, current_law())
        or deadline.state != State.OPEN
        or not deadline.is_duty
    ):
        return False
    if actor is None or not may(actor, Action.REGISTER_PAPERS) or not is_mine(request, deadline):
        return False
    owns = actor.organisation_id in deadline.organisation.succession()
    return owns or (actor.role not in AGENCY_ROLES and may(actor, Action.ORDER_DEADLINES))
