"""What many rows say of an act: who and when, with which file, whether it was taken back, whether two people agreed."""

from typing import Any

from django.db import models

from organisations.models.account import Post
from organisations.models.stored_file import StoredFile


def post_field(label: str, *, null: bool = False) -> Any:
    """Who did it, in which post; `null` where nobody has yet, or the platform itself did."""
    return models.ForeignKey(
        Post, models.PROTECT, null=null, blank=null, related_name="+", verbose_name=label
    )


class WithFile(models.Model):
    """A row with one file that proves it, under the name that it came with."""

    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    file_name = models.CharField("文件名", max_length=255, blank=True)

    class Meta:
        abstract = True


class Registered(WithFile):
    """What somebody registered. A mistaken one is withdrawn, never deleted, and counts no more."""

    registered_at = models.DateTimeField("登记时间")
    registered_by = post_field("登记人")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_by = post_field("撤回人", null=True)

    class Meta:
        abstract = True


class Decided(models.Model):
    """What waits for somebody's decision."""

    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by = post_field("处理人", null=True)

    class Meta:
        abstract = True


class FourEyes(models.Model):
    """What one person enters and another approves; it counts from then on. How: `organisations.four_eyes`."""

    class State(models.TextChoices):
        ENTERED = "entered", "待核准"
        APPROVED = "approved", "已核准"
        DROPPED = "dropped", "已放弃"

    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ENTERED)
    entered_at = models.DateTimeField("录入时间")
    entered_by = post_field("录入人")
    approved_at = models.DateTimeField("核准时间", null=True, blank=True)
    approved_by = post_field("核准人", null=True)
    # What the approval changed, counted: {"moved": 14, "earlier": 2}.
    effects = models.JSONField("影响", default=dict)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | (models.Q(approved_by__isnull=False) & ~models.Q(approved_by=models.F("entered_by"))),
                name="%(class)s_is_approved_by_another",
            )
        ]
