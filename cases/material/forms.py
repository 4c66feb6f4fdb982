"""Forms about material: signing, returning, deciding about a return."""

from typing import Any

from django import forms

from cases.models import (
    EvidencePeriod,
    ServiceReceipt,
)
from cases.record.form_fields import (
    FILE_RULE,
    FilesField,
    agency_field,
    asked,
    choice_field,
    day_field,
    organisation_named,
    text_field,
)
from organisations.models import Organisation


class ReceiptForm(forms.Form):
    """签收应诉材料."""

    received_on = day_field("收到日期", help_text="送达回证上的日期")
    method = choice_field("送达方式", ServiceReceipt.Method.choices)
    basis = choice_field("举证期限", EvidencePeriod.Basis.choices, initial="statutory")
    ends_on = asked("法院另定的须填；法定 15 日由系统推算", day_field("举证期限届满日"))
    document = text_field("法院文书", required=False, help_text="如 举证通知书、准许延期通知书")
    file = FilesField(label="送达回证、起诉状副本", required=False, help_text=FILE_RULE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("basis") not in (None, "statutory")
            and not cleaned.get("ends_on")
            and "ends_on" not in self.errors
        ):
            self.add_error("ends_on", "请填写法院确定的举证期限届满日。")
        return cleaned

    def period(self) -> dict[str, Any] | None:
        """The court's own evidence period, or None for the statutory one."""
        cleaned = self.cleaned_data
        if cleaned["basis"] == EvidencePeriod.Basis.STATUTORY:
            return None
        return {"basis": cleaned["basis"], "ends_on": cleaned["ends_on"], "document": cleaned["document"]}


class ReturnForm(forms.Form):
    """退回材料."""

    reason = text_field("退回原因", lines=3, max_length=500, help_text="为什么不是本单位的案件")
    suggested = agency_field("建议承办单位", required=False, help_text="写单位全称或简称")

    def clean_suggested(self) -> Organisation | None:
        return organisation_named(self.cleaned_data["suggested"])


class ReturnDecisionForm(forms.Form):
    """处理退回: another agency in its place, or none."""

    owner = agency_field("改列承办单位", required=False, help_text="不改列的留空，仍由原单位办理")
    note = text_field("处理意见", lines=2, max_length=500)

    def clean_owner(self) -> Organisation | None:
        return organisation_named(self.cleaned_data["owner"])
