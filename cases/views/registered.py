"""来文 and 办结: what came in and what was done, with their files; and taking back what was registered by mistake."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import measures, orders, registering, rehearsal
from cases.deadline_forms import CompletionForm, IncomingForm, PlanForm
from cases.law import current_law
from cases.models import PLAN_RULE, Completion, Deadline, DeadlineOrder, Defendant, Incoming
from cases.reviewing import require_office_of
from cases.views.rehearsed import HOME, form_page, is_mine, rehearsed, seen_deadlines, trail
from organisations.access import may, require
from organisations.clock import today
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import AGENCY_ROLES, Action
from organisations.serving import attachment

REGISTERED: dict[str, type[DeadlineOrder | Incoming | Completion]] = {
    "order": DeadlineOrder,
    "incoming": Incoming,
    "completion": Completion,
}
State = Deadline.State


def complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """办结登记 of a duty that has no page of its own."""
    deadline = _seen(request, pk)
    if deadline.rule == PLAN_RULE:
        return redirect("cases:plan", pk)
    form = CompletionForm(request.POST or None, request.FILES or None)

    def act() -> None:
        registering.complete(deadline, form.done(), author=author_of(request), law=current_law())

    return _completed(request, deadline, form, "办结登记", act)


def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """整改方案 of a unit that a bulletin asks to put something right."""
    deadline = _seen(request, pk)
    if deadline.rule != PLAN_RULE:
        raise Http404
    form = PlanForm(request.POST or None, request.FILES or None, initial={"done_on": today()})

    def act() -> None:
        author = author_of(request)
        measures.hand_in_plan(deadline, form.done(), form.measures(), author=author, law=current_law())

    return _completed(request, deadline, form, "整改方案", act)


def _seen(request: SignedInRequest, pk: int) -> Deadline:
    deadline: Deadline = get_object_or_404(seen_deadlines(request), pk=pk)
    require(request.actor, Action.REGISTER_PAPERS)
    return deadline


def _completed(
    request: SignedInRequest, deadline: Deadline, form: CompletionForm, title: str, act: Callable[[], None]
) -> HttpResponse:
    if deadline.state != State.OPEN:
        messages.info(request, f"{deadline.label}{deadline.get_state_display()}，不需要再登记。")
        return redirect(deadline.get_absolute_url())
    if not may_complete(request, deadline):
        raise PermissionDenied(f"这一事项由{deadline.organisation.name}登记。")
    if form.is_valid():
        try:
            act()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已登记办结：{deadline.label}。")
            return redirect(deadline.home_url)
    return form_page(request, form, title, {"deadline": deadline, "breadcrumbs": trail(deadline, title)})


def incoming(request: SignedInRequest, pk: int) -> HttpResponse:
    """来文登记 in a lane."""
    lane = get_object_or_404(
        Defendant.objects.visible_to(request.actor).select_related("case", "organisation"), pk=pk
    )
    require(request.actor, Action.REGISTER_PAPERS)
    if not (lane.is_of(request.actor) or may(request.actor, Action.ORDER_DEADLINES)):
        raise PermissionDenied(f"这一来文由{lane.organisation.name}登记。")
    form = IncomingForm(request.POST or None, request.FILES or None)
    home = reverse("cases:detail", args=[lane.case_id])

    def act() -> None:
        registering.register_incoming(
            form.received(), lane=lane, author=author_of(request), law=current_law()
        )

    crumbs = [HOME, {"label": lane.case.number, "url": home}, {"label": "来文登记", "url": ""}]
    shown = {"subject": str(lane), "breadcrumbs": crumbs, "back": home}
    return rehearsed(request, form, "来文登记", act, Q(defendant=lane), shown)


def unit_incoming(request: SignedInRequest, pk: int) -> HttpResponse:
    """来文登记 by the office for a unit of its region: a bulletin that asks it to put something right."""
    unit = get_object_or_404(Organisation.objects.agencies().select_related("region"), pk=pk)
    require(request.actor, Action.ORDER_DEADLINES)
    require_office_of(unit, author_of(request).signer)
    return _incoming_of(request, unit, initial={"kind": Incoming.Kind.BULLETIN, "received_on": today()})


@requires(Action.REGISTER_PAPERS)
def own_incoming(request: SignedInRequest) -> HttpResponse:
    """来文登记 of a paper to the reader's own organisation that concerns no single case."""
    return _incoming_of(request, author_of(request).signer.organisation)


def _incoming_of(
    request: SignedInRequest, unit: Organisation, initial: dict[str, Any] | None = None
) -> HttpResponse:
    form = IncomingForm(request.POST or None, request.FILES or None, initial=initial)
    home = reverse("supervision:deadlines")

    def act() -> None:
        registering.register_incoming(
            form.received(), organisation=unit, author=author_of(request), law=current_law()
        )

    crumbs = [{"label": "期限", "url": home}, {"label": "来文登记", "url": ""}]
    shown = {"subject": unit.name, "breadcrumbs": crumbs, "back": home}
    return rehearsed(request, form, "来文登记", act, Q(organisation=unit, defendant=None), shown)


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
    crumbs = [{"label": "期限", "url": "/deadlines/"}, {"label": "撤回", "url": ""}]
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


def may_complete(request: SignedInRequest, deadline: Deadline) -> bool:
    """Whether the reader may register that this duty was done: its own people, or the office for an agency."""
    actor = request.actor
    if deadline.rule in registering.OWN_PAGE or deadline.state != State.OPEN or not deadline.is_duty:
        return False
    if actor is None or not may(actor, Action.REGISTER_PAPERS) or not is_mine(request, deadline):
        return False
    owns = actor.organisation_id in (deadline.organisation_id, deadline.organisation.successor_id)
    return owns or (actor.role not in AGENCY_ROLES and may(actor, Action.ORDER_DEADLINES))
