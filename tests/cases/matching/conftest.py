"""Cases as a court tells of them, and as an agency registers them; alike until a test writes something otherwise."""

from datetime import date

import pytest

from cases.matching.finding import find_candidates
from cases.models import Candidate, Dispute, Lane, Source
from organisations.models import CourtCode
from rules.case_numbers import parse_case_number
from tests.factories import MOMENT, CaseFactory, HearingFactory, LaneFactory, SourceFactory, at, organisation

DAY = date(2026, 10, 15)


def case_under(number, source, **said):
    parsed = parse_case_number(number).first
    court = CourtCode.objects.select_related("court").get(code=parsed.court).court
    return CaseFactory(
        key=parsed.key, number=parsed.display, year=parsed.year, type_code=parsed.type, serial=parsed.serial,
        instance=parsed.kind.instance, source=source, **{"court": court} | said,
    )  # fmt: skip


def told(number, agency="371602-ZRZY", reference="TB202610-1", held=None, **said):
    """The lane of a case that a notification told of."""
    court = CourtCode.objects.get(code=parse_case_number(number).first.court).court
    source = SourceFactory(kind=Source.Kind.COURT, organisation=court, reference=reference)
    lane = LaneFactory(case=case_under(number, source, **said), organisation=organisation(agency))
    if held:
        HearingFactory(case=lane.case, day=held, state="held")
    return lane


def registered(number, agency="371602-ZRZY", **said):
    """The lane of a case that its agency registered."""
    source = SourceFactory(kind=Source.Kind.AGENCY, organisation=organisation(agency), reference="")
    return LaneFactory(case=case_under(number, source, **said), organisation=organisation(agency))


def seek(*lanes, author=None):
    ids = [lane.pk for lane in lanes] or Lane.objects.values_list("pk", flat=True)
    return find_candidates(ids, author=author or at(DAY))


def pairs(state="open"):
    """The numbers of what was found, the court's first."""
    found = Candidate.objects.filter(state=state)
    return sorted(found.values_list("court_number", "agency_number"))


@pytest.fixture
def alike(cast, today):
    """（2026）鲁1602行初61号 of the court, 16 of the agency: one case, found."""
    court = told("（2026）鲁1602行初61号", held=date(2026, 9, 16))
    agency = registered("（2026）鲁1602行初16号")
    seek(agency)
    return Candidate.objects.get(court_lane=court, agency_lane=agency)


@pytest.fixture
def dispute():
    return Dispute.objects.create(opened_at=MOMENT)
