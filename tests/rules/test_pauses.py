"""中止: the days of a pause are not counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendars import load_calendar
from rules.deadlines import Pause, due_date
from rules.rulebook import RuleBook

CALENDAR = load_calendar()
BOOK = RuleBook.load()
DAY = timedelta(days=1)
MODES = ["calendar", "working"]


def pause(text):
    first, last = text.split("/")
    return Pause(date.fromisoformat(first), date.fromisoformat(last), "等待相关案件审理结果")


def due(rule, start, *pauses, mode=None):
    starts_on = date.fromisoformat(start)
    limit = BOOK.limit(rule, on=starts_on)
    return due_date(limit, starts_on, CALENDAR, mode=mode, pauses=[pause(text) for text in pauses])


@pytest.mark.parametrize(
    ("rule", "start", "pauses", "nominal", "due_on"),
    [
        # by calendar days
        ("appeal_ruling", "2026-11-23", [], "2026-12-03", "2026-12-03"),
        ("appeal_ruling", "2026-11-23", ["2026-11-26/2026-11-30"], "2026-12-08", "2026-12-08"),
        ("appeal_ruling", "2026-11-23", ["2026-11-28/2026-11-29"], "2026-12-05", "2026-12-07"),
        ("appeal_ruling", "2026-11-23", ["2026-12-03/2026-12-03"], "2026-12-04", "2026-12-04"),
        ("answer", "2026-09-16", [], "2026-10-01", "2026-10-08"),
        ("answer", "2026-09-16", ["2026-09-21/2026-09-30"], "2026-10-11", "2026-10-12"),
        ("answer", "2026-09-16", ["2026-09-28/2026-10-12"], "2026-10-16", "2026-10-16"),
        ("answer", "2026-09-16", ["2026-10-01/2026-10-09"], "2026-10-10", "2026-10-10"),
        ("answer", "2026-02-05", ["2026-02-10/2026-02-14"], "2026-02-25", "2026-02-25"),
        ("defence_report", "2026-10-08", ["2026-10-10/2026-10-12"], "2026-10-16", "2026-10-16"),
        # in months and years
        ("retrial_application", "2026-01-15", [], "2026-07-15", "2026-07-15"),
        ("retrial_application", "2026-01-15", ["2026-03-01/2026-03-31"], "2026-08-15", "2026-08-17"),
        ("enforcement_application", "2024-05-20", ["2026-05-18/2026-05-27"], "2026-05-30", "2026-06-01"),
        # by working days
        ("letter_reply", "2026-09-28", [], "2026-10-08", "2026-10-08"),
        ("letter_reply", "2026-09-28", ["2026-09-30/2026-10-08"], "2026-10-10", "2026-10-10"),
        ("letter_reply", "2026-09-28", ["2026-10-01/2026-10-07"], "2026-10-08", "2026-10-08"),
        ("letter_reply", "2026-09-28", ["2026-10-08/2026-10-10"], "2026-10-12", "2026-10-12"),
        ("rectification", "2026-02-10", ["2026-02-12/2026-02-13"], "2026-02-26", "2026-02-26"),
        ("rectification", "2026-11-23", ["2026-11-28/2026-11-29"], "2026-11-30", "2026-11-30"),
    ],
)
def test_a_paused_day_is_not_counted(rule, start, pauses, nominal, due_on):
    found = due(rule, start, *pauses)
    assert (found.nominal.isoformat(), found.due_on.isoformat()) == (nominal, due_on)


@pytest.mark.parametrize(
    ("mode", "due_on"), [("calendar", "2026-10-16"), ("working", "2026-10-22")], ids=MODES
)
def test_across_national_day_2026_days_off_count_by_calendar_days_alone_and_paused_days_never(mode, due_on):
    found = due("answer", "2026-09-16", "2026-09-28/2026-10-12", mode=mode)
    assert found.due_on.isoformat() == due_on


@pytest.mark.parametrize(
    ("pauses", "due_on", "met"),
    [
        (["2026-12-04/2026-12-31"], "2026-12-03", 0),
        (["2026-12-03/2026-12-03"], "2026-12-04", 1),
        (["2026-11-01/2026-11-22"], "2026-12-03", 0),
        (["2026-11-23/2026-11-23"], "2026-12-03", 0),
        (["2026-11-16/2026-11-24"], "2026-12-04", 1),
        (["2026-11-23/2026-11-25"], "2026-12-07", 1),
        (["2026-11-16/2026-12-31"], "2027-01-11", 1),
    ],
    ids=[
        "begins the day after the end: moves nothing",
        "begins on the last day: that day comes after it",
        "ends before the start: moves nothing",
        "is the start day, which is not counted anyway",
        "begins before the start: one day after it",
        "begins on the start day: two days after it, then a weekend",
        "begins before the start and lasts longer than the period",
    ],
)
def test_only_the_days_after_the_start_and_not_after_the_end_move_anything(pauses, due_on, met):
    found = due("appeal_ruling", "2026-11-23", *pauses)
    assert (found.due_on.isoformat(), len(found.pauses)) == (due_on, met)


@pytest.mark.parametrize("mode", MODES)
def test_a_pause_after_the_end_leaves_the_receipt_as_it_was(mode):
    plain = due("appeal_ruling", "2026-11-23", mode=mode)
    after = due("appeal_ruling", "2026-11-23", f"{plain.due_on + DAY}/2026-12-31", mode=mode)
    assert after.to_json() == plain.to_json()


@pytest.mark.parametrize("mode", MODES)
def test_a_pause_that_began_before_a_rolled_over_end_does_not_leave_the_end_inside_it(mode):
    """The period ends on the first working day after its last day off (《民法典》第二百零三条), not before."""
    paused = pause("2026-10-05/2026-10-20")
    found = due("answer", "2026-09-16", "2026-10-05/2026-10-20", mode=mode)
    assert found.due_on not in paused
    assert found.due_on.isoformat() == {"calendar": "2026-10-21", "working": "2026-10-27"}[mode]


@pytest.mark.parametrize(
    ("pauses", "mode", "due_on"),
    [
        (["2026-11-25/2026-11-26", "2026-12-01/2026-12-03"], "calendar", "2026-12-08"),
        (["2026-11-25/2026-11-26", "2026-11-27/2026-11-29"], "calendar", "2026-12-08"),
        (["2026-11-25/2026-11-26", "2026-12-04/2026-12-04"], "calendar", "2026-12-07"),
        (["2026-11-25/2026-11-26", "2026-12-01/2026-12-03"], "working", "2026-12-14"),
        (["2026-11-25/2026-11-26", "2026-12-08/2026-12-09"], "working", "2026-12-11"),
    ],
    ids=[
        "apart",
        "one right after the other",
        "the second is met because the first moved the end",
        "apart, by working days",
        "the second is met because the first moved the end, by working days",
    ],
)
@pytest.mark.parametrize("turn", [1, -1], ids=["in order", "the later one first"])
def test_two_pauses_add_up_in_whatever_order_they_come(pauses, mode, due_on, turn):
    found = due("appeal_ruling", "2026-11-23", *pauses[::turn], mode=mode)
    assert (found.due_on.isoformat(), len(found.pauses), found.days_counted) == (due_on, 2, 10)


@pytest.mark.parametrize(
    ("mode", "due_on"), [("calendar", "2026-12-07"), ("working", "2026-12-10")], ids=MODES
)
def test_a_day_in_two_pauses_is_left_out_once(mode, due_on):
    found = due("appeal_ruling", "2026-11-23", "2026-11-25/2026-11-27", "2026-11-26/2026-11-28", mode=mode)
    assert (found.due_on.isoformat(), found.days_counted) == (due_on, 10)


def test_the_receipt_names_the_pause_and_its_ground_and_counts_without_it():
    receipt = due("answer", "2026-09-16", "2026-09-21/2026-09-30").to_json()
    assert receipt["pauses"] == [
        {"first": "2026-09-21", "last": "2026-09-30", "ground": "等待相关案件审理结果"}
    ]
    assert (receipt["days_counted"], receipt["rolled_over"]) == (15, ["2026-10-11"])
    assert receipt["explanation"] == (
        "2026-09-16（周三）收到起诉状副本，当日不计，按自然日计 15 日，"
        "2026-09-21 至 2026-09-30 中止（等待相关案件审理结果）不计，期满 2026-10-11（周日），"
        "末日逢周日，顺延至其后第一个工作日 2026-10-12（周一）。"
    )


def test_a_pause_may_make_an_end_provisional():
    assert due("appeal_ruling", "2026-12-10").provisional is False
    moved = due("appeal_ruling", "2026-12-10", "2026-12-14/2026-12-31")
    assert (moved.nominal.isoformat(), moved.due_on.isoformat()) == ("2027-01-07", "2027-01-07")
    assert (moved.provisional, moved.calendar) == (True, "2026@1")


# The independent side: every day is looked at by itself, first whether it is paused, then whether it is worked.


def naive(starts_on, amount, mode, pauses):
    day = starts_on
    while amount:
        day += DAY
        if any(one.first <= day <= one.last for one in pauses):
            continue
        if mode == "calendar" or not CALENDAR.day(day).is_day_off:
            amount -= 1
    nominal = day
    # Until the roll-over is done the period still runs: a pause that begins then is waited for too.
    while CALENDAR.day(day).is_day_off or any(one.first <= day <= one.last for one in pauses):
        day += DAY
    return nominal, day


def checked(rule, starts_on, mode, pauses):
    limit = BOOK.limit(rule, on=starts_on)
    found = due_date(limit, starts_on, CALENDAR, mode=mode, pauses=pauses)
    nominal, rolled = naive(starts_on, limit.amount, mode, pauses)
    assert (found.nominal, found.days_counted) == (nominal, limit.amount)
    met = [one for one in pauses if one.last > starts_on and one.first <= rolled]
    assert (sorted(found.pauses, key=lambda one: one.first), found.due_on) == (met, rolled)
    return found


@pytest.mark.parametrize("mode", MODES)
def test_one_pause_at_every_place_and_of_every_length_agrees_with_counting_day_by_day(mode):
    starts = [date(2026, 9, 1) + n * DAY for n in range(45)]
    for starts_on in starts:
        for offset in range(-4, 22):
            for length in (1, 2, 3, 5, 8, 13, 21):
                first = starts_on + offset * DAY
                checked("answer", starts_on, mode, [Pause(first, first + (length - 1) * DAY, "中止")])


@st.composite
def disjoint_pauses(draw, starts_on):
    pauses, day = [], starts_on + draw(st.integers(-40, 30)) * DAY
    for gap, length in draw(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 40)), max_size=4)):
        first = day + gap * DAY
        day = first + (length - 1) * DAY
        pauses.append(Pause(first, day, "中止"))
    return pauses


@given(
    st.data(),
    st.dates(date(2018, 2, 8), date(2026, 12, 31)),
    st.sampled_from(["answer", "appeal_ruling", "defence_report", "lost_case_report", "leader_report"]),
    st.sampled_from(MODES),
)
def test_whatever_pauses_there_are_counting_day_by_day_agrees(data, starts_on, rule, mode):
    pauses = data.draw(disjoint_pauses(starts_on))
    found = checked(rule, starts_on, mode, pauses)
    limit = BOOK.limit(rule, on=starts_on)
    assert due_date(limit, starts_on, CALENDAR, mode=mode, pauses=pauses[::-1]).due_on == found.due_on


@given(st.data(), st.dates(date(2018, 2, 8), date(2026, 12, 31)), st.sampled_from(MODES))
def test_a_pause_never_brings_an_end_forward(data, starts_on, mode):
    limit = BOOK.limit("answer", on=starts_on)
    pauses = data.draw(disjoint_pauses(starts_on))
    ends = [
        due_date(limit, starts_on, CALENDAR, mode=mode, pauses=pauses[:n]).due_on
        for n in range(len(pauses) + 1)
    ]
    assert ends == sorted(ends)
