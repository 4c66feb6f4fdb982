"""The sweep: driven by the state, safe twice, safe late; reminders never doubled, never lost."""

import smtplib
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils.timezone import make_aware

from cases.deadlines.sync import sync_deadlines
from cases.models import AT_ONCE, Deadline, Decision
from organisations.authors import Author
from supervision.models import JobRun, Message, Reminder
from supervision.reminders.delivery import MOST_TRIES, deliver
from supervision.reminders.urging import urge
from supervision.sweep.sweeping import absent_notifications, sweep, urge_due
from tests.factories import DeadlineFactory, DecisionOutcomeFactory, LaneFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 13)


def at(day, post=None, hour=7):
    return Author(make_aware(datetime(day.year, day.month, day.day, hour)), post)


def run(day, law):
    """What the ladder says on a day, without the regular work of the offices."""
    return urge_due(on=day, author=at(day), law=law)


@pytest.fixture
def deadline(cast):
    return DeadlineFactory(rule="defence_report", starts_on=date(2026, 10, 8), due_on=DUE)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-4, None),
        (-3, "t-3"),
        (-2, "t-3"),
        (-1, "t-3"),
        (0, "day0"),
        (1, "t+1"),
        (3, "t+3"),
        (5, "t+3"),  # a Sunday, on which nobody is asked to call
        (6, "t+5"),
        (8, "t+8"),
        (30, "t+8"),
    ],
)
def test_each_day_has_its_step_of_the_ladder(deadline, law, days, step):
    assert run(DUE + timedelta(days=days), law) == ({step: 1} if step else {})


def test_a_second_sweep_of_the_day_raises_nothing(deadline, law):
    assert run(DUE, law) == {"day0": 1}
    assert run(DUE, law) == {}
    assert Reminder.objects.count() == Message.objects.count() == 1


def test_days_that_were_missed_are_made_up_by_the_latest_step_alone(deadline, law):
    assert run(DUE - timedelta(days=3), law) == {"t-3": 1}
    assert run(DUE + timedelta(days=4), law) == {"t+3": 1}
    assert [r.planned_on for r in Reminder.objects.order_by("pk")] == [date(2026, 10, 10), date(2026, 10, 16)]


def test_a_duty_that_was_met_is_not_urged(deadline, law):
    Deadline.objects.update(state="met", met_on=DUE)
    assert run(DUE + timedelta(days=3), law) == {}


def test_what_only_informs_is_not_urged(deadline, law):
    Deadline.objects.update(is_duty=False)
    assert run(DUE, law) == {}


def test_the_liaison_is_told_of_all_and_the_head_from_the_third_day_late(deadline, law, cast):
    run(DUE, law)
    assert {m.recipient for m in Message.objects.all()} == {cast.post.liaison}
    run(DUE + timedelta(days=3), law)
    latest = Message.objects.filter(reminder__step="t+3")
    assert {m.recipient for m in latest} == {cast.post.liaison, cast.post.agency_head}


def test_a_message_says_why_and_never_names_a_party(deadline, law):
    run(DUE, law)
    reminder = Reminder.objects.get()
    assert "联络员" in reminder.messages.get().why
    assert deadline.case.plaintiffs not in reminder.text


def test_mail_goes_out_where_the_platform_can_send_it(deadline, law, cast, settings):
    settings.EMAIL_URL = "memorymail://"
    cast.liaison.email = "li@example.gov.cn"
    cast.liaison.save()
    run(DUE, law)
    assert deliver(author=at(DUE)) == {}  # seven in the morning
    assert deliver(author=at(DUE, hour=9)) == {"sent": 1}
    assert deliver(author=at(DUE, hour=9)) == {}
    assert [m.to for m in mail.outbox] == [["li@example.gov.cn"]]
    assert "应诉情况报告" in mail.outbox[0].subject


def test_a_mail_that_fails_is_tried_again_and_then_shown_as_failed(
    deadline, law, cast, settings, monkeypatch
):
    settings.EMAIL_URL = "memorymail://"
    cast.liaison.email = "li@example.gov.cn"
    cast.liaison.save()
    run(DUE, law)

    def refuse(*args, **kwargs):
        raise smtplib.SMTPRecipientsRefused({"li@example.gov.cn": (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    told = [deliver(author=at(DUE, hour=9 + n)) for n in range(MOST_TRIES)]
    assert told == [{"retry": 1}] * (MOST_TRIES - 1) + [{"failed": 1}]
    message = Message.objects.get(channel="email")
    assert (message.state, message.attempts, message.error) == (
        "failed",
        MOST_TRIES,
        "收件地址被拒收：550 no such user",
    )


def test_a_worker_that_died_while_sending_leaves_the_message_to_the_next(deadline, law, cast, settings):
    settings.EMAIL_URL = "memorymail://"
    cast.liaison.email = "li@example.gov.cn"
    cast.liaison.save()
    run(DUE, law)
    sent_before = {"state": "sending", "next_try_at": at(DUE, hour=10).at, "parcel": "p" * 32}
    Message.objects.filter(channel="email").update(**sent_before)
    assert deliver(author=at(DUE, hour=9)) == {}
    assert deliver(author=at(DUE, hour=11)) == {"sent": 1}
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{'p' * 32}@binzhou-litigation>"


def test_effect_is_presumed_the_day_after_the_appeal_period(cast, law):
    lane = LaneFactory()
    DecisionOutcomeFactory(
        lane=lane,
        code="J-DISMISS",
        lost=False,
        decision__decided_on=date(2026, 9, 1),
        decision__delivered_on=date(2026, 9, 2),
    )
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 3)), reason="裁判")
    sweep(on=date(2026, 9, 17), author=at(date(2026, 9, 17)), law=law)
    assert Decision.objects.get().effect == "not_yet"
    sweep(on=date(2026, 9, 18), author=at(date(2026, 9, 18)), law=law)
    decision = Decision.objects.get()
    assert (decision.effect, decision.effective_on) == ("presumed", date(2026, 9, 18))


def test_an_appealed_decision_does_not_take_effect_by_itself(cast, law):
    lane = LaneFactory()
    DecisionOutcomeFactory(
        lane=lane,
        code="J-DISMISS",
        decision__delivered_on=date(2026, 9, 24),
        decision__appealed=True,
        decision__effect="appealed",
    )
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 25)), reason="裁判")
    assert sweep(on=date(2026, 12, 1), author=at(date(2026, 12, 1)), law=law)["effective"] == 0


def test_a_court_is_listed_as_not_received_only_after_the_day_rolled_over_the_holiday(cast, law):
    assert absent_notifications(on=date(2026, 10, 8), law=law) == []
    absent = absent_notifications(on=date(2026, 10, 9), law=law)
    assert {"court": "鲁1602", "kind": "schedule", "month": "2026-10", "since": "2026-10-08"} in absent


def test_the_last_success_is_kept_for_readyz(deadline, law):
    sweep(on=DUE, author=at(DUE), law=law)
    assert JobRun.objects.get(job="sweep").covered == DUE


def test_urging_by_hand_skips_what_was_told_today(deadline, law, cast):
    office = cast.post.office_clerk
    first = urge([deadline], author=at(DUE, office), law=law)
    second = urge([deadline], author=at(DUE, office, hour=15), law=law)
    assert (len(first.sent), len(second.sent), second.skipped) == (1, 0, [deadline])


def test_a_deadline_that_moved_is_urged_anew_from_its_new_day(deadline, law):
    run(DUE + timedelta(days=8), law)
    later = DUE + timedelta(days=30)
    Deadline.objects.update(due_on=later, look_on=AT_ONCE)
    assert run(later - timedelta(days=3), law) == {"t-3": 1}
    assert run(later + timedelta(days=8), law) == {"t+8": 1}


def test_who_has_left_the_post_is_no_longer_told(deadline, law, cast):
    cast.post.liaison.valid_to = DUE - timedelta(days=1)
    cast.post.liaison.save()
    run(DUE, law)
    assert not Message.objects.exists()


def test_a_head_who_leaves_next_month_is_still_told(deadline, law, cast):
    cast.post.liaison.valid_to = DUE + timedelta(days=30)
    cast.post.liaison.save()
    run(DUE, law)
    assert Message.objects.get().recipient == cast.post.liaison
