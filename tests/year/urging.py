"""Which step of which ladder is raised when (docs/rules.md §13)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tests.year.calendar import DAY, Calendar
from tests.year.duties import Duty

LIAISON = ("liaison",)
BOTH = ("liaison", "head")
ALL = (*BOTH, "office_head", "government_office")
OWNER = ("owner",)


class Step(NamedTuple):
    """Days from the anchor and whom it tells; what a person does waits for a working day; `again` so much later."""

    days: int
    to: tuple[str, ...]
    by_person: bool = False
    again: int = 0


LATE = (Step(3, BOTH), Step(5, (), by_person=True), Step(8, ALL))
REPORT = (Step(-3, LIAISON), Step(0, LIAISON), Step(1, LIAISON), *LATE)
SHORT = (Step(0, LIAISON), *LATE)
ANSWER = (Step(-3, LIAISON), Step(0, LIAISON))
AGAIN = (Step(-1, LIAISON), Step(0, (*BOTH, "office"), by_person=True))
PERFORMANCE = (
    Step(-15, LIAISON), Step(-7, LIAISON), Step(-3, BOTH), Step(0, LIAISON),
    Step(1, ("liaison", "office"), by_person=True), Step(7, ALL, again=15),
)  # fmt: skip
REGULAR = (Step(-3, OWNER), Step(0, OWNER), Step(1, ("owner", "owner_head"), again=7))
TRAINING = (Step(-30, LIAISON), Step(-7, LIAISON), Step(1, BOTH, again=30))
# Working days before the hearing.
NAMING = (
    Step(-10, LIAISON), Step(-5, (*BOTH, "office")), Step(-3, ("office_head",)),
    Step(-1, (*BOTH, "government_office")),
)  # fmt: skip
LADDERS = {"obligation": PERFORMANCE, "name_head_again": AGAIN} | dict.fromkeys(
    ("answer", "answer_appeal"), ANSWER
)
LADDERS |= dict.fromkeys(
    ("material_receipt", "leader_report", "absence_explanation", "paper_correction", "effect_confirmation"),
    SHORT,
)

LADDERS |= dict.fromkeys(("obligation_compensation_forward", "obligation_compensation_pay"), PERFORMANCE)
LADDERS |= dict.fromkeys(("training_first", "training_second"), TRAINING)
LADDERS |= dict.fromkeys(
    ("county_rollup", "monthly_analysis", "monthly_bulletin", "quarterly_bulletin", "quarterly_ranking",
     "half_year_summary", "annual_report"),
    REGULAR,
)  # fmt: skip

Taken = tuple[date, int]  # the day of a step and which one it is


def reached(duty: Duty, calendar: Calendar, on: date) -> Taken | None:
    """The latest step that has come, with its day: what missed days would have said is superseded by it."""
    come = [(day, step) for day, step in steps_of(duty, calendar) if day <= on]
    return max(come, default=None)


def steps_of(duty: Duty, calendar: Calendar) -> Iterator[Taken]:
    """The steps with their days; none overtakes one that waited for a working day."""
    if duty.rule == "name_head":
        assert duty.starts_on is not None
        yield from ((calendar.working(duty.starts_on, step.days), step.days) for step in NAMING)
        return
    before = date.min
    for step in LADDERS.get(duty.rule, REPORT):
        day = max(_day(duty.due_on, step, calendar), before + DAY)
        yield day, step.days
        if step.again:
            yield day + timedelta(days=step.again), step.days
        before = day


def told(duty: Duty, taken: Taken) -> tuple[str, ...]:
    """Whom a step tells."""
    ladder = NAMING if duty.rule == "name_head" else LADDERS.get(duty.rule, REPORT)
    return next(step.to for step in ladder if step.days == taken[1])


def _day(due: date, step: Step, calendar: Calendar) -> date:
    day = due + step.days * DAY
    if not step.by_person:
        return day
    return calendar.roll(day) if step.days > 0 else calendar.back(day)
