"""What a person keeps of the board: saved views, and calendar feeds for other calendars."""

from django.db import models

from organisations.models import Post
from supervision.querysets import OwnQuerySet, SavedViewQuerySet


class SavedView(models.Model):
    """常用视图: filters of a list under a name, for oneself or shared with the own organisation."""

    class Page(models.TextChoices):
        DEADLINES = "deadlines", "期限看板"
        CASES = "cases", "案件列表"

    owner = models.ForeignKey(Post, models.CASCADE, related_name="saved_views", verbose_name="建立人")
    page = models.CharField("页面", max_length=10, choices=Page.choices, default=Page.DEADLINES)
    name = models.CharField("名称", max_length=30)
    query = models.CharField("筛选", max_length=500)
    shared = models.BooleanField("本单位共用", default=False)
    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "常用视图"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"], name="one_view_per_person_page_and_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """日历订阅: an address with a secret of its own, for one person's scope; only the secret's hash is kept."""

    owner = models.ForeignKey(Post, models.CASCADE, related_name="feeds", verbose_name="订阅人")
    digest = models.CharField("散列", max_length=64, unique=True)
    created_at = models.DateTimeField("建立时间")
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(revoked_at=None), name="one_live_feed_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.created_at:%Y-%m-%d}"
