"""The password policy (GB/T 22239-2019 等保三级 8.1.4.1) on top of Django's validators."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from organisations.models import User

CLASSES = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
REQUIRED_CLASSES = 3
REMEMBERED = 5


class CharacterClassesValidator:
    """At least three of: small letters, capitals, digits, other characters; long phrases (20+) are exempt."""

    exempt_length = 20

    def validate(self, password: str, user: User | None = None) -> None:
        present = sum(any(test(c) for c in password) for test in CLASSES)
        if len(password) < self.exempt_length and present < REQUIRED_CLASSES:
            raise ValidationError(
                "请使用大写字母、小写字母、数字、符号中的至少三种，或 20 个字以上的长短语。"
            )

    def get_help_text(self) -> str:
        return "大写字母、小写字母、数字、符号中的至少三种，或 20 个字以上的长短语。"


class NotUsedBeforeValidator:
    """None of the last five passwords, the present one among them."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        past = user.past_passwords.order_by("-pk").values_list("password", flat=True)[: REMEMBERED - 1]
        if any(check_password(password, old) for old in (user.password, *past)):
            raise ValidationError(f"请换一个最近 {REMEMBERED} 次没有用过的密码。")

    def get_help_text(self) -> str:
        return f"不与最近 {REMEMBERED} 次的密码相同。"
