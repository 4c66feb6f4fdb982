"""The forms of 自助统计."""

from django import forms

from cases.record.form_fields import text_field


class SaveForm(forms.Form):
    """Under which name a question is kept, and for whom."""

    name = text_field("名称", max_length=50)
    shared = forms.BooleanField(label="本单位其他人也能看到", required=False)
