"""discrepancies: what courts and agencies state differently in a period."""

import json as json_module
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cases.comparison.finding import find_everywhere
from cases.law import current_law
from cases.models import Discrepancy
from organisations.authors import Author
from organisations.clock import this_moment
from reports.figures.scopes import scope_of
from reports.management.commands._period_of_region import UNUSABLE, ask_for_period_and_region
from reports.reconciliation.listing import listing
from rules.authority import Fact

SOME_OPEN = 1


class Command(BaseCommand):
    help = (
        "法院与机关对同一事实的说法逐项比对，列出不一致的。可重复运行；只比对，不作认定。"
        "退出码：0 没有待核对的，1 有待核对的，2 参数不能用。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        ask_for_period_and_region(parser)

    def handle(self, *, period: str, region: str, json: bool, **options: Any) -> None:
        try:
            scope = scope_of(period, region)
        except ValueError as error:
            self.stderr.write(str(error.args[0]))
            raise SystemExit(UNUSABLE) from error
        find_everywhere(law=current_law(), author=Author(this_moment()))
        document = listing(*scope)
        self.stdout.write(json_module.dumps(document, ensure_ascii=False) if json else _as_text(document))
        if document["open"]:
            raise SystemExit(SOME_OPEN)


def _as_text(stated: dict[str, Any]) -> str:
    if not stated["items"]:
        return "全部一致，可直接取数。"
    return "\n".join(
        [f"待核对 {stated['open']} 条，共 {len(stated['items'])} 条：", *map(_line, stated["items"])]
    )


def _line(item: dict[str, Any]) -> str:
    state = Discrepancy.State(item["state"]).label
    says = f"法院：{item['court_says']}；机关：{item['agency_says']}"
    return f"  {item['case']} {item['agency']} {Fact.of(item['fact']).label} [{state}] {says}"
