"""确认为同一案 and 不是同一案: what goes over, what is remembered, and who may say so."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.models import Candidate, Case, Deadline, Discrepancy, FactChange, Lane
from cases.reconciliation.one_case import (
    AnsweredMeanwhile,
    candidates_of,
    confirm_one_case,
    may_answer,
    refuse_one_case,
    what_moves,
    wrong_and_right,
)
from organisations.models import AuditEntry
from tests.cases.matching.conftest import DAY, alike, pairs, registered, seek, told  # noqa: F401 - a fixture
from tests.factories import (
    DecisionFactory,
    DecisionOutcomeFactory,
    HearingFactory,
    LaneFactory,
    PaperFactory,
    SourceFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db
COURT, AGENCY = "（2026）鲁1602行初61号", "（2026）鲁1602行初16号"


@pytest.fixture
def office(cast):
    return at(DAY, cast.post.office_clerk)


@pytest.fixture
def report(alike, cast):  # noqa: F811
    """What the agency has handed in under its number."""
    return PaperFactory(lane=alike.agency_lane, submitted_by=cast.post.liaison)


def confirm(item, author, law, reason=""):
    return confirm_one_case(candidates_of([item.pk]), reason=reason, author=author, law=law)


def refuse(item, author, reason="两次申请公开的信息不同"):
    refuse_one_case(candidates_of([item.pk]), reason=reason, author=author)


def test_the_courts_number_stays_and_what_the_agency_handed_in_goes_along(alike, report, office, law):  # noqa: F811
    assert what_moves(candidates_of([alike.pk])) == ["材料 1 份"]
    (case,) = confirm(alike, office, law)
    assert (case.number, [*case.lanes.all()]) == (COURT, [alike.court_lane])
    report.refresh_from_db()
    assert report.lane == alike.court_lane
    gone = Case.objects.get(pk=alike.agency_lane.case_id)
    assert (gone.voided_at, gone.voided_into) == (office.at, case)


def test_it_goes_the_way_of_a_mistaken_number_with_history_and_trail(alike, office, law):  # noqa: F811
    confirm(alike, office, law)
    alike.refresh_from_db()
    assert (alike.state, alike.decided_by, alike.decided_at) == ("confirmed", office.post, office.at)
    assert alike.reason.startswith("确认为同一案：编号两位颠倒：61 / 16；被告相同；原告相同")
    change = FactChange.objects.get(case=alike.court_lane.case, field="number")
    assert (change.old, change.new) == (AGENCY, COURT)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["candidate.confirm", "case.correct_number"]


def test_a_reason_that_was_given_is_the_reason(alike, office, law):  # noqa: F811
    confirm(alike, office, law, reason="核对了应诉通知书")
    assert Candidate.objects.get().reason == "核对了应诉通知书"
    assert FactChange.objects.get(field="number").note == "核对了应诉通知书"


def test_the_lanes_of_the_candidate_stay_what_was_asked_about(alike, office, law):  # noqa: F811
    before = alike.court_lane, alike.agency_lane
    confirm(alike, office, law)
    alike.refresh_from_db()
    assert (alike.court_lane, alike.agency_lane) == before


def test_the_duties_are_those_of_one_case(alike, report, office, law):  # noqa: F811
    confirm(alike, office, law)
    open_duties = Deadline.objects.open().duties()
    assert not open_duties.filter(case=alike.agency_lane.case_id).exists()


def test_afterwards_both_statements_are_compared(alike, cast, office, law):  # noqa: F811
    court = DecisionFactory(case=alike.court_lane.case)
    DecisionOutcomeFactory(decision=court, lane=alike.court_lane)
    agency = DecisionFactory(case=alike.agency_lane.case, delivered_on=None)
    DecisionOutcomeFactory(decision=agency, lane=alike.agency_lane, code="J-DISMISS", lost=False)
    PaperFactory(
        lane=alike.agency_lane, kind="judgment_filing", decision=agency, subject=f"decision:{agency.pk}",
        content={"received_on": "2026-09-26", "code": "J-DISMISS"}, submitted_by=cast.post.liaison,
        source=alike.agency_lane.source,
    )  # fmt: skip
    assert not Discrepancy.objects.exists()
    confirm(alike, office, law)
    found = Discrepancy.objects.open().order_by("fact")
    assert [(one.lane, one.fact, one.court_says, one.agency_says) for one in found] == [
        (alike.court_lane, "outcome", "撤销行政行为", "驳回诉讼请求"),
        (alike.court_lane, "receipt", "2026-09-24", "2026-09-26"),
    ]


def test_a_successor_is_the_same_defendant(cast, today, law):
    court = told("（2026）鲁1681行初61号", "371681-GA")
    agency = registered("（2026）鲁1626行初61号", "371626-GA")
    seek()
    paper = PaperFactory(lane=agency, submitted_by=cast.post.liaison)
    city = at(DAY, cast.post.city_office_clerk)
    (case,) = confirm(Candidate.objects.get(), city, law)
    assert [lane.organisation for lane in case.lanes.all()] == [organisation("371681-GA")]
    paper.refresh_from_db()
    assert paper.lane == court


def test_an_office_that_is_no_defendant_by_the_courts_word_is_another_lane(cast, today, law):
    told(COURT, "BZ-ZRZY")
    agency = registered(AGENCY)
    seek()
    (case,) = confirm(Candidate.objects.get(), at(DAY, cast.post.city_office_clerk), law)
    assert {lane.organisation.code for lane in case.lanes.all()} == {"BZ-ZRZY", "371602-ZRZY"}
    assert Lane.objects.get(pk=agency.pk).case == case


def test_letters_that_are_not_of_the_court_that_tells_give_way(cast, today, office, law):
    court = told("（2026）鲁1603行初61号", court=organisation("鲁1602"), held=date(2026, 9, 16))
    agency = registered("（2026）鲁1602行初61号")
    seek()
    (item,) = candidates_of([Candidate.objects.get().pk])
    wrong, right = wrong_and_right(item)
    assert (wrong, right.display) == (court.case, "（2026）鲁1602行初61号")
    (case,) = confirm(item, office, law)
    assert (case, case.hearings.get().day) == (agency.case, date(2026, 9, 16))


# What was refused


def test_a_refusal_is_kept_with_name_day_and_reason(alike, office):  # noqa: F811
    refuse(alike, office)
    alike.refresh_from_db()
    assert (alike.state, alike.decided_by, alike.reason) == ("refused", office.post, "两次申请公开的信息不同")
    assert AuditEntry.objects.filter(verb="candidate.refuse").count() == 1
    assert Case.objects.filter(voided_at=None).count() == 2


def test_a_refusal_needs_a_reason(alike, office):  # noqa: F811
    with pytest.raises(ValidationError, match="请写明理由"):
        refuse(alike, office, reason=" ")
    assert pairs() == [(COURT, AGENCY)]


def test_what_was_refused_is_not_asked_again_until_a_number_is_another(alike, office, law):  # noqa: F811
    refuse(alike, office)
    assert seek() == 0
    Case.objects.filter(pk=alike.agency_lane.case_id).update(
        key="2026|鲁1602||行初|67", number="（2026）鲁1602行初67号", serial=67
    )
    assert seek() == 1
    assert pairs() == [(COURT, "（2026）鲁1602行初67号")]


# Who, and when


@pytest.mark.parametrize("part", ["clerk", "liaison", "foreign_office_clerk"])
def test_only_the_office_of_the_region_answers(alike, cast, law, part):  # noqa: F811
    author = at(DAY, getattr(cast.post, part))
    (item,) = candidates_of([alike.pk])
    assert not may_answer(item, author)
    with pytest.raises(PermissionDenied):
        confirm(alike, author, law)
    with pytest.raises(PermissionDenied):
        refuse(alike, author)
    assert pairs() == [(COURT, AGENCY)]


def test_who_acted_for_the_agency_does_not_answer(alike, cast, office, law):  # noqa: F811
    PaperFactory(lane=alike.agency_lane, submitted_by=cast.post.office_clerk)
    with pytest.raises(PermissionDenied):
        confirm(alike, office, law)


def test_a_defendant_of_another_county_is_for_the_city(alike, cast, office, law):  # noqa: F811
    LaneFactory(case=alike.agency_lane.case, organisation=organisation("371625-ZRZY"))
    assert not may_answer(candidates_of([alike.pk])[0], office)
    assert may_answer(candidates_of([alike.pk])[0], at(DAY, cast.post.city_office_clerk))


def test_nothing_is_answered_twice(alike, office, law):  # noqa: F811
    refuse(alike, office)
    with pytest.raises(AnsweredMeanwhile, match="已办结：不是同一案，两次申请公开的信息不同"):
        confirm(alike, office, law)


def test_all_of_a_batch_or_none(cast, today, office, law):
    for serial in (101, 102, 103):
        told(f"（2026）鲁1603行初{serial}号", court=organisation("鲁1602"), plaintiffs=f"孙见{serial}")
        registered(f"（2026）鲁1602行初{serial}号", plaintiffs=f"孙见{serial}")
    seek()
    items = candidates_of(Candidate.objects.values_list("pk", flat=True))
    Candidate.objects.filter(pk=items[1].pk).update(state="gone", reason="一案已作废")
    with pytest.raises(AnsweredMeanwhile):
        confirm_one_case(items, reason="", author=office, law=law)
    assert len(pairs()) == 2
    done = confirm_one_case([items[0], items[2]], reason="", author=office, law=law)
    assert len(done) == 2
    assert (pairs(), len(pairs("confirmed"))) == ([], 2)


def test_what_another_merger_of_the_batch_ended_is_passed_over(alike, office, law):  # noqa: F811
    told("（2026）鲁1602行初10号")
    HearingFactory(case=alike.court_lane.case, day=date(2026, 9, 18), source=SourceFactory())
    seek()
    items = candidates_of(Candidate.objects.values_list("pk", flat=True))
    assert len(items) == 2
    assert len(confirm_one_case(items, reason="", author=office, law=law)) == 1
    assert sorted(Candidate.objects.values_list("state", flat=True)) == ["confirmed", "gone"]
