"""The forms of 转办."""

from datetime import date
from typing import Any

from django import forms

from cases.record.form_fields import day_field, text_field


class AssignForm(forms.Form):
    """What is asked, and by when; the day is proposed and stays to be changed."""

    text = text_field("要求", lines=3, max_length=500, help_text="如 请查明未出庭原因，督促整改并报告")
    due_on = day_field("报告期限")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.on:
            raise forms.ValidationError(f"报告期限不能早于今天（{self.on}）。")
        return due_on


class ReportForm(forms.Form):
    """What came of it."""

    report = text_field("办理情况", lines=3, max_length=500)
