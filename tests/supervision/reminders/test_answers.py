"""A head who is asked is told so; when the head says no, the liaison is; each once, whatever the state of the duty."""

from datetime import date, timedelta

import pytest
from django.core import mail

from cases.deadlines.sync import sync_deadlines
from cases.hearings import nominations
from cases.material.signing import sign_for_material
from cases.models import Deadline, Hearing
from cases.papers import leaders
from organisations.models import Post, User
from supervision.models import Message, Reminder
from supervision.reminders.answers import tell_of_answers
from supervision.reminders.delivery import deliver
from supervision.reminders.urging import urge
from supervision.sweep.sweeping import sweep
from tests.factories import HeadFactory, HearingFactory, LaneFactory, at

pytestmark = pytest.mark.django_db
TODAY, HEARING_DAY = date(2026, 10, 15), date(2026, 10, 28)
DAY = timedelta(days=1)


@pytest.fixture
def lane(cast, law):
    lane = LaneFactory()
    sign_for_material(
        lane, received_on=TODAY, method="direct", period=None, author=at(TODAY, cast.post.liaison), law=law
    )
    return lane


@pytest.fixture
def hearing(lane, law):
    hearing = HearingFactory(case=lane.case, day=HEARING_DAY)
    sync_deadlines([lane.pk], law=law, author=at(TODAY), reason="排庭")
    return hearing


@pytest.fixture
def head(cast):
    """On the roster, with an account of the own; a second head of the unit has one too."""
    other = User.objects.create(username="second", name="郑建国")
    Post.objects.create(user=other, organisation=cast.post.agency_head.organisation, role="agency_head")
    return HeadFactory(user=cast.agency_head)


def told():
    return [
        (one.recipient.user.username, one.reminder.text, one.why)
        for one in Message.objects.filter(channel="in_app").order_by("pk")
        if one.reminder.step.startswith("ask:")
    ]


def name(lane, hearing, head, cast, law, **more):
    return nominations.name_head(lane, hearing, head, author=at(TODAY, cast.post.liaison), law=law, **more)


def test_a_named_head_is_asked_once_and_nobody_else_of_the_unit(lane, hearing, head, cast, law):
    name(lane, hearing, head, cast, law)
    for _ in range(2):
        tell_of_answers(author=at(TODAY), law=law)
    assert told() == [
        (
            cast.agency_head.username,
            f"请确认出庭：{lane.case.number}，2026-10-28 开庭，拟由您出庭。",
            "等您本人答复",
        )
    ]


def test_any_head_of_the_unit_is_asked_where_the_roster_names_no_account(lane, hearing, cast, law, head):
    name(lane, hearing, HeadFactory(name="方清泉"), cast, law)
    assert tell_of_answers(author=at(TODAY), law=law) == 1
    assert sorted(user for user, _, _ in told()) == sorted([cast.agency_head.username, "second"])


def test_a_head_who_has_confirmed_is_not_asked(lane, hearing, head, cast, law):
    nominations.confirm_head(name(lane, hearing, head, cast, law), author=at(TODAY, cast.post.agency_head))
    assert tell_of_answers(author=at(TODAY), law=law) == 0


def test_the_liaison_hears_of_a_no_with_its_reason(lane, hearing, head, cast, law):
    named = name(lane, hearing, head, cast, law)
    nominations.decline_head(named, reason="赴省里开会", author=at(TODAY, cast.post.agency_head), law=law)
    assert tell_of_answers(author=at(TODAY), law=law) == 1
    user, text, why = told()[0]
    assert (user, why) == (cast.liaison.username, "您是承办单位的联络员，负责人已答复")
    assert text == (
        f"{named} 不能出庭，请另行确定：{lane.case.number}，2026-10-28 开庭。本人不能出庭：赴省里开会"
    )


def test_a_head_who_was_replaced_is_no_news(lane, hearing, head, cast, law):
    nominations.confirm_head(name(lane, hearing, head, cast, law), author=at(TODAY, cast.post.agency_head))
    second = HeadFactory(name="方清泉")
    named = name(lane, hearing, second, cast, law, reason="分工调整")
    nominations.confirm_head(named, author=at(TODAY, cast.post.agency_head))
    assert tell_of_answers(author=at(TODAY), law=law) == 0


@pytest.mark.parametrize(("kind", "words"), [("report", "应诉材料呈阅"), ("approval", "应诉情况报告审签")])
def test_a_matter_put_before_a_head_is_told_and_what_is_sent_back_reaches_the_liaison(
    lane, head, cast, law, kind, words
):
    content = {"summary": ["…"]}
    asked = leaders.ask_leaders(lane, [head], kind=kind, content=content, author=at(TODAY, cast.post.liaison))
    assert tell_of_answers(author=at(TODAY), law=law) == 1
    leaders.answer_notice(
        asked[0], opinion="请补充现场照片", agreed=False, author=at(TODAY, cast.post.agency_head)
    )
    assert tell_of_answers(author=at(TODAY), law=law) == 1
    assert [(user, text) for user, text, _ in told()] == [
        (cast.agency_head.username, f"请阅示：{lane.case.number}，{words}。"),
        (cast.liaison.username, f"{head}退回修改：{lane.case.number}，{words}。请补充现场照片"),
    ]


def test_what_is_older_than_three_days_or_past_its_hearing_is_not_told_any_more(
    lane, hearing, head, cast, law
):
    name(lane, hearing, head, cast, law)
    assert tell_of_answers(author=at(TODAY + 4 * DAY), law=law) == 0
    assert tell_of_answers(author=at(HEARING_DAY + DAY), law=law) == 0


def test_the_question_goes_out_by_mail_though_the_duty_to_name_a_head_is_met(
    lane, hearing, head, cast, law, settings
):
    settings.EMAIL_URL = "memorymail://"
    cast.agency_head.email = "head@example.gov.cn"
    cast.agency_head.save()
    name(lane, hearing, head, cast, law)
    sweep(on=TODAY, author=at(TODAY), law=law)
    deliver(author=at(TODAY, hour=10), law=law)
    assert any("请确认出庭" in message.body for message in mail.outbox)


def test_the_message_leads_a_head_to_the_desk_and_a_liaison_to_the_case(
    lane, hearing, head, cast, law, client_of, today
):
    named = name(lane, hearing, head, cast, law)
    tell_of_answers(author=at(TODAY), law=law)
    nominations.decline_head(named, reason="赴省里开会", author=at(TODAY, cast.post.agency_head), law=law)
    tell_of_answers(author=at(TODAY), law=law)
    homes = []
    for person in ("agency_head", "liaison"):
        message = Message.objects.get(
            recipient=getattr(cast.post, person), channel="in_app", reminder__step__startswith="ask:"
        )
        answer = client_of(getattr(cast, person)).post(f"/messages/{message.pk}/")
        homes.append(answer.url)
    assert homes == ["/desk/", f"/cases/{lane.case_id}/"]


def test_a_head_who_says_no_after_another_was_replaced_is_the_only_news(lane, hearing, head, cast, law):
    name(lane, hearing, HeadFactory(name="方清泉"), cast, law)
    named = name(lane, hearing, head, cast, law, reason="分工调整")
    nominations.decline_head(named, reason="赴省里开会", author=at(TODAY, cast.post.agency_head), law=law)
    tell_of_answers(author=at(TODAY), law=law)
    assert [text.partition(" ")[0] for _, text, _ in told()] == ["方清远（局长）"]


@pytest.mark.parametrize("state", ["cancelled", "postponed", "held"])
def test_nobody_is_asked_to_confirm_a_hearing_that_is_not_to_come(
    lane, hearing, head, cast, law, client_of, settings, state
):
    settings.TODAY = TODAY
    name(lane, hearing, head, cast, law)
    Hearing.objects.update(state=state)
    assert tell_of_answers(author=at(TODAY), law=law) == 0
    assert "确认出庭" not in client_of(cast.agency_head).get("/desk/").content.decode()


def test_with_two_hearings_the_question_hangs_on_the_duty_of_its_own(lane, hearing, head, cast, law):
    HearingFactory(case=lane.case, day=date(2026, 11, 20))
    sync_deadlines([lane.pk], law=law, author=at(TODAY), reason="排庭")
    name(lane, hearing, head, cast, law)
    tell_of_answers(author=at(TODAY), law=law)
    asked = Reminder.objects.get(step__startswith="ask:named")
    assert asked.deadline.subject == f"hearing:{hearing.pk}"


def test_what_a_head_said_stays_in_the_agency(lane, head, cast, law, client_of, settings):
    settings.TODAY = TODAY
    asked = leaders.ask_leaders(
        lane, [head], kind="approval", content={}, author=at(TODAY, cast.post.liaison)
    )
    leaders.answer_notice(asked[0], opinion="内部意见", agreed=False, author=at(TODAY, cast.post.agency_head))
    tell_of_answers(author=at(TODAY), law=law)
    seen = {
        who: "内部意见"
        in client_of(getattr(cast, who)).get(f"/cases/{lane.case_id}/urging/").content.decode()
        for who in ("liaison", "office_clerk", "office_head", "leader", "supervision")
    }
    assert [who for who, shown in seen.items() if shown] == ["liaison"]


def test_a_question_to_a_head_is_no_urging(lane, head, cast, law):
    leaders.ask_leaders(lane, [head], kind="approval", content={}, author=at(TODAY, cast.post.liaison))
    tell_of_answers(author=at(TODAY), law=law)
    duty = Deadline.objects.get(rule="defence_report")
    assert len(urge([duty], author=at(TODAY, cast.post.office_clerk), law=law).sent) == 1
