"""receive_notification: what a clerk does on the upload page, from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from cases.law import current_law
from courts.models import Upload
from courts.notifications.acknowledgement import acknowledgement_of, header_rows_of, marks_of
from courts.notifications.confirmation import AlreadyConfirmed, Answers, Refused, confirm, expected_effects
from courts.notifications.effects import with_deadlines
from courts.uploads.planning import draft_upload, month_of, plan_upload
from courts.uploads.questions import month_asked
from lib.annotate import annotate
from lib.sheets import MAX_FILE_BYTES
from organisations.authors import Author
from organisations.clock import this_moment
from organisations.models import CourtCode, Organisation

DONE, NEEDS_A_PERSON, UNUSABLE = 0, 1, 2


class Command(BaseCommand):
    help = "检查法院的月度通报；加 --confirm 使无误的行生效。退出码：0 完成，1 有行暂存待办，2 文件或参数不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--court", required=True, help="法院代字，如 鲁1602")
        parser.add_argument("--month", required=True, help="通报月份，如 2026-11")
        parser.add_argument(
            "--kind", choices=["schedule", "appearances", "judgments", "auto"], default="auto"
        )
        parser.add_argument("--confirm", action="store_true")
        parser.add_argument("--addition", action="store_true", help="只补充几行，本月已报的其余各行不变")
        parser.add_argument("--reason", default="", help="更正原因，再次报送同一月份时写入新版")
        parser.add_argument(
            "--month-is-right", action="store_true", help="表里写的是别的月份，仍按 --month 提交"
        )
        parser.add_argument("--dry-run", action="store_true", help="只检查，什么也不保存")
        parser.add_argument("--annotated", type=Path, help="把标注了问题的工作簿写到此处")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file: Path, court: str, month: str, json: bool, **options: Any) -> None:
        upload = self._planned(file, court, month, options)
        if upload.state == Upload.State.REFUSED:
            self._refuse(upload.refusal_code, upload.refusal)
        if options["annotated"] and not options["dry_run"]:
            annotate(file, options["annotated"], marks_of(upload), header_rows_of(upload))
        if options["confirm"] and not options["dry_run"]:
            self._require_month(upload, options["month_is_right"])
            confirmed = self._confirm(upload, options["reason"])
        else:
            confirmed = upload
        self.stdout.write(_as_json(upload, confirmed) if json else _as_text(upload, confirmed))
        if any(sheet["held"] for sheet in upload.report["sheets"]):
            raise SystemExit(NEEDS_A_PERSON)

    def _planned(self, file: Path, court: str, month: str, options: dict[str, Any]) -> Upload:
        plan = draft_upload if options["dry_run"] else plan_upload
        try:
            return plan(
                _content(file),
                name=file.name,
                court=_court(court),
                month=month_of(month),
                kind=options["kind"],
                is_addition=options["addition"],
                author=Author(this_moment()),
                law=current_law(),
            )
        except OSError:
            self._refuse("arguments", f"读不到文件“{file}”，请核对路径。")
        except ValueError as error:
            self._refuse("arguments", str(error))

    def _require_month(self, upload: Upload, sure: bool) -> None:
        if (told := month_asked(upload)) and not sure:
            self.stderr.write(
                f"表里写的是 {told}，没有提交。请改 --month；月份没有错的，加 --month-is-right。"
            )
            raise SystemExit(NEEDS_A_PERSON)

    def _confirm(self, upload: Upload, reason: str) -> Upload:
        """The upload whose receipt stands: this one, or the earlier one that said the same."""
        try:
            return confirm(
                upload, author=Author(this_moment()), law=current_law(), answers=Answers(reason=reason)
            )
        except AlreadyConfirmed as done:
            self.stderr.write(str(done))
            return done.upload
        except Refused as refused:
            self.stderr.write(str(refused))
            raise SystemExit(NEEDS_A_PERSON) from refused

    def _refuse(self, code: str, message: str) -> NoReturn:
        error = {"error": {"code": code, "message": message}}
        self.stdout.write(json.dumps(error, ensure_ascii=False))
        self.stderr.write(message)
        raise SystemExit(UNUSABLE)


def _content(file: Path) -> bytes:
    """The file, but no more of it than tells that it is too large."""
    with file.open("rb") as opened:
        return opened.read(MAX_FILE_BYTES + 1)


def _court(code: str) -> Organisation:
    known = CourtCode.objects.filter(code=code).select_related("court__region").first()
    if known is None:
        raise ValueError(f"名录中没有法院“{code}”。请先运行 load_reference_data，或核对法院代字。")
    return known.court


def _as_json(upload: Upload, confirmed: Upload) -> str:
    """What this upload did, which is nothing where an earlier one did it, and the receipt that stands."""
    document = {
        "court": upload.court.code,
        "month": f"{upload.month:%Y-%m}",
        "file_sha256": upload.file.digest if upload.file else "",
        "plan": upload.plan_hash,
        "confirmed": confirmed.state == Upload.State.CONFIRMED,
        "sheets": _sheets(upload, confirmed),
        "questions": upload.report.get("questions", []),
        "issues": upload.report["issues"],
        "unmatched_agencies": upload.report["unmatched_agencies"],
        "receipt": acknowledgement_of(confirmed),
    }
    return json.dumps(document, ensure_ascii=False)


def _sheets(upload: Upload, confirmed: Upload) -> list[dict[str, Any]]:
    """The counts by sheet, with the deadlines that a confirmation brings or has brought; unknown in a dry run."""
    if confirmed.state == Upload.State.CONFIRMED:
        created = confirmed.effects.get("created", {}) if confirmed.pk == upload.pk else {}
        return with_deadlines(upload.report["sheets"], created)
    if upload.pk is None:
        return upload.report["sheets"]
    try:
        effects = expected_effects(upload, author=Author(this_moment()), law=current_law())
    except Refused:
        return with_deadlines(upload.report["sheets"], {})
    return with_deadlines(upload.report["sheets"], effects.created)


def _as_text(upload: Upload, confirmed: Upload) -> str:
    lines = [
        f"{s['sheet']}：读取 {s['rows_read']} 行，接受 {s['accepted']}（新增 {s['added']}、变更 {s['changed']}、"
        f"无变化 {s['unchanged']}），暂存 {s['held']}，忽略 {s['ignored']}，上次有这次没有 {s['missing']}"
        for s in upload.report["sheets"]
    ]
    lines += [f"  第 {i['row']} 行 {i['cell']} {i['message']}{i['fix']}" for i in upload.report["issues"]]
    lines.append(f"回执编号 {confirmed.number}" if confirmed.number else "尚未提交，加 --confirm 提交。")
    return "\n".join(lines)
