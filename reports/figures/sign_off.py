"""签报: a county's office stands for its data of a month; the city sees who has not yet."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.regular_work import complete_regular
from cases.law import Law
from cases.models import Deadline
from organisations import audit
from organisations.access import within_q
from organisations.authors import Author
from organisations.models import Organisation, Region
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.printing import rate_words
from rules.report_periods import ReportPeriod

RULE = "county_rollup"
TOLD = ("appearance_rate", "performance_rate", "loss_rate_concluded")


class Signature(NamedTuple):
    """A county's month: signed when and for what; nothing where it was not yet."""

    office: str
    month: str
    signed_on: date | None
    how: str


def signatures_of(period: ReportPeriod, region: Region) -> list[Signature]:
    """What the offices of a region's counties, or its own, have signed and not signed of a period."""
    subjects = [f"period:{month.key}" for month in period.months]
    within = within_q(region.pk, "organisation__region")
    duties = Deadline.objects.filter(within, rule=RULE, subject__in=subjects).exclude(
        state=Deadline.State.VOID
    )
    related = duties.select_related("organisation").prefetch_related("completions")
    return [_signature(duty) for duty in related.order_by("subject", "organisation__region__position")]


def _signature(duty: Deadline) -> Signature:
    done = next((one for one in duty.completions.all() if one.withdrawn_at is None), None)
    month = duty.subject.partition(":")[2]
    return Signature(duty.organisation.name, month, duty.met_on, done.how if done else "")


@transaction.atomic
def sign_off(populations: Populations, *, author: Author, law: Law) -> str:
    """Sign the month of a county with the figures as they are now; returns what was signed. Raises ValidationError."""
    period, region = populations.period, populations.region
    if period.kind != "month" or period.last >= author.on:
        raise ValidationError("按月签报，当月结束之后才能签报。请在报告期中选一个已经结束的月份。")
    office = Organisation.objects.filter(kind=Organisation.Kind.LEGAL_OFFICE, region=region).first()
    if office is None or region.kind == Region.Kind.CITY:
        raise ValidationError("由县（市、区）、开发区司法局签报本区域的数据。")
    how = f"签报：{_figures(populations)}；数据不全 {len(populations.coverage.gaps)} 项"
    complete_regular(office, RULE, period, how=how, author=author, law=law)
    audit.record(author, "figures.sign_off", f"{region.name}{period.label}{how}", about=office)
    return how


def _figures(populations: Populations) -> str:
    told = (measured(MEASURES[key], populations) for key in TOLD)
    return "，".join(f"{one.measure.label} {rate_words(one.total, one.measure.empty_text)}" for one in told)
