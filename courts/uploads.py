"""A workbook from upload to plan: kept, read, checked, planned. Nothing takes effect here."""

import hashlib
import logging
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from cases.facts import RowFacts
from cases.intake import Intake, Item, Origin
from cases.law import Law
from courts.checking.checks import Checked, Say, check, silent
from courts.corrections import apply_corrections
from courts.models import Upload
from courts.open_uploads import OPEN, is_open
from courts.report import plan_hash, report
from courts.sheets.layouts import layout_of, vocabulary_of
from courts.sheets.reading import recognise
from courts.sheets.remarks import remarks_on
from lib.garbage import collector_waits
from lib.sheets import MAX_FILE_BYTES
from lib.workbooks import UnusableWorkbook, Workbook, read_workbook
from organisations import audit
from organisations.authors import Author
from organisations.files import discard, read, store
from organisations.models import Organisation, StoredFile
from rules.report_periods import ReportPeriod, parse_report_period, period_of

logger = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
NO_KNOWN_SHEET = UnusableWorkbook(
    "no_known_sheet",
    "没有找到排庭、出庭或裁判表：前 15 行中须有表头，至少包括案号和该表的其他列。请下载模板对照，或检查是否选错文件。",
)
TOO_LARGE = UnusableWorkbook(
    "too_large", f"文件超过 {MAX_FILE_BYTES // 2**20} MB。请删去图片和无关的工作表，再上传。"
)
EMPTY = UnusableWorkbook("empty", "表头下面没有数据行。如本月没有此项，请选“零通报”。")
INTERRUPTED = UnusableWorkbook(
    "unsafe", "检查这份文件三次都中断了，没有读完。请用 Excel 或 WPS 另存为 .xlsx 后再上传。"
)
CLAIM = timedelta(minutes=2)  # a check that has not come back by then was interrupted
ATTEMPTS = 3
# What a check finds out; everything else of an upload is somebody's word and not touched by it.
CHECKED = (
    "state", "refusal_code", "refusal", "file", "progress", "claimed_at", "asked_at", "plan_hash", "report", "rows",
)  # fmt: skip


def plan_upload(content: bytes, *, author: Author, law: Law, **told: Any) -> Upload:
    """Check and plan a workbook. An unusable one is kept as a refusal (code and reason), without its content.

    `told` is what the court says: see `new_upload`. A file whose headers alone were not understood is kept, so that
    a person can say which column is which.
    """
    upload = draft_upload(content, author=author, law=law, **told)
    if upload.file is not None:
        upload.file = store(content, media_type=upload.file.media_type, at=author.at)
    with transaction.atomic():
        upload.save()
        _record_check(upload, author)
    return upload


def draft_upload(content: bytes, *, author: Author, law: Law, **told: Any) -> Upload:
    """What `plan_upload` would keep; nothing is written."""
    upload = new_upload(author=author, **told)
    upload.file = StoredFile(digest=hashlib.sha256(content).hexdigest(), media_type=_media_type(content))
    _examine(upload, content, author, law, silent)
    if upload.state == Upload.State.REFUSED and not upload.can_match_columns:
        upload.file = None
    return upload


def receive_upload(content: bytes, *, author: Author, **told: Any) -> Upload:
    """Keep a workbook that is to be checked in the background by `check_received`."""
    upload = new_upload(author=author, **told)
    upload.state, upload.progress = Upload.State.WAITING, "已收到，等待检查"
    upload.file = store(content, media_type=_media_type(content), at=author.at)
    with transaction.atomic():
        upload.save()
        audit.record(author, "notification.receive", f"收到 {upload.file_name}", about=upload)
    return upload


def check_received(pk: int, *, author: Author, law: Law) -> bool:
    """Check a workbook that waits; False where somebody else has it in hand or it waits no more.

    Safe to call at any time and from anywhere: one that was interrupted is taken up again after two minutes.
    """
    if not _claim(pk, author.at):
        return False
    upload = Upload.objects.select_related("court__region", "file", "uploaded_by__user").get(pk=pk)
    if upload.attempts > ATTEMPTS:
        _refuse(upload, INTERRUPTED)
        _keep_check(upload, author)
    else:
        check_again(upload, author=author, law=law, say=_teller(pk))
    return True


def check_waiting(*, author: Author, law: Law) -> int:
    """Check whatever waits and nobody has in hand; returns how many that were."""
    waiting = Upload.objects.filter(state=Upload.State.WAITING).values_list("pk", flat=True)
    return sum(_checked(pk, author, law) for pk in list(waiting))


def _checked(pk: int, author: Author, law: Law) -> bool:
    try:
        return check_received(pk, author=author, law=law)
    except Exception:  # whatever one file does to the check, the others are not to wait for it
        logger.exception("Check of upload %s broke off", pk)
        return False


def check_again(upload: Upload, *, author: Author, law: Law, say: Say = silent) -> Upload:
    """Check and plan a kept workbook anew, with the columns and corrections that people have told since."""
    assert upload.file is not None
    _examine(upload, read(upload.file), author, law, say)
    _keep_check(upload, author)
    return upload


def workbook_of(upload: Upload) -> Workbook:
    """The kept file, read. Raises UnusableWorkbook."""
    assert upload.file is not None
    return read_content(read(upload.file))


def new_upload(  # noqa: PLR0913 - what a court says when it uploads
    *,
    name: str,
    court: Organisation,
    month: ReportPeriod,
    author: Author,
    kind: str = "auto",
    is_addition: bool = False,
    key: str = "",
    digest: str = "",
) -> Upload:
    """An upload that nothing is known of yet. `kind` is one of the three or auto.

    `key` is the caller's idempotency key and `digest` that of everything sent with it.
    """
    return Upload(
        court=court,
        month=month.first,
        requested_kind=kind,
        is_addition=is_addition,
        idempotency_key=key,
        request_digest=digest,
        file_name=Path(name).name[:255],
        uploaded_at=author.at,
        uploaded_by=author.post,
    )


def examine(content: bytes, upload: Upload, law: Law, say: Say = silent) -> Checked:
    """Read and check a workbook as the upload says (court, month, kind, columns, corrected cells); stores nothing.

    Raises UnusableWorkbook.
    """
    say("正在读取工作簿")
    book = read_content(content)
    sheets = recognise(
        book, upload.requested_kind, vocabulary=vocabulary_of(upload.court), layout=layout_of(upload)
    )
    if not sheets:
        raise NO_KNOWN_SHEET
    if not any(sheet.rows for sheet in sheets):
        raise EMPTY
    apply_corrections(sheets, upload.corrections)
    checked = check(sheets, upload.court, period_of("month", upload.month), law, say)
    checked.remarks = remarks_on(book, sheets)
    return checked


def read_content(content: bytes) -> Workbook:
    """The workbook in these bytes. Raises UnusableWorkbook."""
    if len(content) > MAX_FILE_BYTES:
        raise TOO_LARGE
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        return read_workbook(Path(file.name))


def origin_of(upload: Upload, author: Author, corrected: frozenset[tuple[str, int]] = frozenset()) -> Origin:
    """Where the facts of an upload come from; the changes of `corrected` rows mend what was told wrongly before."""
    return Origin(upload.court, author, upload.file, upload.file_name, upload.number or "", corrected)


def planned_items(upload: Upload, facts: list[RowFacts], author: Author, law: Law) -> list[Item]:
    """What each row would do."""
    return Intake(facts, origin_of(upload, author), law).take()


def month_of(text: str) -> ReportPeriod:
    """The month `2026-11`. Raises ValueError (Chinese) for anything else."""
    period = parse_report_period(text)
    if len(period.months) != 1:
        raise ValueError(f"“{text}”不是月份，请写作 2026-11。")
    return period


@transaction.atomic
def drop(upload: Upload, *, author: Author) -> bool:
    """Give an unconfirmed upload up; False where it was confirmed meanwhile. The file is kept."""
    dropped = Upload.objects.filter(pk=upload.pk, state__in=OPEN).update(state=Upload.State.DROPPED)
    if dropped:
        audit.record(author, "notification.drop", f"放弃 {upload.file_name}", about=upload)
    return bool(dropped)


def copy_of(upload: Upload, *, author: Author) -> Upload:
    """The same file with the same columns and corrections, as a new upload that is not checked yet."""
    copy = new_upload(
        name=upload.file_name,
        court=upload.court,
        month=period_of("month", upload.month),
        author=author,
        kind=upload.requested_kind,
        is_addition=upload.is_addition,
    )
    copy.file, copy.layout, copy.corrections = upload.file, upload.layout, upload.corrections
    return copy


@collector_waits()
def _examine(upload: Upload, content: bytes, author: Author, law: Law, say: Say) -> None:
    """Fill in the plan and the report, or why there is none."""
    try:
        checked = examine(content, upload, law, say)
    except UnusableWorkbook as unusable:
        _refuse(upload, unusable)
        return
    say("正在与已有数据比对")
    upload.state, upload.refusal_code, upload.refusal = Upload.State.PLANNED, "", ""
    upload.rows = _stored_rows(checked)
    items = planned_items(upload, checked.facts, author, law)
    upload.plan_hash = plan_hash(upload, items)
    upload.report = report(upload, checked, items)


def _refuse(upload: Upload, unusable: UnusableWorkbook) -> None:
    upload.state = Upload.State.REFUSED
    upload.refusal_code, upload.refusal = unusable.code, unusable.message


def _keep_check(upload: Upload, author: Author) -> None:
    """Save what a check found, unless the upload took effect or was dropped while it ran.

    A confirmation asked for before is void: it meant another plan. The content of an unusable file is not kept.
    """
    useless = None if upload.state == Upload.State.PLANNED or upload.can_match_columns else upload.file
    if useless:
        upload.file = None
    upload.progress, upload.claimed_at, upload.asked_at = "", None, None
    with transaction.atomic():
        if upload.pk is None:
            upload.save()
        elif is_open(upload):
            upload.save(update_fields=CHECKED)
        else:
            return
        _record_check(upload, author)
    if useless:
        discard(useless)


def _record_check(upload: Upload, author: Author) -> None:
    readable = upload.state != Upload.State.REFUSED
    done = f"检查 {upload.file_name}" if readable else f"未能读取 {upload.file_name}：{upload.refusal}"
    audit.record(author, "notification.check", done, about=upload, court=upload.court.code)


def _claim(pk: int, at: datetime) -> bool:
    waiting = Upload.objects.filter(pk=pk, state=Upload.State.WAITING)
    free = waiting.filter(Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM))
    return bool(free.update(claimed_at=at, attempts=F("attempts") + 1))


def _teller(pk: int) -> Say:
    def say(words: str) -> None:
        Upload.objects.filter(pk=pk).update(progress=words)

    return say


def _media_type(content: bytes) -> str:
    return XLSX if content[:2] == b"PK" else XLS


def _stored_rows(checked: Checked) -> dict[str, Any]:
    return {
        "facts": [row.to_json() for row in checked.facts],
        "held": [
            {"sheet": sheet.name, "kind": sheet.kind, "row": row, "values": values}
            for sheet in checked.sheets
            for row, values in sheet.held.items()
        ],
    }
