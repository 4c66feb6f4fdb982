"""Cases over the API, in the scope of the pages; registering, watching, noting, giving to a colleague."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.requests import checked, told_in
from cases.api.serializers import CaseSerializer, LaneSerializer
from cases.case_list import watching
from cases.case_list.columns_form import AssignForm
from cases.case_list.filters import CaseSearch
from cases.case_list.forms import NoteForm, WatchForm
from cases.case_list.handlers import assign, colleagues, may_assign
from cases.models import Case
from cases.registration.forms import CaseForm
from cases.requests.registration import register
from organisations.access import require
from organisations.api import actor_of, site_request
from organisations.requests import author_of
from organisations.roles import Action


class CaseViewSet(ReadOnlyModelViewSet[Case]):
    serializer_class = CaseSerializer
    filterset_class = CaseSearch
    queryset = Case.objects.none()

    def get_queryset(self) -> QuerySet[Case]:
        require(actor_of(self.request), Action.READ_CASES)
        cases = Case.objects.visible_to(actor_of(self.request)).standing().select_related("court")
        return cases.prefetch_related("lanes__organisation").order_by("pk")

    @extend_schema(request=OpenApiTypes.OBJECT, responses=LaneSerializer)
    def create(self, request: Request) -> Response:
        """登记案件 and sign for it: number, plaintiffs, role, received_on, method, origin, cause, filed_on, …"""
        require(actor_of(request), Action.ACT_FOR_AGENCY)
        form = CaseForm(told_in(request))
        checked(form)
        lane = register(form, site_request(request))
        return Response(LaneSerializer(lane).data, status=201)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def watch(self, request: Request, pk: str) -> Response:
        """关注: wanted (yes or no)."""
        case = self.get_object()
        wanted = checked(WatchForm(told_in(request)))["wanted"]
        watching.watch(case, wanted=wanted == "yes", author=author_of(request._request))
        return Response(CaseSerializer(case).data)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def note(self, request: Request, pk: str) -> Response:
        """记一笔: text, key (the same key writes one)."""
        case = self.get_object()
        watching.note(case, author=author_of(request._request), **checked(NoteForm(told_in(request))))
        return Response(CaseSerializer(case).data, status=201)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """分办: post (id of a colleague's post)."""
        case, author = self.get_object(), author_of(request._request)
        if not may_assign(actor_of(request)):
            raise PermissionDenied("当前身份不办理分办。")
        staff = colleagues(author.signer.organisation, on=author.on)
        assign([case], checked(AssignForm(told_in(request), colleagues=staff))["post"], author=author)
        return Response(CaseSerializer(case).data)
