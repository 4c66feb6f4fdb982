"""From the court's workbook and the agency's form to an open discrepancy, and back to agreement."""

from datetime import date, datetime

import pytest
from django.utils.timezone import make_aware

from cases.hearings.appearances import state_appearance
from cases.models import AppearanceStatement, Discrepancy, Hearing, Lane
from cases.reconciliation.deciding import rule_for
from courts.notifications.confirmation import expected_effects
from organisations.authors import Author
from organisations.models import Post, User
from supervision.models import JobRun
from supervision.sweep.sweeping import sweep
from tests.courts.court_sheets import appearance, workbook
from tests.factories import HeadFactory, organisation

NAMED = {"出庭负责人姓名": "许知行", "职务": "副局长", "职级": "副职"}


@pytest.fixture
def post(world):
    """Somebody of an organisation, by its code and the role there."""

    def of(code, role):
        user, _ = User.objects.get_or_create(username=f"{code}{role}", defaults={"name": role})
        return Post.objects.get_or_create(user=user, organisation=organisation(code), role=role)[0]

    return of


@pytest.fixture
def told(send):
    """The court told of September: no head came."""
    send.apply(workbook(出庭=[appearance(came="否")]), month="2026-09", on="2026-10-05")
    return send


@pytest.fixture
def state(world, post):
    def say(on="2026-10-08", **said):
        head = HeadFactory(organisation=world.police, name="许知行", position="副局长", kind="deputy")
        author = Author(
            make_aware(datetime.fromisoformat(f"{on} 10:00")), post("371602-GA", "agency_liaison")
        )
        whole = {"attended": True, "head": head, "note": ""} | said
        return state_appearance(
            Lane.objects.get(), Hearing.objects.get(), whole, author=author, law=world.law
        )

    return say


def states():
    return list(Discrepancy.objects.order_by("pk").values_list("fact", "state"))


def test_what_the_agency_states_is_compared_with_the_cells_of_the_court(told, state):
    state()
    one = Discrepancy.objects.get()
    assert (one.fact, one.court_says, one.agency_says) == ("appearance", "未出庭", "出庭（许知行，副职）")
    assert "通报.xlsx · 出庭 第 2 行" in one.court_source
    assert "E2" in one.court_source
    assert one.agency_source.endswith("（2026-10-08 agency_liaison）")


def test_the_corrected_workbook_ends_it_and_says_who_mended_what(told, state, world, post):
    state()
    upload = told(workbook(出庭=[appearance(**NAMED)]), month="2026-09", on="2026-10-12")
    author = Author(upload.uploaded_at, post("鲁1602", "court_clerk"))
    expected_effects(upload, author=author, law=world.law)
    assert states() == [("appearance", "open")]  # only shown
    told.apply(workbook(出庭=[appearance(**NAMED)]), month="2026-09", on="2026-10-12")
    one = Discrepancy.objects.get()
    assert (one.state, one.reason) == ("corrected", "法院更正：未出庭 → 出庭（许知行，副职）")


def test_the_agency_may_mend_its_own_word(told, state):
    state()
    state(on="2026-10-09", attended=False, head=None)
    one = Discrepancy.objects.get()
    assert (one.state, one.reason) == ("corrected", "机关更正：出庭（许知行，副职） → 未出庭")
    assert one.corrected_by.role == "agency_liaison"


def test_a_court_that_speaks_after_the_agency_is_compared_too(send, state):
    send.apply(workbook(出庭=[appearance(**NAMED)]), month="2026-09", on="2026-10-05")
    state()
    assert states() == []
    send.apply(workbook(出庭=[appearance(came="否")]), month="2026-10", on="2026-10-20")
    assert states() == [("appearance", "open")]


def test_the_day_as_the_agency_knows_it(told, state):
    state(held_on=date(2026, 9, 11), attended=False, head=None)
    assert states() == [("hearing_day", "open")]
    assert AppearanceStatement.objects.get(stated_by="agency").held_on == date(2026, 9, 11)


def test_without_another_day_it_is_that_of_the_hearing(told, state):
    assert state(attended=False, head=None).held_on == date(2026, 9, 10)


def test_a_hearing_that_the_office_moved_is_no_second_one_when_the_court_repeats_itself(
    told, state, world, post
):
    state(held_on=date(2026, 9, 11), attended=False, head=None)
    office = Author(make_aware(datetime(2026, 10, 9, 10)), post("371602-SF", "office_clerk"))
    one = Discrepancy.objects.get()
    rule_for(one, "agency", reason="核对了传票", revision=1, author=office, law=world.law)
    same = workbook(出庭=[appearance(came="否"), appearance(2, day="2026-09-14")])
    told.apply(same, month="2026-09", on="2026-10-12")
    days = Hearing.objects.filter(case__serial=1).values_list("day", flat=True)
    assert list(days) == [date(2026, 9, 11)]
    assert states() == [("hearing_day", "ruled")]


def test_the_sweep_looks_at_what_is_open_once_a_day(told, state, world):
    state()
    assert states() == [("appearance", "open")]
    AppearanceStatement.objects.filter(stated_by="agency").delete()
    at = make_aware(datetime(2026, 10, 12, 9))
    sweep(on=at.date(), author=Author(at), law=world.law)
    assert states() == [("appearance", "corrected")]
    assert JobRun.objects.filter(job="discrepancies", covered=at.date()).exists()
    sweep(on=at.date(), author=Author(at), law=world.law)
    assert len(states()) == 1
