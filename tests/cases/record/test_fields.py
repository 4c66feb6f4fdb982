"""Days as people type them into forms; a day without a year is the one nearest to today."""

from datetime import date

import pytest
from django.forms import ValidationError

from cases.record.form_fields import day_field


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-10-28", date(2026, 10, 28)),
        ("2026/10/28", date(2026, 10, 28)),
        ("2026.10.28", date(2026, 10, 28)),
        ("2026年10月28日", date(2026, 10, 28)),
        ("２０２６－１０－２８", date(2026, 10, 28)),
        ("10月28日", date(2026, 10, 28)),
        (" 10 月 28 日 ", date(2026, 10, 28)),
        ("1月5日", date(2027, 1, 5)),  # nearer than January of this year
        ("6月30号", date(2026, 6, 30)),
        ("十月二十八日", date(2026, 10, 28)),
    ],
)
def test_a_day_in_any_usual_way(typed, day):
    assert day_field("收到日期").clean(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        "10.28",
        "28",
        "46000",
        "昨天",
        "13月1日",
        "2月30日",
        "10月",
        "月",
        "十十月1日",
        "十十十月",
        "一十二十月三日",
    ],
)
def test_what_is_no_day_is_asked_for_again(typed):
    with pytest.raises(ValidationError, match="收到日期读不出，请写作 2026-10-28"):
        day_field("收到日期").clean(typed)
