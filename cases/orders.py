"""What the office decides about a deadline, what facts are corrected, which papers came in, and what was done.

Every act here recomputes the deadlines it concerns; their old days stay in their history. `rehearse` tells what an
act would do, before anybody does it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from cases.deadlines import sync_deadlines
from cases.duties import Attachment
from cases.law import Law
from cases.models import (
    Completion,
    Deadline,
    DeadlineOrder,
    Defendant,
    FactChange,
    Incoming,
    MaterialReceipt,
    Source,
)
from cases.regular import sync_organisations
from organisations import audit
from organisations.authors import Author
from organisations.files import store
from organisations.models import Organisation

Kind, State = DeadlineOrder.Kind, Deadline.State
# Duties that are met by a paper or an act of their own, not by a plain 办结登记.
OWN_PAGE = frozenset(
    {
        "material_receipt", "leader_report", "answer", "answer_appeal", "defence_report", "name_head",
        "absence_explanation", "judgment_filing", "obligation", "lost_case_report",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """What an act does to one deadline: its day before (None: it is new) and after, its state after."""

    deadline: Deadline
    old: date | None
    new: date
    state: str


def rehearse(act: Callable[[], object], *, author: Author, concerned: Q) -> list[Move]:
    """What `act` would do to the deadlines that `concerned` names: it is carried out and taken back."""
    with transaction.atomic():
        before = {d.pk: (d.due_on, d.state) for d in Deadline.objects.filter(concerned)}
        act()
        after = list(Deadline.objects.filter(concerned).select_related("case", "organisation"))
        transaction.set_rollback(True)
    return [
        Move(d, before[d.pk][0] if d.pk in before else None, d.due_on, d.get_state_display())
        for d in after
        if before.get(d.pk) != (d.due_on, d.state)
    ]


def concerned_by(deadline: Deadline) -> Q:
    """The deadlines that an order about this one may move: those of its lane, or of its organisation."""
    if deadline.defendant_id:
        return Q(defendant=deadline.defendant_id)
    return Q(organisation=deadline.organisation_id, defendant=None)


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered, with its ground and document."""

    kind: str
    ground: str
    document: str
    reason: str = ""
    first: date | None = None
    last: date | None = None
    ends_on: date | None = None
    attachment: Attachment | None = None


@transaction.atomic
def order(deadline: Deadline, told: Order, *, author: Author, law: Law) -> DeadlineOrder:
    """中止、延期、另定、免除 of an open deadline. Raises ValidationError for days that cannot be."""
    deadline = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if deadline.state not in (State.OPEN, State.SUSPENDED):
        raise ValidationError(f"该期限{deadline.get_state_display()}，不能再办理变更。")
    _check(deadline, told, author)
    made = DeadlineOrder.objects.create(
        deadline=deadline,
        kind=told.kind,
        ground=told.ground,
        document=told.document,
        reason=told.reason,
        first=told.first,
        last=told.last,
        ends_on=told.ends_on,
        made_at=author.at,
        made_by=author.signer,
        **_kept(told.attachment, author),
    )
    _sync(deadline, law, author, str(made))
    audit.record(author, f"deadline.{made.kind}", f"{deadline.label} {made}", about=deadline)
    return made


@transaction.atomic
def resume(deadline: Deadline, *, last: date, document: str, author: Author, law: Law) -> DeadlineOrder:
    """恢复计时: the running pause ends with `last`, which is its last day not counted."""
    running = (
        DeadlineOrder.objects.standing()
        .select_for_update()
        .filter(deadline=deadline, kind=Kind.PAUSE, last=None)
    ).first()
    if running is None or running.first is None:
        raise ValidationError("该期限没有中止，不需要恢复。")
    if not running.first <= last <= author.on:
        raise ValidationError({"last": f"须在中止之日（{running.first}）至今天（{author.on}）之间。"})
    running.last, running.reason = last, f"{running.reason} 恢复依据：{document}".strip()[:500]
    running.save(update_fields=["last", "reason"])
    _sync(deadline, law, author, f"恢复计时（{document}）")
    audit.record(author, "deadline.resume", f"{deadline.label} 恢复计时，中止至 {last}", about=deadline)
    return running


@transaction.atomic
def withdraw(row: DeadlineOrder | Incoming | Completion, *, author: Author, law: Law) -> None:
    """撤回 what was registered by mistake: it stays on record and counts no more. A second press changes nothing."""
    changed = (
        type(row)
        .objects.filter(pk=row.pk, withdrawn_at=None)
        .update(withdrawn_at=author.at, withdrawn_by=author.signer)
    )
    if not changed:
        return
    if isinstance(row, Incoming):
        _sync_holder(row.defendant_id, row.organisation_id, law, author, f"撤回 {row}")
    else:
        _sync(row.deadline, law, author, f"撤回 {row}")
    audit.record(author, "deadline.withdraw", f"撤回 {row._meta.verbose_name} {row}", about=row)


def _check(deadline: Deadline, told: Order, author: Author) -> None:
    if told.kind == Kind.PAUSE:
        _check_pause(deadline, told, author)
    elif told.kind in (Kind.EXTEND, Kind.SET):
        if told.ends_on is None:
            raise ValidationError({"ends_on": "请填写新的届满日。"})
        if told.kind == Kind.EXTEND and told.ends_on <= deadline.due_on:
            raise ValidationError(
                {
                    "ends_on": f"延期后的届满日须晚于现届满日（{deadline.due_on}）；改为更早的，请选“另定期限”。"
                }
            )
        _check_side(deadline, told.ends_on)


def _check_side(deadline: Deadline, ends_on: date) -> None:
    """A period ends after its event; what must be ready ahead of a hearing, not after it."""
    start, before = deadline.starts_on, deadline.receipt.get("before")
    if before and ends_on > start:
        raise ValidationError({"ends_on": f"须不晚于开庭日（{start}）。"})
    if not before and ends_on < start:
        raise ValidationError({"ends_on": f"届满日不能早于起算日（{start}）。"})


def _check_pause(deadline: Deadline, told: Order, author: Author) -> None:
    if deadline.receipt.get("before"):
        raise ValidationError("开庭前须办的事项没有可中止的期间；开庭延期后自动重算，也可以另定期限。")
    if told.first is None:
        raise ValidationError({"first": "请填写中止自哪一天起。"})
    if not deadline.starts_on <= told.first <= deadline.due_on:
        raise ValidationError(
            {
                "first": f"中止须自期间之内起（{deadline.starts_on} 至 {deadline.due_on}），期满之后没有可中止的期间。"
            }
        )
    if told.last is not None and not told.first <= told.last <= author.on:
        raise ValidationError({"last": f"须在中止之日至今天（{author.on}）之间；仍在中止的请留空。"})
    others = DeadlineOrder.objects.standing().filter(deadline=deadline, kind=Kind.PAUSE)
    if (
        others.filter(Q(last=None) | Q(last__gte=told.first))
        .filter(first__lte=told.last or date.max)
        .exists()
    ):
        raise ValidationError({"first": "与已登记的中止重叠。"})


@transaction.atomic
def correct_receipt(
    receipt: MaterialReceipt, *, received_on: date, reason: str, author: Author, law: Law
) -> None:
    """更正收到日期: every deadline that ran from it is computed again, and the history keeps both days.

    The agency itself may do so on the day of signing (a slip of the pen); after that the office does, by the
    proof of service. Raises ValidationError.
    """
    receipt = MaterialReceipt.objects.select_for_update().select_related("defendant__case").get(pk=receipt.pk)
    if received_on == receipt.received_on:
        raise ValidationError({"received_on": "与原登记的收到日期相同。"})
    if received_on > author.on:
        raise ValidationError({"received_on": f"收到日期不能晚于今天（{author.on}）。"})
    old, lane = receipt.received_on, receipt.defendant
    period = lane.evidence_periods.first()
    if period and received_on > period.ends_on:
        raise ValidationError(
            {"received_on": f"收到日期不能晚于法院所定的举证期限届满日（{period.ends_on}）。"}
        )
    receipt.received_on = received_on
    receipt.save(update_fields=["received_on"])
    FactChange.objects.create(
        case=lane.case,
        at=author.at,
        field=f"{lane.organisation.short_name} 收到日期",
        old=str(old),
        new=f"{received_on}（{reason}）",
        reason=FactChange.Reason.CORRECTION,
        source=_source(author),
    )
    sync_deadlines([lane.pk], law=law, author=author, reason=f"更正收到日期：{reason}")
    audit.record(author, "lane.correct_receipt", f"收到日期 {old} → {received_on}：{reason}", about=lane)


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
    told: Received,
    *,
    lane: Defendant | None = None,
    organisation: Organisation | None = None,
    author: Author,
    law: Law,
) -> Incoming:
    """来文登记 for a lane, or for an organisation as a whole: its clock starts. Raises ValidationError."""
    if told.received_on > author.on:
        raise ValidationError({"received_on": f"收到日期不能晚于今天（{author.on}）。"})
    owner = lane.organisation if lane else organisation
    assert owner is not None
    same = Incoming.objects.standing().filter(
        organisation=owner, defendant=lane, kind=told.kind, document=told.document
    )
    if same.exists():
        raise ValidationError({"document": "这份来文已经登记过。"})
    paper = Incoming.objects.create(
        organisation=owner,
        defendant=lane,
        kind=told.kind,
        received_on=told.received_on,
        document=told.document,
        note=told.note,
        registered_at=author.at,
        registered_by=author.signer,
        **_kept(told.attachment, author),
    )
    _sync_holder(paper.defendant_id, owner.pk, law, author, f"来文登记：{paper}")
    audit.record(author, "incoming.register", f"登记 {paper}，收到日期 {paper.received_on}", about=paper)
    return paper


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, when, with what proof."""

    done_on: date
    how: str
    late_reason: str = ""
    attachment: Attachment | None = None


@transaction.atomic
def complete(deadline: Deadline, told: Done, *, author: Author, law: Law) -> Completion:
    """办结登记. Late is accepted and asks for the reason; it stays 逾期完成. Raises ValidationError."""
    deadline = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if deadline.rule in OWN_PAGE:
        raise ValidationError("该事项有专门的办理页面，请在案件页办理。")
    if deadline.state != State.OPEN:
        raise ValidationError(f"该事项{deadline.get_state_display()}，不需要登记。")
    if not deadline.starts_on <= told.done_on <= author.on:
        raise ValidationError({"done_on": f"办结日期须在 {deadline.starts_on} 至今天（{author.on}）之间。"})
    if told.done_on > deadline.due_on and not told.late_reason:
        days = (told.done_on - deadline.due_on).days
        raise ValidationError(
            {"late_reason": f"已超过规定期限 {days} 天（应于 {deadline.due_on}），请说明原因。"}
        )
    done = Completion.objects.create(
        deadline=deadline,
        done_on=told.done_on,
        how=told.how,
        late_reason=told.late_reason,
        registered_at=author.at,
        registered_by=author.signer,
        **_kept(told.attachment, author),
    )
    _sync(deadline, law, author, "办结登记")
    audit.record(author, "deadline.complete", f"{deadline.label} 办结，{done}", about=deadline)
    return done


def _sync(deadline: Deadline, law: Law, author: Author, reason: str) -> None:
    _sync_holder(deadline.defendant_id, deadline.organisation_id, law, author, reason)


def _sync_holder(lane: int | None, organisation: int, law: Law, author: Author, reason: str) -> None:
    if lane:
        sync_deadlines([lane], law=law, author=author, reason=reason[:500])
    else:
        sync_organisations([organisation], law=law, author=author, reason=reason[:500])


def _kept(attachment: Attachment | None, author: Author) -> dict[str, Any]:
    if attachment is None:
        return {}
    stored = store(attachment.content, media_type=attachment.media_type, at=author.at)
    return {"file": stored, "file_name": attachment.name[:255]}


def _source(author: Author) -> Source:
    kind = Source.Kind.AGENCY if author.signer.role == "agency_liaison" else Source.Kind.OFFICE
    return Source.objects.create(
        kind=kind, organisation=author.signer.organisation, stated_at=author.at, stated_by=author.post
    )
