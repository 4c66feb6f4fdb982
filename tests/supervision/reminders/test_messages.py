"""Reminders on their way to people: when, by which channel, together with what, and what happens to those that fail."""

import json
import smtplib
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import make_aware

from cases.models import Deadline
from organisations.authors import Author
from organisations.models import AuditEntry, Post, User
from supervision.models import Digest, LeaveProxy, Message, PushSetting, Reminder
from supervision.reminders.delivery import MOST_TRIES, deliver
from supervision.reminders.digests import raise_digests
from supervision.reminders.gateway import signature
from supervision.reminders.urging import urge
from supervision.sweep.sweeping import sweep, urge_due
from tests.factories import CaseFactory, DeadlineFactory, LaneFactory, organisation

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
THURSDAY = date(2026, 10, 15)


def oct_(day):
    return date(2026, 10, day)


def when(day, clock="09:00"):
    return make_aware(datetime.combine(day, time.fromisoformat(clock)))


def at(day, clock="09:00", post=None):
    return Author(when(day, clock), post)


def duty(due_on, rule="defence_report", agency="371602-ZRZY", case=None):
    lane = LaneFactory(case=case or CaseFactory(), organisation=organisation(agency))
    return DeadlineFactory(lane=lane, rule=rule, due_on=due_on)


def ladder(day, law, clock="00:10"):
    return urge_due(on=day, author=at(day, clock), law=law)


@pytest.fixture
def by_mail(cast, settings):
    """The liaison can be reached by mail, and the platform can send it."""
    settings.EMAIL_URL = "memorymail://"
    for person in (cast.liaison, cast.other_liaison, cast.agency_head, cast.office_clerk):
        person.email = f"{person.username}@example.gov.cn"
        person.save()


@pytest.fixture
def press(cast, law):
    """催报 by hand."""

    def pressed(deadline, day=THURSDAY, clock="09:00"):
        return urge([deadline], author=at(day, clock, cast.post.office_clerk), law=law)

    return pressed


def mailed(**more):
    return Message.objects.filter(channel="email", **more)


# 免打扰: working days 08:30–18:00, make-up workdays among them.
HOURS = [
    (oct_(15), "10:00", oct_(15), "10:00"),
    (oct_(15), "07:00", oct_(15), "08:30"),
    (oct_(15), "17:59", oct_(15), "17:59"),
    (oct_(15), "18:00", oct_(16), "08:30"),
    (oct_(9), "19:00", oct_(10), "08:30"),  # a Saturday worked
    (oct_(10), "10:00", oct_(10), "10:00"),
    (oct_(10), "19:00", oct_(12), "08:30"),
    (oct_(11), "10:00", oct_(12), "08:30"),  # a Sunday off
    (date(2026, 9, 30), "20:00", oct_(8), "08:30"),  # National Day
]


@pytest.mark.parametrize(("day", "clock", "goes_on", "goes_at"), HOURS)
def test_a_push_waits_for_office_hours_of_a_working_day(
    cast, by_mail, press, day, clock, goes_on, goes_at
):  # fmt: skip
    press(duty(oct_(20)), day, clock)
    assert mailed().get().next_try_at == when(goes_on, goes_at)
    in_app = Message.objects.get(channel="in_app")
    assert (in_app.state, in_app.sent_at) == ("sent", when(day, clock))  # is there at once
    before = Author(when(goes_on, goes_at) - timedelta(minutes=1))
    if before.at >= when(day, clock):
        assert deliver(author=before) == {}
    assert deliver(author=at(goes_on, goes_at)) == {"sent": 1}
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("clock", "goes_at"), [("00:10", "08:30"), ("10:00", "10:00")])
def test_the_last_day_is_told_on_days_off_too_but_not_at_night(cast, by_mail, law, clock, goes_at):
    duty(oct_(11))
    ladder(oct_(11), law, clock)
    told = mailed().get()
    assert (told.urgent, told.next_try_at) == (True, when(oct_(11), goes_at))


OWN_HOURS = [("08:45", oct_(15), "09:00"), ("17:45", oct_(16), "09:00"), ("12:00", oct_(15), "12:00")]


@pytest.mark.parametrize(("clock", "goes_on", "goes_at"), OWN_HOURS)
def test_a_person_may_narrow_the_hours(cast, by_mail, press, clock, goes_on, goes_at):
    PushSetting.objects.create(post=cast.post.liaison, opens=time(9), closes=time(17, 30))
    press(duty(oct_(20)), clock=clock)
    assert mailed().get().next_try_at == when(goes_on, goes_at)


# Channels.


def test_mail_that_was_switched_off_is_not_sent_and_the_platform_still_tells(cast, by_mail, press):
    PushSetting.objects.create(post=cast.post.liaison, email=False)
    press(duty(oct_(20)))
    assert list(Message.objects.values_list("channel", flat=True)) == ["in_app"]


def test_what_concerns_a_hearing_cannot_be_switched_off(cast, by_mail, law, settings):
    settings.WEBHOOK_URL = "https://gateway.invalid/send"
    cast.liaison.phone = "13900000000"
    cast.liaison.save()
    PushSetting.objects.create(post=cast.post.liaison, email=False, webhook=False)
    duty(oct_(23), "name_head")
    Deadline.objects.update(starts_on=oct_(28))
    assert ladder(oct_(14), law) == {"h-10": 1}  # ten working days before 10-28
    mine = Message.objects.filter(recipient=cast.post.liaison)
    assert set(mine.values_list("channel", flat=True)) == {"in_app", "email", "webhook"}


def test_mail_goes_only_where_there_is_an_address_and_a_server(cast, settings, press):
    settings.EMAIL_URL = "memorymail://"
    press(duty(oct_(20)))
    cast.liaison.email = "li@example.gov.cn"
    cast.liaison.save()
    settings.EMAIL_URL = ""
    press(duty(oct_(20)))
    assert not mailed().exists()


# 合并.


def test_what_waits_for_one_person_goes_out_as_one_parcel_with_every_reason(cast, by_mail, press):
    first, second = duty(oct_(20)), duty(oct_(21), "judgment_filing")
    other = duty(oct_(20), agency="371602-SC")
    for one in (first, second, other):
        press(one, clock="07:00")
    assert deliver(author=at(oct_(15), "08:30")) == {"sent": 2}
    letters = {letter.to[0]: letter for letter in mail.outbox}
    mine = letters["liaison@example.gov.cn"]
    assert mine.subject == "【滨州应诉】2 项应诉事项"
    for words in (first.case.number, second.case.number, "2026-10-20", "2026-10-21"):
        assert words in mine.body
    assert mine.body.count("为什么收到：您是承办单位的联络员。") == 2
    assert other.case.number not in mine.body
    parcels = mailed(recipient=cast.post.liaison).values_list("parcel", flat=True)
    assert len(set(parcels)) == 1
    assert first.case.plaintiffs not in mine.body + mine.subject


def test_a_second_word_about_the_same_case_within_two_hours_waits_to_go_out_together(cast, by_mail, press):
    case = CaseFactory()
    lane = LaneFactory(case=case, organisation=organisation("371602-ZRZY"))
    about_it = [DeadlineFactory(lane=lane, rule="defence_report", due_on=oct_(20 + n)) for n in range(3)]
    press(about_it[0], clock="09:00")
    assert deliver(author=at(oct_(15), "09:00")) == {"sent": 1}
    press(about_it[1], clock="09:30")
    press(about_it[2], clock="10:15")
    for clock in ("09:31", "10:20", "10:59"):
        assert deliver(author=at(oct_(15), clock)) == {}
    assert deliver(author=at(oct_(15), "11:00")) == {"sent": 1}
    assert mail.outbox[-1].subject == "【滨州应诉】2 项应诉事项"


def test_another_case_and_what_is_urgent_do_not_wait(cast, by_mail, press, law):
    press(duty(oct_(20)), clock="09:00")
    deliver(author=at(oct_(15), "09:00"))
    press(duty(oct_(21)), clock="09:30")
    assert deliver(author=at(oct_(15), "09:31")) == {"sent": 1}
    told = Reminder.objects.latest("pk").deadline
    lane = told.lane
    DeadlineFactory(lane=lane, rule="judgment_filing", due_on=oct_(15))
    ladder(oct_(15), law, "09:40")
    urgent = mailed(urgent=True).get()
    assert deliver(author=at(oct_(15), "09:41"))["sent"] == 1
    urgent.refresh_from_db()
    assert (urgent.state, urgent.reminder.deadline.case) == ("sent", told.case)


@pytest.mark.parametrize("state", ["met", "waived", "suspended", "void"])
def test_a_push_about_what_is_no_longer_open_is_dropped(cast, by_mail, press, state):
    found = duty(oct_(20))
    press(found, clock="07:00")
    Deadline.objects.filter(pk=found.pk).update(state=state, met_on=oct_(15) if state == "met" else None)
    assert deliver(author=at(oct_(15), "08:30")) == {}
    assert mailed().get().state == "dropped"
    assert not mail.outbox
    assert Message.objects.filter(channel="in_app", state="sent").count() == 1


# 代收人.


def on_leave(cast, proxy, first=THURSDAY - DAY, last=THURSDAY + DAY):
    LeaveProxy.objects.create(post=cast.post.liaison, proxy=proxy, first=first, last=last)


@pytest.mark.parametrize(
    ("first", "last", "covered"),
    [
        (oct_(14), oct_(16), True),
        (oct_(15), oct_(15), True),
        (oct_(16), oct_(20), False),
        (oct_(10), oct_(14), False),
    ],
)
def test_during_a_leave_the_proxy_is_told_too_and_why(cast, law, first, last, covered):
    on_leave(cast, cast.post.agency_head, first, last)
    duty(oct_(18))
    assert ladder(oct_(15), law) == {"t-3": 1}
    why = dict(Message.objects.values_list("recipient", "why"))
    assert why.pop(cast.post.liaison.pk) == "您是承办单位的联络员"
    expected = {cast.post.agency_head.pk: "您是张联络休假期间的代收人；您是承办单位的联络员"}
    assert why == (expected if covered else {})


def test_a_proxy_who_is_told_anyway_is_told_once(cast, law):
    on_leave(cast, cast.post.agency_head, last=oct_(30))
    duty(oct_(12))
    assert ladder(oct_(15), law) == {"t+3": 1}  # tells the head himself
    assert Message.objects.filter(recipient=cast.post.agency_head).count() == 1


@pytest.mark.parametrize("left", ["post", "account"])
def test_a_proxy_who_left_is_told_nothing(cast, law, left):
    on_leave(cast, cast.post.agency_head)
    if left == "post":
        Post.objects.filter(pk=cast.post.agency_head.pk).update(valid_to=oct_(13))
    else:
        User.objects.filter(pk=cast.agency_head.pk).update(is_active=False)
    duty(oct_(18))
    ladder(oct_(15), law)
    assert {m.recipient for m in Message.objects.all()} == {cast.post.liaison}


LEAVE = {"first": "2026-10-16", "last": "2026-10-20"}


def test_a_proxy_is_chosen_among_colleagues_on_the_page(cast, client_of, today):
    browser = client_of(cast.liaison)
    browser.post("/messages/leaves/", LEAVE | {"proxy": cast.post.agency_head.pk})
    leave = LeaveProxy.objects.get()
    assert (leave.post, leave.proxy, leave.last) == (cast.post.liaison, cast.post.agency_head, oct_(20))
    assert client_of(cast.other_liaison).post(f"/messages/leaves/{leave.pk}/drop/").status_code == 404
    faults = [
        ({"proxy": cast.post.other_liaison.pk}, "请从本单位人员中选择代收人。"),
        ({"proxy": cast.post.liaison.pk}, "请从本单位人员中选择代收人。"),
        ({"proxy": cast.post.agency_head.pk, "last": "2026-10-15"}, "休假的止须不早于起。"),
    ]
    for changed, words in faults:
        answer = browser.post("/messages/leaves/", LEAVE | changed)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    browser.post(f"/messages/leaves/{leave.pk}/drop/")
    assert not LeaveProxy.objects.exists()


SETTINGS = {"email": "on", "webhook": "on", "digest": "on", "opens": "09:00", "closes": "17:30"}


def test_hours_are_set_on_the_page_and_end_after_they_begin(cast, client_of, today):
    browser = client_of(cast.liaison)
    answer = browser.post("/messages/settings/", SETTINGS | {"closes": "08:00"})
    assert (answer.status_code, "推送时段的止须晚于起。" in answer.content.decode()) == (422, True)
    assert not PushSetting.objects.exists()
    browser.post("/messages/settings/", {"opens": "09:00", "closes": "17:30"})
    kept = PushSetting.objects.get()
    assert (kept.post, kept.email, kept.digest, kept.opens) == (cast.post.liaison, False, False, time(9))


# 日报 and 周报.


def digests(day, law, clock="08:30"):
    raise_digests(on=day, author=at(day, clock), law=law)
    return {digest.recipient: digest for digest in Digest.objects.filter(day=day)}


def test_a_digest_is_written_once_a_day(cast, law):
    duty(oct_(14))
    first = digests(oct_(15), law)
    assert set(first) == {cast.post.liaison, cast.post.office_clerk, cast.post.office_head} | {
        cast.post.city_office_clerk,
        cast.post.city_office_head,
    }
    assert digests(oct_(15), law) == first


def test_a_digest_reaches_its_reader_in_the_platform_and_by_mail_once(cast, by_mail, law, client_of, today):
    found = duty(oct_(14))
    for _ in range(2):
        digests(oct_(15), law)
    assert Message.objects.filter(digest__isnull=False, channel="in_app").count() == Digest.objects.count()
    page = client_of(cast.liaison).get("/messages/").content.decode()
    assert "已逾期 1 项，三日内到期 0 项。" in page
    assert "每个工作日汇总您范围内的期限" in page
    assert deliver(author=at(oct_(15), "08:30")) == {"sent": 2}  # 张联络 and 李经办 have addresses
    assert all(found.case.number in letter.body for letter in mail.outbox)


def test_the_sweep_writes_digests_from_half_past_eight_and_once(cast, law):
    duty(oct_(14))
    for clock, count in (("07:50", 0), ("08:30", 5), ("08:40", 5), ("15:00", 5)):
        sweep(on=oct_(15), author=at(oct_(15), clock), law=law)
        assert Digest.objects.count() == count, clock


@pytest.mark.parametrize(
    ("day", "count"), [(oct_(10), 5), (oct_(11), 0), (oct_(1), 0), (oct_(7), 0), (oct_(9), 5)]
)
def test_digests_come_on_working_days_only(cast, law, day, count):
    duty(date(2026, 9, 28))
    assert len(digests(day, law)) == count


def test_who_has_nothing_urgent_gets_no_digest(cast, law):
    duty(oct_(19))  # four days ahead
    assert digests(oct_(15), law) == {}
    assert digests(oct_(16), law)[cast.post.liaison].text.startswith("已逾期 0 项，三日内到期 1 项。")


def test_leaders_get_theirs_on_the_first_working_day_of_the_week(cast, law):
    duty(date(2026, 9, 28))
    for day, told in ((oct_(8), True), (oct_(9), False), (oct_(12), True), (oct_(13), False)):
        found = digests(day, law)
        assert ((cast.post.leader in found), (cast.post.supervision in found)) == (told, told), day
    assert Digest.objects.get(recipient=cast.post.leader, day=oct_(12)).subject == "应诉期限周报"
    assert Digest.objects.get(recipient=cast.post.liaison, day=oct_(12)).subject == "应诉期限日报"


@pytest.mark.parametrize("monday", [oct_(12), oct_(8)])  # 10-05 is off, so the week begins on Thursday
def test_on_mondays_heads_are_told_of_nothing_too_and_nobody_else_is(cast, law, monday):
    heads = {
        cast.post.office_head,
        cast.post.city_office_head,
        cast.post.foreign_office_head,
        cast.post.leader,
    }
    found = digests(monday, law)
    assert set(found) == heads
    assert {digest.text for digest in found.values()} == {"上周无逾期；目前无逾期，三日内无到期事项。"}
    assert digests(monday + DAY, law) == {}


def test_a_week_with_a_duty_met_late_is_not_called_one_without(cast, law):
    """Due on Thursday 10-08, met on Friday 10-09: there was something overdue last week."""
    found = duty(oct_(8))
    Deadline.objects.filter(pk=found.pk).update(state="met", met_on=oct_(9), late_reason="签批")
    told = digests(oct_(12), law)
    assert "上周无逾期" not in getattr(told.get(cast.post.office_head), "text", "")
    assert "上周无逾期" in told[cast.post.foreign_office_head].text


@pytest.mark.parametrize(("count", "last"), [(10, None), (11, "另有 1 项"), (16, "另有 6 项")])
def test_a_digest_has_ten_lines_and_counts_the_rest(cast, law, count, last):
    lane = LaneFactory()
    for number in range(count):
        DeadlineFactory(lane=lane, rule="defence_report", due_on=oct_(3 + number))
    lines = digests(oct_(15), law)[cast.post.liaison].text.splitlines()
    late = min(count, 12)
    assert lines[0] == f"已逾期 {late} 项，三日内到期 {count - late} 项。"
    assert lines[1] == f"■ 逾期 12 天 滨城区自然资源局 应诉情况报告 {lane.case.number}"
    assert lines[11:] == ([f"{last}，请登录平台查看。"] if last else [])
    assert lane.case.plaintiffs not in "".join(lines)


def test_a_digest_that_was_switched_off_is_not_written(cast, law):
    duty(oct_(14))
    PushSetting.objects.create(post=cast.post.liaison, digest=False)
    assert cast.post.liaison not in digests(oct_(15), law)


def test_a_digest_is_the_reader_s_scope(cast, law):
    duty(oct_(14), agency="371602-ZRZY")
    duty(oct_(14), agency="371625-ZRZY")
    found = digests(oct_(15), law)
    counts = {
        part: found[getattr(cast.post, part)].text.splitlines()[0]
        for part in ("liaison", "foreign_liaison", "office_clerk", "city_office_clerk")
    }
    assert counts == dict.fromkeys(
        ("liaison", "foreign_liaison", "office_clerk"), "已逾期 1 项，三日内到期 0 项。"
    ) | {"city_office_clerk": "已逾期 2 项，三日内到期 0 项。"}


# What could not be delivered.

NO_SUCH_PERSON = smtplib.SMTPRecipientsRefused({"a@example.gov.cn": (550, b"no such user")})


def raising(error):
    def send(*_args, **_options):
        raise error

    return send


@pytest.fixture
def failed(cast, by_mail, press, monkeypatch):
    """A mail that was given up after five tries."""
    press(duty(oct_(20)))
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", raising(NO_SUCH_PERSON))
        for hour in range(MOST_TRIES):
            deliver(author=at(oct_(15), f"{9 + hour:02}:00"))
    assert deliver(author=at(oct_(16))) == {}
    return mailed(state="failed").get()


def test_what_was_given_up_is_shown_with_its_reason_and_tried_again_by_hand(
    cast, failed, client_of, today, law
):
    office = client_of(cast.office_clerk)
    page = office.get("/jobs/").content.decode()
    for words in ("张联络", "no such user", failed.text):
        assert words in page
    assert office.post(f"/jobs/messages/{failed.pk}/retry/").status_code == 302
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("waiting", 0)
    assert "no such user" not in office.get("/jobs/").content.decode()
    parcel = failed.parcel
    assert deliver(author=at(oct_(17))) == {"sent": 1}
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{parcel}@")
    assert AuditEntry.objects.filter(verb="message.retry").count() == 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ConnectionRefusedError(111, "refused"), "连不上邮件服务器：ConnectionRefusedError"),
        (TimeoutError(), "连不上邮件服务器：TimeoutError"),
        (smtplib.SMTPServerDisconnected("closed"), "连不上邮件服务器：SMTPServerDisconnected"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "邮件服务器答复 535"),
        (smtplib.SMTPDataError(421, b"later"), "邮件服务器答复 421"),
    ],
)
def test_an_outage_of_the_mail_server_is_no_failure_of_a_message(
    cast, by_mail, press, client_of, today, monkeypatch, error, reason
):
    """For three hours nothing goes out; then everything does, by itself, each parcel with its first key."""
    press(duty(oct_(20)))
    press(duty(oct_(20), agency="371602-SC"))
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", raising(error))
        for minute in range(0, 180, 5):
            assert deliver(author=at(oct_(15), f"{9 + minute // 60:02}:{minute % 60:02}")) == {"down": 1}
    parcels = set(mailed(state="waiting", attempts=0).values_list("parcel", flat=True))
    assert len(parcels) == 2
    page = client_of(cast.office_clerk).get("/jobs/").content.decode()
    assert f"邮件不通：{reason}。2 条在等，恢复后自动发出" in page
    assert "没有未送达的消息" in page
    assert deliver(author=at(oct_(15), "12:10")) == {"sent": 2}
    assert {each.extra_headers["Message-ID"].partition("@")[0][1:] for each in mail.outbox} == parcels


def test_a_parcel_on_which_the_server_hangs_up_while_others_get_through_is_given_up(
    cast, by_mail, press, monkeypatch
):
    press(duty(oct_(20)))
    deliver_or_hang_up = EmailMessage.send

    def hang_up(mail, *args, **options):
        if mail.to == [cast.liaison.email]:
            raise smtplib.SMTPServerDisconnected("closed")
        return deliver_or_hang_up(mail, *args, **options)

    monkeypatch.setattr(EmailMessage, "send", hang_up)
    for hour in range(9, 18):
        Message.objects.filter(channel="email", state="sent").update(sent_at=when(oct_(15), f"{hour:02}:00"))
        press(duty(oct_(20), agency="371602-SC"), clock=f"{hour:02}:00")
        for minute in (0, 3):
            deliver(author=at(oct_(15), f"{hour:02}:{minute:02}"))
    assert mailed(recipient=cast.post.liaison).get().state == "failed"


def test_all_that_was_given_up_goes_out_again_by_one_press(cast, failed, client_of, today):
    office = client_of(cast.office_clerk)
    assert "全部重发（1 条）" in office.get("/jobs/").content.decode()
    foreign = client_of(cast.foreign_office_clerk).post("/jobs/messages/retry/", follow=True)
    assert "没有未送达的消息，不需要重发。" in foreign.content.decode()
    assert mailed(state="failed").count() == 1
    assert "已排队重发 1 条。" in office.post("/jobs/messages/retry/", follow=True).content.decode()
    assert deliver(author=at(oct_(17))) == {"sent": 1}
    assert AuditEntry.objects.filter(verb="message.retry").count() == 1


RETRIERS = [
    ("office_head", 302),
    ("city_office_clerk", 302),
    ("system_admin", 302),
    ("foreign_office_clerk", 404),
    ("liaison", 403),
    ("supervision", 403),
    ("clerk", 403),
    ("without_post", 403),
]


@pytest.mark.parametrize(("part", "status"), RETRIERS)
def test_who_sends_again_what_was_given_up(cast, failed, client_of, today, part, status):
    answer = client_of(getattr(cast, part)).post(f"/jobs/messages/{failed.pk}/retry/")
    assert answer.status_code == status


def test_an_administrator_sees_that_something_failed_and_not_what_it_was_about(
    cast, failed, client_of, today
):
    page = client_of(cast.system_admin).get("/jobs/").content.decode()
    assert "no such user" in page
    assert failed.reminder.deadline.case.number not in page


def test_a_text_message_has_sixty_characters_no_party_and_one_key_however_often_it_is_tried(
    cast, press, settings, monkeypatch
):
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = "https://gateway.invalid/send", "s" * 32
    cast.liaison.phone = "13900000000"
    cast.liaison.save()
    sent, answers = [], [503, 200]

    def post(url, data, headers, **more):
        sent.append(SimpleNamespace(body=data, headers=headers))
        return SimpleNamespace(status_code=answers[len(sent) - 1])

    monkeypatch.setattr("supervision.reminders.gateway.requests.post", post)
    found = duty(oct_(20))
    press(found)
    assert deliver(author=at(oct_(15), "09:00")) == {"down": 1}
    assert Message.objects.get(channel="webhook").error == "消息网关答复 503"
    assert deliver(author=at(oct_(15), "09:04")) == {}
    assert deliver(author=at(oct_(15), "09:05")) == {"sent": 1}
    told = [json.loads(each.body) for each in sent]
    assert (told[0]["to"], len({each["key"] for each in told})) == ("13900000000", 1)
    assert {each.headers["Idempotency-Key"] for each in sent} == {told[0]["key"]}
    for each in sent:
        stamp = each.headers["X-Timestamp"]
        assert each.headers["X-Signature"] == f"sha256={signature(stamp, each.body)}"
    assert len(told[0]["text"]) <= 60
    assert told[0]["text"].startswith("【滨州应诉】")
    assert found.case.plaintiffs not in told[0]["text"]


# 电话任务.


@pytest.fixture
def task(cast, law):
    duty(oct_(10))
    assert ladder(oct_(15), law) == {"t+5": 1}
    return Reminder.objects.get()


def test_five_days_late_an_office_clerk_is_asked_to_call_once(cast, task, law, client_of, today):
    assert task.phone
    assert ladder(oct_(15), law) == {}
    assert ladder(oct_(16), law) == {}
    address = f"/calls/{task.pk}/"
    assert address in client_of(cast.office_clerk).get("/desk/").content.decode()
    assert address not in client_of(cast.liaison).get("/desk/").content.decode()


def test_a_call_is_noted_once(cast, task, client_of, today):
    address = f"/calls/{task.pk}/"
    empty = client_of(cast.office_clerk).post(address, {"note": ""})
    assert (empty.status_code, "请填写通话记录。" in empty.content.decode()) == (422, True)
    assert client_of(cast.office_clerk).post(address, {"note": "10-20 前报送"}).status_code == 302
    assert address not in client_of(cast.office_head).get("/desk/").content.decode()
    second = client_of(cast.office_head).post(address, {"note": "另约"})
    assert second.status_code == 422
    task.refresh_from_db()
    assert (task.call_note, task.called_by) == ("10-20 前报送", cast.post.office_clerk)
    assert AuditEntry.objects.filter(verb="reminder.call").count() == 1
    assert "10-20 前报送" in client_of(cast.office_head).get(address).content.decode()


def test_who_calls_second_is_told_and_keeps_the_note_that_was_typed(cast, task, client_of, today):
    client_of(cast.office_clerk).post(f"/calls/{task.pk}/", {"note": "10-20 前报送"})
    page = client_of(cast.office_head).post(f"/calls/{task.pk}/", {"note": "另约"}).content.decode()
    assert "已由其他人员办理" in page
    assert "另约" in page


def test_a_task_whose_duty_was_met_waits_no_more(cast, task, client_of, today):
    Deadline.objects.update(state="met", met_on=oct_(15))
    assert f"/calls/{task.pk}/" not in client_of(cast.office_clerk).get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("liaison", 403),
        ("supervision", 403),
        ("other_liaison", 404),
        ("foreign_office_clerk", 404),
        ("clerk", 404),
    ],
)
def test_who_does_not_call(cast, task, client_of, today, part, status):
    assert client_of(getattr(cast, part)).post(f"/calls/{task.pk}/", {"note": "x"}).status_code == status


# 消息中心.


def test_reading_a_message_never_closes_the_duty(cast, press, client_of, today):
    found = duty(oct_(20))
    press(found)
    browser = client_of(cast.liaison)
    page = browser.get("/messages/").content.decode()
    assert "为什么收到：您是承办单位的联络员" in page
    assert found.case.number in page
    browser.post("/messages/read/")
    assert not Message.objects.unread(on=THURSDAY).filter(recipient=cast.post.liaison).exists()
    found.refresh_from_db()
    assert found.state == "open"
    assert found.case.number in browser.get("/desk/").content.decode()


def test_a_message_is_read_by_its_recipient_alone(cast, press, client_of, today):
    press(duty(oct_(20)))
    message = Message.objects.get(channel="in_app")
    for part in ("agency_head", "office_clerk", "other_liaison"):
        assert client_of(getattr(cast, part)).post(f"/messages/{message.pk}/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None
    client_of(cast.liaison).post(f"/messages/{message.pk}/")
    message.refresh_from_db()
    assert message.read_at is not None


def test_a_message_put_off_comes_back_tomorrow_and_the_duty_stays(cast, law, client_of, settings):
    settings.TODAY = THURSDAY
    deadline = duty(THURSDAY)
    ladder(THURSDAY, law)
    message = Message.objects.get(recipient=cast.post.liaison, channel="in_app")
    client = client_of(cast.liaison)
    assert "明天再提醒" in client.get("/desk/?tab=read").content.decode()
    answer = client.post(f"/messages/{message.pk}/later/", follow=True)
    text = answer.content.decode()
    assert "明天再提醒；待办仍在工作台。" in text
    assert "没有新消息" in text
    assert deadline.case.number in client.get("/desk/").content.decode()
    assert client.post(f"/messages/{message.pk}/later/").status_code == 404
    settings.TODAY = THURSDAY + DAY
    assert "去办理" in client.get("/desk/?tab=read").content.decode()


def test_nobody_puts_off_the_messages_of_another(cast, law, client_of, settings):
    settings.TODAY = THURSDAY
    duty(THURSDAY)
    ladder(THURSDAY, law)
    message = Message.objects.get(recipient=cast.post.liaison, channel="in_app")
    assert client_of(cast.agency_head).post(f"/messages/{message.pk}/later/").status_code == 404
    assert Message.objects.get(pk=message.pk).hidden_until is None


def test_digests_ask_the_database_as_often_for_many_people_as_for_one(cast, law):
    """And regular work that was asked for is not computed again."""

    def queries(day):
        with CaptureQueriesContext(connection) as found:
            raise_digests(on=day, author=at(day), law=law)
        return len(found)

    for number, agency in enumerate(["371602-ZRZY", "371602-SC", "371602-WJ"]):
        duty(oct_(16), agency=agency)
        post_of(organisation(agency), "agency_liaison", number)
    once = queries(THURSDAY)
    for number in range(10, 16):
        post_of(organisation("371602-ZRZY"), "agency_liaison", number)
    assert queries(THURSDAY + DAY) == once
    assert Digest.objects.count() > 10


def post_of(unit, role, number):
    user = User.objects.create(username=f"person{number}", name=f"人员{number}")
    return Post.objects.create(user=user, organisation=unit, role=role)
