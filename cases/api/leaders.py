"""What a head answers over the API: matters to read or approve."""

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.requests import checked, told_in
from cases.api.serializers import NoticeSerializer
from cases.hearings.forms import AnswerForm
from cases.models import LeaderNotice
from cases.papers import leaders
from organisations.access import require
from organisations.api import actor_of
from organisations.requests import author_of
from organisations.roles import Action


class NoticeViewSet(ReadOnlyModelViewSet[LeaderNotice]):
    """呈阅 and 审签 of the own agency."""

    serializer_class = NoticeSerializer
    queryset = LeaderNotice.objects.none()

    def get_queryset(self) -> QuerySet[LeaderNotice]:
        require(actor_of(self.request), Action.READ_CASES)
        seen = LeaderNotice.objects.visible_to(actor_of(self.request))
        return seen.select_related("lane__case", "head").order_by("pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """阅示: agreed (yes, or no: 退回修改, which asks for an opinion), opinion."""
        notice = self.get_object()
        valid = checked(AnswerForm(told_in(request)))
        leaders.answer_notice(
            notice,
            opinion=valid["opinion"],
            agreed=valid["agreed"] == "yes",
            author=author_of(request._request),
        )
        return Response(NoticeSerializer(self.get_object()).data)
