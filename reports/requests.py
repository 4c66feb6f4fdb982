"""What pages of figures ask of a request: the region, the period, the populations."""

from typing import Any

from django.http import Http404
from django.utils.timezone import localtime

from organisations.clock import this_moment, today
from organisations.models import Region
from organisations.requests import SignedInRequest
from reports.figures.measures import VERSION
from reports.figures.populations import Populations
from rules.report_periods import ReportPeriod, ReportPeriodInvalid, parse_report_period


def own_region(request: SignedInRequest) -> Region:
    assert request.actor is not None
    return request.actor.organisation.region


def regions_of(request: SignedInRequest) -> list[Region]:
    """Of which the reader may choose one: the own region and those under it."""
    own = own_region(request)
    return [own, *own.children.all()]


def chosen_region(request: SignedInRequest, regions: list[Region]) -> Region:
    """The region that the address names, by default the own one; Http404 for another one."""
    wanted = request.GET.get("region") or regions[0].code
    found = next((region for region in regions if region.code == wanted), None)
    if found is None:
        raise Http404("没有这个区划，或者不在您的范围内。")
    return found


def period_or_404(text: str) -> ReportPeriod:
    try:
        return parse_report_period(text)
    except ReportPeriodInvalid as error:
        raise Http404(str(error)) from error


def populations_of(
    request: SignedInRequest, period: ReportPeriod, region: Region | None = None
) -> Populations:
    return Populations(period, region or own_region(request), today())


def reading_of(rules: str = VERSION) -> dict[str, Any]:
    return {"as_of": localtime(this_moment()), "rules": rules, "state": "暂计"}
