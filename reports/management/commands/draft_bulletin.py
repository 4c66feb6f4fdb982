"""draft_bulletin: make or refresh a draft and its PDF."""

import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cases.law import Law, current_law
from lib.pdf import PdfFile
from organisations.authors import Author
from organisations.clock import this_moment
from organisations.models import Region
from reports.bulletins.bulletins import keep_draft, prepare_draft
from reports.figures.scopes import scope_of
from reports.management.commands._period_of_region import UNUSABLE, ask_for_period_and_region
from reports.models import Bulletin
from rules.report_periods import ReportPeriod

Asked = tuple[str, ReportPeriod, Region, Author, Law]


class Command(BaseCommand):
    help = "拟稿或更新一份通报并生成 PDF。退出码：0 完成，2 参数不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", required=True, choices=Bulletin.Kind.values)
        ask_for_period_and_region(parser)
        parser.add_argument("--out", type=Path, help="把 PDF 写到此处")
        parser.add_argument("--dry-run", action="store_true", help="只试做，什么也不写：不存草稿，不写 PDF")

    def handle(self, *, kind: str, period: str, region: str, **options: Any) -> None:
        try:
            asked = (kind, *scope_of(period, region), Author(this_moment()), current_law())
            bulletin = (
                _tried(*prepare_draft(*asked)) if options["dry_run"] else _drafted(asked, options["out"])
            )
        except (ValueError, OSError) as error:
            self.stderr.write(str(error))
            raise SystemExit(UNUSABLE) from error
        self.stdout.write(json.dumps(bulletin, ensure_ascii=False) if options["json"] else _as_text(bulletin))


def _tried(bulletin: Bulletin, pdf: PdfFile) -> dict[str, Any]:
    return _told(bulletin, hashlib.sha256(pdf.content).hexdigest()) | {"out": None}


def _drafted(asked: Asked, out: Path | None) -> dict[str, Any]:
    """A draft whose PDF cannot be written where it was asked for is not kept either."""
    prepared, pdf = prepare_draft(*asked)
    if out:
        out.write_bytes(pdf.content)
    bulletin = keep_draft(prepared, pdf, asked[3])
    assert bulletin.pdf is not None
    return _told(bulletin, bulletin.pdf.digest) | {"out": str(out) if out else None}


def _told(bulletin: Bulletin, digest: str) -> dict[str, Any]:
    return {
        "id": bulletin.pk,
        "kind": bulletin.kind,
        "period": bulletin.period,
        "region": bulletin.region_id,
        "title": bulletin.title,
        "state": bulletin.state,
        "as_of": bulletin.as_of.isoformat(),
        "snapshot_hash": bulletin.snapshot_hash,
        "pdf_sha256": digest,
    }


def _as_text(stated: dict[str, Any]) -> str:
    place = f"，PDF 写到 {stated['out']}" if stated["out"] else ""
    return f"草稿：{stated['title']}（快照 {stated['snapshot_hash'][:12]}{place}）"
