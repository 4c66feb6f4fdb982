"""What a clock says of itself: the facts it rests on, whether its day is an estimate, what it is about."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils.timezone import make_aware

from cases.deadlines.clock import Clock, LateNotice, SetDay, settled
from cases.deadlines.completion import Done, complete
from cases.deadlines.computation import computation_of
from cases.deadlines.obligations import PerformanceDay, performance_day
from cases.law import shipped_law
from cases.material.signing import sign_for_material
from cases.models import Deadline
from organisations.models import AuditEntry
from tests.factories import DeadlineFactory, at

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
    ("known", "estimated"),
    [({"set_day": SetDay(SET, "法院指定")}, False), ({"due": DUE, "estimated": True}, True)],
)
def test_a_day_is_an_estimate_only_where_it_says_so(known, estimated):
    assert computation_of(clock(**known))["estimated"] is estimated


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


def pause(first, last):
    return SimpleNamespace(
        pk=1, kind="pause", first=first, last=last, document="裁定书", registered_at=MOMENT,
        deadline=SimpleNamespace(rule="answer", subject="service_receipt:1"), get_ground_display=lambda: "延期审理",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "ends_on", "words"),
    [
        # Three days that are not counted, both ends among them: 26 → 29 October.
        (date(2026, 10, 21), date(2026, 10, 23), date(2026, 10, 29), "；2026-10-21 至 2026-10-23 中止不计"),
        (date(2026, 10, 26), date(2026, 10, 28), date(2026, 10, 29), "；2026-10-26 至 2026-10-28 中止不计"),
        # After its end nothing is put off.
        (date(2026, 10, 27), date(2026, 10, 29), date(2026, 10, 26), ""),
    ],
)
def test_a_pause_moves_the_day_that_was_given_anew_by_its_days(first, last, ends_on, words):
    found = settled(clock(due=DUE, notice=NOTICE), [pause(first, last)], [], shipped_law())
    assert (found.due_on, found.set_day.ground) == (ends_on, f"通报迟延，自通报之日起给足期间{words}")


def owed(period_text, effective_on, *, named_on=None, code="J-COMP", ruled=False):
    decision = SimpleNamespace(effective_on=effective_on)
    outcome = SimpleNamespace(decision=decision, code=code)
    return SimpleNamespace(outcome=outcome, period_text=period_text, named_on=named_on, is_period_ruled=ruled)


def test_a_period_that_runs_from_the_effect_is_counted_as_statutory_ones_are():
    day = performance_day(owed("判决生效之日起60日内", date(2026, 10, 9)), shipped_law())
    told = day.due.limit
    assert (day.due.due_on, day.set_day, day.estimated) == (date(2026, 12, 8), None, False)
    assert (told.key, told.version, told.amount, told.unit, told.valid_from, told.estimated) == (
        "obligation", 1, 60, "day", date(2015, 5, 1), False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period_text", "effective_on", "code"),
    [
        ("判决生效之日起60日内", None, "J-COMP"),  # without effect nothing runs
        ("", None, "J-COMP"),
        ("", date(2026, 10, 9), "J-PAY"),  # silent, and the office estimates nothing
    ],
)
def test_what_has_no_effect_and_no_day_of_its_own_has_no_day(period_text, effective_on, code):
    assert performance_day(owed(period_text, effective_on, code=code), shipped_law()) is None


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"period_text": "2026年12月31日前"}, "2026年12月31日前"),
        ({"named_on": date(2026, 12, 31), "period_text": ""}, "裁判所定期限"),
        ({"named_on": date(2026, 12, 31), "period_text": "", "ruled": True}, "司法局认定的履行期限"),
    ],
)
def test_a_named_day_stands_before_every_count(told, words):
    day = performance_day(owed(effective_on=date(2026, 10, 9), **told), shipped_law())
    assert (day.set_day, day.due) == (SetDay(date(2026, 12, 31), words), None)


def test_a_silent_decision_is_estimated_by_the_rule_of_its_outcome():
    law = shipped_law()
    day = performance_day(owed("", date(2026, 10, 9)), law)
    assert (day.due, day.estimated) == (law.due(law.outcomes.get("J-COMP").limit, date(2026, 10, 9)), True)


@pytest.mark.parametrize(
    ("told_on", "ends_on"),
    [(date(2026, 11, 1), SET), (SET, date(2026, 11, 17)), (date(2026, 11, 5), date(2026, 11, 20))],
)
def test_a_named_day_that_had_come_when_it_was_told_gives_fifteen_days(told_on, ends_on):
    """Told on the day itself or later: fifteen days from then."""
    day = PerformanceDay(set_day=SetDay(SET, "裁判所定期限")).told(told_on, shipped_law())
    assert day.set_day.ends_on == ends_on


@pytest.mark.django_db
def test_what_was_done_in_time_needs_no_reason_and_is_on_the_trail(cast, law):
    unit = cast.post.liaison.organisation
    duty = DeadlineFactory(lane=None, case=None, organisation=unit, rule="training_second")
    author = at(duty.due_on, cast.post.liaison)
    done = complete(duty, Done(duty.due_on, "已培训"), author=author, law=law)
    trail = AuditEntry.objects.get(verb="deadline.complete")
    assert (done.late_reason, trail.summary) == ("", f"{duty.label} 办结，{done}")
