"""Reports and filings: handing them in, to whom they go, and who opened them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.comparison.finding import find_discrepancies
from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import (
    Deadline,
    Decision,
    Hearing,
    Incoming,
    Lane,
    Paper,
    PaperDelivery,
    PaperFile,
    ServiceReceipt,
)
from cases.papers.kinds import KINDS
from cases.papers.kinds.kind import POLITICAL_LEGAL, PaperKind
from cases.record.locks import lock_lanes
from cases.record.sources import agency_source
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment, store
from organisations.models import Organisation


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
    incoming: Incoming | None = None

    @property
    def subject(self) -> str:
        """What the paper is about beside the lane: "decision:7", "hearing:3", "incoming:5", or nothing."""
        about = {"decision": self.decision, "hearing": self.hearing, "incoming": self.incoming}
        return next((f"{name}:{one.pk}" for name, one in about.items() if one is not None), "")


@transaction.atomic
def submit(lane: Lane, submission: Submission, *, author: Author, law: Law) -> Paper:
    """Take a report or filing in, send it to whom it is due, and settle its deadline.

    Late papers are accepted and ask for a reason (ValidationError on `late_reason`). The same submission key
    gives back the paper it made before.
    """
    lock_lanes([lane.pk])
    known: Paper | None = Paper.objects.filter(submission_key=submission.key, lane=lane).first()
    if known is not None:
        return known
    _check_days(lane, submission, author)
    if deadline := _open_deadline(lane, submission):
        ask_for_reason(deadline.due_on, submission, author)
    paper = _create(lane, submission, author)
    _attach(paper, submission.attachments, author)
    for office in recipients(lane.organisation, submission.kind, law=law, on=author.on):
        PaperDelivery.objects.create(paper=paper, recipient=office, delivered_at=author.at)
    sync_deadlines([lane.pk], law=law, author=author, reason=f"报送{paper.get_kind_display()}")
    find_discrepancies([lane.pk], law=law, author=author)
    audit.record(author, f"paper.{paper.kind}", f"报送{paper.get_kind_display()} {paper.number}", about=paper)
    return paper


def recipients(agency: Organisation, kind: str, *, law: Law, on: date) -> list[Organisation]:
    """The offices of the agency's own level, or of the level above where it has none or is that office itself.

    Papers of the highest legal office stay in it, to be taken by a person who has not acted in the case.

    Whether the 政法委 gets the filings too is a reading that the office chooses (mechanism, parts one and two).
    """
    found = []
    to_committee = law.choices.value("filing.political_legal", on=on) == "yes"
    for office in KINDS[kind].recipients:
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
        else:
            found += [agency] if office == agency.kind else []
    return found


def _open_deadline(lane: Lane, submission: Submission) -> Deadline | None:
    """The open deadline that this paper settles."""
    service_receipt = ServiceReceipt.objects.filter(lane=lane).first()
    subjects = [submission.subject, f"service_receipt:{service_receipt.pk}" if service_receipt else ""]
    of_lane = Deadline.objects.open().filter(lane=lane, rule=KINDS[submission.kind].rule)
    return of_lane.filter(subject__in=subjects).first()


def ask_for_reason(due_on: date, submission: Submission, author: Author) -> None:
    if due_on < author.handed_in_on and not submission.late_reason:
        days = (author.handed_in_on - due_on).days
        raise ValidationError(
            {"late_reason": f"已超过规定期限 {days} 天（应于 {due_on}）。仍可补报，请说明原因。"}
        )


def _check_days(lane: Lane, submission: Submission, author: Author) -> None:
    kind = KINDS[submission.kind]
    said = {
        name: date.fromisoformat(submission.content[name])
        for name in kind.past_days.keys() & submission.content.keys()
        if submission.content[name]
    }
    if faults := day_faults(lane, kind, said, on=author.on):
        raise ValidationError(faults)


def day_faults(lane: Lane, kind: PaperKind, said: Mapping[str, Any], *, on: date) -> dict[str, str]:
    """What is wrong with the days of a paper, by field: what happened lies neither ahead nor before its cause.

    Measures (`due_1` …) are to be carried out from today on.
    """
    days = {name: day for name, day in said.items() if isinstance(day, date)}
    faults = {
        name: f"{label}不能晚于今天（{on}）。"
        for name, label in kind.past_days.items()
        if name in days and days[name] > on
    }
    service_receipt = ServiceReceipt.objects.filter(lane=lane).first()
    for name, label in kind.past_days.items() if kind.tells_of_preparation else ():
        if service_receipt and name in days and days[name] < service_receipt.received_on:
            faults[name] = f"{label}不能早于收到应诉材料之日（{service_receipt.received_on}）。"
    past = {name for name, day in days.items() if name.startswith("due_") and day < on}
    return faults | dict.fromkeys(past, f"完成期限不能早于今天（{on}）。")


def _create(lane: Lane, submission: Submission, author: Author) -> Paper:
    same = Paper.objects.filter(lane=lane, kind=submission.kind, subject=submission.subject)
    paper = Paper.objects.create(
        lane=lane,
        kind=submission.kind,
        decision=submission.decision,
        hearing=submission.hearing,
        subject=submission.subject,
        version=same.count() + 1,
        number=sha256(submission.key.encode()).hexdigest()[:30],  # until the row has its id
        content=dict(submission.content),
        late_reason=submission.late_reason,
        submitted_at=author.at,
        submitted_on=author.handed_in_on,
        submitted_by=author.signer,
        submission_key=submission.key,
        source=agency_source(author, Paper.Kind(submission.kind).label),
    )
    paper.number = f"YS{author.on:%Y%m%d}-{paper.pk:03d}"
    paper.save(update_fields=["number"])
    return paper


def _attach(paper: Paper, attachments: Iterable[Attachment], author: Author) -> None:
    for position, one in enumerate(attachments, start=1):
        stored = store(one.content, media_type=one.media_type, at=author.at)
        PaperFile.objects.create(paper=paper, file=stored, name=one.name[:255], position=position)


@transaction.atomic
def note_opened(paper: Paper, *, author: Author) -> None:
    """Keep the moment the recipient first opened it; later openings change nothing."""
    changed = PaperDelivery.objects.filter(paper=paper, recipient=author.organisation, opened_at=None).update(
        opened_at=author.at, opened_by=author.post
    )
    if changed:
        audit.record(author, "paper.open", f"阅 {paper.number}", about=paper)


@transaction.atomic
def note_unread(paper: Paper, *, author: Author) -> bool:
    """Back to 未阅 within a minute of opening, by the one who opened it; whether that was so."""
    mine = PaperDelivery.objects.filter(
        paper=paper,
        recipient=author.organisation,
        opened_by=author.post,
        opened_at__gte=author.at - timedelta(minutes=1),
    )
    changed = mine.update(opened_at=None, opened_by=None)
    if changed:
        audit.record(author, "paper.unread", f"恢复未阅 {paper.number}", about=paper)
    return bool(changed)
