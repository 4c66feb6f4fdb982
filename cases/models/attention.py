"""What people keep about a case for themselves and their unit: 关注, 承办人 and 记一笔."""

from django.db import models

from cases.models.case import Case
from cases.querysets import NoteQuerySet, WatchQuerySet
from organisations.models import Organisation, Post, post_field


class Watch(models.Model):
    """关注: a case that a person wants to find again."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="watches", verbose_name="案件")
    post = models.ForeignKey(Post, models.CASCADE, related_name="watches", verbose_name="关注人")
    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "关注"
        constraints = [models.UniqueConstraint(fields=["case", "post"], name="one_watch_per_case_and_person")]

    def __str__(self) -> str:
        return f"{self.post} {self.case}"


class Handler(models.Model):
    """承办人: who in a unit deals with a case; another one replaces, the audit trail keeps both."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="handlers", verbose_name="案件")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    post = models.ForeignKey(Post, models.PROTECT, related_name="handled", verbose_name="承办人")
    since = models.DateTimeField("分办时间")
    given_by = post_field("分办人")
    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承办人"
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation"], name="one_handler_per_case_and_unit")
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.case}"


class CaseNote(models.Model):
    """记一笔: a remark to a case, read in the organisation that made it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes", verbose_name="案件")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    text = models.CharField("内容", max_length=500)
    written_at = models.DateTimeField("时间")
    written_by = post_field("记录人")
    key = models.CharField("提交标识", max_length=40, unique=True)
    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "记一笔"
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:50]
