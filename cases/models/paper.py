"""What agencies hand in: service receipts, reports, filings, and to whom they went."""

from django.db import models

from cases.models.case import Lane
from cases.models.decision import Decision
from cases.models.hearing import Hearing
from cases.models.source import Source
from cases.querysets import OfLaneQuerySet, PaperQuerySet
from organisations.models import Decided, Organisation, StoredFile, WithFile, post_field


class ServiceReceipt(WithFile):
    """签收: the day a defendant received the court's papers, from which its clocks run."""

    class Method(models.TextChoices):
        DIRECT = "direct", "直接送达"
        ELECTRONIC = "electronic", "电子送达"
        POST = "post", "邮寄送达"
        OTHER = "other", "其他方式"

    lane = models.OneToOneField(Lane, models.CASCADE, related_name="service_receipt", verbose_name="被告")
    received_on = models.DateField("收到日期")
    method = models.CharField("送达方式", max_length=12, choices=Method.choices)
    signed_at = models.DateTimeField("签收时间")
    signed_by = post_field("签收人")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="来源")
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签收"

    def __str__(self) -> str:
        return f"{self.lane} 收到 {self.received_on:%Y-%m-%d}"


class MaterialReturn(Decided):
    """退回材料: an agency says that the case is not its own, and whose it may be; the office decides."""

    class State(models.TextChoices):
        WAITING = "waiting", "待司法局处理"
        REASSIGNED = "reassigned", "已改列"
        KEPT = "kept", "仍由本单位办理"
        WITHDRAWN = "withdrawn", "已撤回"

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="material_returns", verbose_name="被告")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="退回单位")
    reason = models.CharField("退回原因", max_length=500)
    suggested = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议承办单位"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    returned_at = models.DateTimeField("退回时间")
    returned_by = post_field("退回人")
    decision = models.CharField("处理意见", max_length=500, blank=True)
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "退回材料"
        ordering = ["-returned_at"]
        indexes = [models.Index(fields=["state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["lane"],
                condition=models.Q(state="waiting"),
                name="one_waiting_return_per_lane",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}退回：{self.reason[:30]}"


class EvidencePeriod(models.Model):
    """举证期限 of a lane when it is not the statutory one: set by the court, or extended."""

    class Basis(models.TextChoices):
        STATUTORY = "statutory", "法定 15 日"
        COURT_SET = "court_set", "法院指定"
        EXTENDED = "extended", "法院准许延期"
        AFTER_OBSTACLE = "after_obstacle", "正当事由消除后 15 日"

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="evidence_periods", verbose_name="被告")
    basis = models.CharField("依据", max_length=15, choices=Basis.choices)
    ends_on = models.DateField("届满日")
    document = models.CharField("文书", max_length=200, blank=True)
    reason = models.CharField("说明", max_length=500, blank=True)
    stated_at = models.DateTimeField("登记时间")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="来源")
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "举证期限"
        ordering = ["-stated_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.lane} {self.ends_on:%Y-%m-%d}"


class Paper(models.Model):
    """A report or filing of an agency. Never overwritten: a correction is a new version of it."""

    class Kind(models.TextChoices):
        LEADER_REPORT = "leader_report", "向负责人汇报记录"
        DEFENCE_REPORT = "defence_report", "应诉情况报告"
        JUDGMENT_FILING = "judgment_filing", "裁判文书备案"
        EFFECT_CONFIRMATION = "effect_confirmation", "生效确认"
        LOST_CASE_REPORT = "lost_case_report", "败诉报告"
        ABSENCE = "absence_explanation", "负责人未出庭情况说明"
        ADVICE_REPLY = "advice_reply", "司法建议回复"
        RECTIFICATION = "rectification", "整改方案"

    lane = models.ForeignKey(Lane, models.PROTECT, related_name="papers", verbose_name="被告")
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="裁判文书"
    )
    hearing = models.ForeignKey(
        Hearing, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="开庭"
    )
    # What it is about beside the lane: "decision:7", "hearing:3", or nothing.
    subject = models.CharField("事由", max_length=30, blank=True)
    version = models.PositiveSmallIntegerField("版本", default=1)
    number = models.CharField("回执编号", max_length=30, unique=True)
    content = models.JSONField("内容", default=dict)
    late_reason = models.CharField("逾期原因", max_length=500, blank=True)
    submitted_at = models.DateTimeField("报送时间")
    # The day of submitted_at in Binzhou: what deadlines and figures compare with.
    submitted_on = models.DateField("报送日期")
    submitted_by = post_field("报送人")
    submission_key = models.CharField("提交标识", max_length=40, unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="papers", verbose_name="来源")
    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报送材料"
        ordering = ["-submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "kind", "subject", "version"],
                name="one_paper_per_lane_kind_subject_and_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class PaperFile(models.Model):
    """附件 of a paper."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="files", verbose_name="材料")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=255)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class PaperDelivery(models.Model):
    """To whom a paper went, and when it was opened there."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="deliveries", verbose_name="材料")
    recipient = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deliveries", verbose_name="接收单位"
    )
    delivered_at = models.DateTimeField("送达时间")
    opened_at = models.DateTimeField("打开时间", null=True, blank=True)
    opened_by = post_field("打开人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "材料送达"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "recipient"], name="one_delivery_per_paper_and_recipient"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper.number} → {self.recipient.short_name}"
