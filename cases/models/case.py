"""A dispute, the 案号 it gets at each instance, its parties, and the lane of each defendant."""

from django.db import models

from cases.models.source import Source, Told
from cases.querysets import CaseQuerySet, LaneQuerySet
from organisations.models import Organisation, Post
from organisations.roles import AGENCY_ROLES


class Dispute(models.Model):
    """争议: one quarrel through all instances, remand and retrial; its cases are linked by 关联案号."""

    opened_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = verbose_name_plural = "争议"

    def __str__(self) -> str:
        return f"争议 {self.pk}"


class SeriesGroup(models.Model):
    """合并审理组: cases of one court that are heard together."""

    court = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="法院")
    label = models.CharField("组号", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "合并审理组"
        constraints = [
            models.UniqueConstraint(fields=["court", "label"], name="one_series_per_court_and_label")
        ]

    def __str__(self) -> str:
        return self.label


class Case(Told):
    """案件: exactly one 案号. The same dispute gets a new case at each instance."""

    class Instance(models.TextChoices):
        FIRST = "first", "一审"
        SECOND = "second", "二审"
        RETRIAL = "retrial", "再审"
        REVIEW = "review", "审查"
        OTHER = "other", "其他"

    class Procedure(models.TextChoices):
        ORDINARY = "ordinary", "普通程序"
        SIMPLE = "simple", "简易程序"
        UNKNOWN = "", "未载明"

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="cases", verbose_name="争议")
    key = models.CharField("案号键", max_length=60, unique=True)
    number = models.CharField("案号", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    type_code = models.CharField("类型代字", max_length=6)
    serial = models.PositiveIntegerField("编号")
    court = models.ForeignKey(Organisation, models.PROTECT, related_name="cases", verbose_name="法院")
    instance = models.CharField("审理程序", max_length=8, choices=Instance.choices)
    procedure = models.CharField("程序", max_length=8, choices=Procedure.choices, blank=True)
    cause = models.CharField("案由", max_length=500, blank=True)
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name="原审案件"
    )
    origin_number = models.CharField("关联案号", max_length=60, blank=True)
    series = models.ForeignKey(
        SeriesGroup, models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name="合并审理组"
    )
    plaintiffs = models.TextField("原告", blank=True)
    third_parties = models.TextField("第三人", blank=True)
    filed_on = models.DateField("立案日期", null=True, blank=True)
    judge = models.CharField("承办法官", max_length=500, blank=True)
    clerk = models.CharField("书记员", max_length=500, blank=True)
    phone = models.CharField("联系电话", max_length=500, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="cases", verbose_name="来源")
    # 作废: entered by mistake. It has no duties and counts nowhere; its key no longer takes up the number.
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废并入"
    )
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        ordering = ["-year", "type_code", "-serial"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin=None) | ~models.Q(origin=models.F("pk")),
                name="case_is_not_its_own_origin",
            )
        ]
        indexes = [models.Index(fields=["court", "year"])]

    def __str__(self) -> str:
        return self.number


class Party(models.Model):
    """当事人: a plaintiff or a third party, as the court names it."""

    class Role(models.TextChoices):
        PLAINTIFF = "plaintiff", "原告"
        THIRD_PARTY = "third_party", "第三人"

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties", verbose_name="案件")
    role = models.CharField("地位", max_length=12, choices=Role.choices)
    name = models.CharField("名称", max_length=200)
    is_natural_person = models.BooleanField("自然人", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "当事人"

    def __str__(self) -> str:
        return self.name


class Lane(models.Model):
    """被诉行政机关 in one case: a lane of its own, with its own days of receipt and deadlines."""

    class Role(models.TextChoices):
        ACTED = "acted", "原行为机关"
        RECONSIDERED = "reconsidered", "复议机关"
        ACTED_JOINTLY = "acted_jointly", "共同作出机关"
        SUCCEEDED = "succeeded", "承继机关"
        NOT_ADDED = "not_added", "应追加未追加第三人"

    case = models.ForeignKey(Case, models.CASCADE, related_name="lanes", verbose_name="案件")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="defences", verbose_name="被诉行政机关"
    )
    role = models.CharField("被诉身份", max_length=15, choices=Role.choices, default=Role.ACTED)
    named_as = models.CharField("通报所载名称", max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="lanes", verbose_name="来源")
    objects = LaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "被告"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation"], name="one_lane_per_case_and_agency")
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} {self.case.number}"

    def is_of(self, actor: Post | None) -> bool:
        """Whether the post acts for the lane's agency, or for the one that succeeded it."""
        agencies = self.organisation.succession()
        return actor is not None and actor.role in AGENCY_ROLES and actor.organisation_id in agencies


class Cause(models.Model):
    """案由 of 法发〔2020〕44号. Courts also send free text, which a case keeps as it came."""

    code = models.CharField("代码", max_length=10, primary_key=True)
    level = models.PositiveSmallIntegerField("级")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="上级案由"
    )
    name = models.CharField("名称", max_length=100)
    valid_from = models.DateField("启用日")

    class Meta:
        verbose_name = verbose_name_plural = "案由"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """行政管理领域, by which bulletins group losses."""

    key = models.CharField("代码", max_length=30, primary_key=True)
    name = models.CharField("名称", max_length=50)
    position = models.PositiveSmallIntegerField("排序")

    class Meta:
        verbose_name = verbose_name_plural = "管理领域"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
