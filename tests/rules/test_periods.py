import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from rules.periods import day_of_month, nominal_end

TABLE = list(csv.DictReader((Path(__file__).parent / "tables" / "periods.csv").open(encoding="utf-8-sig")))
UNITS = {"日": "day", "月": "month", "年": "year"}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["说明"])
def test_a_period_ends_on_the_day_the_lawyers_signed(row):
    start, end = date.fromisoformat(row["起算日（不计）"]), date.fromisoformat(row["期满日"])
    assert nominal_end(start, int(row["数量"]), UNITS[row["单位"]]) == end


def test_every_start_day_and_month_count_ends_on_the_same_number_or_the_month_end():
    for start in (date(2023, 1, 1) + timedelta(days=n) for n in range(4 * 365)):
        for months in range(1, 25):
            end = nominal_end(start, months, "month")
            assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
            assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


def test_a_year_is_twelve_months():
    starts = [date(2024, 2, 29), date(2023, 2, 28), date(2026, 12, 31)]
    assert all(nominal_end(start, 2, "year") == nominal_end(start, 24, "month") for start in starts)


@pytest.mark.parametrize("amount", [0, -1])
@pytest.mark.parametrize("unit", ["day", "month", "year"])
def test_a_period_of_nothing_is_refused(amount, unit):
    with pytest.raises(ValueError, match=f"期间须为 1 以上的整数，现为 {amount}"):
        nominal_end(date(2026, 1, 1), amount, unit)


def test_a_day_a_month_lacks_is_its_last():
    assert day_of_month(2026, 2, 31) == date(2026, 2, 28)
    assert day_of_month(2026, 2, 5) == date(2026, 2, 5)
