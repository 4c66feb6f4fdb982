"""更正收到日期: shows first which deadlines move."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime

from cases.deadlines.forms import CorrectionForm
from cases.law import current_law
from cases.material import correction
from cases.models import Lane, ServiceReceipt
from cases.views.deadlines.rehearsed import HOME, rehearsed
from organisations.access import may, require
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action


def correct_service_receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """更正收到日期: by the office, or by the agency itself on the day of signing."""
    lane = get_object_or_404(Lane.objects.visible_to(request.actor).select_related("case"), pk=pk)
    service_receipt = get_object_or_404(ServiceReceipt.objects.filter(lane=lane))
    _require_correction(request, service_receipt)
    form = CorrectionForm(request.POST or None)

    def act() -> None:
        correction.correct_service_receipt(
            service_receipt, author=author_of(request), law=current_law(), **form.cleaned_data
        )

    home = reverse("cases:detail", args=[lane.case_id])
    crumbs = [HOME, {"label": lane.case.number, "url": home}, {"label": "更正收到日期", "url": ""}]
    shown = {
        "subject": f"{lane} 原登记收到日期 {service_receipt.received_on}",
        "breadcrumbs": crumbs,
        "back": home,
    }
    return rehearsed(request, form, "更正收到日期", act, Q(lane=lane), shown)


def _require_correction(request: SignedInRequest, service_receipt: ServiceReceipt) -> None:
    if may(request.actor, Action.ORDER_DEADLINES):
        return
    require(request.actor, Action.ACT_FOR_AGENCY)
    if not Lane.objects.own(request.actor).filter(pk=service_receipt.lane_id).exists():
        raise PermissionDenied(f"收到日期由{service_receipt.lane.organisation.name}或司法局更正。")
    if author_of(request).on > localtime(service_receipt.signed_at).date():
        raise PermissionDenied("签收当日可以自行更正；之后请将送达回证交司法局，由司法局更正。")
