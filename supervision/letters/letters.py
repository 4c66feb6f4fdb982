"""建议书: the machine drafts, a head of the office signs (or does not), and the agency's reply runs from then."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.incoming import Received, register_incoming
from cases.law import Law
from cases.models import Deadline, Incoming
from cases.record.locks import lock_lanes
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation
from organisations.offices import offices_for
from supervision.models import Letter, Message, Reminder
from supervision.reminders.outbox import Outbox
from supervision.reminders.recipients import Directory

Kind, State = Letter.Kind, Letter.State
TEXTS = {
    Kind.APPEARANCE: (
        "{agency}：\n\n　　{about}定于 {event} 开庭审理。截至今日，你单位尚未确定出庭应诉的负责人。"
        "请依照《行政诉讼法》第三条第三款和滨州市“3632”行政应诉长效工作机制，确定负责人出庭应诉，"
        "并于收到本建议书之日起 3 个工作日内书面回复。确有正当理由不能出庭的，请一并提交情况说明和证明材料。"
        "\n\n{office}"
    ),
    Kind.PERFORMANCE: (
        "{agency}：\n\n　　{about}的生效裁判，履行期限已于 {due} 届满（{ground}），平台尚未收到履行情况。"
        "请依照《行政诉讼法》第九十四条履行生效裁判，并于收到本建议书之日起 3 个工作日内书面回复履行情况和证明材料。"
        "客观上不能履行的，请说明原因。\n\n{office}"
    ),
}
WORDS = {Kind.APPEARANCE: "出", Kind.PERFORMANCE: "履"}


def draft_letters(wanted: Iterable[tuple[Deadline, str]], *, author: Author) -> int:
    """Draft a letter for each deadline and kind, unless one was drafted, signed or set aside before."""
    asked = {(deadline.pk, kind): deadline for deadline, kind in wanted}
    known = set(Letter.objects.filter(deadline__in={pk for pk, _ in asked}).values_list("deadline", "kind"))
    fresh = {key: deadline for key, deadline in asked.items() if key not in known}
    offices = offices_for(
        {d.organisation_id for d in fresh.values()}, Organisation.Kind.LEGAL_OFFICE, on=author.on
    )
    names = dict(Organisation.objects.filter(pk__in=offices.values()).values_list("pk", "name"))
    drafts = [
        Letter(
            kind=kind,
            deadline=deadline,
            organisation_id=deadline.organisation_id,
            office_id=offices[deadline.organisation_id],
            text=_text(kind, deadline, names[offices[deadline.organisation_id]]),
            drafted_at=author.at,
        )
        for (_, kind), deadline in fresh.items()
        if deadline.organisation_id in offices
    ]
    Letter.objects.bulk_create(drafts, ignore_conflicts=True)
    return len(drafts)


def _text(kind: str, deadline: Deadline, office: str) -> str:
    return TEXTS[Kind(kind)].format(
        agency=deadline.organisation.name,
        about=deadline.about,
        event=deadline.starts_on,
        due=deadline.due_on,
        ground=deadline.computation.get("set_by", {}).get("ground", "见期限回执"),
        office=office,
    )


@transaction.atomic
def sign_letter(letter: Letter, *, text: str, author: Author, law: Law) -> Letter:
    """审签: the letter gets its number and goes to the agency, whose reply runs from today.

    Raises ValidationError where somebody decided before, or the duty was met meanwhile.
    """
    # Numbers are counted: two heads of one office sign one after the other.
    if letter.deadline.lane_id:
        lock_lanes([letter.deadline.lane_id])
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk=letter.office_id).values_list("pk"))
    locked = Letter.objects.select_for_update(of=("self",))
    letter = locked.select_related("deadline__lane", "deadline__case", "office").get(pk=letter.pk)
    _require_draft(letter)
    if letter.deadline.state != Deadline.State.OPEN:
        raise ValidationError(f"该事项{letter.deadline.get_state_display()}，不需要再制发。")
    year = author.on.year
    signed = Letter.objects.filter(
        office=letter.office, kind=letter.kind, decided_at__year=year, state=State.SIGNED
    )
    serial = signed.count() + 1
    letter.number = f"{letter.office.short_name}建{WORDS[Kind(letter.kind)]}〔{year}〕{serial}号"
    letter.text, letter.state = text, State.SIGNED
    letter.decided_at, letter.decided_by = author.at, author.signer
    letter.save()
    paper = Received(Incoming.Kind.LETTER, author.on, f"{letter.get_kind_display()} {letter.number}")
    lane = letter.deadline.lane
    register_incoming(paper, lane=lane, organisation=letter.organisation, author=author, law=law)
    _tell(letter, author, law)
    audit.record(author, "letter.sign", f"制发 {letter.number}", about=letter)
    return letter


def _tell(letter: Letter, author: Author, law: Law) -> None:
    """The agency learns of the letter at once: its liaison and its head."""
    reminder = Reminder.objects.create(
        deadline=letter.deadline,
        step=f"letter-{letter.pk}",
        label=f"收到{letter.get_kind_display()}",
        planned_on=author.on,
        raised_at=author.at,
        raised_by=author.post,
        organisation=letter.organisation,
        text=f"{letter.office.name}制发{letter.number}：{letter.deadline.about}，请按期回复。",
    )
    directory = Directory.around([letter.organisation_id], on=author.on)
    outbox = Outbox(directory, author=author, law=law)
    Message.objects.bulk_create(outbox.of_reminders([(reminder, ("liaison", "head"), False)]))


@transaction.atomic
def discard_letter(letter: Letter, *, author: Author) -> None:
    """不制发: the draft is set aside; the same step drafts no second one. Raises ValidationError."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    _require_draft(letter)
    letter.state, letter.decided_at, letter.decided_by = State.DISCARDED, author.at, author.signer
    letter.save()
    audit.record(author, "letter.discard", f"不制发 {letter.get_kind_display()}", about=letter)


def _require_draft(letter: Letter) -> None:
    if letter.state != State.DRAFTED:
        raise ValidationError(f"这份建议书{letter.get_state_display()}，不能再办理。")
