"""Which step of which ladder is raised when (docs/rules.md §13)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tests.year.calendar import DAY, Calendar
from tests.year.duties import Duty


class Step(NamedTuple):
    """Days from the anchor; what a person has to do on its day waits for a working day; `again` so much later."""

    days: int
    by_person: bool = False
    again: int = 0


REPORT = (Step(-3), Step(0), Step(1), Step(3), Step(5, True), Step(8))
SHORT = (Step(0), Step(3), Step(5, True), Step(8))
ANSWER = (Step(-3), Step(0))
AGAIN = (Step(-1), Step(0, True))
PERFORMANCE = (Step(-15), Step(-7), Step(-3), Step(0), Step(1, True), Step(7, again=15))
NAMING = (-10, -5, -3, -1)  # working days before the hearing
LADDERS = {"obligation": PERFORMANCE, "name_head_again": AGAIN} | dict.fromkeys(
    ("answer", "answer_appeal"), ANSWER
)
LADDERS |= dict.fromkeys(
    ("material_receipt", "leader_report", "absence_explanation", "paper_correction", "effect_confirmation"),
    SHORT,
)


Taken = tuple[date, int]  # the day of a step and which one it is


def reached(duty: Duty, calendar: Calendar, on: date) -> Taken | None:
    """The latest step that has come, with its day: what missed days would have said is superseded by it."""
    come = [(day, step) for day, step in steps_of(duty, calendar) if day <= on]
    return max(come, default=None)


def steps_of(duty: Duty, calendar: Calendar) -> Iterator[Taken]:
    """The steps with their days; none overtakes one that waited for a working day."""
    if duty.rule == "name_head":
        assert duty.starts_on is not None
        yield from ((calendar.working(duty.starts_on, days), days) for days in NAMING)
        return
    before = date.min
    for step in LADDERS.get(duty.rule, REPORT):
        day = max(_day(duty.due_on, step, calendar), before + DAY)
        yield day, step.days
        if step.again:
            yield day + timedelta(days=step.again), step.days
        before = day


def _day(due: date, step: Step, calendar: Calendar) -> date:
    day = due + step.days * DAY
    if not step.by_person:
        return day
    return calendar.roll(day) if step.days > 0 else calendar.back(day)
