"""签收: the day the court's papers came in, the period to answer, the proof."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import EvidencePeriod, Lane, ServiceReceipt, Source
from cases.record.locks import lock_lanes
from cases.record.sources import agency_source
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment, store
from rules.rulebook import RuleNotInForce


@transaction.atomic
def sign_for_material(
    lane: Lane,
    *,
    received_on: date,
    method: str,
    period: Mapping[str, Any] | None,
    author: Author,
    law: Law,
) -> ServiceReceipt:
    """签收应诉材料. From that day the answer and the reports run; `period` is a court's own evidence period.

    Raises ValidationError for a day in the future and when somebody has signed already.
    """
    lock_lanes([lane.pk])
    lane = Lane.objects.select_related("case").get(pk=lane.pk)
    if ServiceReceipt.objects.filter(lane=lane).exists():
        raise ValidationError("本案的应诉材料已签收。")
    check_received(lane, received_on, on=author.on)
    source = agency_source(author, f"签收应诉材料（收到日期 {received_on}）")
    signed = {"signed_at": author.at, "signed_by": author.signer, "source": source}
    service_receipt = ServiceReceipt.objects.create(
        lane=lane, received_on=received_on, method=method, **signed
    )
    if period:
        _set_period(lane, received_on, period, source)
    sync_deadlines([lane.pk], law=law, author=author, reason="签收应诉材料")
    audit.record(author, "lane.receive", f"签收应诉材料，收到日期 {received_on}", about=lane)
    return service_receipt


def days_after(
    lane: Lane, received_on: date, period: Mapping[str, Any] | None, *, law: Law
) -> list[tuple[str, date]]:
    """The days that signing with this day starts, by their labels; empty before a rule is in force."""
    try:
        evidence = law.due("answer_appeal" if lane.case.instance == "second" else "answer", received_on)
        ends_on = period["ends_on"] if period else evidence.due_on
        dues = law.due("leader_report", received_on), law.due("defence_report", ends_on)
    except RuleNotInForce:
        return []
    return [
        (dues[0].limit.label, dues[0].due_on),
        ("举证期限届满", ends_on),
        (dues[1].limit.label, dues[1].due_on),
    ]


@transaction.atomic
def attach_proof(service_receipt: ServiceReceipt, proof: Attachment, *, author: Author) -> None:
    """Keep the proof of service, or what the court sent, with the service_receipt."""
    service_receipt.file = store(proof.content, media_type=proof.media_type, at=author.at)
    service_receipt.file_name = proof.name
    service_receipt.save(update_fields=["file", "file_name"])


def check_received(lane: Lane, received_on: date, *, on: date) -> None:
    """Material comes by today, after filing, in the year of the case number at the earliest, before the decision.

    Raises ValidationError.
    """
    case = lane.case
    if received_on > on:
        raise ValidationError({"received_on": f"收到日期不能晚于今天（{on}）。"})
    if case.filed_on and received_on < case.filed_on:
        raise ValidationError({"received_on": f"收到日期不能早于立案日期（{case.filed_on}）。"})
    if received_on.year < case.year:
        raise ValidationError({"received_on": f"收到日期不能早于案号年度（{case.year}），请核对年份。"})
    decided = case.decisions.order_by("decided_on").values_list("decided_on", flat=True).first()
    if decided and received_on > decided:
        raise ValidationError({"received_on": f"收到应诉材料的日期不能晚于裁判日期（{decided}）。"})


def _set_period(lane: Lane, received_on: date, period: Mapping[str, Any], source: Source) -> None:
    if period["ends_on"] < received_on:
        raise ValidationError({"ends_on": "举证期限届满日不能早于收到日期。"})
    EvidencePeriod.objects.create(lane=lane, stated_at=source.stated_at, source=source, **period)
