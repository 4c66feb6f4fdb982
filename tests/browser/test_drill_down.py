"""From a rate in an issued bulletin to the cell of the court's workbook: at most three presses, on desk and phone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.law import current_law
from courts.notifications.confirmation import confirm
from courts.uploads.planning import month_of, plan_upload
from organisations.authors import Author
from organisations.models import CourtCode, Region
from reports.bulletins.bulletins import draft_bulletin, issue_bulletin
from rules.report_periods import parse_report_period
from tests.courts.court_sheets import appearance, as_bytes, workbook

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SIZES = pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "phone"])
BINZHOU = ZoneInfo("Asia/Shanghai")
MOST = 3


@pytest.fixture
def day():
    return date(2026, 10, 15)


@pytest.fixture
def issued(people, files_dir):
    """The quarterly bulletin of the city, after the court told of two hearings; the second head did not come."""
    told = [appearance(1), appearance(2, came="否")]
    moment = datetime(2026, 10, 5, 9, tzinfo=BINZHOU)
    upload = plan_upload(
        as_bytes(workbook(出庭=told)), name="通报.xlsx", court=CourtCode.objects.get(code="鲁1602").court,
        month=month_of("2026-10"), kind="auto", is_addition=False, author=Author(moment), law=current_law(),
    )  # fmt: skip
    confirm(upload, author=Author(moment), law=current_law())
    author = Author(datetime(2026, 10, 15, 9, tzinfo=BINZHOU), people.post.city_office_head)
    city = Region.objects.get(code="371600")
    draft = draft_bulletin("quarterly", parse_report_period("2026Q3"), city, author, current_law())
    return issue_bulletin(draft, "滨司通〔2026〕12号", author)


class Reader:
    """Somebody who starts at the bulletin; every press leads to a page that fits the screen."""

    def __init__(self, page, bulletin):
        self.page, self.presses = page, 0
        page.goto(f"{page.url.split('//')[0]}//{page.url.split('/')[2]}/bulletins/{bulletin.pk}/")

    def press(self, target):
        self.presses += 1
        with self.page.expect_navigation():
            target.first.click()
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], self.page.url

    def link(self, name):
        return self.page.get_by_role("link", name=name)

    def marked(self):
        return self.page.locator("#marked").inner_text()


@SIZES
@pytest.mark.parametrize("role", ["city_office_clerk", "leader"])
def test_a_rate_in_a_table_leads_to_the_marked_cell(issued, visit, role, width, height):
    reader = Reader(visit(role, width=width, height=height), issued)
    reader.press(reader.page.locator("tr", has_text="滨城区").get_by_role("link", name="50.0%"))
    assert "（2026）鲁1602行初2号" in reader.page.inner_text("main")
    reader.press(reader.link("原表第 3 行"))
    assert "出庭 第 3 行" in reader.page.inner_text("h1")
    assert "负责人是否出庭" in reader.marked()
    assert "否" in reader.marked()
    assert reader.presses <= MOST


@SIZES
def test_a_number_in_a_sentence_leads_through_the_case_to_the_row(issued, visit, width, height):
    reader = Reader(visit("city_office_clerk", width=width, height=height), issued)
    reader.press(reader.link("50.0%（1/2）"))
    reader.press(reader.link("（2026）鲁1602行初2号"))
    reader.press(reader.link("通报.xlsx · 出庭 第 3 行"))
    assert "出庭 第 3 行" in reader.page.inner_text("h1")
    assert reader.presses <= MOST


@SIZES
def test_what_is_live_opens_in_as_many_presses(issued, visit, width, height):
    """On the cockpit as in the bulletin: the rate, then the row."""
    reader = Reader(visit("leader", width=width, height=height), issued)
    reader.page.goto(reader.page.url.replace(f"bulletins/{issued.pk}/", "cockpit/?period=2026Q3"))
    reader.press(reader.link("50.0%（1/2）"))
    reader.press(reader.link("原表第 3 行"))
    assert "负责人是否出庭" in reader.marked()
