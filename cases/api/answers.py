"""What a head answers over the API: hearings to confirm, matters to read or approve."""

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases import heads, leaders
from cases.api.asking import checked, told_in
from cases.head_forms import AnswerForm, DeclineForm
from cases.law import current_law
from cases.models import LeaderNotice, Nomination
from cases.serializers import NominationSerializer, NoticeSerializer
from cases.views.heads import to_answer
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
        related = seen.select_related("defendant__organisation", "hearing__case")
        return related.order_by("pk")

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """确认出庭 by the head; a second call changes nothing."""
        named = to_answer(site_request(request), id_in(pk) or 0)
        heads.confirm_head(named, author=author_of(request._request))
        return Response(NominationSerializer(self.get_object()).data)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """不能出庭: reason. The duty to name a head opens again."""
        named = to_answer(site_request(request), id_in(pk) or 0)
        reason = checked(DeclineForm(told_in(request)))["reason"]
        heads.decline_head(named, reason=reason, author=author_of(request._request), law=current_law())
        return Response(NominationSerializer(self.get_object()).data)


class NoticeViewSet(ReadOnlyModelViewSet[LeaderNotice]):
    """呈阅 and 审签 of the own agency."""

    serializer_class = NoticeSerializer
    queryset = LeaderNotice.objects.none()

    def get_queryset(self) -> QuerySet[LeaderNotice]:
        require(actor_of(self.request), Action.READ_CASES)
        seen = LeaderNotice.objects.visible_to(actor_of(self.request))
        return seen.select_related("defendant__case", "head").order_by("pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """阅示: agreed (yes, or no: 退回修改, which asks for an opinion), opinion."""
        notice = self.get_object()
        told = checked(AnswerForm(told_in(request)))
        leaders.answer_notice(
            notice,
            opinion=told["opinion"],
            agreed=told["agreed"] == "yes",
            author=author_of(request._request),
        )
        return Response(NoticeSerializer(self.get_object()).data)
