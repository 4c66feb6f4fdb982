"""Filters of the deadline board."""

import django_filters
from django import forms
from django.db.models import QuerySet

from cases.case_list.filters import STEP_CHOICES, regions_in_scope
from cases.case_page.steps import STEPS
from cases.law import shipped_law
from cases.models import Deadline
from organisations.models import Organisation

OTHERS = [
    (limit.key, limit.label)
    for limit in shipped_law().book.all()
    if limit.key not in STEPS
    and limit.duty in ("agency", "office")
    and not limit.key.startswith("obligation_")
]


class BoardFilter(django_filters.FilterSet):
    """By part of the scope, step, agency, and the day on which it ends."""

    region = django_filters.ModelChoiceFilter(
        label="范围", field_name="organisation__region", queryset=regions_in_scope, empty_label="全部范围"
    )
    rule = django_filters.ChoiceFilter(label="步骤", choices=STEP_CHOICES + OTHERS, empty_label="全部步骤")
    agency = django_filters.CharFilter(label="机关", method="of_agency")
    unit = django_filters.NumberFilter(label="单位", field_name="organisation", widget=forms.HiddenInput)
    day = django_filters.DateFilter(
        label="届满日", field_name="due_on", input_formats=["%Y-%m-%d"], widget=None
    )

    class Meta:
        model = Deadline
        fields: list[str] = []

    def of_agency(self, deadlines: QuerySet[Deadline], name: str, value: str) -> QuerySet[Deadline]:
        """Duties of units that go by these words, in full or in short."""
        return deadlines.filter(organisation__in=Organisation.objects.called(value))
