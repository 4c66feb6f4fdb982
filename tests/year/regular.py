"""Whose regular work is asked for when (docs/rules.md §3, regular work)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tests.year.calendar import DAY
from tests.year.duties import Duties
from tests.year.events import BY_CODE, OFFICES, SUPERVISION
from tests.year.record import Asked, Case, Lane

YEAR = 2026
CITY = OFFICES["371600"]
COUNTIES = tuple(code for code in OFFICES.values() if code != CITY)
AGENCIES = tuple(BY_CODE)


class Work(NamedTuple):
    """A rule, how many months its period has, and whose work it is."""

    rule: str
    months: int
    owners: tuple[str, ...]


WORK = (
    Work("county_rollup", 1, COUNTIES),
    Work("monthly_analysis", 1, tuple(OFFICES.values())),
    Work("monthly_bulletin", 1, tuple(OFFICES.values())),
    Work("quarterly_bulletin", 3, tuple(OFFICES.values())),
    Work("quarterly_ranking", 3, (SUPERVISION,)),
    Work("half_year_summary", 6, tuple(OFFICES.values())),
    Work("annual_report", 12, tuple(OFFICES.values())),
    Work("training_first", 12, AGENCIES),
    Work("training_second", 12, AGENCIES),
)
LABELS = {1: "{}-{:02}", 3: "{}Q{}", 6: "{}H{}", 12: "{}"}


class Regular:
    """The units of the world as the defendants of a case that is none."""

    def __init__(self, cases: dict[str, Case], duties: Duties) -> None:
        self.cases, self.duties = cases, duties
        self.case = Case("", "none")
        for unit in (*AGENCIES, *OFFICES.values(), SUPERVISION):
            self.case.lanes[unit] = Lane(unit, unit, date.min)

    def ask(self, on: date) -> None:
        """In the morning: what has started, is not asked for yet, and was not due before the first case was told of."""
        told = [lane.told_on for case in self.cases.values() for lane in case.lanes.values()]
        for work in WORK if told else ():
            for asked in _periods(work, on, min(told)):
                self._ask(work, asked, min(told))

    def _ask(self, work: Work, asked: Asked, began: date) -> None:
        due = self.duties.end(work.rule, asked.starts_on)
        for unit in work.owners if due >= began else ():
            lane = self.case.lanes[unit]
            if asked not in lane.asked and (unit in BY_CODE) <= self._was_sued(unit, due):
                lane.asked.append(asked)

    def _was_sued(self, agency: str, before: date) -> bool:
        """An agency that was told of a case of the year before its day."""
        lanes = (lane for case in self.cases.values() for lane in case.lanes.values())
        return any(lane.agency == agency and lane.told_on < before for lane in lanes)


def _periods(work: Work, on: date, began: date) -> Iterator[Asked]:
    """Those of the year that did not end before the first case; half a year is summed up once."""
    for number in range(1, 12 // work.months + 1):
        last = date(YEAR + (number * work.months) // 12, (number * work.months) % 12 + 1, 1) - DAY
        starts = date(YEAR - 1, 12, 31) if work.rule.startswith("training") else last
        if starts <= on and last >= began and not (work.months == 6 and number == 2):
            yield Asked(work.rule, LABELS[work.months].format(YEAR, number), starts)
