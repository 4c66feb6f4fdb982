"""Forms about decisions."""

from django import forms

from cases.models import (
    AppealChoice,
)
from cases.record.form_fields import choice_field, day_field, text_field


class AppealForm(forms.Form):
    """登记上诉决定."""

    choice = choice_field("上诉决定", AppealChoice.Choice.choices, widget=forms.RadioSelect)
    decided_on = day_field("日期", help_text="上诉的填提交上诉状的日期")
    reason = text_field("理由", lines=2, required=False, max_length=500)
