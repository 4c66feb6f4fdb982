"""Forms about material, cases and appeals, and a note to a case: one page per step."""

from typing import Any

from django import forms

from cases.fields import FILE_RULE, FilesField, choice_field, day_field, text_field
from cases.models import (
    AppealChoice,
    Case,
    Defendant,
    EvidencePeriod,
    MaterialReceipt,
)
from organisations.models import Organisation
from rules.case_numbers import CaseNumber, CaseNumberInvalid, parse_case_number


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


class AppealForm(forms.Form):
    """登记上诉决定."""

    choice = choice_field("上诉决定", AppealChoice.Choice.choices, widget=forms.RadioSelect)
    decided_on = day_field("日期", help_text="上诉的填提交上诉状的日期")
    reason = text_field("理由", lines=2, required=False, max_length=500)


class WatchForm(forms.Form):
    """关注, or no longer."""

    wanted = choice_field("关注", [("yes", "关注"), ("no", "不再关注")])


class NoteForm(forms.Form):
    """记一笔."""

    text = text_field("记一笔", max_length=500)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
