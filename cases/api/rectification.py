"""整改措施 over the API: done by the agency, accepted by the office."""

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.requests import checked, told_in
from cases.api.serializers import MeasureSerializer
from cases.models import RectificationMeasure
from cases.rectification import measures
from cases.rectification.forms import AcceptForm, MeasureForm
from organisations.access import require
from organisations.api import actor_of
from organisations.requests import author_of
from organisations.roles import Action


class MeasureViewSet(ReadOnlyModelViewSet[RectificationMeasure]):
    """Measures of last versions and of plans that stand, in the scope of the pages."""

    serializer_class = MeasureSerializer
    queryset = RectificationMeasure.objects.none()
    parser_classes = (JSONParser, FormParser, MultiPartParser)

    def get_queryset(self) -> QuerySet[RectificationMeasure]:
        require(actor_of(self.request), Action.READ_CASES)
        seen = RectificationMeasure.objects.visible_to(actor_of(self.request)).standing()
        related = seen.select_related("organisation__region", "paper__lane__case", "plan__deadline__case")
        return related.order_by("pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str) -> Response:
        """登记完成: done_on, proof, file (multipart)."""
        found = self.get_object()
        require(actor_of(request), Action.ACT_FOR_AGENCY)
        valid = checked(MeasureForm(told_in(request), request.FILES))
        measures.report_measure(found, author=author_of(request._request), **valid)
        return Response(MeasureSerializer(self.get_object()).data)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """验收: accepted (yes or no), note."""
        found = self.get_object()
        require(actor_of(request), Action.REVIEW_PAPERS)
        valid = checked(AcceptForm(told_in(request)))
        author = author_of(request._request)
        measures.accept_measure(found, accepted=valid["accepted"] == "yes", note=valid["note"], author=author)
        return Response(MeasureSerializer(self.get_object()).data)
