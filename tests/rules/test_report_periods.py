from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.report_periods import ReportPeriodInvalid, parse_report_period, period_of


@pytest.mark.parametrize(
    ("key", "kind", "first", "last", "label"),
    [
        ("2026-11", "month", "2026-11-01", "2026-11-30", "2026年11月"),
        ("2024-02", "month", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026Q1", "quarter", "2026-01-01", "2026-03-31", "2026年第一季度"),
        ("2026Q3", "quarter", "2026-07-01", "2026-09-30", "2026年第三季度"),
        ("2026Q4", "quarter", "2026-10-01", "2026-12-31", "2026年第四季度"),
        ("2026H1", "half_year", "2026-01-01", "2026-06-30", "2026年上半年"),
        ("2026H2", "half_year", "2026-07-01", "2026-12-31", "2026年下半年"),
        ("2026", "year", "2026-01-01", "2026-12-31", "2026年"),
    ],
)
def test_a_key_names_its_days_and_its_label(key, kind, first, last, label):
    period = parse_report_period(key)
    assert (period.kind, period.first.isoformat(), period.last.isoformat(), period.label, period.key) == (
        kind, first, last, label, key,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-1", "2026Q5", "2026q3", "2026H3", "26Q1", "2026-00", "2026年", "2026Q3x"]
)
def test_anything_else_is_refused_with_the_ways_to_write_it(text):
    with pytest.raises(ReportPeriodInvalid, match="2026Q3"):
        parse_report_period(text)


def test_a_period_prints_as_its_label_and_a_refusal_shows_twenty_characters():
    assert str(parse_report_period("2026Q3")) == "2026年第三季度"
    with pytest.raises(ReportPeriodInvalid, match="“二〇二六年第三季度一二三四五六七八九十一”不是报告期"):
        parse_report_period("二〇二六年第三季度一二三四五六七八九十一二三")


def test_a_period_consists_of_its_months():
    assert [month.key for month in parse_report_period("2026Q4").months] == ["2026-10", "2026-11", "2026-12"]
    assert [len(parse_report_period(key).months) for key in ("2026-02", "2026H2", "2026")] == [1, 6, 12]


@pytest.mark.parametrize(
    ("key", "previous", "a_year_earlier"),
    [
        ("2026-01", "2025-12", "2025-01"),
        ("2026Q1", "2025Q4", "2025Q1"),
        ("2026H2", "2026H1", "2025H2"),
        ("2026", "2025", "2025"),
    ],
)
def test_figures_are_compared_with_the_period_before_and_the_year_before(key, previous, a_year_earlier):
    period = parse_report_period(key)
    assert (period.previous().key, period.a_year_earlier().key) == (previous, a_year_earlier)


def test_first_and_last_day_belong_to_the_period():
    quarter = parse_report_period("2026Q3")
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 1)]
    assert [quarter.contains(day) for day in days] == [False, True, True, False]


@given(
    st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(["month", "quarter", "half_year", "year"])
)
def test_every_day_lies_in_one_period_of_each_kind_and_the_one_before_ends_the_day_before(day, kind):
    period = period_of(kind, day)
    assert period.contains(day)
    assert parse_report_period(period.key) == period
    assert (period.first - period.previous().last).days == 1
