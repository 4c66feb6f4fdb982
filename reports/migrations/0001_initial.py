import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
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
                        choices=[
                            ("monthly", "月通报"),
                            ("quarterly", "季通报"),
                            ("ranking", "督导排名通报"),
                            ("half_year", "半年总结"),
                            ("annual", "年度报告"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("period", models.CharField(max_length=7, verbose_name="期间")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("issued", "已印发")],
                        default="draft",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="文号")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("snapshot", models.JSONField(verbose_name="快照")),
                ("snapshot_hash", models.CharField(max_length=64, verbose_name="快照散列")),
                ("as_of", models.DateTimeField(verbose_name="数据截至")),
                ("drafted_at", models.DateTimeField(verbose_name="拟稿时间")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="印发时间")),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="拟稿人",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="签发人",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
                        to="organisations.organisation",
                        verbose_name="印发单位",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="PDF",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
                        to="organisations.region",
                        verbose_name="区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "通报",
                "verbose_name_plural": "通报",
                "ordering": ["-period", "-drafted_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("kind", "period", "region"),
                        name="one_draft_per_kind_period_and_region",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="one_bulletin_per_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(models.Q(("number", ""), _negated=True), ("issued_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="issued_bulletin_has_number_and_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="打开时间")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认收悉时间")),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="reports.bulletin",
                        verbose_name="通报",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="organisations.post",
                        verbose_name="阅读人",
                    ),
                ),
            ],
            options={
                "verbose_name": "通报回执",
                "verbose_name_plural": "通报回执",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bulletin", "post"), name="one_reading_per_bulletin_and_post"
                    )
                ],
            },
        ),
    ]
