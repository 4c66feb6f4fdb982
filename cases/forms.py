"""The agencies' and offices' short forms about a lane: one page per step."""

import uuid
from typing import Any

from django import forms

from cases.fields import FILE_RULE, FilesField, choice_field, day_field, text_field
from cases.models import (
    AppealChoice,
    Case,
    Defendant,
    Designation,
    EvidencePeriod,
    MaterialReceipt,
    Obligation,
    PerformanceEntry,
)
from cases.performance import Told
from organisations.files import Attachment
from organisations.models import Head, Organisation
from rules.appearance import HeadKind, IdCertificate
from rules.case_numbers import CaseNumber, CaseNumberInvalid, parse_case_number
from rules.performance import STEPS

YES_NO = [("", "未载明"), ("yes", "是"), ("no", "否")]


class ReceiptForm(forms.Form):
    """签收应诉材料."""

    received_on = day_field("收到日期", help_text="送达回证上的日期")
    method = choice_field("送达方式", MaterialReceipt.Method.choices)
    basis = choice_field("举证期限", EvidencePeriod.Basis.choices, initial="statutory")
    ends_on = day_field("举证期限届满日", required=False, help_text="法定 15 日的不用填，系统推算")
    document = text_field("法院文书", required=False, help_text="如 举证通知书、准许延期通知书")
    file = FilesField(label="送达回证、起诉状副本", required=False, help_text=FILE_RULE)

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


class ReturnForm(forms.Form):
    """退回材料."""

    reason = text_field("退回原因", lines=3, max_length=500, help_text="为什么不是本单位的案件")
    suggested = text_field("建议承办单位", required=False, help_text="写单位全称或简称")

    def clean_suggested(self) -> Organisation | None:
        return organisation_named(self.cleaned_data["suggested"])


class ReturnDecisionForm(forms.Form):
    """处理退回: another agency in its place, or none."""

    owner = text_field("改列承办单位", required=False, help_text="不改列的留空，仍由原单位办理")
    note = text_field("处理意见", lines=2, max_length=500)

    def clean_owner(self) -> Organisation | None:
        return organisation_named(self.cleaned_data["owner"])


class DefendantForm(forms.Form):
    """增加被告: one that the court's notification left out."""

    agency = text_field("被诉行政机关", help_text="写单位全称或简称")
    role = choice_field("被诉身份", Defendant.Role.choices)
    reason = text_field("依据", max_length=200, help_text="如 起诉状、追加被告通知书（2026）鲁1602行初12号")

    def clean_agency(self) -> Organisation:
        found = organisation_named(self.cleaned_data["agency"])
        if found is None:
            raise forms.ValidationError("请填写被诉行政机关。")
        return found


def organisation_named(text: str) -> Organisation | None:
    """The agency with this name, short name or alias. Raises ValidationError with those that come near."""
    name = text.strip()
    if not name:
        return None
    agencies = Organisation.objects.agencies().filter(valid_to=None)
    exact = (
        agencies.filter(name=name) | agencies.filter(short_name=name) | agencies.filter(aliases__name=name)
    )
    if found := exact.distinct().first():
        return found
    near = "、".join(agencies.filter(name__contains=name[-4:]).values_list("name", flat=True)[:5])
    hint = f"相近的有：{near}。" if near else "请写单位全称。"
    raise forms.ValidationError(f"名录中没有“{name}”。{hint}")


class CaseForm(forms.Form):
    """登记案件: one that the court has not told of yet."""

    number = text_field("案号", max_length=100, help_text="任何括号都可以，如 (2026)鲁1602行初87号")
    origin = text_field("原审案号", required=False, max_length=100, help_text="二审、再审、重审的须填")
    plaintiffs = text_field("原告", max_length=500)
    third_parties = text_field("第三人", required=False, max_length=500)
    cause = text_field("案由", required=False)
    filed_on = day_field("立案日期", required=False)
    role = choice_field("被诉身份", Defendant.Role.choices)
    received_on = day_field("收到日期", help_text="收到应诉材料的日期")
    method = choice_field("送达方式", MaterialReceipt.Method.choices)

    def clean_number(self) -> CaseNumber:
        return case_number(self.cleaned_data["number"])

    def clean_origin(self) -> CaseNumber | None:
        text = self.cleaned_data["origin"]
        return case_number(text) if text else None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        number = told.get("number")
        if (
            number
            and number.kind.instance in (Case.Instance.SECOND, Case.Instance.RETRIAL)
            and not told.get("origin")
        ):
            self.add_error("origin", "二审和再审案件请填写原审案号。")
        if number and told.get("origin") and told["origin"].key == number.key:
            self.add_error("origin", "原审案号不能与本案案号相同。")
        filed, received = told.get("filed_on"), told.get("received_on")
        if filed and received and received < filed:
            self.add_error("received_on", f"收到日期不能早于立案日期（{filed}）。")
        return told


def case_number(text: str) -> CaseNumber:
    """One 案号. Raises ValidationError with the reason."""
    try:
        found = parse_case_number(text)
    except CaseNumberInvalid as error:
        raise forms.ValidationError(error.reason) from error
    if not found.first.is_administrative_suit:
        raise forms.ValidationError(f"{found.first.display}不是行政机关作被告的案件。")
    if found.series:
        raise forms.ValidationError("一次登记一个案号；合并审理的请逐个登记。")
    return found.first


class HeadChoiceForm(forms.Form):
    """确定出庭负责人 from the roster."""

    head = forms.ModelChoiceField(
        Head.objects.none(), label="出庭负责人", widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": "请选择出庭负责人。", "invalid_choice": "请从本单位负责人名册中选择。"},
    )  # fmt: skip
    reason = text_field("更换原因", required=False, help_text="更换已确定的负责人时填写")

    def __init__(self, *args: Any, heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = heads  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """不能出庭."""

    reason = text_field("不能出庭的原因", max_length=180)


class RosterForm(forms.Form):
    """负责人名册的一项."""

    name = text_field("姓名", max_length=100)
    position = text_field("职务", max_length=100, help_text="如 副局长")
    kind = choice_field("类别", [("", "请选择"), *((kind.value, kind.label) for kind in HeadKind)])
    in_charge_of = text_field("分管领域", required=False)
    first = day_field("任职自")
    last = day_field("任职至", required=False, help_text="现任的留空")
    account = text_field("本人账号", required=False, help_text="填写后由本人在手机上确认")


class DesignationForm(forms.Form):
    """共同被告由谁出庭."""

    lane = forms.ModelChoiceField(Defendant.objects.none(), label="出庭机关", empty_label="请选择")
    ground = choice_field("依据", Designation.Ground.choices)

    def __init__(self, *args: Any, lanes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lane"].queryset = lanes  # type: ignore[attr-defined]
        self.fields["lane"].label_from_instance = lambda lane: lane.organisation.name  # type: ignore[attr-defined]


class AppearanceForm(forms.Form):
    """出庭登记: within a minute, on a phone."""

    attended = choice_field("负责人是否出庭", [("yes", "出庭"), ("no", "未出庭")], widget=forms.RadioSelect)
    head = forms.ModelChoiceField(
        Head.objects.none(), label="出庭负责人", required=False, empty_label="未出庭的不用选"
    )
    spoke = choice_field("是否发言", YES_NO, required=False)
    opinion_given = choice_field("是否就化解发表意见", YES_NO, required=False)
    left_early = choice_field("是否中途退庭", YES_NO, required=False)
    staff_attended = choice_field("工作人员是否出庭", YES_NO, required=False)
    lawyer_only = choice_field("是否仅律师出庭", YES_NO, required=False)
    id_certificate = choice_field(
        "身份证明", [("", "未载明"), *((one.value, one.label) for one in IdCertificate)], required=False
    )
    note = text_field("备注", required=False, max_length=500)
    ANSWERS = ("attended", "spoke", "opinion_given", "left_early", "staff_attended", "lawyer_only")

    def __init__(self, *args: Any, heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = heads  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What is stated, in the fields of `AppearanceStatement`."""
        said = dict(self.cleaned_data)
        return said | {name: {"yes": True, "no": False}.get(said[name]) for name in self.ANSWERS}


class AppealForm(forms.Form):
    """登记上诉决定."""

    choice = choice_field("上诉决定", AppealChoice.Choice.choices, widget=forms.RadioSelect)
    decided_on = day_field("日期", help_text="上诉的填提交上诉状的日期")
    reason = text_field("理由", lines=2, required=False, max_length=500)


class LedgerForm(forms.Form):
    """登记履行: a line of the ledger."""

    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    kind = choice_field("登记事项", PerformanceEntry.Kind.choices)
    happened_on = day_field("日期")
    text = text_field("情况", lines=3, max_length=500, help_text="如 2026-09-10 支付赔偿款，附转账凭证")
    same_act = choice_field(
        "与原行为基本相同", YES_NO, required=False, help_text="登记重新作出行政行为的，请选是或否"
    )
    proof = FilesField(label="证明", required=False, help_text=f"履行完毕的须上传；{FILE_RULE}")

    def __init__(self, *args: Any, by_agency: bool, owed: Obligation, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission_key": uuid.uuid4().hex} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        mine = [kind for kind in PerformanceEntry.Kind if STEPS[kind].by_agency == by_agency]
        # What cannot follow is not offered; a posted one is refused with the reason.
        self.possible = [kind for kind in mine if owed.state in STEPS[kind].after and owed.certainty == "yes"]
        offered = mine if self.is_bound else self.possible
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in offered]  # type: ignore[attr-defined]
        if owed.kind != "redo":
            del self.fields["same_act"]

    def line(self) -> Told:
        """The line that was filled in."""
        told = self.cleaned_data
        same_act = {"yes": True, "no": False}.get(told.get("same_act", ""))
        return Told(
            told["kind"],
            told["happened_on"],
            told["text"],
            told["submission_key"],
            tuple(told["proof"]),
            same_act,
        )


class CheckForm(forms.Form):
    """核查履行."""

    accepted = choice_field("核查结论", [("yes", "核查属实"), ("no", "未通过核查")], widget=forms.RadioSelect)
    note = text_field("核查说明", lines=2, required=False, max_length=500, help_text="未通过的须写明原因")


class AcceptForm(CheckForm):
    """整改验收."""

    accepted = choice_field("验收结论", [("yes", "验收通过"), ("no", "未通过")], widget=forms.RadioSelect)
    note = text_field("验收说明", lines=2, required=False, max_length=500, help_text="未通过的须写明原因")


class ObligationForm(forms.Form):
    """认定有无履行内容."""

    certainty = choice_field("有无履行内容", Obligation.Certainty.choices, widget=forms.RadioSelect)
    due_on = day_field("履行期限", required=False, help_text="裁判文书写明的；没有写明的留空")
    reason = text_field("理由", lines=2, max_length=300)


class NoteForm(forms.Form):
    """记一笔."""

    text = text_field("记一笔", max_length=500)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)


class MeasureForm(forms.Form):
    """登记整改完成."""

    done_on = day_field("完成日期")
    proof = text_field("完成情况", lines=2, max_length=500, help_text="做了什么，有什么凭证")
    file = FilesField(label="凭证", required=False, help_text=FILE_RULE)

    def clean_file(self) -> Attachment | None:
        files: list[Attachment] = self.cleaned_data["file"]
        return files[0] if files else None
