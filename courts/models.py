"""A court's monthly notification: what was uploaded, what was planned, what took effect, what is held."""

from django.db import models

from cases.models import Mandate, MandatedEntry
from courts.querysets import HeldRowQuerySet, OfCourtQuerySet, UploadQuerySet
from organisations.models import Organisation, Region, StoredFile, post_field


class Kind(models.TextChoices):
    """三通报."""

    SCHEDULE = "schedule", "排庭"
    APPEARANCES = "appearances", "出庭"
    JUDGMENTS = "judgments", "裁判"


# What only the office can put right, since the directories are its own.
OFFICE_CODES = frozenset({"agency_unknown", "outcome_unknown"})


class Upload(models.Model):
    """A workbook that was checked and planned. It changes nothing until it is confirmed, once."""

    class State(models.TextChoices):
        WAITING = "waiting", "正在检查"
        REFUSED = "refused", "未能读取"
        PLANNED = "planned", "待提交"
        CONFIRMED = "confirmed", "已提交"
        DROPPED = "dropped", "已放弃"

    court = models.ForeignKey(Organisation, models.PROTECT, related_name="uploads", verbose_name="法院")
    month = models.DateField("月份", help_text="当月 1 日")
    requested_kind = models.CharField("类别", max_length=12, default="auto")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="uploads", verbose_name="文件"
    )
    file_name = models.CharField("文件名", max_length=255)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = post_field("上传人", null=True)
    # 代录: an office uploads for the court under a mandate, and what its confirmation entered.
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, related_name="uploads", verbose_name="代录依据"
    )
    entry = models.ForeignKey(
        MandatedEntry, models.PROTECT, null=True, related_name="uploads", verbose_name="代录事项"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices)
    refusal_code = models.CharField("原因代码", max_length=30, blank=True)
    refusal = models.CharField("原因", max_length=500, blank=True)
    # A file that only adds to the month: what it does not have is not missing.
    is_addition = models.BooleanField("补充", default=False)
    # Of a large file, which is checked in the background: who took it up, how often, how far it is.
    claimed_at = models.DateTimeField("开始检查", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("检查次数", default=0)
    progress = models.CharField("进度", max_length=100, blank=True)
    # What people added to the file: where its columns are ({sheet: {kind, row, columns}}), and cells put right
    # ([{sheet, row, column, old, new, at, by}], the last one of a cell counts).
    layout = models.JSONField("列的对应", default=dict)
    corrections = models.JSONField("改正的单元格", default=list)
    # Questions about rows (sheet, row, code) to which somebody said: it is so.
    affirmed = models.JSONField("确认无误的行", default=list)
    plan_hash = models.CharField("计划散列", max_length=64, blank=True)
    # The report (sheets, issues, unmatched agencies) as it was shown.
    report = models.JSONField("检查结果", default=dict)
    # The checked rows, from which the plan is made again at confirmation.
    rows = models.JSONField("检查后的行", default=dict)
    # Confirmation was asked for, with these answers: whatever interrupts it, it is finished from here.
    asked_at = models.DateTimeField("要求提交", null=True, blank=True)
    asked_by = post_field("要求人", null=True)
    answers = models.JSONField("提交说明", default=dict)
    idempotency_key = models.CharField("幂等键", max_length=100, blank=True)
    # Of everything that was sent with the key, so that the same key with something else is noticed.
    request_digest = models.CharField("请求散列", max_length=64, blank=True)
    number = models.CharField("回执编号", max_length=20, unique=True, null=True, blank=True)
    confirmed_at = models.DateTimeField("提交时间", null=True, blank=True)
    confirmed_by = post_field("提交人", null=True)
    effects = models.JSONField("影响", default=dict)
    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上传"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="confirmed", number__isnull=False) | ~models.Q(state="confirmed"),
                name="confirmed_upload_has_a_receipt",
            ),
            models.UniqueConstraint(
                fields=["court", "idempotency_key"],
                condition=~models.Q(idempotency_key=""),
                name="one_upload_per_court_and_idempotency_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.court.short_name} {self.month:%Y-%m} {self.file_name}"

    @property
    def can_match_columns(self) -> bool:
        """Whether people can say which columns are which: its headers were not understood, or as they said is wrong."""
        refused = self.state == self.State.REFUSED and self.file_id is not None
        return refused and (self.refusal_code == "no_known_sheet" or bool(self.layout))

    def is_changeable(self) -> bool:
        """Whether it can still be changed, as the database says now; locked until the caller's transaction ends."""
        return Upload.objects.select_for_update(of=("self",)).changeable().filter(pk=self.pk).exists()


class Notification(models.Model):
    """One of the three notifications of a court for a month, in a version; a nil return has no file."""

    court = models.ForeignKey(Organisation, models.PROTECT, related_name="notifications", verbose_name="法院")
    month = models.DateField("月份")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    version = models.PositiveSmallIntegerField("版本")
    reason = models.CharField("更正原因", max_length=500, blank=True)
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="notifications", verbose_name="上传")
    number = models.CharField("回执编号", max_length=20)
    received_at = models.DateTimeField("收到时间")
    received_by = post_field("报送人", null=True)
    rows_read = models.PositiveIntegerField("读取行数", default=0)
    accepted = models.PositiveIntegerField("接受行数", default=0)
    held = models.PositiveIntegerField("暂存行数", default=0)
    ignored = models.PositiveIntegerField("忽略行数", default=0)
    objects = OfCourtQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "月度通报"
        ordering = ["-month", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["court", "month", "kind", "version"],
                name="one_notification_per_court_month_kind_version",
            ),
            models.CheckConstraint(
                condition=models.Q(rows_read=models.F("accepted") + models.F("held") + models.F("ignored")),
                name="every_row_read_is_accounted_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.court.short_name} {self.month:%Y-%m} {self.get_kind_display()} 第{self.version}版"

    @property
    def is_nil(self) -> bool:
        """零通报: the court said that there is nothing to tell."""
        return self.upload.file_id is None


class HeldRow(models.Model):
    """A row that could not be taken over: a visible debt until a later notification brings it right."""

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="held_rows", verbose_name="通报"
    )
    sheet = models.CharField("工作表", max_length=100)
    row = models.PositiveIntegerField("行")
    values = models.JSONField("各列")
    issues = models.JSONField("问题")
    resolved_at = models.DateTimeField("改正时间", null=True, blank=True)
    objects = HeldRowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "暂存行"
        ordering = ["sheet", "row"]

    def __str__(self) -> str:
        return f"{self.sheet} 第 {self.row} 行"

    @property
    def owner(self) -> str:
        """Whose word is needed: the office keeps the directories, the court its own rows."""
        codes = {issue["code"] for issue in self.issues if issue["severity"] == "error"}
        return "司法局" if codes and codes <= OFFICE_CODES else "法院"

    @property
    def unknown_names(self) -> list[str]:
        """Names in it that the office can say the meaning of."""
        return [issue["value"] for issue in self.issues if issue["code"] == "agency_unknown"]


class HistoryImport(models.Model):
    """历史台账: an old ledger of a region that was taken in, as facts that start no duty."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    year = models.PositiveSmallIntegerField("年份")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    file_name = models.CharField("文件名", max_length=255)
    number = models.CharField("回执编号", max_length=20, unique=True, null=True, blank=True)
    imported_at = models.DateTimeField("导入时间")
    imported_by = post_field("导入人", null=True)
    plan_hash = models.CharField("计划散列", max_length=64, blank=True)
    report = models.JSONField("检查结果", default=dict)
    # The rows that were not taken in, with their cells and what is wrong with them.
    held = models.JSONField("暂存行", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "历史台账"
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.region.short_name} {self.year} {self.file_name}"


class RememberedName(models.Model):
    """A name that a court writes, and the agency that somebody said it means; for that court only."""

    court = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="法院")
    name = models.CharField("写法", max_length=200)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机关")
    at = models.DateTimeField("时间")
    by = post_field("指定人", null=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)
    ended_by = post_field("停用人", null=True)
    objects = OfCourtQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "记住的机关写法"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["court", "name"],
                condition=models.Q(ended_at=None),
                name="one_meaning_per_court_and_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.agency.name}"


class RememberedColumn(models.Model):
    """A header that a court uses, and the column it means (nothing: to be passed over); for that court and kind."""

    court = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="法院")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    header = models.CharField("表头", max_length=200)
    column = models.CharField("列", max_length=30, blank=True)
    at = models.DateTimeField("时间")
    by = post_field("指定人", null=True)
    objects = OfCourtQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "记住的表头"
        constraints = [
            models.UniqueConstraint(
                fields=["court", "kind", "header"], name="one_meaning_per_court_kind_and_header"
            )
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.column or '（不读取）'}"
