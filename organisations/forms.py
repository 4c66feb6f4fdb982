"""Forms of accounts. Every message says what to do."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import transaction

from organisations.models import Organisation, PastPassword, Post, User
from organisations.roles import ADMINISTRATORS, Role

ADMINISTRATORS_CONFLICT = "一人只能担任系统、安全、审计管理员中的一种（三员分立）。"


class LoginForm(AuthenticationForm):
    """账号 and 密码; which of them is wrong is not told."""

    username = forms.CharField(
        label="账号",
        max_length=50,
        error_messages={"required": "请填写账号。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        error_messages={"required": "请填写密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": "账号或密码不正确。连续 5 次不正确将锁定 15 分钟。",
        "inactive": "账号或密码不正确。连续 5 次不正确将锁定 15 分钟。",
    }


class NewPasswordForm(PasswordChangeForm):
    """The new password, twice; the old hash is remembered."""

    @transaction.atomic
    def save(self, commit: bool = True, *, at: datetime | None = None) -> Any:
        old = User.objects.get(pk=self.user.pk).password
        if at is not None:
            PastPassword.objects.create(user=self.user, password=old, replaced_at=at)
            self.user.password_changed_at = at
        self.user.must_change_password = False
        return super().save(commit=commit)


class AccountForm(forms.Form):
    """A new account."""

    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,50}$",
        label="账号",
        help_text="3–50 位字母、数字",
        error_messages={"required": "请填写账号。", "invalid": "账号用 3–50 位字母、数字、点或横线。"},
    )
    name = forms.CharField(label="姓名", max_length=50, error_messages={"required": "请填写姓名。"})
    email = forms.EmailField(label="邮箱", required=False, error_messages={"invalid": "请填写完整的邮箱地址。"})
    phone = forms.CharField(label="电话", max_length=30, required=False)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(f"账号 {username} 已存在，请换一个。")
        return username


class PostForm(forms.Form):
    """A post for an existing account."""

    user = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label="账号",
        to_field_name="username",
        widget=forms.TextInput,
        help_text="填写账号",
        error_messages={"required": "请填写账号。", "invalid_choice": "没有这个账号，请先由系统管理员建立。"},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="单位",
        to_field_name="name",
        widget=forms.TextInput,
        help_text="填写单位全称",
        error_messages={"required": "请填写单位。", "invalid_choice": "名录中没有这个单位，请填写全称。"},
    )
    role = forms.ChoiceField(label="角色", choices=Role.choices, error_messages={"required": "请选择角色。"})

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        user, role = told.get("user"), told.get("role")
        if user and role in ADMINISTRATORS:
            others = Post.objects.filter(user=user, role__in=ADMINISTRATORS - {role})
            if others.exists():
                raise forms.ValidationError(ADMINISTRATORS_CONFLICT)
        return told
