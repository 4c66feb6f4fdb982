"""administrator: make one of the three administrators, or give one a fresh first password, on the server."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations.accounts import create_account, give_post, reset_password
from organisations.authors import Author
from organisations.clock import this_moment
from organisations.models import Organisation, Post, User
from organisations.roles import ADMINISTRATORS

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "在服务器上建立系统、安全、审计管理员；账号已有该身份时只重置密码。"
        "初始密码显示一次。退出码：0 完成，2 参数有误。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", choices=sorted(ADMINISTRATORS))
        parser.add_argument("username")
        parser.add_argument("--name", help="姓名，新建账号时须填")
        parser.add_argument("--organisation", default="BZ-SF", help="单位代码，默认 BZ-SF")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def handle(self, *, role: str, username: str, organisation: str, **options: Any) -> None:
        try:
            with transaction.atomic():
                password = _appoint(
                    role, username, options["name"], Organisation.objects.get(code=organisation)
                )
                transaction.set_rollback(options["dry_run"])
        except Organisation.DoesNotExist as error:
            raise CommandError(
                f"没有代码为 {organisation} 的单位，请先载入名录。", returncode=UNUSABLE
            ) from error
        except ValidationError as error:
            raise CommandError(error.messages[0], returncode=UNUSABLE) from error
        words = (
            "检查通过，没有写入。"
            if options["dry_run"]
            else f"初始密码 {password}，只显示这一次，首次登录须修改。"
        )
        self.stdout.write(f"{username}：{words}")


def _appoint(role: str, username: str, name: str | None, organisation: Organisation) -> str:
    author = Author(at=this_moment())
    user = User.objects.filter(username=username).first()
    if user is None:
        if not name:
            raise ValidationError("新建账号须用 --name 写明姓名。")
        user, password = create_account(username=username, name=name, author=author)
        give_post(user=user, organisation=organisation, role=role, author=author)
        return password
    if not Post.objects.active(on=author.on).filter(user=user, role=role).exists():
        raise ValidationError(f"账号 {username} 已存在，但不担任此管理员。请另取账号。")
    return reset_password(user, author=author)
