"""应诉材料: signing for what the court sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines import sync_deadlines
from cases.law import Law
from cases.models import Defendant, EvidencePeriod, MaterialReceipt, Source
from cases.sources import agency_source
from organisations import audit
from organisations.authors import Author


@transaction.atomic
def sign_receipt(
    lane: Defendant,
    *,
    received_on: date,
    method: str,
    period: Mapping[str, Any] | None,
    author: Author,
    law: Law,
) -> MaterialReceipt:
    """签收应诉材料. From that day the answer and the reports run; `period` is a court's own evidence period.

    Raises ValidationError for a day in the future and when somebody has signed already.
    """
    lane = Defendant.objects.select_for_update().get(pk=lane.pk)
    if MaterialReceipt.objects.filter(defendant=lane).exists():
        raise ValidationError("本案的应诉材料已由本单位其他人员签收。")
    if received_on > author.on:
        raise ValidationError({"received_on": f"收到日期不能晚于今天（{author.on}）。"})
    source = agency_source(author)
    receipt = MaterialReceipt.objects.create(
        defendant=lane,
        received_on=received_on,
        method=method,
        signed_at=author.at,
        signed_by=author.signer,
        source=source,
    )
    if period:
        _set_period(lane, received_on, period, source)
    sync_deadlines([lane.pk], law=law, author=author, reason="签收应诉材料")
    audit.record(author, "lane.receive", f"签收应诉材料，收到日期 {received_on}", about=lane)
    return receipt


def _set_period(lane: Defendant, received_on: date, period: Mapping[str, Any], source: Source) -> None:
    if period["ends_on"] < received_on:
        raise ValidationError({"ends_on": "举证期限届满日不能早于收到日期。"})
    EvidencePeriod.objects.create(defendant=lane, stated_at=source.stated_at, source=source, **period)
