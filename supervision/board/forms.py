"""The form of a saved view."""

from django import forms


class SavedViewForm(forms.Form):
    """存为视图."""

    name = forms.CharField(label="名称", max_length=30)
    shared = forms.BooleanField(label="本单位共用", required=False)
