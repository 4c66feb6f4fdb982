"""增加被告: a defendant that the court left out."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import Case, FactChange, Lane
from cases.record.locks import lock_lanes_of_cases
from cases.record.separation import require_office_of
from cases.record.sources import office_source
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation


@transaction.atomic
def add_lane(case: Case, agency: Organisation, *, role: str, reason: str, author: Author, law: Law) -> Lane:
    """A defendant that the court's notification left out, put in by the agency's own office. Raises ValidationError.

    The other defendants keep their lanes; a later notification that names the agency finds this one.
    """
    require_office_of(agency, author.signer)
    lanes = lock_lanes_of_cases([case.pk])
    if Lane.objects.filter(case=case, organisation=agency).exists():
        raise ValidationError({"agency": f"{agency.name}已是本案被告。"})
    source = office_source(author)
    lane = Lane.objects.create(case=case, organisation=agency, role=role, source=source)
    FactChange.objects.create(
        case=case, at=author.at, model="lane", field="organisation",
        about="增加", new=agency.name, note=reason,
        reason=FactChange.Reason.CORRECTION, source=source,
    )  # fmt: skip
    sync_deadlines([*lanes, lane.pk], law=law, author=author, reason=f"增加被告 {agency.short_name}")
    audit.record(author, "case.add_lane", f"增加被告 {agency.name}：{reason}", about=case)
    return lane
