"""J4–J7 in a real browser: within their clicks, on the phone where the journey says so, and without JavaScript."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from cases.deadlines.sync import sync_deadlines
from cases.law import current_law
from cases.models import Deadline, Draft, Paper
from organisations.authors import Author
from organisations.models import User
from tests.browser.conftest import PASSWORD
from tests.factories import (
    MOMENT,
    CaseFactory,
    HeadFactory,
    HearingFactory,
    LaneFactory,
    SourceFactory,
    organisation,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {"width": 390, "height": 844}
SCAN = {"name": "盖章件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 sealed"}


@pytest.fixture
def day():
    return date(2026, 10, 15)


@pytest.fixture
def lane(people):
    """Told by the court on 13 October, heard on the 28th."""
    source = SourceFactory(stated_at=MOMENT.replace(day=13))
    lane = LaneFactory(case=CaseFactory(source=source), source=source)
    HearingFactory(case=lane.case, day=date(2026, 10, 28), source=source)
    HeadFactory(organisation=lane.organisation, user=User.objects.get(username=people.agency_head.username))
    _sync(lane)
    return lane


def _sync(lane):
    sync_deadlines([lane.pk], law=current_law(), author=Author(MOMENT), reason="排庭")


class Clicks:
    """A person at a page: every press that activates something is counted, and waits for what it brings."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, name, *, role="button", goes=True):
        self.count += 1
        target = self.page.get_by_role(role, name=name, exact=True).first
        if not goes:
            target.click()
            return
        with self.page.expect_navigation():
            target.click()
        self.page.wait_for_load_state()

    def choose(self, label):
        self.count += 1
        self.page.get_by_label(label, exact=True).check()

    def text(self):
        return self.page.inner_text("main")


def picture():
    file = BytesIO()
    Image.new("RGB", (60, 80), "white").save(file, "JPEG")
    return file.getvalue()


def signed(lane, people):
    from cases.material import signing

    signing.sign_for_material(
        lane, received_on=date(2026, 9, 10), method="direct", period=None,
        author=Author(MOMENT, people.post.liaison), law=current_law(),
    )  # fmt: skip


@pytest.mark.parametrize("javascript", [True, False])
def test_j4_the_liaison_signs_and_sees_the_days_that_follow(lane, visit, javascript):
    liaison = Clicks(visit("liaison", javascript=javascript))
    liaison.press("签收", role="link")
    liaison.page.fill("#id_received_on", "2026-10-14")
    liaison.press("签收应诉材料")
    assert liaison.count <= 4
    assert "下一步：报告分管、主要领导" in liaison.text()
    assert "10-29 周四" in liaison.text()  # 举证期限届满: 14 October + 15 days
    assert Deadline.objects.get(rule="answer").due_on == date(2026, 10, 29)


@pytest.mark.parametrize("javascript", [True, False])
def test_j5_a_head_is_named_and_confirms_on_the_phone_with_one_thumb(lane, visit, javascript):
    other = HearingFactory(case=CaseFactory(source=lane.source), day=date(2026, 10, 28), source=lane.source)
    LaneFactory(case=other.case, source=lane.source)
    liaison = Clicks(visit("liaison", **PHONE, javascript=javascript))
    liaison.press("确定", role="link")
    liaison.choose("方清远（局长）")
    liaison.press("确定出庭负责人")
    assert liaison.count <= 5
    head = Clicks(visit("agency_head", **PHONE, javascript=javascript))
    head.press("确认出庭", role="link")
    [primary] = head.page.locator("main .btn-primary").all()
    assert primary.bounding_box()["height"] >= 44
    head.press("确认出庭")
    assert head.count <= 2
    assert lane.nominations.get().confirmed_by.user.username == "agency_head"


@pytest.mark.parametrize("javascript", [True, False])
def test_j6_an_overdue_report_goes_in_with_its_reason_and_one_file(lane, people, visit, javascript):
    signed(lane, people)
    liaison = Clicks(visit("liaison", javascript=javascript))
    row = liaison.page.locator("tr", has_text="应诉情况报告")
    liaison.count += 1
    row.get_by_role("link", name="报送").click()
    liaison.page.wait_for_load_state()
    page = liaison.page
    for name, text in {
        "summary": "概况",
        "evidence_filed_on": "2026-09-20",
        "evidence": "已举证",
        "head": "局长",
    }.items():
        page.fill(f"#id_{name}", text)
    if javascript:
        page.locator("#id_head").blur()
        page.wait_for_load_state("networkidle")
        page.reload()
        assert page.input_value("#id_summary") == "概况"
        with page.expect_navigation():
            page.set_input_files("#id_attachments", SCAN)
        page.wait_for_load_state()
    else:
        page.set_input_files("#id_attachments", SCAN)
    page.select_option("#id_late_code", "审签")
    liaison.press("检查")
    liaison.press("报送司法局")
    assert liaison.count <= 6
    assert Paper.objects.get().late_reason == "材料在审签"
    page.goto(page.url.split("/papers/")[0] + reverse("cases:detail", args=[lane.case_id]))
    assert "完成（逾期" in liaison.text()
    page.goto(page.url.split("/cases/")[0] + "/desk/")
    assert "应诉情况报告" not in page.locator("table").first.inner_text()


def test_j6_the_draft_outlives_a_forced_sign_out(lane, people, visit):
    signed(lane, people)
    page = visit("liaison", forgive="403")
    page.goto(page.url.split("/desk/")[0] + reverse("cases:defence_report", args=[lane.pk]))
    page.context.clear_cookies()
    page.fill("#id_summary", "登录过期以后写的")
    page.get_by_role("button", name="检查", exact=True).last.click()
    page.get_by_text("登录已过期").wait_for()
    assert page.input_value("#id_summary") == "登录过期以后写的"
    assert not Draft.objects.exists()
    again = page.context.new_page()  # 在新窗口登录
    again.goto(page.url.split("/lanes/")[0] + "/login/")
    again.fill("#id_username", "liaison")
    again.fill("#id_password", PASSWORD)
    again.press("#id_password", "Enter")
    again.wait_for_load_state()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("已自动保存").wait_for()
    assert Draft.objects.get().typed["summary"] == ["登录过期以后写的"]


def test_a_cut_connection_leaves_the_text_and_the_draft_goes_on_when_it_is_back(lane, people, visit):
    signed(lane, people)
    page = visit("liaison", forgive="ERR_FAILED")
    page.goto(page.url.split("/desk/")[0] + reverse("cases:defence_report", args=[lane.pk]))
    page.route("**/defence-report/", lambda route: route.abort())
    page.fill("#id_summary", "断网时写的")
    page.dispatch_event("#id_summary", "change")
    page.get_by_text("网络已断开或暂时不可用").wait_for()
    page.unroute("**/defence-report/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("已自动保存").wait_for()
    assert Draft.objects.get().typed["summary"] == ["断网时写的"]


@pytest.mark.parametrize("javascript", [True, False])
def test_j7_a_judgment_photographed_page_by_page_reaches_both_recipients(lane, people, visit, javascript):
    signed(lane, people)
    liaison = Clicks(visit("liaison", **PHONE, javascript=javascript))
    page = liaison.page
    page.goto(page.url.split("/desk/")[0] + reverse("cases:judgment_filing", args=[lane.pk]))
    assert "滨州市滨城区司法局" in page.inner_text("#recipients")
    assert "政法委" in page.inner_text("#recipients")
    pages = [{"name": f"第{n}页.jpg", "mimeType": "image/jpeg", "buffer": picture()} for n in (1, 2)]
    typed = {"decided_on": "2026-10-12", "received_on": "2026-10-16", "report": "备案"}
    for name, text in typed.items():
        page.fill(f"#id_{name}", text)
    page.select_option("#id_kind", "判决")
    page.select_option("#id_code", "J-REVOKE")
    if javascript:
        with page.expect_navigation():
            page.set_input_files("#id_attachments", pages)
        page.wait_for_load_state()
    else:
        page.set_input_files("#id_attachments", pages)
    liaison.press("检查")
    assert page.title().startswith("错误：")
    assert "收到日期不能晚于今天（2026-10-15）" in page.inner_text(".error-summary")
    if javascript:
        assert page.evaluate("document.activeElement.className") == "error-summary"
    page.fill("#id_received_on", "2026-10-15")
    liaison.press("检查")
    liaison.press("提交备案")
    assert liaison.count <= 6
    paper = Paper.objects.get()
    assert [one.name for one in paper.files.all()] == ["第1页.jpg", "第2页.jpg"]
    assert {one.recipient for one in paper.deliveries.all()} == {
        organisation("371602-SF"),
        organisation("371602-ZFW"),
    }
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
