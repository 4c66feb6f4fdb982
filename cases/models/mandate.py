"""代录: an office enters for an agency or a court that cannot; the party answers later."""

from django.db import models

from cases.models.case import Lane
from cases.querysets import MandatedEntryQuerySet, MandateQuerySet
from organisations.models import Decided, Organisation, WithFile, post_field


class Mandate(WithFile):
    """代录依据: what paper the entering rests on, who asked for it and when. One may cover several entries."""

    # Of an agency the lane in which it is sued; a court tells of many cases.
    lane = models.ForeignKey(Lane, models.CASCADE, null=True, related_name="mandates", verbose_name="被告")
    # As it was then: another agency may be put in its place later.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="被代录单位"
    )
    ground = models.CharField("依据", max_length=100)
    asked_by = models.CharField("请求人", max_length=50)
    phone = models.CharField("请求人电话", max_length=30, blank=True)
    asked_on = models.DateField("请求日期")
    # The day that counts for what is entered; without one that is the day of the entry.
    received_on = models.DateField("司法局收到材料之日", null=True, blank=True)
    opened_at = models.DateTimeField("登记时间")
    opened_by = post_field("代录人")
    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代录依据"
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}：{self.ground}"

    @property
    def words(self) -> str:
        """Provenance in one line: who entered for whom, on which paper, at whose request."""
        by = f"{self.opened_by.organisation.short_name} {self.opened_by.user.name}"
        asked = f"依据{self.ground}，请求人 {self.asked_by}（{self.asked_on}）"
        received = f"，材料 {self.received_on} 收到" if self.received_on else ""
        return f"代录：{by}代{self.organisation.short_name}录入，{asked}{received}"


class MandatedEntry(Decided):
    """代录事项: what one press of a button entered under a mandate, and what the agency says of it."""

    class Answer(models.TextChoices):
        NONE = "", "待本单位确认"
        CONFIRMED = "confirmed", "本单位已确认"
        CONTESTED = "contested", "本单位有不同意见"

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="entries", verbose_name="代录依据")
    what = models.CharField("事项", max_length=100)
    # As names were on the day of the entry.
    words = models.CharField("代录说明", max_length=500)
    entered_at = models.DateTimeField("录入时间")
    answer = models.CharField("本单位答复", max_length=10, choices=Answer.choices, blank=True, default="")
    reason = models.CharField("不同意见", max_length=500, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = post_field("答复人", null=True)
    # What the office did about a contested entry.
    decision = models.CharField("处理情况", max_length=500, blank=True)
    objects = MandatedEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代录事项"
        ordering = ["-entered_at", "-pk"]
        indexes = [models.Index(fields=["answer"])]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "entered_at"], name="one_mandated_entry_per_act")
        ]

    def __str__(self) -> str:
        return f"{self.words}；{self.answer_words}"

    @property
    def answer_words(self) -> str:
        """What the agency says of it: nothing yet, yes, or another opinion with its reason."""
        return f"{self.get_answer_display()}：{self.reason}" if self.reason else self.get_answer_display()

    @property
    def is_contested(self) -> bool:
        """Whether it waits for the office: contested, and nothing was done about it."""
        return self.answer == self.Answer.CONTESTED and self.decided_at is None
