"""verify_bulletin: recompute a bulletin and compare."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reports.bulletins.verification import NotAPdf, differences, find_bulletin

DIFFERS, UNUSABLE = 1, 2


class Command(BaseCommand):
    help = "核对通报的快照、PDF 和数字。退出码：0 一致，1 有不一致，2 文件或文号不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bulletin", help="PDF 文件或文号，如 滨司通〔2026〕12号")

    def handle(self, *, bulletin: str, **options: Any) -> None:
        try:
            found = find_bulletin(bulletin)
        except (NotAPdf, OSError) as error:
            self.stderr.write(str(error))
            raise SystemExit(UNUSABLE) from error
        faults = (
            differences(found)
            if found
            else ["文件与平台保存的任何一份通报都不一致：内容被改动过，或者不是本平台生成。"]
        )
        self.stdout.write("\n".join(faults) or f"一致：{found}")
        if faults:
            raise SystemExit(DIFFERS)
