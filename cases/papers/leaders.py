"""呈阅 and 审签: a matter before the heads of the agency, each of whom answers with one tap."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef

from cases.models import Lane, LeaderNotice, Paper
from organisations import audit
from organisations.authors import Author
from organisations.models import Head, Post

Kind = LeaderNotice.Kind


@transaction.atomic
def ask_leaders(
    lane: Lane,
    heads: Iterable[Head],
    *,
    kind: str,
    content: Mapping[str, Any],
    author: Author,
    paper: Paper | None = None,
) -> list[LeaderNotice]:
    """Put a matter before each of these heads; one who has it before him already is not asked again."""
    asked = []
    for head in heads:
        waiting = LeaderNotice.objects.filter(
            lane=lane, kind=kind, head=head, answered_at=None, content=dict(content)
        )
        asked.append(
            waiting.first()
            or LeaderNotice.objects.create(
                lane=lane, kind=kind, head=head, content=dict(content), paper=paper,
                asked_at=author.at, asked_by=author.signer,
            )
        )  # fmt: skip
    if asked:
        names = "、".join(one.head.name for one in asked)
        audit.record(author, f"leader.{kind}", f"{asked[0].get_kind_display()}：{names}", about=lane)
    return asked


def is_for(notice: LeaderNotice, post: Post | None) -> bool:
    """Whether this person answers it: the head by the own account; any head of the unit where there is none."""
    if post is None:
        return False
    if notice.head.user_id:
        return notice.head.user_id == post.user_id
    return post.role == "agency_head" and post.organisation_id == notice.head.organisation_id


@transaction.atomic
def answer_notice(notice: LeaderNotice, *, opinion: str, author: Author, agreed: bool = True) -> LeaderNotice:
    """已知悉, 同意, or back with the reason. A second press changes nothing. Raises ValidationError."""
    if not is_for(notice, author.post):
        raise PermissionDenied(f"这一事项由{notice.head}阅示。")
    notice = LeaderNotice.objects.select_for_update(of=("self",)).select_related("head").get(pk=notice.pk)
    if not agreed and not opinion:
        raise ValidationError("退回修改的，请写明要修改什么。")
    if notice.answered_at is None:
        notice.answered_at, notice.answered_by = author.at, author.signer
        notice.agreed, notice.opinion = agreed, opinion
        notice.save()
        said = f"：{opinion}" if opinion else ""
        words = "已阅" if agreed else "退回修改"
        audit.record(author, "leader.answer", f"{notice.head} {words}{said}", about=notice.lane)
    return notice


def approval_of(lane: Lane, content: Mapping[str, Any]) -> LeaderNotice | None:
    """The newest 审签 asked for this very content, answered or not; one that a paper went out with stays with it."""
    asked = LeaderNotice.objects.filter(lane=lane, kind=Kind.APPROVAL, paper=None).select_related("head")
    return next((one for one in asked.order_by("-pk") if one.content == dict(content)), None)


def require_approval(lane: Lane, content: Mapping[str, Any]) -> LeaderNotice:
    """The approval of the paper as it stands. Raises ValidationError where there is none."""
    approval = approval_of(lane, content)
    if approval is None:
        raise ValidationError("请先送负责人确认，或改为上传盖章件。")
    if approval.answered_at is None:
        raise ValidationError(f"{approval.head}还没有确认；急需报送的，可改为上传盖章件。")
    if not approval.agreed:
        raise ValidationError(f"{approval.head}退回修改：{approval.opinion}。修改后请再送确认。")
    return approval


def last_approvals(lanes: Collection[int]) -> dict[int, LeaderNotice]:
    """The newest 审签 of each lane since its last report was handed in, whatever was changed meanwhile. One query."""
    handed_in = Paper.objects.filter(
        lane=OuterRef("lane"),
        kind=Paper.Kind.DEFENCE_REPORT,
        submitted_at__gte=OuterRef("asked_at"),
    )
    asked = LeaderNotice.objects.filter(~Exists(handed_in), lane__in=lanes, kind=Kind.APPROVAL, paper=None)
    return {one.lane_id: one for one in asked.select_related("head").order_by("pk")}
