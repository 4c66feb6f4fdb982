"""A workbook read, checked and planned. Nothing takes effect here."""

import hashlib
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from cases.intake.intake import Intake, Origin, RowEffect
from cases.intake.row_facts import RowFacts
from cases.law import Law
from courts.checking.checks import Checked, Context, Say, check, silent
from courts.checking.later_words import LATER_WORD, later_words
from courts.models import Upload
from courts.sheets.layouts import layout_of, vocabulary_of
from courts.sheets.reading import recognise
from courts.sheets.remarks import remarks_on
from courts.uploads.corrections import TAKEN_IN, apply_corrections
from courts.uploads.questions import questions_about
from courts.uploads.report import plan_hash, report, said_before
from lib.garbage import collector_waits
from lib.sheets import MAX_FILE_BYTES
from lib.workbooks import UnusableWorkbook, Workbook, read_workbook
from organisations import audit
from organisations.authors import Author
from organisations.files import read, store
from organisations.models import Organisation, StoredFile
from rules.report_periods import ReportPeriod, parse_report_period, period_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


XLS = "application/vnd.ms-excel"


NO_KNOWN_SHEET = UnusableWorkbook(
    "no_known_sheet",
    "没有找到排庭、出庭或裁判表：前 15 行中须有表头，至少包括案号和该表的其他列。请下载模板对照，或检查是否选错文件。",
)


TOO_LARGE = UnusableWorkbook(
    "too_large", f"文件超过 {MAX_FILE_BYTES // 2**20} MB。请删去图片和无关的工作表，再上传。"
)


class MonthTooFar(ValueError):
    """Nothing can be told of that month yet; the message says which is the last one."""

    def __init__(self, month: ReportPeriod, last: ReportPeriod) -> None:
        super().__init__(f"{month.label}还不能报送，最远可报下月（{last.label}）。请核对月份。")


EMPTY = UnusableWorkbook("empty", "表头下面没有数据行。如本月没有此项，请选“零通报”。")


def plan_upload(content: bytes, *, author: Author, law: Law, **said: Any) -> Upload:
    """Check and plan a workbook. An unusable one is kept as a refusal (code and reason), without its content.

    `said` is what the court says: see `new_upload`. A file whose headers alone were not understood is kept, so that
    a person can say which column is which.
    """
    upload = draft_upload(content, author=author, law=law, **said)
    if upload.file is not None:
        upload.file = store(content, media_type=upload.file.media_type, at=author.at)
    with transaction.atomic():
        upload.save()
        record_check(upload, author)
    return upload


def draft_upload(content: bytes, *, author: Author, law: Law, **said: Any) -> Upload:
    """What `plan_upload` would keep; nothing is written."""
    upload = new_upload(author=author, **said)
    upload.file = StoredFile(digest=hashlib.sha256(content).hexdigest(), media_type=media_type(content))
    fill_in(upload, content, author, law, silent)
    if upload.state == Upload.State.REFUSED and not upload.can_match_columns:
        upload.file = None
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

    `key` is the caller's idempotency key and `digest` that of everything sent with it. Raises MonthTooFar.
    """
    require_month_open(month, author.on)
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
        mandate_id=author.behalf.mandate if author.behalf else None,
    )


def require_month_open(month: ReportPeriod, on: date) -> None:
    """A court tells of this month and the next, and of any before. Raises MonthTooFar."""
    last = period_of("month", on).following()
    if month.first > last.first:
        raise MonthTooFar(month, last)


def examine(content: bytes, upload: Upload, law: Law, on: date, say: Say = silent) -> Checked:
    """Read and check a workbook as the upload says (court, month, kind, columns, corrected cells); stores nothing.

    `on` is the day of receipt, after which nothing can have happened. Raises UnusableWorkbook.
    """
    say("正在读取工作簿")
    book = read_content(content)
    sheets = recognise(
        book,
        upload.requested_kind,
        vocabulary=vocabulary_of(upload.court),
        layout=layout_of(upload),
        taken_in={(each["sheet"], each["row"]) for each in upload.affirmed if each["code"] == TAKEN_IN},
    )
    if not sheets:
        raise NO_KNOWN_SHEET
    if not any(sheet.rows for sheet in sheets):
        raise EMPTY
    apply_corrections(sheets, upload.corrections)
    affirmed = [(each["sheet"], each["row"], each["code"]) for each in upload.affirmed]
    checked = check(sheets, Context(upload.court, period_of("month", upload.month), law, on, affirmed), say)
    checked.remarks = remarks_on(book, sheets)
    checked.questions = questions_about(book, sheets, upload, checked)
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
    affirmed = {(each["sheet"], each["row"]) for each in upload.affirmed if each["code"] == LATER_WORD}
    return Origin(
        upload.court,
        author,
        upload.file,
        upload.file_name,
        upload.number or "",
        upload.month,
        corrected,
        affirmed=frozenset(affirmed),
        said_before=said_before(upload),
        is_addition=upload.is_addition,
        entry=upload.entry,
    )


def planned_items(upload: Upload, facts: list[RowFacts], author: Author, law: Law) -> list[RowEffect]:
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
    dropped = Upload.objects.changeable().filter(pk=upload.pk).update(state=Upload.State.DROPPED)
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
    copy.file, copy.layout = upload.file, upload.layout
    copy.corrections, copy.affirmed = upload.corrections, upload.affirmed
    return copy


@collector_waits()
def fill_in(upload: Upload, content: bytes, author: Author, law: Law, say: Say) -> None:
    """Fill in the plan and the report, or why there is none."""
    try:
        checked = examine(content, upload, law, author.on, say)
    except UnusableWorkbook as unusable:
        refuse(upload, unusable)
        return
    say("正在与已有数据比对")
    upload.state, upload.refusal_code, upload.refusal = Upload.State.PLANNED, "", ""
    upload.rows = _stored_rows(checked)
    items = planned_items(upload, checked.facts, author, law)
    checked.issues += later_words(checked.facts, items)
    upload.plan_hash = plan_hash(upload, items)
    upload.report = report(upload, checked, items)


def refuse(upload: Upload, unusable: UnusableWorkbook) -> None:
    upload.state = Upload.State.REFUSED
    upload.refusal_code, upload.refusal = unusable.code, unusable.message


def record_check(upload: Upload, author: Author) -> None:
    readable = upload.state != Upload.State.REFUSED
    done = f"检查 {upload.file_name}" if readable else f"未能读取 {upload.file_name}：{upload.refusal}"
    audit.record(author, "notification.check", done, about=upload, court=upload.court.code)


def media_type(content: bytes) -> str:
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
