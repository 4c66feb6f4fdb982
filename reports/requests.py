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


def period_or_404(text: str) -> ReportPeriod:
    try:
        return parse_report_period(text)
    except ReportPeriodInvalid as error:
        raise Http404(str(error)) from error


def populations_of(request: SignedInRequest, period: ReportPeriod) -> Populations:
    return Populations(period, own_region(request), today())


def reading_of(rules: str = VERSION) -> dict[str, Any]:
    return {"as_of": localtime(this_moment()), "rules": rules, "state": "暂计"}
