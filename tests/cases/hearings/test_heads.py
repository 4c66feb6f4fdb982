"""出庭负责人: who may be named, one sitting for several cases, the head's own answer, co-defendants, the day itself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cases.deadlines.sync import sync_deadlines
from cases.hearings import appearances, designation, nominations
from cases.models import AppearanceStatement, Case, Deadline, Designation, HearingSession, Nomination
from cases.papers import leaders, submission
from cases.papers.submission import Submission
from organisations import rosters
from organisations.models import AuditEntry, Head, Post, User
from organisations.overtaken import Overtaken
from organisations.rosters import HeadDetails
from rules.appearance import eligibility
from tests.factories import (
    AppearanceStatementFactory,
    HeadFactory,
    HearingFactory,
    LaneFactory,
    NominationFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db
HEARING_DAY = date(2026, 10, 28)
KINDS = ["principal", "deputy", "deputy_level", "other"]


@pytest.fixture
def hearing(lane):
    return HearingFactory(case=lane.case, day=HEARING_DAY)


@pytest.fixture
def author(cast):
    return at(date(2026, 10, 15), cast.post.liaison)


@pytest.fixture
def sitting(lane, hearing):
    """Three cases of the agency heard together; another agency is sued in the last one too."""
    session = HearingSession.objects.create(day=HEARING_DAY)
    lanes = [lane, LaneFactory(), LaneFactory()]
    hearings = [hearing, *(HearingFactory(case=one.case, day=HEARING_DAY) for one in lanes[1:])]
    for one in hearings:
        one.session = session
        one.save()
    LaneFactory(case=lanes[2].case, organisation=organisation("371602-SC"))
    return lanes, hearings


def scheduled(lane, law, author):
    sync_deadlines([lane.pk], law=law, author=author, reason="排庭")


def due(lane, rule="name_head"):
    return Deadline.objects.get(lane=lane, rule=rule)


def statement(**said):
    return {
        "attended": True, "head": None, "spoke": None, "opinion_given": None, "left_early": None,
        "staff_attended": None, "lawyer_only": None, "id_certificate": "", "note": "",
    } | said  # fmt: skip


# 规定第二条 since 2020-07-01; 行诉解释第一百二十八条 before: no 副职级别.
@pytest.mark.parametrize(
    ("day", "kinds", "citation"),
    [
        (date(2020, 6, 30), ["principal", "deputy", "other"], "第一百二十八条"),
        (date(2020, 7, 1), KINDS, "第二条"),
        (date(2026, 10, 28), KINDS, "第二条"),
    ],
)
def test_who_counts_as_a_head_depends_on_the_day_of_the_hearing(day, kinds, citation):
    found = eligibility(held_on=day)
    assert [str(kind) for kind in found.kinds] == kinds
    assert found.citation.endswith(citation)


@pytest.mark.parametrize(
    ("day", "kind", "may"),
    [
        *((date(2026, 10, 28), kind, True) for kind in KINDS),
        *((date(2020, 6, 30), kind, kind != "deputy_level") for kind in KINDS),
        (date(2020, 7, 1), "deputy_level", True),
    ],
)
def test_a_head_of_the_roster_may_be_named_where_the_kind_counts_on_that_day(
    lane, author, law, day, kind, may
):
    hearing = HearingFactory(case=lane.case, day=day)
    head = HeadFactory(kind=kind, first=date(2019, 1, 1))
    if may:
        assert nominations.name_head(lane, hearing, head, author=author, law=law).head == head
    else:
        with pytest.raises(
            ValidationError, match=r"参与分管的副职级别负责人不属于该日适用的负责人范围.*第一百二十八条"
        ):
            nominations.name_head(lane, hearing, head, author=author, law=law)
        assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [
        (HEARING_DAY, None, True),
        (HEARING_DAY, HEARING_DAY, True),
        (HEARING_DAY + timedelta(days=1), None, False),
        (date(2020, 1, 1), HEARING_DAY, True),
        (date(2020, 1, 1), HEARING_DAY - timedelta(days=1), False),
    ],
)
def test_the_term_has_to_cover_the_day_of_the_hearing(lane, hearing, author, law, first, last, may):
    head = HeadFactory(first=first, last=last)
    assert (head in nominations.choices_for(lane, hearing)) is may
    if not may:
        with pytest.raises(ValidationError, match="方清远在 2026-10-28 不在任职期内"):
            nominations.name_head(lane, hearing, head, author=author, law=law)


@pytest.mark.parametrize("code", ["371602-SC", "371625-ZRZY", "BZ-ZRZY", "371602-GOV"])
def test_a_head_of_another_or_a_subordinate_agency_is_refused_and_those_who_may_are_named(
    lane, hearing, author, law, code
):
    HeadFactory(name="张明", position="局长")
    HeadFactory(name="赵亮", position="副局长", kind="deputy")
    HeadFactory(name="旧人", position="副局长", kind="deputy", last=date(2025, 1, 1))
    stranger = HeadFactory(name="李某", position="主任", organisation=organisation(code))
    with pytest.raises(ValidationError) as refused:
        nominations.name_head(lane, hearing, stranger, author=author, law=law)
    (sentence,) = refused.value.message_dict["head"]
    assert sentence.startswith("请选择出庭负责人。李某不在本单位负责人名册中")
    assert sentence.endswith("可选：张明（局长）、赵亮（副局长）。")
    assert "旧人" not in sentence
    assert not Nomination.objects.exists()


def test_an_empty_roster_is_said_to_be_empty(lane, hearing, author, law):
    stranger = HeadFactory(organisation=organisation("371602-SC"))
    with pytest.raises(ValidationError, match="名册中还没有可以出庭的负责人"):
        nominations.name_head(lane, hearing, stranger, author=author, law=law)


def test_the_page_offers_those_who_may_and_takes_no_other(lane, hearing, cast, client_of):
    HeadFactory(name="张明")
    stranger = HeadFactory(name="李某", organisation=organisation("371602-SC"))
    client, url = client_of(cast.liaison), reverse("cases:appoint", args=[lane.pk])
    assert "李某" not in client.get(url).content.decode()
    answer = client.post(url, {"head": stranger.pk})
    assert answer.status_code == 422
    assert "张明" in answer.content.decode()
    assert not Nomination.objects.exists()


@pytest.mark.parametrize("day", [HEARING_DAY - timedelta(days=1), HEARING_DAY + timedelta(days=1)])
def test_hearings_of_other_days_are_no_conflict(lane, hearing, cast, day):
    head = HeadFactory()
    other = LaneFactory()
    NominationFactory(
        lane=other,
        hearing=HearingFactory(case=other.case, day=day),
        head=head,
        named_by=cast.post.liaison,
    )
    assert nominations.conflicts(head, hearing) == []


def test_two_hearings_on_one_day_are_a_conflict_that_the_page_shows_and_does_not_forbid(
    lane, hearing, cast, client_of
):
    head, other = HeadFactory(), LaneFactory()
    elsewhere = NominationFactory(
        lane=other, hearing=HearingFactory(case=other.case, day=HEARING_DAY), head=head,
        named_by=cast.post.liaison,
    )  # fmt: skip
    assert nominations.conflicts(head, hearing) == [elsewhere]
    assert nominations.conflicts(HeadFactory(name="许知行"), hearing) == []
    client, url = client_of(cast.liaison), reverse("cases:appoint", args=[lane.pk])
    text = client.get(url).content.decode()
    assert "同一天已安排出庭" in text
    assert other.case.number in text
    assert client.post(url, {"head": head.pk}).status_code == 302


@pytest.mark.parametrize("state", ["cancelled", "postponed", "held"])
def test_a_hearing_that_does_not_take_place_any_more_is_no_conflict(lane, hearing, cast, state):
    head, other = HeadFactory(), LaneFactory()
    gone = HearingFactory(case=other.case, day=HEARING_DAY, state=state)
    NominationFactory(lane=other, hearing=gone, head=head, named_by=cast.post.liaison)
    assert nominations.conflicts(head, hearing) == []


def test_cases_heard_in_one_sitting_are_no_conflict(sitting, author, law):
    lanes, hearings = sitting
    head = HeadFactory()
    nominations.name_head(lanes[0], hearings[0], head, author=author, law=law)
    assert [nominations.conflicts(head, hearing) for hearing in hearings] == [[], [], []]


def test_naming_holds_for_all_cases_of_the_agency_in_the_sitting_and_for_no_one_else(sitting, author, law):
    lanes, hearings = sitting
    for each in Case.objects.all():
        for one in each.lanes.all():
            scheduled(one, law, author)
    made = nominations.name_head(lanes[1], hearings[1], HeadFactory(), author=author, law=law)
    assert (made.lane, made.hearing) == (lanes[1], hearings[1])
    assert list(Nomination.objects.order_by("lane").values_list("lane", "hearing")) == [
        (lane.pk, hearing.pk) for lane, hearing in zip(lanes, hearings, strict=True)
    ]
    assert [due(lane).state for lane in lanes] == ["met", "met", "met"]
    assert Deadline.objects.get(rule="name_head", state="open").organisation.code == "371602-SC"


def test_replacing_a_head_keeps_who_was_named_before_and_why(lane, hearing, author, law, cast, client_of):
    scheduled(lane, law, author)
    first, second = HeadFactory(), HeadFactory(name="许知行", position="副局长", kind="deputy")
    nominations.name_head(lane, hearing, first, author=author, law=law)
    later = at(date(2026, 10, 27), cast.post.liaison)
    nominations.name_head(lane, hearing, second, author=later, law=law, reason="另有公务")
    old, new = Nomination.objects.order_by("pk")
    assert (old.name, old.replaced_at, old.replaced_reason) == ("方清远", later.at, "另有公务")
    assert (new.name, new.position, new.rank, new.replaced_at) == ("许知行", "副局长", "deputy", None)
    assert (due(lane).state, due(lane).met_on) == ("met", date(2026, 10, 15))  # met by the first naming
    text = client_of(cast.liaison).get(reverse("cases:appoint", args=[lane.pk])).content.decode()
    assert "方清远" in text
    assert "另有公务" in text
    assert AuditEntry.objects.filter(verb="lane.name_head").count() == 2


def test_naming_the_same_head_again_is_no_replacement(lane, hearing, author, law):
    head = HeadFactory()
    first = nominations.name_head(lane, hearing, head, author=author, law=law)
    assert nominations.name_head(lane, hearing, head, author=author, law=law) == first
    assert Nomination.objects.get().replaced_at is None


def test_what_the_roster_said_on_the_day_of_naming_stands(lane, hearing, author, law):
    head = HeadFactory()
    made = nominations.name_head(lane, hearing, head, author=author, law=law)
    Head.objects.filter(pk=head.pk).update(position="调研员", kind="other")
    made.refresh_from_db()
    assert (made.position, made.rank) == ("局长", "principal")


def test_a_head_who_declines_reopens_the_duty(lane, hearing, author, law, cast, client_of):
    scheduled(lane, law, author)
    made = nominations.name_head(lane, hearing, HeadFactory(user=cast.agency_head), author=author, law=law)
    assert due(lane).state == "met"
    url = reverse("cases:confirm_head", args=[made.pk])
    client = client_of(cast.agency_head)
    assert client.post(url, {"do": "decline", "reason": ""}).status_code == 422
    assert due(lane).state == "met"
    assert client.post(url, {"do": "decline", "reason": "出国考察"}).status_code == 302
    made.refresh_from_db()
    assert made.replaced_reason == "本人不能出庭：出国考察"
    assert (due(lane).state, due(lane).met_on) == ("met", date(2026, 10, 15))
    again = due(lane, "name_head_again")
    assert (again.state, again.starts_on, again.due_on) == ("open", date(2026, 10, 15), date(2026, 10, 19))
    assert client.get(url).status_code == 302  # nothing to answer any more


def test_a_head_who_cannot_come_to_a_sitting_cannot_come_to_any_of_its_cases(sitting, author, law, cast):
    lanes, hearings = sitting
    head = HeadFactory(user=cast.agency_head)
    made = nominations.name_head(lanes[0], hearings[0], head, author=author, law=law)
    nominations.decline_head(
        made, reason="住院", author=at(date(2026, 10, 16), cast.post.agency_head), law=law
    )
    assert not Nomination.objects.filter(replaced_at=None).exists()
    assert {due(lane).state for lane in lanes} == {"met"}
    assert [due(lane, "name_head_again").state for lane in lanes] == ["open", "open", "open"]


# Hearing on Wednesday 10-28: two working days, and not after Tuesday 10-27.
DECLINES = [
    (date(2026, 10, 16), date(2026, 10, 20)),
    (date(2026, 10, 26), date(2026, 10, 27)),
    (date(2026, 10, 27), date(2026, 10, 27)),
    (date(2026, 10, 28), date(2026, 10, 28)),  # never before the day of the answer
]


@pytest.mark.parametrize(("on", "due_on"), DECLINES)
def test_another_head_is_named_within_two_working_days_and_before_the_hearing(
    lane, hearing, author, law, cast, on, due_on
):
    scheduled(lane, law, author)
    made = nominations.name_head(lane, hearing, HeadFactory(user=cast.agency_head), author=author, law=law)
    nominations.decline_head(made, reason="住院", author=at(on, cast.post.agency_head), law=law)
    again = due(lane, "name_head_again")
    assert (again.state, again.due_on) == ("open", due_on)
    other = at(max(on, date(2026, 10, 20)), cast.post.liaison)
    nominations.name_head(lane, hearing, HeadFactory(name="王副局长"), author=other, law=law)
    assert (due(lane, "name_head_again").state, due(lane, "name_head_again").met_on) == ("met", other.on)
    assert (due(lane).state, due(lane).met_on) == ("met", author.on)


def test_who_confirms_twice_has_confirmed_once(lane, hearing, author, law, cast, client_of):
    made = nominations.name_head(lane, hearing, HeadFactory(user=cast.agency_head), author=author, law=law)
    client, url = client_of(cast.agency_head), reverse("cases:confirm_head", args=[made.pk])
    assert [client.post(url, {"do": "confirm"}).status_code for _ in range(2)] == [302, 302]
    made.refresh_from_db()
    assert made.confirmed_by == cast.post.agency_head
    assert AuditEntry.objects.filter(verb="lane.confirm_head").count() == 1


@pytest.fixture
def second_head(cast):
    user = User.objects.create_user("second_head", name="副局长某")
    Post.objects.create(user=user, organisation=organisation("371602-ZRZY"), role="agency_head")
    return user


def test_only_the_account_of_the_named_head_may_confirm(
    lane, hearing, author, law, cast, client_of, second_head
):
    made = nominations.name_head(lane, hearing, HeadFactory(user=cast.agency_head), author=author, law=law)
    url = reverse("cases:confirm_head", args=[made.pk])
    refused = {
        "second_head": client_of(second_head).post(url, {"do": "confirm"}).status_code,
        **{
            part: client_of(getattr(cast, part)).post(url, {"do": "confirm"}).status_code
            for part in (
                "liaison", "other_liaison", "foreign_liaison", "office_head", "foreign_office_head", "clerk", "leader"
            )
        },
    }  # fmt: skip
    assert refused == {
        "second_head": 403, "liaison": 403, "other_liaison": 404, "foreign_liaison": 404, "office_head": 403,
        "foreign_office_head": 404, "clerk": 403, "leader": 403,
    }  # fmt: skip
    made.refresh_from_db()
    assert made.confirmed_at is None
    assert client_of(cast.agency_head).post(url, {"do": "confirm"}).status_code == 302


def test_where_the_head_has_no_account_a_head_of_the_unit_confirms(
    lane, hearing, author, law, cast, client_of, second_head
):
    made = nominations.name_head(lane, hearing, HeadFactory(), author=author, law=law)
    assert (
        client_of(second_head)
        .post(reverse("cases:confirm_head", args=[made.pk]), {"do": "confirm"})
        .status_code
        == 302
    )


# 共同被告 (规定第三条)


@pytest.fixture
def joint(lane, hearing, author, law):
    other = LaneFactory(case=lane.case, organisation=organisation("371602-GOV"))
    for one in (lane, other):
        scheduled(one, law, author)
    return lane, other


def open_naming(lane):
    return Deadline.objects.open().filter(lane=lane, rule="name_head").exists()


@pytest.mark.parametrize("ground", ["agreement", "court"])
def test_the_designated_defendant_names_a_head_and_the_others_need_not(joint, author, law, ground):
    lane, other = joint
    assert open_naming(lane)
    assert open_naming(other)
    designation.designate(lane.case, other, ground=ground, author=author, law=law)
    assert not open_naming(lane)
    assert open_naming(other)
    assert due(lane).state in ("void", "na")
    assert AuditEntry.objects.filter(verb="case.designate").count() == 1


def test_an_appearance_of_the_designated_head_exempts_in_this_case_only(joint, author, law):
    lane, other = joint
    designation.designate(lane.case, other, ground="agreement", author=author, law=law)
    elsewhere = LaneFactory()
    HearingFactory(case=elsewhere.case, day=HEARING_DAY)
    scheduled(elsewhere, law, author)
    assert open_naming(elsewhere)  # 规定第七条第二款


def test_a_designation_is_made_once_and_needs_two_defendants(joint, author, law):
    lane, other = joint
    alone = LaneFactory()
    with pytest.raises(ValidationError, match="只有一个被告"):
        designation.designate(alone.case, alone, ground="court", author=author, law=law)
    designation.designate(lane.case, other, ground="court", author=author, law=law)
    with pytest.raises(ValidationError, match="已确定出庭机关"):
        designation.designate(lane.case, lane, ground="court", author=author, law=law)
    assert Designation.objects.get().lane == other


def test_a_lane_of_another_case_cannot_be_designated(joint, cast, client_of):
    lane, _ = joint
    stranger = LaneFactory(organisation=organisation("371602-SC"))
    url = reverse("cases:designate", args=[lane.pk])
    answer = client_of(cast.liaison).post(url, {"lane": stranger.pk, "ground": "court"})
    assert answer.status_code == 422
    assert not Designation.objects.exists()


# 不能出庭


def test_an_explanation_before_the_hearing_meets_the_duty_to_name(lane, hearing, author, law, cast):
    scheduled(lane, law, author)
    told = Submission(
        kind="absence_explanation",
        content={"ground": "force_majeure", "facts": "暴雪"},
        key="a",
        hearing=hearing,
    )
    submission.submit(lane, told, author=at(date(2026, 10, 20), cast.post.liaison), law=law)
    assert (due(lane).state, due(lane).met_on) == ("met", date(2026, 10, 20))


def test_an_explanation_for_one_hearing_says_nothing_of_the_next(lane, hearing, author, law):
    later = HearingFactory(case=lane.case, day=date(2026, 11, 10))
    told = Submission(kind="absence_explanation", content={"ground": "accident"}, key="a", hearing=hearing)
    submission.submit(lane, told, author=author, law=law)
    states = dict(Deadline.objects.filter(rule="name_head").values_list("subject", "state"))
    assert states == {f"hearing:{hearing.pk}": "met", f"hearing:{later.pk}": "open"}


# 出庭登记


def test_the_day_has_to_have_come(lane, hearing, author, law, cast):
    head = HeadFactory()
    said = statement(head=head, spoke=True)
    for day in (date(2026, 10, 15), HEARING_DAY - timedelta(days=1)):
        with pytest.raises(ValidationError, match="开庭日期为 2026-10-28，开庭后再登记。"):
            appearances.state_appearance(lane, hearing, said, author=at(day, cast.post.liaison), law=law)
    assert not AppearanceStatement.objects.exists()
    made = appearances.state_appearance(
        lane, hearing, said, author=at(HEARING_DAY, cast.post.liaison), law=law
    )
    assert (made.stated_by, made.attended, made.head_name, made.counts) == ("agency", True, "方清远", True)


def test_what_the_agency_says_stands_beside_the_word_of_the_court(lane, cast, law, client_of):
    court = AppearanceStatementFactory(
        lane=lane, attended=False, counts=False, head_name="", head_position="", head_rank="",
        hearing__day=date(2026, 9, 16),
    )  # fmt: skip
    author = at(date(2026, 10, 15), cast.post.liaison)
    head = HeadFactory(name="许知行", kind="deputy", position="副局长")
    appearances.state_appearance(
        lane, court.hearing, statement(head=head, spoke=True), author=author, law=law
    )
    said = {
        one.stated_by: (one.attended, one.head_name, one.counts) for one in AppearanceStatement.objects.all()
    }
    assert said == {"court": (False, "", False), "agency": (True, "许知行", True)}
    text = client_of(cast.office_clerk).get(reverse("cases:detail", args=[lane.case_id])).content.decode()
    assert "许知行（副局长）" in text
    assert "负责人未出庭" in text


def test_stating_again_corrects_the_agency_s_own_word_and_no_other(lane, cast, law):
    court = AppearanceStatementFactory(lane=lane)
    author = at(date(2026, 10, 15), cast.post.liaison)
    for attended in (True, False):
        told = statement(attended=attended, head=HeadFactory() if attended else None)
        appearances.state_appearance(lane, court.hearing, told, author=author, law=law)
    assert AppearanceStatement.objects.get(stated_by="agency").attended is False
    assert AppearanceStatement.objects.get(stated_by="court").attended is True


def test_who_attended_has_to_be_named_and_to_be_of_the_roster(lane, cast, law):
    hearing = HearingFactory(case=lane.case, day=date(2026, 9, 16), state="held")
    author = at(date(2026, 10, 15), cast.post.liaison)
    stranger = HeadFactory(name="李某", organisation=organisation("371602-SC"))
    with pytest.raises(ValidationError, match="请选择出庭负责人"):
        appearances.state_appearance(lane, hearing, statement(), author=author, law=law)
    with pytest.raises(ValidationError, match="李某不在本单位负责人名册中"):
        appearances.state_appearance(lane, hearing, statement(head=stranger), author=author, law=law)


@pytest.mark.parametrize("state", ["postponed", "cancelled", "withdrawn"])
def test_nothing_is_stated_of_a_hearing_that_did_not_take_place(lane, cast, law, state):
    hearing = HearingFactory(case=lane.case, day=date(2026, 9, 16), state=state)
    with pytest.raises(ValidationError, match="不需要登记出庭情况"):
        appearances.state_appearance(
            lane,
            hearing,
            statement(attended=False),
            author=at(date(2026, 10, 15), cast.post.liaison),
            law=law,
        )


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, True),
        ({"left_early": True}, False),  # 第十二条第一款第四项
        ({"id_certificate": "defective"}, False),  # 第六条第二款
        ({"id_certificate": "corrected"}, True),
        ({"lawyer_only": True, "attended": False, "head": None}, False),
    ],
)
def test_what_the_agency_states_is_judged_by_the_same_rules(lane, cast, law, said, counts):
    hearing = HearingFactory(case=lane.case, day=date(2026, 9, 16), state="held")
    told = statement(head=HeadFactory()) | said
    made = appearances.state_appearance(
        lane, hearing, told, author=at(date(2026, 10, 15), cast.post.liaison), law=law
    )
    assert made.counts is counts


def test_a_statement_holds_for_all_cases_of_the_sitting(sitting, cast, law):
    lanes, hearings = sitting
    appearances.state_appearance(
        lanes[0],
        hearings[0],
        statement(head=HeadFactory()),
        author=at(HEARING_DAY, cast.post.liaison),
        law=law,
    )
    said = AppearanceStatement.objects.order_by("lane")
    assert [(one.lane_id, one.hearing_id) for one in said] == [
        (lane.pk, hearing.pk) for lane, hearing in zip(lanes, hearings, strict=True)
    ]


# 名册


def entry(**changes):
    told = {"name": "许知行", "position": "副局长", "kind": "deputy", "first": date(2024, 1, 1)}
    return HeadDetails(**told | changes)


def test_the_same_person_in_the_same_post_stands_on_the_roster_once(cast, author):
    agency = cast.post.liaison.organisation
    rosters.add_head(agency, entry(), author=author)
    with pytest.raises(ValidationError, match="许知行（副局长）已在名册中"):
        rosters.add_head(agency, entry(), author=author)
    rosters.add_head(agency, entry(position="二级调研员", kind="other"), author=author)
    assert Head.objects.count() == 2


def test_a_term_cannot_end_before_it_begins(cast, author):
    with pytest.raises(ValidationError, match="任职止日不能早于任职起日"):
        rosters.add_head(cast.post.liaison.organisation, entry(last=date(2023, 12, 31)), author=author)


def test_who_changes_an_entry_second_is_shown_both_versions_and_may_keep_the_own(cast, author, client_of):
    head = rosters.add_head(cast.post.liaison.organisation, entry(), author=author)
    rosters.change_head(head, entry(position="局长", kind="principal"), revision=1, author=author)
    with pytest.raises(Overtaken):
        rosters.change_head(head, entry(in_charge_of="执法"), revision=1, author=author)
    client, url = client_of(cast.liaison), reverse("cases:edit_head", args=[head.pk])
    typed = {
        "name": "许知行", "position": "第一副局长", "kind": "deputy", "first": "2024-01-01", "revision": "1",
    }  # fmt: skip
    refused = client.post(url, typed)
    assert refused.status_code == 409
    assert "第一副局长" in refused.content.decode()
    assert "局长" in refused.content.decode()
    kept = {field["name"]: field["value"] for field in refused.context["mine"]["fields"]}
    assert client.post(url, kept).status_code == 302
    head.refresh_from_db()
    assert (head.position, head.kind) == ("第一副局长", "deputy")


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        ("liaison", 200),
        ("other_liaison", 404),
        ("foreign_liaison", 404),
        ("office_clerk", 403),
        ("agency_head", 403),
    ],
)
def test_a_roster_is_kept_by_the_liaison_of_the_unit(cast, client_of, reader, status):
    head = HeadFactory()
    assert (
        client_of(getattr(cast, reader)).get(reverse("cases:edit_head", args=[head.pk])).status_code == status
    )


def test_an_account_that_is_not_of_a_head_of_the_unit_is_refused(cast, client_of):
    typed = {"name": "许知行", "position": "副局长", "kind": "deputy", "first": "2024-01-01"}
    client, url = client_of(cast.liaison), reverse("cases:new_head")
    for account in ("liaison", "foreign_office_head", "nobody"):
        answer = client.post(url, typed | {"account": account})
        assert answer.status_code == 422
        assert f"本单位没有账号为“{account}”的机关负责人" in answer.content.decode()
    assert client.post(url, typed | {"account": "agency_head"}).status_code == 302
    assert Head.objects.get().user == cast.agency_head


def test_only_the_head_before_whom_a_matter_was_put_answers_and_only_once(lane, hearing, cast, author, law):
    head = HeadFactory(user=cast.agency_head)
    (notice,) = leaders.ask_leaders(lane, [head], kind="report", content={}, author=author)
    for part in ("liaison", "office_head", "leader"):
        with pytest.raises(PermissionDenied, match="方清远"):
            leaders.answer_notice(notice, opinion="", author=at(HEARING_DAY, getattr(cast.post, part)))
    leaders.answer_notice(notice, opinion="请依法应诉", author=at(HEARING_DAY, cast.post.agency_head))
    again = leaders.answer_notice(notice, opinion="改口", author=at(HEARING_DAY, cast.post.agency_head))
    assert again.opinion == "请依法应诉"
