"""出庭负责人: naming one of the roster for a hearing, and the head's own answer."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import DECLINED, Hearing, Lane, Nomination, Source
from cases.record.locks import lock_lanes
from cases.record.sources import agency_source
from organisations import audit
from organisations.authors import Author
from organisations.models import Head
from rules.appearance import HeadKind, eligibility


def choices_for(lane: Lane, hearing: Hearing) -> QuerySet[Head]:
    """The heads of the roster who may appear at this hearing: in office on its day, of a kind that counts then."""
    agencies = lane.organisation.succession()
    kinds = eligibility(held_on=hearing.day).kinds
    eligible = Head.objects.filter(organisation__in=agencies, kind__in=kinds)
    return eligible.in_office(on=hearing.day).order_by("pk")


def conflicts(head: Head, hearing: Hearing) -> list[Nomination]:
    """Other hearings of the same day for which this head stands; those heard together are none."""
    others = Nomination.objects.filter(
        head=head, replaced_at=None, hearing__day=hearing.day, hearing__state=Hearing.State.SCHEDULED
    ).exclude(hearing__in=[one.pk for one in heard_together(hearing)])
    return list(others.select_related("hearing__case__court"))


def heard_together(hearing: Hearing) -> list[Hearing]:
    """The hearings of one sitting: this one, and those that share its session."""
    if hearing.session_id is None:
        return [hearing]
    return list(Hearing.objects.filter(session=hearing.session_id).select_related("case"))


@transaction.atomic
def name_head(
    lane: Lane, hearing: Hearing, head: Head, *, author: Author, law: Law, reason: str = ""
) -> Nomination:
    """确定出庭负责人, for all cases of the agency in the same sitting. A later naming replaces the earlier one.

    Raises ValidationError for a head who is not on the roster, not in office that day, or of a kind that does not
    count (规定第二条、第五条).
    """
    require_eligible(lane, hearing, head)
    if hearing.state != Hearing.State.SCHEDULED:
        raise ValidationError("该次开庭已结束或已取消，不需要再确定出庭负责人。")
    lanes = _lanes_of(heard_together(hearing), lane)
    lock_lanes(one.pk for one, _ in lanes)
    source = agency_source(author, f"确定出庭负责人（{hearing.day} 开庭，{head.name}）")
    named = [_name(each, sitting, head, reason, source, author) for each, sitting in lanes]
    ids = [one.lane_id for one in named]
    sync_deadlines(ids, law=law, author=author, reason="确定出庭负责人")
    audit.record(author, "lane.name_head", f"{hearing.day} 开庭拟由 {head} 出庭", about=lane)
    return next(one for one in named if one.hearing_id == hearing.pk)


def _lanes_of(hearings: Iterable[Hearing], lane: Lane) -> list[tuple[Lane, Hearing]]:
    """The lanes of the same agency in these hearings."""
    open_ones = {one.case_id: one for one in hearings if one.state == Hearing.State.SCHEDULED}
    lanes = Lane.objects.filter(case__in=open_ones, organisation=lane.organisation_id)
    return [(each, open_ones[each.case_id]) for each in lanes.order_by("pk")]


def _name(
    lane: Lane, hearing: Hearing, head: Head, reason: str, source: Source, author: Author
) -> Nomination:
    current = Nomination.objects.filter(lane=lane, hearing=hearing, replaced_at=None)
    if same := current.filter(head=head).first():
        return same
    if current.exists() and not reason:
        raise ValidationError({"reason": "请填写更换原因。"})
    current.update(replaced_at=author.at, replaced_reason=reason)
    return Nomination.objects.create(
        lane=lane,
        hearing=hearing,
        head=head,
        name=head.name,
        position=head.position,
        rank=HeadKind.of(head.kind).rank.value,
        named_at=author.at,
        named_by=author.signer,
        source=source,
    )


def require_eligible(lane: Lane, hearing: Hearing, head: Head) -> None:
    may = choices_for(lane, hearing)
    if head in may:
        return
    others = "、".join(str(one) for one in may) or "名册中还没有可以出庭的负责人"
    if head.organisation_id not in lane.organisation.succession():
        why = f"{head.name}不在本单位负责人名册中（下级行政机关的负责人不能代替出庭）"
    elif not head.in_office(on=hearing.day):
        why = f"{head.name}在 {hearing.day} 不在任职期内"
    else:
        why = f"{HeadKind.of(head.kind).label}不属于该日适用的负责人范围（{eligibility(held_on=hearing.day).citation}）"
    raise ValidationError({"head": f"请选择出庭负责人。{why}；可选：{others}。"})


@transaction.atomic
def confirm_head(nomination: Nomination, *, author: Author) -> None:
    """The head says yes, for all cases of the sitting; a second press changes nothing."""
    waiting = _of_sitting(nomination).filter(confirmed_at=None)
    if waiting.update(confirmed_at=author.at, confirmed_by=author.post):
        audit.record(author, "lane.confirm_head", f"{nomination} 确认出庭", about=nomination.lane)


@transaction.atomic
def decline_head(nomination: Nomination, *, reason: str, author: Author, law: Law) -> None:
    """The head cannot come to the sitting and says why: the unit must name another, or explain the absence."""
    standing = _of_sitting(nomination)
    lanes = sorted(standing.values_list("lane", flat=True))
    lock_lanes(lanes)
    if standing.update(replaced_at=author.at, replaced_reason=f"{DECLINED}{reason}"[:200]):
        sync_deadlines(lanes, law=law, author=author, reason="负责人不能出庭")
        audit.record(author, "lane.decline_head", f"{nomination} 不能出庭：{reason}", about=nomination.lane)


def _of_sitting(nomination: Nomination) -> QuerySet[Nomination]:
    """The standing nominations of the same head for the hearings that are heard together."""
    together = [one.pk for one in heard_together(nomination.hearing)]
    standing = Nomination.objects.filter(replaced_at=None, hearing__in=together)
    return standing.filter(
        head=nomination.head_id,
        name=nomination.name,
        lane__organisation=nomination.lane.organisation_id,
    )
