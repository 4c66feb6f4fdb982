"""两方说法以谁为准: set by one, approved by another, and what it changes from its day on."""

from datetime import date

import pytest

from cases.law import current_law, forget_law
from organisations.models import Region
from reports.figures.appearances import appearance_lanes
from reports.figures.populations import Populations
from rules.appearance import Source
from rules.report_periods import parse_report_period
from supervision.office_rules.rules import approve_rule, described, effect_of
from tests.factories import AppearanceStatementFactory, CaseFactory, HearingFactory, LaneFactory
from tests.supervision.office_rules.test_office_rules import clerk, enter, head, oct_  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
AUTHORITY = {"tolerance_days": 2, "contest_days": 10, "contested_by": ["court", "agency"]}


def approved(one, other, key, value=AUTHORITY):
    rule = approve_rule(enter(one, key, value, "authority"), author=other)
    forget_law()
    return rule


def test_days_apart_agree_from_the_first_day_on(clerk, head):  # noqa: F811
    rule = approved(clerk, head, "hearing_day")
    table = current_law().authority
    assert [table.of("hearing_day", on=oct_(day)).agree("2026-10-01", "2026-10-03") for day in (19, 20)] == [
        False,
        True,
    ]
    assert table.of("hearing_day", on=oct_(20)).contest_days == 10
    assert table.of("outcome", on=oct_(20)).contest_days == 5
    assert effect_of(rule) == []
    assert described(rule, current_law()) == (
        "开庭日期",
        "人民法院、司法局、被诉行政机关依次为准；日期相差 2 日以内算一致；人民法院、被诉行政机关可提出，"
        "10 个工作日内办结",
    )


def test_figures_take_whose_word_stands_first_on_the_day_of_the_hearing(clerk, head):  # noqa: F811
    for day in (19, 20):
        lane = LaneFactory(case=CaseFactory())
        hearing = HearingFactory(case=lane.case, day=oct_(day), state="held")
        AppearanceStatementFactory(
            lane=lane, hearing=hearing, stated_by="court", attended=False, counts=False
        )
        AppearanceStatementFactory(lane=lane, hearing=hearing, stated_by="office", attended=True, counts=True)
    approved(clerk, head, "appearance", AUTHORITY | {"order": ["office", "court", "agency"]})
    month, today = parse_report_period("2026-10"), date(2026, 11, 1)
    agencies = Populations(month, Region.objects.get(code="371602"), today).agencies
    entries = appearance_lanes(month, agencies, today)
    assert [entry.facts.stated[0].counts for entry in entries] == [False, True]


def test_the_page_asks_for_the_order_of_appearances_alone(cast, client_of):
    browser = client_of(cast.city_office_clerk)
    page = "/rules/new/authority/{}/"
    assert "依次以谁为准" in browser.get(page.format("appearance")).content.decode()
    assert "依次以谁为准" not in browser.get(page.format("outcome")).content.decode()
    wrong = browser.post(page.format("outcome"), {"tolerance_days": "11", "contest_days": "0"})
    assert wrong.status_code == 422
    told = wrong.content.decode()
    for words in ("须在 10 以内", "须在 1 以上", "请选择谁可以提出", "请填写缘由和依据"):
        assert words in told
    filled = AUTHORITY | {
        "valid_from": "2027-01-01",
        "reason": "联席会议纪要",
        "order": "office,court,agency",
    }
    answer = browser.post(page.format("appearance"), filled)
    assert answer.status_code == 302, answer.content.decode()[
        answer.content.decode().find("error-summary") :
    ][:600]
    assert (
        current_law().authority.of("appearance", on=date(2027, 1, 1)).order[0] is Source.COURT
    )  # not approved
