"""记住的写法: names and headers that are understood from now on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from courts.models import RememberedColumn, RememberedName
from courts.sheets.layouts import forget_column
from courts.uploads.corrections import forget_name
from courts.views.notifications.received import PER_PAGE
from organisations.access import may, require
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def names(request: SignedInRequest) -> HttpResponse:
    """记住的机关写法: who said when what a name means, in use and no longer."""
    known = RememberedName.objects.visible_to(request.actor)
    related = known.select_related("court", "agency", "by__user", "ended_by__user")
    context = {
        "page": page_of(request, related, PER_PAGE),
        "columns": RememberedColumn.objects.visible_to(request.actor).select_related("court", "by__user")[
            : PER_PAGE * 4
        ],
        "may_forget": may(request.actor, Action.NAME_AGENCIES),
        "breadcrumbs": [{"label": "记住的机关写法", "url": ""}],
    }
    return render(request, "courts/notifications/names.html", context)


@require_POST
def forget(request: SignedInRequest, pk: int) -> HttpResponse:
    """停用: a name that was given the wrong meaning."""
    known = get_object_or_404(RememberedName.objects.visible_to(request.actor), pk=pk)
    require(request.actor, Action.NAME_AGENCIES)
    if known.ended_at is None:
        forget_name(known, author=author_of(request))
        messages.success(request, f"已停用“{known.name}”的对应。")
    return redirect("courts:names")


@require_POST
def forget_header(request: SignedInRequest, pk: int) -> HttpResponse:
    """停用: a header that was given the wrong meaning."""
    known = get_object_or_404(RememberedColumn.objects.visible_to(request.actor), pk=pk)
    require(request.actor, Action.NAME_AGENCIES)
    forget_column(known, author=author_of(request))
    messages.success(request, f"已停用表头“{known.header}”的对应。")
    return redirect("courts:names")
