"""A defendant's lane over the API: signing or giving back, naming, appearance, appeal, papers; as the pages do."""

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.drafts import DraftActs, own
from cases.api.requests import checked, told_in
from cases.api.serializers import LaneSerializer
from cases.decisions.appeals import AppealDetails, decide_appeal
from cases.decisions.forms import AppealForm
from cases.hearings import appearances, designation, nominations
from cases.hearings.forms import AppearanceForm, DesignationForm, HeadChoiceForm
from cases.law import current_law
from cases.material import returns, signing
from cases.material.forms import ReceiptForm, ReturnForm
from cases.models import Decision, Hearing, Lane
from organisations.access import require
from organisations.api import actor_of
from organisations.requests import id_in
from organisations.roles import Action


class LaneViewSet(DraftActs, ReadOnlyModelViewSet[Lane]):
    """Lanes of visible cases. Acts are for the lane's own agency; their fields are those of the page's form."""

    serializer_class = LaneSerializer
    queryset = Lane.objects.none()

    def get_queryset(self) -> QuerySet[Lane]:
        require(actor_of(self.request), Action.READ_CASES)
        lanes = Lane.objects.visible_to(actor_of(self.request)).filter(case__voided_at=None)
        return lanes.select_related("case", "organisation", "service_receipt__source__entry").order_by("pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str) -> Response:
        """签收: received_on, method, basis, ends_on, document."""
        lane, author = own(request, pk)
        form = ReceiptForm(told_in(request))
        valid = checked(form)
        signing.sign_for_material(
            lane, received_on=valid["received_on"], method=valid["method"], period=form.period(), author=author,
            law=current_law(),
        )  # fmt: skip
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def appoint(self, request: Request, pk: str) -> Response:
        """确定出庭负责人: hearing (id), head (id of the roster), reason."""
        lane, author = own(request, pk)
        hearing = _hearing(lane, request)
        may = nominations.choices_for(lane, hearing)
        valid = checked(HeadChoiceForm(told_in(request), heads=may))
        nominations.name_head(
            lane, hearing, valid["head"], reason=valid["reason"], author=author, law=current_law()
        )
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def appearance(self, request: Request, pk: str) -> Response:
        """出庭登记: hearing (id), attended (yes or no), head, spoke, opinion_given, left_early, …"""
        lane, author = own(request, pk)
        hearing = _hearing(lane, request)
        may = nominations.choices_for(lane, hearing)
        form = AppearanceForm(told_in(request), heads=may)
        checked(form)
        appearances.state_appearance(lane, hearing, form.statement(), author=author, law=current_law())
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def appeal(self, request: Request, pk: str) -> Response:
        """上诉决定: decision (id), choice, decided_on, reason."""
        lane, author = own(request, pk)
        of_lane = Decision.objects.filter(case=lane.case, outcomes__lane=lane)
        decision = of_lane.filter(pk=id_in(str(told_in(request).get("decision", ""))) or 0).first()
        if decision is None:
            raise Http404
        details = AppealDetails(**checked(AppealForm(told_in(request))))
        decide_appeal(decision, lane, details, author=author, law=current_law())
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def give_back(self, request: Request, pk: str) -> Response:
        """退回应诉材料: reason, suggested (name of the agency that should have the case)."""
        lane, author = own(request, pk)
        returns.return_material(lane, author=author, **checked(ReturnForm(told_in(request))))
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def designate(self, request: Request, pk: str) -> Response:
        """共同被告由谁出庭: lane (id), ground (agreement or court)."""
        lane, author = own(request, pk)
        lanes = lane.case.lanes.select_related("organisation")
        valid = checked(DesignationForm(told_in(request), lanes=lanes))
        designation.designate(
            lane.case, valid["lane"], ground=valid["ground"], author=author, law=current_law()
        )
        return self._lane(lane)

    def _lane(self, lane: Lane) -> Response:
        fresh = Lane.objects.select_related("case", "organisation", "service_receipt").get(pk=lane.pk)
        return Response(LaneSerializer(fresh).data)


def _hearing(lane: Lane, request: Request) -> Hearing:
    hearing = lane.case.hearings.filter(pk=id_in(str(told_in(request).get("hearing", ""))) or 0).first()
    if hearing is None:
        raise Http404
    return hearing
