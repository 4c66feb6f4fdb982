"""What the office decides itself: a version of a length, a ladder or a reading, with four eyes and a first day."""

from django.db import models

from organisations.models import FourEyes
from organisations.querysets import FourEyesQuerySet


class OfficeRule(FourEyes):
    """One version. It counts from its day once another person approved it; closed matters stay as they were."""

    class Subject(models.TextChoices):
        LIMIT = "limit", "期间长度和计法"
        LADDER = "ladder", "催办阶梯"
        CHOICE = "choice", "口径选定"
        AUTHORITY = "authority", "两方说法以谁为准"

    subject = models.CharField("类别", max_length=10, choices=Subject.choices)
    key = models.CharField("规则", max_length=40)
    # limit: {"amount": 2, "mode": "working"}; ladder: {"rungs": […]}; choice: {"value": "final_only"}
    # authority: {"tolerance_days": 0, "contest_days": 5, "contested_by": ["agency"]}, for appearances also "order"
    value = models.JSONField("内容")
    valid_from = models.DateField("施行日")
    reason = models.CharField("缘由和依据", max_length=500)
    objects = FourEyesQuerySet.as_manager()

    class Meta(FourEyes.Meta):
        verbose_name = verbose_name_plural = "办公室规则版本"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key", "valid_from"],
                condition=models.Q(state="approved"),
                name="one_approved_version_per_rule_and_day",
            ),
            *FourEyes.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.key} 自 {self.valid_from}"
