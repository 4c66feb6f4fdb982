"""共同被告: which of several defendants' heads appears."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import Case, Designation, Lane
from cases.record.locks import lock_lanes_of_cases
from cases.record.sources import agency_source
from organisations import audit
from organisations.authors import Author


@transaction.atomic
def designate(case: Case, lane: Lane, *, ground: str, author: Author, law: Law) -> Designation:
    """共同被告协商或者法院确定 which defendant's head appears; the others are exempt (规定第三条).

    Raises ValidationError for a case with one defendant, and where it was settled before.
    """
    lanes = lock_lanes_of_cases([case.pk])
    if len(lanes) < 2:  # noqa: PLR2004 - co-defendants are at least two
        raise ValidationError("本案只有一个被告，不需要确定由谁出庭。")
    if Designation.objects.filter(case=case).exists():
        raise ValidationError("本案已确定出庭机关；变更的，请联系司法局更正。")
    source = agency_source(author, "确定共同被告由谁出庭")
    made = Designation.objects.create(case=case, lane=lane, ground=ground, source=source)
    sync_deadlines(lanes, law=law, author=author, reason="确定共同被告的出庭机关")
    audit.record(
        author,
        "case.designate",
        f"{made.get_ground_display()}由{lane.organisation.short_name}负责人出庭",
        about=case,
    )
    return made
