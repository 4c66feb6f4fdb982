"""When a push may reach a person: in office hours of working days; make-up workdays count (免打扰)."""

from dataclasses import dataclass
from datetime import datetime, time

from rules.calendars import DAY, WorkCalendar


@dataclass(frozen=True, slots=True)
class PushWindow:
    """From when to when messages are pushed on a working day, by the clock of Binzhou."""

    opens: time = time(8, 30)
    closes: time = time(18, 0)

    def send_at(self, moment: datetime, calendar: WorkCalendar, *, urgent: bool = False) -> datetime:
        """`moment` itself inside the window, else the next opening. `moment` is local time.

        What is urgent (the last day of a duty, a hearing tomorrow) waits for no working day, only for the morning.
        """
        day = moment.date()
        if urgent or (not calendar.is_day_off(day) and moment.time() < self.closes):
            return max(moment, _at(moment, self.opens))
        opening = calendar.next_working_day(day + DAY)
        return _at(moment.replace(year=opening.year, month=opening.month, day=opening.day), self.opens)


def _at(moment: datetime, clock: time) -> datetime:
    return moment.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
