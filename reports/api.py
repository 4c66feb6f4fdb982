"""指标 and 排名 over the API: the documents that the commands print, of the reader's region or one under it."""

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from organisations.access import require
from organisations.api import actor_of
from organisations.clock import this_moment
from organisations.models import Region
from organisations.roles import Action
from reports.figures.figures import UnknownMeasure, figures
from reports.figures.scopes import scope_of
from reports.reconciliation.listing import listing
from reports.scoring.ranking import GROUPS, make_ranking, ranking_json
from rules.report_periods import ReportPeriod
from rules.strict_toml import DataFileError

PERIOD = OpenApiParameter(
    "period", OpenApiTypes.STR, required=True, description="2026-11, 2026Q3, 2026H1, 2026"
)
REGION = OpenApiParameter("region", OpenApiTypes.STR, description="the own region or one under it; 371600")
MEASURE = OpenApiParameter("measure", OpenApiTypes.STR, many=True, description="keys; all without")
GROUP = OpenApiParameter("group", OpenApiTypes.STR, enum=[*GROUPS, "all"])


class FigureViewSet(ViewSet):
    """Every measure of a period with its ids, exclusions, slices, and what is missing under it (coverage)."""

    @extend_schema(parameters=[PERIOD, REGION, MEASURE], responses=OpenApiTypes.OBJECT)
    def list(self, request: Request) -> Response:
        scope = _scope(request)
        try:
            return Response(figures(*scope, this_moment(), request.query_params.getlist("measure") or None))
        except UnknownMeasure as error:
            raise ValidationError({"measure": [str(error.args[0])]}) from error


class RankingViewSet(ViewSet):
    """The ranking of a period by group, with ledgers, who is not ranked and why, and who is in no group."""

    @extend_schema(parameters=[PERIOD, REGION, GROUP], responses=OpenApiTypes.OBJECT)
    def list(self, request: Request) -> Response:
        period, region = _scope(request)
        group = request.query_params.get("group", "all")
        if group not in (*GROUPS, "all"):
            raise ValidationError({"group": [f"没有分组“{group[:20]}”。现有：{'、'.join(GROUPS)}、all。"]})
        moment = this_moment()
        try:
            made = make_ranking(period, region, moment, group)
        except DataFileError as error:
            raise ValidationError({"period": [str(error)]}) from error
        return Response(ranking_json(made, region, moment.isoformat()))


class DiscrepancyViewSet(ViewSet):
    """What courts and agencies state differently in a period: both words, their places, and the state."""

    @extend_schema(parameters=[PERIOD, REGION], responses=OpenApiTypes.OBJECT)
    def list(self, request: Request) -> Response:
        require(actor_of(request), Action.RECONCILE)
        return Response(listing(*_scope(request)))


def _scope(request: Request) -> tuple[ReportPeriod, Region]:
    """The period and the region that are asked for; 404 for a region that is not the reader's own or under it."""
    actor = actor_of(request)
    require(actor, Action.READ_FIGURES)
    own = actor.organisation.region
    asked: dict[str, Any] = request.query_params
    try:
        period, region = scope_of(asked.get("period", ""), asked.get("region") or own.pk)
    except ValueError as error:
        raise ValidationError({"period": [str(error)]}) from error
    if own.pk not in (region.pk, region.parent_id):
        raise Http404
    return period, region
