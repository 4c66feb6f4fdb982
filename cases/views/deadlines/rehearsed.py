"""What the pages about deadlines share: whose they are, the way back, and the effect shown before the deed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy

from cases.deadlines import rehearsal
from cases.deadlines.forms import WithFile
from cases.models import Deadline
from organisations.access import require
from organisations.clock import this_moment
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action

HOME: dict[str, Any] = {"label": "案件", "url": reverse_lazy("cases:list")}


def acted_on(request: SignedInRequest, pk: int, action: Action) -> Deadline:
    """The deadline that somebody wants to act on: 404 where it is not theirs to see, 403 where not theirs to do."""
    seen = Deadline.objects.visible_to(request.actor).select_related("case", "organisation")
    deadline: Deadline = get_object_or_404(seen, pk=pk)
    require(request.actor, action)
    return deadline


def is_mine(request: SignedInRequest, deadline: Deadline) -> bool:
    return Deadline.objects.visible_to(request.actor).filter(pk=deadline.pk).exists()


def trail(deadline: Deadline, here: str) -> list[dict[str, Any]]:
    home = deadline.home_url if deadline.case_id else reverse("supervision:deadlines")
    first = HOME if deadline.case_id else {"label": "期限", "url": home}
    return [first, {"label": deadline.about, "url": home}, {"label": here, "url": ""}]


def rehearsed(
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
            return form_page(request, form, title, shown | seen, status=200)
        except ValidationError as error:
            form.add_error(None, error)
    return form_page(request, form, title, shown)


def _overtaken(request: SignedInRequest, shown: dict[str, Any]) -> bool:
    """Whether somebody changed the deadline since its preview was shown: then the new effect is shown first."""
    deadline, seen = shown.get("deadline"), request.POST.get("seen", "")
    return bool(deadline and seen and seen != str(deadline.revision))


def form_page(
    request: SignedInRequest, form: forms.Form, title: str, shown: dict[str, Any], status: int = 0
) -> HttpResponse:
    context = {"form": form, "title": title} | shown
    code = status or (422 if request.method == "POST" else 200)
    return render(request, "cases/deadlines/form.html", context, status=code)
