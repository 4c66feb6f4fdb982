"""定期工作: who is asked for what, for which period, by which day; nothing from before, twice or missed."""

from collections import Counter
from datetime import date

import pytest

from cases.deadlines.regular_work import sync_regular
from cases.models import Completion, Deadline
from organisations.models import Organisation, Region
from reports.bulletins.bulletins import draft_bulletin
from reports.bulletins.duties import issue_and_meet
from rules.report_periods import parse_report_period
from tests.factories import CaseFactory, LaneFactory, SourceFactory, at, organisation

pytestmark = pytest.mark.django_db


def told_on(day, agency="371602-ZRZY"):
    """The platform learns of a case against the agency."""
    source = SourceFactory(stated_at=at(day).at)
    return LaneFactory(case=CaseFactory(source=source), organisation=organisation(agency))


@pytest.fixture
def ask(reference, law):
    def asked(on):
        return sync_regular(on=on, law=law, author=at(on))

    return asked


def found(rule, key):
    return Deadline.objects.filter(rule=rule, subject=f"period:{key}")


def offices(kind="legal_office", **more):
    return set(Organisation.objects.filter(kind=kind, **more).values_list("code", flat=True))


def owners(rule, key):
    return set(found(rule, key).values_list("organisation__code", flat=True))


# rule, period, the day it is first asked for, the day it is due (the platform began on 2026-01-05).
TABLE = [
    ("monthly_analysis", "2026-10", date(2026, 10, 31), date(2026, 11, 10)),
    ("monthly_bulletin", "2026-10", date(2026, 10, 31), date(2026, 11, 16)),  # 11-15 is a Sunday
    ("county_rollup", "2026-10", date(2026, 10, 31), date(2026, 11, 9)),  # 11-08 is a Sunday
    ("monthly_analysis", "2026-09", date(2026, 9, 30), date(2026, 10, 10)),  # a Saturday worked
    ("county_rollup", "2026-09", date(2026, 9, 30), date(2026, 10, 8)),
    ("quarterly_bulletin", "2026Q3", date(2026, 9, 30), date(2026, 10, 20)),
    ("quarterly_ranking", "2026Q3", date(2026, 9, 30), date(2026, 10, 30)),
    ("half_year_summary", "2026H1", date(2026, 6, 30), date(2026, 7, 30)),
    ("annual_report", "2026", date(2026, 12, 31), date(2027, 2, 1)),  # 01-31 is a Sunday
    ("training_first", "2026", date(2026, 1, 5), date(2026, 6, 30)),
    ("training_second", "2026", date(2026, 1, 5), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("rule", "key", "first", "due_on"), TABLE)
def test_each_work_is_asked_for_from_the_end_of_its_period_and_due_on_its_day(ask, rule, key, first, due_on):
    told_on(date(2026, 1, 5))
    if not rule.startswith("training"):
        ask(date.fromordinal(first.toordinal() - 1))
        assert not found(rule, key).exists()
    ask(first)
    assert set(found(rule, key).values_list("due_on", "original_due_on", "state")) == {
        (due_on, due_on, "open")
    }
    one = found(rule, key).first()
    assert (one.matter, one.case, one.lane) == (parse_report_period(key).label, None, None)
    assert one.computation["estimated"] == (rule != "training_second")


def test_whose_work_it_is(ask):
    told_on(date(2026, 1, 5), "371602-ZRZY")
    told_on(date(2026, 3, 5), "BZ-ZRZY")
    ask(date(2026, 12, 31))
    every, counties = offices(), offices(level="county")
    assert counties == every - {"BZ-SF"}
    assert len(counties) == 10  # seven counties, three zones
    for rule, key in (
        ("monthly_analysis", "2026-10"),
        ("monthly_bulletin", "2026-10"),
        ("quarterly_bulletin", "2026Q3"),
        ("half_year_summary", "2026H1"),
        ("annual_report", "2026"),
    ):
        assert owners(rule, key) == every, rule
    assert owners("county_rollup", "2026-10") == counties
    assert "BZ-DC" in owners("quarterly_ranking", "2026Q3")
    assert owners("quarterly_ranking", "2026Q3") <= offices("supervision")
    sued = {"371602-ZRZY", "BZ-ZRZY"}
    assert owners("training_first", "2026") == owners("training_second", "2026") == sued


def test_the_ranking_is_the_work_of_the_city_s_supervision_office_alone(ask):
    """“3632”: 由市委督查室按季度实行量化排名并全市通报; the counties' offices owe none."""
    told_on(date(2026, 1, 5))
    ask(date(2026, 9, 30))
    assert owners("quarterly_ranking", "2026Q3") == {"BZ-DC"}


def test_courts_are_asked_for_nothing(ask):
    told_on(date(2026, 1, 5))
    ask(date(2027, 1, 4))
    assert not Deadline.objects.filter(organisation__in=Organisation.objects.courts()).exists()
    assert not Deadline.objects.filter(rule="court_notification").exists()


def test_only_the_first_half_of_the_year_has_a_summary(ask):
    told_on(date(2026, 1, 5))
    ask(date(2027, 1, 15))
    keys = set(Deadline.objects.filter(rule="half_year_summary").values_list("subject", flat=True))
    assert keys == {"period:2026H1"}


def test_who_was_never_sued_owes_no_training(ask):
    told_on(date(2026, 1, 5), "371602-ZRZY")
    ask(date(2026, 3, 2))
    assert not Deadline.objects.filter(organisation__code="371602-SC").exists()


def test_trainings_of_a_year_are_asked_of_who_was_sued_in_that_year(ask):
    told_on(date(2026, 10, 15), "371602-ZRZY")
    told_on(date(2027, 2, 1), "371602-SC")
    ask(date(2027, 2, 2))
    assert owners("training_second", "2026") == {"371602-ZRZY"}
    assert owners("training_second", "2027") == {"371602-SC"}


def test_nothing_is_asked_for_before_the_platform_knows_a_case(ask):
    assert ask(date(2026, 11, 2)) == Counter()
    assert not Deadline.objects.exists()


def test_nothing_is_asked_for_from_before_the_platform_began(ask):
    """Begun on 10-15: neither September nor the third quarter, nor the training of the first half."""
    told_on(date(2026, 10, 15))
    ask(date(2026, 11, 2))
    rows = set(Deadline.objects.values_list("rule", "subject"))
    assert rows == {
        ("monthly_analysis", "period:2026-10"),
        ("monthly_bulletin", "period:2026-10"),
        ("county_rollup", "period:2026-10"),
        ("training_second", "period:2026"),
    }


def test_an_agency_sued_for_the_first_time_in_autumn_is_not_overdue_with_a_training_of_spring(ask):
    told_on(date(2026, 1, 5), "371602-ZRZY")
    told_on(date(2026, 9, 10), "371602-SC")
    ask(date(2026, 9, 11))
    own = Deadline.objects.filter(organisation__code="371602-SC")
    assert own.filter(rule="training_second").get().due_on == date(2026, 12, 31)
    assert not own.overdue(on=date(2026, 9, 11)).exists()


def test_a_second_run_changes_nothing(ask):
    told_on(date(2026, 1, 5))
    first = ask(date(2026, 11, 2))
    assert first["created"] == Deadline.objects.count() > 0
    assert ask(date(2026, 11, 2)) == Counter()
    assert ask(date(2026, 11, 3)) == Counter()


def test_three_missed_months_are_asked_for_as_three_periods(ask):
    told_on(date(2026, 10, 15))
    ask(date(2027, 1, 4))
    own = Deadline.objects.filter(rule="monthly_analysis", organisation__code="BZ-SF").order_by("due_on")
    assert list(own.values_list("subject", "matter", "due_on")) == [
        ("period:2026-10", "2026年10月", date(2026, 11, 10)),
        ("period:2026-11", "2026年11月", date(2026, 12, 10)),
        ("period:2026-12", "2026年12月", date(2027, 1, 11)),  # 01-10 is a Sunday
    ]
    assert own.overdue(on=date(2027, 1, 4)).count() == 2


def test_an_office_that_exists_no_more_is_asked_for_nothing(ask):
    told_on(date(2026, 1, 5))
    Organisation.objects.filter(code="371621-SF").update(valid_to=date(2026, 6, 30))
    ask(date(2026, 10, 31))
    assert "371621-SF" not in owners("monthly_analysis", "2026-10")


# Issuing a bulletin.

BULLETINS = [
    ("monthly", "2026-10", "371602", "monthly_bulletin", "371602-SF"),
    ("quarterly", "2026Q3", "371600", "quarterly_bulletin", "BZ-SF"),
    ("ranking", "2026Q3", "371600", "quarterly_ranking", "BZ-DC"),
    ("half_year", "2026H1", "371602", "half_year_summary", "371602-SF"),
]


def issue(kind, period, region, post, on, law):
    where = Region.objects.get(code=region)
    draft = draft_bulletin(kind, parse_report_period(period), where, at(on, post), law)
    return issue_and_meet(draft, "滨司通〔2026〕12号", author=at(on, post), law=law)


@pytest.mark.parametrize(("kind", "period", "region", "rule", "owner"), BULLETINS)
def test_issuing_a_bulletin_meets_the_duty_to_issue_it(
    ask, cast, law, files_dir, kind, period, region, rule, owner
):
    told_on(date(2026, 1, 5))
    ask(date(2026, 10, 31))
    issue(kind, period, region, cast.post.office_head, date(2026, 11, 5), law)
    mine = found(rule, period).get(organisation__code=owner)
    assert (mine.state, mine.met_on) == ("met", date(2026, 11, 5))
    done = mine.completions.get()
    assert (done.how, done.registered_by) == ("印发 滨司通〔2026〕12号", cast.post.office_head)
    others = found(rule, period).exclude(organisation__code=owner)
    assert set(others.values_list("state", flat=True)) <= {"open"}
    assert Completion.objects.count() == 1
    assert ask(date(2026, 11, 6)) == Counter()


def test_a_bulletin_issued_before_the_sweep_asked_for_it_meets_the_duty_too(cast, law, files_dir):
    told_on(date(2026, 1, 5))
    issue("monthly", "2026-10", "371602", cast.post.office_head, date(2026, 11, 1), law)
    mine = found("monthly_bulletin", "2026-10").get(organisation__code="371602-SF")
    assert (mine.state, mine.met_on) == ("met", date(2026, 11, 1))


def test_a_second_bulletin_of_the_period_leaves_the_first_day_standing(ask, cast, law, files_dir):
    told_on(date(2026, 1, 5))
    issue("monthly", "2026-10", "371602", cast.post.office_head, date(2026, 11, 5), law)
    where = Region.objects.get(code="371602")
    again = draft_bulletin(
        "monthly",
        parse_report_period("2026-10"),
        where,
        at(date(2026, 11, 20), cast.post.office_head),
        law,
    )
    author = at(date(2026, 11, 20), cast.post.office_head)
    issue_and_meet(again, "滨司通〔2026〕13号", author=author, law=law)
    mine = found("monthly_bulletin", "2026-10").get(organisation__code="371602-SF")
    assert (mine.met_on, Completion.objects.count()) == (date(2026, 11, 5), 1)


def test_an_office_registers_its_own_regular_work_on_the_page(ask, cast, client_of, settings):
    told_on(date(2026, 10, 15))
    ask(date(2026, 11, 2))
    settings.TODAY = date(2026, 11, 11)
    mine = found("monthly_analysis", "2026-10").get(organisation__code="371602-SF")
    browser = client_of(cast.office_clerk)
    done = {"done_on": "2026-11-11", "how": "10月分析报告已报区政府"}
    late = browser.post(f"/deadlines/{mine.pk}/complete/", done)
    assert (late.status_code, "已超过规定期限 1 天" in late.content.decode()) == (422, True)
    answer = browser.post(f"/deadlines/{mine.pk}/complete/", done | {"late_reason": "数据核对"})
    mine.refresh_from_db()
    assert (answer.status_code, mine.state, mine.late_reason) == (302, "met", "数据核对")
    other = found("monthly_analysis", "2026-10").get(organisation__code="371625-SF")
    assert browser.post(f"/deadlines/{other.pk}/complete/", done).status_code == 404
