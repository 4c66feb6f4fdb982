"""What a clock says of itself: the facts it rests on, whether its day is an estimate, what it is about."""

from datetime import date
from types import SimpleNamespace

import pytest

from cases.deadlines.clock import Clock, LateNotice, SetDay
from cases.deadlines.computation import computation_of
from cases.material.signing import sign_for_material
from cases.models import Deadline
from tests.factories import at

START, SET, TOLD = date(2026, 10, 8), date(2026, 11, 2), date(2026, 10, 20)
NOTICE = LateNotice(TOLD, "滨城法院", date(2026, 10, 13), date(2026, 10, 26))
ORDERS = (SimpleNamespace(pk=7, last=None), SimpleNamespace(pk=9, last=date(2026, 10, 30)))


def clock(**known):
    return Clock("answer", "service_receipt:1", START, "送达回证", None, **known)


@pytest.mark.parametrize(
    ("known", "facts"),
    [
        ({}, "2026-10-08"),
        ({"set_day": SetDay(SET, "法院指定")}, "2026-10-08; 2026-11-02"),
        ({"rests_on": "2026-10-08; 2026-11-02"}, "2026-10-08; 2026-11-02"),
        ({"notice": NOTICE}, "2026-10-08; told 2026-10-20"),
        ({"orders": ORDERS}, "2026-10-08; order 7; order 9 2026-10-30"),
        # A day that an order set is the order's fact, not one of its own.
        ({"set_day": SetDay(SET, "延期"), "orders": ORDERS[:1]}, "2026-10-08; order 7"),
    ],
)
def test_the_facts_of_a_clock_are_what_people_stated(known, facts):
    assert clock(**known).facts == facts


@pytest.mark.parametrize(
    ("set_day", "estimated"),
    [(SetDay(SET, "法院指定"), False), (SetDay(SET, "裁判未载明", estimated=True), True)],
)
def test_a_day_is_an_estimate_only_where_it_says_so(set_day, estimated):
    assert computation_of(clock(set_day=set_day))["estimated"] is estimated


@pytest.mark.django_db
def test_the_deadlines_of_a_case_have_no_other_matter_than_the_case(lane, cast, law):
    author = at(date(2026, 10, 9), cast.post.liaison)
    sign_for_material(
        lane, received_on=START, method="direct", period={"basis": "court_set", "ends_on": SET}, author=author,
        law=law,
    )  # fmt: skip
    kept = {
        one.rule: (one.matter, one.computation["facts"], one.computation["estimated"])
        for one in Deadline.objects.filter(lane=lane)
    }
    # The report runs from the end of the period for evidence, and rests on the same facts.
    assert kept["answer"] == ("", "2026-10-08; 2026-11-02", False)
    assert kept["defence_report"] == ("", "2026-10-08; 2026-11-02", False)
