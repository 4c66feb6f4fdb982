"""Deadlines with their computations: stored when computed, explained for ever."""

from datetime import date

from django.db import models
from django.urls import reverse

from cases.models.case import Case, Lane
from cases.models.packed import PackedJSONField
from cases.querysets import DeadlineQuerySet
from organisations.models import Organisation, post_field

# Before any day there is: urging looks at the deadline at its next sweep. After any day: it never has to.
AT_ONCE, NEVER = date(1, 1, 1), date.max
# Done by a 整改方案, whose measures are followed one by one.
PLAN_RULE = "rectification"


class Deadline(models.Model):
    """What somebody owes by a day: computed from facts by a dated rule, stored with its computation.

    It belongs to a lane of a case, or (regular work, papers to a unit as a whole) to an organisation alone.
    """

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        MET = "met", "已完成"
        SUSPENDED = "suspended", "中止"
        WAIVED = "waived", "免除"
        MISSED = "missed", "未办理"  # its day was over when the case was decided: counted, no longer urged
        VOID = "void", "不再适用"

    case = models.ForeignKey(
        Case, models.CASCADE, null=True, blank=True, related_name="deadlines", verbose_name="案件"
    )
    lane = models.ForeignKey(
        Lane, models.CASCADE, null=True, blank=True, related_name="deadlines", verbose_name="被告"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deadlines", verbose_name="责任单位"
    )
    rule = models.CharField("规则", max_length=40)
    label = models.CharField("事项", max_length=50)
    # Which fact started it: "service_receipt:12", "decision:7", "period:2026-10". One deadline per rule and fact.
    subject = models.CharField("起因", max_length=40)
    starts_on = models.DateField("起算日")
    due_on = models.DateField("届满日")
    original_due_on = models.DateField("原届满日")
    provisional = models.BooleanField("暂定", default=False)
    calendar = models.CharField("日历版本", max_length=20)
    computation = PackedJSONField("期限回执")
    # A duty is urged and judged; the others (appeal periods) only inform.
    is_duty = models.BooleanField("应办事项", default=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    met_on = models.DateField("完成日", null=True, blank=True)
    late_reason = models.CharField("逾期原因", max_length=500, blank=True)
    # What it is about where that is no case: 2026年10月, 司法建议书 滨建〔2026〕3号.
    matter = models.CharField("事由", max_length=250, blank=True)
    # How often it changed: other calendars take what has the higher number.
    revision = models.PositiveIntegerField("修订", default=0)
    # The day on which urging has something to say about it next; at once after every change.
    look_on = models.DateField("下次催办日", default=AT_ONCE)
    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "rule", "subject"], name="one_deadline_per_lane_rule_and_fact"
            ),
            models.UniqueConstraint(
                fields=["organisation", "rule", "subject"],
                condition=models.Q(lane=None),
                name="one_deadline_per_organisation_rule_and_fact",
            ),
            models.CheckConstraint(
                condition=models.Q(state="met", met_on__isnull=False) | ~models.Q(state="met"),
                name="met_deadline_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["organisation", "state", "due_on"]),
            models.Index(fields=["rule", "due_on"]),
            # Neither partial nor with is_duty in it: SQLite uses it for no list of states, and for no Boolean column.
            models.Index(fields=["state", "look_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.due_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("cases:deadline_basis", args=[self.pk])

    @property
    def about(self) -> str:
        """What it is about: the case number, else the period or paper, else the kind of duty."""
        return self.case.number if self.case else self.matter or self.label

    @property
    def home_url(self) -> str:
        """The page where it is dealt with: its case, else its own computation."""
        return reverse("cases:detail", args=[self.case_id]) if self.case_id else self.get_absolute_url()

    @property
    def complete_url(self) -> str:
        """Where it is said to be done; a 整改方案 has a page of its own."""
        return reverse("cases:plan" if self.rule == "rectification" else "cases:complete", args=[self.pk])

    @property
    def basis_url(self) -> str:
        return self.get_absolute_url()


class DeadlineChange(models.Model):
    """A move of a deadline: from when to when, why, and who."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="changes", verbose_name="期限")
    at = models.DateTimeField("时间")
    old_due_on = models.DateField("原届满日")
    new_due_on = models.DateField("新届满日")
    reason = models.CharField("缘由", max_length=500)
    by = post_field("办理人", null=True)
    old_computation = PackedJSONField("原回执", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "期限变更"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old_due_on:%Y-%m-%d} → {self.new_due_on:%Y-%m-%d}"
