"""Reminders with their outbox, digests, leave proxies, what a person wants pushed, and when each job last succeeded."""

from datetime import time

from django.db import models
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Deadline
from organisations.models import Organisation, Post, post_field
from rules.push_window import PushWindow
from supervision.querysets import ASKED, MessageQuerySet, NoticeQuerySet, OwnQuerySet, ReminderQuerySet

MANUAL = "manual"


class Reminder(models.Model):
    """催报: one step of urging for one deadline, raised once however often the sweep runs."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="reminders", verbose_name="期限")
    # The step of the ladder, and its label as it was then: a later ladder rewrites nothing.
    step = models.CharField("步骤", max_length=20)
    label = models.CharField("名称", max_length=60, blank=True)
    # When the step fell due by the ladder, and when it was raised (later if a sweep was missed).
    planned_on = models.DateField("应提醒日")
    raised_at = models.DateTimeField("提醒时间")
    raised_by = post_field("催报人", null=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reminders", verbose_name="责任单位"
    )
    text = models.CharField("内容", max_length=500)
    # 电话任务: an office clerk is to call; the note says what came of it.
    phone = models.BooleanField("电话任务", default=False)
    called_at = models.DateTimeField("通话时间", null=True, blank=True)
    called_by = post_field("通话人", null=True)
    call_note = models.CharField("通话记录", max_length=500, blank=True)
    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "step", "planned_on"], name="one_reminder_per_step")
        ]
        indexes = [models.Index(fields=["phone", "called_at"])]

    def __str__(self) -> str:
        return f"{self.label} {self.deadline}"

    @property
    def home_url(self) -> str:
        """Where it is dealt with: a question to a head stands on the head's desk."""
        asks = self.step.startswith((f"{ASKED}named", f"{ASKED}asked"))
        return reverse("supervision:desk") if asks else self.deadline.home_url

    @property
    def is_late(self) -> bool:
        """Whether a missed sweep delayed it: it was to be raised on an earlier day (补发)."""
        return self.deadline.starts_on <= self.planned_on < localtime(self.raised_at).date()


class Digest(models.Model):
    """日报 or 周报: what stood open for one person on the morning of one day."""

    recipient = models.ForeignKey(Post, models.CASCADE, related_name="digests", verbose_name="收件人")
    day = models.DateField("日期")
    subject = models.CharField("标题", max_length=100)
    text = models.TextField("内容")
    raised_at = models.DateTimeField("生成时间")
    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日报"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "day"], name="one_digest_per_person_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.day:%Y-%m-%d}"


class Notice(models.Model):
    """告知: what happened to a matter of somebody, told once, with the page where it stands."""

    text = models.CharField("内容", max_length=500)
    path = models.CharField("页面", max_length=200)
    raised_at = models.DateTimeField("告知时间")
    raised_by = post_field("告知人", null=True)
    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "告知"
        ordering = ["-raised_at", "-pk"]

    def __str__(self) -> str:
        return self.text.partition("。")[0]


class Message(models.Model):
    """Outbox: one reminder, digest or notice to one person by one channel; claimed, sent, marked, never twice."""

    class Channel(models.TextChoices):
        IN_APP = "in_app", "站内信"
        EMAIL = "email", "邮件"
        WEBHOOK = "webhook", "短信或消息网关"

    class State(models.TextChoices):
        WAITING = "waiting", "待发"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发"
        DROPPED = "dropped", "不再需要"
        FAILED = "failed", "未送达"

    reminder = models.ForeignKey(
        Reminder, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name="提醒"
    )
    digest = models.ForeignKey(
        Digest, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name="日报"
    )
    notice = models.ForeignKey(
        Notice, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name="告知"
    )
    recipient = models.ForeignKey(Post, models.CASCADE, related_name="messages", verbose_name="收件人")
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices)
    why = models.CharField("为什么收到", max_length=200, blank=True)
    # What else there was to say of the case that day, a line each.
    also = models.TextField("同案其他提醒", blank=True)
    urgent = models.BooleanField("不受免打扰限制", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    # What goes out together, under one key: the same key again is the same parcel, to be taken once.
    parcel = models.CharField("合并标识", max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField("下次发送时间")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    read_at = models.DateTimeField("打开时间", null=True, blank=True)
    # 稍后提醒: out of sight until that day; the duty stays where it is.
    hidden_until = models.DateField("稍后提醒", null=True, blank=True)
    error = models.CharField("未送达原因", max_length=300, blank=True)
    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "recipient", "channel"], name="one_message_per_person_and_channel"
            ),
            models.UniqueConstraint(
                fields=["digest", "recipient", "channel"], name="one_digest_message_per_channel"
            ),
            models.UniqueConstraint(
                fields=["notice", "recipient", "channel"], name="one_notice_message_per_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(reminder__isnull=False, digest=None, notice=None)
                | models.Q(reminder=None, digest__isnull=False, notice=None)
                | models.Q(reminder=None, digest=None, notice__isnull=False),
                name="message_is_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"]),
            models.Index(fields=["recipient", "channel", "read_at"]),
            models.Index(fields=["parcel"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    @property
    def subject(self) -> Reminder | Digest | Notice:
        """The one thing that it tells of."""
        subject = self.reminder or self.digest or self.notice
        assert subject is not None
        return subject

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return str(self.digest) if self.digest else self.subject.text.partition("。")[0]

    @property
    def rest(self) -> str:
        """What follows the title."""
        if self.digest:
            return self.text
        return "\n".join(filter(None, [self.subject.text.partition("。")[2], self.also]))

    @property
    def group_title(self) -> str:
        """What messages are grouped by: the case or matter."""
        return self.reminder.deadline.about if self.reminder else "日报" if self.digest else "告知"

    @property
    def text(self) -> str:
        return "\n".join(filter(None, [self.subject.text, self.also]))

    @property
    def home_url(self) -> str:
        """Where to go on from it; nothing for a digest."""
        return self.reminder.home_url if self.reminder else self.notice.path if self.notice else ""


class LeaveProxy(models.Model):
    """代收人: who gets copies of a person's messages while that person is away."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="leaves", verbose_name="休假人")
    proxy = models.ForeignKey(Post, models.CASCADE, related_name="+", verbose_name="代收人")
    first = models.DateField("起")
    last = models.DateField("止")
    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代收"
        ordering = ["-first", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="leave_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~models.Q(post=models.F("proxy")), name="nobody_is_his_own_proxy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.proxy}（{self.first} 至 {self.last}）"


class PushSetting(models.Model):
    """What a person wants pushed, and when. 站内信 and what concerns a hearing cannot be switched off."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="push_setting", verbose_name="身份")
    email = models.BooleanField("邮件", default=True)
    webhook = models.BooleanField("短信", default=True)
    digest = models.BooleanField("日报", default=True)
    opens = models.TimeField("推送自", default=time(8, 30))
    closes = models.TimeField("推送至", default=time(18, 0))
    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒设置"

    def __str__(self) -> str:
        return f"{self.post} {self.opens:%H:%M}–{self.closes:%H:%M}"

    @property
    def window(self) -> PushWindow:
        """The hours in which pushes reach this person."""
        return PushWindow(self.opens, self.closes)


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
