"""What changes a clock beside its facts: 中止, 延期, 另定期限, 免除, each with its ground and document."""

from django.db import models

from cases.models.deadline import Deadline
from cases.querysets import DeadlineOrderQuerySet
from organisations.models import Registered, post_field


class DeadlineOrder(Registered):
    """One order about one deadline. A mistaken one is withdrawn, never deleted, and counts no more."""

    class Kind(models.TextChoices):
        PAUSE = "pause", "中止计时"
        EXTEND = "extend", "延期"
        SET = "set", "另定期限"
        WAIVE = "waive", "免除"

    class Ground(models.TextChoices):
        COURT = "court", "人民法院准许或者决定"
        POSTPONED = "postponed", "延期审理"
        SETTLEMENT = "settlement", "和解、协调化解"
        RETRIAL = "retrial", "再审中止执行"
        FORCE_MAJEURE = "force_majeure", "不可抗力"
        NOT_APPLICABLE = "not_applicable", "本案不适用该事项"
        OTHER = "other", "其他（见说明）"

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="orders", verbose_name="期限")
    kind = models.CharField("办理", max_length=10, choices=Kind.choices)
    ground = models.CharField("事由", max_length=15, choices=Ground.choices)
    document = models.CharField("依据文书", max_length=200)
    reason = models.CharField("说明", max_length=500, blank=True)
    # A pause: both ends are not counted; without a last day it still lasts.
    first = models.DateField("中止自", null=True, blank=True)
    last = models.DateField("中止至", null=True, blank=True)
    # An extension or another day.
    ends_on = models.DateField("新届满日", null=True, blank=True)
    objects = DeadlineOrderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限办理"
        ordering = ["registered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="pause", first__isnull=False)
                | models.Q(kind__in=["extend", "set"], ends_on__isnull=False)
                | models.Q(kind="waive"),
                name="order_says_its_days",
            ),
            models.CheckConstraint(
                condition=models.Q(last=None) | models.Q(last__gte=models.F("first")),
                name="pause_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.get_ground_display()}，{self.document}）"

    @property
    def lane_id(self) -> int | None:
        return self.deadline.lane_id


class Incoming(Registered):
    """来文: a paper whose receipt starts a clock of the rule book (司法建议书, 建议书, 通报, 再审申请书副本, …)."""

    class Kind(models.TextChoices):
        """The codes by which the rule book names the events (`Limit.starts`)."""

        JUDICIAL_ADVICE = "judicial_advice_received", "司法建议书"
        ADVICE_ON_NORMS = "advice_on_norms_received", "规范性文件司法建议"
        LETTER = "letter_received", "司法局建议书"
        BULLETIN = "bulletin_received", "通报（需整改）"
        RETRIAL_COPY = "retrial_copy_received", "再审申请书副本"
        OBSTACLE_ENDED = "obstacle_ended", "准许延期举证的正当事由已消除"
        PAYMENT_CLAIM = "payment_claim_received", "支付赔偿金申请"
        PAYMENT_APPLICATION = "payment_application_received", "财政部门收到支付申请"

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="incoming", verbose_name="收文单位"
    )
    lane = models.ForeignKey(
        "cases.Lane", models.CASCADE, null=True, blank=True, related_name="incoming", verbose_name="被告"
    )
    kind = models.CharField("来文", max_length=30, choices=Kind.choices)
    received_on = models.DateField("收到日期")
    document = models.CharField("文号或名称", max_length=200)
    note = models.CharField("说明", max_length=500, blank=True)
    objects = DeadlineOrderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "来文"
        ordering = ["received_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "kind", "document"],
                condition=models.Q(withdrawn_at=None, lane__isnull=False),
                name="one_incoming_per_lane_kind_and_document",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "document"],
                condition=models.Q(withdrawn_at=None, lane=None),
                name="one_incoming_per_unit_kind_and_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.document}"


class Completion(Registered):
    """办结登记: a duty without a paper of its own was done on that day, in these words, with this proof."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="completions", verbose_name="期限")
    done_on = models.DateField("办结日期")
    how = models.CharField("办理情况", max_length=500)
    late_reason = models.CharField("逾期原因", max_length=500, blank=True)
    registered_by = post_field("登记人", null=True)  # nobody: the platform noted it
    objects = DeadlineOrderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办结登记"
        ordering = ["registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"],
                condition=models.Q(withdrawn_at=None),
                name="one_completion_per_deadline",
            )
        ]

    def __str__(self) -> str:
        return f"{self.done_on:%Y-%m-%d} {self.how[:30]}"

    @property
    def lane_id(self) -> int | None:
        return self.deadline.lane_id
