"""sweep: what beat runs, by hand or for another day."""

import json as json_module
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.law import current_law
from organisations.authors import Author
from organisations.clock import this_moment, today
from supervision.sweep.sweeping import sweep

UNUSABLE = 2


class Command(BaseCommand):
    help = "推定生效、发出到期的提醒、列出未收到的通报。可重复运行，可补办。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", help="按这一天办理，如 2026-11-06")
        parser.add_argument("--dry-run", action="store_true", help="只报告，不写入")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, dry_run: bool, json: bool, **options: Any) -> None:
        try:
            on = date.fromisoformat(options["today"]) if options["today"] else today()
        except ValueError as error:
            self.stderr.write(f"日期“{options['today']}”读不出，请写作 2026-11-06。")
            raise SystemExit(UNUSABLE) from error
        with transaction.atomic():
            result = sweep(on=on, author=Author(this_moment()), law=current_law())
            transaction.set_rollback(dry_run)
        if json:
            self.stdout.write(json_module.dumps(result, ensure_ascii=False))
            return
        raised = "、".join(f"{step} {count}" for step, count in result["raised"].items()) or "无"
        self.stdout.write(
            f"推定生效 {result['effective']} 件；提醒：{raised}；未收到的通报 {len(result['absent'])} 项。"
        )
