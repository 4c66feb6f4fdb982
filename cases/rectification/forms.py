"""Forms of 整改: a plan, what was done about a measure, its acceptance."""

from django import forms

from cases.deadlines.forms import CompletionForm, WithFile
from cases.record.form_fields import FILE_RULE, FilesField, asked, choice_field, day_field, text_field
from cases.rectification.rows import MeasureRows
from organisations.files import Attachment


class PlanForm(MeasureRows, CompletionForm):
    """整改方案: why, what is done about it by whom and by when."""

    how = text_field("原因分析", lines=3, max_length=500, help_text="通报指出的问题、产生的原因")
    done_on = day_field("报送日期")
    envelope = (*WithFile.envelope, "late_reason")
    field_order = ["how", "done_on"]


class AcceptForm(forms.Form):
    """整改验收."""

    accepted = choice_field("验收结论", [("yes", "验收通过"), ("no", "未通过")], widget=forms.RadioSelect)
    note = asked("未通过的须写明原因", text_field("验收说明", lines=2, max_length=500))


class MeasureForm(forms.Form):
    """登记整改完成."""

    done_on = day_field("完成日期")
    proof = text_field("完成情况", lines=2, max_length=500, help_text="做了什么，有什么凭证")
    file = FilesField(label="凭证", required=False, help_text=FILE_RULE)

    def clean_file(self) -> Attachment | None:
        files: list[Attachment] = self.cleaned_data["file"]
        return files[0] if files else None
