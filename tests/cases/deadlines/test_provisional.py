"""暂定: a day beyond the announced calendar is marked, and computed again once its year is announced."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils.timezone import make_aware

from cases.deadlines.sync import settle_provisional, sync_deadlines
from cases.material import signing
from cases.models import Deadline
from organisations.authors import Author
from rules.calendars import DayRange, YearCalendar, load_calendar
from tests.factories import LaneFactory, ObligationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def law_of_2027(law):
    """An invented notice for 2027 in which 1–4 January are days off."""
    days_off = (DayRange("元旦", date(2027, 1, 1), date(2027, 1, 4)),)
    year = YearCalendar(2027, 1, date(2026, 11, 30), "2027年放假安排（测试）", days_off, ())
    return replace(law, calendar=load_calendar(extra=[year]), _computed={})


def test_a_provisional_day_is_settled_when_its_year_is_announced(cast, law, law_of_2027):
    lane = LaneFactory()
    author = Author(make_aware(datetime(2026, 12, 18, 9)), cast.post.liaison)
    signing.sign_for_material(
        lane, received_on=date(2026, 12, 18), method="direct", period=None, author=author, law=law
    )
    answer = Deadline.objects.get(rule="answer")
    assert (answer.due_on, answer.provisional, answer.calendar) == (date(2027, 1, 4), True, "2026@1")
    assert settle_provisional(law=law, author=author) == 0

    assert settle_provisional(law=law_of_2027, author=author) == 1
    answer.refresh_from_db()
    assert (answer.due_on, answer.provisional, answer.calendar) == (date(2027, 1, 5), False, "2027@1")
    change = answer.changes.get()
    assert (change.old_due_on, change.new_due_on) == (date(2027, 1, 4), date(2027, 1, 5))
    assert change.old_computation["provisional"] is True
    assert settle_provisional(law=law_of_2027, author=author) == 0


@pytest.mark.parametrize(
    ("owed", "words", "before", "after"),
    [
        ({}, "期间长度为办公室设定", date(2027, 2, 8), date(2027, 2, 15)),
        ({"period_text": "判决生效之日起60日内"}, "裁判所定起算日", date(2027, 2, 8), date(2027, 2, 15)),
        ({"period_text": "2027年2月8日前"}, "2027年2月8日前", date(2027, 2, 8), date(2027, 2, 8)),
    ],
)
def test_a_counted_obligation_is_provisional_too_and_a_named_day_stays(cast, law, owed, words, before, after):
    days_off = (DayRange("春节", date(2027, 2, 6), date(2027, 2, 14)),)
    year = YearCalendar(2027, 1, date(2026, 11, 30), "2027年放假安排（测试）", days_off, ())
    announced = replace(law, calendar=load_calendar(extra=[year]), _computed={})
    author = Author(make_aware(datetime(2026, 12, 18, 9)), cast.post.office_clerk)
    obligation = ObligationFactory(
        outcome__code="J-REVOKE-REDO",
        outcome__decision__effect="confirmed",
        outcome__decision__effective_on=date(2026, 12, 8),
        named_on=None,
        **owed,
    )
    sync_deadlines([obligation.lane_id], law=law, author=author, reason="生效")
    found = Deadline.objects.get(rule="obligation")
    assert (found.due_on, found.label) == (before, "履行生效裁判")
    assert words in found.computation["explanation"]
    sync_deadlines([obligation.lane_id], law=announced, author=author, reason="放假安排公布")
    found.refresh_from_db()
    assert found.due_on == after
    assert found.provisional is False
