"""The form of a letter."""

from django import forms

from cases.record.form_fields import text_field


class LetterForm(forms.Form):
    """审签: the text may be changed before it is signed."""

    text = text_field("正文", lines=12)
