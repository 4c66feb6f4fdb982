"""签报: a county stands for its month with the figures of that moment; who has not yet is to be seen."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from cases.deadlines.regular_work import sync_regular
from cases.models import Deadline
from organisations.authors import Author
from organisations.models import AuditEntry, Organisation
from reports.figures.populations import Populations
from reports.figures.sign_off import sign_off, signatures_of
from rules.report_periods import parse_report_period

SEPTEMBER = parse_report_period("2026-09")
NOW = datetime(2026, 10, 6, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def author(world):
    return Author(NOW, world.post("county", "office_clerk", Organisation.objects.get(code="371602-SF")))


def signed(world):
    return [(one.office, one.signed_on) for one in signatures_of(SEPTEMBER, world.city) if one.signed_on]


def test_a_county_signs_its_month_and_the_others_have_not_yet(world, author, law):
    world.all_told(8, 9)
    world.heard(1, "区住建局", attended=False)
    sync_regular(on=NOW.date(), law=law, author=Author(NOW))
    before = signatures_of(SEPTEMBER, world.city)
    assert {one.signed_on for one in before} == {None}
    how = sign_off(Populations(SEPTEMBER, world.county, NOW.date()), author=author, law=law)
    assert how.startswith("签报：负责人出庭应诉率 0.0%（0/1），履行生效裁判率 本期无到期应履行义务")
    assert signed(world) == [("滨州市滨城区司法局", date(2026, 10, 6))]
    assert (
        Deadline.objects.get(
            rule="county_rollup", subject="period:2026-09", organisation__code="371602-SF"
        ).state
        == "met"
    )
    assert AuditEntry.objects.filter(verb="figures.sign_off").count() == 1


@pytest.mark.parametrize(
    ("period", "region"), [("2026-10", "county"), ("2026Q3", "county"), ("2026-09", "city")]
)
def test_only_a_month_that_is_over_and_only_of_a_county(world, author, law, period, region):
    populations = Populations(parse_report_period(period), getattr(world, region), NOW.date())
    with pytest.raises(ValidationError, match="签报"):
        sign_off(populations, author=author, law=law)
