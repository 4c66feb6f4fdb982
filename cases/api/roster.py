"""负责人名册 over the API; a change names the revision it is made on (If-Match)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.requests import IF_MATCH, Overtaken, checked, revision_in, tagged, told_in
from cases.api.serializers import HeadSerializer
from cases.hearings.forms import RosterForm
from organisations import overtaken
from organisations.access import require
from organisations.api import actor_of
from organisations.models import Head
from organisations.requests import author_of
from organisations.roles import Action
from organisations.rosters import HeadDetails, add_head, change_head


class HeadViewSet(ReadOnlyModelViewSet[Head]):
    serializer_class = HeadSerializer
    queryset = Head.objects.none()

    def get_queryset(self) -> QuerySet[Head]:
        require(actor_of(self.request), Action.READ_ROSTER)
        return Head.objects.visible_to(actor_of(self.request)).select_related("organisation").order_by("pk")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One entry, with its revision as ETag."""
        head = self.get_object()
        return tagged(HeadSerializer(head).data, head.revision)

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request: Request) -> Response:
        """增加负责人: the fields of the page (name, position, kind, in_charge_of, first, last)."""
        require(actor_of(request), Action.ACT_FOR_AGENCY)
        author = author_of(request._request)
        head = add_head(author.signer.organisation, _told(request), author=author)
        return tagged(HeadSerializer(head).data, head.revision, status=201)

    @extend_schema(request=OpenApiTypes.OBJECT, parameters=[IF_MATCH])
    def update(self, request: Request, pk: str | None = None) -> Response:
        """更改负责人. 412 with what the other saved where somebody was faster."""
        require(actor_of(request), Action.ACT_FOR_AGENCY)
        head = self.get_object()
        author = author_of(request._request)
        require_own(head, author.signer.organisation_id)
        try:
            changed = change_head(head, _told(request), revision=revision_in(request), author=author)
        except overtaken.Overtaken as error:
            raise Overtaken from error
        return tagged(HeadSerializer(changed).data, changed.revision)


def require_own(head: Head, organisation: int) -> None:
    """Only the own roster may be changed. Raises PermissionDenied."""
    if head.organisation_id != organisation:
        raise PermissionDenied("名册由本单位维护。")


def _told(request: Request) -> HeadDetails:
    valid = checked(RosterForm(told_in(request)))
    valid.pop("account")
    return HeadDetails(**valid)
