"""What a sued agency does in its lane: sign for the material, report, name its head, file the judgment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines import sync_deadlines
from cases.law import Law
from cases.models import (
    Deadline,
    Decision,
    DecisionOutcome,
    Defendant,
    EvidencePeriod,
    Hearing,
    MaterialReceipt,
    Nomination,
    Obligation,
    Paper,
    PaperDelivery,
    PaperFile,
    Source,
)
from organisations import audit
from organisations.authors import Author
from organisations.files import store
from organisations.models import Organisation

Kind = Paper.Kind
LEGAL_OFFICE, POLITICAL_LEGAL = Organisation.Kind.LEGAL_OFFICE, Organisation.Kind.POLITICAL_LEGAL
# To whom each paper goes (“两报告一备案一通报”). The record of telling the leaders stays in the agency.
RECIPIENTS: Mapping[str, tuple[str, ...]] = {
    Kind.DEFENCE_REPORT: (LEGAL_OFFICE,),
    Kind.JUDGMENT_FILING: (LEGAL_OFFICE, POLITICAL_LEGAL),
    Kind.LOST_CASE_REPORT: (LEGAL_OFFICE,),
    Kind.ABSENCE: (LEGAL_OFFICE,),
}
# Days in a paper's content that tell of something that happened.
PAST_DAYS = frozenset({"evidence_filed_on", "received_on", "reported_on"})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was handed in."""

    name: str
    content: bytes
    media_type: str


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
    source = _source(author)
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


@dataclass(frozen=True, slots=True)
class Submission:
    """A paper as it is handed in. The key makes a second press of the same button harmless."""

    kind: str
    content: Mapping[str, Any]
    key: str
    late_reason: str = ""
    attachments: tuple[Attachment, ...] = ()
    decision: Decision | None = None
    hearing: Hearing | None = None

    @property
    def subject(self) -> str:
        if self.decision is not None:
            return f"decision:{self.decision.pk}"
        return f"hearing:{self.hearing.pk}" if self.hearing is not None else ""


@transaction.atomic
def submit(lane: Defendant, submission: Submission, *, author: Author, law: Law) -> Paper:
    """Take a report or filing in, send it to whom it is due, and settle its deadline.

    Late papers are accepted and ask for a reason (ValidationError on `late_reason`). The same submission key
    gives back the paper it made before.
    """
    Defendant.objects.select_for_update().get(pk=lane.pk)
    known: Paper | None = Paper.objects.filter(submission_key=submission.key, defendant=lane).first()
    if known is not None:
        return known
    _check_days(submission, author)
    if deadline := _open_deadline(lane, submission):
        _ask_for_reason(deadline.due_on, submission, author)
    paper = _create(lane, submission, author)
    _attach(paper, submission.attachments, author)
    for office in recipients(lane.organisation, submission.kind, law=law, on=author.on):
        PaperDelivery.objects.create(paper=paper, recipient=office, delivered_at=author.at)
    sync_deadlines([lane.pk], law=law, author=author, reason=f"报送{paper.get_kind_display()}")
    audit.record(author, f"paper.{paper.kind}", f"报送{paper.get_kind_display()} {paper.number}", about=paper)
    return paper


def recipients(agency: Organisation, kind: str, *, law: Law, on: date) -> list[Organisation]:
    """The offices of the agency's own level, or of the level above where it has none or is that office itself.

    Whether the 政法委 gets the filings too is a reading that the office chooses (mechanism, parts one and two).
    """
    found = []
    to_committee = law.choices.value("filing.political_legal", on=on) == "yes"
    for office in RECIPIENTS.get(kind, ()):
        if office == POLITICAL_LEGAL and not to_committee:
            continue
        for region in (agency.region_id, agency.region.parent_id):
            match = (
                Organisation.objects.filter(kind=office, region=region, valid_to=None)
                .exclude(pk=agency.pk)
                .first()
            )
            if match:
                found.append(match)
                break
    return found


@dataclass(frozen=True, slots=True)
class StatedDecision:
    """A decision that the agency received before the court told of it; `code` is one of the outcome table."""

    kind: str
    decided_on: date
    code: str


@transaction.atomic
def file_judgment(
    lane: Defendant, submission: Submission, *, stated: StatedDecision | None, author: Author, law: Law
) -> Paper:
    """裁判文书备案, of a decision in the record or of one that the agency states itself; all of it or nothing.

    Raises ValidationError for days that cannot be, and asks for a reason when more than 5 days went by.
    """
    decision = submission.decision or _state_decision(lane, stated, author, law)
    received = date.fromisoformat(submission.content["received_on"])
    if received < decision.decided_on:
        raise ValidationError({"received_on": f"收到日期不能早于裁判日期（{decision.decided_on}）。"})
    if not Paper.objects.filter(defendant=lane, kind=Kind.JUDGMENT_FILING, decision=decision).exists():
        due_on = law.due("judgment_filing", decision.delivered_on or received).due_on
        _ask_for_reason(due_on, submission, author)
    return submit(lane, replace(submission, decision=decision), author=author, law=law)


def _state_decision(lane: Defendant, stated: StatedDecision | None, author: Author, law: Law) -> Decision:
    """The decision as the agency states it; the court's word fills it in later."""
    if stated is None:
        raise ValidationError("请填写裁判文书的类型、日期和结果。")
    if stated.decided_on > author.on:
        raise ValidationError(f"裁判日期不能晚于今天（{author.on}）。")
    source = _source(author)
    decision, _ = Decision.objects.get_or_create(
        case=lane.case,
        kind=stated.kind,
        ordinal=0,
        defaults={"decided_on": stated.decided_on, "source": source},
    )
    told = law.outcomes.get(stated.code)
    DecisionOutcome.objects.get_or_create(
        decision=decision,
        defendant=lane,
        defaults={
            "code": stated.code,
            "judged": told.judged and stated.kind == Decision.Kind.JUDGMENT,
            "lost": {"lost": True, "won": False}.get(told.result),
            "lost_basis": DecisionOutcome.LostBasis.TABLE,
            "source": source,
        },
    )
    audit.record(author, "decision.state", f"填报{stated.kind}，{stated.decided_on}", about=decision)
    return decision


@transaction.atomic
def record_performance(
    obligation: Obligation, *, performed_on: date, proof: str, author: Author, law: Law
) -> Obligation:
    """登记履行: what a decision obliges to was done on that day, with its proof in words."""
    obligation = (
        Obligation.objects.select_for_update().select_related("outcome__decision").get(pk=obligation.pk)
    )
    if obligation.performed_on is not None:
        raise ValidationError(f"本项已登记于 {obligation.performed_on} 履行；登记有误的，请联系司法局更正。")
    if performed_on > author.on:
        raise ValidationError({"performed_on": f"履行日期不能晚于今天（{author.on}）。"})
    if performed_on < obligation.outcome.decision.decided_on:
        raise ValidationError({"performed_on": "履行日期不能早于裁判日期。"})
    of_deadline = Deadline.objects.filter(
        defendant=obligation.defendant_id, subject=f"obligation:{obligation.pk}"
    )
    due_on = of_deadline.values_list("due_on", flat=True).first() or obligation.due_on
    late = due_on is not None and performed_on > due_on
    obligation.performed_on, obligation.proof = performed_on, proof
    obligation.state = Obligation.State.DONE_LATE if late else Obligation.State.DONE
    obligation.save(update_fields=["performed_on", "proof", "state"])
    sync_deadlines([obligation.defendant_id], law=law, author=author, reason="登记履行")
    audit.record(author, "obligation.perform", f"登记履行，{performed_on}", about=obligation)
    return obligation


def _open_deadline(lane: Defendant, submission: Submission) -> Deadline | None:
    """The open deadline that this paper settles."""
    receipt = MaterialReceipt.objects.filter(defendant=lane).first()
    subjects = [submission.subject, f"receipt:{receipt.pk}" if receipt else ""]
    of_lane = Deadline.objects.open().filter(defendant=lane, rule=submission.kind)
    return of_lane.filter(subject__in=subjects).first()


def _ask_for_reason(due_on: date, submission: Submission, author: Author) -> None:
    if due_on < author.on and not submission.late_reason:
        days = (author.on - due_on).days
        raise ValidationError(
            {"late_reason": f"已超过规定期限 {days} 天（应于 {due_on}）。仍可补报，请说明原因。"}
        )


def _check_days(submission: Submission, author: Author) -> None:
    """What a paper says to have happened cannot lie ahead."""
    for name in PAST_DAYS & submission.content.keys():
        if submission.content[name] and date.fromisoformat(submission.content[name]) > author.on:
            raise ValidationError({name: f"日期不能晚于今天（{author.on}）。"})


def _create(lane: Defendant, submission: Submission, author: Author) -> Paper:
    same = Paper.objects.filter(defendant=lane, kind=submission.kind, subject=submission.subject)
    paper = Paper.objects.create(
        defendant=lane,
        kind=submission.kind,
        decision=submission.decision,
        hearing=submission.hearing,
        subject=submission.subject,
        version=same.count() + 1,
        number=submission.key,
        content=dict(submission.content),
        late_reason=submission.late_reason,
        submitted_at=author.at,
        submitted_on=author.on,
        submitted_by=author.signer,
        submission_key=submission.key,
        source=_source(author),
    )
    paper.number = f"YS{author.on:%Y%m%d}-{paper.pk:03d}"
    paper.save(update_fields=["number"])
    return paper


def _attach(paper: Paper, attachments: Iterable[Attachment], author: Author) -> None:
    for one in attachments:
        stored = store(one.content, media_type=one.media_type, at=author.at)
        PaperFile.objects.create(paper=paper, file=stored, name=one.name[:255])


def _source(author: Author) -> Source:
    return Source.objects.create(
        kind=Source.Kind.AGENCY,
        organisation=author.signer.organisation,
        stated_at=author.at,
        stated_by=author.post,
    )
