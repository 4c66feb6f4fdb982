"""Which month a workbook says it is about: by its titles, the names of its sheets, its own name, the days in it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from courts.sheets.reading import RawSheet
from lib.cell_values import clean_text
from lib.workbooks import Sheet, Workbook
from lib.written_dates import with_digits
from rules.report_periods import ReportPeriod, period_of

FEWEST_DAYS = 3  # so that a single misprint says nothing about the month
# 2026年10月, 10月份; not the 10月 of 10月5日 nor that of 1-10月.
_WRITTEN = re.compile(
    r"(?:(20[0-9]{2})[年.\-/])?(?<![0-9\-~至到—])(1[0-2]|0?[1-9])月(?:份)?(?![0-9]{1,2}[日号])"
)
_NUMBERS = re.compile(r"(?<![0-9])(20[0-9]{2})[-._]?(0[1-9]|1[0-2])(?![0-9]|[-._][0-9])")


def month_told(
    book: Workbook, sheets: Sequence[RawSheet], file_name: str, days: Iterable[date], month: ReportPeriod
) -> ReportPeriod | None:
    """The month that contradicts the reported one, from the first place that names any; None where none does.

    Appearances and judgments may be told a month later, so the month before is no contradiction in their sheets.
    """
    by_name = {sheet.name: sheet for sheet in book.sheets}
    places = [(_titles(by_name[raw.name], raw.header.row), _allowed([raw], month)) for raw in sheets]
    places += [([raw.name], _allowed([raw], month)) for raw in sheets]
    places.append(([file_name], _allowed(sheets, month)))
    for texts, allowed in places:
        told = {found for text in texts for found in _months_in(text, month)}
        if told:
            return None if told & allowed else max(told, key=lambda each: each.first)
    return _by_days(list(days), month)


def _titles(sheet: Sheet, header_row: int) -> list[str]:
    return [clean_text(value) for row in sheet.rows if row.number < header_row for value in row.values]


def _allowed(sheets: Iterable[RawSheet], month: ReportPeriod) -> set[ReportPeriod]:
    late = any(sheet.kind != "schedule" for sheet in sheets)
    return {month, month.previous()} if late else {month}


def _months_in(text: str, near: ReportPeriod) -> Iterator[ReportPeriod]:
    plain = with_digits(text).replace(" ", "")
    for found in (*_WRITTEN.finditer(plain), *_NUMBERS.finditer(plain)):
        number = int(found[2])
        year = int(found[1]) if found[1] else _nearest_year(number, near)
        yield period_of("month", date(year, number, 1))


def _nearest_year(number: int, near: ReportPeriod) -> int:
    years = (near.first.year - 1, near.first.year, near.first.year + 1)
    return min(years, key=lambda year: abs((date(year, number, 1) - near.first).days))


def _by_days(days: list[date], month: ReportPeriod) -> ReportPeriod | None:
    """The month of most days, where none of at least three lies in the reported one or the one before."""
    months = Counter(period_of("month", day) for day in days)
    if len(days) < FEWEST_DAYS or month in months or month.previous() in months:
        return None
    return months.most_common(1)[0][0]
