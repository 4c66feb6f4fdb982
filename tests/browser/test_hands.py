"""Hands: the keyboard in lists and queues, and the thumb on a phone."""

from datetime import date

import pytest

from cases.deadlines.sync import sync_deadlines
from cases.law import current_law
from cases.models import Paper, PaperDelivery
from organisations.authors import Author
from tests.factories import (
    MOMENT,
    CaseFactory,
    HearingFactory,
    LaneFactory,
    PaperDeliveryFactory,
    PaperFactory,
    SourceFactory,
    organisation,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def day():
    return date(2026, 10, 15)


@pytest.fixture
def lanes(people):
    """Three cases, told by the court on 13 October."""
    source = SourceFactory(stated_at=MOMENT.replace(day=13))
    lanes = [LaneFactory(case=CaseFactory(source=source), source=source) for _ in range(3)]
    HearingFactory(case=lanes[0].case, day=date(2026, 10, 28), source=source)
    sync_deadlines([lane.pk for lane in lanes], law=current_law(), author=Author(MOMENT), reason="排庭")
    return lanes


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_j_and_k_walk_through_the_rows_and_stop_at_both_ends(lanes, people, visit, live_server):
    page = visit(people.liaison.username)
    page.goto(f"{live_server.url}/cases/")
    numbers = page.locator("tbody tr a").all_inner_texts()
    seen = []
    for key in "jjjjkkk":
        page.keyboard.press(key)
        seen.append(focused(page))
    assert seen == [numbers[i] for i in (0, 1, 2, 2, 1, 0, 0)]
    page.keyboard.press("x")
    assert page.locator("tbody input:checked").count() == 1
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("h1") == numbers[0]


def test_keys_are_only_letters_while_somebody_types(lanes, people, visit, live_server):
    page = visit(people.liaison.username)
    page.goto(f"{live_server.url}/cases/")
    page.keyboard.press("/")
    page.keyboard.type("jkxe?")
    assert page.locator("[data-shortcut='/']").input_value() == "jkxe?"


def test_a_question_mark_leads_to_the_list_of_keys(lanes, people, visit, live_server):
    page = visit(people.liaison.username)
    page.goto(f"{live_server.url}/cases/")
    with page.expect_navigation():
        page.keyboard.press("?")
    assert page.url.endswith("/help/#help-keys")


def test_single_keys_can_be_switched_off_and_on_again(lanes, people, visit, live_server):
    page = visit(people.liaison.username)
    for label, moves in (("关闭单键快捷键", False), ("打开单键快捷键", True)):
        page.goto(f"{live_server.url}/messages/settings/")
        with page.expect_navigation():
            page.get_by_role("button", name=label).click()
        page.goto(f"{live_server.url}/cases/")
        page.keyboard.press("j")
        assert (focused(page) == page.locator("tbody tr a").first.inner_text()) is moves


def test_r_marks_the_row_of_the_reading_box_as_read(lanes, people, visit, live_server):
    paper = PaperFactory(lane=lanes[0], kind=Paper.Kind.JUDGMENT_FILING, submitted_by=people.post.liaison)
    PaperDeliveryFactory(paper=paper, recipient=organisation("371602-SF"))
    page = visit(people.office_clerk.username)
    page.goto(f"{live_server.url}/filings/?new=1")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("r")
    assert PaperDelivery.objects.get().opened_at


def test_on_a_phone_the_next_act_stays_under_the_thumb_and_the_later_steps_are_folded(
    lanes, people, visit, live_server
):
    page = visit(people.liaison.username, **PHONE)
    page.goto(f"{live_server.url}/cases/{lanes[0].case_id}/")
    button = page.locator(".phone-action")
    for _ in range(2):
        box = button.bounding_box()
        assert box["height"] >= 44
        assert box["width"] > 300
        assert box["y"] + box["height"] <= page.locator(".bottom-bar").bounding_box()["y"]
        page.mouse.wheel(0, 5000)
        page.wait_for_timeout(200)
    last = page.locator("main > *:visible").last.bounding_box()
    assert last["y"] + last["height"] <= button.bounding_box()["y"]
    more = page.get_by_role("button", name="其余")
    hidden = int("".join(filter(str.isdigit, more.inner_text())))
    shown = page.locator(".steps tbody tr:visible:not(.basis-row)").count()
    more.click()
    assert page.locator(".steps tbody tr:visible:not(.basis-row)").count() == shown + hidden
