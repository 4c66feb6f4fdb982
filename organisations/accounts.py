"""Accounts and posts: made by one administrator, given rights by another (三员分立)."""

import secrets
import string
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from organisations import audit
from organisations.authors import Author
from organisations.models import AuditEntry, Organisation, PastPassword, Post, User
from organisations.roles import ADMINISTRATORS

LENGTH_OF_FIRST_PASSWORD = 14
# Letters and digits that are not mistaken for one another on paper.
SMALL = "".join(sorted(set(string.ascii_lowercase) - set("lo")))
CAPITAL = "".join(sorted(set(string.ascii_uppercase) - set("IO")))
DIGITS = "23456789"


@transaction.atomic
def create_account(
    *, username: str, name: str, author: Author, email: str = "", phone: str = ""
) -> tuple[User, str]:
    """A new account without any right, and its first password, which must be changed at the first sign-in."""
    password = first_password()
    user = User.objects.create_user(username, name=name, password=password, email=email)
    user.phone, user.must_change_password = phone, True
    user.save(update_fields=["phone", "must_change_password"])
    audit.record(author, "account.create", f"建立账号 {username}（{name}）", about=user)
    return user, password


@transaction.atomic
def reset_password(user: User, *, author: Author) -> str:
    """A fresh first password; the old one and all sessions end."""
    password = first_password()
    _replace_password(user, password, author=author, first=True)
    audit.record(author, "password.reset", f"重置 {user.username} 的密码", about=user)
    return password


def reset_for_colleague(user: User, *, author: Author) -> str:
    """`reset_password` by a system administrator, who thereby learns a password for a moment.

    Raises ValidationError for administrators: a reset would put two of the three duties into one hand.
    """
    if Post.objects.filter(user=user, role__in=ADMINISTRATORS).exists():
        raise ValidationError("管理员的密码由运维人员在服务器上重置，系统管理员不能代办（三员分立）。")
    return reset_password(user, author=author)


@transaction.atomic
def change_password(user: User, password: str, *, author: Author) -> None:
    """The password that a person chose; the sessions on other devices end."""
    _replace_password(user, password, author=author, first=False)
    audit.record(author, "password.change", "修改密码", about=user)


@transaction.atomic
def end_account(user: User, *, author: Author) -> None:
    """Switch an account off; its sessions are worth nothing from the next request on."""
    if user == author.user:
        raise ValidationError("本人的账号由另一名系统管理员停用。")
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(author, "account.end", f"停用账号 {user.username}", about=user)


@transaction.atomic
def resume_account(user: User, *, author: Author) -> str:
    """Switch an account on again, with a fresh first password. Raises ValidationError for administrators."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(author, "account.resume", f"启用账号 {user.username}", about=user)
    return reset_for_colleague(user, author=author)


@transaction.atomic
def give_post(*, user: User, organisation: Organisation, role: str, author: Author) -> Post:
    """Let a person act in a role for an organisation. Raises ValidationError where duties must be apart."""
    if not organisation.existed(on=author.on):
        raise ValidationError(f"{organisation} 在 {author.on} 不存在或已撤销，请填写现在的单位。")
    _check_apart(user, author)
    _check_combination(user, organisation, role, author)
    post, _ = Post.objects.update_or_create(
        user=user, organisation=organisation, role=role, defaults={"valid_to": None}
    )
    audit.record(author, "post.give", f"授予 {user.username} 身份 {post}", about=post)
    return post


@transaction.atomic
def take_post(post: Post, *, author: Author) -> None:
    """End a post; it stays on record with the last day on which it was held."""
    if post.user == author.user:
        raise ValidationError("本人的身份由另一名安全管理员撤销。")
    post.valid_to = author.on - timedelta(days=1)
    post.save(update_fields=["valid_to"])
    audit.record(author, "post.take", f"撤销 {post.user.username} 的身份 {post}", about=post)


@transaction.atomic
def prefer_post(post: Post) -> None:
    """Let a person begin in this post from the next sign-in on."""
    Post.objects.filter(user=post.user_id).update(is_default=False)
    Post.objects.filter(pk=post.pk).update(is_default=True)


def first_password() -> str:
    """Random, of all the classes that the policy asks for, easy to read out."""
    letters = "".join(secrets.choice(SMALL + CAPITAL) for _ in range(LENGTH_OF_FIRST_PASSWORD - 4))
    return f"{letters}-{secrets.choice(SMALL)}{secrets.choice(CAPITAL)}{secrets.choice(DIGITS)}"


def _replace_password(user: User, password: str, *, author: Author, first: bool) -> None:
    PastPassword.objects.create(user=user, password=user.password, replaced_at=author.at)
    user.set_password(password)
    user.password_changed_at, user.must_change_password = author.at, first
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])


def _check_apart(user: User, author: Author) -> None:
    """Nobody gives a right to himself or herself, nor to an account of his or her own making."""
    if author.user is None:
        return
    if user == author.user:
        raise ValidationError("安全管理员不能给本人授权，请由另一名安全管理员办理（三员分立）。")
    made_it = AuditEntry.objects.filter(
        verb="account.create",
        object_type=User._meta.label_lower,
        object_id=str(user.pk),
        username=author.user.username,
    )
    if made_it.exists():
        raise ValidationError("账号由您建立，须由另一名安全管理员授权（三员分立）。")


def _check_combination(user: User, organisation: Organisation, role: str, author: Author) -> None:
    """One person is at most one of the three administrators, and an administrator handles no case."""
    others = Post.objects.filter(user=user).exclude(organisation=organisation, role=role)
    if role in ADMINISTRATORS and others.filter(role__in=ADMINISTRATORS).exists():
        raise ValidationError("一人只能担任系统、安全、审计管理员中的一种（三员分立）。")
    apart = others.active(on=author.on).filter(role__in=ADMINISTRATORS)
    if role in ADMINISTRATORS:
        apart = others.active(on=author.on).exclude(role__in=ADMINISTRATORS)
    if apart.exists():
        raise ValidationError("管理员账号与办案账号须分开，请为其另建账号。")
