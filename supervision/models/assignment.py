"""转办: a leader hands a matter of a case to the legal affairs office, with the day by which to report."""

from django.db import models

from cases.models import Case
from organisations.models import Organisation, post_field
from supervision.querysets import AssignmentQuerySet


class Assignment(models.Model):
    """What is asked of the office about a case, and what it reported."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments", verbose_name="案件")
    office = models.ForeignKey(
        Organisation, models.PROTECT, related_name="assignments", verbose_name="承办单位"
    )
    text = models.CharField("要求", max_length=500)
    due_on = models.DateField("报告期限")
    assigned_at = models.DateTimeField("转办时间")
    assigned_by = post_field("转办人")
    report = models.CharField("办理情况", max_length=500, blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    reported_by = post_field("报告人", null=True)
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "转办"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reported_at=None) | models.Q(reported_by__isnull=False),
                name="assignment_is_reported_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case.number}：{self.text[:30]}"
