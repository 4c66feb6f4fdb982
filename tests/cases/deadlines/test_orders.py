"""中止、恢复、延期、另定、免除 and their withdrawal: what each does to the day, and what stays on record of it."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.deadlines import incoming, orders
from cases.deadlines.incoming import Received
from cases.deadlines.orders import Order
from cases.deadlines.rehearsal import concerned_by, rehearse
from cases.deadlines.sync import sync_deadlines
from cases.material import signing
from cases.models import Deadline, DeadlineChange, DeadlineOrder
from cases.papers import submission
from organisations.models import AuditEntry, StoredFile
from supervision.models import Reminder
from supervision.sweep.sweeping import urge_due
from tests.factories import HearingFactory, LaneFactory, at

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 10, 15)
DOCUMENT = "中止诉讼裁定书（2026）鲁1602行初12号"


def oct_(day):
    return date(2026, 10, day)


def nov(day):
    return date(2026, 11, day)


@pytest.fixture
def lane(cast, law):
    """Material received on 10-13: the answer ends on 10-28, the report on 11-02 (11-02 is a Monday)."""
    found = LaneFactory()
    sign(found, cast, law, oct_(13))
    return found


def sign(lane, cast, law, received, period=None):
    author = at(received, cast.post.liaison)
    signing.sign_for_material(
        lane, received_on=received, method="direct", period=period, author=author, law=law
    )  # fmt: skip


def due(lane, rule="answer"):
    return Deadline.objects.get(lane=lane, rule=rule)


def told(kind, **days):
    return Order(kind=kind, ground="court", document=DOCUMENT, **days)


@pytest.fixture
def act(cast, law):
    """What the office clerk orders on a day about a deadline."""

    def ordered(deadline, kind, on=THURSDAY, **days):
        return orders.order(deadline, told(kind, **days), author=at(on, cast.post.office_clerk), law=law)

    return ordered


@pytest.fixture
def resume(cast, law):
    def resumed(deadline, last, on):
        author = at(on, cast.post.office_clerk)
        return orders.resume(deadline, last=last, document="恢复审理通知书", author=author, law=law)

    return resumed


PAUSES = [
    (oct_(14), oct_(18), nov(2), nov(9)),  # 5 days: 10-28 → 11-02; the report 11-07, a Saturday → 11-09
    (oct_(14), oct_(16), nov(2), nov(9)),  # 3 days: 10-31, a Saturday → 11-02
    (oct_(15), oct_(24), nov(9), nov(16)),  # 10 days: 11-07, a Saturday → 11-09; 11-14 → 11-16
    (oct_(28), oct_(28), oct_(29), nov(3)),  # the last day itself
]


@pytest.mark.parametrize(("first", "last", "answer", "report"), PAUSES)
def test_a_pause_moves_the_day_by_the_days_it_lasted_and_the_report_with_it(
    lane, act, resume, first, last, answer, report
):
    act(due(lane), "pause", on=first, first=first)
    for rule, day in (("answer", oct_(28)), ("defence_report", nov(2))):
        assert (due(lane, rule).state, due(lane, rule).due_on) == ("suspended", day)
    resume(due(lane), last, date.fromordinal(last.toordinal() + 1))
    for rule, day, original in (("answer", answer, oct_(28)), ("defence_report", report, nov(2))):
        found = due(lane, rule)
        assert (found.state, found.due_on, found.original_due_on) == ("open", day, original)
    assert due(lane).computation["pauses"] == [
        {"first": str(first), "last": str(last), "ground": f"人民法院准许或者决定，{DOCUMENT}"}
    ]


def test_a_pause_on_the_last_day_moves_it_also_where_that_day_was_rolled_over(cast, law, act, resume):
    """Received 10-09: nominal end Saturday 10-24, so the period ends on Monday 10-26, the first day paused."""
    lane = LaneFactory()
    sign(lane, cast, law, oct_(9))
    assert due(lane).due_on == oct_(26)
    act(due(lane), "pause", on=oct_(26), first=oct_(26))
    resume(due(lane), oct_(28), oct_(29))
    assert due(lane).due_on == oct_(29)


def test_in_a_period_of_working_days_only_the_paused_working_days_move_the_day(lane, cast, law, act, resume):
    author = at(oct_(12), cast.post.liaison)
    letter = Received("letter_received", oct_(12), "建议书1号")
    incoming.register_incoming(letter, lane=lane, author=author, law=law)
    assert due(lane, "letter_reply").due_on == oct_(15)
    act(due(lane, "letter_reply"), "pause", on=oct_(15), first=oct_(14))
    resume(due(lane, "letter_reply"), oct_(15), oct_(16))
    assert due(lane, "letter_reply").due_on == oct_(19)  # 13, 16, 19 are counted


def test_two_pauses_one_after_the_other_add_up(lane, act, resume):
    act(due(lane), "pause", on=oct_(14), first=oct_(14))
    resume(due(lane), oct_(15), oct_(16))
    assert due(lane).due_on == oct_(30)
    act(due(lane), "pause", on=oct_(30), first=oct_(30))
    resume(due(lane), nov(2), nov(3))
    assert due(lane).due_on == nov(3)  # 10-28 + 2 + 4


def test_a_pause_after_an_extension_moves_the_extended_day(lane, act, resume):
    act(due(lane), "extend", ends_on=nov(5))
    act(due(lane), "pause", on=oct_(20), first=oct_(20))
    resume(due(lane), oct_(24), oct_(25))
    assert due(lane).due_on == nov(10)
    assert due(lane).computation["set_by"]["ends_on"] == "2026-11-10"


def test_nobody_is_urged_while_the_clock_stands(lane, act, law):
    act(due(lane), "pause", first=oct_(14))
    urge_due(on=nov(20), author=at(nov(20)), law=law)
    assert not Reminder.objects.filter(deadline__rule__in=["answer", "defence_report"]).exists()
    assert Reminder.objects.filter(deadline__rule="leader_report").exists()


def test_an_extension_moves_the_day_and_the_report_and_keeps_the_original(lane, act):
    act(due(lane), "extend", ends_on=nov(10))
    assert (due(lane).due_on, due(lane).original_due_on) == (nov(10), oct_(28))
    report = due(lane, "defence_report")
    assert (report.due_on, report.original_due_on) == (nov(16), nov(2))  # 11-15 is a Sunday
    assert due(lane).computation["set_by"] == {
        "ends_on": "2026-11-10",
        "ground": f"延期（人民法院准许或者决定，{DOCUMENT}）",
    }


@pytest.mark.parametrize("ends_on", [oct_(28), oct_(27), oct_(14)])
def test_an_extension_that_is_not_later_is_refused(lane, act, ends_on):
    with pytest.raises(ValidationError, match="须晚于现届满日（2026-10-28）") as refused:
        act(due(lane), "extend", ends_on=ends_on)
    assert list(refused.value.message_dict) == ["ends_on"]
    assert not DeadlineOrder.objects.exists()


def test_another_day_may_be_earlier_but_not_before_the_start(lane, act):
    act(due(lane), "set", ends_on=oct_(22))
    assert due(lane).due_on == oct_(22)
    assert due(lane, "defence_report").due_on == oct_(27)
    with pytest.raises(ValidationError, match="不能早于起算日（2026-10-13）"):
        act(due(lane), "set", ends_on=oct_(12))


@pytest.mark.parametrize("kind", ["extend", "set"])
def test_an_order_of_a_day_asks_for_the_day(lane, act, kind):
    with pytest.raises(ValidationError, match="请填写新的届满日"):
        act(due(lane), kind)


def test_a_waived_duty_is_neither_open_nor_late_nor_urged(lane, act, law):
    act(due(lane, "leader_report"), "waive")
    assert (due(lane, "leader_report").state, due(lane, "leader_report").due_on) == ("waived", oct_(14))
    assert due(lane, "leader_report") not in Deadline.objects.overdue(on=nov(30))
    assert due(lane).state == "open"


def test_what_was_withdrawn_counts_no_more_and_stays_on_record(lane, act, cast, law):
    first = act(due(lane), "extend", ends_on=nov(5))
    second = act(due(lane), "extend", on=oct_(16), ends_on=nov(10))
    author = at(oct_(19), cast.post.office_head)
    orders.withdraw(second, author=author, law=law)
    assert due(lane).due_on == nov(5)
    orders.withdraw(first, author=author, law=law)
    assert (due(lane).due_on, due(lane, "defence_report").due_on) == (oct_(28), nov(2))
    assert "orders" not in due(lane).computation
    assert "set_by" not in due(lane).computation
    assert DeadlineOrder.objects.filter(withdrawn_by=cast.post.office_head).count() == 2
    moves = due(lane).changes.order_by("pk").values_list("old_due_on", "new_due_on")
    assert list(moves) == [(oct_(28), nov(5)), (nov(5), nov(10)), (nov(10), nov(5)), (nov(5), oct_(28))]


@pytest.mark.parametrize("kind", ["pause", "waive"])
def test_withdrawing_a_pause_or_a_waiver_opens_the_duty_again(lane, act, cast, law, kind):
    made = act(due(lane), kind, **({"first": oct_(14)} if kind == "pause" else {}))
    orders.withdraw(made, author=at(oct_(16), cast.post.office_clerk), law=law)
    assert (due(lane).state, due(lane).due_on) == ("open", oct_(28))
    assert due(lane, "defence_report").state == "open"


def test_a_second_press_of_withdraw_changes_nothing(lane, act, cast, law):
    made = act(due(lane), "extend", ends_on=nov(5))
    for day in (16, 19):
        orders.withdraw(made, author=at(oct_(day), cast.post.office_clerk), law=law)
    made.refresh_from_db()
    assert made.withdrawn_at == at(oct_(16)).at
    assert AuditEntry.objects.filter(verb="deadline.withdraw").count() == 1


def test_a_pause_withdrawn_after_the_duty_was_met_counts_no_more_for_it_either(lane, act, resume, cast, law):
    """A correction reaches closed matters: without the pause, what was done on 10-30 was two days late."""
    made = act(due(lane), "pause", on=oct_(14), first=oct_(14))
    resume(due(lane), oct_(18), oct_(19))
    report = submission.Submission(
        kind="defence_report", content={"summary": "…", "evidence_filed_on": "2026-10-30"}, key="k"
    )
    submission.submit(lane, report, author=at(oct_(30), cast.post.liaison), law=law)
    assert (due(lane).state, due(lane).met_on, due(lane).due_on) == ("met", oct_(30), nov(2))
    orders.withdraw(made, author=at(nov(3), cast.post.office_clerk), law=law)
    assert due(lane).due_on == oct_(28)
    assert due(lane).met_on == oct_(30)
    assert "orders" not in due(lane).computation


def test_pauses_do_not_overlap(lane, act, resume):
    act(due(lane), "pause", on=oct_(16), first=oct_(16))
    with pytest.raises(ValidationError, match="重叠"):
        act(due(lane), "pause", on=oct_(20), first=oct_(20))
    resume(due(lane), oct_(20), oct_(21))
    for first, last in ((oct_(20), oct_(22)), (oct_(14), oct_(16)), (oct_(17), oct_(18))):
        with pytest.raises(ValidationError, match="重叠"):
            act(due(lane), "pause", on=oct_(23), first=first, last=last)
    act(due(lane), "pause", on=oct_(23), first=oct_(21), last=oct_(22))
    assert due(lane).due_on == nov(4)  # 10-28 + 5 + 2


OUTSIDE = [
    (oct_(12), None, "first", "2026-10-13 至 2026-10-28"),
    (oct_(29), None, "first", "期满之后没有可中止的期间"),
    (None, None, "first", "请填写中止自哪一天起"),
    (oct_(14), oct_(16), "last", "须在中止之日至今天（2026-10-15）之间"),
    (oct_(15), oct_(14), "last", "须在中止之日至今天"),
]


@pytest.mark.parametrize(("first", "last", "field", "words"), OUTSIDE)
def test_a_pause_lies_inside_the_period_and_not_ahead(lane, act, first, last, field, words):
    with pytest.raises(ValidationError) as refused:
        act(due(lane), "pause", first=first, last=last)
    assert words in refused.value.message_dict[field][0]
    assert (DeadlineOrder.objects.count(), due(lane).state) == (0, "open")


def test_only_what_is_paused_can_be_resumed_and_not_before_it_began(lane, act, resume):
    with pytest.raises(ValidationError, match="没有中止"):
        resume(due(lane), oct_(15), oct_(15))
    act(due(lane), "pause", first=oct_(15))
    for last in (oct_(14), oct_(20)):
        with pytest.raises(ValidationError, match="须在中止之日（2026-10-15）至今天（2026-10-19）之间"):
            resume(due(lane), last, oct_(19))


@pytest.mark.parametrize(("state", "word"), [("met", "已完成"), ("waived", "免除"), ("void", "不再适用")])
@pytest.mark.parametrize("kind", ["pause", "extend", "set", "waive"])
def test_closed_deadlines_refuse_orders(lane, act, state, word, kind):
    Deadline.objects.filter(pk=due(lane).pk).update(state=state, met_on=oct_(14) if state == "met" else None)
    days = {"pause": {"first": oct_(14)}, "waive": {}}.get(kind, {"ends_on": nov(10)})
    with pytest.raises(ValidationError, match=f"该期限{word}，不能再办理变更"):
        act(due(lane), kind, **days)
    assert not DeadlineOrder.objects.exists()


@pytest.mark.parametrize(("kind", "ends_on"), [("extend", nov(10)), ("set", oct_(22))])
def test_a_moved_day_leaves_reason_and_person_in_the_history(lane, act, cast, kind, ends_on):
    act(due(lane), kind, ends_on=ends_on)
    change = due(lane).changes.get()
    assert (change.old_due_on, change.new_due_on) == (oct_(28), ends_on)
    assert (change.by, change.at) == (cast.post.office_clerk, at(oct_(15)).at)
    assert DOCUMENT in change.reason
    assert change.old_computation["due_on"] == "2026-10-28"
    assert due(lane, "defence_report").changes.get().by == cast.post.office_clerk


def test_a_resumed_clock_leaves_reason_and_person_in_the_history(lane, act, resume, cast):
    act(due(lane), "pause", first=oct_(14))
    resume(due(lane), oct_(18), oct_(19))
    for rule in ("answer", "defence_report"):
        change = due(lane, rule).changes.get()
        assert (change.reason, change.by) == ("恢复计时（恢复审理通知书）", cast.post.office_clerk)


ORDERS = [
    ("pause", {"first": oct_(14)}, "中止计时"),
    ("extend", {"ends_on": nov(10)}, "延期"),
    ("set", {"ends_on": oct_(22)}, "另定期限"),
    ("waive", {}, "免除"),
]


@pytest.mark.parametrize(("kind", "days", "label"), ORDERS)
def test_the_receipt_and_the_trail_tell_of_every_order(lane, act, cast, kind, days, label):
    act(due(lane), kind, **days)
    (noted,) = due(lane).computation["orders"]
    assert noted == {
        "kind": kind,
        "label": label,
        "ground": "人民法院准许或者决定",
        "document": DOCUMENT,
        "reason": "",
        "by": str(cast.post.office_clerk),
        "at": noted["at"],
        **{name: str(day) for name, day in days.items()},
    }
    assert datetime.fromisoformat(noted["at"]) == at(oct_(15)).at
    entry = AuditEntry.objects.get(verb=f"deadline.{kind}")
    assert DOCUMENT in entry.summary
    assert due(lane).original_due_on == oct_(28)


def everything():
    rows = (DeadlineOrder, DeadlineChange, AuditEntry, StoredFile)
    kept = Deadline.objects.order_by("pk").values_list("pk", "due_on", "state", "computation", "look_on")
    return [model.objects.count() for model in rows], list(kept)


def test_the_rehearsal_tells_every_move_and_writes_nothing(lane, act, cast):
    before = everything()
    author = at(oct_(15), cast.post.office_clerk)
    moves = rehearse(
        lambda: act(due(lane), "extend", ends_on=nov(10)), author=author, concerned=concerned_by(due(lane))
    )
    assert sorted((m.deadline.rule, m.old, m.new, m.state) for m in moves) == [
        ("answer", oct_(28), nov(10), "进行中"),
        ("defence_report", nov(2), nov(16), "进行中"),
    ]
    assert everything() == before


def test_the_rehearsal_of_a_pause_tells_that_both_stand_still(lane, act, cast):
    moves = rehearse(
        lambda: act(due(lane), "pause", first=oct_(14)),
        author=at(oct_(15)),
        concerned=concerned_by(due(lane)),
    )
    assert {(m.deadline.rule, m.state) for m in moves} == {("answer", "中止"), ("defence_report", "中止")}


def test_an_order_about_one_lane_leaves_the_joint_defendant_alone(lane, act, cast, law):
    other = LaneFactory(case=lane.case, organisation=cast.post.other_liaison.organisation)
    sign(other, cast, law, oct_(13))
    act(due(lane), "pause", first=oct_(14))
    assert {d.state for d in Deadline.objects.filter(lane=other)} <= {"open", "met"}


# The pages.

EXTENSION = {"ground": "court", "document": DOCUMENT, "ends_on": "2026-11-10", "reason": "案情复杂"}


def change_page(lane, kind="extend", rule="answer"):
    return f"/deadlines/{due(lane, rule).pk}/change/{kind}/"


def test_the_page_shows_what_would_move_and_does_it_on_the_second_press(lane, cast, client_of, today):
    browser = client_of(cast.office_clerk)
    assert browser.get(change_page(lane)).status_code == 200
    before = everything()
    preview = browser.post(change_page(lane), EXTENSION)
    page = preview.content.decode()
    assert preview.status_code == 200
    for words in ("2026-10-28", "2026-11-10", "2026-11-02", "2026-11-16", "确认延期", DOCUMENT, "案情复杂"):
        assert words in page
    assert everything() == before
    done = browser.post(change_page(lane), EXTENSION | {"confirmed": "1"})
    assert (done.status_code, done.url) == (302, f"/deadlines/{due(lane).pk}/basis/")
    assert (due(lane).due_on, DeadlineOrder.objects.get().registered_by) == (nov(10), cast.post.office_clerk)
    shown = browser.get(done.url).content.decode()
    for words in (DOCUMENT, "李经办", "案情复杂", "原定 2026-10-28"):
        assert words in shown


def test_pause_and_resume_on_the_pages(lane, cast, client_of, today):
    browser = client_of(cast.office_clerk)
    pause = {"ground": "postponed", "document": DOCUMENT, "first": "2026-10-14", "confirmed": "1"}
    assert browser.post(change_page(lane, "pause"), pause).status_code == 302
    assert due(lane).state == "suspended"
    page = f"/deadlines/{due(lane).pk}/resume/"
    ahead = browser.post(page, {"last": "2026-10-16", "document": "恢复审理通知书", "confirmed": "1"})
    assert (ahead.status_code, "至今天（2026-10-15）之间" in ahead.content.decode()) == (422, True)
    browser.post(page, {"last": "2026-10-15", "document": "恢复审理通知书", "confirmed": "1"})
    assert (due(lane).state, due(lane).due_on) == ("open", oct_(30))


def test_a_document_added_before_the_preview_is_kept_with_the_order(
    lane, cast, client_of, today, files_dir
):  # fmt: skip
    """A browser sends a file once: with the first press, not again with the confirmation."""
    browser = client_of(cast.office_clerk)
    scan = SimpleUploadedFile("裁定书.pdf", b"%PDF-1.4 scan", "application/pdf")
    preview = browser.post(change_page(lane), EXTENSION | {"file": scan})
    hidden = {
        field.name: field.value()
        for field in preview.context["form"].hidden_fields()
        if field.value() is not None
    }
    browser.post(change_page(lane), EXTENSION | hidden | {"confirmed": "1"})
    assert DeadlineOrder.objects.get().file_name == "裁定书.pdf"


def test_a_document_added_with_the_confirmation_is_kept_and_can_be_opened(
    lane, cast, client_of, today, files_dir
):  # fmt: skip
    browser = client_of(cast.office_clerk)
    scan = SimpleUploadedFile("裁定书.pdf", b"%PDF-1.4 scan", "application/pdf")
    browser.post(change_page(lane), EXTENSION | {"file": scan, "confirmed": "1"})
    kept = DeadlineOrder.objects.get()
    answer = browser.get(f"/registered/order/{kept.pk}/file/")
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]) == b"%PDF-1.4 scan"
    assert client_of(cast.other_liaison).get(f"/registered/order/{kept.pk}/file/").status_code == 404


STRANGERS = [
    ("other_liaison", 404),
    ("foreign_liaison", 404),
    ("foreign_office_clerk", 404),
    ("clerk", 404),
    ("system_admin", 404),
    ("without_post", 404),
    ("liaison", 403),
    ("agency_head", 403),
    ("leader", 403),
    ("supervision", 403),
    ("assessment", 403),
]


@pytest.mark.parametrize(("part", "status"), STRANGERS)
def test_strangers_find_nothing_and_who_sees_it_but_is_not_the_office_is_refused(
    lane, act, cast, client_of, today, part, status
):
    made = act(due(lane, "leader_report"), "pause", first=oct_(14))
    before = everything()
    browser = client_of(getattr(cast, part))
    pages = [
        (change_page(lane), EXTENSION),
        (f"/deadlines/{made.deadline_id}/resume/", {"last": "2026-10-15", "document": "x"}),
        (f"/registered/order/{made.pk}/withdraw/", {}),
    ]
    for page, data in pages:
        assert browser.post(page, data | {"confirmed": "1"}).status_code == status, page
    assert everything() == before


@pytest.mark.parametrize("part", ["office_head", "city_office_clerk"])
def test_the_head_and_the_office_above_may_order_too(lane, cast, client_of, today, part):
    answer = client_of(getattr(cast, part)).post(change_page(lane), EXTENSION | {"confirmed": "1"})
    assert (answer.status_code, due(lane).due_on) == (302, nov(10))


FAULTS = [
    ({"ends_on": "11月40日"}, "新的届满日读不出，请写作 2026-10-28。"),
    ({"ends_on": "2026-10-28"}, "延期后的届满日须晚于现届满日（2026-10-28）"),
    ({"ends_on": ""}, "请填写新的届满日"),
    ({"ends_on": "2206-11-10"}, "请核对年份"),
    ({"document": ""}, "请填写依据文书。"),
    ({"ground": ""}, "请选择事由。"),
]


@pytest.mark.parametrize(("changed", "words"), FAULTS)
@pytest.mark.parametrize("confirmed", ["", "1"])
def test_bad_input_comes_back_in_chinese_with_everything_typed(
    lane, cast, client_of, today, changed, words, confirmed
):
    data = EXTENSION | changed | {"confirmed": confirmed}
    answer = client_of(cast.office_clerk).post(change_page(lane), data)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    for typed in (data["ends_on"], data["document"], data["reason"]):
        assert typed in page
    assert not DeadlineOrder.objects.exists()


def test_a_file_of_another_kind_is_refused(lane, cast, client_of, today):
    data = EXTENSION | {"file": SimpleUploadedFile("裁定书.pdf", b"MZ program"), "confirmed": "1"}
    answer = client_of(cast.office_clerk).post(change_page(lane), data)
    assert (answer.status_code, "不是可用的格式" in answer.content.decode()) == (422, True)


def test_there_is_no_page_for_an_order_that_does_not_exist(lane, cast, client_of, today):
    assert client_of(cast.office_clerk).get(change_page(lane, "forget")).status_code == 404


def test_withdrawing_on_the_page_restores_the_day(lane, act, cast, client_of, today):
    made = act(due(lane), "extend", ends_on=nov(10))
    browser = client_of(cast.office_clerk)
    answer = browser.post(f"/registered/order/{made.pk}/withdraw/", {"confirmed": "1"})
    assert (answer.status_code, answer.url) == (302, f"/deadlines/{due(lane).pk}/basis/")
    assert due(lane).due_on == oct_(28)
    assert "已撤回" in browser.get(answer.url).content.decode()
    assert browser.get(f"/registered/order/{made.pk}/withdraw/").status_code == 405


def test_another_day_may_be_set_for_a_duty_that_runs_backwards_from_its_hearing(lane, act, law):
    """The hearing is its start, and lies after every day that could be set."""
    HearingFactory(case=lane.case, day=nov(11))
    sync_deadlines([lane.pk], law=law, author=at(oct_(15)), reason="排庭")
    assert due(lane, "name_head").due_on == nov(6)
    act(due(lane, "name_head"), "set", ends_on=nov(4))
    assert due(lane, "name_head").due_on == nov(4)
