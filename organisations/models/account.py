"""Accounts, the posts (身份) a person holds, and tokens of other systems."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from organisations.models.organisation import Organisation
from organisations.querysets import PostQuerySet
from organisations.roles import Role


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, *, name: str, password: str | None = None, email: str = ""
    ) -> "User":
        """An account that can log in once a post is given to it; without a password nobody can."""
        user = self.model(username=username, name=name, email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person's account. It may do nothing by itself: rights come from the active post."""

    username = models.CharField("账号", max_length=50, unique=True)
    name = models.CharField("姓名", max_length=50)
    email = models.EmailField("邮箱", blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    is_active = models.BooleanField("启用", default=True)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class PastPassword(models.Model):
    """A hash that was in use before, so that the last five passwords are not used again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="past_passwords", verbose_name="账号")
    password = models.CharField("散列", max_length=128)
    replaced_at = models.DateTimeField("更换时间")

    class Meta:
        verbose_name = verbose_name_plural = "历史密码"
        ordering = ["-replaced_at"]

    def __str__(self) -> str:
        return f"{self.user} {self.replaced_at:%Y-%m-%d}"


class Post(models.Model):
    """身份: in which role a person acts for which organisation. All rights and all scope come from it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name="账号")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    on_behalf = models.CharField("代办", max_length=50, blank=True, help_text="如 代政府应诉、代张某阅")
    is_default = models.BooleanField("默认身份", default=False)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "身份"
        ordering = ["-is_default", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="one_post_per_role_and_organisation"
            ),
            # 三员分立: one person holds at most one of the three administrators' posts.
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(role__in=["system_admin", "security_admin", "audit_admin"]),
                name="three_administrators_are_three_people",
            ),
        ]

    def __str__(self) -> str:
        label = f"{self.organisation.short_name} · {self.get_role_display()}"
        return f"{label}（{self.on_behalf}）" if self.on_behalf else label


class ApiToken(models.Model):
    """A key with which another system acts in a post; only its hash is kept."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="tokens", verbose_name="身份")
    label = models.CharField("用途", max_length=50)
    digest = models.CharField("散列", max_length=64, unique=True)
    created_at = models.DateTimeField("建立时间")
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"

    def __str__(self) -> str:
        return self.label

    def revoke(self, *, at: datetime) -> None:
        """Make the key worthless at once."""
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])
