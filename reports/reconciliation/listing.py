"""The discrepancies of a period in a region as scripts read them."""

from typing import Any

from cases.models import Discrepancy
from organisations.models import Region
from reports.reconciliation.overview import discrepancies_of
from rules.report_periods import ReportPeriod


def listing(period: ReportPeriod, region: Region) -> dict[str, Any]:
    """`open`, how many wait for a person, and every item in whatever state."""
    items = [_item(one) for one in discrepancies_of(period, region)]
    return {"open": sum(item["state"] == "open" for item in items), "items": items}


def _item(one: Discrepancy) -> dict[str, Any]:
    return {
        "case": one.lane.case.number,
        "agency": one.lane.organisation.name,
        "fact": one.fact,
        "court_says": one.court_says,
        "agency_says": one.agency_says,
        "sources": [one.court_source, one.agency_source],
        "state": one.state,
    }
