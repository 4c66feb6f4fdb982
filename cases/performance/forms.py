"""Forms of the performance log: a line, the check of a line, what is owed at all."""

import uuid
from typing import Any

from django import forms

from cases.models import Obligation, PerformanceEntry
from cases.performance.log import LogLine
from cases.record.form_fields import FILE_RULE, YES_NO, FilesField, asked, choice_field, day_field, text_field
from rules.performance import TRANSITIONS


class LedgerForm(forms.Form):
    """登记履行: a line of the ledger."""

    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    kind = choice_field("登记事项", PerformanceEntry.Kind.choices)
    happened_on = day_field("日期")
    text = text_field("情况", lines=3, max_length=500, help_text="如 2026-09-10 支付赔偿款，附转账凭证")
    same_act = asked("登记重新作出行政行为的须选", choice_field("与原行为基本相同", YES_NO))
    proof = asked("履行完毕的须上传", FilesField(label="证明", help_text=FILE_RULE))

    def __init__(self, *args: Any, by_agency: bool, owed: Obligation, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission_key": uuid.uuid4().hex} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        mine = [kind for kind in PerformanceEntry.Kind if TRANSITIONS[kind].by_agency == by_agency]
        # What cannot follow is not offered; a posted one is refused with the reason.
        self.possible = [
            kind for kind in mine if owed.state in TRANSITIONS[kind].after and owed.certainty == "yes"
        ]
        offered = mine if self.is_bound else self.possible
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in offered]  # type: ignore[attr-defined]
        if owed.kind != "redo":
            del self.fields["same_act"]

    def line(self) -> LogLine:
        """The line that was filled in."""
        cleaned = self.cleaned_data
        same_act = {"yes": True, "no": False}.get(cleaned.get("same_act", ""))
        return LogLine(
            cleaned["kind"],
            cleaned["happened_on"],
            cleaned["text"],
            cleaned["submission_key"],
            tuple(cleaned["proof"]),
            same_act,
        )


class CheckForm(forms.Form):
    """核查履行."""

    accepted = choice_field("核查结论", [("yes", "核查属实"), ("no", "未通过核查")], widget=forms.RadioSelect)
    note = asked("未通过的须写明原因", text_field("核查说明", lines=2, max_length=500))


class ObligationForm(forms.Form):
    """认定有无履行内容."""

    certainty = choice_field("有无履行内容", Obligation.Certainty.choices, widget=forms.RadioSelect)
    due_on = day_field("履行期限", required=False, help_text="裁判文书写明的；没有写明的留空")
    reason = text_field("理由", lines=2, max_length=300)
