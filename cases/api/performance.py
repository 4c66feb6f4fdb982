"""履行台账 over the API."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.requests import checked, told_in
from cases.api.serializers import ObligationSerializer
from cases.deadlines.obligations import RULE
from cases.law import current_law
from cases.models import Deadline, Obligation, PerformanceEntry
from cases.performance import log
from cases.performance.forms import CheckForm, LedgerForm, ObligationForm
from organisations.access import may, require
from organisations.api import actor_of
from organisations.requests import author_of, id_in
from organisations.roles import Action


class ObligationViewSet(ReadOnlyModelViewSet[Obligation]):
    """Obligations of visible cases, each with its ledger."""

    serializer_class = ObligationSerializer
    queryset = Obligation.objects.none()
    parser_classes = (JSONParser, FormParser, MultiPartParser)

    def get_queryset(self) -> QuerySet[Obligation]:
        require(actor_of(self.request), Action.READ_CASES)
        owed = Obligation.objects.visible_to(actor_of(self.request))
        related = owed.select_related("lane__case", "lane__organisation", "outcome__decision")
        entries = PerformanceEntry.objects.select_related("source__entry")
        days = Prefetch("lane__deadlines", Deadline.objects.filter(rule=RULE))
        return related.prefetch_related(Prefetch("entries", entries), days).order_by("pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def entries(self, request: Request, pk: str) -> Response:
        """A line of the ledger: submission_key, kind, happened_on, text, same_act, proof (files, multipart)."""
        obligation, actor = self.get_object(), actor_of(request)
        own = may(actor, Action.ACT_FOR_AGENCY) and obligation.lane.is_of(actor)
        if not own:
            require(actor, Action.REVIEW_PAPERS)
        form = LedgerForm(told_in(request), request.FILES, by_agency=own, owed=obligation)
        checked(form)
        log.enter(obligation, form.line(), author=author_of(request._request), law=current_law())
        return Response(ObligationSerializer(self.get_object()).data, status=201)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"], url_path="entries/(?P<entry>[0-9]+)/check")
    def check(self, request: Request, pk: str, entry: str) -> Response:
        """核查 of a reported performance: accepted (yes or no), note."""
        obligation = self.get_object()
        require(actor_of(request), Action.REVIEW_PAPERS)
        line = get_object_or_404(obligation.entries, pk=id_in(entry) or 0)
        valid = checked(CheckForm(told_in(request)))
        log.check_report(
            line, accepted=valid["accepted"] == "yes", note=valid["note"], author=author_of(request._request),
            law=current_law(),
        )  # fmt: skip
        return Response(ObligationSerializer(self.get_object()).data)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """认定有无履行内容: certainty (yes, no, open), due_on, reason."""
        obligation = self.get_object()
        require(actor_of(request), Action.REVIEW_PAPERS)
        valid = checked(ObligationForm(told_in(request)))
        log.decide_obligation(obligation, author=author_of(request._request), law=current_law(), **valid)
        return Response(ObligationSerializer(self.get_object()).data)
