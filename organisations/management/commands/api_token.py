"""api_token: give another system a key to act in a post, or take it back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations import audit
from organisations.api import issue_token
from organisations.authors import Author
from organisations.clock import this_moment, today
from organisations.models import ApiToken, Post


class Command(BaseCommand):
    help = "签发接口令牌：api_token issue 账号 --label 用途；撤销：api_token revoke 账号 --label 用途。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["issue", "revoke"])
        parser.add_argument("username")
        parser.add_argument("--label", required=True, help="用途，如 法院审判系统")
        parser.add_argument("--dry-run", action="store_true")

    @transaction.atomic
    def handle(self, *, action: str, username: str, label: str, dry_run: bool, **options: Any) -> None:
        post = Post.objects.active(on=today()).filter(user__username=username).first()
        if post is None:
            raise CommandError(f"账号“{username}”没有有效的身份。", returncode=2)
        author = Author(this_moment())
        if action == "issue":
            self.stdout.write(issue_token(post, label=label, at=author.at))
            self.stderr.write("令牌只显示这一次，请交对方系统保存。")
        else:
            self._revoke(post, label, author)
        audit.record(author, f"token.{action}", f"{post} 的接口令牌“{label}”", about=post)
        transaction.set_rollback(dry_run)

    def _revoke(self, post: Post, label: str, author: Author) -> None:
        tokens = list(ApiToken.objects.filter(post=post, label=label, revoked_at=None))
        for token in tokens:
            token.revoke(at=author.at)
        self.stdout.write(f"已撤销 {len(tokens)} 个令牌。")
