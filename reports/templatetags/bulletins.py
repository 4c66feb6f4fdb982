"""What templates of other apps ask about bulletins."""

from collections.abc import Sequence
from datetime import datetime

from django import template

from organisations.models import Organisation
from reports.models import Bulletin
from rules.report_periods import parse_report_period

register = template.Library()


@register.simple_tag
def touched_bulletins(
    court: Organisation, months: Sequence[str], before: datetime | None = None
) -> list[Bulletin]:
    """Bulletins on the court's region, or on the one above it, whose period holds one of the months.

    Only those that were issued before the moment, where one is given: later ones know what it brought.
    """
    regions = [court.region_id, court.region.parent_id]
    issued = Bulletin.objects.filter(state=Bulletin.State.ISSUED, region__in=regions)
    if before:
        issued = issued.filter(issued_at__lt=before)
    wanted = set(months)
    return [each for each in issued.defer("snapshot") if wanted & _months(each.period)]


def _months(period: str) -> set[str]:
    return {month.key for month in parse_report_period(period).months}
