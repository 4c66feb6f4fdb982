"""免打扰: pushes reach people in office hours of working days."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.calendars import load_calendar
from rules.push_window import PushWindow

CALENDAR = load_calendar()
USUAL = PushWindow()
NARROW = PushWindow(time(9, 0), time(17, 30))
BINZHOU = ZoneInfo("Asia/Shanghai")


def sent(text, *, window=USUAL, urgent=False):
    moment = datetime.fromisoformat(text)
    return window.send_at(moment, CALENDAR, urgent=urgent).isoformat(" ", "minutes")


def test_the_usual_window_is_half_past_eight_to_six():
    assert (USUAL.opens, USUAL.closes) == (time(8, 30), time(18, 0))


@pytest.mark.parametrize(
    ("moment", "at"),
    [
        # Thursday and Friday
        ("2026-10-15 00:00", "2026-10-15 08:30"),
        ("2026-10-15 08:29", "2026-10-15 08:30"),
        ("2026-10-15 08:30", "2026-10-15 08:30"),
        ("2026-10-15 12:15", "2026-10-15 12:15"),
        ("2026-10-15 17:59", "2026-10-15 17:59"),
        ("2026-10-15 18:00", "2026-10-16 08:30"),
        ("2026-10-15 23:59", "2026-10-16 08:30"),
        ("2026-10-16 18:30", "2026-10-19 08:30"),
        ("2026-10-17 10:00", "2026-10-19 08:30"),
        # Sunday 2026-09-20 is worked, the Saturday before it is not
        ("2026-09-18 19:00", "2026-09-20 08:30"),
        ("2026-09-19 10:00", "2026-09-20 08:30"),
        ("2026-09-20 07:00", "2026-09-20 08:30"),
        ("2026-09-20 10:00", "2026-09-20 10:00"),
        ("2026-09-20 18:00", "2026-09-21 08:30"),
        # Mid-Autumn and National Day; Saturday 2026-10-10 is worked
        ("2026-09-24 18:01", "2026-09-28 08:30"),
        ("2026-09-25 09:00", "2026-09-28 08:30"),
        ("2026-09-30 17:00", "2026-09-30 17:00"),
        ("2026-09-30 18:00", "2026-10-08 08:30"),
        ("2026-10-01 10:00", "2026-10-08 08:30"),
        ("2026-10-07 23:00", "2026-10-08 08:30"),
        ("2026-10-09 20:00", "2026-10-10 08:30"),
        ("2026-10-10 09:15", "2026-10-10 09:15"),
        ("2026-10-10 18:00", "2026-10-12 08:30"),
        # Spring Festival; Saturday 2026-02-14 is worked
        ("2026-02-13 18:00", "2026-02-14 08:30"),
        ("2026-02-14 18:00", "2026-02-24 08:30"),
    ],
)
def test_a_message_outside_the_window_waits_for_the_next_working_morning(moment, at):
    assert sent(moment) == at


@pytest.mark.parametrize(
    ("moment", "at"),
    [
        ("2026-10-15 07:00", "2026-10-15 08:30"),
        ("2026-10-15 12:15", "2026-10-15 12:15"),
        ("2026-10-15 22:30", "2026-10-15 22:30"),
        ("2026-10-16 18:30", "2026-10-16 18:30"),
        ("2026-10-17 06:00", "2026-10-17 08:30"),
        ("2026-10-18 14:00", "2026-10-18 14:00"),
        ("2026-10-01 00:05", "2026-10-01 08:30"),
        ("2026-10-05 08:30", "2026-10-05 08:30"),
    ],
)
def test_an_urgent_one_waits_for_the_morning_only(moment, at):
    assert sent(moment, urgent=True) == at


@pytest.mark.parametrize(
    ("moment", "urgent", "at"),
    [
        ("2026-10-15 08:45", False, "2026-10-15 09:00"),
        ("2026-10-15 09:00", False, "2026-10-15 09:00"),
        ("2026-10-15 17:29", False, "2026-10-15 17:29"),
        ("2026-10-15 17:30", False, "2026-10-16 09:00"),
        ("2026-10-15 17:45", False, "2026-10-16 09:00"),
        ("2026-09-30 17:30", False, "2026-10-08 09:00"),
        ("2026-09-20 16:00", False, "2026-09-20 16:00"),
        ("2026-10-15 08:45", True, "2026-10-15 09:00"),
        ("2026-10-15 17:45", True, "2026-10-15 17:45"),
        ("2026-10-17 08:45", True, "2026-10-17 09:00"),
    ],
)
def test_a_narrowed_window_opens_later_and_closes_earlier(moment, urgent, at):
    assert sent(moment, window=NARROW, urgent=urgent) == at


def test_a_moment_inside_the_window_is_kept_to_the_second_and_a_later_one_is_on_the_minute():
    inside = datetime(2026, 10, 15, 17, 59, 59, 999999)
    assert USUAL.send_at(inside, CALENDAR) == inside
    early = datetime(2026, 10, 15, 8, 29, 59, 999999)
    assert USUAL.send_at(early, CALENDAR) == datetime(2026, 10, 15, 8, 30)


def test_the_clock_is_that_of_the_moment():
    evening = datetime(2026, 9, 30, 21, 0, tzinfo=BINZHOU)
    opening = USUAL.send_at(evening, CALENDAR)
    assert (opening, opening.tzinfo) == (datetime(2026, 10, 8, 8, 30, tzinfo=BINZHOU), BINZHOU)


HALF_HOUR = timedelta(minutes=30)
MOMENTS = [datetime(2026, 9, 12) + n * HALF_HOUR for n in range(48 * 35)]


def half_hour_by_half_hour(moment, window, *, urgent):
    while True:
        on, clock = moment.date(), moment.time()
        open_day = urgent or not CALENDAR.day(on).is_day_off
        if open_day and clock >= window.opens and (urgent or clock < window.closes):
            return moment
        moment += HALF_HOUR


@pytest.mark.parametrize("urgent", [False, True], ids=["usual", "urgent"])
@pytest.mark.parametrize("window", [USUAL, NARROW], ids=["08:30-18:00", "09:00-17:30"])
def test_every_half_hour_around_national_day_goes_out_at_the_first_half_hour_allowed(window, urgent):
    assert MOMENTS[-1].date() == date(2026, 10, 16)
    for moment in MOMENTS:
        expected = half_hour_by_half_hour(moment, window, urgent=urgent)
        assert window.send_at(moment, CALENDAR, urgent=urgent) == expected
