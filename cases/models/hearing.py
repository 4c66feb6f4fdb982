"""Hearings, the heads named for them, and what each party says about who appeared."""

from datetime import date

from django.db import models
from django.utils.timezone import localtime

from cases.models.case import Case, Lane
from cases.models.source import Source, Told
from cases.querysets import HearingQuerySet, OfLaneQuerySet
from organisations.models import Head, post_field
from rules.appearance import AbsenceGround, CourtFinding, HeadRank, IdCertificate


class HearingSession(models.Model):
    """One sitting of a court in which several 案号 may be heard together."""

    day = models.DateField("日期")
    room = models.CharField("法庭", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "庭次"

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.room}"


class Hearing(Told):
    """开庭: one case on one day. Cases heard together share a session."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "已排庭"
        HELD = "held", "已开庭"
        POSTPONED = "postponed", "延期"
        CANCELLED = "cancelled", "取消"
        WITHDRAWN = "withdrawn", "撤诉未开庭"

    class Mode(models.TextChoices):
        PUBLIC = "public", "公开"
        CLOSED = "closed", "不公开"
        ONLINE = "online", "在线"
        UNKNOWN = "", "未载明"

    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings", verbose_name="案件")
    session = models.ForeignKey(
        HearingSession, models.SET_NULL, null=True, blank=True, related_name="hearings", verbose_name="庭次"
    )
    day = models.DateField("开庭日期")
    time = models.TimeField("开庭时间", null=True, blank=True)
    room = models.CharField("法庭", max_length=500, blank=True)
    mode = models.CharField("开庭方式", max_length=8, choices=Mode.choices, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SCHEDULED)
    head_notified = models.BooleanField("法院通知负责人出庭", null=True, blank=True)
    # Within one instance one appearance is enough, unless the court gives notice again (规定第七条).
    renotified = models.BooleanField("法院再次通知负责人出庭", default=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="hearings", verbose_name="来源")
    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "开庭"
        ordering = ["day", "time", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "day"], name="one_hearing_per_case_and_day")]
        indexes = [models.Index(fields=["day", "state", "case"])]

    def __str__(self) -> str:
        return f"{self.case.number} {self.day:%Y-%m-%d}"


class Designation(models.Model):
    """Which of several defendants sends its head, by agreement or by the court (法释〔2020〕3号 第三条)."""

    class Ground(models.TextChoices):
        AGREEMENT = "agreement", "共同被告协商"
        COURT = "court", "人民法院确定"

    case = models.OneToOneField(Case, models.CASCADE, related_name="designation", verbose_name="案件")
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="+", verbose_name="出庭机关")
    ground = models.CharField("依据", max_length=10, choices=Ground.choices)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = verbose_name_plural = "共同被告出庭确定"

    def __str__(self) -> str:
        return f"{self.case.number} {self.lane.organisation.short_name}"


# How a naming ends that the head took back; one that the unit replaced begins otherwise.
DECLINED = "本人不能出庭："


class Nomination(models.Model):
    """拟出庭负责人: the head a defendant names for a hearing. A later one replaces it, none is overwritten."""

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="nominations", verbose_name="被告")
    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="nominations", verbose_name="开庭")
    head = models.ForeignKey(
        Head, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="名册"
    )
    # As the roster said on the day of naming.
    name = models.CharField("姓名", max_length=100)
    position = models.CharField("职务", max_length=100)
    rank = models.CharField("职级", max_length=12, choices=[(r.value, r.label) for r in HeadRank])
    named_at = models.DateTimeField("确定时间")
    named_by = post_field("填报人")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+", verbose_name="来源")
    confirmed_at = models.DateTimeField("本人确认时间", null=True, blank=True)
    confirmed_by = post_field("确认人", null=True)
    replaced_at = models.DateTimeField("更换时间", null=True, blank=True)
    replaced_reason = models.CharField("更换原因", max_length=200, blank=True)
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "拟出庭负责人"
        ordering = ["-named_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "hearing"],
                condition=models.Q(replaced_at=None),
                name="one_current_nomination_per_lane_and_hearing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.position}）"

    @property
    def named_on(self) -> date:
        """The day on which it counts as named."""
        return self.source.stated_on if self.source else localtime(self.named_at).date()

    @property
    def is_declined(self) -> bool:
        """Whether the head took it back, not the unit."""
        return self.replaced_at is not None and self.replaced_reason.startswith(DECLINED)


class AppearanceStatement(Told):
    """What one source says about the head's appearance of one defendant at one hearing."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="appearances", verbose_name="开庭")
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="appearances", verbose_name="被告")
    stated_by = models.CharField("陈述方", max_length=10, choices=Source.Kind.choices)
    # The day on which the agency says that it took place; the court's is the hearing's own.
    held_on = models.DateField("填报的开庭日期", null=True, blank=True)
    attended = models.BooleanField("负责人出庭", null=True)
    head_name = models.CharField("出庭负责人", max_length=100, blank=True)
    head_position = models.CharField("职务", max_length=500, blank=True)
    head_rank = models.CharField(
        "职级", max_length=12, choices=[(r.value, r.label) for r in HeadRank], blank=True
    )
    id_certificate = models.CharField(
        "身份证明", max_length=12, choices=[(r.value, r.label) for r in IdCertificate], blank=True
    )
    absence_reason = models.CharField("未出庭理由", max_length=500, blank=True)
    absence_ground = models.CharField(
        "未出庭情形", max_length=20, choices=[(r.value, r.label) for r in AbsenceGround], blank=True
    )
    court_finding = models.CharField(
        "法院认定", max_length=12, choices=[(r.value, r.label) for r in CourtFinding], blank=True
    )
    staff_attended = models.BooleanField("工作人员出庭", null=True)
    lawyer_only = models.BooleanField("仅律师出庭", null=True)
    spoke = models.BooleanField("发言", null=True)
    opinion_given = models.BooleanField("就化解发表意见", null=True)
    left_early = models.BooleanField("中途退庭", null=True)
    advice_issued = models.BooleanField("法院发司法建议", null=True)
    note = models.TextField("备注", blank=True)
    # The verdict of rules.appearance on these facts, kept so that figures are counted in the database.
    counts = models.BooleanField("计入出庭", default=False)
    justified = models.BooleanField("正当理由", default=False)
    verdict = models.CharField("认定说明", max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="appearances", verbose_name="来源")
    objects = OfLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "出庭情况"
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "lane", "stated_by"], name="one_statement_per_hearing_lane_and_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hearing} {self.get_stated_by_display()}"


class AppearanceRuling(models.Model):
    """A person's decision which of two differing statements holds; without one the court's prevails."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="rulings", verbose_name="开庭")
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="rulings", verbose_name="被告")
    statement = models.ForeignKey(
        AppearanceStatement, models.PROTECT, related_name="rulings", verbose_name="采信"
    )
    reason = models.CharField("理由", max_length=500)
    ruled_at = models.DateTimeField("时间")
    ruled_by = post_field("认定人")

    class Meta:
        verbose_name = verbose_name_plural = "采信认定"
        constraints = [
            models.UniqueConstraint(fields=["hearing", "lane"], name="one_ruling_per_hearing_and_lane")
        ]

    def __str__(self) -> str:
        return f"{self.hearing} 采信{self.statement.get_stated_by_display()}"
