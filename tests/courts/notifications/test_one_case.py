"""A court's workbook tells of a case that an agency registered under another number."""

import pytest

from cases.models import Candidate
from tests.cases.matching.conftest import pairs, registered
from tests.courts.court_sheets import appearance, hearing, workbook

COURT, AGENCY = "（2026）鲁1602行初61号", "（2026）鲁1602行初16号"


@pytest.fixture
def waiting(world):
    """What 滨城区公安局 registered before the court told of anything."""
    return registered(AGENCY, "371602-GA", plaintiffs="张三", filed_on=None)


def test_a_confirmed_workbook_raises_the_question_by_its_receipt(waiting, send):
    upload = send.apply(workbook(排庭=[hearing(61)]), month="2026-10", on="2026-10-05")
    assert pairs() == [(COURT, AGENCY)]
    assert Candidate.objects.get().court_lane.case.source.reference == upload.number


def test_what_the_court_adds_later_is_asked_about_then(waiting, send):
    send.apply(workbook(出庭=[appearance(61)]), month="2026-09", on="2026-10-05")
    assert pairs() == []  # who sues is not told yet
    send.apply(workbook(排庭=[hearing(61)]), month="2026-10", on="2026-10-06")
    assert pairs() == [(COURT, AGENCY)]


def test_the_agencys_own_number_told_by_the_court_ends_it(waiting, send):
    send.apply(workbook(排庭=[hearing(61)]), month="2026-10", on="2026-10-05")
    send.apply(workbook(排庭=[hearing(61), hearing(16)]), month="2026-10", on="2026-10-06")
    assert (pairs(), pairs("gone")) == ([], [(COURT, AGENCY)])


def test_the_same_number_is_no_question(waiting, send):
    send.apply(workbook(排庭=[hearing(16)]), month="2026-10", on="2026-10-05")
    assert not Candidate.objects.exists()
