"""暂存行, as the legal affairs office sees them."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from courts.models import HeldRow
from courts.uploads.corrections import NameUnknown, agency_named, remember_name
from courts.uploads.forms import AgencyForm
from courts.views.notifications.received import PER_PAGE
from organisations.access import may, require
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action


@requires(Action.READ_NOTIFICATIONS)
@require_GET
def held(request: SignedInRequest) -> HttpResponse:
    """暂存行: rows that have not taken effect, each with whose word it needs."""
    rows = HeldRow.objects.visible_to(request.actor).open()
    rows = rows.select_related("notification__court").order_by(
        F("notification__month").desc(), "notification__court", "sheet", "row"
    )
    context = {
        "page": page_of(request, rows, PER_PAGE),
        "may_name": may(request.actor, Action.NAME_AGENCIES),
        "may_mend": may(request.actor, Action.NOTIFY),
        "breadcrumbs": [{"label": "暂存行", "url": ""}],
    }
    return render(request, "courts/notifications/held.html", context)


@require_POST
def name_agency(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office says which agency a court means by a name; the court's next check knows it."""
    row = get_object_or_404(HeldRow.objects.visible_to(request.actor), pk=pk)
    require(request.actor, Action.NAME_AGENCIES)
    form, court = AgencyForm(request.POST), row.notification.court
    if not form.is_valid() or not row.unknown_names:
        messages.error(request, "请写机关全称。" if row.unknown_names else "这一行没有待指定的机关名称。")
        return redirect("courts:held")
    try:
        agency = agency_named(court, form.cleaned_data["agency"], author=author_of(request))
    except NameUnknown as refused:
        messages.error(request, str(refused))
        return redirect("courts:held")
    for name in row.unknown_names:
        remember_name(court, name, agency, author=author_of(request))
    messages.success(request, f"已指定为{agency.name}。该院重新检查后，同名各行即可生效。")
    return redirect("courts:held")
