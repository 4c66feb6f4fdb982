import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import organisations.migrations._append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=50, unique=True, verbose_name="账号")),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="邮箱")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                (
                    "password_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="密码修改时间"),
                ),
                ("must_change_password", models.BooleanField(default=False, verbose_name="须修改密码")),
            ],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "digest",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="SHA-256"
                    ),
                ),
                ("size", models.PositiveBigIntegerField(verbose_name="字节")),
                ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                ("stored_at", models.DateTimeField(verbose_name="入库时间")),
            ],
            options={
                "verbose_name": "文件",
                "verbose_name_plural": "文件",
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("user_name", models.CharField(blank=True, max_length=50, verbose_name="姓名")),
                ("username", models.CharField(blank=True, max_length=50, verbose_name="账号")),
                ("post", models.CharField(blank=True, max_length=150, verbose_name="身份")),
                ("organisation", models.CharField(blank=True, max_length=30, verbose_name="单位代码")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="来源地址")),
                ("verb", models.CharField(max_length=40, verbose_name="事项")),
                ("object_type", models.CharField(blank=True, max_length=40, verbose_name="对象类别")),
                ("object_id", models.CharField(blank=True, max_length=100, verbose_name="对象")),
                ("summary", models.CharField(max_length=500, verbose_name="摘要")),
                ("data", models.JSONField(default=dict, verbose_name="内容")),
                ("previous", models.CharField(blank=True, max_length=64, verbose_name="上一条散列")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="散列")),
            ],
            options={
                "verbose_name": "审计记录",
                "verbose_name_plural": "审计记录",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["object_type", "object_id"], name="organisatio_object__b81691_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("shipped", models.JSONField(default=dict, editable=False, verbose_name="载入值")),
                (
                    "code",
                    models.CharField(
                        max_length=6, primary_key=True, serialize=False, verbose_name="区划代码"
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="名称")),
                ("short_name", models.CharField(max_length=20, verbose_name="简称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "省"),
                            ("city", "市"),
                            ("county", "县（市、区）"),
                            ("zone", "市属开发区"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                ("former_codes", models.CharField(blank=True, max_length=50, verbose_name="曾用代码")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organisations.region",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "区划",
                "verbose_name_plural": "区划",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shipped", models.JSONField(default=dict, editable=False, verbose_name="载入值")),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                ("short_name", models.CharField(max_length=50, verbose_name="简称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("court", "人民法院"),
                            ("government", "人民政府"),
                            ("department", "工作部门"),
                            ("township", "乡镇人民政府"),
                            ("subdistrict", "街道办事处"),
                            ("zone_committee", "开发区管委会"),
                            ("authorised_body", "授权组织"),
                            ("vertical", "垂直管理单位"),
                            ("legal_office", "政府法制机构（司法局）"),
                            ("political_legal", "党委政法委"),
                            ("supervision", "督查室"),
                            ("assessment", "考评办"),
                            ("government_office", "政府办公室"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("provincial", "省级"),
                            ("municipal", "市级"),
                            ("county", "县级"),
                            ("township", "乡级"),
                        ],
                        max_length=12,
                        verbose_name="层级",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("counties", "县（市、区）"),
                            ("zones", "市属开发区"),
                            ("departments", "市直部门"),
                            ("vertical", "垂直管理单位"),
                            ("", "不分组"),
                        ],
                        max_length=12,
                        verbose_name="排名分组",
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=30, verbose_name="管理领域")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="排序")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="成立日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="撤销日")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organisations.organisation",
                        verbose_name="承继单位",
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to="organisations.organisation",
                        verbose_name="上级",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="organisations.region",
                        verbose_name="区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "机构",
                "verbose_name_plural": "机构",
                "ordering": ["position", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_from", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="organisation_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor", None),
                            models.Q(("successor", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="organisation_does_not_succeed_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shipped", models.JSONField(default=dict, editable=False, verbose_name="载入值")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="法院代字")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="court_codes",
                        to="organisations.organisation",
                        verbose_name="法院",
                    ),
                ),
            ],
            options={
                "verbose_name": "法院代字",
                "verbose_name_plural": "法院代字",
            },
        ),
        migrations.CreateModel(
            name="PastPassword",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="散列")),
                ("replaced_at", models.DateTimeField(verbose_name="更换时间")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_passwords",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "历史密码",
                "verbose_name_plural": "历史密码",
                "ordering": ["-replaced_at"],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                            ("office_clerk", "司法局经办"),
                            ("office_head", "司法局负责人"),
                            ("court_clerk", "法院书记员"),
                            ("agency_liaison", "机关联络员"),
                            ("agency_head", "机关负责人"),
                            ("leader", "党委政府领导"),
                            ("supervision", "督查室"),
                            ("assessment", "考评办"),
                            ("political_legal", "政法委"),
                            ("government_office", "政府办公室"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                        ],
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                (
                    "on_behalf",
                    models.CharField(
                        blank=True, help_text="如 代政府应诉、代张某阅", max_length=50, verbose_name="代办"
                    ),
                ),
                ("is_default", models.BooleanField(default=False, verbose_name="默认身份")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organisations.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "身份",
                "verbose_name_plural": "身份",
                "ordering": ["-is_default", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "organisation", "role"), name="one_post_per_role_and_organisation"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role__in", ["system_admin", "security_admin", "audit_admin"])),
                        fields=("user",),
                        name="three_administrators_are_three_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=50, verbose_name="用途")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="散列")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="最近使用")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="organisations.post",
                        verbose_name="身份",
                    ),
                ),
            ],
            options={
                "verbose_name": "接口令牌",
                "verbose_name_plural": "接口令牌",
            },
        ),
        migrations.CreateModel(
            name="CourtArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="areas",
                        to="organisations.organisation",
                        verbose_name="法院",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="court_areas",
                        to="organisations.region",
                        verbose_name="区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "管辖区域",
                "verbose_name_plural": "管辖区域",
                "constraints": [
                    models.UniqueConstraint(fields=("court", "region"), name="one_area_per_court_and_region")
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("principal", "正职负责人"),
                            ("deputy", "副职负责人"),
                            ("deputy_level", "参与分管的副职级别负责人"),
                            ("other", "其他参与分管的负责人"),
                        ],
                        max_length=15,
                        verbose_name="类别",
                    ),
                ),
                ("in_charge_of", models.CharField(blank=True, max_length=200, verbose_name="分管领域")),
                ("first", models.DateField(verbose_name="任职自")),
                ("last", models.DateField(blank=True, null=True, verbose_name="任职至")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="headships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="本人账号",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads",
                        to="organisations.organisation",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "负责人",
                "verbose_name_plural": "负责人",
                "ordering": ["organisation", "kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last", None), ("last__gte", models.F("first")), _connector="OR"),
                        name="term_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="别名")),
                (
                    "kind",
                    models.CharField(
                        choices=[("short", "简称"), ("former", "曾用名"), ("variant", "别写")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="organisations.organisation",
                        verbose_name="机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "机构别名",
                "verbose_name_plural": "机构别名",
                "indexes": [models.Index(fields=["name"], name="organisatio_name_dc0c3d_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "name"), name="one_alias_per_organisation_and_name"
                    )
                ],
            },
        ),
        migrations.RunPython(
            code=organisations.migrations._append_only.forwards,
            reverse_code=organisations.migrations._append_only.backwards,
        ),
    ]
