"""The agencies' forms: one short page per step."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from cases.models import Decision, EvidencePeriod, MaterialReceipt
from organisations.files import Attachment
from rules.appearance import AbsenceGround, HeadRank
from rules.outcomes import load_outcomes, lost_reasons

MAX_FILE = 20 * 2**20
# What may be attached, by the first bytes of the content; names prove nothing.
KINDS = {
    b"%PDF": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"PK\x03\x04": "application/vnd.openxmlformats-officedocument",
    b"\xd0\xcf\x11\xe0": "application/msword",
}
# Days beyond these are slips of the keyboard.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
BOUND = "请核对年份，应在 2000 年至 2099 年之间。"
FILE_RULE = "PDF、图片、Word 或 Excel，每个不超过 20 MB"


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, checked by content, as attachments."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Attachment]:
        files = [data] if data and not isinstance(data, list | tuple) else list(data or [])
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        return [_attachment(super(FilesField, self).clean(file, initial)) for file in files]


def _attachment(file: Any) -> Attachment:
    if file.size > MAX_FILE:
        raise forms.ValidationError(
            f"“{file.name}”有 {file.size / 2**20:.1f} MB，超过 20 MB，请压缩或拆分后上传。"
        )
    content = file.read()
    media_type = next((kind for magic, kind in KINDS.items() if content.startswith(magic)), None)
    if media_type is None:
        raise forms.ValidationError(f"“{file.name}”不是可用的格式。请上传{FILE_RULE}。")
    return Attachment(file.name, content, media_type)


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day, typed in any usual way."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}),
        validators=[MinValueValidator(EARLIEST, BOUND), MaxValueValidator(LATEST, BOUND)],
        error_messages={"required": f"请填写{label}。", "invalid": f"{label}读不出，请写作 2026-10-28。"},
        **options,
    )


def text_field(label: str, *, lines: int = 1, **options: Any) -> forms.CharField:
    """A text; several lines where more is asked for."""
    widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
    options.setdefault("max_length", 200 if lines == 1 else 5000)
    return forms.CharField(
        label=label, widget=widget, error_messages={"required": f"请填写{label}。"}, **options
    )


def choice_field(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, error_messages={"required": f"请选择{label}。"}, **options
    )


class SubmissionForm(forms.Form):
    """A form that is submitted once, however often its button is pressed."""

    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    late_reason = text_field("逾期原因", required=False, help_text="超过期限报送的须说明")
    attachments = FilesField(label="附件", required=False, help_text=FILE_RULE)
    # Fields that are not part of the paper's own content.
    envelope = ("submission_key", "late_reason", "attachments")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission_key": uuid.uuid4().hex} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in self.envelope])

    def content(self) -> dict[str, Any]:
        """What the paper says, in plain values."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in self.envelope}
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in said.items()
        }


class ReceiptForm(forms.Form):
    """签收应诉材料."""

    received_on = day_field("收到日期", help_text="送达回证上的日期")
    method = choice_field("送达方式", MaterialReceipt.Method.choices)
    basis = choice_field("举证期限", EvidencePeriod.Basis.choices, initial="statutory")
    ends_on = day_field("举证期限届满日", required=False, help_text="法定 15 日的不用填，系统推算")
    document = text_field("法院文书", required=False, help_text="如 举证通知书、准许延期通知书")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (
            told.get("basis") not in (None, "statutory")
            and not told.get("ends_on")
            and "ends_on" not in self.errors
        ):
            self.add_error("ends_on", "请填写法院确定的举证期限届满日。")
        return told

    def period(self) -> dict[str, Any] | None:
        """The court's own evidence period, or None for the statutory one."""
        told = self.cleaned_data
        if told["basis"] == EvidencePeriod.Basis.STATUTORY:
            return None
        return {"basis": told["basis"], "ends_on": told["ends_on"], "document": told["document"]}


class LeaderReportForm(SubmissionForm):
    """向负责人汇报记录: the first of the two reports, kept inside the agency."""

    reported_on = day_field("汇报日期")
    reported_to = text_field("汇报对象", help_text="分管负责人和主要负责人的姓名、职务")
    instruction = text_field("负责人意见", lines=3, required=False)


class HeadForm(forms.Form):
    """确定出庭负责人."""

    name = text_field("姓名", max_length=100)
    position = text_field("职务", max_length=100, help_text="如 副局长")
    rank = choice_field("职级", [(rank.value, rank.label) for rank in HeadRank])


class DefenceReportForm(SubmissionForm):
    """应诉情况报告 (举证期限届满之日起 5 日内): five questions."""

    summary = text_field("案件概况", lines=4, help_text="被诉行为、文号和争议焦点")
    evidence_filed_on = day_field("提交证据日期", help_text="向法院提交证据的日期")
    evidence = text_field("举证与答辩情况", lines=4)
    head = text_field("出庭安排", lines=2, help_text="拟出庭负责人和分管关系")
    risk = text_field("风险与化解意见", lines=3, required=False)


class JudgmentFilingForm(SubmissionForm):
    """裁判文书备案 (收到之日起 5 日内)."""

    received_on = day_field("收到日期")
    appeal = choice_field("是否上诉", [("no", "不上诉"), ("yes", "上诉"), ("open", "待研究")])
    report = text_field("备案报告", lines=5, help_text="裁判主文、履行计划、存在问题和整改")


class LostCaseForm(SubmissionForm):
    """败诉报告: what happened, why, what is wrong, what changes."""

    facts = text_field("案件基本情况", lines=3)
    cause = choice_field("败诉原因", [(reason.code, reason.label) for reason in lost_reasons()])
    problems = text_field("存在的问题", lines=3)
    measures = text_field("整改措施", lines=3, help_text="措施、责任人和完成时间")


class AbsenceForm(SubmissionForm):
    """负责人未出庭情况说明: the ground, what happened, who went instead (规定第八条、第九条)."""

    ground = choice_field(
        "情形", [(ground.value, ground.label) for ground in AbsenceGround if ground != "none"]
    )
    facts = text_field("情况说明", lines=3)
    staff = text_field("委托出庭的工作人员", required=False)


class PerformanceForm(forms.Form):
    """登记履行."""

    performed_on = day_field("履行日期")
    proof = text_field(
        "履行情况和证明", lines=3, max_length=500, help_text="如 2026-09-10 支付赔偿款，附转账凭证"
    )


class DecisionForm(forms.Form):
    """The decision itself, where the court has not told of it yet."""

    kind = choice_field("文书类型", Decision.Kind.choices)
    decided_on = day_field("裁判日期")
    code = choice_field("裁判结果", [(outcome.code, outcome.label) for outcome in load_outcomes()])
