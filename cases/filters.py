"""Filters of the case list."""

import django_filters
from django.db.models import QuerySet

from cases.models import Case
from rules.case_numbers import CaseNumberInvalid, parse_case_number


class CaseFilter(django_filters.FilterSet):
    """By case number (any writing, bare digits too), agency, instance and year."""

    q = django_filters.CharFilter(label="案号或机关", method="search")
    instance = django_filters.ChoiceFilter(
        label="审级", choices=Case.Instance.choices, empty_label="全部审级"
    )
    year = django_filters.NumberFilter(label="年度")

    class Meta:
        model = Case
        fields: list[str] = []

    def search(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """A complete case number in any writing, a serial number, or part of an agency's name."""
        text = value.strip()
        try:
            return cases.filter(key=parse_case_number(text).first.key)
        except CaseNumberInvalid:
            pass
        if text.isdecimal() and len(text) < 8:  # noqa: PLR2004 - longer digits are no serial number
            return cases.filter(serial=int(text))
        named = cases.filter(defendants__organisation__name__contains=text)
        return (named | cases.filter(number__contains=text)).distinct()
