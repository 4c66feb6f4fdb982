"""The append-only audit trail; the database itself refuses to change or delete a row."""

import hashlib
import json

from django.db import models

from organisations.querysets import AuditQuerySet


class AuditEntry(models.Model):
    """Who did what, when, from where, to which object; each entry seals the one before it."""

    at = models.DateTimeField("时间")
    user_name = models.CharField("姓名", max_length=50, blank=True)
    username = models.CharField("账号", max_length=50, blank=True)
    post = models.CharField("身份", max_length=150, blank=True)
    organisation = models.CharField("单位代码", max_length=30, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    verb = models.CharField("事项", max_length=40)
    object_type = models.CharField("对象类别", max_length=40, blank=True)
    object_id = models.CharField("对象", max_length=100, blank=True)
    summary = models.CharField("摘要", max_length=500)
    data = models.JSONField("内容", default=dict)
    previous = models.CharField("上一条散列", max_length=64, blank=True)
    digest = models.CharField("散列", max_length=64, unique=True)
    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.summary}"

    def seal(self) -> str:
        """The SHA-256 over everything the entry says and over the entry before it."""
        parts = [
            self.at.timestamp(),
            self.user_name,
            self.username,
            self.post,
            self.organisation,
            self.address,
            self.verb,
            self.object_type,
            self.object_id,
            self.summary,
            self.data,
            self.previous,
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
