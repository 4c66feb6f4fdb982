"""parse_case_number: how texts read as 案号."""

import json as json_module
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from rules.case_numbers import to_json

NEEDS_A_PERSON = 1


class Command(BaseCommand):
    help = "把文字读作案号，每个参数一个。有读不出的退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("texts", nargs="+")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, texts: list[str], json: bool, **options: Any) -> None:
        read = [to_json(text) for text in texts]
        if json:
            self.stdout.write(json_module.dumps(read, ensure_ascii=False))
        else:
            for one in read:
                self.stdout.write(_as_text(one))
        if not all(one["ok"] for one in read):
            raise SystemExit(NEEDS_A_PERSON)


def _as_text(read: dict[str, Any]) -> str:
    return read["display"] if read["ok"] else f"{read['text']}：{read['error']['message']}"
