"""The upload form of a court clerk."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from lib.sheets import MAX_FILE_BYTES


class UploadForm(forms.Form):
    """A workbook; whether it can be read is found out by reading it."""

    file = forms.FileField(
        label="工作簿",
        help_text="Excel 或 WPS 的 .xlsx、.xls，10 MB 以内；一个文件可含三张表",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et"}),
        error_messages={"required": "请选择要上传的工作簿。"},
    )

    def content(self) -> tuple[bytes, str]:
        """The bytes of the file and its name; no more bytes than tell that a file is too large."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return file.read(MAX_FILE_BYTES + 1), file.name or ""


class NilForm(forms.Form):
    """零通报 of one kind: said on purpose, with a tick."""

    sure = forms.BooleanField(
        label="本月确无此项", error_messages={"required": "请勾选“本月确无此项”后再报送零通报。"}
    )
