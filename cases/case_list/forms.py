"""Forms of the case list and of notes to a case."""

from django import forms

from cases.record.form_fields import choice_field, text_field


class WatchForm(forms.Form):
    """关注, or no longer."""

    wanted = choice_field("关注", [("yes", "关注"), ("no", "不再关注")])


class NoteForm(forms.Form):
    """记一笔."""

    text = text_field("记一笔", max_length=500)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
