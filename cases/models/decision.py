"""Decisions of courts, their outcome for each defendant, and what they oblige it to do."""

from collections.abc import Iterable

from django.db import models

from cases.models.case import Case, Lane
from cases.models.deadline import Deadline
from cases.models.source import Source, Told
from cases.querysets import DecisionQuerySet, OfLaneQuerySet


class Decision(Told):
    """裁判文书: a judgment, ruling or mediation document of a case; 之N is its ordinal."""

    class Kind(models.TextChoices):
        JUDGMENT = "判决", "判决"
        RULING = "裁定", "裁定"
        MEDIATION = "调解书", "调解书"

    class Effect(models.TextChoices):
        """推定 is computed from the delivery we know, 确认 is said by a court: two different facts."""

        NOT_YET = "not_yet", "未生效"
        PRESUMED = "presumed", "推定生效"
        CONFIRMED = "confirmed", "法院确认生效"
        APPEALED = "appealed", "因上诉未生效"
        SUSPENDED = "suspended", "因再审中止执行"
        REVERSED = "reversed", "已被撤销"

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions", verbose_name="案件")
    kind = models.CharField("文书类型", max_length=6, choices=Kind.choices)
    ordinal = models.PositiveSmallIntegerField("之N", default=0)
    decided_on = models.DateField("裁判日期")
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    appealed = models.BooleanField("是否上诉", null=True)
    # What a court said of the effect; what follows from that, from other instances and from time is `effect`.
    in_force = models.BooleanField("法院通报是否生效", null=True)
    in_force_on = models.DateField("法院通报的生效日期", null=True, blank=True)
    effect = models.CharField("效力", max_length=10, choices=Effect.choices, default=Effect.NOT_YET)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    result_text = models.CharField("裁判结果原文", max_length=500, blank=True)
    note = models.TextField("备注", blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="decisions", verbose_name="来源")
    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "裁判文书"
        ordering = ["decided_on", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "ordinal"], name="one_decision_per_case_kind_and_ordinal"
            ),
            models.CheckConstraint(
                condition=models.Q(effective_on=None) | models.Q(effective_on__gte=models.F("decided_on")),
                name="decision_takes_effect_after_it_is_made",
            ),
        ]
        indexes = [models.Index(fields=["decided_on", "case"])]

    def __str__(self) -> str:
        return f"{self.case.number} {self.get_kind_display()}"


class DecisionOutcome(Told):
    """裁判结果 for one defendant: the code of the outcome table, and whether it counts as lost."""

    class LostBasis(models.TextChoices):
        TABLE = "table", "按结果表"
        COURT = "court", "法院通报"
        OFFICE = "office", "司法局认定"
        HISTORY = "history", "历史台账"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="outcomes", verbose_name="裁判文书")
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="outcomes", verbose_name="被告")
    code = models.CharField("结果代码", max_length=20)
    judged = models.BooleanField("判决结案", default=False)
    lost = models.BooleanField("败诉", null=True)
    lost_basis = models.CharField("败诉依据", max_length=8, choices=LostBasis.choices)
    lost_reason = models.CharField("败诉原因", max_length=500, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="outcomes", verbose_name="来源")
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "裁判结果"
        constraints = [
            models.UniqueConstraint(fields=["decision", "lane"], name="one_outcome_per_decision_and_lane")
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.code}"


class ClaimOutcome(models.Model):
    """The result for one claim, where a decision says different things to several (《行政诉讼法》第七十九条)."""

    outcome = models.ForeignKey(
        DecisionOutcome, models.CASCADE, related_name="claims", verbose_name="裁判结果"
    )
    claim = models.CharField("诉讼请求", max_length=200)
    code = models.CharField("结果代码", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "逐项结果"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.claim} {self.code}"


class AppealChoice(models.Model):
    """上诉决定 of a defendant about one decision. A later one replaces it, none is overwritten."""

    class Choice(models.TextChoices):
        YES = "yes", "上诉"
        NO = "no", "不上诉"

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="appeal_choices", verbose_name="裁判文书"
    )
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="appeal_choices", verbose_name="被告")
    choice = models.CharField("决定", max_length=3, choices=Choice.choices)
    decided_on = models.DateField("决定或提交上诉状日期")
    reason = models.CharField("理由", max_length=500, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="来源")
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上诉决定"
        ordering = ["-source__stated_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} {self.decided_on:%Y-%m-%d}"


class Obligation(Told):
    """履行义务: what an effective decision obliges a defendant to do, and by when."""

    class State(models.TextChoices):
        NOT_DUE = "not_due", "未到期"
        IN_PROGRESS = "in_progress", "履行中"
        REPORTED = "reported", "已报履行，待核查"
        DONE = "done", "已履行"
        DONE_LATE = "done_late", "已履行（逾期）"
        ENFORCED = "enforced", "经强制执行履行"
        PARTIAL = "partial", "部分履行"
        SETTLED = "settled", "和解变更履行"
        SUSPENDED = "suspended", "中止（再审）"
        IMPOSSIBLE = "impossible", "客观不能，待法院认定"
        OVERDUE = "overdue", "逾期未履行"
        NONE = "none", "无履行内容"

    class Certainty(models.TextChoices):
        """Whether there is something to perform at all; a person decides what the table leaves open."""

        YES = "yes", "有履行内容"
        NO = "no", "无履行内容"
        OPEN = "open", "待确认"

    outcome = models.OneToOneField(
        DecisionOutcome, models.CASCADE, related_name="obligation", verbose_name="裁判结果"
    )
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="obligations", verbose_name="被告")
    kind = models.CharField("类别", max_length=12)
    certainty = models.CharField("有无履行内容", max_length=5, choices=Certainty.choices)
    # A person of the office decided it: what courts tell later does not change it.
    ruled = models.BooleanField("司法局认定", default=False)
    content = models.TextField("履行内容", blank=True)
    period_text = models.CharField("履行期限原文", max_length=500, blank=True)
    # Said by the court or decided by the office, never computed: the day that counts is that of its deadline.
    named_on = models.DateField("指明的履行期限", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.NOT_DUE)
    performed_on = models.DateField("履行日期", null=True, blank=True)
    proof = models.CharField("证明", max_length=500, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="obligations", verbose_name="来源")
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履行义务"

    def __str__(self) -> str:
        return f"{self.outcome.decision.case.number} {self.content[:20] or self.kind}"

    @property
    def subject(self) -> str:
        """What its deadline names as the cause."""
        return f"obligation:{self.pk}"

    def deadline_among(self, deadlines: Iterable[Deadline]) -> Deadline | None:
        """Of these, the one by which it is to be performed, extensions and all; None where it has no day."""
        mine = (one for one in deadlines if one.subject == self.subject)
        return next((one for one in mine if one.state != Deadline.State.VOID), None)

    @property
    def is_period_ruled(self) -> bool:
        """Whether a person of the office named the day: it stands, whatever courts tell later."""
        return self.ruled and "named_on" in self.told and self.told_for("named_on") == ""
