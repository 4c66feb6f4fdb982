"""draft_bulletin: make or refresh a draft and its PDF."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.law import current_law
from organisations.authors import Author
from organisations.clock import this_moment
from organisations.files import read
from reports.bulletins import draft_bulletin
from reports.models import Bulletin
from reports.scopes import scope_of

UNUSABLE = 2


class Command(BaseCommand):
    help = "拟稿或更新一份通报并生成 PDF。退出码：0 完成，2 参数不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", required=True, choices=Bulletin.Kind.values)
        parser.add_argument("--period", required=True, help="如 2026-10、2026Q3、2026H1、2026")
        parser.add_argument("--region", required=True, help="区划代码，如 371600")
        parser.add_argument("--out", type=Path, help="把 PDF 写到此处")
        parser.add_argument("--dry-run", action="store_true", help="只试做，不保存草稿")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, kind: str, period: str, region: str, **options: Any) -> None:
        try:
            when, where = scope_of(period, region)
            with transaction.atomic():
                bulletin = draft_bulletin(kind, when, where, Author(this_moment()), current_law())
                told = _told(bulletin, options["out"])
                transaction.set_rollback(options["dry_run"])
        except (ValueError, OSError) as error:
            self.stderr.write(str(error))
            raise SystemExit(UNUSABLE) from error
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _as_text(told))


def _told(bulletin: Bulletin, out: Path | None) -> dict[str, Any]:
    if out and bulletin.pdf:
        out.write_bytes(read(bulletin.pdf))
    return {
        "id": bulletin.pk,
        "kind": bulletin.kind,
        "period": bulletin.period,
        "region": bulletin.region_id,
        "title": bulletin.title,
        "state": bulletin.state,
        "as_of": bulletin.as_of.isoformat(),
        "snapshot_hash": bulletin.snapshot_hash,
        "pdf_sha256": bulletin.pdf_id,
        "out": str(out) if out else None,
    }


def _as_text(told: dict[str, Any]) -> str:
    place = f"，PDF 写到 {told['out']}" if told["out"] else ""
    return f"草稿：{told['title']}（快照 {told['snapshot_hash'][:12]}{place}）"
