"""Read-only API of cases and deadlines, with the scope of the pages."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.filters import CaseSearch
from cases.models import Case, Deadline
from cases.serializers import CaseSerializer, DeadlineSerializer
from organisations.access import require
from organisations.api import actor_of
from organisations.roles import Action


class CaseViewSet(ReadOnlyModelViewSet[Case]):
    serializer_class = CaseSerializer
    filterset_class = CaseSearch
    queryset = Case.objects.none()

    def get_queryset(self) -> QuerySet[Case]:
        require(actor_of(self.request), Action.READ_CASES)
        cases = Case.objects.visible_to(actor_of(self.request)).select_related("court")
        return cases.prefetch_related("defendants__organisation").order_by("pk")


class DeadlineFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    class Meta:
        model = Deadline
        fields = {"rule": ["exact"], "state": ["exact"], "due_on": ["exact", "lte", "gte"]}


class DeadlineViewSet(ReadOnlyModelViewSet[Deadline]):
    """Every deadline with its receipt: how the day was computed."""

    serializer_class = DeadlineSerializer
    filterset_class = DeadlineFilter
    queryset = Deadline.objects.none()

    def get_queryset(self) -> QuerySet[Deadline]:
        require(actor_of(self.request), Action.READ_DEADLINES)
        return (
            Deadline.objects.visible_to(actor_of(self.request))
            .select_related("case", "organisation")
            .order_by("pk")
        )
