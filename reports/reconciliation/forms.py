"""The forms of one decision."""

from typing import Any

from django import forms

from cases.deadlines.forms import WithFile
from cases.record.form_fields import asked, choice_field, text_field

ASK, EXPLAIN = "ask", "explain"
CHOICES = [
    ("court", "采信法院通报"),
    ("agency", "采信机关填报"),
    (ASK, "请双方补充材料（3 个工作日内）"),
    (EXPLAIN, "差异已说明，两边都不改"),
]


class DecisionForm(forms.Form):
    """采信哪一方、请补充材料或者说明, always with the reason; nothing is chosen beforehand."""

    choice = choice_field("结论", CHOICES, widget=forms.RadioSelect)
    reason = text_field(
        "理由", lines=3, max_length=500, help_text="采信的写依据；请补充材料的写需要哪些材料，双方都能看到"
    )


class AnswerForm(WithFile):
    """补充材料: words, and the file that shows it."""

    text = text_field(
        "说明", lines=3, max_length=500, help_text="写清事实和依据；原通报或者填报有误的，请直接更正"
    )
    field_order = ("text", "file")


SAME, DIFFERENT = "same", "different"


class OneCaseForm(forms.Form):
    """同一案与否; nothing is chosen beforehand, and only a refusal needs a reason."""

    choice = choice_field(
        "结论", [(SAME, "确认为同一案"), (DIFFERENT, "不是同一案")], widget=forms.RadioSelect
    )
    reason = asked(
        "选“不是同一案”的须填",
        text_field("理由", lines=3, max_length=200, help_text="确认为同一案的，不填则记上面所列的理由"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("choice") == DIFFERENT and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "选“不是同一案”请写明理由。")
        return cleaned
