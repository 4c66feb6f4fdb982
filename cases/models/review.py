"""What the recipient makes of a paper, and what leaders say to it."""

from django.db import models
from django.urls import reverse

from cases.models.case import Lane
from cases.models.order import Completion
from cases.models.paper import Paper
from cases.querysets import OwnLaneQuerySet, PaperPartQuerySet, RectificationMeasureQuerySet
from organisations.models import Head, Organisation, WithFile, post_field


class PaperReview(models.Model):
    """核收 or 退回补正 of one version of a paper; a return names the fields that are to be mended."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "已核收"
        RETURNED = "returned", "退回补正"

    paper = models.OneToOneField(Paper, models.CASCADE, related_name="review", verbose_name="材料")
    verdict = models.CharField("结论", max_length=10, choices=Verdict.choices)
    note = models.CharField("说明", max_length=500, blank=True)
    # {field of the paper: what is to be mended there}
    comments = models.JSONField("补正意见", default=dict)
    reviewed_at = models.DateTimeField("核收时间")
    reviewed_on = models.DateField("核收日期")
    reviewed_by = post_field("核收人")
    objects = PaperPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "核收"

    def __str__(self) -> str:
        return f"{self.paper.number} {self.get_verdict_display()}"


class LeaderNotice(models.Model):
    """呈阅: a matter put before one head of the agency, who answers with one tap."""

    class Kind(models.TextChoices):
        REPORT = "report", "应诉材料呈阅"
        APPROVAL = "approval", "应诉情况报告审签"

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="leader_notices", verbose_name="被告")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    head = models.ForeignKey(Head, models.PROTECT, related_name="notices", verbose_name="负责人")
    paper = models.ForeignKey(
        Paper, models.CASCADE, null=True, related_name="leader_notices", verbose_name="材料"
    )
    # What is to be approved, as it stood: a later change of the draft needs another approval.
    content = models.JSONField("呈阅内容", default=dict)
    asked_at = models.DateTimeField("呈阅时间")
    asked_by = post_field("呈阅人")
    answered_at = models.DateTimeField("阅示时间", null=True, blank=True)
    answered_by = post_field("阅示人", null=True)
    agreed = models.BooleanField("同意", null=True)
    opinion = models.CharField("意见", max_length=500, blank=True)
    objects = OwnLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "呈阅"
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["asked_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.head.name}"


class RectificationMeasure(WithFile):
    """整改措施 of a lost-case report, an advice reply or a 整改方案: what, by whom, by when, and what came of it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="measures", verbose_name="整改单位"
    )
    # Either the paper about a case, or the 整改方案 with which a duty of the unit was done.
    paper = models.ForeignKey(
        Paper, models.CASCADE, null=True, blank=True, related_name="measures", verbose_name="材料"
    )
    plan = models.ForeignKey(
        Completion, models.CASCADE, null=True, blank=True, related_name="measures", verbose_name="整改方案"
    )
    text = models.CharField("措施", max_length=500)
    owner = models.CharField("责任人", max_length=100)
    due_on = models.DateField("完成期限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    proof = models.CharField("完成情况", max_length=500, blank=True)
    reported_at = models.DateTimeField("登记时间", null=True, blank=True)
    reported_by = post_field("登记人", null=True)
    accepted_at = models.DateTimeField("验收时间", null=True, blank=True)
    accepted_by = post_field("验收人", null=True)
    acceptance = models.CharField("验收说明", max_length=500, blank=True)
    refusal = models.CharField("未通过原因", max_length=500, blank=True)
    objects = RectificationMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改措施"
        ordering = ["pk"]
        indexes = [models.Index(fields=["accepted_at", "done_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(paper__isnull=False, plan__isnull=True)
                | models.Q(paper__isnull=True, plan__isnull=False),
                name="measure_is_of_a_paper_or_a_plan",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def about(self) -> str:
        """The case, or the matter that the plan answers."""
        return self.paper.lane.case.number if self.paper else self._plan.deadline.about

    @property
    def home_url(self) -> str:
        """The paper, or the computation of the duty that the plan did."""
        if self.paper_id:
            return reverse("cases:paper", args=[self.paper_id])
        return self._plan.deadline.get_absolute_url()

    @property
    def _plan(self) -> Completion:
        assert self.plan is not None
        return self.plan
