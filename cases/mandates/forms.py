"""Forms of 代录: what it rests on, another opinion, what was done about it."""

from typing import Any

from django import forms

from cases.mandates.opening import MandateDetails
from cases.record.form_fields import FILE_RULE, FilesField, asked, past_day_field, text_field


class MandateForm(forms.Form):
    """代录依据."""

    ground = text_field(
        "依据（材料名称、文号）", max_length=100, help_text="如 滨城区住建局《关于请求代录的函》"
    )
    asked_by = text_field("请求人", max_length=50, help_text="该单位提出请求的人员姓名")
    phone = text_field("请求人电话", required=False, max_length=30)
    asked_on = past_day_field("请求日期")
    received_on = past_day_field(
        "司法局收到材料之日",
        required=False,
        help_text="材料在期限内已交到司法局的填写，按这一天计是否按期；不填按录入当天计",
    )
    file = asked(
        "收到材料之日早于今天的须附", FilesField(label="依据的扫描件", help_text=f"{FILE_RULE}，只取一个")
    )

    def details(self) -> MandateDetails:
        """What was filled in."""
        said: dict[str, Any] = dict(self.cleaned_data)
        files = said.pop("file")
        return MandateDetails(**said, file=files[0] if files else None)


class ContestForm(forms.Form):
    """不同意见."""

    reason = text_field("不同意见", lines=3, max_length=500, help_text="哪里与实际不符，应当怎样更正")


class SettleForm(forms.Form):
    """处理不同意见."""

    decision = text_field("处理情况", lines=3, max_length=500, help_text="如 已按该单位来函代录更正版")
