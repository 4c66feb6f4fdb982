"""Eight quarters of random duties and cases against plain Python, and the sums that must agree whatever the data.

`ORACLE_SEEDS=1000 pytest tests/reports/figures/test_oracle.py` plays as many worlds as one likes.
"""

import os
from datetime import date, timedelta
from random import Random

import pytest

from cases.models import Case, Deadline, Decision, DecisionOutcome
from reports.figures.dimensions import breakdown, dimensions_of
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period

SEEDS = range(int(os.environ.get("ORACLE_SEEDS", "6")))
QUARTERS = [parse_report_period(f"{year}Q{quarter}") for year in (2025, 2026) for quarter in (1, 2, 3, 4)]
YEARS_END = QUARTERS[3::4]  # in which breakdowns are looked at: they cost a query each
FIRST, TODAY = date(2025, 1, 1), date(2027, 1, 20)
RULES = {"report_on_time_rate": "defence_report", "filing_on_time_rate": "judgment_filing"}
STATES = ["open"] * 8 + ["waived", "missed", "suspended", "void"]


@pytest.fixture
def play(world):
    """Random duties and cases of a seed, as plain tuples, and on record."""

    def made(seed):
        rng = Random(seed)
        agencies = list(world.agencies)
        duties, cases = [], []
        for serial in range(1, 31):
            agency = rng.choice(agencies)
            case = world.case(serial, agency)
            taken = _day(rng)
            decided = taken + timedelta(days=rng.randrange(20, 300)) if rng.random() < 0.7 else None
            Case.objects.filter(pk=case.pk).update(filed_on=taken)
            cases.append((case.number, agency, taken, decided))
            if decided:
                decision = Decision.objects.create(
                    case=case, kind="判决", decided_on=decided, source=world.source
                )
                DecisionOutcome.objects.create(
                    decision=decision, lane=world.lane(case, agency), code="J-DISMISS", judged=True, lost=False,
                    source=world.source,
                )  # fmt: skip
            for rule in rng.sample(list(RULES.values()), rng.randrange(3)):
                due, state = _day(rng), rng.choice(STATES)
                met = due + timedelta(days=rng.randrange(-10, 200)) if rng.random() < 0.6 else None
                state = "met" if met else state
                duties.append((case.number, agency, rule, due, met, state))
                world.due(case, rule, on=str(due), met=str(met) if met else None, state=state, agency=agency)
        return duties, cases

    return made


def _day(rng):
    return FIRST + timedelta(days=rng.randrange(720))


def _expected(duties, rule, period):
    """Numerator, rest and what is left over, by what rules.md says of stock."""
    numerator, rest, carried = set(), set(), 0
    for number, _, kind, due, met, state in duties:
        before = due < period.first
        over = state in ("waived", "missed", "void") or (met is not None and met < period.first)
        if kind != rule or due > period.last or (before and over) or state in ("waived", "void", "suspended"):
            continue
        in_time = met is not None and met <= due
        (numerator if in_time else rest).add(number)
        carried += before
    return numerator, rest, carried


def _numbers(units):
    return {unit.id.partition(" · ")[0] for unit in units}


@pytest.mark.parametrize("seed", SEEDS)
def test_stock_of_eight_quarters_is_as_plain_python_says(world, play, seed):
    duties, cases = play(seed)
    for period in QUARTERS:
        populations = Populations(period, world.city, TODAY)
        for key, rule in RULES.items():
            total = measured(MEASURES[key], populations).total
            found = _numbers(total.numerator), _numbers(total.rest), total.carried_over
            assert found == _expected(duties, rule, period), (period.key, key)
        told = {key: measured(MEASURES[f"case_{key}_count"], populations).total for key in COUNTED}
        expected = _docket(cases, period)
        assert {key: _numbers(part.numerator) for key, part in told.items()} == expected, period.key
        sizes = {key: len(found) for key, found in expected.items()}
        assert sizes["carried"] + sizes["new"] == sizes["concluded"] + sizes["pending"]


COUNTED = ("carried", "new", "concluded", "pending")


def _docket(cases, period):
    on_it = [
        one for one in cases if one[2] <= period.last and not (one[3] is not None and one[3] < period.first)
    ]
    concluded = {number for number, _, _, decided in on_it if decided and decided <= period.last}
    return {
        "carried": {number for number, _, taken, _ in on_it if taken < period.first},
        "new": {number for number, _, taken, _ in on_it if taken >= period.first},
        "concluded": concluded,
        "pending": {number for number, *_ in on_it} - concluded,
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_the_data_the_sums_agree(world, play, seed):
    play(seed)
    left = None
    for period in QUARTERS:
        populations = Populations(period, world.city, TODAY)
        for what in MEASURES.values():
            found = measured(what, populations)
            lists = (found.total.numerator, found.total.rest, found.total.excluded)
            parts = [{unit.id for unit in listed} for listed in lists]
            assert sum(map(len, parts)) == len(set().union(*parts)), what.key
            for by in dimensions_of(what) if period in YEARS_END else ():
                slices = [part for _, part in breakdown(what, by, populations)]
                assert [
                    sorted(unit.id for part in slices for unit in getattr(part, name))
                    for name in ("numerator", "rest", "excluded")
                ] == [sorted(unit.id for unit in listed) for listed in lists], (what.key, by.key)
            by_agency = [part for _, part in found.by_agency]
            assert len(found.total.numerator) <= sum(len(part.numerator) for part in by_agency)
        pending = _numbers(measured(MEASURES["case_pending_count"], populations).total.numerator)
        carried = _numbers(measured(MEASURES["case_carried_count"], populations).total.numerator)
        assert left is None or carried == left  # what one quarter leaves is what the next begins with
        left = pending
    assert Deadline.objects.exists()
