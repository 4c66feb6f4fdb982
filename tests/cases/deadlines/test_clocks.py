"""What a clock says of itself: the facts it rests on, whether its day is an estimate, what it is about."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils.timezone import make_aware

from cases.deadlines.clock import Clock, LateNotice, SetDay, settled
from cases.deadlines.computation import computation_of
from cases.law import shipped_law
from cases.material.signing import sign_for_material
from cases.models import Deadline
from tests.factories import at

START, SET, TOLD = date(2026, 10, 8), date(2026, 11, 2), date(2026, 10, 20)
DUE = shipped_law().due("answer", START)
NOTICE = LateNotice(TOLD, "滨城法院", date(2026, 10, 13), date(2026, 10, 26))
ORDERS = (SimpleNamespace(pk=7, last=None), SimpleNamespace(pk=9, last=date(2026, 10, 30)))


def clock(**known):
    return Clock("answer", "service_receipt:1", START, "送达回证", **({"due": None} | known))


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


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ({"due": DUE}, date(2026, 10, 23)),
        ({"due": DUE, "notice": NOTICE}, date(2026, 10, 23)),
        ({"due": DUE, "set_day": SetDay(SET, "法院指定")}, SET),
        ({"due": None, "set_day": SetDay(SET, "裁判所定期限")}, SET),
    ],
)
def test_the_first_day_is_that_of_the_rule_unless_a_document_set_one(known, first):
    assert Clock("answer", "service_receipt:1", START, "送达回证", **known).first_due_on == first


MOMENT = make_aware(datetime(2026, 10, 20, 9, 0))
EARLIER, LATER = MOMENT - timedelta(days=3), MOMENT + timedelta(days=3)


@pytest.mark.parametrize(
    ("kind", "last", "registered_at", "lasts"),
    [
        ("pause", None, EARLIER, True),
        ("pause", date(2026, 10, 20), EARLIER, True),
        ("pause", date(2026, 10, 19), LATER, False),
        ("waive", None, EARLIER, True),
        ("extend", None, EARLIER, False),
        ("extend", None, MOMENT, False),
        ("extend", None, LATER, True),
        ("set", None, LATER, True),
    ],
)
def test_of_the_orders_before_a_courts_document_those_stand_that_still_last(kind, last, registered_at, lasts):
    order = SimpleNamespace(
        pk=1, kind=kind, last=last, registered_at=registered_at, first=START, ends_on=SET, document="通知书",
        deadline=SimpleNamespace(rule="answer", subject="service_receipt:1"), get_ground_display=lambda: "延期",
    )  # fmt: skip
    law = shipped_law()
    found = settled(clock(due=DUE, set_day=SetDay(SET, "法院指定")), [order], [], law, since=MOMENT)
    assert found.orders == ((order,) if lasts else ())
