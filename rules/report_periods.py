"""The periods reports are made for: a month, a quarter, half a year, a year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["month", "quarter", "half_year", "year"]

LENGTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_KEY = re.compile(r"((?:19|20)[0-9]{2})(?:-(0[1-9]|1[0-2])|Q([1-4])|H([12]))?")


class ReportPeriodInvalid(ValueError):
    """The text names no period; the message says how to write one."""


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A period by its kind and its first and last day, both inside it."""

    kind: Kind
    first: date
    last: date
    label: str
    key: str

    @property
    def months(self) -> tuple["ReportPeriod", ...]:
        """The months it consists of, in order."""
        start = self.first.month
        return tuple(
            _period("month", self.first.year, month) for month in range(start, start + LENGTHS[self.kind])
        )

    def previous(self) -> "ReportPeriod":
        """The period of the same kind just before (环比)."""
        return period_of(self.kind, self.first - timedelta(days=1))

    def following(self) -> "ReportPeriod":
        """The period of the same kind just after."""
        return period_of(self.kind, self.last + timedelta(days=1))

    def a_year_earlier(self) -> "ReportPeriod":
        """The same period of the year before (同比)."""
        return _period(self.kind, self.first.year - 1, self.first.month)

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.label


def parse_report_period(text: str) -> ReportPeriod:
    """2026-11, 2026Q3, 2026H1 or 2026; raises ReportPeriodInvalid for anything else."""
    match = _KEY.fullmatch(text.strip())
    if match is None:
        raise ReportPeriodInvalid(f"“{text[:20]}”不是报告期，请写作 2026-11、2026Q3、2026H1 或 2026。")
    year, month, quarter, half = match.groups()
    if month:
        return _period("month", int(year), int(month))
    if quarter:
        return _period("quarter", int(year), 3 * int(quarter) - 2)
    if half:
        return _period("half_year", int(year), 6 * int(half) - 5)
    return _period("year", int(year), 1)


def period_of(kind: Kind, day: date) -> ReportPeriod:
    """The period of that kind in which the day lies."""
    return _period(kind, day.year, day.month - (day.month - 1) % LENGTHS[kind])


def _period(kind: Kind, year: int, first_month: int) -> ReportPeriod:
    last_month = first_month + LENGTHS[kind] - 1
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return ReportPeriod(kind, date(year, first_month, 1), last, *_names(kind, year, first_month))


def _names(kind: Kind, year: int, month: int) -> tuple[str, str]:
    """The label people read and the key commands take."""
    ordinal = (month - 1) // LENGTHS[kind] + 1
    if kind == "month":
        return f"{year}年{month}月", f"{year}-{month:02}"
    if kind == "quarter":
        return f"{year}年第{'一二三四'[ordinal - 1]}季度", f"{year}Q{ordinal}"
    if kind == "half_year":
        return f"{year}年{'上下'[ordinal - 1]}半年", f"{year}H{ordinal}"
    return f"{year}年", f"{year}"
