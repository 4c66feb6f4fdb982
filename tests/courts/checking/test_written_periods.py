"""履行期限 in words: a written date comes first, and no part of a date is taken for a length."""

from datetime import date

import pytest

from rules.periods import nominal_end
from rules.written_periods import Length, day_named, length_in

START = date(2026, 9, 28)
WORDS = [
    ("2026年12月31日前", date(2026, 12, 31), None),
    ("2026年12月31日之前履行完毕", date(2026, 12, 31), None),
    ("于2026-12-31以前", date(2026, 12, 31), None),
    ("自2026年9月1日起至2026年12月31日止", date(2026, 12, 31), None),
    ("履行期至2026年12月31日，逾期另计", date(2026, 12, 31), None),
    ("履行期到2026年12月31日，逾期另计", date(2026, 12, 31), None),
    ("２０２６年１２月３１日前", date(2026, 12, 31), None),
    ("自2026年9月1日起30日内", None, date(2026, 10, 1)),
    ("2026年9月1日之后3个月内", None, date(2026, 12, 1)),
    ("按2026年3月1日签订的协议，30日内", None, date(2026, 10, 28)),
    ("判决于2026年3月1日生效，30日内", None, date(2026, 10, 28)),
    ("判决生效之日起60日内", None, date(2026, 11, 27)),
    ("六个月内，即 6 个月", None, date(2027, 3, 28)),
    ("1年内", None, date(2027, 9, 28)),
    ("2026年2月30日前", None, None),
    ("2026年12月31日", date(2026, 12, 31), None),
    ("12月31日前", None, None),
    ("2026年12月前", None, None),
    ("2026年底前", None, None),
    ("30个工作日内", None, None),
    ("0日内", None, None),
    ("9999年内", None, None),
    ("自9999年12月31日起30日内", None, None),
    ("自9990年1月1日起99年内", None, None),
    ("尽快", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "named", "end"), WORDS)
def test_what_the_words_say(text, named, end):
    assert day_named(text) == named
    if named is None:
        length = length_in(text, START)
        assert (nominal_end(*length) if length else None) == end


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("60日内", 60, "day"),
        ("60天内", 60, "day"),
        ("3月内", 3, "month"),
        ("3个月内", 3, "month"),
        ("1年内", 1, "year"),
    ],
)
def test_a_length_is_in_days_months_or_years(text, amount, unit):
    assert length_in(text, START) == Length(START, amount, unit)
