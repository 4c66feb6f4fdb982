"""Small questions of the templates of notifications."""

from typing import Any

from django import template
from django.forms import BoundField

from courts.uploads.forms import CorrectionForm

register = template.Library()
IGNORED_AS = {
    "subtotal": "合计行",
    "signature": "签字或说明",
    "sample": "例行",
    "repeated_header": "重复的表头",
}


@register.simple_tag
def correction_field(form: CorrectionForm, issue: dict[str, Any]) -> BoundField | None:
    """The field in which an issue can be put right, if one word in one cell does it."""
    return form.field_of(issue)


@register.simple_tag
def affirmation_box(form: CorrectionForm, issue: dict[str, Any]) -> BoundField | None:
    """The box that answers a question about a row, if it asks one."""
    return form.affirmation_of(issue)


@register.filter
def in_form(box: BoundField, form: str) -> str:
    """The box as part of a form that stands elsewhere on the page, by its id."""
    return box.as_widget(attrs={"form": form})


@register.filter
def ignored_as(why: str) -> str:
    """For what a row was taken that was passed over."""
    return IGNORED_AS.get(why, "")


@register.simple_tag
def gap_count(counts: dict[str, int], kind: str) -> int:
    """How many cases a court has not told of; none where it is not among the counts."""
    return counts.get(kind, 0)
