"""Where a fact comes from, and what it was before."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.timezone import localtime

from organisations.models import Organisation, StoredFile, post_field


class Source(models.Model):
    """Who stated a fact, when, and in which document or which row of which workbook."""

    class Kind(models.TextChoices):
        COURT = "court", "法院通报"
        AGENCY = "agency", "机关填报"
        OFFICE = "office", "司法局登记"
        HISTORY = "history", "历史台账"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="陈述单位")
    stated_at = models.DateTimeField("陈述时间")
    stated_by = post_field("陈述人", null=True)
    # 代录: an office entered what the organisation states.
    entry = models.ForeignKey(
        "cases.MandatedEntry", models.PROTECT, null=True, related_name="sources", verbose_name="代录事项"
    )
    # The day on which it counts as stated, where that is not the day of the entry.
    handed_in_on = models.DateField("交件日期", null=True)
    reference = models.CharField("回执编号", max_length=30, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    file_name = models.CharField("文件名", max_length=255, blank=True)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行", null=True)
    # Of which month the notification tells.
    month = models.DateField("通报月份", null=True)
    # Which cell says what: {"开庭日期": "G17"}.
    cells = models.JSONField("单元格", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "来源"
        indexes = [models.Index(fields=["reference", "row"])]

    def __str__(self) -> str:
        place = f"{self.file_name} · {self.sheet} 第 {self.row} 行" if self.row else self.get_kind_display()
        return f"{self.teller} {place}（{self.entry}）" if self.entry else f"{self.teller} {place}"

    @property
    def stated_on(self) -> date:
        """The day on which it counts as stated: what is asked whether a duty was met in time."""
        return self.handed_in_on or localtime(self.stated_at).date()

    @property
    def teller(self) -> str:
        """Who says so: an organisation, or an old ledger, which is nobody's word of today."""
        is_history = self.kind == self.Kind.HISTORY
        return self.Kind.HISTORY.label if is_history else self.organisation.short_name


HISTORY = Source.Kind.HISTORY.value


class Told(models.Model):
    """A fact with a source. Each of its fields was told then, or later: by which notification, on which day."""

    # Field: [month of the notification or "", day], for those told what they say after the source of the row; with
    # HISTORY behind where an old ledger told it first.
    told = models.JSONField("各项何时告知", default=dict)
    source: Any  # a key to the Source, under a related name of its own

    class Meta:
        abstract = True

    def told_on(self, name: str) -> date:
        """The day on which the field was last told what it says."""
        kept = self.told.get(name)
        return date.fromisoformat(kept[1]) if kept else localtime(self.source.stated_at).date()

    def told_for(self, name: str) -> str:
        """The month (2026-04) of the notification that last told it; empty where none did."""
        if kept := self.told.get(name):
            return str(kept[0])
        return f"{self.source.month:%Y-%m}" if self.source.month else ""

    def tell(self, name: str, *, month: str, on: date, history: bool = False) -> None:
        """Note that the field is told, or follows from what is told, on that day; `history`: by an old ledger first."""
        self.told = self.told | {name: [month, on.isoformat(), *([HISTORY] if history else [])]}

    def is_history(self, name: str) -> bool:
        """Whether an old ledger told first what the field says: no duty begins by it, also when it is said again."""
        kept = self.told.get(name)
        return HISTORY in kept if kept else self.source.kind == HISTORY

    def is_only_history(self, name: str) -> bool:
        """Whether nobody but old ledgers told what the field says."""
        kept = self.told.get(name)
        return self.is_history(name) and not (kept and kept[0])


class FactChange(models.Model):
    """A known fact that a later source changed: what it was, what it is, who said so.

    The fact is named by model and field, its values are kept as codes and ISO days; words are made where it is read.
    """

    class Reason(models.TextChoices):
        EVENT = "event", "事实变化"
        CORRECTION = "correction", "录入更正"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="fact_changes", verbose_name="案件")
    at = models.DateTimeField("时间")
    model = models.CharField("对象", max_length=30)
    field = models.CharField("字段", max_length=30)
    # What tells it from others of its kind in the case: the agency, the day of the hearing.
    about = models.CharField("所属", max_length=100, blank=True)
    old = models.TextField("原", blank=True)
    new = models.TextField("新", blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    reason = models.CharField("缘由", max_length=12, choices=Reason.choices, default=Reason.EVENT)
    source = models.ForeignKey(Source, models.PROTECT, related_name="changes", verbose_name="来源")

    class Meta:
        verbose_name = verbose_name_plural = "事实变更"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["model", "field"])]

    def __str__(self) -> str:
        return f"{self.label}：{self.old_words or '（空）'} → {self.new_words or '（空）'}"

    @property
    def label(self) -> str:
        """The fact in words: 开庭日期, or 区自然局 收到日期."""
        return f"{self.about} {self._field.verbose_name}".strip()

    @property
    def old_words(self) -> str:
        return words_of(self._field, self.old)

    @property
    def new_words(self) -> str:
        words = words_of(self._field, self.new)
        return f"{words}（{self.note}）" if self.note else words

    @property
    def _field(self) -> Any:
        return apps.get_model("cases", self.model)._meta.get_field(self.field)


def plain(value: object) -> str:
    """A value of a field as a change keeps it: a code, an ISO day, `True`; nothing where there is none."""
    return "" if value is None else str(value)


def words_of(field: Any, kept: str) -> str:
    """What a change kept of a field, as people read it."""
    if isinstance(field, models.BooleanField):
        return {"True": "是", "False": "否"}.get(kept, "")
    return str(dict(field.flatchoices).get(kept, kept))
