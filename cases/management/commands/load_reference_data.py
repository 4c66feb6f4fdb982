"""load_reference_data: regions, courts, organisations, aliases, causes, domains; checks rules and calendars."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.record.reference_data import load_causes_and_domains
from organisations.reference import load_organisations
from rules.calendars import load_calendar
from rules.outcomes import load_outcomes
from rules.rulebook import RuleBook


class Command(BaseCommand):
    help = "载入区划、法院、机构、别名、案由，并检查规则与日历。可重复运行，第二次变更 0 项。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只报告，不写入")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, dry_run: bool, json: bool, **options: Any) -> None:
        with transaction.atomic():
            changes = load_organisations() + load_causes_and_domains()
            transaction.set_rollback(dry_run)
        rules = {
            "outcomes": len(load_outcomes()),
            "limits": len(RuleBook.load().keys()),
            "calendar_until": load_calendar().known_until.isoformat(),
        }
        self.stdout.write(_as_json(changes, rules) if json else _as_text(changes, rules))


def _as_json(changes: dict[str, int], rules: dict[str, Any]) -> str:
    return json.dumps(
        {"changes": sum(changes.values()), "by_table": dict(changes), "rules": rules}, ensure_ascii=False
    )


def _as_text(changes: dict[str, int], rules: dict[str, Any]) -> str:
    changes_made = "、".join(f"{table} {count}" for table, count in changes.items() if count) or "无"
    return (
        f"变更 {sum(changes.values())} 项（{changes_made}）。"
        f"裁判结果 {rules['outcomes']} 种，期限规则 {rules['limits']} 条，日历至 {rules['calendar_until']}。"
    )
