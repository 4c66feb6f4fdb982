"""The rules in force as the database applications use them: the rule book, the calendar, the outcome table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from time import monotonic

from django.db import DatabaseError

from cases.models import CalendarNotice
from rules.calendars import WorkCalendar, YearCalendar, load_calendar
from rules.deadlines import Due, due_date
from rules.outcomes import Outcomes, load_outcomes
from rules.rulebook import RuleBook


@dataclass(frozen=True)
class Law:
    """A rule book and a work calendar, remembering what they already computed."""

    book: RuleBook
    calendar: WorkCalendar
    outcomes: Outcomes
    _computed: dict[tuple[str, date], Due] = field(default_factory=dict, repr=False)

    def due(self, key: str, starts_on: date) -> Due:
        """When the limit `key` runs out for an event on that day. Raises RuleNotInForce before its first version."""
        known = self._computed.get((key, starts_on))
        if known is None:
            known = due_date(self.book.limit(key, on=starts_on), starts_on, self.calendar)
            self._computed[key, starts_on] = known
        return known


@cache
def shipped_law() -> Law:
    """The law as shipped with the platform; read once per process."""
    return Law(RuleBook.load(), load_calendar(), load_outcomes())


def current_law() -> Law:
    """The law in force: as shipped, with the work calendars approved since.

    A process notices within a few seconds what another one approved.
    """
    if _looked.at is None or monotonic() - _looked.at > LOOK_AGAIN:
        _looked.newest, _looked.at = _newest_notice(), monotonic()
    return _law(_looked.newest) if _looked.newest else shipped_law()


def law_with(year: YearCalendar) -> Law:
    """The law as it would be with a further version of a year. Raises CalendarError where it does not fit."""
    return _extended([*_approved_years(), year])


def forget_law() -> None:
    """Look for approved calendars at the next question."""
    _looked.at = None


LOOK_AGAIN = 5.0  # seconds


class _Looked:
    """Which approved calendar was the newest, and when that was looked up (seconds of this process)."""

    newest: int | None = None
    at: float | None = None


_looked = _Looked()


def _newest_notice() -> int | None:
    """None where there are no tables yet: the calendars shipped are the law then."""
    try:
        return CalendarNotice.objects.approved().order_by("-pk").values_list("pk", flat=True).first()
    except DatabaseError:
        return None


@lru_cache(maxsize=1)
def _law(newest: int) -> Law:
    return _extended(_approved_years())


def _approved_years() -> list[YearCalendar]:
    return [notice.as_year() for notice in CalendarNotice.objects.approved()]


def _extended(years: Iterable[YearCalendar]) -> Law:
    shipped = shipped_law()
    return Law(shipped.book, load_calendar(extra=years), shipped.outcomes)
