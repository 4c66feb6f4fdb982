"""A planned upload takes effect, once: confirm, or say that there is nothing to tell; and what that would bring."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from django.db import connection, transaction

from cases.comparison.finding import find_discrepancies
from cases.deadlines.facts import Touched
from cases.deadlines.sync import sync_deadlines
from cases.hearings.withdrawal import withdraw_hearings
from cases.intake.intake import Intake, RowEffect
from cases.intake.pending import UNCHANGED
from cases.intake.row_facts import RowFacts
from cases.law import Law
from cases.mandates.opening import behalf_of
from cases.matching.finding import find_candidates, renew_candidates
from cases.models import Source
from cases.record.sources import entry_of
from courts.checking.checks import CheckedSheet
from courts.models import Notification, Upload
from courts.notifications.effects import Effects, effects_of, newest_deadline
from courts.notifications.receiving import receive
from courts.uploads.planning import new_upload, origin_of
from courts.uploads.report import plan_hash, sheet_report
from lib.garbage import collector_waits
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation
from rules.report_periods import ReportPeriod

logger = logging.getLogger(__name__)
_CONFIRMATION_LOCK = 3633


class Refused(Exception):
    """A confirmation that has no effect; the message says why and what to do, `code` is for programs."""

    code = "refused"


class AlreadyConfirmed(Refused):
    """Somebody confirmed this upload before; its receipt stands."""

    code = "already_confirmed"

    def __init__(self, upload: Upload) -> None:
        super().__init__(f"同一文件已提交，回执编号 {upload.number}，没有重复生效。")
        self.upload = upload


class PlanOutdated(Refused):
    """The record changed since the plan was shown."""

    code = "plan_outdated"

    def __init__(self) -> None:
        super().__init__(
            "检查之后案件数据有了变化，原来的变化清单已不准确。请重新检查本文件，核对新的清单后再提交。"
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """What the clerk says with a confirmation."""

    reason: str = ""  # why there is a new version
    # Rows (sheet, row) that mend wrong entries; hearings (case key, day) that are taken off the list, and why.
    corrected: list[tuple[str, int]] = field(default_factory=list)
    withdrawn: list[tuple[str, str]] = field(default_factory=list)
    withdrawal_reason: str = ""

    @classmethod
    def from_json(cls, stated: Mapping[str, Any]) -> Self:
        places = {
            name: [(one, two) for one, two in stated.get(name, ())] for name in ("corrected", "withdrawn")
        }
        return cls(stated.get("reason", ""), **places, withdrawal_reason=stated.get("withdrawal_reason", ""))


@collector_waits()
def confirm(
    upload: Upload, *, author: Author, law: Law, plan: str | None = None, answers: Answers | None = None
) -> Upload:
    """Let the good rows of a planned upload take effect and hold the bad ones; once.

    `plan` is the hash of the plan the caller looked at, where the caller says so. What is asked is kept first: should
    the confirmation be interrupted, `finish_confirmations` brings it to its end. Raises AlreadyConfirmed for a second
    time, also of the same file uploaded anew; PlanOutdated when the record has moved since.
    """
    answers, plan = answers or Answers(), plan or upload.plan_hash
    author = _entering(upload, author)
    planned = Upload.objects.filter(pk=upload.pk, state=Upload.State.PLANNED)
    planned.update(asked_at=author.at, asked_by=author.post, answers=asdict(answers) | {"plan": plan})
    try:
        return _confirm(upload, author, law, plan, answers)
    except Refused:
        planned.filter(asked_at=author.at).update(asked_at=None)
        raise


def expected_effects(upload: Upload, *, author: Author, law: Law) -> Effects:
    """What a confirmation would bring about, hearings taken off the list aside: it is carried out and taken back.

    Raises Refused as `confirm` does.
    """
    with transaction.atomic():
        lock_confirmations()
        newest = newest_deadline()
        touched, items, counts = _take_effect(upload, author, law, Answers())
        if plan_hash(upload, items) != upload.plan_hash:
            raise PlanOutdated
        effects = effects_of(touched, counts, upload, author, newest=newest)
        transaction.set_rollback(True)
    upload.number = upload.entry = None
    return effects


def confirmed_earlier(upload: Upload) -> Upload | None:
    """The confirmed upload that said the same before, where this one would change nothing by its plan."""
    changes = sum(sheet["added"] + sheet["changed"] for sheet in upload.report.get("sheets", []))
    return None if changes else _told_before(upload)


@transaction.atomic
def nil_return(*, court: Organisation, month: ReportPeriod, kind: str, author: Author) -> Upload:
    """零通报: the court says that it has nothing of this kind to tell for the month.

    Raises AlreadyConfirmed where it said so before, Refused where rows were told: a version with rows corrects them.
    """
    lock_confirmations()
    same = Notification.objects.filter(court=court, month=month.first, kind=kind).select_related("upload")
    if earlier := same.defer("upload__rows", "upload__report").order_by("version").last():
        if earlier.is_nil:
            raise AlreadyConfirmed(earlier.upload)
        raise Refused("本月已报过这一项，不能再报零通报。如需更正，请上传更正后的工作簿。")
    upload = new_upload(name="零通报", court=court, month=month, author=author)
    upload.state = Upload.State.PLANNED
    upload.report = {"sheets": [sheet_report(CheckedSheet("零通报", kind, 0), [], 0)], "issues": []}
    upload.save()
    upload.number = _number(upload)
    upload.entry = entry_of(author, f"{upload.month:%Y-%m} 零通报 {upload.number}")
    receive(upload, author)
    return _confirmed(upload, author)


def _entering(upload: Upload, author: Author) -> Author:
    """The office that uploaded for the court enters for it; a court that confirms such a file makes it its own."""
    mandate = upload.mandate
    if mandate is None or author.post is None or author.post.pk != mandate.opened_by_id:
        return author
    return replace(author, behalf=behalf_of(mandate))


@transaction.atomic
def _confirm(upload: Upload, author: Author, law: Law, plan: str, answers: Answers) -> Upload:
    lock_confirmations()
    upload = Upload.objects.select_related("court", "file").get(pk=upload.pk)
    if upload.state == Upload.State.CONFIRMED:
        raise AlreadyConfirmed(upload)
    if upload.state != Upload.State.PLANNED:
        raise Refused(f"该文件不能提交：{upload.refusal or upload.get_state_display()}")
    newest = newest_deadline()
    touched, items, counts = _take_effect(upload, author, law, answers)
    if not plan == upload.plan_hash == plan_hash(upload, items):
        raise PlanOutdated
    upload.answers = asdict(answers)
    receive(upload, author)
    effects = effects_of(touched, counts, upload, author, newest=newest)
    upload.effects = effects.to_json() | {"rows": dict(Counter(item.status for item in items))}
    return _confirmed(upload, author)


def _take_effect(
    upload: Upload, author: Author, law: Law, answers: Answers
) -> tuple[Touched, list[RowEffect], Counter[str]]:
    """Write the facts and their deadlines, inside the caller's transaction."""
    upload.number = _number(upload)
    upload.entry = entry_of(author, f"{upload.month:%Y-%m} 通报 {upload.number}")
    corrected = frozenset(answers.corrected)
    facts = [RowFacts.from_json(row) for row in upload.rows.get("facts", [])]
    intake = Intake(facts, origin_of(upload, author, corrected), law, lock=True)
    items = intake.take()
    if (earlier := _told_before(upload)) and all(item.status == UNCHANGED for item in items):
        raise AlreadyConfirmed(earlier)
    touched = intake.write()
    touched.known.extend(_withdraw(upload, author, answers))
    reason = f"法院通报 {upload.number}"
    counts = sync_deadlines(
        sorted(set(touched.known)), fresh=touched.fresh, law=law, author=author, reason=reason
    )
    find_discrepancies(touched.known, law=law, author=author)
    renew_candidates(author)
    find_candidates([*touched.known, *(lane.pk for lane in touched.fresh)], author=author)
    return touched, items, counts


def _withdraw(upload: Upload, author: Author, answers: Answers) -> list[int]:
    """Take hearings off the list that this version does not set and that the clerk takes back."""
    gone = {(key, day) for row in upload.report.get("missing", []) for key, day in row.get("hearings", ())}
    wanted = {(key, date.fromisoformat(day)) for key, day in answers.withdrawn if (key, day) in gone}
    if not wanted:
        return []
    source = Source(
        kind=Source.Kind.COURT, organisation=upload.court, stated_at=author.at, stated_by=author.post,
        reference=upload.number or "", file=upload.file, file_name=upload.file_name, entry=upload.entry,
    )  # fmt: skip
    return withdraw_hearings(wanted, source, answers.withdrawal_reason)


def _told_before(upload: Upload) -> Upload | None:
    """The upload that last told of these kinds for the month, where it was the same file with the same rows held."""
    kinds = {sheet["kind"] for sheet in upload.report["sheets"]}
    same = Notification.objects.filter(court=upload.court, month=upload.month, kind__in=kinds)
    related = same.select_related("upload__court", "upload__file")
    notifications = related.defer("upload__rows", "upload__report").order_by("version")
    latest = {each.kind: each.upload for each in notifications}
    last = next(iter(latest.values()), None)
    if last is None or latest.keys() != kinds or any(each.pk != last.pk for each in latest.values()):
        return None
    if (last.file_id, last.requested_kind) != (upload.file_id, upload.requested_kind):
        return None
    return last if _held(last) == _held(upload) else None


def _held(upload: Upload) -> list[int]:
    return [sheet["held"] for sheet in upload.report["sheets"]]


def lock_confirmations() -> None:
    """One confirmation at a time until the transaction ends: those of two courts may speak of one chain of cases.

    SQLite's immediate transactions do that already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CONFIRMATION_LOCK])


def _number(upload: Upload) -> str:
    return f"TB{upload.month:%Y%m}-{upload.pk}"


def _confirmed(upload: Upload, author: Author) -> Upload:
    upload.state = Upload.State.CONFIRMED
    upload.confirmed_at, upload.confirmed_by = author.at, author.post
    upload.save(
        update_fields=["state", "number", "confirmed_at", "confirmed_by", "answers", "effects", "entry"]
    )
    audit.record(
        author,
        "notification.confirm",
        f"{upload.court.short_name} {upload.month:%Y-%m} 通报 {upload.number}",
        about=upload,
        plan=upload.plan_hash,
        answers=upload.answers,
        effects=upload.effects,
    )
    return upload
