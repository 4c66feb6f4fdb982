"""更正案号、作废、移案: what was entered under a wrong number, each with its effect shown before the deed."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.law import current_law
from cases.models import Case, Decision, Hearing
from cases.registration import mistakes
from cases.registration.forms import MoveForm, NumberForm, VoidForm
from cases.views.deadlines.rehearsed import HOME, rehearsed
from organisations.access import require
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action
from rules.case_numbers import CaseNumber

KNOWN = "{number} 已在平台中：本案的开庭、裁判和材料并入该案；两案都有的留在作废的本案里。"
OTHERS = "请核对：该案原告是{}，与本案不同。"
RENAMED = "平台还没有 {number}：本案改用这个案号，开庭、裁判、材料和期限都不变。"
VOID = "作废后本案不再催办、不计入指标；已有的记录保留，以后可以重新使用这个案号。"
MOVED = "开庭或裁判连同有关的陈述、结果和履行一起移走；撤回的留作记录，不再计入指标。"


def number(request: SignedInRequest, pk: int) -> HttpResponse:
    """更正案号: the case gets its right number, or goes over into the case that has it."""
    case = _correctable(request, pk)
    form = NumberForm(request.POST or None)

    def act() -> None:
        mistakes.correct_number(case, author=author_of(request), law=current_law(), **form.cleaned_data)

    right = form.cleaned_data["number"] if form.is_valid() else None
    shown = _shown(case, "更正案号", _effect_of(case, right))
    return rehearsed(request, form, "更正案号", act, _concerned(case, right), shown)


def void(request: SignedInRequest, pk: int) -> HttpResponse:
    """作废: the case was entered by mistake and belongs nowhere."""
    case = _correctable(request, pk)
    form = VoidForm(request.POST or None)

    def act() -> None:
        mistakes.void_case(case, author=author_of(request), law=current_law(), **form.cleaned_data)

    return rehearsed(request, form, "作废案件", act, Q(case=case), _shown(case, "作废案件", VOID))


def move(request: SignedInRequest, pk: int, kind: str, fact: int) -> HttpResponse:
    """移案或撤回 of one hearing or decision of the case."""
    case = _correctable(request, pk)
    row = _fact(case, kind, fact)
    form = MoveForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        author = author_of(request)
        mistakes.move_fact(row, told["number"], reason=told["reason"], author=author, law=current_law())

    right = form.cleaned_data["number"] if form.is_valid() else None
    shown = _shown(case, "移案或撤回", MOVED, f"{case.number}：{mistakes.name_of(row)}")
    return rehearsed(request, form, "移案或撤回", act, _concerned(case, right), shown)


def _correctable(request: SignedInRequest, pk: int) -> Case:
    case = get_object_or_404(Case.objects.visible_to(request.actor).standing(), pk=pk)
    require(request.actor, Action.CORRECT_CASES)
    mistakes.require_corrector(case, author_of(request))
    return case


def _fact(case: Case, kind: str, pk: int) -> Hearing | Decision:
    if kind == "hearing":
        return get_object_or_404(Hearing.objects.select_related("case"), pk=pk, case=case)
    if kind == "decision":
        return get_object_or_404(Decision.objects.select_related("case"), pk=pk, case=case)
    raise Http404


def _effect_of(case: Case, right: CaseNumber | None) -> str:
    """What the right number does; of two cases that do not look like one, who sues in the other."""
    if right is None:
        return ""
    known = Case.objects.filter(key=right.key).first()
    if known is None:
        return RENAMED.format(number=right.display)
    differs = known.plaintiffs != case.plaintiffs
    return KNOWN.format(number=right.display) + (
        OTHERS.format(known.plaintiffs or "未载明") if differs else ""
    )


def _shown(case: Case, title: str, effect: str, subject: str = "") -> dict[str, Any]:
    home = reverse("cases:detail", args=[case.pk])
    return {
        "subject": subject or f"{case.number}　{case.plaintiffs}",
        "effect": effect,
        "back": home,
        "breadcrumbs": [HOME, {"label": case.number, "url": home}, {"label": title, "url": ""}],
    }


def _concerned(case: Case, right: CaseNumber | None) -> Q:
    """The deadlines of the case, and of the one that is known by the right number."""
    return Q(case=case) | Q(case__key=right.key) if right else Q(case=case)
