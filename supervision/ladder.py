"""The ladder of urging: which step falls due how many days from the deadline."""

from dataclasses import dataclass
from datetime import date, timedelta

from supervision.models import Reminder

Step = Reminder.Step


@dataclass(frozen=True, slots=True)
class Rung:
    """A step, the days from the due day at which it is taken (negative: before it), and what it says."""

    step: str
    days: int
    words: str

    def planned_on(self, due_on: date) -> date:
        """The day on which the step is due."""
        return due_on + timedelta(days=self.days)


LADDER = (
    Rung(Step.SOON_3, -3, "还有 3 日截止"),
    Rung(Step.SOON_1, -1, "明日截止"),
    Rung(Step.TODAY, 0, "今日 24:00 截止"),
    Rung(Step.OVERDUE_1, 1, "已逾期，仍可补报，请说明原因"),
    Rung(Step.OVERDUE_3, 3, "已逾期 3 日，同时告知分管领导"),
    Rung(Step.OVERDUE_5, 5, "已逾期 5 日，司法局将电话沟通"),
    Rung(Step.OVERDUE_8, 8, "已逾期 8 日，同时告知主要领导"),
)
FIRST_DAY, LAST_DAY = LADDER[0].days, LADDER[-1].days


def rungs_reached(due_on: date, *, on: date) -> list[Rung]:
    """The steps that are due by the day, the latest last. Steps after the due day do not wait for missed sweeps."""
    return [rung for rung in LADDER if rung.planned_on(due_on) <= on]


def next_rung(due_on: date, *, on: date) -> Rung | None:
    """The step that comes next, to be told before it happens; None at the top of the ladder."""
    return next((rung for rung in LADDER if rung.planned_on(due_on) > on), None)
