"""How long a period is, before any day off is looked at."""

import calendar
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "month", "year"]

MONTHS_IN_YEAR = 12


def nominal_end(start: date, amount: int, unit: Unit) -> date:
    """The last day of a period of `amount` units, the day of `start` not counted.

    Months and years end on the same-numbered day, or on the last day of the month where that day does not
    exist. Days off are not considered. ValueError for an amount below 1.

    《民法典》第二百零一条（开始的当日不计入）、第二百零二条（对应日、月末日）；《民事诉讼法》第八十五条；
    《最高人民法院关于适用〈行政诉讼法〉的解释》第四十八条。
    """
    if amount < 1:
        raise ValueError(f"期间须为 1 以上的整数，现为 {amount}。")
    if unit == "day":
        return start + timedelta(days=amount)
    return months_later(start, amount * (MONTHS_IN_YEAR if unit == "year" else 1))


def day_of_month(year: int, month: int, number: int) -> date:
    """The day of that number, or the last day of the month where that number does not exist."""
    return date(year, month, min(number, calendar.monthrange(year, month)[1]))


def months_later(start: date, months: int) -> date:
    """The day with the same number `months` later; the last day of a month that has no such day (民法典 §202)."""
    years, month_index = divmod(start.month - 1 + months, MONTHS_IN_YEAR)
    return day_of_month(start.year + years, month_index + 1, start.day)
