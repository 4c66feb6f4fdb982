"""办结: what was done settles a deadline."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.holders import locked, sync_with
from cases.law import Law
from cases.models import (
    Completion,
    Deadline,
)
from cases.record.attachments import kept_fields
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment

State = Deadline.State


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, when, with what proof."""

    done_on: date
    how: str
    late_reason: str = ""
    attachment: Attachment | None = None


def has_own_page(deadline: Deadline, law: Law) -> bool:
    """Whether a paper or an act of its own settles it: in a lane, where the rule book says so."""
    return deadline.lane_id is not None and law.book.done_by(deadline.rule) != "completion"


@transaction.atomic
def complete(deadline: Deadline, deed: Done, *, author: Author, law: Law) -> Completion:
    """办结登记. Late is accepted and asks for the reason; it stays 逾期完成. Raises ValidationError."""
    deadline = locked(deadline)
    if has_own_page(deadline, law):
        raise ValidationError("该事项有专门的办理页面，请在案件页办理。")
    if deadline.state != State.OPEN:
        raise ValidationError(f"该事项{deadline.get_state_display()}，不需要登记。")
    if not deadline.starts_on <= deed.done_on <= author.on:
        raise ValidationError({"done_on": f"办结日期须在 {deadline.starts_on} 至今天（{author.on}）之间。"})
    if deed.done_on > deadline.due_on and not deed.late_reason:
        days = (deed.done_on - deadline.due_on).days
        raise ValidationError(
            {"late_reason": f"已超过规定期限 {days} 天（应于 {deadline.due_on}），请说明原因。"}
        )
    done = Completion.objects.create(
        deadline=deadline,
        done_on=deed.done_on,
        how=deed.how,
        late_reason=deed.late_reason,
        registered_at=author.at,
        registered_by=author.signer,
        **kept_fields(deed.attachment, author),
    )
    sync_with(deadline, law, author, "办结登记")
    audit.record(author, "deadline.complete", f"{deadline.label} 办结，{done}", about=deadline)
    return done
