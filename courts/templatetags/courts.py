"""Small questions of the templates of notifications."""

from typing import Any

from django import template
from django.forms import BoundField

from courts.uploads.forms import CorrectionForm

register = template.Library()


@register.simple_tag
def correction_field(form: CorrectionForm, issue: dict[str, Any]) -> BoundField | None:
    """The field in which an issue can be put right, if one word in one cell does it."""
    return form.field_of(issue)


@register.simple_tag
def gap_count(counts: dict[str, int], kind: str) -> int:
    """How many cases a court has not told of; none where it is not among the counts."""
    return counts.get(kind, 0)
