"""Issuing a bulletin meets the regular duty to issue one: 月通报, 季通报, 督导排名, 半年总结, 年度报告."""

from django.db import transaction

from cases.deadlines.regular_work import complete_regular
from cases.law import Law
from organisations.authors import Author
from organisations.models import Organisation
from reports.bulletins.bulletins import keep_issued, prepare_issue
from reports.bulletins.kinds import KINDS
from reports.models import Bulletin
from rules.report_periods import parse_report_period


def issue_and_meet(
    bulletin: Bulletin, number: str, *, author: Author, law: Law, reviewed: str | None = None
) -> Bulletin:
    """Issue the draft (as `issue_bulletin`, which says what it refuses) and note the duty as met today."""
    seen = bulletin.snapshot_hash if reviewed is None else reviewed
    prepared = prepare_issue(bulletin, number, author, seen)
    with transaction.atomic():
        issued = keep_issued(*prepared, author, seen)
        _meet(issued, author, law)
    return issued


def _meet(issued: Bulletin, author: Author, law: Law) -> None:
    kind = KINDS[issued.kind]
    office = Organisation.objects.filter(kind=kind.owner, region=issued.region_id).first()
    if office is not None:
        period = parse_report_period(issued.period)
        complete_regular(office, kind.duty, period, how=f"印发 {issued.number}", author=author, law=law)
