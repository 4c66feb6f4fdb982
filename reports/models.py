"""Bulletins: figures frozen at drafting, and the paper made of them."""

from django.db import models

from organisations.models import Organisation, Post, Region, StoredFile, post_field
from reports.querysets import (
    AdjustmentQuerySet,
    BulletinQuerySet,
    MonthLockQuerySet,
    SavedQuestionQuerySet,
)


class Bulletin(models.Model):
    """通报: what was computed, by which rules, and the PDF; once issued it never changes."""

    class Kind(models.TextChoices):
        MONTHLY = "monthly", "月通报"
        QUARTERLY = "quarterly", "季通报"
        RANKING = "ranking", "督导排名通报"
        HALF_YEAR = "half_year", "半年总结"
        ANNUAL = "annual", "年度报告"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ISSUED = "issued", "已印发"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    period = models.CharField("期间", max_length=7)
    region = models.ForeignKey(Region, models.PROTECT, related_name="bulletins", verbose_name="区划")
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="bulletins", verbose_name="印发单位"
    )
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    number = models.CharField("文号", max_length=40, blank=True)
    title = models.CharField("标题", max_length=200)
    # The figures, ranking and document exactly as drafted; the paper is made from these alone.
    snapshot = models.JSONField("快照")
    snapshot_hash = models.CharField("快照散列", max_length=64)
    as_of = models.DateTimeField("数据截至")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="PDF")
    drafted_at = models.DateTimeField("拟稿时间")
    drafted_by = post_field("拟稿人", null=True)
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    issued_by = post_field("签发人", null=True)
    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        ordering = ["-period", "-drafted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period", "region"],
                condition=models.Q(state="draft"),
                name="one_draft_per_kind_period_and_region",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="one_bulletin_per_number"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (~models.Q(number="") & models.Q(issued_at__isnull=False)),
                name="issued_bulletin_has_number_and_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BulletinReading(models.Model):
    """回执: who opened a bulletin and who confirmed having read it; two different facts."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="readings", verbose_name="通报")
    post = models.ForeignKey(Post, models.PROTECT, related_name="readings", verbose_name="阅读人")
    opened_at = models.DateTimeField("打开时间")
    confirmed_at = models.DateTimeField("确认收悉时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "通报回执"
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "post"], name="one_reading_per_bulletin_and_post")
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.post}"


class SavedQuestion(models.Model):
    """自助统计 that somebody keeps: opened again, it asks about the last period of its kind that is over."""

    name = models.CharField("名称", max_length=50)
    measure = models.CharField("指标", max_length=40)
    by = models.CharField("分项", max_length=20)
    period_kind = models.CharField("期间", max_length=10)
    shared = models.BooleanField("本单位可见", default=False)
    owner = post_field("保存人")
    saved_at = models.DateTimeField("保存时间")
    objects = SavedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "保存的统计"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_saved_question_per_owner_and_name")
        ]

    def __str__(self) -> str:
        return self.name


class MonthLock(models.Model):
    """锁定: the data of a region's month as both sides left them; what moves later is an adjustment."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    month = models.CharField("月份", max_length=7)
    locked_at = models.DateTimeField("锁定时间")
    locked_by = post_field("锁定人")
    # The figures as they stood: [[单位代码，全域为空, 指标, 分子, 分母], …].
    figures = models.JSONField("指标")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="核对单")
    objects = MonthLockQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数据锁定"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["region", "month"], name="one_lock_per_region_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.region.name} {self.month}"


class Adjustment(models.Model):
    """调整: a ruling after the month was locked, by a head of the office, with what it moved."""

    lock = models.ForeignKey(MonthLock, models.PROTECT, related_name="adjustments", verbose_name="锁定")
    discrepancy = models.ForeignKey(
        "cases.Discrepancy", models.PROTECT, related_name="adjustments", verbose_name="数据核对"
    )
    # [[月份, 范围, 指标, 原, 新], …], of the locked month alone.
    lines = models.JSONField("影响", default=list)
    adjusted_at = models.DateTimeField("调整时间")
    adjusted_by = post_field("调整人")
    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "锁定后调整"
        ordering = ["adjusted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lock", "discrepancy"], name="one_adjustment_per_lock_and_discrepancy"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lock} {self.discrepancy.reason}"
