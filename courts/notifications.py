"""A notification from upload to receipt: read, check, plan, confirm. Nothing takes effect before the confirmation."""

import hashlib
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from cases.deadlines import sync_deadlines
from cases.draft import UNCHANGED
from cases.facts import RowFacts
from cases.intake import Intake, Item, Origin
from cases.law import Law
from courts.checking import Checked, CheckedSheet, check
from courts.models import HeldRow, Notification, Upload
from courts.reading import recognise
from courts.report import report, sheet_report
from lib.garbage import collector_waits
from lib.sheets import MAX_FILE_BYTES
from lib.workbooks import UnusableWorkbook, read_workbook
from organisations import audit
from organisations.authors import Author
from organisations.files import store
from organisations.models import Organisation, StoredFile
from rules.report_periods import ReportPeriod, parse_report_period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
NO_KNOWN_SHEET = UnusableWorkbook(
    "no_known_sheet",
    "没有找到排庭、出庭或裁判表：前 15 行中须有表头，至少包括案号和该表的其他列。请下载模板对照，或检查是否选错文件。",
)
TOO_LARGE = UnusableWorkbook(
    "too_large", f"文件超过 {MAX_FILE_BYTES // 2**20} MB。请删去图片和无关的工作表，再上传。"
)
_CONFIRMATION_LOCK = 3633
EMPTY = UnusableWorkbook("empty", "表头下面没有数据行。如本月没有此项，请选“零通报”。")


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
            "检查之后案件数据有了变化，原来的变化清单已不准确。请重新上传本文件，核对新的清单后再提交。"
        )


def plan_upload(  # noqa: PLR0913 - what a court says when it uploads
    content: bytes,
    *,
    name: str,
    court: Organisation,
    month: ReportPeriod,
    kind: str,
    author: Author,
    law: Law,
) -> Upload:
    """Check and plan a workbook. An unusable one is kept as a refusal (code and reason), without its content."""
    upload = draft_upload(content, name=name, court=court, month=month, kind=kind, author=author, law=law)
    if upload.file is not None:
        upload.file = store(content, media_type=upload.file.media_type, at=author.at)
    done = f"检查 {upload.file_name}" if upload.file else f"未能读取 {upload.file_name}：{upload.refusal}"
    with transaction.atomic():
        upload.save()
        audit.record(author, "notification.check", done, about=upload, court=court.code)
    return upload


@collector_waits()
def draft_upload(  # noqa: PLR0913 - as plan_upload
    content: bytes,
    *,
    name: str,
    court: Organisation,
    month: ReportPeriod,
    kind: str,
    author: Author,
    law: Law,
) -> Upload:
    """What `plan_upload` would keep; nothing is written."""
    upload = _upload(court, month, kind, Path(name).name[:255], author)
    try:
        checked = examine(content, court=court, month=month, kind=kind, law=law)
    except UnusableWorkbook as unusable:
        upload.state = Upload.State.REFUSED
        upload.refusal_code, upload.refusal = unusable.code, unusable.message
        return upload
    media_type = XLSX if content[:2] == b"PK" else XLS
    upload.file = StoredFile(digest=hashlib.sha256(content).hexdigest(), media_type=media_type)
    _plan(upload, checked, author, law)
    return upload


def _upload(court: Organisation, month: ReportPeriod, kind: str, name: str, author: Author) -> Upload:
    return Upload(
        court=court,
        month=month.first,
        requested_kind=kind,
        file_name=name,
        uploaded_at=author.at,
        uploaded_by=author.post,
    )


def _plan(upload: Upload, checked: Checked, author: Author, law: Law) -> None:
    """What a confirmation would do, and the report of it."""
    upload.state = Upload.State.PLANNED
    upload.rows = _stored_rows(checked)
    items = Intake(checked.facts, _origin(upload, author), law).take()
    upload.plan_hash = plan_hash(upload, items)
    upload.report = report(upload, checked, items)


def examine(content: bytes, *, court: Organisation, month: ReportPeriod, kind: str, law: Law) -> Checked:
    """Read and check a workbook without storing anything. Raises UnusableWorkbook."""
    if len(content) > MAX_FILE_BYTES:
        raise TOO_LARGE
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        book = read_workbook(Path(file.name))
    sheets = recognise(book, kind)
    if not sheets:
        raise NO_KNOWN_SHEET
    if not any(sheet.rows for sheet in sheets):
        raise EMPTY
    return check(sheets, court, month, law)


@collector_waits()
@transaction.atomic
def confirm(upload: Upload, *, author: Author, law: Law, plan: str | None = None) -> Upload:
    """Let the good rows of a planned upload take effect and hold the bad ones; once.

    `plan` is the hash of the plan the caller looked at, where the caller says so. Raises AlreadyConfirmed for a
    second time, also of the same file uploaded anew; PlanOutdated when the record has moved since.
    """
    _lock_confirmations()
    upload = Upload.objects.select_related("court", "file").get(pk=upload.pk)
    if upload.state == Upload.State.CONFIRMED:
        raise AlreadyConfirmed(upload)
    if upload.state != Upload.State.PLANNED:
        raise Refused(f"该文件未能读取，不能提交：{upload.refusal}")
    upload.number = _number(upload)
    intake = Intake(_facts(upload), _origin(upload, author), law)
    items = intake.take()
    if (earlier := _told_before(upload)) and all(item.status == UNCHANGED for item in items):
        raise AlreadyConfirmed(earlier)
    if plan_hash(upload, items) != upload.plan_hash or plan not in (None, upload.plan_hash):
        raise PlanOutdated
    lanes = intake.write()
    _receive(upload, author)
    reason = f"法院通报 {upload.number}"
    told = sync_deadlines(lanes.known, fresh=lanes.fresh, law=law, author=author, reason=reason)
    upload.effects = {
        "lanes": len(lanes),
        "deadlines": dict(told),
        "rows": dict(Counter(i.status for i in items)),
    }
    return _confirmed(upload, author)


@transaction.atomic
def nil_return(*, court: Organisation, month: ReportPeriod, kind: str, author: Author) -> Upload:
    """零通报: the court says that it has nothing of this kind to tell for the month."""
    _lock_confirmations()
    upload = _upload(court, month, kind, "零通报", author)
    upload.state = Upload.State.PLANNED
    upload.report = {"sheets": [sheet_report(CheckedSheet("零通报", kind, 0), [], 0)], "issues": []}
    upload.save()
    upload.number = _number(upload)
    _receive(upload, author)
    return _confirmed(upload, author)


def _told_before(upload: Upload) -> Upload | None:
    """The court's last notification of this month, where it was the same file with the same rows held."""
    last = (
        Upload.objects.filter(court=upload.court, month=upload.month, state=Upload.State.CONFIRMED)
        .select_related("court", "file")
        .order_by("-confirmed_at", "-pk")
        .first()
    )
    if last is None or (last.file_id, last.requested_kind) != (upload.file_id, upload.requested_kind):
        return None
    return last if _held(last) == _held(upload) else None


def _held(upload: Upload) -> list[int]:
    return [sheet["held"] for sheet in upload.report["sheets"]]


def _lock_confirmations() -> None:
    """One confirmation at a time until the transaction ends: those of two courts may speak of one chain of cases.

    SQLite's immediate transactions do that already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CONFIRMATION_LOCK])


def plan_hash(upload: Upload, items: list[Item]) -> str:
    """What would be done, as one hash: of the file, the court, the month and the state it would change."""
    # Sorted, since PostgreSQL gives the stored rows back with their fields in another order.
    done = [[i.sheet, i.row, i.status, sorted(i.changes)] for i in items]
    digest = upload.file.digest if upload.file else ""
    told = [digest, upload.court_id, upload.month.isoformat(), done]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _origin(upload: Upload, author: Author) -> Origin:
    return Origin(upload.court, author, upload.file, upload.file_name, upload.number or "")


def _number(upload: Upload) -> str:
    return f"TB{upload.month:%Y%m}-{upload.pk}"


def _confirmed(upload: Upload, author: Author) -> Upload:
    upload.state = Upload.State.CONFIRMED
    upload.confirmed_at, upload.confirmed_by = author.at, author.post
    upload.save(update_fields=["state", "number", "confirmed_at", "confirmed_by", "effects"])
    audit.record(
        author,
        "notification.confirm",
        f"{upload.court.short_name} {upload.month:%Y-%m} 通报 {upload.number}",
        about=upload,
        plan=upload.plan_hash,
        effects=upload.effects,
    )
    return upload


def _stored_rows(checked: Checked) -> dict[str, Any]:
    return {
        "facts": [row.to_json() for row in checked.facts],
        "held": [
            {"sheet": sheet.name, "kind": sheet.kind, "row": row, "values": values}
            for sheet in checked.sheets
            for row, values in sheet.held.items()
        ],
    }


def _facts(upload: Upload) -> list[RowFacts]:
    return [RowFacts.from_json(told) for told in upload.rows["facts"]]


def _receive(upload: Upload, author: Author) -> None:
    """One notification per kind in the workbook, as its next version, with the rows it holds back."""
    for kind in dict.fromkeys(sheet["kind"] for sheet in upload.report["sheets"]):
        same = Notification.objects.filter(court=upload.court, month=upload.month, kind=kind)
        HeldRow.objects.filter(notification__in=same, resolved_at=None).update(resolved_at=author.at)
        sheets = [sheet for sheet in upload.report["sheets"] if sheet["kind"] == kind]
        notification = Notification.objects.create(
            court=upload.court,
            month=upload.month,
            kind=kind,
            version=(same.aggregate(last=Max("version"))["last"] or 0) + 1,
            upload=upload,
            number=upload.number or "",
            received_at=author.at,
            received_by=author.post,
            **{name: sum(s[name] for s in sheets) for name in ("rows_read", "accepted", "held", "ignored")},
        )
        _hold_rows(upload, notification)


def _hold_rows(upload: Upload, notification: Notification) -> None:
    issues: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for found in upload.report["issues"]:
        issues.setdefault((found["sheet"], found["row"]), []).append(found)
    HeldRow.objects.bulk_create(
        HeldRow(
            notification=notification,
            sheet=held["sheet"],
            row=held["row"],
            values=held["values"],
            issues=issues.get((held["sheet"], held["row"]), []),
        )
        for held in upload.rows.get("held", [])
        if held["kind"] == notification.kind
    )


def month_of(text: str) -> ReportPeriod:
    """The month `2026-11`. Raises ValueError (Chinese) for anything else."""
    period = parse_report_period(text)
    if len(period.months) != 1:
        raise ValueError(f"“{text}”不是月份，请写作 2026-11。")
    return period
