"""A quarter as it goes: two courts silent, one month late, three disagreements ruled, one obligation owed since spring.

Every step is taken as people take it; what is said of the quarter is the same on every page and paper.
"""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from cases.comparison.finding import find_everywhere
from cases.models import Discrepancy, Obligation
from courts.models import Notification
from organisations.authors import Author
from reports.bulletins.bulletins import draft_bulletin, issue_bulletin
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.printing import rate_words
from reports.reconciliation.effects import Ruling, announced
from reports.reconciliation.locking import lock_month, moved_since
from reports.reconciliation.settling import settle
from reports.scoring.ranking import make_ranking
from rules.report_periods import parse_report_period
from tests.reports.bulletins.test_bulletins import words
from tests.reports.conftest import COURTS, NOW, TODAY, day

Q2, Q3, Q4 = (parse_report_period(f"2026Q{n}") for n in (2, 3, 4))
SILENT = ("鲁1621", "鲁1623")  # 惠民, 无棣


def figure(world, key, period=Q3, region=None):
    return measured(MEASURES[key], Populations(period, region or world.city, TODAY))


def say_otherwise(world, case, agency, **facts):
    """The agency states of the hearing something else than its court."""
    (hearing,) = case.hearings.all()
    source = world.source.__class__.objects.create(
        kind="agency", organisation=world.agencies[agency], stated_at=NOW
    )
    statement = world.said(hearing, agency, by="agency", **facts)
    statement.source = source
    statement.save()


@pytest.fixture
def quarter(world, law):
    """What courts told by the 5th of each month, and 滨城法院 of August only on the 12th."""
    for court in COURTS:
        if court not in SILENT:
            world.told(court, 3, 4, 5, 6, 7, 8, 9)
    late = Notification.objects.filter(court__code="鲁1602", month=day("08-01"))
    late.update(received_at=datetime(2026, 8, 12, 1, tzinfo=UTC))
    for serial in range(1, 11):
        world.heard(serial, on="07-10")
    world.heard(11, "县公安局", on="07-11")  # of a county whose own court is silent
    world.absent = world.heard(12, "区住建局", on="08-11", attended=False)
    world.doubtful = world.heard(13, "区住建局", on="09-11", attended=False)
    world.moved = world.heard(14, "市人社局", on="09-30")
    say_otherwise(world, world.absent, "区住建局", attended=True)
    say_otherwise(world, world.doubtful, "区住建局", attended=True)
    say_otherwise(world, world.moved, "市人社局", attended=True, held_on=day("10-09"))
    owed = world.decided(21, "J-PAY", on="04-01", lost=True, effect="confirmed")
    obligation = Obligation.objects.create(
        outcome=owed, lane=owed.lane, kind="pay", certainty="yes", named_on=day("05-20"), source=world.source
    )
    world.due(owed.lane.case, "obligation", on="05-20", subject=obligation.subject)
    find_everywhere(law=law, author=Author(NOW))
    return world


def rule(world, case, side, author, law):
    item = Discrepancy.objects.get(lane__case=case)
    ruling = Ruling(side, "核对了庭审笔录", item.revision, world.city)
    foretold = announced(item, ruling, author=author, law=law)
    assert settle(item, ruling, seen=None, author=author, law=law) == foretold
    return [
        (line.scope, line.period, line.measure, line.before, line.after) for line in foretold if line.moves
    ]


def test_what_is_missing_is_named_and_nothing_is_praised_for_it(quarter, author, law):
    gaps = Populations(Q3, quarter.city, TODAY).coverage.gaps
    silent = sorted((gap.court, gap.month, gap.count) for gap in gaps if gap.kind == "court_silent")
    assert silent == [(court, f"2026-0{month}", 3) for court in SILENT for month in (7, 8, 9)]
    counties = make_ranking(Q3, quarter.city, NOW, "counties").groups[0]
    assert {unit.name: unit.reason_code for unit in counties.unranked if unit.name in ("惠民县", "无棣县")} == {
        "惠民县": "no_data", "无棣县": "no_data",
    }  # fmt: skip
    county = figure(quarter, "appearance_rate", region=quarter.other_county)
    assert (county.rate, rate_words(county.total, "")) == (None, "数据不全（1/1）")
    told = words(draft_bulletin("quarterly", Q3, quarter.city, author, law))
    assert "惠民法院7月、8月、9月" in told
    assert "未发现突出问题" not in told
    assert "惠民县为100%" not in told


def test_what_is_owed_since_spring_counts_in_every_quarter_until_it_is_done(quarter):
    told = [figure(quarter, "performance_rate", period).total for period in (Q2, Q3, Q4)]
    assert [(len(part.numerator), part.denominator, part.carried_over) for part in told] == [
        (0, 1, 0), (0, 1, 1), (0, 1, 1),
    ]  # fmt: skip


def test_three_rulings_do_what_they_announced_and_the_quarter_is_closed(quarter, author, law, tmp_path):
    assert Discrepancy.objects.open().count() == 3
    assert rate_words(figure(quarter, "appearance_rate").total, "") == "85.7%（12/14）"
    moved = rule(quarter, quarter.absent, "agency", author, law)
    assert ("滨州市", "2026年8月", "负责人出庭应诉率", "0.0%（0/1）", "100.0%（1/1）") in moved
    assert rule(quarter, quarter.doubtful, "court", author, law) == []
    moved = rule(quarter, quarter.moved, "agency", author, law)
    assert ("滨州市", "2026年9月", "负责人出庭应诉率", "50.0%（1/2）", "0.0%（0/1）") in moved
    assert rate_words(figure(quarter, "appearance_rate").total, "") == "92.3%（12/13）"
    locks = [lock_month(month, quarter.city, author=author) for month in Q3.months]
    assert [moved_since(lock, author) for lock in locks] == [[], [], []]
    bulletin = issue_bulletin(
        draft_bulletin("quarterly", Q3, quarter.city, author, law), "滨司通〔2026〕12号", author
    )
    assert "92.3%（12/13）" in words(bulletin)
    call_command("verify_bulletin", "滨司通〔2026〕12号")


def test_page_paper_and_command_say_the_same(quarter, author, law, client_of, cast):
    printed = rate_words(figure(quarter, "appearance_rate").total, "")
    page = client_of(cast.city_office_clerk).get("/figures/?period=2026Q3").content.decode()
    assert all(part in page for part in ("85.7%", "（12/14）"))
    assert printed in words(draft_bulletin("quarterly", Q3, quarter.city, author, law))
