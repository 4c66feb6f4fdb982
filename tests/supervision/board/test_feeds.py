"""日历订阅: a secret address, a stable calendar that other programs read, and nobody's name in it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import localtime, make_aware
from icalendar import Calendar

from cases.deadlines import completion, incoming, orders
from cases.deadlines.completion import Done
from cases.deadlines.incoming import Received
from cases.deadlines.orders import Order
from cases.deadlines.sync import sync_deadlines
from cases.models import Deadline, FactChange, Hearing
from organisations.models import AuditEntry
from supervision.board.feeds import digest_of, feed_of, open_feed, revoke_feed
from supervision.models import CalendarFeed
from tests.factories import CaseFactory, HearingFactory, LaneFactory, SourceFactory, at, organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)


def oct_(day):
    return date(2026, 10, day)


@pytest.fixture
def token(cast):
    return open_feed(author=at(TODAY, cast.post.liaison))


@pytest.fixture
def lane(cast, law):
    """A hearing on 10-28 at 09:30, so a head is to be named by 10-23."""
    lane = LaneFactory(case=CaseFactory(source=SourceFactory(stated_at=at(date(2026, 9, 1)).at)))
    HearingFactory(case=lane.case, day=oct_(28), time=time(9, 30), room="第三法庭")
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 1)), reason="排庭")
    return lane


@pytest.fixture
def reply(lane, cast, law):
    """A letter came on 10-12: it is answered by 10-15."""
    paper = Received("letter_received", oct_(12), "滨建〔2026〕3号")
    incoming.register_incoming(paper, lane=lane, author=at(TODAY, cast.post.liaison), law=law)
    return Deadline.objects.get(rule="letter_reply")


def events(content):
    return {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def feed(post):
    return events(feed_of(post, on=TODAY))


def uid(thing):
    return f"{'hearing' if isinstance(thing, Hearing) else 'deadline'}-{thing.pk}@binzhou-litigation"


def of(lane, rule):
    return Deadline.objects.get(lane=lane, rule=rule)


def test_the_feed_opens_with_its_token_and_without_signing_in(lane, token, client_of, today):
    answer = client_of(None).get(f"/feeds/{token}/calendar.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "private" in answer["Cache-Control"]
    assert set(events(answer.content)) == {
        uid(lane.case.hearings.get()),
        uid(of(lane, "name_head")),
        uid(of(lane, "material_receipt")),
    }


@pytest.mark.parametrize("wrong", ["x", "A" * 43, "' OR 1=1", "../../etc"])
def test_another_token_finds_nothing(token, client_of, today, wrong):
    assert client_of(None).get(f"/feeds/{wrong}/calendar.ics").status_code == 404


def test_the_digest_is_no_token(token, client_of, today):
    assert client_of(None).get(f"/feeds/{digest_of(token)}/calendar.ics").status_code == 404


def test_a_revoked_token_finds_nothing_at_once(token, cast, client_of, today):
    assert client_of(None).get(f"/feeds/{token}/calendar.ics").status_code == 200
    revoke_feed(author=at(TODAY, cast.post.liaison))
    assert client_of(None).get(f"/feeds/{token}/calendar.ics").status_code == 404


def test_a_new_address_ends_the_one_before_and_nobody_else_s(token, cast, client_of, today):
    other = open_feed(author=at(TODAY, cast.post.office_clerk))
    fresh = open_feed(author=at(TODAY, cast.post.liaison))
    statuses = [
        client_of(None).get(f"/feeds/{one}/calendar.ics").status_code for one in (token, fresh, other)
    ]
    assert statuses == [404, 200, 200]


def test_who_left_the_post_takes_no_calendar_along(token, cast, client_of, today):
    post = cast.post.liaison
    post.valid_to = oct_(14)
    post.save()
    assert client_of(None).get(f"/feeds/{token}/calendar.ics").status_code == 404


def test_who_may_not_sign_in_any_more_reads_no_calendar(token, cast, client_of, today):
    cast.liaison.is_active = False
    cast.liaison.save()
    assert client_of(None).get(f"/feeds/{token}/calendar.ics").status_code == 404


def test_the_token_is_long_and_kept_nowhere_in_clear(token, cast, client_of, today):
    assert len(token) >= 43  # 32 bytes
    client_of(None).get(f"/feeds/{token}/calendar.ics")
    kept = [*CalendarFeed.objects.values_list(), *AuditEntry.objects.values_list()]
    assert token not in str(kept)
    assert CalendarFeed.objects.get().digest == digest_of(token)
    assert CalendarFeed.objects.get().last_used_at is not None


def test_the_address_is_shown_once_on_the_page(cast, client_of, today):
    browser = client_of(cast.liaison)
    shown = browser.post("/messages/feed/").context["address"]
    assert client_of(None).get(shown.removeprefix("http://testserver")).status_code == 200
    assert shown not in browser.get("/messages/settings/").content.decode()
    browser.post("/messages/feed/stop/")
    assert client_of(None).get(shown.removeprefix("http://testserver")).status_code == 404


def test_a_hearing_is_an_event_with_its_hour_and_place(lane, cast):
    hearing = lane.case.hearings.get()
    event = feed(cast.post.liaison)[uid(hearing)]
    assert localtime(event["dtstart"].dt) == make_aware(datetime(2026, 10, 28, 9, 30))
    assert (str(event["location"]), str(event["status"])) == ("第三法庭", "CONFIRMED")
    assert str(event["summary"]) == f"开庭·滨城法院·{lane.case.number}"


def test_a_hearing_without_an_hour_is_an_event_of_the_day(lane, cast):
    lane.case.hearings.update(time=None)
    assert feed(cast.post.liaison)[uid(lane.case.hearings.get())]["dtstart"].dt == oct_(28)


def test_a_duty_is_an_event_of_its_last_day_with_an_alarm_at_nine_the_day_before(reply, cast):
    event = feed(cast.post.liaison)[uid(reply)]
    assert (event["dtstart"].dt, str(event["status"])) == (oct_(15), "CONFIRMED")
    assert str(event["summary"]) == f"建议书回执截止·{reply.organisation.short_name}·{reply.case.number}"
    (alarm,) = event.walk("VALARM")
    start = datetime.combine(event["dtstart"].dt, time())
    assert start + alarm["trigger"].dt == datetime(2026, 10, 14, 9)
    assert "2026-10-15" in str(event["description"])


def test_the_feed_asks_to_be_read_again_every_hour(lane, cast):
    calendar = Calendar.from_ical(feed_of(cast.post.liaison, on=TODAY))
    assert calendar["refresh-interval"].dt == timedelta(hours=1)
    assert str(calendar["version"]) == "2.0"


def test_the_time_zone_that_hearings_name_is_in_the_file(lane, reply, cast):
    calendar = Calendar.from_ical(feed_of(cast.post.liaison, on=TODAY))
    named = {
        str(one["dtstart"].params["TZID"])
        for one in calendar.walk("VEVENT")
        if "TZID" in one["dtstart"].params
    }
    assert named == {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")} == {"Asia/Shanghai"}


def test_no_party_is_named(lane, reply, cast):
    lane.case.plaintiffs, lane.case.third_parties = "赵砚衡", "钱慕白"
    lane.case.save()
    for post in (cast.post.liaison, cast.post.office_clerk, cast.post.clerk):
        text = feed_of(post, on=TODAY).decode().replace("\r\n ", "")
        assert lane.case.number in text
        assert "赵砚衡" not in text
        assert "钱慕白" not in text


def test_a_person_s_feed_is_his_scope(lane, reply, cast):
    mine = {uid(lane.case.hearings.get()), uid(of(lane, "name_head")), uid(reply)}
    assert mine <= set(feed(cast.post.liaison))
    assert mine <= set(feed(cast.post.office_clerk))
    assert not feed(cast.post.other_liaison)
    assert not feed(cast.post.foreign_office_clerk)
    # A court sees its hearings and owes nothing.
    assert set(feed(cast.post.clerk)) == {uid(lane.case.hearings.get())}


def test_a_joint_defendant_sees_the_hearing_and_not_the_other_s_duties(lane, reply, cast):
    LaneFactory(case=lane.case, organisation=organisation("371602-SC"))
    assert set(feed(cast.post.other_liaison)) == {uid(lane.case.hearings.get())}


def test_what_only_informs_is_no_event(reply, cast):
    Deadline.objects.filter(pk=reply.pk).update(is_duty=False)
    assert uid(reply) not in feed(cast.post.liaison)


def test_uid_stays_and_sequence_grows_when_the_day_of_a_duty_moves(reply, cast, law):
    seen = [feed(cast.post.liaison)[uid(reply)]]
    for day in (20, 22):
        told = Order(kind="extend", ground="other", document="准许延期通知书", ends_on=oct_(day))
        orders.order(reply, told, author=at(TODAY, cast.post.office_clerk), law=law)
        seen.append(feed(cast.post.liaison)[uid(reply)])
    assert [event["dtstart"].dt for event in seen] == [oct_(15), oct_(20), oct_(22)]
    sequence = [int(event["sequence"]) for event in seen]
    assert sequence == sorted(set(sequence))


def test_a_duty_that_was_done_or_fell_away_is_cancelled_with_a_higher_sequence(reply, lane, cast, law):
    before = feed(cast.post.liaison)
    told = Done(oct_(15), "已回复")
    completion.complete(reply, told, author=at(TODAY, cast.post.liaison), law=law)
    lane.case.hearings.update(state="cancelled")
    sync_deadlines([lane.pk], law=law, author=at(TODAY), reason="取消")
    after = feed(cast.post.liaison)
    for one in (uid(reply), uid(of(lane, "name_head")), uid(lane.case.hearings.get())):
        assert (str(before[one]["status"]), str(after[one]["status"])) == ("CONFIRMED", "CANCELLED")
        assert int(after[one]["sequence"]) > int(before[one]["sequence"])
        assert not after[one].walk("VALARM")


def test_sequence_never_goes_back_when_a_completion_is_withdrawn(reply, cast, law):
    """A calendar program ignores what comes with a lower number, and would show the duty as cancelled for ever."""
    seen = [int(feed(cast.post.liaison)[uid(reply)]["sequence"])]
    done = completion.complete(
        reply, Done(oct_(15), "已回复"), author=at(TODAY, cast.post.liaison), law=law
    )  # fmt: skip
    seen.append(int(feed(cast.post.liaison)[uid(reply)]["sequence"]))
    orders.withdraw(done, author=at(TODAY, cast.post.office_clerk), law=law)
    event = feed(cast.post.liaison)[uid(reply)]
    seen.append(int(event["sequence"]))
    assert str(event["status"]) == "CONFIRMED"
    assert seen == sorted(set(seen))


def test_sequence_never_goes_back_when_a_pause_is_withdrawn(reply, cast, law):
    seen = []
    pause = Order(kind="pause", ground="other", document="中止通知书", first=oct_(14))
    seen.append(int(feed(cast.post.liaison)[uid(reply)]["sequence"]))
    made = orders.order(reply, pause, author=at(TODAY, cast.post.office_clerk), law=law)
    seen.append(int(feed(cast.post.liaison)[uid(reply)]["sequence"]))
    orders.withdraw(made, author=at(TODAY, cast.post.office_clerk), law=law)
    seen.append(int(feed(cast.post.liaison)[uid(reply)]["sequence"]))
    assert seen == sorted(set(seen))


def test_a_moved_hearing_keeps_its_uid_and_its_sequence_grows(lane, cast):
    hearing = lane.case.hearings.get()
    before = feed(cast.post.liaison)[uid(hearing)]
    FactChange.objects.create(
        case=lane.case,
        at=at(TODAY).at,
        model="hearing",
        field="day",
        old="2026-10-28",
        new="2026-11-04",
        source=SourceFactory(),
    )
    hearing.day = date(2026, 11, 4)
    hearing.save()
    after = feed(cast.post.liaison)[uid(hearing)]
    assert localtime(after["dtstart"].dt).date() == date(2026, 11, 4)
    assert int(after["sequence"]) > int(before["sequence"])


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_a_cancelled_hearing_is_sent_as_cancelled(lane, cast, state):
    hearing = lane.case.hearings.get()
    before = feed(cast.post.liaison)[uid(hearing)]
    lane.case.hearings.update(state=state)
    after = feed(cast.post.liaison)[uid(hearing)]
    assert str(after["status"]) == "CANCELLED"
    assert int(after["sequence"]) > int(before["sequence"])


def test_one_duty_can_be_taken_as_a_file_by_who_sees_it(reply, cast, client_of, today):
    page = f"/deadlines/{reply.pk}/event.ics"
    answer = client_of(cast.liaison).get(page)
    assert set(events(b"".join(answer) if answer.streaming else answer.content)) == {uid(reply)}
    for part in ("other_liaison", "foreign_office_clerk", "clerk", "without_post"):
        assert client_of(getattr(cast, part)).get(page).status_code == 404
    assert client_of(None).get(page).status_code == 302


def test_a_file_of_one_duty_carries_the_sequence_of_the_feed(reply, cast, law, client_of, today):
    told = Order(kind="extend", ground="other", document="准许延期通知书", ends_on=oct_(20))
    orders.order(reply, told, author=at(TODAY, cast.post.office_clerk), law=law)
    answer = client_of(cast.liaison).get(f"/deadlines/{reply.pk}/event.ics")
    single = events(b"".join(answer) if answer.streaming else answer.content)[uid(reply)]
    assert int(single["sequence"]) == int(feed(cast.post.liaison)[uid(reply)]["sequence"])
