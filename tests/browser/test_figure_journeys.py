"""J9 and J11: one disagreement decided, and one case handed on from a rate; within four presses, on desk and phone."""

from datetime import date, datetime

import pytest
from django.utils.timezone import make_aware

from cases.comparison.finding import find_everywhere
from cases.law import current_law
from cases.models import Discrepancy
from organisations.authors import Author
from organisations.models import AuditEntry
from supervision.models import Assignment, Message
from tests.factories import (
    AppearanceStatementFactory,
    CaseFactory,
    HearingFactory,
    LaneFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SIZES = pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "phone"])
MOST = 4
WHY = "核对了庭审笔录，负责人到庭"


@pytest.fixture
def day():
    return date(2026, 10, 15)


@pytest.fixture
def absent(people, files_dir):
    """The court says that no head came on 9 September; the agency says that its head did."""
    lane = LaneFactory(case=CaseFactory())
    hearing = HearingFactory(case=lane.case, day=date(2026, 9, 9), state="held")
    AppearanceStatementFactory(lane=lane, hearing=hearing, attended=False, counts=False)
    own = SourceFactory(kind="agency", organisation=lane.organisation, stated_by=people.post.liaison)
    said = {"stated_by": "agency", "attended": True, "counts": True, "source": own}
    AppearanceStatementFactory(lane=lane, hearing=hearing, **said)
    find_everywhere(law=current_law(), author=Author(make_aware(datetime(2026, 10, 14, 9))))
    return lane


class Hand:
    """Counts every press of a link, a button or a choice; typing is no press."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    def press(self, target):
        self.presses += 1
        target.first.click()
        self.page.wait_for_load_state()
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], self.page.url

    @property
    def text(self):
        return " ".join(self.page.inner_text("main").split())


@SIZES
def test_a_disagreement_is_decided_after_its_effect_was_read(absent, people, visit, width, height):
    hand = Hand(visit(people.office_clerk.username, width=width, height=height))
    hand.press(hand.page.get_by_role("link", name="法院与机关说法不一致、待核对 1 件"))
    hand.press(hand.page.get_by_role("link", name=absent.case.number))
    effect = "2026年9月负责人出庭应诉率 0.0%（0/1） → 100.0%（1/1）"
    assert effect in hand.text
    hand.press(hand.page.get_by_text("采信机关填报", exact=True))
    hand.page.fill("#id_reason", WHY)
    hand.press(hand.page.get_by_role("button", name="保存并看下一条"))
    assert hand.presses <= MOST
    assert effect in " ".join(hand.page.inner_text("body").split())  # what happened is what was announced
    item = Discrepancy.objects.get()
    assert (item.state, item.ruled_for, item.reason) == ("ruled", "agency", WHY)
    told = Message.objects.filter(notice__isnull=False, channel="in_app")
    assert {one.recipient.role for one in told} == {"court_clerk", "agency_liaison"}
    assert AuditEntry.objects.filter(verb="discrepancy.decide").count() == 1


@SIZES
def test_a_leader_sees_why_a_rate_is_not_full_and_hands_one_case_on(absent, people, visit, width, height):
    hand = Hand(visit(people.leader.username, width=width, height=height))
    hand.press(hand.page.get_by_role("link", name="0.0%（0/1）"))
    assert "未计入分子 1" in hand.text  # the list is as long as the gap
    hand.press(hand.page.locator("main").get_by_role("link", name="转办"))
    hand.page.fill("#id_text", "请查明未出庭原因")
    hand.press(hand.page.locator("main").get_by_role("button", name="转办"))
    assert hand.presses <= MOST
    made = Assignment.objects.get()
    assert (made.case, made.due_on) == (absent.case, date(2026, 10, 22))
    assert "请查明未出庭原因" in hand.text
