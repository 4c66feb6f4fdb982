"""履行台账: every report, finding and decision about one obligation, in the order they came."""

from django.db import models

from cases.models.decision import Obligation
from cases.models.source import Source
from cases.querysets import OfLaneQuerySet
from organisations.models import StoredFile, post_field


class PerformanceEntry(models.Model):
    """One line of the ledger. Lines are added, never changed; a decision about a report is a part of its line."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", "进展"
        PARTIAL = "partial", "部分履行"
        DONE = "done", "履行完毕"
        SETTLED = "settled", "和解变更履行"
        IMPOSSIBLE = "impossible", "客观不能履行"
        ENFORCED = "enforced", "法院强制执行"
        SUSPENDED = "suspended", "再审中止执行"
        REVIVED = "revived", "恢复执行"

    class Verdict(models.TextChoices):
        WAITING = "waiting", "待核查"
        ACCEPTED = "accepted", "核查属实"
        REFUSED = "refused", "未通过核查"
        NONE = "none", "不需核查"

    obligation = models.ForeignKey(
        Obligation, models.CASCADE, related_name="entries", verbose_name="履行义务"
    )
    lane = models.ForeignKey("cases.Lane", models.CASCADE, related_name="+", verbose_name="被告")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    happened_on = models.DateField("日期")
    text = models.CharField("情况", max_length=500)
    # 重作: whether the new act rests on the same facts and reasons and is basically the same (第七十一条).
    same_act = models.BooleanField("与原行为基本相同", null=True)
    verdict = models.CharField("核查", max_length=10, choices=Verdict.choices, default=Verdict.NONE)
    verdict_note = models.CharField("核查说明", max_length=500, blank=True)
    verdict_at = models.DateTimeField("核查时间", null=True, blank=True)
    verdict_by = post_field("核查人", null=True)
    state_before = models.CharField("原状态", max_length=12, choices=Obligation.State.choices)
    entered_at = models.DateTimeField("登记时间")
    entered_by = post_field("登记人")
    submission_key = models.CharField("提交标识", max_length=40, unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="来源")
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履行台账"
        ordering = ["entered_at", "pk"]
        indexes = [models.Index(fields=["verdict"])]

    def __str__(self) -> str:
        return f"{self.happened_on:%Y-%m-%d} {self.get_kind_display()}"


class EntryFile(models.Model):
    """证明 of a line of the ledger."""

    entry = models.ForeignKey(PerformanceEntry, models.CASCADE, related_name="files", verbose_name="台账")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=255)

    class Meta:
        verbose_name = verbose_name_plural = "履行证明"

    def __str__(self) -> str:
        return self.name
