"""What a second reading and a walk in the browser found: each stays mended."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.law import current_law, forget_law
from cases.models import AT_ONCE, Completion, Deadline, Incoming, OfficeRule
from organisations.models import Organisation
from rules.ladders import load_ladders
from supervision.models import CalendarFeed, LeaveProxy, Message, PushSetting, Reminder
from supervision.office_rules.rules import approve_rule, enter_rule
from supervision.sweep.sweeping import sweep, urge_due
from tests.factories import DeadlineFactory, LaneFactory, at, organisation

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 30)


@pytest.fixture
def deadline(cast):
    return DeadlineFactory(rule="defence_report", starts_on=date(2026, 10, 25), due_on=DUE)


def test_settings_proxies_and_feeds_are_kept_together_with_their_trail(committed, cast, client_of, today):
    client = client_of(cast.office_clerk)
    wanted = {"email": "on", "webhook": "on", "digest": "on", "opens": "09:00", "closes": "17:30"}
    proxy = {"proxy": cast.post.office_head.pk, "first": "2026-10-20", "last": "2026-10-25"}
    assert client.post("/messages/settings/", wanted).status_code == 302
    assert client.post("/messages/leaves/", proxy).status_code == 302
    assert client.post("/messages/feed/").status_code == 200
    assert client.post("/messages/feed/stop/").status_code == 302
    assert client.post(f"/messages/leaves/{LeaveProxy.objects.get().pk}/drop/").status_code == 302
    assert PushSetting.objects.get().opens.hour == 9
    assert CalendarFeed.objects.live().count() == LeaveProxy.objects.count() == 0


def test_what_was_met_while_the_sweep_read_on_is_not_urged(deadline, law, monkeypatch):
    def meanwhile(*args, **kwargs):
        Deadline.objects.update(state="met", met_on=DUE)
        return around(*args, **kwargs)

    from supervision.sweep import sweeping

    around = sweeping.Directory.around
    monkeypatch.setattr(sweeping.Directory, "around", meanwhile)
    assert urge_due(on=DUE, author=at(DUE), law=law) == {}
    assert Reminder.objects.count() == Message.objects.count() == 0


def test_another_ladder_is_looked_at_on_its_first_day(deadline, cast, law):
    clerk, head = cast.post.city_office_clerk, cast.post.city_office_head
    on = date(2026, 10, 15)
    days = {rung.step: rung.days for rung in law.ladders.newest("report").rungs} | {"t-3": -10}
    rule = enter_rule(
        "ladder", "report", {"days": days}, valid_from=date(2026, 10, 20), reason="测试", author=at(on, clerk)
    )
    approve_rule(rule, author=at(on, head))
    forget_law()
    assert urge_due(on=on, author=at(on), law=current_law()) == {}
    assert Deadline.objects.get().look_on == date(2026, 10, 20)
    first = date(2026, 10, 20)
    assert urge_due(on=first, author=at(first), law=current_law()) == {"t-3": 1}
    assert "还有 10 日截止" in Reminder.objects.get().text or "剩 10 天" in Reminder.objects.get().text


def test_a_step_on_another_day_says_that_day():
    rung = load_ladders().newest("report").rungs[0]
    moved = rung.on_day(-2)
    assert (moved.label, moved.words) == ("提醒联络员（剩 2 日）", "还有 2 日截止")
    assert rung.on_day(-3) is rung


def test_the_last_day_on_another_day_says_no_hour():
    moved = load_ladders().newest("report").rungs[1].on_day(-1)
    assert moved.words == "还有 1 日截止"


def test_a_step_made_up_late_says_what_is_true_then(deadline, law):
    late = date(2026, 10, 28)
    urge_due(on=late, author=at(late), law=law)
    assert "剩 2 天" in Reminder.objects.get().text


def test_joint_defendants_and_courts_do_not_read_what_another_agency_wrote(cast, client_of, today):
    lane = LaneFactory()
    LaneFactory(case=lane.case, organisation=organisation("371602-SC"))
    paper = Incoming.objects.create(
        organisation=lane.organisation, lane=lane, kind="letter_received", received_on=today,
        document="滨建〔2026〕3号", registered_at=at(today).at, registered_by=cast.post.liaison,
    )  # fmt: skip
    reply = DeadlineFactory(lane=lane, rule="letter_reply", subject=f"incoming:{paper.pk}", due_on=today)
    Completion.objects.create(
        deadline=reply, done_on=today, how="内部办理经过", registered_at=at(today).at,
        registered_by=cast.post.liaison,
    )  # fmt: skip
    told = {
        part: "内部办理经过"
        in client_of(getattr(cast, part)).get(f"/deadlines/{reply.pk}/basis/").content.decode()
        for part in ("liaison", "office_clerk", "other_liaison", "clerk")
    }
    assert told == {"liaison": True, "office_clerk": True, "other_liaison": False, "clerk": False}


def test_the_export_survives_characters_that_no_workbook_can_hold(deadline, cast, client_of, today):
    Organisation.objects.filter(pk=deadline.organisation_id).update(name="滨城区\x0b自然资源局")
    answer = client_of(cast.office_clerk).get("/deadlines/export/")
    book = load_workbook(BytesIO(answer.content))
    assert book.active["C2"].value == "滨城区 自然资源局"


def test_the_people_of_the_successor_are_told(deadline, law, cast):
    heir = organisation("371602-SC")
    Organisation.objects.filter(pk=deadline.organisation_id).update(successor=heir)
    cast.post.liaison.delete()
    urge_due(on=DUE, author=at(DUE), law=law)
    assert [message.recipient for message in Message.objects.all()] == [cast.post.other_liaison]


def test_a_day_far_ahead_does_not_switch_the_daily_jobs_off(deadline, law):
    for day in (date(2027, 1, 20), DUE):
        sweep(on=day, author=at(day), law=law)
    from supervision.models import JobRun

    assert JobRun.objects.get(job="regular").covered == DUE


def test_a_rule_that_a_newer_release_does_not_fit_is_left_out(cast, law):
    OfficeRule.objects.create(
        subject="limit", key="leader_report", value={"amount": 2, "mode": "working"}, valid_from=date(2017, 1, 1),
        reason="早于出厂版本", state="approved", entered_at=at(DUE).at, entered_by=cast.post.city_office_clerk,
        approved_at=at(DUE).at, approved_by=cast.post.city_office_head,
    )  # fmt: skip
    forget_law()
    assert current_law().book.limit("leader_report", on=DUE).amount == 1


def test_a_filter_that_cannot_be_read_shows_nothing_rather_than_everything(deadline, cast, client_of, today):
    page = client_of(cast.office_clerk).get("/deadlines/?day=明天").content.decode()
    assert "没有符合筛选的期限" in page or "没有未完成期限" in page
    assert "届满日：明天" not in page


def test_stopped_clocks_are_counted_and_can_be_opened(deadline, cast, client_of, today):
    Deadline.objects.update(state="suspended", look_on=AT_ONCE)
    client = client_of(cast.office_clerk)
    assert "已中止 1 项" in client.get("/deadlines/").content.decode()
    assert deadline.case.number in client.get("/deadlines/?state=suspended").content.decode()
