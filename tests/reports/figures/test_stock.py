"""存量: what fell due and was not done counts in each later period, until it is done, waived or ended."""

from datetime import date

import pytest

from cases.models import Deadline
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.reports.conftest import TODAY

QUARTERS = {key: parse_report_period(key) for key in ("2026Q1", "2026Q2", "2026Q3", "2026Q4")}
LATER = date(2027, 1, 5)


def part(world, period, key="performance_rate", on=LATER):
    """Done, not done, and how many of both are left over."""
    total = measured(MEASURES[key], Populations(QUARTERS[period], world.city, on)).total
    return len(total.numerator), len(total.rest), total.carried_over


@pytest.mark.parametrize(
    ("due", "done", "by_quarter"),
    [
        ("03-20", None, {"2026Q1": (0, 1, 0), "2026Q2": (0, 1, 1), "2026Q3": (0, 1, 1), "2026Q4": (0, 1, 1)}),
        ("03-20", "08-03", {"2026Q1": (0, 1, 0), "2026Q2": (0, 1, 1), "2026Q3": (1, 0, 1), "2026Q4": (0, 0, 0)}),
        ("06-30", "06-30", {"2026Q1": (0, 0, 0), "2026Q2": (1, 0, 0), "2026Q3": (0, 0, 0)}),
        ("06-30", "07-01", {"2026Q2": (0, 1, 0), "2026Q3": (1, 0, 1), "2026Q4": (0, 0, 0)}),
        ("07-01", "06-20", {"2026Q2": (0, 0, 0), "2026Q3": (1, 0, 0), "2026Q4": (0, 0, 0)}),
    ],
)  # fmt: skip
def test_an_obligation_stays_owed_until_it_is_done(world, due, done, by_quarter):
    world.owes(1, due=due, done=done)
    Deadline.objects.update(due_on=date.fromisoformat(f"2026-{due}"))
    assert {period: part(world, period) for period in by_quarter} == by_quarter


@pytest.mark.parametrize("state", ["waived", "missed", "void"])
def test_what_is_waived_or_ended_is_not_left_over(world, state):
    world.due(world.case(1), "defence_report", on="06-10", state=state)
    assert part(world, "2026Q3", "report_on_time_rate") == (0, 0, 0)


@pytest.mark.parametrize("rule", ["defence_report", "judgment_filing"])
def test_a_paper_stays_owed_until_it_is_handed_in(world, rule):
    key = {"defence_report": "report_on_time_rate", "judgment_filing": "filing_on_time_rate"}[rule]
    world.due(world.case(1), rule, on="06-10", met="08-02")
    world.due(world.case(2), rule, on="06-10")
    found = [part(world, period, key) for period in ("2026Q2", "2026Q3", "2026Q4")]
    assert found == [(0, 2, 0), (0, 2, 2), (0, 1, 1)]


def test_a_report_of_performance_that_nobody_checked_leaves_it_owed(world):
    world.owes(1, done="08-02", state="reported")
    Deadline.objects.update(due_on=date(2026, 6, 10))
    assert part(world, "2026Q4") == (0, 1, 1)


def test_a_suspended_obligation_is_left_over_and_excluded_with_its_reason(world):
    world.owes(1, state="suspended")
    Deadline.objects.update(due_on=date(2026, 6, 10))
    total = measured(MEASURES["performance_rate"], Populations(QUARTERS["2026Q3"], world.city, TODAY)).total
    assert [left.reason for left in total.excluded] == ["因再审中止"]


def test_every_measure_says_whether_it_is_stock_or_flow():
    stock = {key for key, measure in MEASURES.items() if measure.kind == "stock"}
    assert stock >= {
        "performance_rate",
        "performance_on_time_rate",
        "report_on_time_rate",
        "filing_on_time_rate",
    }
    assert MEASURES["appearance_rate"].kind == "flow"
