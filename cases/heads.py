"""出庭负责人: naming the head for a hearing, and the head's own yes."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines import sync_deadlines
from cases.law import Law
from cases.models import Defendant, Hearing, Nomination
from organisations import audit
from organisations.authors import Author


@dataclass(frozen=True, slots=True)
class Head:
    """A person named to appear: the rank is one of `rules.appearance.HeadRank`."""

    name: str
    position: str
    rank: str


@transaction.atomic
def name_head(lane: Defendant, hearing: Hearing, head: Head, *, author: Author, law: Law) -> Nomination:
    """确定出庭负责人. A later naming replaces the earlier one, which stays on record (规定第五条)."""
    Defendant.objects.select_for_update().get(pk=lane.pk)
    if hearing.state != Hearing.State.SCHEDULED:
        raise ValidationError("该次开庭已结束或已取消，不需要再确定出庭负责人。")
    Nomination.objects.filter(defendant=lane, hearing=hearing, replaced_at=None).update(replaced_at=author.at)
    nomination = Nomination.objects.create(
        defendant=lane,
        hearing=hearing,
        name=head.name,
        position=head.position,
        rank=head.rank,
        named_at=author.at,
        named_by=author.signer,
    )
    sync_deadlines([lane.pk], law=law, author=author, reason="确定出庭负责人")
    audit.record(author, "lane.name_head", f"{hearing.day} 开庭拟由 {nomination} 出庭", about=lane)
    return nomination


@transaction.atomic
def confirm_head(nomination: Nomination, *, author: Author) -> None:
    """The head says yes; a second press changes nothing."""
    changed = Nomination.objects.filter(pk=nomination.pk, confirmed_at=None, replaced_at=None).update(
        confirmed_at=author.at, confirmed_by=author.post
    )
    if changed:
        audit.record(author, "lane.confirm_head", f"{nomination} 确认出庭", about=nomination.defendant)
