"""demo: the platform with demonstration data, from nothing to a running site; run twice, it changes nothing."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from binzhou_litigation.demo.accounts import PASSWORD, PEOPLE
from binzhou_litigation.demo.round import QUARTER, NotADemonstration, is_demonstration, is_done, make_round
from binzhou_litigation.demo.samples import WORKBOOKS
from binzhou_litigation.demo.serving import ADDRESS, is_taken, serve
from cases.law import current_law
from organisations.clock import today
from organisations.models import User
from organisations.roles import Role


class Command(BaseCommand):
    help = "准备演示数据并启动；--no-serve 只准备。只用于演示，库中有正式账号时不运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="不启动网站")
        parser.add_argument("--address", default=ADDRESS, help=f"网站的地址和端口，默认 {ADDRESS}")

    def handle(self, *, no_serve: bool, address: str, **options: Any) -> None:
        if not no_serve and is_taken(address):
            raise CommandError(f"{address} 已被占用。换一个端口：PORT=8010 make demo")
        call_command("migrate", verbosity=0)
        if User.objects.exists() and not is_demonstration():
            raise CommandError("数据库中已有正式账号，演示数据不能写入。请改用空的 DATA_DIR。")
        if is_done():
            self.stdout.write("演示数据已就绪，未作改动。")
        else:
            self._make()
        self._tell()
        if not no_serve:
            self.stdout.write(f"网站：http://{address}  （Ctrl+C 停止）")
            self.stdout.flush()
            sys.exit(serve(address))

    def _make(self) -> None:
        try:
            make_round(today=today(), law=current_law(), say=self.stdout.write)
        except NotADemonstration as refused:
            raise CommandError(str(refused)) from refused

    def _tell(self) -> None:
        self.stdout.write(f"今天按 {today()} 计。样例工作簿：{WORKBOOKS}")
        self.stdout.write(f"季通报 PDF：{Path(settings.DATA_DIR) / 'out' / f'季通报-{QUARTER}.pdf'}")
        self.stdout.write(f"演示账号（密码都是 {PASSWORD}）：")
        for username, (name, organisation, role) in PEOPLE.items():
            self.stdout.write(f"  {username:12} {Role(role).label} {name}（{organisation}）")
