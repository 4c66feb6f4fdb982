"""登记案件: a case that the court has not told of yet. Its later notification is matched by 案号, never twice."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases.matching.finding import find_candidates
from cases.models import Case, Dispute, Lane, Source
from cases.record.courts import court_of
from cases.record.parties import parties_of
from cases.record.sources import agency_source
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation
from rules.case_numbers import CaseNumber


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """A case as the sued agency registers it."""

    number: CaseNumber
    plaintiffs: str
    role: str
    origin: CaseNumber | None = None
    third_parties: str = ""
    cause: str = ""
    filed_on: date | None = None


@transaction.atomic
def register_case(details: CaseDetails, *, author: Author) -> Lane:
    """The case and the lane of the author's agency in it, where nobody has told of the case yet.

    Raises ValidationError for an unknown court, and for a case that is known: whoever is no defendant in it by the
    court's word does not become one by typing its number.
    """
    agency = author.signer.organisation
    source = agency_source(author, "登记案件")
    _refuse_known(details.number, agency)
    try:
        with transaction.atomic():
            case = _create(details, source, author)
    except IntegrityError:  # another unit registered it at this very moment
        _refuse_known(details.number, agency)
        raise
    lane = Lane.objects.create(case=case, organisation=agency, role=details.role, source=source)
    audit.record(author, "case.register", f"登记案件 {case.number}", about=case)
    find_candidates([lane.pk], author=author)
    return lane


def _refuse_known(number: CaseNumber, agency: Organisation) -> None:
    """Raise ValidationError for a case that is on record, in words that say whether the agency is a defendant."""
    case = Case.objects.filter(key=number.key).first()
    if case is None:
        return
    if Lane.objects.filter(case=case, organisation=agency).exists():
        raise ValidationError({"number": f"{case.number} 已在本单位案件中，不需要再登记。"})
    raise ValidationError(
        {"number": f"{case.number} 已在平台中，被告不含本单位。确为被告的，请联系同级司法局核实。"}
    )


def _create(details: CaseDetails, source: Source, author: Author) -> Case:
    number = details.number
    origin = Case.objects.filter(key=details.origin.key).first() if details.origin else None
    case = Case.objects.create(
        dispute=origin.dispute if origin else Dispute.objects.create(opened_at=author.at),
        key=number.key,
        number=number.display,
        year=number.year,
        type_code=number.type,
        serial=number.serial,
        court=court_of(number),
        instance=number.kind.instance,
        cause=details.cause,
        origin=origin,
        origin_number=details.origin.display if details.origin else "",
        plaintiffs=details.plaintiffs,
        third_parties=details.third_parties,
        filed_on=details.filed_on,
        source=source,
    )
    parties = parties_of(case)
    type(parties[0]).objects.bulk_create(parties)
    return case
