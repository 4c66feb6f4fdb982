"""What the pages of one lane share: who may act in it, and the page of a short form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cases.models import Deadline, Defendant
from cases.reviewing import has_judged
from cases.steps import status_of
from organisations.access import require
from organisations.clock import today
from organisations.requests import SignedInRequest
from organisations.roles import Action


def seen_lane(request: SignedInRequest, pk: int) -> Defendant:
    """The lane, if the reader sees it (else 404)."""
    lanes = Defendant.objects.visible_to(request.actor)
    related = lanes.select_related("case__court", "organisation__region", "receipt")
    return get_object_or_404(related, pk=pk)


def own_lane(request: SignedInRequest, pk: int) -> Defendant:
    """The lane, if the reader sees it (else 404) and acts for its agency (else 403)."""
    lane = seen_lane(request, pk)
    require(request.actor, Action.ACT_FOR_AGENCY)
    if not Defendant.objects.own(request.actor).filter(pk=pk).exists():
        raise PermissionDenied(f"这一事项由{lane.organisation.name}办理。")
    if request.actor and has_judged(lane, request.actor):
        raise PermissionDenied("您以司法局身份核收、核查过本案，须由其他人员办理。")
    return lane


def lane_crumbs(lane: Defendant, title: str) -> list[dict[str, str]]:
    """案件 / 案号 / this page."""
    return [
        {"label": "案件", "url": "/cases/"},
        {"label": lane.case.number, "url": reverse("cases:detail", args=[lane.case_id])},
        {"label": title, "url": ""},
    ]


def open_deadline(lane: Defendant, rule: str, subject: str = "") -> Deadline | None:
    """The open deadline of a step, that of the matter at hand before others."""
    waiting = Deadline.objects.filter(defendant=lane, rule=rule, state=Deadline.State.OPEN).order_by("due_on")
    about = waiting.filter(subject=subject).first() if subject else None
    return about or waiting.first()


@dataclass(frozen=True, slots=True)
class Step:
    """A page of one step: its title, what a valid form does, the rule it settles, and what stands beside the form."""

    title: str
    act: Callable[[], HttpResponse]
    rule: str = ""
    shown: dict[str, Any] = field(default_factory=dict)


def answer(request: SignedInRequest, lane: Defendant, form: forms.Form, step: Step) -> HttpResponse:
    """Act on a valid form and go on, else show the form with everything that was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            return step.act()
        except ValidationError as error:
            add_errors(form, error)
    deadline = open_deadline(lane, step.rule) if step.rule else None
    context = {
        "lane": lane,
        "case": lane.case,
        "form": form,
        "title": step.title,
        "deadline": deadline,
        "status": status_of(deadline, today=today()) if deadline else None,
        "breadcrumbs": lane_crumbs(lane, step.title),
    } | step.shown
    return render(request, "cases/duty_form.html", context, status=422 if request.method == "POST" else 200)


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """What a use case refuses, at the fields it names; what names no field of this form stands above them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
