"""Who may enter for an agency, and what the entering rests on."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.models import Mandate
from cases.papers import review
from organisations.models import AuditEntry, Organisation, Post
from organisations.roles import ROLES, Action, Role
from tests.cases.mandates.conftest import LETTER, TODAY, WORDS
from tests.factories import LaneFactory, PaperDeliveryFactory, PaperFactory, at, organisation

pytestmark = pytest.mark.django_db


def test_only_clerks_of_legal_affairs_offices_enter_for_others():
    assert [role for role, kind in ROLES.items() if Action.ENTER_FOR in kind.may] == [Role.OFFICE_CLERK]


def test_a_mandate_keeps_paper_person_and_day_and_stands_in_the_trail(opened):
    mandate = opened(file=LETTER)
    kept = Mandate.objects.get()
    assert (kept.ground, kept.asked_by, kept.phone) == ("区自然局函〔2026〕12号", "韩科长", "0543-3210000")
    assert (kept.asked_on, kept.received_on, kept.file_name) == (date(2026, 10, 14), None, "来函.pdf")
    assert mandate.words == WORDS
    line = AuditEntry.objects.get(verb="mandate.open")
    assert (line.summary, line.organisation) == (WORDS, "371602-SF")


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"asked_on": date(2026, 10, 16)}, "asked_on", "请求日期不能晚于今天（2026-10-15）。"),
        (
            {"received_on": date(2026, 10, 16)},
            "received_on",
            "司法局收到材料之日不能晚于今天（2026-10-15）。",
        ),
        (
            {"received_on": date(2026, 10, 13)},
            "received_on",
            "司法局收到材料之日不能早于请求日期（2026-10-14）。",
        ),
        ({"received_on": date(2026, 10, 14)}, "file", "收到材料之日早于今天的，请附载明收文日期的扫描件。"),
    ],
)
def test_days_lie_behind_and_an_earlier_one_is_proved(opened, changes, field, said):
    with pytest.raises(ValidationError) as refused:
        opened(**changes)
    assert (refused.value.message_dict, Mandate.objects.count()) == ({field: [said]}, 0)


def test_the_day_of_receipt_may_be_today_without_and_earlier_with_a_scan(opened):
    assert opened(received_on=TODAY).received_on == TODAY
    assert opened(received_on=date(2026, 10, 14), file=LETTER).received_on == date(2026, 10, 14)


def test_an_office_of_another_region_does_not_enter(opened, cast):
    with pytest.raises(PermissionDenied, match="滨城区自然资源局的事项由其所在地司法局办理"):
        opened(by=cast.post.foreign_office_clerk)


def test_the_city_office_enters_for_a_county(opened, cast):
    assert opened(by=cast.post.city_office_clerk).opened_by == cast.post.city_office_clerk


def test_an_office_does_not_enter_for_itself(opened):
    lane = LaneFactory(organisation=organisation("371602-SF"))
    with pytest.raises(PermissionDenied, match="本单位的案件请以本单位联络员身份办理"):
        opened(of=lane)


def test_whoever_acts_for_the_agency_enters_as_the_agency(opened, cast, lane):
    post = Post.objects.create(user=cast.office_clerk, organisation=lane.organisation, role="agency_liaison")
    with pytest.raises(PermissionDenied, match="您也是滨城区自然资源局的经办人员"):
        opened()
    post.valid_to = date(2026, 10, 14)
    post.save()
    assert opened().lane == lane


def test_whoever_judged_in_the_lane_does_not_enter_there(opened, cast, lane, law, clerk):
    paper = PaperFactory(lane=lane, submitted_by=cast.post.liaison)
    PaperDeliveryFactory(paper=paper)
    review.review(paper, verdict="accepted", note="", comments={}, author=at(TODAY, clerk), law=law)
    with pytest.raises(PermissionDenied, match="您以司法局身份核收、核查过本案"):
        opened()
    assert opened(of=LaneFactory()).opened_by == clerk


def test_the_successor_answers_for_the_agency_and_its_people_do_not_enter(opened, cast, lane):
    heir = Organisation.objects.get(code="371602-SC")
    lane.organisation.successor = heir
    lane.organisation.save()
    Post.objects.create(user=cast.office_clerk, organisation=heir, role="agency_liaison")
    with pytest.raises(PermissionDenied, match="您也是滨城区自然资源局的经办人员"):
        opened()
