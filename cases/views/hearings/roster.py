"""负责人名册 of the own unit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy

from cases.hearings.forms import RosterForm
from cases.mandates.roster import enter_head
from cases.requests.lanes import entered_under
from cases.views.duty_page import add_errors
from organisations.access import require
from organisations.conflicts import conflict
from organisations.models import Head, Organisation, Post, User
from organisations.overtaken import Overtaken
from organisations.requests import SignedInRequest, author_of, id_in, requires
from organisations.roles import Action
from organisations.rosters import HeadDetails, change_head

HOME = {"label": "负责人名册", "url": reverse_lazy("cases:roster")}


@requires(Action.READ_ROSTER)
def roster(request: SignedInRequest) -> HttpResponse:
    """The heads in scope: those of the own unit, or of the region."""
    heads = Head.objects.visible_to(request.actor).select_related("organisation", "user")
    context = {
        "heads": heads.order_by("organisation__position", "last", "pk"),
        "may_change": request.actor is not None and request.actor.role == "agency_liaison",
        "breadcrumbs": [{"label": "负责人名册", "url": ""}],
    }
    return render(request, "cases/hearings/roster.html", context)


@requires(Action.ACT_FOR_AGENCY)
def new_head(request: SignedInRequest) -> HttpResponse:
    """增加负责人."""
    return _adding(request, reverse("cases:roster"))


def entered_head(request: SignedInRequest, pk: int) -> HttpResponse:
    """增加负责人 of an agency for which an office enters under the mandate."""
    entered_under(request, pk)
    return _adding(request, reverse("cases:mandate", args=[pk]))


def _adding(request: SignedInRequest, back: str) -> HttpResponse:
    form = RosterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            author = author_of(request)
            head = enter_head(_told(form, author.speaker), author=author)
            messages.success(request, f"已增加 {head}。")
            return redirect(back)
        except ValidationError as error:
            add_errors(form, error)
    return _page(request, form, "增加负责人")


def edit_head(request: SignedInRequest, pk: int) -> HttpResponse:
    """更改负责人; whoever saves second is shown both versions."""
    head = get_object_or_404(Head.objects.visible_to(request.actor).select_related("user"), pk=pk)
    require(request.actor, Action.ACT_FOR_AGENCY)
    author = author_of(request)
    if head.organisation_id != author.signer.organisation_id:
        raise PermissionDenied("名册由本单位维护。")
    form = RosterForm(request.POST or None, initial=_initial(head))
    if request.method == "POST" and form.is_valid():
        try:
            revision = id_in(request.POST.get("revision")) or 0
            change_head(head, _told(form, author.speaker), revision=revision, author=author)
            messages.success(request, "已保存。")
            return redirect("cases:roster")
        except Overtaken as overtaken:
            theirs = Overtaken(_words(overtaken.theirs), overtaken.revision)
            return conflict(request, form, theirs)
        except ValidationError as error:
            add_errors(form, error)
    return _page(request, form, "更改负责人", head)


def _page(request: SignedInRequest, form: RosterForm, title: str, head: Head | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "head": head, "breadcrumbs": [HOME, {"label": title, "url": ""}]}
    return render(
        request, "cases/hearings/roster_form.html", context, status=422 if request.method == "POST" else 200
    )


def _told(form: RosterForm, unit: Organisation) -> HeadDetails:
    cleaned = dict(form.cleaned_data)
    account = cleaned.pop("account")
    return HeadDetails(**cleaned, user=_user(account, unit) if account else None)


def _user(account: str, unit: Organisation) -> User:
    """The account of somebody who holds a head's post in the unit."""
    heads = Post.objects.filter(organisation=unit, role="agency_head", user__username=account)
    found = heads.select_related("user").first()
    if found is None:
        raise ValidationError({"account": f"本单位没有账号为“{account}”的机关负责人，请联系管理员建立。"})
    return found.user


def _initial(head: Head) -> dict[str, Any]:
    names = ("name", "position", "kind", "first", "last", "in_charge_of")
    return {name: getattr(head, name) for name in names} | {
        "account": head.user.username if head.user else ""
    }


def _words(theirs: Any) -> dict[str, Any]:
    user = theirs.get("user")
    return dict(theirs) | {"account": user.username if user else ""}
