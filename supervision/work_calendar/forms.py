"""A year's days off, as an administrator enters them."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cases.work_calendar.notices import NoticeRefused, read_lines
from supervision.work_calendar.notice_files import rows_of_file

YEARS = (2015, 2100)


class NoticeForm(forms.Form):
    """The notice, and its arrangement by hand or as a file."""

    year = forms.IntegerField(
        label="年度",
        min_value=YEARS[0],
        max_value=YEARS[1],
        error_messages={"required": "请填写年度，如 2027。"},
    )
    notice = forms.CharField(
        label="通知名称及文号",
        max_length=200,
        help_text="如 《国务院办公厅关于2027年部分节假日安排的通知》（国办发明电〔2026〕…号）",
        error_messages={"required": "请填写通知名称及文号。"},
    )
    published_on = forms.DateField(
        label="公布日",
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={
            "required": "请填写公布日，如 2026-11-04。",
            "invalid": "请按 2026-11-04 的样式填写公布日。",
        },
    )
    arrangement = forms.CharField(
        label="安排",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="一行一段：放假 国庆节 2027-10-01 2027-10-07；调休上班日写 上班 国庆节 2027-09-26。放假含其中的周末",
    )
    file = forms.FileField(
        label="或上传表格", required=False, help_text=".xlsx 或 .csv，四列：放假或上班、节日、起、止"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "year" not in data:
            return data
        try:
            data["ranges"] = self._ranges(data)
        except NoticeRefused as refused:
            for fault in refused.messages:
                self.add_error("file" if data.get("file") else "arrangement", fault)
        return data

    def _ranges(self, data: dict[str, Any]) -> list[dict[str, str]]:
        file: UploadedFile[Any] | None = data.get("file")
        if file:
            return rows_of_file(file.read(), data["year"])
        return read_lines(data.get("arrangement", ""), data["year"])


class ApprovalForm(forms.Form):
    """The approval, with the express word that deadlines may come earlier."""

    earlier_allowed = forms.BooleanField(label="同意上列期限提前", required=False)
