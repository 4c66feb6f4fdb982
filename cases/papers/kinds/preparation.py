"""Papers before the hearing: telling the leaders, 应诉情况报告."""

from typing import Any

from django import forms

from cases.models import Paper
from cases.papers.form import PaperForm
from cases.papers.kinds.kind import PaperKind, PaperStep
from cases.record.form_fields import asked, choice_field, past_day_field, text_field
from organisations.models import Head


class LeaderReportForm(PaperForm):
    """向负责人汇报记录: the first of the two reports, kept inside the agency."""

    reported_on = past_day_field("汇报日期")
    leaders = asked(
        "与汇报对象至少填一项",
        forms.ModelMultipleChoiceField(
            Head.objects.none(),
            label="呈阅负责人",
            widget=forms.CheckboxSelectMultiple,
            help_text="有账号的将收到一键阅示",
        ),
    )
    reported_to = asked("名册以外的，写姓名和职务", text_field("汇报对象"))
    instruction = text_field("负责人意见", lines=3, required=False, help_text="已有批示的填写，或上传阅示件")
    envelope = (*PaperForm.envelope, "leaders")
    heads_in = "leaders"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("leaders") and not cleaned.get("reported_to"):
            self.add_error("leaders", "请选择呈阅负责人，或填写汇报对象。")
        return cleaned

    def content(self) -> dict[str, Any]:
        """The heads by name, as they stood on the day."""
        names = [str(head) for head in self.cleaned_data["leaders"]]
        content = super().content()
        return content | {
            "reported_to": "、".join([*names, content["reported_to"]] if content["reported_to"] else names)
        }


class DefenceReportForm(PaperForm):
    """应诉情况报告 (举证期限届满之日起 5 日内): five questions."""

    summary = text_field("案件概况", lines=4, help_text="被诉行为、文号和争议焦点，200 字左右")
    evidence_filed_on = past_day_field("提交证据日期", help_text="向法院提交或交邮的日期")
    evidence = text_field("举证与答辩情况", lines=4, help_text="答辩要点，证据份数，有无延期")
    materials = text_field("提交法院的材料", lines=3, required=False, help_text="每行一项，如 证据目录 1份")
    head = text_field("出庭安排", lines=2, help_text="拟出庭负责人和分管关系")
    risk = text_field("风险与化解意见", lines=3, required=False, help_text="败诉、群体和舆情风险，化解意见")
    approval = choice_field(
        "本单位审签", [("scan", "上传盖章件"), ("leader", "请负责人线上确认")], initial="scan"
    )
    approver = asked(
        "线上确认的须选",
        forms.ModelChoiceField(Head.objects.none(), label="确认的负责人", empty_label="上传盖章件"),
    )
    envelope = (*PaperForm.envelope, "approval", "approver")
    heads_in = "approver"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("approval") == "leader" and not cleaned.get("approver"):
            self.add_error("approver", "请选择由哪位负责人确认。")
        return cleaned

    @property
    def wants_files(self) -> str:  # type: ignore[override]
        """A sealed scan, unless a head confirms."""
        return "请上传盖章件，或改请负责人线上确认。" if self.cleaned_data.get("approval") == "scan" else ""


KINDS = (
    PaperKind(
        Paper.Kind.LEADER_REPORT,
        LeaderReportForm,
        page="report_up",
        step=PaperStep(20, "报告分管、主要领导", "登记汇报"),
        rule="leader_report",
        verb="登记汇报",
        recipients=(),
        tells_of_preparation=True,
    ),
    PaperKind(
        Paper.Kind.DEFENCE_REPORT,
        DefenceReportForm,
        page="defence_report",
        step=PaperStep(40, "应诉情况报告", "报送"),
        rule="defence_report",
        tells_of_preparation=True,
    ),
)
