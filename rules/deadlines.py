"""When a time limit runs out, with the receipt that says why on that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from rules.calendars import DAY, SATURDAY, CalendarDay, WorkCalendar, on_weekday
from rules.periods import nominal_end
from rules.rulebook import Limit, Mode

UNIT_WORDS = {"day": "日", "month": "个月", "year": "年"}


class ModeNotAllowed(ValueError):
    """Working days were asked of a limit counted in months or years; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Pause:
    """中止: days, both ends included, that a period does not count."""

    first: date
    last: date
    ground: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def days_after(self, day: date) -> int:
        """How many of its days lie after `day`."""
        return max(0, (self.last - max(self.first, day + DAY)).days + 1)


@dataclass(frozen=True, slots=True)
class Due:
    """The end of one time limit and everything it was computed from."""

    limit: Limit
    starts_on: date  # the day of the event; not counted
    nominal: date  # the end before a last day off moves it; in working mode the due day itself
    due_on: date
    mode: Mode
    rolled_over: tuple[date, ...]  # days off skipped at the end
    days_off_met: tuple[CalendarDay, ...]  # every day off after the start, up to the due day
    provisional: bool  # the end lies beyond the announced calendar, so it may still move
    calendar: str  # the version of the due day's year, or of the last announced one: 2026@1
    pauses: tuple[Pause, ...] = ()  # those that lay in it

    @property
    def explanation(self) -> str:
        """The computation in one Chinese sentence."""
        parts = [f"{on_weekday(self.starts_on)}{self.limit.start_event}", "当日不计", self._counted()]
        parts += [f"{pause.first} 至 {pause.last} 中止（{pause.ground}）不计" for pause in self.pauses]
        parts.append(f"{'最迟' if self.due_on < self.starts_on else '期满'} {on_weekday(self.nominal)}")
        if self.rolled_over:
            parts.append(f"末日逢{self._last_day_off()}，顺延至其后第一个工作日 {on_weekday(self.due_on)}")
        elif self.due_on.weekday() >= SATURDAY:
            # Worked on a weekend, so a make-up workday: the question every reader asks.
            parts.append("该日为调休上班日，不顺延")
        if self.limit.estimated:
            parts.append("期间长度为办公室设定")
        if self.provisional:
            parts.append("所涉年度放假安排尚未公布，暂按周末推算，公布后重新计算")
        return "，".join(parts) + "。"

    def to_json(self) -> dict[str, Any]:
        """The receipt in plain values; dates as ISO text."""
        limit = self.limit
        return {
            "rule": limit.key,
            "label": limit.label,
            "amount": limit.amount,
            "unit": limit.unit,
            "rule_version": limit.version,
            "start_event": limit.start_event,
            "starts_on": self.starts_on.isoformat(),
            "nominal": self.nominal.isoformat(),
            "due_on": self.due_on.isoformat(),
            "mode": self.mode,
            "rolled_over": [day.isoformat() for day in self.rolled_over],
            "days_off_met": [_day_json(day) for day in self.days_off_met],
            "provisional": self.provisional,
            "calendar": self.calendar,
            "days_counted": self.days_counted,
            "pauses": [_pause_json(pause) for pause in self.pauses],
            "citation": limit.citation,
            "article": limit.article,
            "valid_from": limit.valid_from.isoformat(),
            "estimated": limit.estimated,
            "before": limit.before,
            "explanation": self.explanation,
        }

    @property
    def days_counted(self) -> int:
        """How many days were counted from the one after the event to the end (backwards for a limit `before`)."""
        if self.mode == "working" or self.limit.unit == "day":
            return self.limit.amount
        return (nominal_end(self.starts_on, self.limit.amount, self.limit.unit) - self.starts_on).days

    def _counted(self) -> str:
        length = f"{self.limit.amount} {UNIT_WORDS[self.limit.unit]}"
        if self.due_on < self.starts_on:
            return f"往前数 {length.replace('日', '个工作日') if self.mode == 'working' else length}"
        if self.mode == "working":
            skipped = f"（期间 {len(self.days_off_met)} 个休息日不计）" if self.days_off_met else ""
            return f"按工作日计 {length}{skipped}"
        return f"按自然日计 {length}" if self.limit.unit == "day" else f"计 {length}"

    def _last_day_off(self) -> str:
        return next(day.reason for day in self.days_off_met if day.date == self.nominal)


def due_date(
    limit: Limit,
    starts_on: date,
    calendar: WorkCalendar,
    *,
    mode: Mode | None = None,
    pauses: Sequence[Pause] = (),
) -> Due:
    """The day `limit` runs out for an event on `starts_on`, counted in its own mode or the one given.

    By calendar days, a last day off moves to the first working day after it and days off inside are counted
    (《行政诉讼法解释》第四十八条、《民法典》第二百零三条). By working days, only days worked are counted, so
    there is nothing to move. ModeNotAllowed for working days of a limit in months or years. A limit that
    runs `before` its event ends ahead of it. Days of `pauses` are not counted; one that begins after the end
    moves nothing.
    """
    mode = mode or limit.mode
    if limit.before:
        return _day_before(limit, starts_on, calendar, mode)
    return _day_after(limit, starts_on, calendar, mode, sorted(pauses, key=attrgetter("first")))


def _day_after(
    limit: Limit, starts_on: date, calendar: WorkCalendar, mode: Mode, pauses: Sequence[Pause]
) -> Due:
    nominal = _nominal_end(limit, starts_on, calendar, mode, pauses)
    due_on = _rolled(nominal, calendar, pauses)
    met = calendar.days_off_between(starts_on, due_on)
    return Due(
        limit=limit,
        starts_on=starts_on,
        nominal=nominal,
        due_on=due_on,
        mode=mode,
        rolled_over=tuple(day.date for day in met if day.date >= nominal),
        days_off_met=met,
        provisional=not (calendar.is_announced(nominal) and calendar.is_announced(due_on)),
        calendar=calendar.version_of(due_on),
        pauses=tuple(p for p in pauses if p.first <= due_on and p.days_after(starts_on)),
    )


def _day_before(limit: Limit, event_on: date, calendar: WorkCalendar, mode: Mode) -> Due:
    """The last day to act ahead of an event: a working day, so that it can be done."""
    if mode == "working":
        day = calendar.working_days_before(event_on, limit.amount)
    else:
        day = calendar.previous_working_day(event_on - limit.amount * DAY)
    return Due(
        limit=limit,
        starts_on=event_on,
        nominal=day,
        due_on=day,
        mode=mode,
        rolled_over=(),
        days_off_met=calendar.days_off_between(day, event_on),
        provisional=not (calendar.is_announced(day) and calendar.is_announced(event_on)),
        calendar=calendar.version_of(day),
    )


def _nominal_end(
    limit: Limit, starts_on: date, calendar: WorkCalendar, mode: Mode, pauses: Sequence[Pause]
) -> date:
    """The day on which the count is full, before a last day off moves it."""
    if mode == "calendar":
        return _paused_end(nominal_end(starts_on, limit.amount, limit.unit), starts_on, pauses)
    if limit.unit != "day":
        raise ModeNotAllowed(f"“{limit.label}”按{UNIT_WORDS[limit.unit]}计，不能改按工作日计。")
    end, left = starts_on, limit.amount
    while left:
        end = calendar.next_working_day(end + DAY)
        left -= not any(end in pause for pause in pauses)
    return end


def _paused_end(end: date, starts_on: date, pauses: Sequence[Pause]) -> date:
    """The end moved by the days of the pauses that began before it, each day counted once."""
    counted_until = starts_on
    for pause in pauses:
        if pause.first <= end:
            end += pause.days_after(counted_until) * DAY
            counted_until = max(counted_until, pause.last)
    return end


def _rolled(nominal: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> date:
    """The first working day from the nominal end on that lies in no pause (《民法典》第二百零三条)."""
    day = calendar.next_working_day(nominal)
    for pause in pauses:
        if day in pause:
            day = calendar.next_working_day(pause.last + DAY)
    return day


def _pause_json(pause: Pause) -> dict[str, str]:
    return {"first": pause.first.isoformat(), "last": pause.last.isoformat(), "ground": pause.ground}


def _day_json(day: CalendarDay) -> dict[str, str]:
    return {"date": day.date.isoformat(), "kind": day.kind.value, "name": day.reason, "notice": day.notice}
