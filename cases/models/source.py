"""Where a fact comes from, and what it was before."""

from django.db import models

from organisations.models import Organisation, StoredFile, post_field


class Source(models.Model):
    """Who stated a fact, when, and in which document or which row of which workbook."""

    class Kind(models.TextChoices):
        COURT = "court", "法院通报"
        AGENCY = "agency", "机关填报"
        OFFICE = "office", "司法局登记"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="陈述单位")
    stated_at = models.DateTimeField("陈述时间")
    stated_by = post_field("陈述人", null=True)
    reference = models.CharField("回执编号", max_length=30, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    file_name = models.CharField("文件名", max_length=255, blank=True)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行", null=True)
    # Which cell says what: {"开庭日期": "G17"}.
    cells = models.JSONField("单元格", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "来源"
        indexes = [models.Index(fields=["reference", "row"])]

    def __str__(self) -> str:
        place = f"{self.file_name} · {self.sheet} 第 {self.row} 行" if self.row else self.get_kind_display()
        return f"{self.organisation.short_name} {place}"


class FactChange(models.Model):
    """A known fact that a later source changed: what it was, what it is, who said so."""

    class Reason(models.TextChoices):
        EVENT = "event", "事实变化"
        CORRECTION = "correction", "录入更正"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="fact_changes", verbose_name="案件")
    at = models.DateTimeField("时间")
    field = models.CharField("事项", max_length=50)
    old = models.TextField("原", blank=True)
    new = models.TextField("新", blank=True)
    reason = models.CharField("缘由", max_length=12, choices=Reason.choices, default=Reason.EVENT)
    source = models.ForeignKey(Source, models.PROTECT, related_name="changes", verbose_name="来源")

    class Meta:
        verbose_name = verbose_name_plural = "事实变更"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.field}：{self.old or '（空）'} → {self.new or '（空）'}"
