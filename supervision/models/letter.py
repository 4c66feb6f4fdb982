"""建议书: drafted by the machine at a step of the ladder, signed by a person or not at all."""

from django.db import models

from cases.models import Deadline
from organisations.models import Decided, Organisation
from supervision.querysets import LetterQuerySet


class Letter(Decided):
    """A letter of recommendation (出庭建议书, 履行建议书). Until somebody signs it, it is a draft and goes nowhere."""

    class Kind(models.TextChoices):
        APPEARANCE = "appearance", "行政机关负责人出庭建议书"
        PERFORMANCE = "performance", "履行生效裁判建议书"

    class State(models.TextChoices):
        DRAFTED = "drafted", "待审签"
        SIGNED = "signed", "已制发"
        DISCARDED = "discarded", "不制发"

    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="letters", verbose_name="期限")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="letters", verbose_name="收文单位"
    )
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="制发单位")
    number = models.CharField("文号", max_length=40, blank=True)
    text = models.TextField("正文")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFTED)
    drafted_at = models.DateTimeField("起草时间")
    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "建议书"
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "kind"],
                condition=models.Q(state="drafted"),
                name="one_draft_per_deadline_and_kind",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="one_letter_per_number"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed")
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="letter_is_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()}（{self.words}）"

    @property
    def words(self) -> str:
        """Its state; a draft whose duty was met or fell away meanwhile is needed no more."""
        if self.state == self.State.DRAFTED and not self.is_waiting:
            return "不再需要"
        return self.get_state_display()

    @property
    def is_waiting(self) -> bool:
        """Whether somebody should decide about it."""
        return self.state == self.State.DRAFTED and self.deadline.state == Deadline.State.OPEN
