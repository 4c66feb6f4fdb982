"""常用视图 of the lists: saved under a name, shared or not, deleted by their owner."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from organisations.access import require
from organisations.requests import SignedInRequest
from organisations.roles import Action
from supervision.board.forms import SavedViewForm
from supervision.models import SavedView

Page = SavedView.Page


# Where the saved filters are used.
LISTS = {
    Page.DEADLINES: ("supervision:deadlines", Action.READ_DEADLINES),
    Page.CASES: ("cases:list", Action.READ_CASES),
}


@require_POST
def save_view(request: SignedInRequest) -> HttpResponse:
    """存为视图: the filters of the address under a name."""
    page = request.POST.get("page", Page.DEADLINES)
    address, action = LISTS.get(page, LISTS[Page.DEADLINES])  # type: ignore[call-overload]
    require(request.actor, action)
    form = SavedViewForm(request.POST)
    query = request.POST.get("query", "")[:500]
    if not form.is_valid():
        messages.error(request, "请为视图取一个 30 字以内的名称。")
        return redirect(f"{reverse(address)}?{query}")
    cleaned = form.cleaned_data
    SavedView.objects.update_or_create(
        owner=request.actor, page=page if page in Page.values else Page.DEADLINES, name=cleaned["name"],
        defaults={"query": query, "shared": cleaned["shared"]},
    )  # fmt: skip
    messages.success(request, f"已存为视图“{cleaned['name']}”。")
    return redirect(f"{reverse(address)}?{query}")


@require_POST
def drop_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """删除视图: only by the one who saved it."""
    view = get_object_or_404(SavedView.objects.visible_to(request.actor).filter(owner=request.actor), pk=pk)
    view.delete()
    messages.success(request, f"已删除视图“{view.name}”。")
    return redirect(LISTS[SavedView.Page(view.page)][0])
