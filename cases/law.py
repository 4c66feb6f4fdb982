"""The rules in force as the database applications use them: the rule book, the calendar, the outcome table."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from rules.calendars import WorkCalendar, load_calendar
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
def current_law() -> Law:
    """The law as shipped; read once per process."""
    return Law(RuleBook.load(), load_calendar(), load_outcomes())
