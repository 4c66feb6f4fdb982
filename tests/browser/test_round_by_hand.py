"""The round by hand in a real browser: clerk, liaison, office. Nothing leaves the origin or breaks the CSP."""

import re
from datetime import date

import pytest

from binzhou_litigation.demo.samples import WORKBOOKS
from cases.models import Deadline, Lane
from tests.factories import HeadFactory

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def upload(page, month):
    page.set_input_files("input[type=file]", str(WORKBOOKS / f"鲁1602-{month}.xlsx"))
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_load_state()


def test_a_file_goes_in_and_the_agency_signs_names_and_reports(people, visit, files_dir):
    clerk = visit("clerk")
    upload(clerk, "2026-08")
    clerk.get_by_role("button", name=re.compile("提交")).first.click()
    clerk.wait_for_load_state()
    assert re.search(r"TB202608-\d+", clerk.inner_text("main"))

    deadline = Deadline.objects.filter(
        rule="material_receipt", state="open", case__hearings__day__gt=date(2026, 8, 20)
    ).first()
    people.post.liaison.organisation = deadline.organisation
    people.post.liaison.save()
    liaison = visit("liaison", width=390, height=844)
    assert "签收应诉材料" in liaison.inner_text("main")
    liaison.get_by_role("link", name="签收", exact=True).first.click()
    liaison.fill("#id_received_on", "八月初")
    liaison.get_by_role("button", name="签收应诉材料").click()
    assert "收到日期读不出" in liaison.inner_text("main")
    liaison.fill("#id_received_on", "2026-08-03")
    liaison.get_by_role("button", name="签收应诉材料").click()
    liaison.wait_for_load_state()
    assert "已签收" in liaison.inner_text("main")
    assert Lane.objects.get(pk=deadline.lane_id).service_receipt.received_on == date(2026, 8, 3)

    liaison.get_by_role("link", name="怎么算的").first.click()
    liaison.wait_for_selector(".basis")
    assert "期限回执" in liaison.inner_text(".basis")
    assert liaison.evaluate("document.documentElement.scrollWidth") <= 390

    HeadFactory(organisation=deadline.organisation, position="副局长", kind="deputy")
    liaison.get_by_role("link", name="确定", exact=True).first.click()
    liaison.get_by_label("方清远（副局长）").check()
    liaison.get_by_role("button", name="确定出庭负责人").click()
    liaison.wait_for_load_state()
    assert "方清远（副局长）" in liaison.inner_text("main")


def test_without_javascript_a_file_goes_in_all_the_same(people, visit, files_dir):
    clerk = visit("clerk", javascript=False)
    clerk.get_by_role("link", name="上一月").click()
    clerk.wait_for_load_state()
    upload(clerk, "2026-07")
    clerk.get_by_role("button", name=re.compile("提交")).first.click()
    clerk.wait_for_load_state()
    assert re.search(r"TB202607-\d+", clerk.inner_text("main"))


def test_the_office_sees_the_board_and_urges_once_a_day(people, visit, files_dir):
    clerk = visit("clerk")
    upload(clerk, "2026-08")
    clerk.get_by_role("button", name=re.compile("提交")).first.click()
    clerk.wait_for_load_state()
    office = visit("office_clerk")
    office.get_by_role("link", name="期限", exact=True).first.click()
    for _ in range(2):
        office.locator("input[name=deadline]").first.check()
        office.get_by_role("button", name="发催报提醒").click()
        office.wait_for_load_state()
        if send := office.get_by_role("button", name=re.compile("发出 1 项催报")).all():
            send[0].click()
            office.wait_for_load_state()
            assert "已发出 1 项催报" in office.inner_text("main")
            office.goto(office.url.split("?")[0])
    assert "今天都已提醒过" in office.inner_text("main")
