"""The next step of urging a duty, told before it happens."""

from datetime import date

from cases.law import Law
from cases.models import Deadline
from rules.ladders import PlannedStep


def next_step(deadline: Deadline, *, on: date, law: Law) -> PlannedStep | None:
    """The step that comes after the day; None for what is not urged, is not running, or has come to the top."""
    if deadline.state != Deadline.State.OPEN or not deadline.is_duty:
        return None
    ladder = law.ladders.of_rule(deadline.rule, on=on)
    return ladder.next(deadline.starts_on, deadline.due_on, law.calendar, on=on)
