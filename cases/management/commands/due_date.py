"""due_date: when a period runs out, and why."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from cases.law import current_law
from rules.calendars import CalendarError
from rules.deadlines import Due, ModeNotAllowed, due_date
from rules.rulebook import RuleNotInForce, UnknownRule

UNUSABLE = 2


class Command(BaseCommand):
    help = "按规则库推算期限，如 due_date defence_report --from 2026-10-08。--list 列出全部规则。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rule", nargs="?", help="规则名")
        parser.add_argument("--from", dest="start", help="起算日（当日不计），如 2026-10-08")
        parser.add_argument("--mode", choices=["calendar", "working"])
        parser.add_argument("--list", action="store_true", help="列出全部规则")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, rule: str | None, start: str | None, **options: Any) -> None:
        if options["list"]:
            self._list(as_json=options["json"])
            return
        try:
            due = _due(rule, start, options["mode"])
        except (UnknownRule, RuleNotInForce, ModeNotAllowed, CalendarError, ValueError) as error:
            self.stderr.write(str(error.args[0] if error.args else error))
            raise SystemExit(UNUSABLE) from error
        self.stdout.write(
            json.dumps(due.to_json(), ensure_ascii=False) if options["json"] else due.explanation
        )

    def _list(self, *, as_json: bool) -> None:
        limits = current_law().book.all()
        if as_json:
            rules = [
                {"rule": x.key, "label": x.label, "amount": x.amount, "unit": x.unit, "citation": x.citation}
                for x in limits
            ]
            self.stdout.write(json.dumps(rules, ensure_ascii=False))
            return
        for limit in limits:
            self.stdout.write(f"{limit.key:34} {limit.label}  {limit.citation}")


def _due(rule: str | None, start: str | None, mode: Any) -> Due:
    if not rule or not start:
        raise ValueError("请给出规则名和 --from 起算日；--list 列出全部规则。")
    try:
        starts_on = date.fromisoformat(start)
    except ValueError:
        raise ValueError(f"起算日“{start}”读不出，请写作 2026-10-08。") from None
    law = current_law()
    return due_date(law.book.limit(rule, on=starts_on), starts_on, law.calendar, mode=mode)
