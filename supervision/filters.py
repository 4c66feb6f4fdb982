"""Filters of the deadline board."""

import django_filters

from cases.models import Deadline
from cases.steps import STEPS

RULES = [(rule, label) for rule, (label, *_rest) in STEPS.items() if rule != "hearing"]


class BoardFilter(django_filters.FilterSet):
    """By step and by part of the agency's name."""

    rule = django_filters.ChoiceFilter(label="步骤", choices=RULES, empty_label="全部步骤")
    agency = django_filters.CharFilter(label="机关", field_name="organisation__name", lookup_expr="contains")

    class Meta:
        model = Deadline
        fields: list[str] = []
