"""The period and the region of a page or a command."""

from datetime import date

import pytest

from reports.figures.populations import Populations
from reports.figures.scopes import last_ended, period_choices, scope_of
from reports.figures.units import areas, units_of
from rules.report_periods import parse_report_period

ON = date(2026, 10, 15)


def test_the_period_offered_first_is_the_running_one_and_each_kind_goes_back_its_number():
    offered = period_choices(ON, kinds=4)
    assert [(label, periods[0][0], periods[-1][0], len(periods)) for label, periods in offered] == [
        ("季度", "2026Q4", "2025Q1", 8),
        ("月", "2026-10", "2025-11", 12),
        ("半年", "2026H2", "2025H1", 4),
        ("年", "2026", "2024", 3),
    ]
    assert [label for label, _ in period_choices(ON)] == ["季度", "月"]


def test_the_period_last_ended_is_the_one_before_the_running_one():
    assert (last_ended("quarter", ON).key, last_ended("month", ON).key) == ("2026Q3", "2026-09")


@pytest.mark.django_db
def test_an_unknown_region_is_refused_with_twenty_characters_of_it():
    with pytest.raises(ValueError, match="名录中没有区划“12345678901234567890”，"):
        scope_of("2026Q3", "123456789012345678901")


def test_the_areas_of_a_city_are_its_counties_its_zones_and_its_own_agencies(world):
    q3 = parse_report_period("2026Q3")
    found = areas(Populations(q3, world.city, ON))
    assert [(unit.code, unit.name) for unit in found][-1] == ("371600", "市直单位")
    assert world.zone.code in [unit.code for unit in found]
    pk = {name: agency.pk for name, agency in world.agencies.items()}
    holders = {name: [unit.code for unit in found if pk[name] in unit.members] for name in pk}
    assert holders == {
        "市公安局": ["371600"],
        "市人社局": ["371600"],
        "区住建局": ["371602"],
        "县公安局": ["371621"],
    }
    assert world.zone.code in [unit.code for unit in units_of("zones", Populations(q3, world.city, ON))]
    assert areas(Populations(q3, world.county, ON)) == []
