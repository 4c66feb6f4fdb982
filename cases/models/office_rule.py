"""What the office decides itself: a version of a length, a ladder or a reading, with four eyes and a first day."""

from django.db import models

from cases.querysets import FourEyesQuerySet
from organisations.models import Post


class OfficeRule(models.Model):
    """One version. It counts from its day once another person approved it; closed matters stay as they were."""

    class Subject(models.TextChoices):
        LIMIT = "limit", "期间长度和计法"
        LADDER = "ladder", "催办阶梯"
        CHOICE = "choice", "口径选定"

    class State(models.TextChoices):
        ENTERED = "entered", "待核准"
        APPROVED = "approved", "已核准"
        DROPPED = "dropped", "已放弃"

    subject = models.CharField("类别", max_length=10, choices=Subject.choices)
    key = models.CharField("规则", max_length=40)
    # limit: {"amount": 2, "mode": "working"}; ladder: {"rungs": […]}; choice: {"value": "final_only"}
    value = models.JSONField("内容")
    valid_from = models.DateField("施行日")
    reason = models.CharField("缘由和依据", max_length=500)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ENTERED)
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="录入人")
    approved_at = models.DateTimeField("核准时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核准人"
    )
    # What the approval changed, counted: {"moved": 14, "earlier": 2}.
    effects = models.JSONField("影响", default=dict)
    objects = FourEyesQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办公室规则版本"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key", "valid_from"],
                condition=models.Q(state="approved"),
                name="one_approved_version_per_rule_and_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | (models.Q(approved_by__isnull=False) & ~models.Q(approved_by=models.F("entered_by"))),
                name="office_rule_is_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.key} 自 {self.valid_from}"
