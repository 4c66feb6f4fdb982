"""What a head answers over the API: hearings to confirm."""

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.requests import checked, told_in
from cases.api.serializers import NominationSerializer
from cases.hearings import nominations
from cases.hearings.forms import DeclineForm
from cases.law import current_law
from cases.models import Nomination
from cases.requests.nominations import to_answer
from organisations.access import require
from organisations.api import actor_of, site_request
from organisations.requests import author_of, id_in
from organisations.roles import Action


class NominationViewSet(ReadOnlyModelViewSet[Nomination]):
    """拟出庭负责人 of visible cases; a later one replaces an earlier one, none is overwritten."""

    serializer_class = NominationSerializer
    queryset = Nomination.objects.none()

    def get_queryset(self) -> QuerySet[Nomination]:
        require(actor_of(self.request), Action.READ_CASES)
        seen = Nomination.objects.visible_to(actor_of(self.request))
        related = seen.select_related("lane__organisation", "hearing__case", "source__entry")
        return related.order_by("pk")

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """确认出庭 by the head; a second call changes nothing."""
        named = to_answer(site_request(request), id_in(pk) or 0)
        nominations.confirm_head(named, author=author_of(request._request))
        return Response(NominationSerializer(self.get_object()).data)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """不能出庭: reason. The duty to name a head opens again."""
        named = to_answer(site_request(request), id_in(pk) or 0)
        reason = checked(DeclineForm(told_in(request)))["reason"]
        nominations.decline_head(named, reason=reason, author=author_of(request._request), law=current_law())
        return Response(NominationSerializer(self.get_object()).data)
