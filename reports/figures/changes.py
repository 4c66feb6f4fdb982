"""环比 and 同比: a rate against the period before and against the same period of the year before."""

from collections.abc import Iterator

from reports.figures.measure import Measured, measured
from reports.figures.populations import Populations
from reports.figures.printing import change_words


def changes_of(figure: Measured, now: Populations) -> list[tuple[str, str]]:
    """Name and words of each comparison of a rate, in 百分点 and with its period named; nothing for a count.

    A year has but one: the year before is both.
    """
    return list(_changes(figure, now)) if figure.measure.is_rate else []


def _changes(figure: Measured, now: Populations) -> Iterator[tuple[str, str]]:
    before = {now.period.previous(): "环比"} | {now.period.a_year_earlier(): "同比"}
    for period, label in before.items():
        then = measured(figure.measure, Populations(period, now.region, now.on))
        up_and_down = (f"较{period.label}上升", f"较{period.label}下降")
        yield label, change_words(figure, then, period.label, up_and_down, now.floor)
