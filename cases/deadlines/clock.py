"""A clock: a deadline that facts call for, with what orders of the office made of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from cases.law import Law
from cases.models import Completion, DeadlineOrder
from rules.calendars import DAY
from rules.deadlines import Due, Pause, due_date


@dataclass(frozen=True, slots=True)
class SetDay:
    """An end that a document set, in place of the one a rule would compute."""

    ends_on: date
    ground: str


@dataclass(frozen=True, slots=True)
class LateNotice:
    """通报迟延: the starting fact came when the day had come already; the period is given anew from the notice.

    `by`: 法院, 司法局, or 平台 for what follows from the run of time and was computed late.
    """

    told_on: date
    by: str
    was_due_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that the facts call for."""

    rule: str
    subject: str  # the fact that started it
    starts_on: date
    proof: str  # what proves the start
    due: Due | None  # None: only a set day
    set_day: SetDay | None = None
    met_on: date | None = None
    late_reason: str = ""
    suspended: bool = False
    waived: bool = False
    missed: bool = False
    notice: LateNotice | None = None
    orders: tuple[DeadlineOrder, ...] = ()
    matter: str = ""
    rests_on: str = ""  # the facts of the clock from whose end it runs
    estimated: bool = False  # where the decision is silent, its length is the office's
    informs_only: bool = False  # a reader may want to know it, but nobody here is urged

    @property
    def facts(self) -> str:
        """What people stated about it, as one text: a closed matter is judged anew only when this changes."""
        parts = [self.rests_on or str(self.starts_on)]
        parts += [str(self.set_day.ends_on)] if self.set_day and not self.orders else []
        parts += [f"told {self.notice.told_on}"] if self.notice else []
        parts += [f"order {order.pk} {order.last or ''}".strip() for order in self.orders]
        return "; ".join(parts)

    @property
    def due_on(self) -> date:
        if self.set_day:
            return self.set_day.ends_on
        if self.notice:
            return self.notice.due_on
        assert self.due is not None
        return self.due.due_on

    @property
    def first_due_on(self) -> date:
        """The day as the rule alone gives it, before late notices and orders."""
        return self.due.due_on if self.due and not self.set_day else self.due_on

    @property
    def is_duty(self) -> bool:
        return not self.informs_only


def settled(
    clock: Clock,
    orders: Iterable[DeadlineOrder],
    completions: Iterable[Completion],
    law: Law,
    *,
    since: datetime | None = None,
) -> Clock:
    """The clock with the orders and the completion that were registered for it.

    `since`: when a court document set the day; orders that had ended by then are overtaken by it.
    """
    key = (clock.rule, clock.subject)
    mine = [order for order in orders if (order.deadline.rule, order.deadline.subject) == key]
    mine = [order for order in mine if since is None or _lasts_after(order, since)]
    if mine:
        clock = _ordered(clock, sorted(mine, key=lambda order: order.pk), law)
    done = next((c for c in completions if (c.deadline.rule, c.deadline.subject) == key), None)
    if done and clock.met_on is None:
        clock = replace(clock, met_on=done.done_on, late_reason=done.late_reason)
    return clock


def _lasts_after(order: DeadlineOrder, moment: datetime) -> bool:
    """Whether an order still has something to say after a document of that moment."""
    if order.kind == DeadlineOrder.Kind.PAUSE:
        return order.last is None or order.last >= localtime(moment).date()
    return order.kind == DeadlineOrder.Kind.WAIVE or order.registered_at > moment


def _ordered(clock: Clock, orders: list[DeadlineOrder], law: Law) -> Clock:
    known: dict[str, Any] = {"orders": tuple(orders), "set_day": clock.set_day}
    pauses: list[Pause] = []
    for order in orders:
        if order.kind == DeadlineOrder.Kind.WAIVE:
            known["waived"] = True
        elif order.kind != DeadlineOrder.Kind.PAUSE:
            assert order.ends_on is not None
            known["set_day"] = SetDay(order.ends_on, str(order))
        elif order.last is None:
            known["suspended"] = True
        elif day := known["set_day"] or _given_anew(clock):
            known["set_day"] = _later(day, order, clock.starts_on, law)
        else:
            pauses.append(_pause(order))
    if pauses:
        assert clock.due is not None
        known["due"] = due_date(clock.due.limit, clock.starts_on, law.calendar, pauses=pauses)
    return replace(clock, **known)


def _given_anew(clock: Clock) -> SetDay | None:
    return SetDay(clock.notice.due_on, "通报迟延，自通报之日起给足期间") if clock.notice else None


def _pause(order: DeadlineOrder) -> Pause:
    assert order.first is not None
    assert order.last is not None
    return Pause(order.first, order.last, f"{order.get_ground_display()}，{order.document}")


def _later(day: SetDay, order: DeadlineOrder, starts_on: date, law: Law) -> SetDay:
    """A day that a document set, moved by the days of a pause that began before it ended."""
    pause = _pause(order)
    if pause.first > day.ends_on:
        return day
    ends_on = day.ends_on + pause.days_after(starts_on) * DAY
    words = f"{day.ground}；{pause.first} 至 {pause.last} 中止不计"
    return SetDay(law.calendar.next_working_day(ends_on), words)
