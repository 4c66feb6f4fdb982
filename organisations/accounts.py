"""Accounts and posts: made by one administrator, given rights by another (三员分立)."""

import secrets
import string
from datetime import timedelta

from django.db import transaction

from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation, PastPassword, Post, User

LENGTH_OF_FIRST_PASSWORD = 14
ALPHABET = string.ascii_letters.translate({ord(c): None for c in "lIO"}) + "23456789"


@transaction.atomic
def create_account(*, username: str, name: str, email: str = "", phone: str = "", author: Author) -> tuple[User, str]:
    """A new account without any right, and its first password, which must be changed at the first sign-in."""
    password = _first_password()
    user = User.objects.create_user(username, name=name, password=password, email=email)
    user.phone, user.must_change_password = phone, True
    user.save()
    audit.record(author, "account.create", f"建立账号 {username}（{name}）", about=user)
    return user, password


@transaction.atomic
def reset_password(user: User, *, author: Author) -> str:
    """A fresh first password; the old one and all sessions end."""
    password = _first_password()
    replace_password(user, password, author=author)
    user.must_change_password = True
    user.save(update_fields=["must_change_password"])
    audit.record(author, "password.reset", f"重置 {user.username} 的密码", about=user)
    return password


def replace_password(user: User, password: str, *, author: Author) -> None:
    """Set a password and remember the old one's hash."""
    PastPassword.objects.create(user=user, password=user.password, replaced_at=author.at)
    user.set_password(password)
    user.password_changed_at = author.at
    user.save()


@transaction.atomic
def end_account(user: User, *, author: Author) -> None:
    """Switch an account off; it cannot sign in and its sessions are worth nothing from the next request on."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(author, "account.end", f"停用账号 {user.username}", about=user)


@transaction.atomic
def give_post(*, user: User, organisation: Organisation, role: str, author: Author) -> Post:
    """Let a person act in a role for an organisation."""
    post, _ = Post.objects.update_or_create(
        user=user, organisation=organisation, role=role, defaults={"valid_to": None}
    )
    audit.record(author, "post.give", f"授予 {user.username} 身份 {post}", about=post)
    return post


@transaction.atomic
def take_post(post: Post, *, author: Author) -> None:
    """End a post; it stays on record with the day it ended."""
    post.valid_to = author.on - timedelta(days=1)
    post.save(update_fields=["valid_to"])
    audit.record(author, "post.take", f"撤销 {post.user.username} 的身份 {post}", about=post)


def _first_password() -> str:
    """Random, and of all the classes that the policy asks for."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH_OF_FIRST_PASSWORD - 3)) + "-" + "".join(
        (secrets.choice("23456789"), secrets.choice(string.ascii_uppercase))
    )
