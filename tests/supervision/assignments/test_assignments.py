"""转办: a leader hands a case over with a day, the office reports once, and each is told."""

import pytest

from organisations.models import AuditEntry
from supervision.models import Assignment, Message
from tests.factories import CaseFactory, LaneFactory

TEXT = "请查明未出庭原因，督促整改并报告"


@pytest.fixture
def case(reference, today):
    return LaneFactory(case=CaseFactory()).case


@pytest.fixture
def leader(cast, client_of):
    return client_of(cast.leader)


@pytest.fixture
def assigned(case, cast, leader):
    answer = leader.post(f"/cases/{case.pk}/assign/", {"text": TEXT, "due_on": "2026-10-22"})
    assert answer.status_code == 302
    return Assignment.objects.get()


def told(post):
    return [one.text for one in Message.objects.filter(recipient=post, channel="in_app")]


def office_of(assignment, cast):
    """The clerk of the office that got it."""
    posts = (cast.post.office_clerk, cast.post.city_office_clerk)
    return next(post for post in posts if post.organisation_id == assignment.office_id)


def test_a_day_five_working_days_ahead_is_proposed_and_nothing_is_done_by_looking(case, leader):
    page = leader.get(f"/cases/{case.pk}/assign/").content.decode()
    assert 'value="2026-10-22"' in page
    assert not Assignment.objects.exists()


def test_the_office_of_the_leaders_region_is_told_and_has_it_on_its_desk(assigned, cast, client_of):
    post = office_of(assigned, cast)
    assert (assigned.text, str(assigned.due_on), assigned.assigned_by) == (
        TEXT,
        "2026-10-22",
        cast.post.leader,
    )
    assert told(post) == [f"领导转办：{assigned.case.number}，请于 2026-10-22 前报告。{TEXT}"]
    desk = client_of(post.user).get("/desk/").content.decode()
    assert "领导转办、待报告 1 件" in desk


def test_the_office_reports_once_and_the_leader_is_told(assigned, cast, client_of):
    post = office_of(assigned, cast)
    browser, page = client_of(post.user), f"/assignments/{assigned.pk}/"
    assert browser.post(page, {"report": ""}).status_code == 422
    assert browser.post(page, {"report": "已约谈，下次由局长出庭"}).status_code == 302
    assert told(cast.post.leader) == [f"转办事项已报告：{assigned.case.number}。已约谈，下次由局长出庭"]
    again = browser.post(page, {"report": "再报"})
    assert (again.status_code, Assignment.objects.get().report) == (422, "已约谈，下次由局长出庭")
    assert "领导转办" not in browser.get("/desk/").content.decode()
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "assignment.assign", "assignment.report",
    ]  # fmt: skip


def test_only_leaders_hand_over_and_only_that_office_reports(case, assigned, cast, client_of, leader):
    assert client_of(cast.office_clerk).get(f"/cases/{case.pk}/assign/").status_code == 403
    assert leader.post(f"/assignments/{assigned.pk}/", {"report": "自报"}).status_code == 403
    assert client_of(cast.foreign_office_clerk).get(f"/assignments/{assigned.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": "", "due_on": "2026-10-22"}, "请填写要求"),
        ({"text": TEXT, "due_on": "2026-10-14"}, "报告期限不能早于今天（2026-10-15）"),
    ],
)
def test_what_is_wrong_is_said(case, leader, said, words):
    answer = leader.post(f"/cases/{case.pk}/assign/", said)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_running_one_is_shown_before_another_is_made(case, assigned, leader):
    page = leader.get(f"/cases/{case.pk}/assign/").content.decode()
    assert "本案已于 2026-10-15 转办，尚未报告" in page
