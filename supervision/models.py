"""Reminders with their outbox, and when each job last succeeded."""

from django.db import models

from cases.models import Deadline
from organisations.models import Organisation, Post
from supervision.querysets import MessageQuerySet, ReminderQuerySet


class Reminder(models.Model):
    """催报: one step of urging for one deadline, raised once however often the sweep runs."""

    class Step(models.TextChoices):
        SOON_3 = "t-3", "剩 3 日提醒"
        SOON_1 = "t-1", "剩 1 日提醒"
        TODAY = "day0", "今日到期"
        OVERDUE_1 = "t+1", "逾期 1 日催报"
        OVERDUE_3 = "t+3", "逾期 3 日告知分管领导"
        OVERDUE_5 = "t+5", "逾期 5 日电话沟通"
        OVERDUE_8 = "t+8", "逾期 8 日告知主要领导"
        MANUAL = "manual", "人工催报"

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="reminders", verbose_name="期限")
    step = models.CharField("步骤", max_length=8, choices=Step.choices)
    # When the step fell due by the ladder, and when it was raised (later if a sweep was missed).
    planned_on = models.DateField("应提醒日")
    raised_at = models.DateTimeField("提醒时间")
    raised_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="催报人")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reminders", verbose_name="接收单位"
    )
    text = models.CharField("内容", max_length=500)
    why = models.CharField("为什么收到", max_length=200)
    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "step", "planned_on"], name="one_reminder_per_step")
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.deadline}"


class Message(models.Model):
    """Outbox: one reminder to one person by one channel; claimed, sent, marked, never twice."""

    class Channel(models.TextChoices):
        IN_APP = "in_app", "站内信"
        EMAIL = "email", "邮件"

    class State(models.TextChoices):
        WAITING = "waiting", "待发"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发"
        FAILED = "failed", "未送达"

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="messages", verbose_name="提醒")
    recipient = models.ForeignKey(Post, models.CASCADE, related_name="messages", verbose_name="收件人")
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField("下次发送时间")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    read_at = models.DateTimeField("打开时间", null=True, blank=True)
    error = models.CharField("未送达原因", max_length=300, blank=True)
    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "recipient", "channel"], name="one_message_per_person_and_channel"
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"]),
            models.Index(fields=["recipient", "channel", "read_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.reminder} → {self.recipient}"


class JobRun(models.Model):
    """The last success of each scheduled job, for `/readyz`."""

    job = models.CharField("任务", max_length=30, primary_key=True)
    succeeded_at = models.DateTimeField("最近成功时间")
    covered = models.DateField("办到哪天", null=True)
    result = models.JSONField("结果", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "任务记录"

    def __str__(self) -> str:
        return self.job
