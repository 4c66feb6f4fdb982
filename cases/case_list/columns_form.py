"""Forms of the case list: which columns it shows, and whom the chosen cases are given to."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cases.case_list.columns import COLUMNS, MOST
from cases.record.form_fields import ColleagueField
from organisations.models import Post


class ColumnsForm(forms.Form):
    """列设置."""

    columns = forms.MultipleChoiceField(
        label="列设置",
        required=False,
        choices=[(name, column.label) for name, column in COLUMNS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=f"案号和待办始终显示，另选至多 {MOST} 列",
        error_messages={"invalid_choice": "没有这一列，请从列出的各列中选。"},
    )

    def clean_columns(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["columns"]
        if len(chosen) > MOST:
            raise forms.ValidationError(f"选了 {len(chosen)} 列，最多 {MOST} 列，请去掉几列。")
        return [name for name in COLUMNS if name in chosen]


class AssignForm(forms.Form):
    """分办."""

    post = ColleagueField(
        label="承办人",
        queryset=Post.objects.none(),
        empty_label="选择承办人",
        error_messages={"required": "请选择承办人。", "invalid_choice": "承办人须是本单位在岗人员。"},
    )

    def __init__(self, data: Any = None, *, colleagues: QuerySet[Post]) -> None:
        super().__init__(data)
        self.fields["post"].queryset = colleagues  # type: ignore[attr-defined]
