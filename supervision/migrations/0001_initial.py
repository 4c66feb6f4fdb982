import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobRun",
            fields=[
                (
                    "job",
                    models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="任务"),
                ),
                ("succeeded_at", models.DateTimeField(verbose_name="最近成功时间")),
                ("covered", models.DateField(null=True, verbose_name="办到哪天")),
                ("result", models.JSONField(default=dict, verbose_name="结果")),
            ],
            options={
                "verbose_name": "任务记录",
                "verbose_name_plural": "任务记录",
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("subject", models.CharField(max_length=100, verbose_name="标题")),
                ("text", models.TextField(verbose_name="内容")),
                ("raised_at", models.DateTimeField(verbose_name="生成时间")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="organisations.post",
                        verbose_name="收件人",
                    ),
                ),
            ],
            options={
                "verbose_name": "日报",
                "verbose_name_plural": "日报",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "day"), name="one_digest_per_person_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaveProxy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField(verbose_name="起")),
                ("last", models.DateField(verbose_name="止")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leaves",
                        to="organisations.post",
                        verbose_name="休假人",
                    ),
                ),
                (
                    "proxy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="代收人",
                    ),
                ),
            ],
            options={
                "verbose_name": "代收",
                "verbose_name_plural": "代收",
                "ordering": ["-first", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))),
                        name="leave_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post", models.F("proxy")), _negated=True),
                        name="nobody_is_his_own_proxy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("appearance", "行政机关负责人出庭建议书"),
                            ("performance", "履行生效裁判建议书"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="文号")),
                ("text", models.TextField(verbose_name="正文")),
                (
                    "state",
                    models.CharField(
                        choices=[("drafted", "待审签"), ("signed", "已制发"), ("discarded", "不制发")],
                        default="drafted",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("drafted_at", models.DateTimeField(verbose_name="起草时间")),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="cases.deadline",
                        verbose_name="期限",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="处理人",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="制发单位",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="organisations.organisation",
                        verbose_name="收文单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "建议书",
                "verbose_name_plural": "建议书",
                "ordering": ["-drafted_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "drafted")),
                        fields=("deadline", "kind"),
                        name="one_draft_per_deadline_and_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="one_letter_per_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_is_signed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PushSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.BooleanField(default=True, verbose_name="邮件")),
                ("webhook", models.BooleanField(default=True, verbose_name="短信")),
                ("digest", models.BooleanField(default=True, verbose_name="日报")),
                ("opens", models.TimeField(default=datetime.time(8, 30), verbose_name="推送自")),
                ("closes", models.TimeField(default=datetime.time(18, 0), verbose_name="推送至")),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="push_setting",
                        to="organisations.post",
                        verbose_name="身份",
                    ),
                ),
            ],
            options={
                "verbose_name": "提醒设置",
                "verbose_name_plural": "提醒设置",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=20, verbose_name="步骤")),
                ("label", models.CharField(blank=True, max_length=60, verbose_name="名称")),
                ("planned_on", models.DateField(verbose_name="应提醒日")),
                ("raised_at", models.DateTimeField(verbose_name="提醒时间")),
                ("text", models.CharField(max_length=500, verbose_name="内容")),
                ("phone", models.BooleanField(default=False, verbose_name="电话任务")),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="通话时间")),
                ("call_note", models.CharField(blank=True, max_length=500, verbose_name="通话记录")),
                (
                    "called_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="通话人",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="cases.deadline",
                        verbose_name="期限",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="organisations.organisation",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="催报人",
                    ),
                ),
            ],
            options={
                "verbose_name": "提醒",
                "verbose_name_plural": "提醒",
                "ordering": ["-raised_at", "-pk"],
                "indexes": [models.Index(fields=["phone", "called_at"], name="supervision_phone_5fef2b_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("deadline", "step", "planned_on"), name="one_reminder_per_step"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("in_app", "站内信"), ("email", "邮件"), ("webhook", "短信或消息网关")],
                        max_length=8,
                        verbose_name="渠道",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="为什么收到")),
                ("urgent", models.BooleanField(default=False, verbose_name="不受免打扰限制")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待发"),
                            ("sending", "发送中"),
                            ("sent", "已发"),
                            ("dropped", "不再需要"),
                            ("failed", "未送达"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("parcel", models.CharField(blank=True, max_length=32, verbose_name="合并标识")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                ("next_try_at", models.DateTimeField(verbose_name="下次发送时间")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="打开时间")),
                ("hidden_until", models.DateField(blank=True, null=True, verbose_name="稍后提醒")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="未送达原因")),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="supervision.digest",
                        verbose_name="日报",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="organisations.post",
                        verbose_name="收件人",
                    ),
                ),
                (
                    "reminder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="supervision.reminder",
                        verbose_name="提醒",
                    ),
                ),
            ],
            options={
                "verbose_name": "消息",
                "verbose_name_plural": "消息",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["state", "next_try_at"], name="supervision_state_254dbd_idx"),
                    models.Index(
                        fields=["recipient", "channel", "read_at"], name="supervision_recipie_1686e6_idx"
                    ),
                    models.Index(fields=["parcel"], name="supervision_parcel_2096ed_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reminder", "recipient", "channel"), name="one_message_per_person_and_channel"
                    ),
                    models.UniqueConstraint(
                        fields=("digest", "recipient", "channel"), name="one_digest_message_per_channel"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest__isnull", True), ("reminder__isnull", False)),
                            models.Q(("digest__isnull", False), ("reminder__isnull", True)),
                            _connector="OR",
                        ),
                        name="message_is_of_a_reminder_or_a_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "page",
                    models.CharField(
                        choices=[("deadlines", "期限看板"), ("cases", "案件列表")],
                        default="deadlines",
                        max_length=10,
                        verbose_name="页面",
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("query", models.CharField(max_length=500, verbose_name="筛选")),
                ("shared", models.BooleanField(default=False, verbose_name="本单位共用")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to="organisations.post",
                        verbose_name="建立人",
                    ),
                ),
            ],
            options={
                "verbose_name": "常用视图",
                "verbose_name_plural": "常用视图",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "page", "name"), name="one_view_per_person_page_and_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="散列")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="最近使用")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="organisations.post",
                        verbose_name="订阅人",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历订阅",
                "verbose_name_plural": "日历订阅",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("owner",),
                        name="one_live_feed_per_person",
                    )
                ],
            },
        ),
    ]
