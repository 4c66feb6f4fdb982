"""A defendant's lane over the API: signing, naming, appearance, drafts and papers, appeal; as the pages do."""

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases import drafting, heads, material
from cases.api.asking import IF_MATCH, Overtaken, checked, revision_in, tagged, told_in
from cases.appeals import AppealTold, decide_appeal
from cases.drafting import Place, draft_of, save_draft
from cases.forms import AppealForm, AppearanceForm, HeadChoiceForm, ReceiptForm
from cases.law import current_law
from cases.models import Decision, Defendant, Hearing, Paper
from cases.serializers import DraftSerializer, LaneSerializer
from cases.views.lanes import own_lane
from organisations import overtaken
from organisations.access import require
from organisations.api import actor_of
from organisations.authors import Author
from organisations.requests import author_of, id_in
from organisations.roles import Action


class LaneViewSet(ReadOnlyModelViewSet[Defendant]):
    """Lanes of visible cases. Acts are for the lane's own agency; their fields are those of the page's form."""

    serializer_class = LaneSerializer
    queryset = Defendant.objects.none()

    def get_queryset(self) -> QuerySet[Defendant]:
        require(actor_of(self.request), Action.READ_CASES)
        lanes = Defendant.objects.visible_to(actor_of(self.request))
        return lanes.select_related("case", "organisation", "receipt").order_by("pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str) -> Response:
        """签收: received_on, method, basis, ends_on, document."""
        lane, author = self._own(request, pk)
        form = ReceiptForm(told_in(request))
        told = checked(form)
        material.sign_receipt(
            lane, received_on=told["received_on"], method=told["method"], period=form.period(), author=author,
            law=current_law(),
        )  # fmt: skip
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def appoint(self, request: Request, pk: str) -> Response:
        """确定出庭负责人: hearing (id), head (id of the roster), reason."""
        lane, author = self._own(request, pk)
        hearing = _hearing(lane, request)
        may = heads.choices_for(lane, hearing)
        told = checked(HeadChoiceForm(told_in(request), heads=may))
        heads.name_head(lane, hearing, told["head"], reason=told["reason"], author=author, law=current_law())
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def appearance(self, request: Request, pk: str) -> Response:
        """出庭登记: hearing (id), attended (yes or no), head, spoke, opinion_given, left_early, …"""
        lane, author = self._own(request, pk)
        hearing = _hearing(lane, request)
        may = heads.choices_for(lane, hearing)
        form = AppearanceForm(told_in(request), heads=may)
        checked(form)
        heads.state_appearance(lane, hearing, form.told(), author=author, law=current_law())
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def appeal(self, request: Request, pk: str) -> Response:
        """上诉决定: decision (id), choice, decided_on, reason."""
        lane, author = self._own(request, pk)
        of_lane = Decision.objects.filter(case=lane.case, outcomes__defendant=lane)
        decision = of_lane.filter(pk=id_in(str(told_in(request).get("decision", ""))) or 0).first()
        if decision is None:
            raise Http404
        told = AppealTold(**checked(AppealForm(told_in(request))))
        decide_appeal(decision, lane, told, author=author, law=current_law())
        return self._lane(lane)

    @extend_schema(request=OpenApiTypes.OBJECT, parameters=[IF_MATCH], responses=DraftSerializer)
    @action(detail=True, methods=["get", "put"], url_path="drafts/(?P<kind>[a-z_]+)")
    def draft(self, request: Request, pk: str, kind: str) -> Response:
        """The draft of a paper, `?subject=decision:7`; PUT keeps it on top of the revision in If-Match (0: none)."""
        lane, author = self._own(request, pk)
        if kind not in Paper.Kind.values:
            raise Http404
        place = Place(lane, kind, request.query_params.get("subject", "")[:30])
        draft = draft_of(place)
        if request.method == "GET":
            if draft is None:
                raise Http404
            return tagged(DraftSerializer(draft).data, draft.revision)
        try:
            draft = save_draft(
                place,
                typed=_typed(request),
                key=drafting.new_key(),
                revision=revision_in(request),
                author=author,
            )
        except overtaken.Overtaken as error:
            raise Overtaken from error
        return tagged(DraftSerializer(draft).data, draft.revision)

    def _own(self, request: Request, pk: str) -> tuple[Defendant, Author]:
        return own_lane(request._request, id_in(pk) or 0), author_of(request._request)  # type: ignore[arg-type]

    def _lane(self, lane: Defendant) -> Response:
        fresh = Defendant.objects.select_related("case", "organisation", "receipt").get(pk=lane.pk)
        return Response(LaneSerializer(fresh).data)


def _hearing(lane: Defendant, request: Request) -> Hearing:
    hearing = lane.case.hearings.filter(pk=id_in(str(told_in(request).get("hearing", ""))) or 0).first()
    if hearing is None:
        raise Http404
    return hearing


def _typed(request: Request) -> dict[str, list[str]]:
    """Single values and lists, as a form posts them."""
    return {name: list(values) for name, values in told_in(request).lists()}
