"""来文: papers that came in start clocks."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.holders import lock_holder, sync_holder
from cases.law import Law
from cases.models import (
    Incoming,
    Lane,
)
from cases.record.attachments import kept_fields
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment
from organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Received:
    """A paper that came in, as it is registered."""

    kind: str
    received_on: date
    document: str
    note: str = ""
    attachment: Attachment | None = None


@transaction.atomic
def register_incoming(
    received: Received,
    *,
    lane: Lane | None = None,
    organisation: Organisation | None = None,
    author: Author,
    law: Law,
) -> Incoming:
    """来文登记 for a lane, or for an organisation as a whole: its clock starts. Raises ValidationError."""
    if received.received_on > author.on:
        raise ValidationError({"received_on": f"收到日期不能晚于今天（{author.on}）。"})
    owner = lane.organisation if lane else organisation
    assert owner is not None
    lock_holder(lane.pk if lane else None, owner.pk)
    same = Incoming.objects.standing().filter(
        organisation=owner, lane=lane, kind=received.kind, document=received.document
    )
    if same.exists():
        raise ValidationError({"document": "这份来文已经登记过。"})
    paper = _written(received, lane, owner, author)
    sync_holder(paper.lane_id, owner.pk, law, author, f"来文登记：{paper}")
    audit.record(author, "incoming.register", f"登记 {paper}，收到日期 {paper.received_on}", about=paper)
    return paper


def _written(received: Received, lane: Lane | None, owner: Organisation, author: Author) -> Incoming:
    return Incoming.objects.create(
        organisation=owner,
        lane=lane,
        kind=received.kind,
        received_on=received.received_on,
        document=received.document,
        note=received.note,
        registered_at=author.at,
        registered_by=author.signer,
        **kept_fields(received.attachment, author),
    )
