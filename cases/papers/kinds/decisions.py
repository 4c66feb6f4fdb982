"""Papers about a decision: 备案, 生效确认, 败诉报告."""

from typing import Any

from django import forms

from cases.models import AppealChoice, Decision, Paper
from cases.papers import matters
from cases.papers.form import MOST_CLAIMS, MeasuresForm, PaperForm
from cases.papers.kinds.kind import LEGAL_OFFICE, POLITICAL_LEGAL, PaperKind, PaperStep
from cases.record.form_fields import choice_field, day_field, past_day_field, put_in_row, text_field
from rules.outcomes import load_outcomes, lost_reasons

# Under the document that they are given by; the page offers those of the chosen kind alone.
OUTCOMES = [
    (document, [(outcome.code, outcome.label) for outcome in outcomes])
    for document, outcomes in load_outcomes().by_document().items()
]


class JudgmentFilingForm(PaperForm):
    """裁判文书备案 (收到之日起 5 日内); asks for the decision too where the court has not told of it yet."""

    kind = choice_field("文书类型", [("", "请选择"), *Decision.Kind.choices])
    decided_on = day_field("裁判日期")
    code = choice_field(
        "裁判结果", [("", "请选择"), *OUTCOMES], widget=forms.Select(attrs={"data-narrowed-by": "kind"})
    )
    received_on = past_day_field("收到日期")
    appeal = choice_field("是否上诉", [*AppealChoice.Choice.choices, ("open", "待研究")], initial="open")
    report = text_field("备案报告", lines=5, help_text="裁判主文、履行计划、存在问题和整改")
    wants_files = "请上传裁判文书（扫描件或逐页照片）。"
    ABOUT_DECISION = ("kind", "decided_on", "code")

    def offer(self, decision: Decision | None) -> None:
        if decision is not None:
            for name in self.ABOUT_DECISION:
                del self.fields[name]
        for n in range(1, MOST_CLAIMS + 1):
            self.fields[f"claim_{n}"] = text_field(
                f"诉讼请求 {n}", required=False, help_text="各项请求结果不同的，逐项填写"
            )
            codes = [("", "—"), *OUTCOMES]
            self.fields[f"claim_{n}_code"] = choice_field(f"请求 {n} 的结果", codes, required=False)
            put_in_row(self, "诉讼请求", n, f"claim_{n}", f"claim_{n}_code", shown=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome = next((one for one in load_outcomes() if one.code == cleaned.get("code")), None)
        if outcome and cleaned.get("kind") and cleaned["kind"] not in outcome.documents:
            fitting = "、".join(outcome.documents)
            self.add_error("code", f"“{outcome.label}”只见于{fitting}，请核对文书类型和裁判结果。")
        if (
            cleaned.get("received_on")
            and cleaned.get("decided_on")
            and cleaned["received_on"] < cleaned["decided_on"]
        ):
            self.add_error("received_on", f"收到日期不能早于裁判日期（{cleaned['decided_on']}）。")
        return cleaned

    def claims(self) -> list[tuple[str, str]]:
        cleaned = self.cleaned_data
        pairs = [(cleaned[f"claim_{n}"], cleaned[f"claim_{n}_code"]) for n in range(1, MOST_CLAIMS + 1)]
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


KINDS = (
    PaperKind(
        Paper.Kind.JUDGMENT_FILING,
        JudgmentFilingForm,
        page="judgment_filing",
        step=PaperStep(80, "裁判文书备案", "备案", may_begin=True),
        rule="judgment_filing",
        find_matter=matters.decision_if_known,
        verb="提交备案",
        recipients=(LEGAL_OFFICE, POLITICAL_LEGAL),
    ),
    PaperKind(
        Paper.Kind.EFFECT_CONFIRMATION,
        EffectForm,
        page="effect_confirmation",
        step=PaperStep(90, "生效确认", "报生效确认", only_when_due=True),
        rule="effect_confirmation",
        find_matter=matters.the_decision,
        verb="提交生效确认",
        recipients=(LEGAL_OFFICE, POLITICAL_LEGAL),
    ),
    PaperKind(
        Paper.Kind.LOST_CASE_REPORT,
        LostCaseForm,
        page="lost_report",
        step=PaperStep(110, "败诉报告", "报送"),
        rule="lost_case_report",
        find_matter=matters.the_decision,
    ),
)
