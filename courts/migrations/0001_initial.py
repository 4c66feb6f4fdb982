import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="当月 1 日", verbose_name="月份")),
                ("requested_kind", models.CharField(default="auto", max_length=12, verbose_name="类别")),
                ("file_name", models.CharField(max_length=255, verbose_name="文件名")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "正在检查"),
                            ("refused", "未能读取"),
                            ("planned", "待提交"),
                            ("confirmed", "已提交"),
                            ("dropped", "已放弃"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("refusal_code", models.CharField(blank=True, max_length=30, verbose_name="原因代码")),
                ("refusal", models.CharField(blank=True, max_length=500, verbose_name="原因")),
                ("is_addition", models.BooleanField(default=False, verbose_name="补充")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="开始检查")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="检查次数")),
                ("progress", models.CharField(blank=True, max_length=100, verbose_name="进度")),
                ("layout", models.JSONField(default=dict, verbose_name="列的对应")),
                ("corrections", models.JSONField(default=list, verbose_name="改正的单元格")),
                ("plan_hash", models.CharField(blank=True, max_length=64, verbose_name="计划散列")),
                ("report", models.JSONField(default=dict, verbose_name="检查结果")),
                ("rows", models.JSONField(default=dict, verbose_name="检查后的行")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="要求提交")),
                ("answers", models.JSONField(default=dict, verbose_name="提交说明")),
                ("idempotency_key", models.CharField(blank=True, max_length=100, verbose_name="幂等键")),
                ("request_digest", models.CharField(blank=True, max_length=64, verbose_name="请求散列")),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=20, null=True, unique=True, verbose_name="回执编号"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("effects", models.JSONField(default=dict, verbose_name="影响")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="要求人",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="提交人",
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="organisations.organisation",
                        verbose_name="法院",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "上传",
                "verbose_name_plural": "上传",
                "ordering": ["-uploaded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", False), ("state", "confirmed")),
                            models.Q(("state", "confirmed"), _negated=True),
                            _connector="OR",
                        ),
                        name="confirmed_upload_has_a_receipt",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key", ""), _negated=True),
                        fields=("court", "idempotency_key"),
                        name="one_upload_per_court_and_idempotency_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="月份")),
                (
                    "kind",
                    models.CharField(
                        choices=[("schedule", "排庭"), ("appearances", "出庭"), ("judgments", "裁判")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="更正原因")),
                ("number", models.CharField(max_length=20, verbose_name="回执编号")),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                ("rows_read", models.PositiveIntegerField(default=0, verbose_name="读取行数")),
                ("accepted", models.PositiveIntegerField(default=0, verbose_name="接受行数")),
                ("held", models.PositiveIntegerField(default=0, verbose_name="暂存行数")),
                ("ignored", models.PositiveIntegerField(default=0, verbose_name="忽略行数")),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to="organisations.organisation",
                        verbose_name="法院",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="报送人",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to="courts.upload",
                        verbose_name="上传",
                    ),
                ),
            ],
            options={
                "verbose_name": "月度通报",
                "verbose_name_plural": "月度通报",
                "ordering": ["-month", "kind", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("court", "month", "kind", "version"),
                        name="one_notification_per_court_month_kind_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows_read",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("accepted"), "+", models.F("held")
                                    ),
                                    "+",
                                    models.F("ignored"),
                                ),
                            )
                        ),
                        name="every_row_read_is_accounted_for",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.CharField(max_length=100, verbose_name="工作表")),
                ("row", models.PositiveIntegerField(verbose_name="行")),
                ("values", models.JSONField(verbose_name="各列")),
                ("issues", models.JSONField(verbose_name="问题")),
                ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="改正时间")),
                (
                    "notification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_rows",
                        to="courts.notification",
                        verbose_name="通报",
                    ),
                ),
            ],
            options={
                "verbose_name": "暂存行",
                "verbose_name_plural": "暂存行",
                "ordering": ["sheet", "row"],
            },
        ),
        migrations.CreateModel(
            name="RememberedColumn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("schedule", "排庭"), ("appearances", "出庭"), ("judgments", "裁判")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("header", models.CharField(max_length=200, verbose_name="表头")),
                ("column", models.CharField(blank=True, max_length=30, verbose_name="列")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="指定人",
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="法院",
                    ),
                ),
            ],
            options={
                "verbose_name": "记住的表头",
                "verbose_name_plural": "记住的表头",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("court", "kind", "header"), name="one_meaning_per_court_kind_and_header"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RememberedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="写法")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="机关",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="指定人",
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="法院",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="停用人",
                    ),
                ),
            ],
            options={
                "verbose_name": "记住的机关写法",
                "verbose_name_plural": "记住的机关写法",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("court", "name"),
                        name="one_meaning_per_court_and_name",
                    )
                ],
            },
        ),
    ]
