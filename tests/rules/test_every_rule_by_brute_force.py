"""Every limit of the rule book from every start day of 2015 to 2026, against counting one day after the other."""

import tomllib
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from rules.calendars import CALENDARS, load_calendar
from rules.deadlines import ModeNotAllowed, due_date
from rules.monthly import monthly_day
from rules.rulebook import LIMITS, RuleBook

CALENDAR = load_calendar()
BOOK = RuleBook.load()
DAY = timedelta(days=1)
FIRST, LAST = date(2015, 1, 1), date(2026, 12, 31)
STARTS = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]


# The independent side: which days are off by the files alone, and a finger on a wall calendar.


def newest_versions():
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in Path(CALENDARS).glob("*.toml")]
    return {file["year"]: max(file["version"], key=lambda version: version["number"]) for file in files}


def days_listed(kind):
    ranges = [entry for version in NEWEST.values() for entry in version.get(kind, [])]
    return {
        entry["first"] + n * DAY
        for entry in ranges
        for n in range((entry.get("last", entry["first"]) - entry["first"]).days + 1)
    }


NEWEST = newest_versions()
GIVEN_OFF, MADE_UP = days_listed("day_off"), days_listed("workday")
WALL = [FIRST - 60 * DAY + n * DAY for n in range((LAST - FIRST).days + 60 + 800)]
OFF = {day: day in GIVEN_OFF or (day.weekday() in (5, 6) and day not in MADE_UP) for day in WALL}
DAYS_OFF = [day for day in WALL if OFF[day]]
DAYS_OFF_TEXT = [day.isoformat() for day in DAYS_OFF]


@cache
def count_days(start, amount):
    day = start
    for _ in range(amount):
        day += DAY
    return day


@cache
def count_months(start, months):
    """Turn the leaves of the wall calendar, then look for the day of the same number or the last one."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = date(year, month, 1)
    while day.day != start.day and (day + DAY).month == month:
        day += DAY
    return day


@cache
def count_working_days(start, amount, step=DAY):
    day = start
    while amount:
        day += step
        amount -= not OFF[day]
    return day


def first_worked(day):
    while OFF[day]:
        day += DAY
    return day


def naive(limit, start, mode):
    """The nominal and the due day."""
    if limit.before:
        last = count_working_days(start, limit.amount, -DAY)
        return last, last
    if mode == "working":
        last = count_working_days(start, limit.amount)
        return last, last
    months = {"month": 1, "year": 12}.get(limit.unit)
    nominal = count_months(start, limit.amount * months) if months else count_days(start, limit.amount)
    return nominal, first_worked(nominal)


def days_off_between(after, until):
    """Later than `after` and not later than `until`, as a receipt writes them."""
    return DAYS_OFF_TEXT[bisect_right(DAYS_OFF, after) : bisect_right(DAYS_OFF, until)]


def modes(limit):
    if limit.before:
        return ["working"]
    return ["calendar", "working"] if limit.unit == "day" else ["calendar"]


EVERY = [(limit, mode) for limit in BOOK.all() for mode in modes(limit)]


def by_shape():
    """Limits of one shape are counted alike: the first of each is always tried, the others when rules change."""
    seen = set()
    for limit, mode in EVERY:
        shape = (limit.amount, limit.unit, limit.before, limit.valid_from, mode)
        marks = [pytest.mark.brute] if shape in seen else []
        seen.add(shape)
        yield pytest.param(limit, mode, marks=marks, id=f"{limit.key}@{limit.version}-{mode}")


SHAPES = list(by_shape())


def starts_of(limit):
    return [day for day in STARTS if limit.valid_from <= day and day <= (limit.valid_to or LAST)]


@pytest.mark.parametrize(
    ("start", "amount", "by_calendar", "by_working_days"),
    [
        ("2026-09-16", 15, "2026-10-08", "2026-10-13"),
        ("2026-10-08", 5, "2026-10-13", "2026-10-14"),
        ("2026-02-10", 5, "2026-02-24", "2026-02-24"),
        ("2026-02-23", 5, "2026-02-28", "2026-02-28"),
        ("2026-09-15", 5, "2026-09-20", "2026-09-21"),
        ("2026-04-20", 15, "2026-05-06", "2026-05-13"),
        ("2026-09-10", 15, "2026-09-28", "2026-10-08"),
        ("2026-11-23", 10, "2026-12-03", "2026-12-07"),
        ("2026-12-11", 5, "2026-12-16", "2026-12-18"),
    ],
)
def test_the_finger_on_the_wall_calendar_finds_the_days_of_the_domain_notes(
    start, amount, by_calendar, by_working_days
):
    start = date.fromisoformat(start)
    assert first_worked(count_days(start, amount)).isoformat() == by_calendar
    assert count_working_days(start, amount).isoformat() == by_working_days


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15", 6, "2026-07-15"),
        ("2026-03-31", 6, "2026-09-30"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2026-08-31", 12, "2027-08-31"),
    ],
)
def test_the_finger_finds_the_day_of_the_same_number_or_the_last_of_the_month(start, months, end):
    assert count_months(date.fromisoformat(start), months).isoformat() == end


def test_nothing_is_left_out():
    written = tomllib.loads(LIMITS.read_text(encoding="utf-8"))["limit"]
    assert [(limit.key, limit.version) for limit in BOOK.all()] == [
        (entry["key"], entry["version"]) for entry in written
    ]
    assert {limit.unit for limit, _ in EVERY} == {"day", "month", "year"}
    assert len(STARTS) == 4383
    by_both = [entry for entry in written if entry["unit"] == "day" and not entry.get("before")]
    assert len(EVERY) == len(written) + len(by_both)
    assert all(starts_of(limit) for limit in BOOK.all())


@pytest.mark.parametrize(("limit", "mode"), SHAPES)
def test_a_limit_ends_where_counting_one_day_after_the_other_ends(limit, mode):
    asked = None if mode == limit.mode else mode
    wrong = []
    for start in starts_of(limit):
        found = due_date(BOOK.limit(limit.key, on=start), start, CALENDAR, mode=asked)
        if (found.limit, found.mode, found.nominal, found.due_on) != (
            limit,
            mode,
            *naive(limit, start, mode),
        ):
            wrong.append((start, found.mode, found.nominal, found.due_on))
    assert wrong == []


@pytest.mark.parametrize(("limit", "mode"), SHAPES)
def test_a_receipt_agrees_with_itself_and_with_the_files(limit, mode):
    for start in starts_of(limit):
        receipt = due_date(limit, start, CALENDAR, mode=mode).to_json()
        nominal, due = naive(limit, start, mode)
        met = days_off_between(*((due, start) if limit.before else (start, due)))
        rolled = days_off_between(nominal - DAY, due)
        assert receipt["days_counted"] == (
            limit.amount if mode == "working" or limit.unit == "day" else (nominal - start).days
        )
        assert [day["date"] for day in receipt["days_off_met"]] == met
        assert {day["kind"] for day in receipt["days_off_met"]} <= {"weekend", "holiday"}
        assert "" not in {day["name"] for day in receipt["days_off_met"]}
        assert receipt["rolled_over"] == rolled
        assert len(rolled) == abs((due - nominal).days)
        assert set(receipt["rolled_over"]) <= {day["date"] for day in receipt["days_off_met"]}
        assert receipt["provisional"] is (nominal > LAST or due > LAST)
        year = min(due.year, LAST.year)
        assert receipt["calendar"] == f"{year}@{NEWEST[year]['number']}"
        told = [receipt[key] for key in ("rule", "rule_version", "amount", "unit", "mode", "pauses")]
        assert told == [limit.key, limit.version, limit.amount, limit.unit, mode, []]
        days = [receipt[key] for key in ("starts_on", "nominal", "due_on")]
        assert days == [start.isoformat(), nominal.isoformat(), due.isoformat()]
        text = receipt["explanation"]
        assert text.startswith(days[0])
        assert text.endswith("。")
        assert all(day in text for day in days)
        assert ("顺延至" in text) is bool(rolled)
        assert ("暂按周末推算" in text) is receipt["provisional"]


@pytest.mark.parametrize("mode", ["calendar", "working"])
@pytest.mark.parametrize("limit", BOOK.all(), ids=lambda limit: f"{limit.key}@{limit.version}")
def test_the_mode_asked_for_is_the_one_counted_by_or_is_refused(limit, mode):
    try:
        found = due_date(limit, date(2026, 10, 10), CALENDAR, mode=mode)
    except ModeNotAllowed:
        assert mode not in modes(limit)
    else:
        assert found.mode == mode


MONTHS = [date(year, month, 1) for year in range(2018, 2027) for month in range(1, 13)]


@pytest.mark.parametrize("month", MONTHS, ids=lambda month: f"{month:%Y-%m}")
def test_the_courts_day_is_the_same_as_a_limit_of_the_book_and_as_a_day_of_the_month(month):
    limit = due_date(BOOK.limit("court_notification", on=month), month - DAY, CALENDAR)
    monthly = monthly_day(month, CALENDAR)
    assert (limit.nominal, limit.due_on) == (month.replace(day=5), first_worked(month.replace(day=5)))
    assert (limit.nominal, limit.due_on) == (monthly.nominal, monthly.due_on)
    assert (limit.rolled_over, limit.provisional, limit.calendar) == (
        monthly.rolled_over, monthly.provisional, monthly.calendar,
    )  # fmt: skip
