"""import_history: the old ledgers of a region, from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from cases.law import current_law
from courts.history.importing import Imported, import_ledger
from courts.history.reading import LedgerFile, court_of, region_of
from courts.models import HistoryImport
from lib.sheets import MAX_FILE_BYTES
from lib.workbooks import UnusableWorkbook
from organisations.authors import Author
from organisations.clock import this_moment
from organisations.models import Region

NEEDS_A_PERSON, UNUSABLE = 1, 2


class Command(BaseCommand):
    help = (
        "检查 2018—2025 年的历史台账；加 --confirm 使无误的行入库，只作为事实和指标，不起算期限、不提醒。"
        "退出码：0 完成，1 有行暂存待办，2 文件或参数不能用。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--region", required=True, help="台账所属区划，如 371602")
        parser.add_argument("--year", type=int, help="台账年份；不写则看文件名、工作表名和案号")
        parser.add_argument("--confirm", action="store_true")
        parser.add_argument("--dry-run", action="store_true", help="只检查，什么也不保存")
        parser.add_argument(
            "--column", action="append", default=[], metavar="表头=列", help="自己的表头指哪一列，可重复"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file: Path, region: str, json: bool, **options: Any) -> None:
        ledger, imported = self._imported(file, region, options)
        for words in imported.report["remarks"]:
            self.stderr.write(words)
        told = _as_json(ledger.region, imported) if json else _as_text(imported)
        self.stdout.write(told)
        if imported.held:
            raise SystemExit(NEEDS_A_PERSON)

    def _imported(self, file: Path, region: str, options: dict[str, Any]) -> tuple[LedgerFile, Imported]:
        confirm = options["confirm"] and not options["dry_run"]
        columns = tuple(options["column"])
        try:
            ledger = LedgerFile(file.name, _content(file), region_of(region), options["year"], columns)
            author = Author(this_moment())
            return ledger, import_ledger(ledger, author=author, law=current_law(), confirm=confirm)
        except OSError:
            self._refuse("arguments", f"读不到文件“{file}”，请核对路径。")
        except UnusableWorkbook as unusable:
            self._refuse(unusable.code, unusable.message)
        except ValueError as error:
            self._refuse("arguments", str(error))

    def _refuse(self, code: str, message: str) -> NoReturn:
        error = {"error": {"code": code, "message": message}}
        self.stdout.write(json.dumps(error, ensure_ascii=False))
        self.stderr.write(message)
        raise SystemExit(UNUSABLE)


def _content(file: Path) -> bytes:
    """The file, but no more of it than tells that it is too large."""
    with file.open("rb") as opened:
        return opened.read(MAX_FILE_BYTES + 1)


def _as_json(region: Region, imported: Imported) -> str:
    """As `receive_notification` tells it; `court` is the one as whose the names are read, and there is no month."""
    document = {
        "region": region.pk,
        "year": imported.year,
        "court": court_of(region).code,
        "month": None,
        "file_sha256": imported.digest,
        "plan": imported.plan,
        "confirmed": imported.receipt is not None,
        "questions": [],  # of a month, which a ledger has none of
        **imported.report,
        "receipt": _receipt(imported.receipt),
    }
    return json.dumps(document, ensure_ascii=False)


def _receipt(done: HistoryImport | None) -> dict[str, Any] | None:
    if done is None:
        return None
    return {
        "number": done.number,
        "at": localtime(done.imported_at).isoformat(),
        "versions": {},
        "deadlines": {},
    }


def _as_text(imported: Imported) -> str:
    lines = [
        f"{s['sheet']}（{imported.year}年）：读取 {s['rows_read']} 行，接受 {s['accepted']}（新增 {s['added']}、"
        f"变更 {s['changed']}、无变化 {s['unchanged']}），暂存 {s['held']}，忽略 {s['ignored']}"
        for s in imported.report["sheets"]
    ]
    lines += [f"  第 {i['row']} 行 {i['cell']} {i['message']}{i['fix']}" for i in imported.report["issues"]]
    done = imported.receipt
    lines.append(f"回执编号 {done.number}" if done else "尚未入库，加 --confirm 入库。")
    return "\n".join(lines)
