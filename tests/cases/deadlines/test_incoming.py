"""来文登记 and 办结登记: what a paper starts, when it is done, what is asked of whom."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.case_page.steps import status_of
from cases.deadlines import completion, incoming, orders
from cases.deadlines.completion import Done
from cases.deadlines.incoming import Received
from cases.deadlines.sync import sync_deadlines
from cases.models import Completion, Deadline, Incoming
from organisations.models import AuditEntry
from tests.factories import at, organisation

pytestmark = pytest.mark.django_db
LETTER_DAY = date(2026, 10, 12)


def oct_(day):
    return date(2026, 10, day)


@pytest.fixture
def register(cast, law):
    def registered(kind="letter_received", received=LETTER_DAY, document="滨建〔2026〕3号", **whose):
        author = at(oct_(15), cast.post.liaison)
        return incoming.register_incoming(Received(kind, received, document), author=author, law=law, **whose)

    return registered


@pytest.fixture
def complete(cast, law):
    def completed(deadline, done_on, on=None, late_reason=""):
        told = Done(done_on, "已书面回复", late_reason)
        return completion.complete(deadline, told, author=at(on or done_on, cast.post.liaison), law=law)

    return completed


def reply(**whose):
    return Deadline.objects.get(rule="letter_reply", **whose)


# Every kind, the rule it starts, and a day that meets a holiday (docs/rules.md §3).
STARTED = [
    ("judicial_advice_received", date(2026, 8, 31), "judicial_advice_reply", date(2026, 11, 2)),
    ("advice_on_norms_received", date(2026, 8, 3), "advice_on_norms_reply", date(2026, 10, 8)),
    ("letter_received", date(2026, 10, 12), "letter_reply", date(2026, 10, 15)),
    ("bulletin_received", date(2026, 9, 28), "rectification", date(2026, 10, 10)),
    ("retrial_copy_received", date(2026, 6, 5), "retrial_opinion", date(2026, 6, 22)),
    ("obstacle_ended", date(2026, 9, 22), "evidence_after_obstacle", date(2026, 10, 8)),
    (
        "payment_claim_received",
        date(2026, 9, 25),
        "obligation_compensation_forward",
        date(2026, 10, 8),
    ),
    ("payment_application_received", date(2026, 4, 20), "obligation_compensation_pay", date(2026, 5, 6)),
]


def test_the_table_names_every_kind():
    assert {row[0] for row in STARTED} == set(Incoming.Kind.values)


@pytest.mark.parametrize(("kind", "received", "rule", "day"), STARTED)
def test_a_paper_in_a_lane_starts_exactly_what_names_it(lane, register, kind, received, rule, day):
    paper = register(kind, received, lane=lane)
    (found,) = Deadline.objects.filter(subject=f"incoming:{paper.pk}")
    assert (found.rule, found.starts_on, found.due_on, found.original_due_on) == (rule, received, day, day)
    assert (found.lane, found.case, found.organisation) == (lane, lane.case, lane.organisation)
    assert (found.is_duty, found.matter, found.computation["proof"]) == (True, str(paper), "滨建〔2026〕3号")


@pytest.mark.parametrize(("kind", "received", "rule", "day"), STARTED)
def test_a_paper_to_an_organisation_as_a_whole_starts_the_same(cast, register, kind, received, rule, day):
    own = cast.post.liaison.organisation
    paper = register(kind, received, organisation=own)
    found = Deadline.objects.get()
    assert (found.rule, found.due_on, found.organisation, found.case) == (rule, day, own, None)
    assert found.about == str(paper)


def test_a_paper_from_before_the_rule_starts_nothing(lane, register):
    register("judicial_advice_received", date(2023, 11, 15), lane=lane)
    assert not Deadline.objects.filter(rule="judicial_advice_reply").exists()
    register("judicial_advice_received", date(2023, 11, 16), "另一份", lane=lane)
    assert Deadline.objects.get(rule="judicial_advice_reply").due_on == date(2024, 1, 16)


def test_the_same_paper_is_taken_once_and_a_second_one_beside_it(lane, register):
    register(lane=lane)
    with pytest.raises(ValidationError, match="这份来文已经登记过") as refused:
        register(received=oct_(13), lane=lane)
    assert list(refused.value.message_dict) == ["document"]
    register(document="滨建〔2026〕4号", lane=lane)
    register(kind="bulletin_received", lane=lane)
    register(organisation=lane.organisation)
    assert Incoming.objects.count() == 4
    assert Deadline.objects.filter(subject__startswith="incoming:").count() == 4


def test_a_paper_is_not_received_tomorrow(lane, register):
    with pytest.raises(ValidationError, match=r"收到日期不能晚于今天（2026-10-15）"):
        register(received=oct_(16), lane=lane)


@pytest.mark.parametrize("of_lane", [True, False])
def test_a_withdrawn_paper_asks_for_nothing_any_more_and_may_be_registered_again(
    lane, register, cast, law, of_lane
):
    whose = {"lane": lane} if of_lane else {"organisation": lane.organisation}
    paper = register(**whose)
    orders.withdraw(paper, author=at(oct_(15), cast.post.office_clerk), law=law)
    paper.refresh_from_db()
    assert (reply().state, paper.withdrawn_by) == ("void", cast.post.office_clerk)
    assert AuditEntry.objects.filter(verb="deadline.withdraw").count() == 1
    again = register(**whose)
    assert reply(subject=f"incoming:{again.pk}").state == "open"


@pytest.mark.parametrize("of_lane", [True, False])
def test_done_in_time_needs_no_reason(lane, register, complete, of_lane):
    register(**({"lane": lane} if of_lane else {"organisation": lane.organisation}))
    complete(reply(), oct_(15), on=oct_(20))  # noted later, done in time
    found = reply()
    assert (found.state, found.met_on, found.late_reason) == ("met", oct_(15), "")
    assert status_of(found, today=oct_(20)).word == "完成 10-15"


@pytest.mark.parametrize("of_lane", [True, False])
def test_done_late_is_accepted_with_the_reason_and_stays_late(lane, register, complete, of_lane):
    register(**({"lane": lane} if of_lane else {"organisation": lane.organisation}))
    with pytest.raises(
        ValidationError, match=r"已超过规定期限 1 天（应于 2026-10-15），请说明原因"
    ) as refused:
        complete(reply(), oct_(16))
    assert list(refused.value.message_dict) == ["late_reason"]
    assert (reply().state, Completion.objects.count()) == ("open", 0)
    complete(reply(), oct_(16), late_reason="局长外出，次日签批")
    found = reply()
    assert (found.state, found.met_on, found.late_reason) == ("met", oct_(16), "局长外出，次日签批")
    assert status_of(found, today=oct_(20)).word == "完成（逾期 1 天）"
    assert found not in Deadline.objects.overdue(on=oct_(20))


@pytest.mark.parametrize("done_on", [oct_(11), oct_(17)])
def test_nothing_is_done_before_it_began_nor_tomorrow(lane, register, complete, done_on):
    register(lane=lane)
    with pytest.raises(ValidationError, match="办结日期须在 2026-10-12 至今天（2026-10-16）之间"):
        complete(reply(), done_on, on=oct_(16))


def test_a_duty_is_done_once_and_a_withdrawn_completion_opens_it_again(lane, register, complete, cast, law):
    register(lane=lane)
    done = complete(reply(), oct_(14))
    with pytest.raises(ValidationError, match="已完成，不需要登记"):
        complete(reply(), oct_(15))
    orders.withdraw(done, author=at(oct_(16), cast.post.office_clerk), law=law)
    assert (reply().state, reply().met_on, reply().late_reason) == ("open", None, "")
    complete(reply(), oct_(15), on=oct_(16))
    assert (reply().met_on, Completion.objects.count()) == (oct_(15), 2)


def test_what_has_its_own_paper_is_not_done_by_a_plain_word(lane, complete, law):
    sync_deadlines([lane.pk], law=law, author=at(oct_(15)), reason="通报")
    with pytest.raises(ValidationError, match="有专门的办理页面"):
        complete(Deadline.objects.get(rule="material_receipt"), oct_(15))


# The pages.

PAPER = {
    "kind": "letter_received",
    "document": "滨建〔2026〕3号",
    "received_on": "2026-10-12",
    "note": "要求书面回复",
}


def test_an_agency_registers_a_paper_to_itself_after_seeing_what_it_starts(cast, client_of, today):
    browser = client_of(cast.liaison)
    preview = browser.post("/incoming/", PAPER)
    page = preview.content.decode()
    assert preview.status_code == 200
    for words in ("建议书回执", "新增", "2026-10-15", "确认来文登记", "要求书面回复"):
        assert words in page
    assert not Incoming.objects.exists()
    assert browser.post("/incoming/", PAPER | {"confirmed": "1"}).url == "/deadlines/"
    found = reply()
    assert (found.organisation, found.lane, found.due_on) == (
        cast.post.liaison.organisation,
        None,
        oct_(15),
    )
    again = browser.post("/incoming/", PAPER | {"confirmed": "1"})
    assert (again.status_code, "这份来文已经登记过" in again.content.decode()) == (422, True)


def test_a_paper_in_a_lane_is_registered_on_the_lane_s_page(lane, cast, client_of, today):
    done = client_of(cast.liaison).post(f"/lanes/{lane.pk}/incoming/", PAPER | {"confirmed": "1"})
    assert (done.status_code, done.url) == (302, f"/cases/{lane.case_id}/")
    assert reply().lane == lane


IN_LANE = [
    ("office_clerk", 200),
    ("other_liaison", 404),
    ("foreign_office_clerk", 404),
    ("without_post", 404),
    ("clerk", 403),
    ("agency_head", 403),
    ("leader", 403),
    ("supervision", 403),
]


@pytest.mark.parametrize(("part", "status"), IN_LANE)
def test_who_registers_a_paper_in_a_lane(lane, cast, client_of, today, part, status):
    assert client_of(getattr(cast, part)).post(f"/lanes/{lane.pk}/incoming/", PAPER).status_code == status


@pytest.mark.parametrize(
    ("part", "status"),
    [("liaison", 200), ("supervision", 200), ("office_clerk", 200), ("clerk", 403), ("leader", 403)],
)
def test_who_registers_a_paper_to_the_own_organisation(cast, client_of, today, part, status):
    assert client_of(getattr(cast, part)).post("/incoming/", PAPER).status_code == status


FAULTS = [
    ({"kind": ""}, "请选择来文。"),
    ({"document": ""}, "请填写文号或名称。"),
    ({"received_on": "昨天"}, "收到日期读不出，请写作 2026-10-28。"),
    ({"received_on": "2026-10-16"}, "收到日期不能晚于今天（2026-10-15）"),
]


@pytest.mark.parametrize(("changed", "words"), FAULTS)
def test_bad_input_comes_back_in_chinese_with_everything_typed(cast, client_of, today, changed, words):
    data = PAPER | changed | {"confirmed": "1"}
    answer = client_of(cast.liaison).post("/incoming/", data)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    for name in ("document", "received_on", "note"):
        assert data[name] in page
    assert not Incoming.objects.exists()


DONE = {"done_on": "2026-10-15", "how": "已书面回复司法局", "late_reason": ""}


def test_the_agency_s_reply_to_a_letter_is_registered_on_its_page(lane, register, cast, client_of, today):
    register(lane=lane)
    browser = client_of(cast.liaison)
    board = browser.get("/deadlines/").content.decode()
    assert f"/deadlines/{reply().pk}/complete/" in board
    answer = browser.post(f"/deadlines/{reply().pk}/complete/", DONE)
    assert (answer.status_code, answer.url) == (302, f"/cases/{lane.case_id}/")
    assert (reply().state, reply().met_on) == ("met", oct_(15))
    shown = client_of(cast.office_clerk).get(f"/deadlines/{reply().pk}/basis/").content.decode()
    assert "已书面回复司法局" in shown


def test_a_late_reply_asks_for_its_reason_and_keeps_what_was_typed(lane, register, cast, client_of, today):
    register(received=oct_(9), lane=lane)  # 10-10, 12, 13
    assert reply().due_on == oct_(13)
    answer = client_of(cast.liaison).post(f"/deadlines/{reply().pk}/complete/", DONE)
    page = answer.content.decode()
    assert (answer.status_code, "已超过规定期限 2 天（应于 2026-10-13）" in page) == (422, True)
    assert "已书面回复司法局" in page


COMPLETERS = [
    ("office_clerk", 302),
    ("other_liaison", 404),
    ("foreign_office_clerk", 404),
    ("clerk", 404),
    ("agency_head", 403),
    ("supervision", 403),
    ("leader", 403),
]


@pytest.mark.parametrize(("part", "status"), COMPLETERS)
def test_who_registers_that_a_duty_was_done(lane, register, cast, client_of, today, part, status):
    register(lane=lane)
    answer = client_of(getattr(cast, part)).post(f"/deadlines/{reply().pk}/complete/", DONE)
    assert answer.status_code == status
    assert reply().state == ("met" if status == 302 else "open")


def test_a_paper_registered_by_mistake_can_be_withdrawn_from_the_page_of_its_deadline(
    lane, register, cast, client_of, today
):
    paper = register(lane=lane)
    browser = client_of(cast.office_clerk)
    withdraw = f"/registered/incoming/{paper.pk}/withdraw/"
    assert client_of(cast.liaison).post(withdraw, {"confirmed": "1"}).status_code == 403
    assert client_of(cast.foreign_office_clerk).post(withdraw, {"confirmed": "1"}).status_code == 404
    page = browser.get(f"/deadlines/{reply().pk}/basis/").content.decode()
    assert withdraw in page
    assert browser.post(withdraw, {"confirmed": "1"}).url == f"/deadlines/{reply().pk}/basis/"
    assert reply().state == "void"


def test_the_withdrawal_of_a_paper_to_another_organisation_is_found_by_its_own_office_only(
    register, cast, client_of, today
):
    paper = register(organisation=organisation("371625-ZRZY"))
    withdraw = f"/registered/incoming/{paper.pk}/withdraw/"
    assert client_of(cast.office_clerk).post(withdraw, {"confirmed": "1"}).status_code == 404
    assert client_of(cast.foreign_office_clerk).post(withdraw, {"confirmed": "1"}).status_code == 302
