"""单位分组: which group of comparable units every agency belongs to, and the office's decision on it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organisations.clock import today
from organisations.forms import GroupForm
from organisations.grouping import grouped, put_in_group
from organisations.models import Group
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action

PER_PAGE = 100


@requires(Action.SET_RULES)
@require_http_methods(["GET", "POST"])
def groups(request: SignedInRequest) -> HttpResponse:
    """The agencies of the region by group, those without one first; a form that puts one into another group."""
    assert request.actor is not None
    region = request.actor.organisation.region_id
    form = GroupForm(request.POST or None, region=region, initial={"since": today()})
    if form.is_valid():
        told = form.cleaned_data
        try:
            entered = put_in_group(
                told["organisation"], told["group"], since=told["since"], reason=told["reason"],
                author=author_of(request),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{entered}，此前的报告期不受影响。")
            return redirect("organisations:groups")
    found = grouped(region, on=today())
    chosen = request.GET.get("group", "")
    shown = [one for one in found if one.group == chosen] if "group" in request.GET else found
    tabs = [
        {"key": key, "label": label, "count": sum(one.group == key for one in found), "active": key == chosen}
        for key, label in [("", "未归属"), *Group.choices]
    ]
    context = {
        "form": form,
        "tabs": tabs,
        "page": page_of(request, sorted(shown, key=lambda one: bool(one.group)), PER_PAGE),
        "query": f"group={chosen}" if "group" in request.GET else "",
        "breadcrumbs": [{"label": "单位分组", "url": ""}],
    }
    return render(request, "organisations/groups.html", context, status=422 if form.errors else 200)
