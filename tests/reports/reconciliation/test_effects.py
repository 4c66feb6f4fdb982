from datetime import date

import pytest

from cases.deadlines.sync import sync_deadlines
from cases.models import Discrepancy
from organisations.models import AuditEntry, Region
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.reconciliation.effects import Ruling, announced, decide
from reports.reconciliation.snapshots import FiguresMoved, digest
from rules.report_periods import parse_report_period
from tests.cases.reconciliation.test_finding import SEEDED
from tests.structure.crawl import fingerprints

MONTHS = [parse_report_period(f"2026-{month:02}") for month in range(7, 13)]
WHY = "核对了庭审笔录"


def figures(region, on):
    """Every measure of every month around, computed from the record alone: of the region and of each agency."""
    found = {}
    for period in MONTHS:
        populations = Populations(period, region, on)
        for measure in MEASURES.values():
            figure = measured(measure, populations)
            parts = [(region.name, figure.total), *((a.short_name, part) for a, part in figure.by_agency)]
            for name, part in parts:
                found[period.label, name, measure.label] = (len(part.numerator), part.denominator)
    return found


def moved(before, after):
    keys = before.keys() | after.keys()
    return {key for key in keys if before.get(key, (0, 0)) != after.get(key, (0, 0))}


@pytest.mark.parametrize("side", ["court", "agency"])
@pytest.mark.parametrize("fact", SEEDED)
def test_a_ruling_changes_exactly_the_figures_that_it_announced(
    seeded, scene, office, county, law, fact, side
):
    one = seeded(fact)
    sync_deadlines([scene.lane.pk], law=law, author=office, reason="")
    ruling = Ruling(side, WHY, one.revision, county)
    told = announced(one, ruling, author=office, law=law)
    before = figures(county, office.on)
    done = decide(one, ruling, seen=digest(told), author=office, law=law)
    assert done == told
    after = figures(county, office.on)
    assert {(line.period, line.scope, line.measure) for line in told if line.moves} == moved(before, after)
    one.refresh_from_db()
    assert one.effects == [
        [line.period, line.scope, line.measure, line.before, line.after] for line in told if line.moves
    ]


@pytest.mark.parametrize("fact", SEEDED)
def test_announcing_leaves_no_trace(seeded, office, county, law, fact):
    one = seeded(fact)
    before = fingerprints(), AuditEntry.objects.count()
    announced(one, Ruling("agency", WHY, one.revision, county), author=office, law=law)
    assert (fingerprints(), AuditEntry.objects.count()) == before


def test_the_words_of_the_figures_are_those_of_the_wireframe(seeded, office, county, law):
    one = seeded("appearance")
    lines = announced(one, Ruling("agency", WHY, 1, county), author=office, law=law)
    rate = [line for line in lines if line.measure == "负责人出庭应诉率"]
    told = [(line.scope, line.period, line.before, line.after) for line in rate]
    assert told == [
        ("滨城区自然资源局", "2026年9月", "0.0%（0/1）", "100.0%（1/1）"),
        ("滨城区", "2026年9月", "0.0%（0/1）", "100.0%（1/1）"),
    ]


def test_the_total_is_that_of_the_region_of_whoever_decides(seeded, city_office, law):
    one = seeded("appearance")
    city = Region.objects.get(code="371600")
    lines = announced(one, Ruling("agency", WHY, 1, city), author=city_office, law=law)
    assert {line.scope for line in lines} == {"滨城区自然资源局", "滨州市"}


def test_a_hearing_that_goes_into_another_month_is_told_in_both(scene, office, county, law):
    scene.agency_says(held_on=date(2026, 10, 8))
    lines = announced(scene.only(), Ruling("agency", WHY, 1, county), author=office, law=law)
    rate = [line for line in lines if line.measure == "负责人出庭应诉率" and line.scope == "滨城区"]
    assert [(line.period, line.before, line.after) for line in rate] == [
        ("2026年9月", "100.0%（1/1）", "—（本期无开庭案件）"),
        ("2026年10月", "—（本期无开庭案件）", "100.0%（1/1）"),
    ]


def test_where_the_figures_would_move_otherwise_than_announced_nothing_is_written(
    seeded, office, county, law
):
    one = seeded("appearance")
    with pytest.raises(FiguresMoved):
        decide(one, Ruling("agency", WHY, 1, county), seen="another", author=office, law=law)
    assert Discrepancy.objects.get().state == "open"
