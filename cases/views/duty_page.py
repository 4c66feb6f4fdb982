"""The page of a short form about one lane."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.case_page.steps import status_of
from cases.models import Lane
from cases.requests.lanes import open_deadline
from organisations.clock import today
from organisations.requests import SignedInRequest


def lane_crumbs(lane: Lane, title: str) -> list[dict[str, str]]:
    """案件 / 案号 / this page."""
    return [
        {"label": "案件", "url": reverse("cases:list")},
        {"label": lane.case.number, "url": reverse("cases:detail", args=[lane.case_id])},
        {"label": title, "url": ""},
    ]


@dataclass(frozen=True, slots=True)
class DutyPage:
    """A page of one step: its title, what a valid form does, the rule it settles, and what stands beside the form."""

    title: str
    act: Callable[[], HttpResponse]
    rule: str = ""
    shown: dict[str, Any] = field(default_factory=dict)


def answer(request: SignedInRequest, lane: Lane, form: forms.Form, step: DutyPage) -> HttpResponse:
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
