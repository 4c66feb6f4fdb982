"""rank: the supervision ranking of a period."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from organisations.clock import this_moment
from reports.figures.scopes import scope_of
from reports.management.commands._period_of_region import UNUSABLE, ask_for_period_and_region
from reports.scoring.ranking import GROUPS, make_ranking, ranking_json
from rules.strict_toml import DataFileError


class Command(BaseCommand):
    help = "按评分细则计分排名。退出码：0 完成，2 参数不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        ask_for_period_and_region(parser)
        parser.add_argument("--group", choices=[*GROUPS, "all"], default="all")

    def handle(self, *, period: str, region: str, group: str, **options: Any) -> None:
        moment = this_moment()
        try:
            when, where = scope_of(period, region)
            ranking = make_ranking(when, where, moment, group)
        except (ValueError, DataFileError) as error:
            self.stderr.write(str(error))
            raise SystemExit(UNUSABLE) from error
        document = ranking_json(ranking, where, localtime(moment).isoformat())
        self.stdout.write(json.dumps(document, ensure_ascii=False) if options["json"] else _as_text(document))


def _as_text(stated: dict[str, Any]) -> str:
    lines = [f"细则 {stated['scheme']}"]
    for group in stated["groups"]:
        lines.append(f"{group['label']}：")
        lines += [
            f"  {_place(row)}  {row['name']}  {row['score']}（开庭 {row['heard']} 件）"
            for row in group["rows"]
        ]
        if group["unranked"]:
            lines.append(f"  不排名 {len(group['unranked'])} 家：{group['unranked'][0]['reason']}")
    return "\n".join(lines)


def _place(row: dict[str, Any]) -> str:
    return f"{'并列' if row['tied'] else ''}第 {row['rank']} 名"
