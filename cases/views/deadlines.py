"""Pages about one deadline: its receipt on screen and on paper, and what changes it (each shows its effect first)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from cases import corrections, orders, registering, rehearsal
from cases.basis import basis_pdf, days_of
from cases.deadline_forms import CompletionForm, CorrectionForm, IncomingForm, OrderForm, ResumeForm, WithFile
from cases.law import current_law
from cases.models import Completion, Deadline, DeadlineOrder, Defendant, Incoming, MaterialReceipt
from cases.steps import status_of
from organisations.access import may, require
from organisations.clock import this_moment, today
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import AGENCY_ROLES, Action
from organisations.serving import attachment, download

HOME = {"label": "案件", "url": "/cases/"}
REGISTERED: dict[str, type[DeadlineOrder | Incoming | Completion]] = {
    "order": DeadlineOrder,
    "incoming": Incoming,
    "completion": Completion,
}
State = Deadline.State


def basis(request: SignedInRequest, pk: int) -> HttpResponse:
    """期限回执 怎么算的: in place by htmx, else a page of its own."""
    deadline = _explained(request, pk)
    mine = _is_mine(request, deadline)
    context = _basis_context(deadline, mine=mine) | {
        "may_order": mine and may(request.actor, Action.ORDER_DEADLINES),
        "may_complete": may_complete(request, deadline),
        "mine": mine,
        "status": status_of(deadline, today=today()),
        "breadcrumbs": _trail(deadline, "怎么算的"),
    }
    partial = getattr(request, "htmx", False)
    return render(request, "components/_basis.html" if partial else "cases/deadline_basis.html", context)


def basis_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """期限回执 on paper (PDF)."""
    deadline = _explained(request, pk)
    shown = _basis_context(deadline, mine=_is_mine(request, deadline))
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


def complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """办结登记 of a duty that has no page of its own."""
    deadline = get_object_or_404(_visible(request), pk=pk)
    require(request.actor, Action.REGISTER_PAPERS)
    if deadline.state != State.OPEN:
        messages.info(request, f"{deadline.label}{deadline.get_state_display()}，不需要再登记。")
        return redirect(deadline.get_absolute_url())
    if not may_complete(request, deadline):
        raise PermissionDenied(f"这一事项由{deadline.organisation.name}登记。")
    form = CompletionForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            registering.complete(deadline, form.done(), author=author_of(request), law=current_law())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已登记办结：{deadline.label}。")
            return redirect(deadline.home_url)
    return _page(
        request, form, "办结登记", {"deadline": deadline, "breadcrumbs": _trail(deadline, "办结登记")}
    )


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
    trail = [HOME, {"label": lane.case.number, "url": home}, {"label": "更正收到日期", "url": ""}]
    shown = {"subject": f"{lane} 原登记收到日期 {receipt.received_on}", "breadcrumbs": trail, "back": home}
    return _rehearsed(request, form, "更正收到日期", act, Q(defendant=lane), shown)


def _require_correction(request: SignedInRequest, receipt: MaterialReceipt) -> None:
    if may(request.actor, Action.ORDER_DEADLINES):
        return
    require(request.actor, Action.ACT_FOR_AGENCY)
    if not Defendant.objects.own(request.actor).filter(pk=receipt.defendant_id).exists():
        raise PermissionDenied(f"收到日期由{receipt.defendant.organisation.name}或司法局更正。")
    if author_of(request).on > localtime(receipt.signed_at).date():
        raise PermissionDenied("签收当日可以自行更正；之后请将送达回证交司法局，由司法局更正。")


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

    trail = [HOME, {"label": lane.case.number, "url": home}, {"label": "来文登记", "url": ""}]
    shown = {"subject": str(lane), "breadcrumbs": trail, "back": home}
    return _rehearsed(request, form, "来文登记", act, Q(defendant=lane), shown)


@requires(Action.REGISTER_PAPERS)
def own_incoming(request: SignedInRequest) -> HttpResponse:
    """来文登记 of a paper to the reader's own organisation that concerns no single case."""
    assert request.actor is not None
    own = request.actor.organisation
    form = IncomingForm(request.POST or None, request.FILES or None)
    home = reverse("supervision:deadlines")

    def act() -> None:
        registering.register_incoming(
            form.received(), organisation=own, author=author_of(request), law=current_law()
        )

    trail = [{"label": "期限", "url": home}, {"label": "来文登记", "url": ""}]
    shown = {"subject": own.name, "breadcrumbs": trail, "back": home}
    return _rehearsed(request, form, "来文登记", act, Q(organisation=own, defendant=None), shown)


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
    trail = [{"label": "期限", "url": "/deadlines/"}, {"label": "撤回", "url": ""}]
    shown = {"subject": subject, "breadcrumbs": trail, "back": back}
    return _rehearsed(request, forms.Form(request.POST), "撤回", act, concerned, shown)


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
    if actor is None or not may(actor, Action.REGISTER_PAPERS) or not _is_mine(request, deadline):
        return False
    owns = actor.organisation_id in (deadline.organisation_id, deadline.organisation.successor_id)
    return owns or (actor.role not in AGENCY_ROLES and may(actor, Action.ORDER_DEADLINES))


def _explained(request: SignedInRequest, pk: int) -> Deadline:
    seen = Deadline.objects.explained_to(request.actor).select_related("case", "organisation").distinct()
    return get_object_or_404(seen, pk=pk)


def _visible(request: SignedInRequest) -> Any:
    return Deadline.objects.visible_to(request.actor).select_related("case", "organisation")


def _is_mine(request: SignedInRequest, deadline: Deadline) -> bool:
    return Deadline.objects.visible_to(request.actor).filter(pk=deadline.pk).exists()


def _ordered(request: SignedInRequest, pk: int) -> Deadline:
    deadline: Deadline = get_object_or_404(_visible(request), pk=pk)
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
        "completions": deadline.completions.select_related("registered_by__user"),
    }


def _paper_of(deadline: Deadline) -> Incoming | None:
    """The paper whose receipt started it, where one did."""
    kind, _, pk = deadline.subject.partition(":")
    if kind != "incoming":
        return None
    return Incoming.objects.select_related("registered_by__user").filter(pk=pk).first()


def _trail(deadline: Deadline, here: str) -> list[dict[str, str]]:
    home = deadline.home_url if deadline.case_id else reverse("supervision:deadlines")
    first = HOME if deadline.case_id else {"label": "期限", "url": home}
    return [first, {"label": deadline.about, "url": home}, {"label": here, "url": ""}]


def _decide(
    request: SignedInRequest, deadline: Deadline, form: forms.Form, title: str, act: Callable[[], None]
) -> HttpResponse:
    shown = {
        "deadline": deadline,
        "breadcrumbs": _trail(deadline, title),
        "back": deadline.get_absolute_url(),
    }
    return _rehearsed(request, form, title, act, rehearsal.concerned_by(deadline), shown)


def _rehearsed(
    request: SignedInRequest,
    form: forms.Form,
    title: str,
    act: Callable[[], None],
    concerned: Q,
    shown: dict[str, Any],
) -> HttpResponse:
    """First the form, then what it would move, and on the second press the deed itself."""
    if form.is_valid():
        try:
            if request.POST.get("confirmed") and not _overtaken(request, shown):
                act()
                messages.success(request, f"已办理：{title}。有关期限已重算，“怎么算的”里可看原日期。")
                return redirect(shown["back"])
            moves = rehearsal.rehearse(act, author=author_of(request), concerned=concerned)
            kept = form.keep(at=this_moment()) if isinstance(form, WithFile) else ""
            seen = {
                "moves": moves,
                "previewed": True,
                "kept_name": kept,
                "overtaken": _overtaken(request, shown),
            }
            return _page(request, form, title, shown | seen, status=200)
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, form, title, shown)


def _overtaken(request: SignedInRequest, shown: dict[str, Any]) -> bool:
    """Whether somebody changed the deadline since its preview was shown: then the new effect is shown first."""
    deadline, seen = shown.get("deadline"), request.POST.get("seen", "")
    return bool(deadline and seen and seen != str(deadline.revision))


def _page(
    request: SignedInRequest, form: forms.Form, title: str, shown: dict[str, Any], status: int = 0
) -> HttpResponse:
    context = {"form": form, "title": title} | shown
    code = status or (422 if request.method == "POST" else 200)
    return render(request, "cases/deadline_form.html", context, status=code)
