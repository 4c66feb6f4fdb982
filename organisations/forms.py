"""Forms of accounts. Every message says what to do."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.urls import reverse_lazy

from organisations.models import Group, Organisation, User
from organisations.roles import Role

# What is typed goes to the directory, whose names come into the list that base.html holds.
SUGGESTS = {
    "list": "agency-names",
    "autocomplete": "off",
    "hx-get": reverse_lazy("organisations:agency_names"),
    "hx-trigger": "input changed delay:300ms",
    "hx-target": "#agency-names",
}


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
    """The present password, and the new one twice; `organisations.accounts` keeps it."""

    error_messages = {
        "password_incorrect": "当前密码不正确，请重新填写。",
        "password_mismatch": "两次填写的新密码不一致，请重新填写。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"old_password": "当前密码", "new_password1": "新密码", "new_password2": "再填一次新密码"}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"请填写{label.removeprefix('再填一次')}。"
        self.fields["new_password2"].help_text = ""


class UnitPhoneForm(forms.Form):
    """How the office of a unit is reached."""

    # As people write it: 0543-3210000 转 8012, +86 139 0000 0000.
    phone = forms.RegexField(
        r"^\+?[0-9０-９][0-9０-９ ()（）转,，、/-]{4,28}$",
        label="电话",
        max_length=30,
        required=False,
        error_messages={"invalid": "电话用数字、空格和横线，如 0543-3210000 或 13900000000。"},
    )


class ContactForm(UnitPhoneForm):
    """How a person is reached."""

    email = forms.EmailField(
        label="邮箱", required=False, error_messages={"invalid": "请填写完整的邮箱地址。"}
    )


class AccountForm(ContactForm):
    """A new account."""

    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,50}$",
        label="账号",
        help_text="3–50 位字母、数字",
        error_messages={"required": "请填写账号。", "invalid": "账号用 3–50 位字母、数字、点或横线。"},
    )
    name = forms.CharField(label="姓名", max_length=50, error_messages={"required": "请填写姓名。"})
    field_order = ["username", "name", "email", "phone"]

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
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="填写账号",
        error_messages={"required": "请填写账号。", "invalid_choice": "没有这个账号，请先由系统管理员建立。"},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="单位",
        to_field_name="name",
        widget=forms.TextInput(attrs={"list": "organisation-names", "autocomplete": "off"}),
        help_text="填写单位全称",
        error_messages={"required": "请填写单位。", "invalid_choice": "名录中没有这个单位，请填写全称。"},
    )
    role = forms.ChoiceField(label="角色", choices=Role.choices, error_messages={"required": "请选择角色。"})


class GroupForm(forms.Form):
    """An agency of a region, the group it shall belong to, from which day on, and why."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="单位",
        to_field_name="name",
        widget=forms.TextInput(attrs=SUGGESTS),
        help_text="填写单位全称",
        error_messages={
            "required": "请填写单位。",
            "invalid_choice": "本区划名录中没有这个单位，请填写全称。",
        },
    )
    group = forms.ChoiceField(
        label="归入", choices=[("", "请选择"), *Group.choices], error_messages={"required": "请选择分组。"}
    )
    since = forms.DateField(
        label="自何日起",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写起用日。", "invalid": "起用日写作 2026-10-01。"},
    )
    reason = forms.CharField(label="理由", max_length=200, error_messages={"required": "请填写理由。"})

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies: Any = self.fields["organisation"]
        agencies.queryset = Organisation.objects.agencies().within(region)
