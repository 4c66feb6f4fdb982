"""figures: every measure of a period with its ids."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from organisations.clock import this_moment
from reports.figures.figures import UnknownMeasure, figures
from reports.figures.scopes import scope_of
from reports.management.commands._period_of_region import UNUSABLE, ask_for_period_and_region


class Command(BaseCommand):
    help = "一个报告期的全部指标。退出码：0 完成，2 参数不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        ask_for_period_and_region(parser)
        parser.add_argument("--measure", action="append", help="只要这一项，可重复")

    def handle(self, *, period: str, region: str, json: bool, **options: Any) -> None:
        try:
            document = figures(*scope_of(period, region), this_moment(), options["measure"])
        except (ValueError, UnknownMeasure) as error:
            self.stderr.write(str(error.args[0]))
            raise SystemExit(UNUSABLE) from error
        self.stdout.write(_as_json(document) if json else _as_text(document))


def _as_json(stated: dict[str, Any]) -> str:
    return json.dumps(stated, ensure_ascii=False)


def _as_text(stated: dict[str, Any]) -> str:
    lines = [
        f"{row['label']}：{row['rate'] + '%' if row['rate'] else '—'}（{row['numerator']}/{row['denominator']}，"
        f"另有 {len(row['excluded'])} 件不计入）"
        for row in stated["measures"]
    ]
    return "\n".join(lines)
