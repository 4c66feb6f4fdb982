"""What papers ask for. Each form is one page; what the record knows already is shown beside it, not asked again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from cases.models import Decision
from cases.record.form_fields import FILE_RULE, FilesField, asked, choice_field, text_field
from cases.rectification.rows import MOST_MEASURES, MeasureRows
from organisations.models import Head

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

    late_code = asked("超过期限报送的须选", choice_field("逾期原因", LATE_REASONS))
    late_reason = text_field("逾期说明", required=False, max_length=400)
    attachments = FilesField(label="附件", required=False, help_text=FILE_RULE)
    envelope: tuple[str, ...] = ("late_code", "late_reason", "attachments")
    # At least one file has to be attached: the document, the proof.
    wants_files = ""
    # The field that offers the agency's heads, where there is one.
    heads_in = ""

    def __init__(
        self, *args: Any, heads: QuerySet[Head] | None = None, decision: Decision | None = None, **kwargs: Any
    ) -> None:
        """`heads` are those of the agency who are in office; `decision` the one that the paper is about."""
        super().__init__(*args, **kwargs)
        if self.heads_in:
            self.fields[self.heads_in].queryset = heads if heads is not None else Head.objects.none()  # type: ignore[attr-defined]
        self.offer(decision)
        self.order_fields([name for name in self.fields if name not in PaperForm.envelope])

    def offer(self, decision: Decision | None) -> None:
        """Fit the fields to the matter; most papers have nothing to fit."""

    def claims(self) -> list[tuple[str, str]]:
        """Claims with an outcome of their own, as text and code."""
        return []

    def measures(self) -> list[tuple[str, str, date]]:
        """整改措施: what, who and by when."""
        return []

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


class MeasuresForm(MeasureRows, PaperForm):
    """A paper with measures."""
