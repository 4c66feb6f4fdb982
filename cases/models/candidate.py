"""数据核对: a case that court and agency may be telling of under two numbers, until a person says what it is."""

from django.db import models

from cases.models.case import Lane
from cases.querysets import CandidateQuerySet
from organisations.models import Organisation, post_field
from rules.number_slips import Likeness


class Candidate(models.Model):
    """疑似同一案: a lane that only the court tells of, and one that only the agency tells of, much alike.

    The numbers are kept as they were: what a person said of them holds until one of them is another.
    """

    class State(models.TextChoices):
        OPEN = "open", "待确认"
        CONFIRMED = "confirmed", "确认为同一案"
        REFUSED = "refused", "不是同一案"
        GONE = "gone", "已消失"

    court_lane = models.ForeignKey(Lane, models.CASCADE, related_name="+", verbose_name="法院通报的被告")
    agency_lane = models.ForeignKey(Lane, models.CASCADE, related_name="+", verbose_name="机关登记的被告")
    court_key = models.CharField("法院的案号键", max_length=60)
    agency_key = models.CharField("机关的案号键", max_length=60)
    court_number = models.CharField("法院的案号", max_length=60)
    agency_number = models.CharField("机关的案号", max_length=60)
    likeness = models.CharField(
        "不同之处", max_length=10, choices=[(one.value, one.label) for one in Likeness]
    )
    score = models.DecimalField("相似度", max_digits=3, decimal_places=2)
    reasons = models.JSONField("理由", default=list)
    # What one slip made over a whole sheet has in common; empty for a slip in one row.
    batch = models.CharField("同一误写", max_length=120, blank=True)
    found_at = models.DateTimeField("发现时间")
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField("结论的理由", max_length=500, blank=True)
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    decided_by = post_field("确认人", null=True)
    # What a merger changed in the figures, as it was announced: [[月份, 范围, 指标, 原, 新], …].
    effects = models.JSONField("影响", default=list)
    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "疑似同一案"
        ordering = ["-score", "pk"]
        indexes = [
            models.Index(fields=["state", "batch"]),
            models.Index(fields=["agency_key", "court_key"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["court_lane", "agency_lane"],
                condition=models.Q(state="open"),
                name="one_open_candidate_per_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("confirmed", "refused")) | models.Q(decided_by__isnull=False),
                name="decided_candidate_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(reason=""),
                name="refused_candidate_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"法院 {self.court_number}，机关 {self.agency_number}"
