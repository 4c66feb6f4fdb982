"""司法建议回复: what agencies answered in a period, and whether they adopted what was advised."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from cases.models import Paper
from rules.report_periods import ReportPeriod


class Reply(NamedTuple):
    """The last word on one 司法建议: all, part or none of it adopted."""

    case: int
    about: str
    agency: int
    adopted: str


def replies_of(period: ReportPeriod, on: date, within: Q) -> list[Reply]:
    """Replies handed in during the period; of several versions by then, the last one. `within` narrows the agencies."""
    until = min(period.last, on)
    given = Paper.objects.filter(
        within, kind=Paper.Kind.ADVICE_REPLY, submitted_on__lte=until, lane__case__voided_at=None
    )
    later = given.filter(lane=OuterRef("lane"), subject=OuterRef("subject"), version__gt=OuterRef("version"))
    last = given.filter(~Exists(later), submitted_on__gte=period.first).order_by("lane", "pk")
    rows = last.values_list(
        "lane__case_id", "lane__case__number", "subject", "lane__organisation_id", "content"
    )
    return [
        Reply(case, f"{number}（{subject.replace('incoming:', '来文')}）", agency, content.get("adopted", ""))
        for case, number, subject, agency, content in rows
    ]
