"""Three journeys of a court clerk in a real browser, each within its number of presses.

A press is one of the pointer or one of Enter or Space that activates something; typing, picking files and
scrolling are free. A list that opens and an option chosen from it are two presses, a field clicked into is one.
"""

import re
from collections import Counter
from datetime import date
from io import BytesIO
from urllib.parse import urljoin

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, Side

from cases.models import AppearanceStatement, Deadline
from courts import tasks
from courts.models import HeldRow, Notification, Upload
from courts.views.notifications import month
from organisations.models import Organisation, OrganisationAlias
from tests.courts.checking.test_twenty_five_faults import (
    BESIDE,
    ERRORS,
    EXPECTED,
    HEADER_ROW,
    ROWS,
    faulty_workbook,
)
from tests.courts.court_sheets import APPEARANCES, appearance, as_bytes, hearing, workbook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("people", "files_dir"),
]

RECEIPT = re.compile(r"TB\d{6}-\d+")
SIZES = [(1366, 768), (390, 844)]  # a desk of the court, a phone; the desk comes last and stays
FORBIDDEN = (
    "操作失败", "非法", "无效", "系统异常", "点击这里", "逾期", "催办", "扣分", "！",
)  # fmt: skip
SAID = "a, button, summary, .banner, .error-summary, .field-error, .empty, [role=alert], [role=status]"
WITH_AND_WITHOUT_JAVASCRIPT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["javascript", "no javascript"]
)
CURRENT_STAGE = ".stages [aria-current=step]"
AMBIGUOUS = "执法大队"
MISSPELT = "滨城区水产局"


@pytest.fixture
def day():
    """The last day of October, of which everything in the samples has happened."""
    return date(2026, 10, 31)


@pytest.fixture
def clerk(visit):
    """The clerk of 滨城区人民法院 at 本月通报, where every journey begins."""

    def begun(*, javascript=True):
        page = visit("clerk", javascript=javascript)
        assert page.inner_text("h1") == "2026年10月通报"
        hand = Hand(page, javascript=javascript)
        hand.look()
        return hand

    return begun


class Hand:
    """A clerk before one window: what is pressed is counted, and what is seen is looked at."""

    def __init__(self, page, *, javascript=True):
        self.page, self.javascript, self.presses = page, javascript, 0

    def press(self, target, *, twice=False):
        """One press that leads to a page; a nervous double click is meant as one."""
        self.presses += 1
        with self.page.expect_event("load"):
            target.dblclick() if twice else target.click()

    def tick(self, target):
        self.presses += 1
        target.check()

    def press_link(self, name):
        self.press(self.page.get_by_role("link", name=name, exact=True).first)

    def press_button(self, name, **how):
        self.press(self.page.get_by_role("button", name=name).first, **how)

    def choose(self, target, option):
        self.presses += 2
        target.select_option(option)

    def write(self, target, words):
        self.presses += 1
        target.fill(words)

    def upload(self, book, name="通报.xlsx", *, twice=False):
        """Picking the file is free, sending it is not."""
        content = book if isinstance(book, bytes) else as_bytes(book)
        self.page.set_input_files(
            "input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        )
        self.press_button("上传并检查", twice=twice)
        self.look()

    def download(self, name):
        self.presses += 1
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=name, exact=True).click()
        return coming.value

    def look(self):
        """Whatever is shown fits both screens, and its words are those of an office."""
        if self.javascript and self.page.locator("#effects").count():
            self.page.locator("#effects dl").wait_for()
        for width, height in reversed(SIZES):
            self.page.set_viewport_size({"width": width, "height": height})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} is {wide} wide on a screen of {width}"
        said = " ".join(self.page.locator(SAID).all_text_contents())
        assert [words for words in FORBIDDEN if words in said] == [], self.page.url

    def text(self, selector="main"):
        return self.page.inner_text(selector)

    def card(self, name):
        return self.page.get_by_role("region", name=name, exact=True)

    def go_back(self):
        """The browser's own button leads to a page that can be read, and asks for no form to be sent again."""
        answer = self.page.go_back()
        assert answer is None or answer.ok
        assert self.page.locator("h1").is_visible()
        self.look()

    def places(self, *, within="main"):
        """The places (sheet, row) that tables on the page name, and the column beside where there is one."""
        rows = self.page.locator(f"{within} tr:has([data-label=位置])").all()
        return Counter(self._place(row) for row in rows)

    @staticmethod
    def _place(row):
        sheet, number = re.match(
            r"(\S+) 第 (\d+) 行", row.locator("[data-label=位置]").text_content()
        ).groups()
        column = row.locator("[data-label=列]")
        return (sheet, int(number), *column.all_text_contents())


# J1: nothing to tell.


@WITH_AND_WITHOUT_JAVASCRIPT
def test_a_nil_return_takes_at_most_three_presses_and_gives_a_receipt(clerk, javascript):
    hand = clerk(javascript=javascript)
    card = hand.card("裁判")
    hand.tick(card.get_by_label("本月确无此项"))
    hand.press(card.get_by_role("button", name="报裁判零通报"), twice=True)
    assert hand.presses <= 3
    hand.look()
    number = RECEIPT.search(hand.text()).group()
    assert "零通报" in hand.card("裁判").locator(".card-state").inner_text()
    assert "零通报" not in hand.card("排庭").locator(".card-state").inner_text()
    assert [told.is_nil for told in Notification.objects.all()] == [True]
    hand.press(hand.card("裁判").get_by_role("link", name=re.compile("回执")))
    hand.look()
    assert number in hand.text(".receipt")
    hand.go_back()
    hand.go_back()
    assert Notification.objects.count() == 1


def test_a_nil_return_from_a_window_opened_before_the_first_is_no_second_record(clerk):
    """What a double click on a slow line does without JavaScript: the same form arrives twice."""
    first = clerk()
    second = Hand(first.page.context.new_page())
    second.page.goto(first.page.url)
    for hand in (first, second):
        hand.tick(hand.card("裁判").get_by_label("本月确无此项"))
    for hand in (first, second):
        hand.press(hand.card("裁判").get_by_role("button", name="报裁判零通报"))
        hand.look()
        assert RECEIPT.search(hand.text())
    assert Notification.objects.count() == 1


# J2: a clean file.

COURT_ROWS = 46
AGENCIES = [
    "滨州市滨城区自然资源局", "滨州市滨城区市场监督管理局", "滨城区公安局", "滨州市滨城区民政局",
    "滨州市滨城区人力资源和社会保障局", "滨州市滨城区综合行政执法局",
]  # fmt: skip


def clean_rows():
    """Hearings of six agencies all over September; of every ninth the head did not come."""
    rows = []
    for serial in range(1, COURT_ROWS + 1):
        told = {"出庭负责人姓名": "方清远", "职务": "副局长", "职级": "副职"}
        came = "否" if serial % 9 == 0 else "是"
        if came == "否":
            told = {"未出庭理由": "公务"}
        told |= {"agency": AGENCIES[serial % len(AGENCIES)], "day": date(2026, 9, 1 + serial % 28)}
        rows.append(appearance(serial, came=came, **told))
    return rows


def wps_workbook():
    """A title over all columns, headers, a running number, dates as dates, and a signature row."""
    book = Workbook()
    book.custom_doc_props.append(StringProperty(name="KSOProductBuildVer", value="2052-12.1.0.19302"))
    sheet = book.active
    sheet.title = "9月出庭"
    headers = ["序号", *APPEARANCES]
    sheet.append(["滨城区人民法院2026年9月行政机关负责人出庭应诉情况统计表"])
    sheet.append(headers)
    for number, row in enumerate(clean_rows(), start=1):
        sheet.append([number, *row])
    sheet.append(["填报人：林书记　　审核人：丁某　　填报日期：2026年10月8日"])
    for row in (1, sheet.max_row):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(headers))
    thin = Side("thin")
    for row in sheet.iter_rows():
        for cell in row:
            cell.font, cell.border = Font(name="宋体", size=11), Border(thin, thin, thin, thin)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if isinstance(cell.value, date):
                cell.number_format = 'yyyy"年"m"月"d"日";@'
    sheet.freeze_panes = "A3"
    return book


def counted(hand):
    """The counts of the one sheet, by the words above them."""
    cells = hand.page.locator("table:has(caption:text('各表行数')) tbody td").all()
    return {cell.get_attribute("data-label"): int(cell.inner_text()) for cell in cells}


@WITH_AND_WITHOUT_JAVASCRIPT
def test_a_clean_file_takes_at_most_five_presses_and_every_day_it_sets_is_explained(clerk, javascript):
    hand = clerk(javascript=javascript)
    hand.upload(wps_workbook(), "9月出庭情况.xlsx", twice=True)
    assert Upload.objects.count() == 1
    assert "检查结果" in hand.text("h1")
    assert "对列" not in hand.text(CURRENT_STAGE)
    assert counted(hand) == {
        "读取": COURT_ROWS + 1, "可导入": COURT_ROWS, "新增": COURT_ROWS, "变更": 0, "无变化": 0, "需修正": 0,
        "忽略": 1, "上次有这次没有": 0,
    }  # fmt: skip
    assert f"可导入 {COURT_ROWS} 行" in hand.text(".check-sum")
    if not javascript:
        hand.press_link("算出将生成、变动的期限和涉及的单位")
        hand.look()
        hand.press_link("回到检查结果")
    hand.press_button(f"提交 {COURT_ROWS} 行", twice=True)
    assert hand.presses <= 5
    hand.look()
    number = RECEIPT.search(hand.text(".receipt")).group()
    assert f"接受 {COURT_ROWS}" in hand.text(".receipt")
    assert AppearanceStatement.objects.count() == COURT_ROWS
    assert_every_deadline_is_explained(hand)
    hand.go_back()
    for again in hand.page.get_by_role("button", name=f"提交 {COURT_ROWS} 行").all():
        hand.press(again)
    assert number in hand.text(".receipt")
    assert Notification.objects.count() == 1
    assert Upload.objects.filter(state=Upload.State.CONFIRMED).count() == 1


def assert_every_deadline_is_explained(hand):
    deadlines = list(Deadline.objects.values_list("pk", flat=True))
    assert deadlines
    for deadline in deadlines:
        answer = hand.page.request.get(urljoin(hand.page.url, f"/deadlines/{deadline}/basis/"))
        assert (answer.status, "期限回执" in answer.text()) == (200, True)


# J3: a file with 25 faults.

MENDED = {("排庭", 8), ("排庭", 9), ("排庭", 10)}
LEFT = {(sheet, row) for sheet, row, _, code in EXPECTED if code in ERRORS} - MENDED


@pytest.fixture
def ambiguous(people):
    """A name that two agencies of the region share."""
    for code in ("371602-GA", "371602-GOV"):
        organisation = Organisation.objects.get(code=code)
        OrganisationAlias.objects.create(organisation=organisation, name=AMBIGUOUS, kind="short")


@pytest.mark.usefixtures("ambiguous")
def test_a_file_with_25_faults_is_put_right_in_part_and_sent_with_at_most_twelve_presses(clerk):
    hand = clerk()
    hand.upload(faulty_workbook(), "三通报.xlsx")
    expected = Counter((sheet, row, column) for sheet, row, column, _ in EXPECTED)
    assert expected.total() == 25
    assert expected - hand.places() == Counter()

    put_right(hand)
    hand.look()
    assert_marked(hand.download("下载错误标注表"))
    good = sum(map(len, ROWS.values())) - len(LEFT)
    hand.press_button(f"先提交 {good} 行，{len(LEFT)} 行暂存待修正", twice=True)
    hand.look()
    assert RECEIPT.search(hand.text(".receipt"))
    assert set(hand.places()) == LEFT
    assert f"尚有 {len(LEFT)} 行待修正" in hand.text()
    hand.go_back()
    assert Upload.objects.filter(state=Upload.State.CONFIRMED).count() == 1

    hand.press(hand.page.get_by_role("link", name=re.compile("^本月通报 ")))
    hand.look()
    hand.press_link("暂存行")
    assert hand.page.url.endswith("/notifications/held/")
    hand.look()
    assert set(hand.places()) == LEFT
    assert hand.presses <= 12
    assert HeldRow.objects.open().count() == len(LEFT)
    assert Upload.objects.filter(state=Upload.State.CONFIRMED).count() == 1
    assert_every_deadline_is_explained(hand)


def put_right(hand):
    """Both names that are not clear and one date, with one form."""
    page = hand.page
    meant = page.get_by_role("group", name=f"“{AMBIGUOUS}”对应到")
    hand.tick(meant.get_by_label("滨州市公安局滨城分局", exact=True))
    hand.write(page.get_by_label(f"“{MISSPELT}”的机关全称"), "滨州市滨城区城乡水务局")
    hand.write(page.get_by_label("排庭 第 10 行开庭日期改为"), "2026-10-30")
    hand.press_button("保存改正，重新检查")
    assert "已重新检查" in hand.text("#page-messages")
    assert {(sheet, row) for sheet, row, _ in hand.places()} & MENDED == set()


def assert_marked(download):
    """The clerk's own workbook, with words beside just the rows in which something is left."""
    assert download.suggested_filename == "三通报-错误标注.xlsx"
    marked = load_workbook(BytesIO(download.path().read_bytes()))
    for name in ROWS:
        beside = {cell.row for cell in marked[name]["A"] if cell.value is not None} - {HEADER_ROW}
        assert marked[name].cell(HEADER_ROW, 1).value == BESIDE
        assert beside == {row for sheet, row, *_ in EXPECTED if sheet == name and (sheet, row) not in MENDED}


@pytest.mark.usefixtures("ambiguous")
def test_names_put_right_in_one_file_are_understood_in_the_next(clerk):
    hand = clerk()
    hand.upload(faulty_workbook())
    put_right(hand)
    hand.press(hand.page.get_by_role("link", name=re.compile("^本月通报 ")))
    hand.press_link("下一月")
    day = "2026-11-12"
    rows = [hearing(201, MISSPELT, day), hearing(202, AMBIGUOUS, day), hearing(203, MISSPELT, day)]
    hand.upload(workbook(排庭=rows))
    assert counted(hand)["可导入"] == 3
    assert hand.places() == Counter()
    hand.press_button("提交 3 行")
    hand.look()
    assert RECEIPT.search(hand.text(".receipt"))
    assert not HeldRow.objects.exists()


# A sheet of the court's own making.

OWN_HEADERS = ["文号", "控告方", "应诉单位", "庭审日", "几点", "承办"]
MEANT = {
    "文号": "案号",
    "控告方": "原告",
    "应诉单位": "被诉行政机关",
    "庭审日": "开庭日期",
    "几点": "开庭时间",
}


def own_workbook(serial, day):
    row = [f"（2026）鲁1602行初{serial}号", "张三", "滨城区公安局", day, "9:00", "丁某"]
    return workbook(安排=[["第一合议庭安排"], OWN_HEADERS, row])


@WITH_AND_WITHOUT_JAVASCRIPT
def test_headers_of_its_own_are_matched_once_and_not_asked_for_in_the_next_month(clerk, javascript):
    hand = clerk(javascript=javascript)
    hand.upload(own_workbook(1, "2026-10-20"), "安排.xlsx")
    assert "对列" in hand.text(CURRENT_STAGE)
    hand.press_link("逐列对应")
    hand.look()
    for header, column in MEANT.items():
        hand.choose(hand.page.get_by_label(header, exact=True), column)
    hand.press_button("保存对应，重新检查", twice=True)
    hand.look()
    assert counted(hand)["可导入"] == 1
    hand.press_button("提交 1 行", twice=True)
    hand.look()
    assert RECEIPT.search(hand.text(".receipt"))
    hand.go_back()
    assert Notification.objects.count() == 1

    hand.press(hand.page.get_by_role("link", name=re.compile("^本月通报 ")))
    hand.press_link("下一月")
    hand.upload(own_workbook(2, "2026-11-20"), "安排.xlsx")
    assert "检查结果" in hand.text("h1")
    assert "对列" not in hand.text(CURRENT_STAGE)
    assert counted(hand)["新增"] == 1


# A file so large that it is checked in the background.


@pytest.fixture
def waiting(monkeypatch, clerk):
    """A clean file that waits, since nobody checks it in the background."""
    monkeypatch.setattr(month, "LARGE_FILE", 0)
    monkeypatch.setattr(tasks, "ask_for_check", lambda upload: None)

    def sent(*, javascript):
        hand = clerk(javascript=javascript)
        hand.upload(wps_workbook(), "9月出庭情况.xlsx")
        assert "正在检查" in hand.text("h1")
        return hand

    return sent


@WITH_AND_WITHOUT_JAVASCRIPT
def test_a_clerk_who_does_not_wait_for_the_background_has_the_file_checked_by_a_press(waiting, javascript):
    hand = waiting(javascript=javascript)
    hand.press_button("不再等待，现在检查", twice=True)
    # The second click may find the check in hand and lead to the page that waits, which looks again by itself.
    hand.page.get_by_role("table", name="各表行数").wait_for()
    hand.look()
    assert counted(hand)["可导入"] == COURT_ROWS
    assert hand.presses <= 2


def test_a_page_that_waits_goes_on_by_itself_when_the_check_is_done(waiting):
    hand = waiting(javascript=True)
    with hand.page.expect_event("load"):
        tasks.check(Upload.objects.get().pk)
    hand.look()
    assert counted(hand)["可导入"] == COURT_ROWS
