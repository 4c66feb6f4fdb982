"""What papers ask for. Each form is one page; what the record knows already is shown beside it, not asked again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from cases.models import AppealChoice, Decision
from cases.record.form_fields import FILE_RULE, FilesField, choice_field, day_field, text_field
from cases.rectification.rows import MOST_MEASURES, MeasureRows
from organisations.models import Head
from rules.appearance import AbsenceGround
from rules.outcomes import load_outcomes, lost_reasons

MOST_CLAIMS = 3
LATE_REASONS = [
    ("", "请选择"),
    ("审签", "材料在审签"),
    ("送达", "收到法院材料晚"),
    ("人员", "经办人员变动或请假"),
    ("系统", "网络或系统原因"),
    ("其他", "其他原因"),
]


# Fields that are returned and reopened together, under one name.
GROUPS = {"measures": "整改措施", "claims": "诉讼请求", "attachments": "附件"}
IN_GROUP = {
    f"{name}_{n}": "measures" for name in ("measure", "owner", "due") for n in range(1, MOST_MEASURES + 1)
} | {f"claim_{n}{tail}": "claims" for n in range(1, MOST_CLAIMS + 1) for tail in ("", "_code")}


class PaperForm(forms.Form):
    """A paper in the making. What is in `envelope` goes round the paper and is no part of what it says."""

    late_code = choice_field("逾期原因", LATE_REASONS, required=False, help_text="超过期限报送的须选")
    late_reason = text_field("逾期说明", required=False, max_length=400)
    attachments = FilesField(label="附件", required=False, help_text=FILE_RULE)
    envelope: tuple[str, ...] = ("late_code", "late_reason", "attachments")
    # At least one file has to be attached: the document, the proof.
    wants_files = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in PaperForm.envelope])

    def content(self) -> dict[str, Any]:
        """What the paper says, in plain values."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in self.envelope}
        return {name: _plain(value) for name, value in said.items()}

    def late(self) -> str:
        """The reason of being late in one line, or nothing."""
        code, text = self.cleaned_data.get("late_code"), self.cleaned_data.get("late_reason")
        label = dict(LATE_REASONS)[code] if code else ""
        return "：".join(part for part in (label, text) if part)

    def reopen(self, before: Mapping[str, Any], comments: Mapping[str, str]) -> None:
        """After a return only the named fields can be changed; the comment stands beside each."""
        for name, field in self.fields.items():
            asked = IN_GROUP.get(name, name)
            if asked in comments:
                if name == asked or name in ("measure_1", "claim_1"):
                    field.help_text = f"补正意见：{comments[asked]}"
            elif name not in self.envelope:
                field.disabled = True
                self.initial[name] = before.get(name)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [one.pk for one in value] if hasattr(value, "values_list") else value


class LeaderReportForm(PaperForm):
    """向负责人汇报记录: the first of the two reports, kept inside the agency."""

    reported_on = day_field("汇报日期")
    leaders = forms.ModelMultipleChoiceField(
        Head.objects.none(), label="呈阅负责人", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="有账号的将收到一键阅示",
    )  # fmt: skip
    reported_to = text_field("汇报对象", required=False, help_text="名册以外的，写姓名和职务")
    instruction = text_field("负责人意见", lines=3, required=False, help_text="已有批示的填写，或上传阅示件")
    envelope = (*PaperForm.envelope, "leaders")

    def __init__(self, *args: Any, heads: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaders"].queryset = heads if heads is not None else Head.objects.none()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("leaders") and not told.get("reported_to"):
            self.add_error("leaders", "请选择呈阅负责人，或填写汇报对象。")
        return told

    def content(self) -> dict[str, Any]:
        """The heads by name, as they stood on the day."""
        names = [str(head) for head in self.cleaned_data["leaders"]]
        told = super().content()
        return told | {
            "reported_to": "、".join([*names, told["reported_to"]] if told["reported_to"] else names)
        }


class DefenceReportForm(PaperForm):
    """应诉情况报告 (举证期限届满之日起 5 日内): five questions."""

    summary = text_field("案件概况", lines=4, help_text="被诉行为、文号和争议焦点，200 字左右")
    evidence_filed_on = day_field("提交证据日期", help_text="向法院提交或交邮的日期")
    evidence = text_field("举证与答辩情况", lines=4, help_text="答辩要点，证据份数，有无延期")
    materials = text_field("提交法院的材料", lines=3, required=False, help_text="每行一项，如 证据目录 1份")
    head = text_field("出庭安排", lines=2, help_text="拟出庭负责人和分管关系")
    risk = text_field("风险与化解意见", lines=3, required=False, help_text="败诉、群体和舆情风险，化解意见")
    approval = choice_field(
        "本单位审签", [("scan", "上传盖章件"), ("leader", "请负责人线上确认")], initial="scan"
    )
    approver = forms.ModelChoiceField(
        Head.objects.none(), label="确认的负责人", required=False, empty_label="上传盖章件的不用选"
    )
    envelope = (*PaperForm.envelope, "approval", "approver")

    def __init__(self, *args: Any, heads: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approver"].queryset = heads if heads is not None else Head.objects.none()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("approval") == "leader" and not told.get("approver"):
            self.add_error("approver", "请选择由哪位负责人确认。")
        return told

    @property
    def wants_files(self) -> str:  # type: ignore[override]
        """A sealed scan, unless a head confirms."""
        return "请上传盖章件，或改请负责人线上确认。" if self.cleaned_data.get("approval") == "scan" else ""


class JudgmentFilingForm(PaperForm):
    """裁判文书备案 (收到之日起 5 日内); asks for the decision too where the court has not told of it yet."""

    kind = choice_field("文书类型", [("", "请选择"), *Decision.Kind.choices])
    decided_on = day_field("裁判日期")
    code = choice_field(
        "裁判结果", [("", "请选择"), *((outcome.code, outcome.label) for outcome in load_outcomes())]
    )
    received_on = day_field("收到日期")
    appeal = choice_field("是否上诉", [*AppealChoice.Choice.choices, ("open", "待研究")], initial="open")
    report = text_field("备案报告", lines=5, help_text="裁判主文、履行计划、存在问题和整改")
    wants_files = "请上传裁判文书（扫描件或逐页照片）。"
    ABOUT_DECISION = ("kind", "decided_on", "code")

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decision is not None:
            for name in self.ABOUT_DECISION:
                del self.fields[name]
        for n in range(1, MOST_CLAIMS + 1):
            self.fields[f"claim_{n}"] = text_field(
                f"诉讼请求 {n}", required=False, help_text="各项请求结果不同的，逐项填写"
            )
            codes = [("", "—"), *((outcome.code, outcome.label) for outcome in load_outcomes())]
            self.fields[f"claim_{n}_code"] = choice_field(f"请求 {n} 的结果", codes, required=False)
        self.order_fields([name for name in self.fields if name not in PaperForm.envelope])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        outcome = next((one for one in load_outcomes() if one.code == told.get("code")), None)
        if outcome and told.get("kind") and told["kind"] not in outcome.documents:
            fitting = "、".join(outcome.documents)
            self.add_error("code", f"“{outcome.label}”只见于{fitting}，请核对文书类型和裁判结果。")
        if told.get("received_on") and told.get("decided_on") and told["received_on"] < told["decided_on"]:
            self.add_error("received_on", f"收到日期不能早于裁判日期（{told['decided_on']}）。")
        return told

    def claims(self) -> list[tuple[str, str]]:
        """Claims with an outcome of their own."""
        told = self.cleaned_data
        pairs = [(told[f"claim_{n}"], told[f"claim_{n}_code"]) for n in range(1, MOST_CLAIMS + 1)]
        return [(claim, code) for claim, code in pairs if claim and code]


class EffectForm(PaperForm):
    """生效确认: the second filing, when a decision that was open to appeal has taken effect."""

    known_by = choice_field(
        "何以知悉生效",
        [
            ("expiry", "上诉期届满，各方未上诉"),
            ("court", "法院告知或出具生效证明"),
            ("withdrawn", "准许撤回上诉"),
        ],
    )
    plan = text_field("履行安排", lines=3, help_text="履行内容、责任人和期限；没有的写“无履行内容”")


class MeasuresForm(MeasureRows, PaperForm):
    """A paper with measures."""


class LostCaseForm(MeasuresForm):
    """败诉报告: what happened, why by the limbs of 行政诉讼法 70, who answers for it, what changes, where it recurs."""

    facts = text_field("案件基本情况", lines=3)
    causes = forms.MultipleChoiceField(
        label="败诉原因", choices=[(reason.code, reason.label) for reason in lost_reasons()],
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "请选择败诉原因。"},
        help_text="《行政诉讼法》第七十条等，可多选",
    )  # fmt: skip
    problems = text_field("存在的问题", lines=3)
    responsibility = text_field("责任认定", lines=2, help_text="承办机构、人员和审核环节")
    similar = text_field("同类案件排查", lines=2, required=False, help_text="同类行为有多少件，是否一并纠正")


class AbsenceForm(PaperForm):
    """负责人不能出庭情况说明: the ground, what happened, who goes instead (规定第八条、第九条)."""

    ground = choice_field(
        "情形", [(ground.value, ground.label) for ground in AbsenceGround if ground != "none"]
    )
    facts = text_field("情况说明", lines=3)
    staff = text_field("委托出庭的工作人员", help_text="姓名、职务；律师不能代替")
    wants_files = "请上传证明材料（加盖印章或由主要负责人签字）。"


class AdviceReplyForm(MeasuresForm):
    """司法建议回复, item by item."""

    adopted = choice_field("采纳情况", [("all", "全部采纳"), ("part", "部分采纳"), ("none", "不采纳")])
    items = text_field("逐条答复", lines=5, help_text="按建议的条次，一条一段：采纳与否和理由")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("adopted") == "none":
            for name in ("measure_1", "owner_1", "due_1"):
                self.fields[name].required = False
