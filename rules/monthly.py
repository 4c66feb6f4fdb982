"""The day of the month by which something is given every month, such as the courts' 三通报 by the 5th."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from rules.calendars import DAY, WorkCalendar, on_weekday
from rules.periods import day_of_month

Roll = Literal["forward", "backward", "none"]

NOTIFICATION_DAY = 5
CITATION = "滨州市“3632”行政应诉长效工作机制：每月5日前“三通报”；逢休息日的处理为办公室设定"


@dataclass(frozen=True, slots=True)
class MonthlyDay:
    """The day of one month and what it was computed from."""

    nominal: date
    due_on: date  # the day itself is still in time
    roll: Roll
    rolled_over: tuple[date, ...]  # days off between the nominal and the due day
    provisional: bool  # the month lies beyond the announced calendar
    calendar: str

    @property
    def explanation(self) -> str:
        """The computation in one Chinese sentence."""
        parts = [f"每月 {self.nominal.day} 日前（含当日），本月为 {on_weekday(self.nominal)}"]
        if self.rolled_over:
            moved = "顺延至" if self.roll == "forward" else "提前至"
            parts.append(f"逢休息日{moved} {on_weekday(self.due_on)}")
        if self.provisional:
            parts.append("该年度放假安排尚未公布，暂按周末推算，公布后重新计算")
        return "，".join(parts) + "。"

    def to_json(self) -> dict[str, Any]:
        """The receipt in plain values; dates as ISO text."""
        return {
            "nominal": self.nominal.isoformat(),
            "due_on": self.due_on.isoformat(),
            "roll": self.roll,
            "rolled_over": [day.isoformat() for day in self.rolled_over],
            "provisional": self.provisional,
            "calendar": self.calendar,
            "citation": CITATION,
            "explanation": self.explanation,
        }


def monthly_day(
    month: date, calendar: WorkCalendar, *, day: int = NOTIFICATION_DAY, roll: Roll = "forward"
) -> MonthlyDay:
    """That day of `month`'s month (the last of a shorter one), moved off days off as `roll` says."""
    nominal = day_of_month(month.year, month.month, day)
    due_on = _rolled(nominal, calendar, roll)
    return MonthlyDay(
        nominal=nominal,
        due_on=due_on,
        roll=roll,
        rolled_over=_skipped(nominal, due_on, calendar),
        provisional=not (calendar.is_announced(nominal) and calendar.is_announced(due_on)),
        calendar=calendar.version_of(due_on),
    )


def _skipped(nominal: date, due_on: date, calendar: WorkCalendar) -> tuple[date, ...]:
    if nominal == due_on:
        return ()
    first, last = sorted((nominal, due_on))
    return tuple(day.date for day in calendar.days_off_between(first - DAY, last))


def _rolled(nominal: date, calendar: WorkCalendar, roll: Roll) -> date:
    if roll == "forward":
        return calendar.next_working_day(nominal)
    return calendar.previous_working_day(nominal) if roll == "backward" else nominal
