"""Deadlines over the API, in the scope of the pages."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.serializers import DeadlineSerializer
from cases.models import Deadline
from organisations.access import require
from organisations.api import actor_of
from organisations.roles import Action


class DeadlineFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    class Meta:
        model = Deadline
        fields = {"rule": ["exact"], "state": ["exact"], "due_on": ["exact", "lte", "gte"]}


class DeadlineViewSet(ReadOnlyModelViewSet[Deadline]):
    """Every deadline with its computation: how the day came about."""

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
