"""Quiet: one message a day about one case outside the last three days, and an end to urging that did not help."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import NEVER, Deadline
from organisations.authors import Author
from supervision.models import Message, Reminder
from supervision.reminders.delivery import deliver
from supervision.sweep.sweeping import urge_due
from tests.factories import CaseFactory, DeadlineFactory, LaneFactory, at

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 12)
LATE = DUE + timedelta(days=1)  # t+1 of both


@pytest.fixture
def pair(cast):
    """Two duties of one case with one day."""
    lane = LaneFactory(case=CaseFactory())
    return [
        DeadlineFactory(lane=lane, rule=rule, due_on=DUE) for rule in ("defence_report", "judgment_filing")
    ]


def urge(on, law, hour=9):
    author = at(on)
    return urge_due(on=on, author=Author(author.at.replace(hour=hour)), law=law)


def told(cast):
    return Message.objects.filter(recipient=cast.post.liaison, channel="in_app").order_by("pk")


def test_what_is_late_of_one_case_is_told_in_one_message(pair, law, cast):
    assert urge(LATE, law) == {"t+1": 2}
    message = told(cast).get()
    texts = {reminder.text for reminder in Reminder.objects.all()}
    assert set(message.text.splitlines()) == texts


def test_within_the_last_three_days_each_duty_has_its_own(pair, law, cast):
    assert urge(DUE - timedelta(days=3), law) == {"t-3": 2}
    assert told(cast).count() == 2


def test_the_last_day_told_when_it_is_over_is_not_urgent_and_told_with_the_others(law, cast):
    lane = LaneFactory(case=CaseFactory())
    for rule in ("material_receipt", "leader_report"):
        DeadlineFactory(lane=lane, rule=rule, due_on=DUE)
    assert urge(LATE, law) == {"day0": 2}
    assert not told(cast).get().urgent


def test_duties_of_two_cases_are_told_in_two(law, cast):
    for _ in range(2):
        DeadlineFactory(lane=LaneFactory(case=CaseFactory()), rule="defence_report", due_on=DUE)
    urge(LATE, law)
    assert told(cast).count() == 2


def test_a_second_reminder_of_the_day_is_added_and_the_message_is_unread_again(pair, law, cast):
    second = pair[1]
    Deadline.objects.filter(pk=second.pk).update(look_on=NEVER)
    urge(LATE, law)
    told(cast).update(read_at=at(LATE).at)
    Deadline.objects.filter(pk=second.pk).update(look_on=LATE)
    urge(LATE, law, hour=15)
    message = told(cast).get()
    assert (len(message.text.splitlines()), message.read_at) == (2, None)


def test_the_next_day_is_another_message(pair, law, cast):
    urge(LATE, law)
    urge(DUE + timedelta(days=3), law)
    assert [len(one.text.splitlines()) for one in told(cast)] == [2, 2]


def test_a_mail_says_all_of_it_even_if_its_own_duty_was_met_meanwhile(pair, law, cast, settings, mailoutbox):
    settings.EMAIL_URL = "memorymail://"
    cast.liaison.email = "li@example.gov.cn"
    cast.liaison.save()
    urge(LATE, law)
    waiting = Message.objects.get(channel="email")
    Deadline.objects.filter(pk=waiting.reminder.deadline_id).update(state="met", met_on=LATE)
    deliver(author=Author(at(LATE).at.replace(hour=10)))
    [mail] = mailoutbox
    assert all(reminder.text in mail.body for reminder in Reminder.objects.all())


def test_after_the_leader_was_told_twice_the_office_goes_on_by_hand(pair, law, cast, client_of, today):
    for days in range(60):
        urge(DUE + timedelta(days=days), law)
    of_one = Reminder.objects.filter(deadline=pair[0])
    assert list(of_one.order_by("planned_on").values_list("step", flat=True)) == [
        "day0", "t+1", "t+3", "t+5", "t+8",
    ]  # fmt: skip
    assert set(Deadline.objects.urged_in_vain(on=date(2026, 12, 1))) == set(pair)
    desk = client_of(cast.office_clerk).get(reverse("supervision:desk")).content.decode()
    assert "多次催办未果、须由人跟进" in desk
    board = client_of(cast.office_clerk).get("/deadlines/?state=in_vain").content.decode()
    assert pair[0].case.number in board
