"""规则版本: what the office sets itself; one person enters, sees the effect, another approves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from cases.law import current_law
from cases.models import OfficeRule
from organisations.access import may, require
from organisations.clock import today
from organisations.four_eyes import NotApproved
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action
from supervision.office_rules.forms import (
    AuthorityRuleForm,
    ChoiceRuleForm,
    LadderRuleForm,
    LimitRuleForm,
    OfficeRuleForm,
)
from supervision.office_rules.rules import (
    approve_rule,
    described,
    drop_rule,
    effect_of,
    enter_rule,
    settable,
)

Subject = OfficeRule.Subject
SHOWN = 200
HOME = {"label": "规则版本", "url": reverse_lazy("supervision:rules")}


@requires(Action.READ_DEADLINES)
def rules(request: SignedInRequest) -> HttpResponse:
    """Everything that the office may set, with what is in force, and the versions entered here."""
    versions = OfficeRule.objects.visible_to(request.actor).select_related(
        "entered_by__user", "approved_by__user"
    )[:SHOWN]
    context = {
        "groups": [(Subject(key), items) for key, items in settable(current_law(), on=today()).items()],
        "versions": [(each, *described(each, current_law())) for each in versions],
        "book": current_law().book.all(),
        "may_set": _may_set(request),
        "breadcrumbs": [{"label": "规则版本", "url": ""}],
    }
    return render(request, "supervision/office_rules/rules.html", context)


@requires(Action.SET_RULES)
def new_rule(request: SignedInRequest, subject: str, key: str) -> HttpResponse:
    """另立一版: the form of the subject."""
    _require_city(request)
    label = next(
        (item[1] for item in settable(current_law(), on=today()).get(subject, []) if item[0] == key), None
    )
    if label is None:
        raise Http404
    form = _form(request, subject, key)
    if form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("valid_from", "reason")}
        try:
            rule = enter_rule(subject, key, form.value(), author=author_of(request), **cleaned)
        except NotApproved as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已录入，请核对影响，再由另一人核准。")
            return redirect("supervision:rule", pk=rule.pk)
    context = {"form": form, "title": label, "breadcrumbs": [HOME, {"label": label, "url": ""}]}
    return render(
        request, "supervision/office_rules/rule_form.html", context, status=422 if form.errors else 200
    )


def _form(request: SignedInRequest, subject: str, key: str) -> OfficeRuleForm:
    law = current_law()
    if subject == Subject.LIMIT:
        limit = law.book.versions[key][-1]
        return LimitRuleForm(request.POST or None, initial={"amount": limit.amount, "mode": limit.mode})
    if subject == Subject.LADDER:
        return LadderRuleForm(
            request.POST or None, ladder=law.ladders.first(key), now=law.ladders.newest(key)
        )
    if subject == Subject.AUTHORITY:
        return AuthorityRuleForm(request.POST or None, fact=key, now=law.authority.of(key, on=today()))
    return ChoiceRuleForm(request.POST or None, key=key, law=law)


def rule(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version with the open deadlines that it would move."""
    return _page(request, _rule(request, pk))


@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """核准 by another person."""
    found = _rule(request, pk)
    _require_city(request)
    try:
        approved = approve_rule(found, author=author_of(request))
    except NotApproved as refused:
        return _page(request, found, refused=str(refused), status=409)
    messages.success(
        request, f"已核准，自 {approved.valid_from} 起适用；{approved.effects['moved']} 个期限随之变动。"
    )
    return redirect("supervision:rule", pk=pk)


@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """放弃."""
    found = _rule(request, pk)
    _require_city(request)
    drop_rule(found, author=author_of(request))
    return redirect("supervision:rules")


def _rule(request: SignedInRequest, pk: int) -> OfficeRule:
    require(request.actor, Action.READ_DEADLINES)
    seen = OfficeRule.objects.visible_to(request.actor).select_related(
        "entered_by__user", "approved_by__user"
    )
    found: OfficeRule = get_object_or_404(seen, pk=pk)
    return found


def _may_set(request: SignedInRequest) -> bool:
    """The rules hold for the whole city: its own office sets them."""
    actor = request.actor
    if actor is None or not may(actor, Action.SET_RULES):
        return False
    return actor.organisation.level == Organisation.Level.MUNICIPAL


def _require_city(request: SignedInRequest) -> None:
    require(request.actor, Action.SET_RULES)
    if not _may_set(request):
        raise PermissionDenied("办公室规则适用于全市，由市司法局录入和核准。")


def _page(request: SignedInRequest, found: OfficeRule, refused: str = "", status: int = 200) -> HttpResponse:
    waiting = found.state == OfficeRule.State.ENTERED
    moves = effect_of(found) if waiting else []
    label, words = described(found, current_law())
    context = {
        "rule": found,
        "label": label,
        "words": words,
        "waiting": waiting,
        "moves": moves[:SHOWN],
        "moved": len(moves),
        "earlier": sum(move.new_due_on < move.old_due_on for move in moves),
        "is_own": found.entered_by.user_id == request.user.pk,
        "may_set": _may_set(request),
        "refused": refused,
        "breadcrumbs": [HOME, {"label": label, "url": ""}],
    }
    return render(request, "supervision/office_rules/rule.html", context, status=status)
