"""联系方式: how one is reached oneself, and how the office of a unit is."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from organisations.access import may, sees_agency
from organisations.contacts import change_contact, change_unit_phone
from organisations.forms import ContactForm, UnitPhoneForm
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action


def own(request: SignedInRequest) -> HttpResponse:
    """The reader's own telephone and mail address."""
    user = request.user
    form = ContactForm(request.POST or None, initial={"phone": user.phone, "email": user.email})
    if form.is_valid():
        change_contact(user, **form.cleaned_data, author=author_of(request))
        messages.success(request, "已保存电话和邮箱。")
        return redirect("organisations:own_contact")
    return _page(request, form, "本人联系方式", {})


def unit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The telephone of a unit: kept by its own people, and by the office of its region, which calls it."""
    found = get_object_or_404(Organisation.objects.select_related("region"), pk=pk)
    _require_keeper(request, found)
    form = UnitPhoneForm(request.POST or None, initial={"phone": found.phone})
    if form.is_valid():
        change_unit_phone(found, **form.cleaned_data, author=author_of(request))
        messages.success(request, f"已保存{found.name}的电话。")
        return redirect("organisations:unit_contact", found.pk)
    return _page(request, form, f"单位电话：{found.name}", {"unit": found})


def _require_keeper(request: SignedInRequest, unit: Organisation) -> None:
    actor = request.actor
    if actor and actor.organisation_id == unit.pk:
        return
    if not sees_agency(actor, unit):
        raise Http404
    if not may(actor, Action.REMIND):
        raise PermissionDenied("单位电话由本单位和司法局维护。")


def _page(request: SignedInRequest, form: UnitPhoneForm, title: str, shown: dict) -> HttpResponse:
    context = shown | {"form": form, "title": title, "breadcrumbs": [{"label": title, "url": ""}]}
    return render(request, "organisations/contact.html", context, status=422 if form.errors else 200)
