"""数据核对: one fact that court and agency state differently, and how a person settled it."""

from django.db import models

from cases.models.case import Lane
from cases.querysets import DiscrepancyQuerySet
from organisations.models import Organisation, WithFile, post_field
from rules.authority import Fact


class Discrepancy(models.Model):
    """Two differing statements of one fact in one lane. Nothing decides it but a person, or a corrected statement."""

    class State(models.TextChoices):
        OPEN = "open", "待核对"
        EXPLAINED = "explained", "已说明"
        CORRECTED = "corrected", "已更正"
        RULED = "ruled", "已认定"

    class Side(models.TextChoices):
        COURT = "court", "法院通报"
        AGENCY = "agency", "机关填报"

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="discrepancies", verbose_name="被告")
    fact = models.CharField("事实", max_length=12, choices=[(one.value, one.label) for one in Fact])
    # What it is about: "hearing:3", "decision:7", "obligation:5".
    subject = models.CharField("事由", max_length=30)
    # The day by which it belongs to a month: of the hearing, the decision, the day of performance.
    fact_on = models.DateField("所属日期")
    court_says = models.CharField("法院通报", max_length=500)
    court_source = models.CharField("法院通报的出处", max_length=500)
    agency_says = models.CharField("机关填报", max_length=500)
    agency_source = models.CharField("机关填报的出处", max_length=500)
    # Grows with every change of a statement while it is open: a decision is about what was read.
    revision = models.PositiveSmallIntegerField("版次", default=1)
    # At which of them the court last changed its word.
    court_revision = models.PositiveSmallIntegerField("法院更正版次", default=1)
    opened_at = models.DateTimeField("发现时间")
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办"
    )
    due_on = models.DateField("应办结日")
    asked_at = models.DateTimeField("请补充材料时间", null=True, blank=True)
    asked_by = post_field("请补充材料的人", null=True)
    asked_for = models.CharField("需补充的材料", max_length=500, blank=True)
    answer_due_on = models.DateField("补充材料截止日", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    ruled_for = models.CharField("采信", max_length=8, choices=Side.choices, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    decided_by = post_field("认定人", null=True)
    # Whose corrected statement ended it; nobody where the platform itself found it gone.
    corrected_by = post_field("更正人", null=True)
    # What it changed in the figures, as it was announced: [[月份, 范围, 指标, 原, 新], …].
    effects = models.JSONField("影响", default=list)
    objects = DiscrepancyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数据核对"
        ordering = ["fact_on", "lane", "pk"]
        indexes = [models.Index(fields=["state", "fact_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "fact", "subject"],
                condition=models.Q(state="open"),
                name="one_open_discrepancy_per_lane_fact_and_subject",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ruled")
                | (models.Q(decided_by__isnull=False) & ~models.Q(ruled_for="")),
                name="ruling_says_by_whom_and_for_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lane} {self.get_fact_display()}：法院{self.court_says}，机关{self.agency_says}"

    @property
    def about(self) -> int:
        """The id of the hearing, decision or obligation."""
        return int(self.subject.partition(":")[2])


class DiscrepancyAnswer(WithFile):
    """补充材料: what one side says, and shows, after the office asked both."""

    discrepancy = models.ForeignKey(
        Discrepancy, models.CASCADE, related_name="answers", verbose_name="数据核对"
    )
    side = models.CharField("哪一方", max_length=8, choices=Discrepancy.Side.choices)
    text = models.CharField("说明", max_length=500)
    answered_at = models.DateTimeField("补充时间")
    answered_by = post_field("补充人")

    class Meta:
        verbose_name = verbose_name_plural = "补充材料"
        ordering = ["answered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_side_display()}：{self.text[:30]}"
