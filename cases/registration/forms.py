"""Forms of registering a case or another defendant."""

from typing import Any

from django import forms

from cases.models import (
    Case,
    Lane,
    ServiceReceipt,
)
from cases.record.form_fields import (
    agency_field,
    asked,
    choice_field,
    day_field,
    organisation_named,
    text_field,
)
from organisations.models import Organisation
from rules.case_numbers import CaseNumber, CaseNumberInvalid, parse_case_number


class LaneForm(forms.Form):
    """增加被告: one that the court's notification left out."""

    agency = agency_field("被诉行政机关", help_text="写单位全称或简称")
    role = choice_field("被诉身份", Lane.Role.choices)
    reason = text_field("依据", max_length=200, help_text="如 起诉状、追加被告通知书（2026）鲁1602行初12号")

    def clean_agency(self) -> Organisation:
        found = organisation_named(self.cleaned_data["agency"])
        if found is None:
            raise forms.ValidationError("请填写被诉行政机关。")
        return found


class CaseForm(forms.Form):
    """登记案件: one that the court has not told of yet."""

    number = text_field("案号", max_length=100, help_text="任何括号都可以，如 (2026)鲁1602行初87号")
    origin = asked("二审、再审、重审的须填", text_field("原审案号", max_length=100))
    plaintiffs = text_field("原告", max_length=500)
    third_parties = text_field("第三人", required=False, max_length=500)
    cause = text_field("案由", required=False)
    filed_on = day_field("立案日期", required=False)
    role = choice_field("被诉身份", Lane.Role.choices)
    received_on = day_field("收到日期", help_text="收到应诉材料的日期")
    method = choice_field("送达方式", ServiceReceipt.Method.choices)

    def clean_number(self) -> CaseNumber:
        return case_number(self.cleaned_data["number"])

    def clean_origin(self) -> CaseNumber | None:
        text = self.cleaned_data["origin"]
        return case_number(text) if text else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = cleaned.get("number")
        if (
            number
            and number.kind.instance in (Case.Instance.SECOND, Case.Instance.RETRIAL)
            and not cleaned.get("origin")
        ):
            self.add_error("origin", "二审和再审案件请填写原审案号。")
        if number and cleaned.get("origin") and cleaned["origin"].key == number.key:
            self.add_error("origin", "原审案号不能与本案案号相同。")
        filed, received = cleaned.get("filed_on"), cleaned.get("received_on")
        if filed and received and received < filed:
            self.add_error("received_on", f"收到日期不能早于立案日期（{filed}）。")
        return cleaned


class NumberForm(forms.Form):
    """更正案号: the right number of a case that stands under a wrong one."""

    number = text_field("正确案号", max_length=100, help_text="任何括号都可以，如 (2026)鲁1602行初76号")
    reason = text_field("理由", max_length=200, help_text="如 通报时误录为 67 号")

    def clean_number(self) -> CaseNumber:
        return case_number(self.cleaned_data["number"])


class VoidForm(forms.Form):
    """作废: why the case belongs nowhere."""

    reason = text_field("理由", max_length=200, help_text="如 测试时误录，不是行政机关作被告的案件")


class MoveForm(forms.Form):
    """移案或撤回: where a hearing or decision belongs that was entered in this case."""

    MOVE, WITHDRAW = "move", "withdraw"
    how = choice_field("怎样处理", [("", "请选择"), (MOVE, "移到正确的案件"), (WITHDRAW, "撤回")])
    number = asked("移到正确的案件时须填", text_field("正确案号", max_length=100))
    reason = text_field("理由", max_length=200)

    def clean_number(self) -> CaseNumber | None:
        text = self.cleaned_data["number"]
        return case_number(text) if text else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        move = cleaned.get("how") == self.MOVE
        if move and not cleaned.get("number") and "number" not in self.errors:
            self.add_error("number", "请填写正确案号。")
        if not move:
            cleaned["number"] = None
        return cleaned


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
