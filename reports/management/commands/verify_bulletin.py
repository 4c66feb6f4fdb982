"""verify_bulletin: whether a bulletin is whole, and which facts have moved since."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reports.bulletins.verification import NotAPdf, altered, find_bulletin, moved

ALTERED, UNUSABLE = 1, 2
FOREIGN = "文件与平台保存的任何一份通报都不一致：内容被改动过，或者不是本平台生成。"
AGREES = "数字与现有数据一致。"
MOVED = "此后有变动的事实（变动不改变已印发的文件，以上期补报处理）："


class Command(BaseCommand):
    help = "核对通报的快照和 PDF，列出此后变动的事实。退出码：0 文件完整，1 被改动，2 文件或文号不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bulletin", help="PDF 文件或文号，如 滨司通〔2026〕12号")

    def handle(self, *, bulletin: str, **options: Any) -> None:
        try:
            found = find_bulletin(bulletin)
        except (NotAPdf, OSError) as error:
            self.stderr.write(str(error))
            raise SystemExit(UNUSABLE) from error
        faults = altered(found) if found else [FOREIGN]
        if faults:
            self.stdout.write("\n".join(faults))
            raise SystemExit(ALTERED)
        assert found is not None
        since = moved(found)
        self.stdout.write("\n".join([f"文件完整：{found}。{AGREES if not since else MOVED}", *since]))
