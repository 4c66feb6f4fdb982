import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="建立时间")),
            ],
            options={
                "verbose_name": "争议",
                "verbose_name_plural": "争议",
            },
        ),
        migrations.CreateModel(
            name="Domain",
            fields=[
                (
                    "key",
                    models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="代码"),
                ),
                ("name", models.CharField(max_length=50, verbose_name="名称")),
                ("position", models.PositiveSmallIntegerField(verbose_name="排序")),
            ],
            options={
                "verbose_name": "管理领域",
                "verbose_name_plural": "管理领域",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="HearingSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("room", models.CharField(blank=True, max_length=500, verbose_name="法庭")),
            ],
            options={
                "verbose_name": "庭次",
                "verbose_name_plural": "庭次",
            },
        ),
        migrations.CreateModel(
            name="CalendarNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("entered", "待核准"), ("approved", "已核准"), ("dropped", "已放弃")],
                        default="entered",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="核准时间")),
                ("effects", models.JSONField(default=dict, verbose_name="影响")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("published_on", models.DateField(verbose_name="公布日")),
                ("notice", models.CharField(max_length=200, verbose_name="通知名称及文号")),
                ("ranges", models.JSONField(verbose_name="安排")),
                ("progress", models.JSONField(default=dict, verbose_name="测算进度")),
                ("claimed_until", models.DateTimeField(blank=True, null=True, verbose_name="测算占用至")),
                ("carried_at", models.DateTimeField(blank=True, null=True, verbose_name="重算完成时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="核准人",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="录入人",
                    ),
                ),
            ],
            options={
                "verbose_name": "放假安排",
                "verbose_name_plural": "放假安排",
                "ordering": ["-year", "-number", "-pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")),
                        fields=("year", "number"),
                        name="one_approved_notice_per_year_and_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                models.Q(("approved_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="calendarnotice_is_approved_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeriesGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=100, verbose_name="组号")),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="法院",
                    ),
                ),
            ],
            options={
                "verbose_name": "合并审理组",
                "verbose_name_plural": "合并审理组",
                "constraints": [
                    models.UniqueConstraint(fields=("court", "label"), name="one_series_per_court_and_label")
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                        choices=[("court", "法院通报"), ("agency", "机关填报"), ("office", "司法局登记")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("stated_at", models.DateTimeField(verbose_name="陈述时间")),
                ("reference", models.CharField(blank=True, max_length=30, verbose_name="回执编号")),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                ("sheet", models.CharField(blank=True, max_length=100, verbose_name="工作表")),
                ("row", models.PositiveIntegerField(null=True, verbose_name="行")),
                ("cells", models.JSONField(default=dict, verbose_name="单元格")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="陈述单位",
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="陈述人",
                    ),
                ),
            ],
            options={
                "verbose_name": "来源",
                "verbose_name_plural": "来源",
                "indexes": [models.Index(fields=["reference", "row"], name="cases_sourc_referen_ecbc79_idx")],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True, verbose_name="案号键")),
                ("number", models.CharField(max_length=60, verbose_name="案号")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("type_code", models.CharField(max_length=6, verbose_name="类型代字")),
                ("serial", models.PositiveIntegerField(verbose_name="编号")),
                (
                    "instance",
                    models.CharField(
                        choices=[
                            ("first", "一审"),
                            ("second", "二审"),
                            ("retrial", "再审"),
                            ("review", "审查"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="审理程序",
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        blank=True,
                        choices=[("ordinary", "普通程序"), ("simple", "简易程序"), ("", "未载明")],
                        max_length=8,
                        verbose_name="程序",
                    ),
                ),
                ("cause", models.CharField(blank=True, max_length=500, verbose_name="案由")),
                ("origin_number", models.CharField(blank=True, max_length=60, verbose_name="关联案号")),
                ("plaintiffs", models.TextField(blank=True, verbose_name="原告")),
                ("third_parties", models.TextField(blank=True, verbose_name="第三人")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="立案日期")),
                ("judge", models.CharField(blank=True, max_length=500, verbose_name="承办法官")),
                ("clerk", models.CharField(blank=True, max_length=500, verbose_name="书记员")),
                ("phone", models.CharField(blank=True, max_length=500, verbose_name="联系电话")),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="organisations.organisation",
                        verbose_name="法院",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="cases.case",
                        verbose_name="原审案件",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.dispute",
                        verbose_name="争议",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cases",
                        to="cases.seriesgroup",
                        verbose_name="合并审理组",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "案件",
                "verbose_name_plural": "案件",
                "ordering": ["-year", "type_code", "-serial"],
                "indexes": [models.Index(fields=["court", "year"], name="cases_case_court_i_bb0d3d_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin", None),
                            models.Q(("origin", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_is_not_its_own_origin",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="内容")),
                ("written_at", models.DateTimeField(verbose_name="时间")),
                ("key", models.CharField(max_length=40, unique=True, verbose_name="提交标识")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="记录人",
                    ),
                ),
            ],
            options={
                "verbose_name": "记一笔",
                "verbose_name_plural": "记一笔",
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                (
                    "code",
                    models.CharField(max_length=10, primary_key=True, serialize=False, verbose_name="代码"),
                ),
                ("level", models.PositiveSmallIntegerField(verbose_name="级")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("valid_from", models.DateField(verbose_name="启用日")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="cases.cause",
                        verbose_name="上级案由",
                    ),
                ),
            ],
            options={
                "verbose_name": "案由",
                "verbose_name_plural": "案由",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Lane",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("acted", "原行为机关"),
                            ("reconsidered", "复议机关"),
                            ("acted_jointly", "共同作出机关"),
                            ("succeeded", "承继机关"),
                            ("not_added", "应追加未追加第三人"),
                        ],
                        default="acted",
                        max_length=15,
                        verbose_name="被诉身份",
                    ),
                ),
                ("named_as", models.CharField(blank=True, max_length=200, verbose_name="通报所载名称")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lanes",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defences",
                        to="organisations.organisation",
                        verbose_name="被诉行政机关",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lanes",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "被告",
                "verbose_name_plural": "被告",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "organisation"), name="one_lane_per_case_and_agency"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=40, verbose_name="规则")),
                ("label", models.CharField(max_length=50, verbose_name="事项")),
                ("subject", models.CharField(max_length=40, verbose_name="起因")),
                ("starts_on", models.DateField(verbose_name="起算日")),
                ("due_on", models.DateField(verbose_name="届满日")),
                ("original_due_on", models.DateField(verbose_name="原届满日")),
                ("provisional", models.BooleanField(default=False, verbose_name="暂定")),
                ("calendar", models.CharField(max_length=20, verbose_name="日历版本")),
                ("computation", models.JSONField(verbose_name="期限回执")),
                ("is_duty", models.BooleanField(default=True, verbose_name="应办事项")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "进行中"),
                            ("met", "已完成"),
                            ("suspended", "中止"),
                            ("waived", "免除"),
                            ("void", "不再适用"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="完成日")),
                ("late_reason", models.CharField(blank=True, max_length=500, verbose_name="逾期原因")),
                ("matter", models.CharField(blank=True, max_length=250, verbose_name="事由")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="修订")),
                ("look_on", models.DateField(default=datetime.date(1, 1, 1), verbose_name="下次催办日")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="organisations.organisation",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限",
                "verbose_name_plural": "期限",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="cases_deadl_state_6756ac_idx"),
                    models.Index(
                        fields=["organisation", "state", "due_on"], name="cases_deadl_organis_3b478d_idx"
                    ),
                    models.Index(fields=["rule", "due_on"], name="cases_deadl_rule_50a82d_idx"),
                    models.Index(fields=["state", "look_on"], name="cases_deadl_state_040b81_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lane", "rule", "subject"), name="one_deadline_per_lane_rule_and_fact"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lane", None)),
                        fields=("organisation", "rule", "subject"),
                        name="one_deadline_per_organisation_rule_and_fact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met_on__isnull", False), ("state", "met")),
                            models.Q(("state", "met"), _negated=True),
                            _connector="OR",
                        ),
                        name="met_deadline_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Completion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                ("registered_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                ("done_on", models.DateField(verbose_name="办结日期")),
                ("how", models.CharField(max_length=500, verbose_name="办理情况")),
                ("late_reason", models.CharField(blank=True, max_length=500, verbose_name="逾期原因")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="登记人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="撤回人",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="completions",
                        to="cases.deadline",
                        verbose_name="期限",
                    ),
                ),
            ],
            options={
                "verbose_name": "办结登记",
                "verbose_name_plural": "办结登记",
                "ordering": ["registered_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("deadline",),
                        name="one_completion_per_deadline",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_due_on", models.DateField(verbose_name="现届满日")),
                ("new_due_on", models.DateField(verbose_name="新届满日")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="cases.calendarnotice",
                        verbose_name="放假安排",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.deadline",
                        verbose_name="期限",
                    ),
                ),
            ],
            options={
                "verbose_name": "放假安排影响",
                "verbose_name_plural": "放假安排影响",
                "ordering": ["new_due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("notice", "deadline"), name="one_move_per_notice_and_deadline"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("old_due_on", models.DateField(verbose_name="原届满日")),
                ("new_due_on", models.DateField(verbose_name="新届满日")),
                ("reason", models.CharField(max_length=500, verbose_name="缘由")),
                ("old_computation", models.JSONField(default=dict, verbose_name="原回执")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="办理人",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="cases.deadline",
                        verbose_name="期限",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限变更",
                "verbose_name_plural": "期限变更",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DeadlineOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                ("registered_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pause", "中止计时"),
                            ("extend", "延期"),
                            ("set", "另定期限"),
                            ("waive", "免除"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("court", "人民法院准许或者决定"),
                            ("postponed", "延期审理"),
                            ("settlement", "和解、协调化解"),
                            ("retrial", "再审中止执行"),
                            ("force_majeure", "不可抗力"),
                            ("not_applicable", "本案不适用该事项"),
                            ("other", "其他（见说明）"),
                        ],
                        max_length=15,
                        verbose_name="事由",
                    ),
                ),
                ("document", models.CharField(max_length=200, verbose_name="依据文书")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("first", models.DateField(blank=True, null=True, verbose_name="中止自")),
                ("last", models.DateField(blank=True, null=True, verbose_name="中止至")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="新届满日")),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orders",
                        to="cases.deadline",
                        verbose_name="期限",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="登记人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="撤回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限办理",
                "verbose_name_plural": "期限办理",
                "ordering": ["registered_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first__isnull", False), ("kind", "pause")),
                            models.Q(("ends_on__isnull", False), ("kind__in", ["extend", "set"])),
                            ("kind", "waive"),
                            _connector="OR",
                        ),
                        name="order_says_its_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last", None), ("last__gte", models.F("first")), _connector="OR"),
                        name="pause_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                        choices=[("判决", "判决"), ("裁定", "裁定"), ("调解书", "调解书")],
                        max_length=6,
                        verbose_name="文书类型",
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField(default=0, verbose_name="之N")),
                ("decided_on", models.DateField(verbose_name="裁判日期")),
                ("delivered_on", models.DateField(blank=True, null=True, verbose_name="送达日期")),
                ("appealed", models.BooleanField(null=True, verbose_name="是否上诉")),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("not_yet", "未生效"),
                            ("presumed", "推定生效"),
                            ("confirmed", "法院确认生效"),
                            ("appealed", "因上诉未生效"),
                            ("suspended", "因再审中止执行"),
                            ("reversed", "已被撤销"),
                        ],
                        default="not_yet",
                        max_length=10,
                        verbose_name="效力",
                    ),
                ),
                ("effective_on", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("result_text", models.CharField(blank=True, max_length=500, verbose_name="裁判结果原文")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "裁判文书",
                "verbose_name_plural": "裁判文书",
                "ordering": ["decided_on", "ordinal"],
                "indexes": [
                    models.Index(fields=["decided_on", "case"], name="cases_decis_decided_bfc672_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "kind", "ordinal"), name="one_decision_per_case_kind_and_ordinal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_on", None),
                            ("effective_on__gte", models.F("decided_on")),
                            _connector="OR",
                        ),
                        name="decision_takes_effect_after_it_is_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="结果代码")),
                ("judged", models.BooleanField(default=False, verbose_name="判决结案")),
                ("lost", models.BooleanField(null=True, verbose_name="败诉")),
                (
                    "lost_basis",
                    models.CharField(
                        choices=[("table", "按结果表"), ("court", "法院通报"), ("office", "司法局认定")],
                        max_length=8,
                        verbose_name="败诉依据",
                    ),
                ),
                ("lost_reason", models.CharField(blank=True, max_length=500, verbose_name="败诉原因")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="cases.decision",
                        verbose_name="裁判文书",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "裁判结果",
                "verbose_name_plural": "裁判结果",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "lane"), name="one_outcome_per_decision_and_lane"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claim", models.CharField(max_length=200, verbose_name="诉讼请求")),
                ("code", models.CharField(max_length=20, verbose_name="结果代码")),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="cases.decisionoutcome",
                        verbose_name="裁判结果",
                    ),
                ),
            ],
            options={
                "verbose_name": "逐项结果",
                "verbose_name_plural": "逐项结果",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
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
                            ("leader_report", "向负责人汇报记录"),
                            ("defence_report", "应诉情况报告"),
                            ("judgment_filing", "裁判文书备案"),
                            ("effect_confirmation", "生效确认"),
                            ("lost_case_report", "败诉报告"),
                            ("absence_explanation", "负责人未出庭情况说明"),
                            ("advice_reply", "司法建议回复"),
                            ("rectification", "整改方案"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=30, verbose_name="事由")),
                ("key", models.CharField(max_length=40, unique=True, verbose_name="提交标识")),
                ("typed", models.JSONField(default=dict, verbose_name="内容")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="修订")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="保存人",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
            ],
            options={
                "verbose_name": "草稿",
                "verbose_name_plural": "草稿",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lane", "kind", "subject"), name="one_draft_per_lane_kind_and_subject"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("position", models.PositiveSmallIntegerField(verbose_name="顺序")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="cases.draft",
                        verbose_name="草稿",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "草稿附件",
                "verbose_name_plural": "草稿附件",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Handler",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="分办时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handlers",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="分办人",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handled",
                        to="organisations.post",
                        verbose_name="承办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "承办人",
                "verbose_name_plural": "承办人",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "organisation"), name="one_handler_per_case_and_unit"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="开庭日期")),
                ("time", models.TimeField(blank=True, null=True, verbose_name="开庭时间")),
                ("room", models.CharField(blank=True, max_length=500, verbose_name="法庭")),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "公开"),
                            ("closed", "不公开"),
                            ("online", "在线"),
                            ("", "未载明"),
                        ],
                        max_length=8,
                        verbose_name="开庭方式",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scheduled", "已排庭"),
                            ("held", "已开庭"),
                            ("postponed", "延期"),
                            ("cancelled", "取消"),
                            ("withdrawn", "撤诉未开庭"),
                        ],
                        default="scheduled",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "head_notified",
                    models.BooleanField(blank=True, null=True, verbose_name="法院通知负责人出庭"),
                ),
                ("renotified", models.BooleanField(default=False, verbose_name="法院再次通知负责人出庭")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hearings",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="hearings",
                        to="cases.hearingsession",
                        verbose_name="庭次",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "开庭",
                "verbose_name_plural": "开庭",
                "ordering": ["day", "time", "pk"],
                "indexes": [models.Index(fields=["day", "state", "case"], name="cases_heari_day_da1a8a_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "day"), name="one_hearing_per_case_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Incoming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                ("registered_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("judicial_advice_received", "司法建议书"),
                            ("advice_on_norms_received", "规范性文件司法建议"),
                            ("letter_received", "司法局建议书"),
                            ("bulletin_received", "通报（需整改）"),
                            ("retrial_copy_received", "再审申请书副本"),
                            ("obstacle_ended", "准许延期举证的正当事由已消除"),
                            ("payment_claim_received", "支付赔偿金申请"),
                            ("payment_application_received", "财政部门收到支付申请"),
                        ],
                        max_length=30,
                        verbose_name="来文",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="收到日期")),
                ("document", models.CharField(max_length=200, verbose_name="文号或名称")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incoming",
                        to="organisations.organisation",
                        verbose_name="收文单位",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="登记人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="撤回人",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incoming",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
            ],
            options={
                "verbose_name": "来文",
                "verbose_name_plural": "来文",
                "ordering": ["received_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lane__isnull", False), ("withdrawn_at", None)),
                        fields=("lane", "kind", "document"),
                        name="one_incoming_per_lane_kind_and_document",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lane", None), ("withdrawn_at", None)),
                        fields=("organisation", "kind", "document"),
                        name="one_incoming_per_unit_kind_and_document",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AppearanceStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stated_by",
                    models.CharField(
                        choices=[("court", "法院通报"), ("agency", "机关填报"), ("office", "司法局登记")],
                        max_length=10,
                        verbose_name="陈述方",
                    ),
                ),
                ("attended", models.BooleanField(null=True, verbose_name="负责人出庭")),
                ("head_name", models.CharField(blank=True, max_length=100, verbose_name="出庭负责人")),
                ("head_position", models.CharField(blank=True, max_length=500, verbose_name="职务")),
                (
                    "head_rank",
                    models.CharField(
                        blank=True,
                        choices=[("principal", "正职"), ("deputy", "副职"), ("other", "其他负责人")],
                        max_length=12,
                        verbose_name="职级",
                    ),
                ),
                (
                    "id_certificate",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "合格"), ("corrected", "已补正"), ("defective", "不合格")],
                        max_length=12,
                        verbose_name="身份证明",
                    ),
                ),
                ("absence_reason", models.CharField(blank=True, max_length=500, verbose_name="未出庭理由")),
                (
                    "absence_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "未说明理由"),
                            ("force_majeure", "不可抗力"),
                            ("accident", "意外事件"),
                            ("official_duty", "需要履行他人不能代替的公务"),
                            ("other", "无法出庭的其他正当事由"),
                        ],
                        max_length=20,
                        verbose_name="未出庭情形",
                    ),
                ),
                (
                    "court_finding",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "成立"), ("rejected", "不成立"), ("not_reviewed", "未审查")],
                        max_length=12,
                        verbose_name="法院认定",
                    ),
                ),
                ("staff_attended", models.BooleanField(null=True, verbose_name="工作人员出庭")),
                ("lawyer_only", models.BooleanField(null=True, verbose_name="仅律师出庭")),
                ("spoke", models.BooleanField(null=True, verbose_name="发言")),
                ("opinion_given", models.BooleanField(null=True, verbose_name="就化解发表意见")),
                ("left_early", models.BooleanField(null=True, verbose_name="中途退庭")),
                ("advice_issued", models.BooleanField(null=True, verbose_name="法院发司法建议")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                ("counts", models.BooleanField(default=False, verbose_name="计入出庭")),
                ("justified", models.BooleanField(default=False, verbose_name="正当理由")),
                ("verdict", models.CharField(blank=True, max_length=200, verbose_name="认定说明")),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="cases.hearing",
                        verbose_name="开庭",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "出庭情况",
                "verbose_name_plural": "出庭情况",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hearing", "lane", "stated_by"),
                        name="one_statement_per_hearing_lane_and_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AppearanceRuling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                ("ruled_at", models.DateTimeField(verbose_name="时间")),
                (
                    "ruled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="认定人",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="cases.appearancestatement",
                        verbose_name="采信",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rulings",
                        to="cases.hearing",
                        verbose_name="开庭",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rulings",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
            ],
            options={
                "verbose_name": "采信认定",
                "verbose_name_plural": "采信认定",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hearing", "lane"), name="one_ruling_per_hearing_and_lane"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                ("reason", models.CharField(max_length=500, verbose_name="退回原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待司法局处理"),
                            ("reassigned", "已改列"),
                            ("kept", "仍由本单位办理"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("returned_at", models.DateTimeField(verbose_name="退回时间")),
                ("decision", models.CharField(blank=True, max_length=500, verbose_name="处理意见")),
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
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="material_returns",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="退回单位",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="退回人",
                    ),
                ),
                (
                    "suggested",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="建议承办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "退回材料",
                "verbose_name_plural": "退回材料",
                "ordering": ["-returned_at"],
                "indexes": [models.Index(fields=["state"], name="cases_mater_state_be0e31_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("lane",),
                        name="one_waiting_return_per_lane",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("position", models.CharField(max_length=100, verbose_name="职务")),
                (
                    "rank",
                    models.CharField(
                        choices=[("principal", "正职"), ("deputy", "副职"), ("other", "其他负责人")],
                        max_length=12,
                        verbose_name="职级",
                    ),
                ),
                ("named_at", models.DateTimeField(verbose_name="确定时间")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="本人确认时间")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="更换时间")),
                ("replaced_reason", models.CharField(blank=True, max_length=200, verbose_name="更换原因")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="确认人",
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="organisations.head",
                        verbose_name="名册",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nominations",
                        to="cases.hearing",
                        verbose_name="开庭",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nominations",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="填报人",
                    ),
                ),
            ],
            options={
                "verbose_name": "拟出庭负责人",
                "verbose_name_plural": "拟出庭负责人",
                "ordering": ["-named_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("lane", "hearing"),
                        name="one_current_nomination_per_lane_and_hearing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="类别")),
                (
                    "certainty",
                    models.CharField(
                        choices=[("yes", "有履行内容"), ("no", "无履行内容"), ("open", "待确认")],
                        max_length=5,
                        verbose_name="有无履行内容",
                    ),
                ),
                ("ruled", models.BooleanField(default=False, verbose_name="司法局认定")),
                ("content", models.TextField(blank=True, verbose_name="履行内容")),
                ("period_text", models.CharField(blank=True, max_length=500, verbose_name="履行期限原文")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="履行期限")),
                ("estimated", models.BooleanField(default=False, verbose_name="期限为估算")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_due", "未到期"),
                            ("in_progress", "履行中"),
                            ("reported", "已报履行，待核查"),
                            ("done", "已履行"),
                            ("done_late", "已履行（逾期）"),
                            ("enforced", "经强制执行履行"),
                            ("partial", "部分履行"),
                            ("settled", "和解变更履行"),
                            ("suspended", "中止（再审）"),
                            ("impossible", "客观不能，待法院认定"),
                            ("overdue", "逾期未履行"),
                            ("none", "无履行内容"),
                        ],
                        default="not_due",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("performed_on", models.DateField(blank=True, null=True, verbose_name="履行日期")),
                ("proof", models.CharField(blank=True, max_length=500, verbose_name="证明")),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="obligations",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "outcome",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="obligation",
                        to="cases.decisionoutcome",
                        verbose_name="裁判结果",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "履行义务",
                "verbose_name_plural": "履行义务",
                "indexes": [models.Index(fields=["due_on", "state"], name="cases_oblig_due_on_9d973a_idx")],
            },
        ),
        migrations.CreateModel(
            name="OfficeRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("entered", "待核准"), ("approved", "已核准"), ("dropped", "已放弃")],
                        default="entered",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="核准时间")),
                ("effects", models.JSONField(default=dict, verbose_name="影响")),
                (
                    "subject",
                    models.CharField(
                        choices=[("limit", "期间长度和计法"), ("ladder", "催办阶梯"), ("choice", "口径选定")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("key", models.CharField(max_length=40, verbose_name="规则")),
                ("value", models.JSONField(verbose_name="内容")),
                ("valid_from", models.DateField(verbose_name="施行日")),
                ("reason", models.CharField(max_length=500, verbose_name="缘由和依据")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="核准人",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="录入人",
                    ),
                ),
            ],
            options={
                "verbose_name": "办公室规则版本",
                "verbose_name_plural": "办公室规则版本",
                "ordering": ["-valid_from", "-pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")),
                        fields=("subject", "key", "valid_from"),
                        name="one_approved_version_per_rule_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                models.Q(("approved_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="officerule_is_approved_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
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
                            ("leader_report", "向负责人汇报记录"),
                            ("defence_report", "应诉情况报告"),
                            ("judgment_filing", "裁判文书备案"),
                            ("effect_confirmation", "生效确认"),
                            ("lost_case_report", "败诉报告"),
                            ("absence_explanation", "负责人未出庭情况说明"),
                            ("advice_reply", "司法建议回复"),
                            ("rectification", "整改方案"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=30, verbose_name="事由")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="回执编号")),
                ("content", models.JSONField(default=dict, verbose_name="内容")),
                ("late_reason", models.CharField(blank=True, max_length=500, verbose_name="逾期原因")),
                ("submitted_at", models.DateTimeField(verbose_name="报送时间")),
                ("submitted_on", models.DateField(verbose_name="报送日期")),
                ("submission_key", models.CharField(max_length=40, unique=True, verbose_name="提交标识")),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="cases.decision",
                        verbose_name="裁判文书",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="cases.hearing",
                        verbose_name="开庭",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="报送人",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "报送材料",
                "verbose_name_plural": "报送材料",
                "ordering": ["-submitted_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lane", "kind", "subject", "version"),
                        name="one_paper_per_lane_kind_subject_and_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaderNotice",
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
                        choices=[("report", "应诉材料呈阅"), ("approval", "应诉情况报告审签")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("content", models.JSONField(default=dict, verbose_name="呈阅内容")),
                ("asked_at", models.DateTimeField(verbose_name="呈阅时间")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="阅示时间")),
                ("agreed", models.BooleanField(null=True, verbose_name="同意")),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="阅示人",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="呈阅人",
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="organisations.head",
                        verbose_name="负责人",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leader_notices",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leader_notices",
                        to="cases.paper",
                        verbose_name="材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "呈阅",
                "verbose_name_plural": "呈阅",
                "ordering": ["asked_at", "pk"],
                "indexes": [models.Index(fields=["asked_at"], name="cases_leade_asked_a_d8db88_idx")],
            },
        ),
        migrations.CreateModel(
            name="PaperDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("delivered_at", models.DateTimeField(verbose_name="送达时间")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="打开时间")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="打开人",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="cases.paper",
                        verbose_name="材料",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="organisations.organisation",
                        verbose_name="接收单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "材料送达",
                "verbose_name_plural": "材料送达",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "recipient"), name="one_delivery_per_paper_and_recipient"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="cases.paper",
                        verbose_name="材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("accepted", "已核收"), ("returned", "退回补正")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("comments", models.JSONField(default=dict, verbose_name="补正意见")),
                ("reviewed_at", models.DateTimeField(verbose_name="核收时间")),
                ("reviewed_on", models.DateField(verbose_name="核收日期")),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review",
                        to="cases.paper",
                        verbose_name="材料",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="核收人",
                    ),
                ),
            ],
            options={
                "verbose_name": "核收",
                "verbose_name_plural": "核收",
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("plaintiff", "原告"), ("third_party", "第三人")],
                        max_length=12,
                        verbose_name="地位",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                ("is_natural_person", models.BooleanField(default=True, verbose_name="自然人")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
            ],
            options={
                "verbose_name": "当事人",
                "verbose_name_plural": "当事人",
            },
        ),
        migrations.CreateModel(
            name="PerformanceEntry",
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
                            ("progress", "进展"),
                            ("partial", "部分履行"),
                            ("done", "履行完毕"),
                            ("settled", "和解变更履行"),
                            ("impossible", "客观不能履行"),
                            ("enforced", "法院强制执行"),
                            ("suspended", "再审中止执行"),
                            ("revived", "恢复执行"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="日期")),
                ("text", models.CharField(max_length=500, verbose_name="情况")),
                ("same_act", models.BooleanField(null=True, verbose_name="与原行为基本相同")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("waiting", "待核查"),
                            ("accepted", "核查属实"),
                            ("refused", "未通过核查"),
                            ("none", "不需核查"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="核查",
                    ),
                ),
                ("verdict_note", models.CharField(blank=True, max_length=500, verbose_name="核查说明")),
                ("verdict_at", models.DateTimeField(blank=True, null=True, verbose_name="核查时间")),
                (
                    "state_before",
                    models.CharField(
                        choices=[
                            ("not_due", "未到期"),
                            ("in_progress", "履行中"),
                            ("reported", "已报履行，待核查"),
                            ("done", "已履行"),
                            ("done_late", "已履行（逾期）"),
                            ("enforced", "经强制执行履行"),
                            ("partial", "部分履行"),
                            ("settled", "和解变更履行"),
                            ("suspended", "中止（再审）"),
                            ("impossible", "客观不能，待法院认定"),
                            ("overdue", "逾期未履行"),
                            ("none", "无履行内容"),
                        ],
                        max_length=12,
                        verbose_name="原状态",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("submission_key", models.CharField(max_length=40, unique=True, verbose_name="提交标识")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="登记人",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="cases.obligation",
                        verbose_name="履行义务",
                    ),
                ),
                (
                    "verdict_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="核查人",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "履行台账",
                "verbose_name_plural": "履行台账",
                "ordering": ["entered_at", "pk"],
                "indexes": [models.Index(fields=["verdict"], name="cases_perfo_verdict_a0f5ef_idx")],
            },
        ),
        migrations.CreateModel(
            name="EntryFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="cases.performanceentry",
                        verbose_name="台账",
                    ),
                ),
            ],
            options={
                "verbose_name": "履行证明",
                "verbose_name_plural": "履行证明",
            },
        ),
        migrations.CreateModel(
            name="RectificationMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                ("text", models.CharField(max_length=500, verbose_name="措施")),
                ("owner", models.CharField(max_length=100, verbose_name="责任人")),
                ("due_on", models.DateField(verbose_name="完成期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("proof", models.CharField(blank=True, max_length=500, verbose_name="完成情况")),
                ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="登记时间")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="验收时间")),
                ("acceptance", models.CharField(blank=True, max_length=500, verbose_name="验收说明")),
                ("refusal", models.CharField(blank=True, max_length=500, verbose_name="未通过原因")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="验收人",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="organisations.organisation",
                        verbose_name="整改单位",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="cases.paper",
                        verbose_name="材料",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="cases.completion",
                        verbose_name="整改方案",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改措施",
                "verbose_name_plural": "整改措施",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["accepted_at", "done_on"], name="cases_recti_accepte_b6dfb9_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paper__isnull", False), ("plan__isnull", True)),
                            models.Q(("paper__isnull", True), ("plan__isnull", False)),
                            _connector="OR",
                        ),
                        name="measure_is_of_a_paper_or_a_plan",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                ("received_on", models.DateField(verbose_name="收到日期")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("direct", "直接送达"),
                            ("electronic", "电子送达"),
                            ("post", "邮寄送达"),
                            ("other", "其他方式"),
                        ],
                        max_length=12,
                        verbose_name="送达方式",
                    ),
                ),
                ("signed_at", models.DateTimeField(verbose_name="签收时间")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "lane",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="service_receipt",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                        verbose_name="签收人",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "签收",
                "verbose_name_plural": "签收",
            },
        ),
        migrations.CreateModel(
            name="FactChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("model", models.CharField(max_length=30, verbose_name="对象")),
                ("field", models.CharField(max_length=30, verbose_name="字段")),
                ("about", models.CharField(blank=True, max_length=100, verbose_name="所属")),
                ("old", models.TextField(blank=True, verbose_name="原")),
                ("new", models.TextField(blank=True, verbose_name="新")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "reason",
                    models.CharField(
                        choices=[("event", "事实变化"), ("correction", "录入更正")],
                        default="event",
                        max_length=12,
                        verbose_name="缘由",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fact_changes",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "事实变更",
                "verbose_name_plural": "事实变更",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["model", "field"], name="cases_factc_model_3b60d9_idx")],
            },
        ),
        migrations.CreateModel(
            name="EvidencePeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("statutory", "法定 15 日"),
                            ("court_set", "法院指定"),
                            ("extended", "法院准许延期"),
                            ("after_obstacle", "正当事由消除后 15 日"),
                        ],
                        max_length=15,
                        verbose_name="依据",
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="届满日")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="文书")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("stated_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_periods",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "举证期限",
                "verbose_name_plural": "举证期限",
                "ordering": ["-stated_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Designation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[("agreement", "共同被告协商"), ("court", "人民法院确定")],
                        max_length=10,
                        verbose_name="依据",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="designation",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.lane",
                        verbose_name="出庭机关",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "共同被告出庭确定",
                "verbose_name_plural": "共同被告出庭确定",
            },
        ),
        migrations.CreateModel(
            name="AppealChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[("yes", "上诉"), ("no", "不上诉")], max_length=3, verbose_name="决定"
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="决定或提交上诉状日期")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="理由")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeal_choices",
                        to="cases.decision",
                        verbose_name="裁判文书",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeal_choices",
                        to="cases.lane",
                        verbose_name="被告",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "上诉决定",
                "verbose_name_plural": "上诉决定",
                "ordering": ["-source__stated_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to="organisations.post",
                        verbose_name="关注人",
                    ),
                ),
            ],
            options={
                "verbose_name": "关注",
                "verbose_name_plural": "关注",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "post"), name="one_watch_per_case_and_person")
                ],
            },
        ),
    ]
