"""verify_audit: recompute every seal of the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand

from organisations.audit import broken_links
from organisations.models import AuditEntry

DIFFERS = 1


class Command(BaseCommand):
    help = "重算审计记录的散列链。退出码：0 一致，1 有不一致。"

    def handle(self, **options: Any) -> None:
        broken = broken_links()
        if broken:
            self.stdout.write(
                f"{len(broken)} 条与散列不一致，第一条编号 {broken[0]}。请保全现场并从备份比对。"
            )
            raise SystemExit(DIFFERS)
        self.stdout.write(f"{AuditEntry.objects.count()} 条全部一致。")
