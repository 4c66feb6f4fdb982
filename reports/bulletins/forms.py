"""What the drafter and the issuer of a bulletin enter."""

from datetime import date
from typing import Any

from django import forms

from reports.figures.scopes import last_ended, period_choices
from reports.models import Bulletin


class DraftForm(forms.Form):
    """Which bulletin, for which period."""

    kind = forms.ChoiceField(label="类别", choices=Bulletin.Kind.choices, initial=Bulletin.Kind.QUARTERLY)
    period = forms.ChoiceField(label="期间", help_text="月通报选月，季通报和督导排名选季度")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)
        period.choices = period_choices(on, kinds=4)
        period.initial = last_ended("quarter", on).key


class IssueForm(forms.Form):
    """The number under which a bulletin goes out, and which snapshot its issuer was shown."""

    number = forms.CharField(label="文号", max_length=40, help_text="如 滨司通〔2026〕12号")
    snapshot_hash = forms.CharField(required=False, widget=forms.HiddenInput)  # without it nothing is issued
