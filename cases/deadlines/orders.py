"""What the office decides about a deadline: 中止、恢复、延期、另定、免除, and the withdrawal of what was registered."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from cases.deadlines.holders import lock_holder, locked, sync_holder, sync_with
from cases.law import Law
from cases.models import (
    Completion,
    Deadline,
    DeadlineOrder,
    Incoming,
)
from cases.record.attachments import kept_fields
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment

Kind, State = DeadlineOrder.Kind, Deadline.State


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
def order(deadline: Deadline, wanted: Order, *, author: Author, law: Law) -> DeadlineOrder:
    """中止、延期、另定、免除 of an open deadline. Raises ValidationError for days that cannot be."""
    deadline = locked(deadline)
    if deadline.state not in (State.OPEN, State.SUSPENDED):
        raise ValidationError(f"该期限{deadline.get_state_display()}，不能再办理变更。")
    _check(deadline, wanted, author)
    made = DeadlineOrder.objects.create(
        deadline=deadline,
        kind=wanted.kind,
        ground=wanted.ground,
        document=wanted.document,
        reason=wanted.reason,
        first=wanted.first,
        last=wanted.last,
        ends_on=wanted.ends_on,
        registered_at=author.at,
        registered_by=author.signer,
        **kept_fields(wanted.attachment, author),
    )
    sync_with(deadline, law, author, str(made))
    audit.record(author, f"deadline.{made.kind}", f"{deadline.label} {made}", about=deadline)
    return made


@transaction.atomic
def resume(deadline: Deadline, *, last: date, document: str, author: Author, law: Law) -> DeadlineOrder:
    """恢复计时: the running pause ends with `last`, which is its last day not counted."""
    lock_holder(deadline.lane_id, deadline.organisation_id)
    running = (
        DeadlineOrder.objects.standing()
        .select_for_update(of=("self",))
        .filter(deadline=deadline, kind=Kind.PAUSE, last=None)
    ).first()
    if running is None or running.first is None:
        raise ValidationError("该期限没有中止，不需要恢复。")
    if not running.first <= last <= author.on:
        raise ValidationError({"last": f"须在中止之日（{running.first}）至今天（{author.on}）之间。"})
    running.last, running.reason = last, f"{running.reason} 恢复依据：{document}".strip()[:500]
    running.save(update_fields=["last", "reason"])
    sync_with(deadline, law, author, f"恢复计时（{document}）")
    audit.record(author, "deadline.resume", f"{deadline.label} 恢复计时，中止至 {last}", about=deadline)
    return running


@transaction.atomic
def withdraw(row: DeadlineOrder | Incoming | Completion, *, author: Author, law: Law) -> None:
    """撤回 what was registered by mistake: it stays on record and counts no more. A second press changes nothing."""
    lock_holder(*_holder_of(row))
    changed = (
        type(row)
        .objects.filter(pk=row.pk, withdrawn_at=None)
        .update(withdrawn_at=author.at, withdrawn_by=author.signer)
    )
    if not changed:
        return
    sync_holder(*_holder_of(row), law, author, f"撤回 {row}")
    audit.record(author, "deadline.withdraw", f"撤回 {row._meta.verbose_name} {row}", about=row)


def _holder_of(row: DeadlineOrder | Incoming | Completion) -> tuple[int | None, int]:
    """The lane, if there is one, and the organisation whose deadlines hang on what was registered."""
    about = row if isinstance(row, Incoming) else row.deadline
    return about.lane_id, about.organisation_id


def _check(deadline: Deadline, wanted: Order, author: Author) -> None:
    if wanted.kind == Kind.PAUSE:
        _check_pause(deadline, wanted, author)
    elif wanted.kind in (Kind.EXTEND, Kind.SET):
        if wanted.ends_on is None:
            raise ValidationError({"ends_on": "请填写新的届满日。"})
        if wanted.kind == Kind.EXTEND and wanted.ends_on <= deadline.due_on:
            raise ValidationError(
                {
                    "ends_on": f"延期后的届满日须晚于现届满日（{deadline.due_on}）；改为更早的，请选“另定期限”。"
                }
            )
        _check_side(deadline, wanted.ends_on)


def _check_side(deadline: Deadline, ends_on: date) -> None:
    """A period ends after its event; what must be ready ahead of a hearing, not after it."""
    start, before = deadline.starts_on, deadline.computation.get("before")
    if before and ends_on > start:
        raise ValidationError({"ends_on": f"须不晚于开庭日（{start}）。"})
    if not before and ends_on < start:
        raise ValidationError({"ends_on": f"届满日不能早于起算日（{start}）。"})


def _check_pause(deadline: Deadline, wanted: Order, author: Author) -> None:
    if deadline.computation.get("before"):
        raise ValidationError("开庭前须办的事项没有可中止的期间；开庭延期后自动重算，也可以另定期限。")
    if wanted.first is None:
        raise ValidationError({"first": "请填写中止自哪一天起。"})
    if not deadline.starts_on <= wanted.first <= deadline.due_on:
        raise ValidationError(
            {
                "first": f"中止须自期间之内起（{deadline.starts_on} 至 {deadline.due_on}），期满之后没有可中止的期间。"
            }
        )
    if wanted.last is not None and not wanted.first <= wanted.last <= author.on:
        raise ValidationError({"last": f"须在中止之日至今天（{author.on}）之间；仍在中止的请留空。"})
    others = DeadlineOrder.objects.standing().filter(deadline=deadline, kind=Kind.PAUSE)
    if (
        others.filter(Q(last=None) | Q(last__gte=wanted.first))
        .filter(first__lte=wanted.last or date.max)
        .exists()
    ):
        raise ValidationError({"first": "与已登记的中止重叠。"})
