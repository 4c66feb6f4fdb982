"""更正: a fact that was registered wrongly, and every deadline that ran from it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.material.signing import check_received
from cases.models import Lane, ServiceReceipt
from cases.record.history import keep_change
from cases.record.locks import lock_lanes
from cases.record.sources import agency_source, office_source
from organisations import audit
from organisations.authors import Author


@transaction.atomic
def correct_service_receipt(
    service_receipt: ServiceReceipt, *, received_on: date, reason: str, author: Author, law: Law
) -> None:
    """更正收到日期: every deadline that ran from it is computed again, and the history keeps both days.

    The agency itself may do so on the day of signing (a slip of the pen); after that the office does, by the
    proof of service. Raises ValidationError.
    """
    lock_lanes([service_receipt.lane_id])
    service_receipt = ServiceReceipt.objects.select_related("lane__case").get(pk=service_receipt.pk)
    if received_on == service_receipt.received_on:
        raise ValidationError({"received_on": "与原登记的收到日期相同。"})
    check_received(service_receipt.lane, received_on, on=author.on)
    old, lane = service_receipt.received_on, service_receipt.lane
    _check_period(lane, received_on)
    service_receipt.received_on = received_on
    service_receipt.save(update_fields=["received_on"])
    _keep_change(service_receipt, old, reason, author)
    sync_deadlines([lane.pk], law=law, author=author, reason=f"更正收到日期：{reason}")
    audit.record(
        author, "lane.correct_service_receipt", f"收到日期 {old} → {received_on}：{reason}", about=lane
    )


def _check_period(lane: Lane, received_on: date) -> None:
    period = lane.evidence_periods.first()
    if period and received_on > period.ends_on:
        raise ValidationError(
            {"received_on": f"收到日期不能晚于法院所定的举证期限届满日（{period.ends_on}）。"}
        )


def _keep_change(service_receipt: ServiceReceipt, old: date, reason: str, author: Author) -> None:
    by_agency = author.signer.role == "agency_liaison"
    source = agency_source(author, "更正收到日期") if by_agency else office_source(author)
    values = (str(old), str(service_receipt.received_on))
    lane, fact = service_receipt.lane, "servicereceipt.received_on"
    keep_change(lane, fact, values, note=reason, source=source, correction=True)
