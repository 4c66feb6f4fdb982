"""更正案号、移案、作废: what stood under a wrong number finds its place, nothing is lost, figures and duties follow."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cases.comparison.finding import find_discrepancies
from cases.deadlines.sync import sync_deadlines
from cases.law import current_law
from cases.material.signing import sign_for_material
from cases.models import Case, Deadline, Decision, Discrepancy, FactChange, Hearing, Lane
from cases.registration import mistakes
from organisations.models import AuditEntry, Region
from reports.figures.populations import Populations
from rules.case_numbers import parse_case_number
from rules.report_periods import period_of
from tests.factories import (
    AppearanceStatementFactory,
    CaseFactory,
    DecisionOutcomeFactory,
    HearingFactory,
    LaneFactory,
    PaperFactory,
    SourceFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 15)
WHY = "通报时误录"


def number(serial, letters="鲁1602"):
    return parse_case_number(f"（2026）{letters}行初{serial}号").first


@pytest.fixture
def office(cast):
    return at(DAY, cast.post.office_clerk)


@pytest.fixture
def court(cast):
    return at(DAY, cast.post.clerk)


@pytest.fixture
def wrong(cast, today):
    """（2026）鲁1602行初67号, heard on 09-16 and lost on 09-21, with everything that a court tells."""
    lane = LaneFactory(case=CaseFactory(serial=67))
    AppearanceStatementFactory(lane=lane)
    DecisionOutcomeFactory(lane=lane, decision__case=lane.case, lost=True, code="J-REVOKE")
    sync_deadlines_of(lane.case)
    return lane.case


@pytest.fixture
def right(cast, today):
    """（2026）鲁1602行初76号 of the same agency: nothing but its number and its defendant is known."""
    return LaneFactory(case=CaseFactory(serial=76)).case


def sync_deadlines_of(case):
    lanes = list(case.lanes.values_list("pk", flat=True))
    sync_deadlines(lanes, law=current_law(), author=at(DAY), reason="法院通报")


def counted(on=date(2026, 10, 31)):
    """Case numbers that the figures of the third quarter count: heard, decided."""
    quarter = Populations(period_of("quarter", date(2026, 7, 1)), Region.objects.get(code="371602"), on)
    return [entry.id for entry in quarter.appearances], [entry.id.split(" ")[0] for entry in quarter.outcomes]


def filing_of(decision, lane, cast):
    about = {"decision": decision, "subject": f"decision:{decision.pk}"}
    return PaperFactory(lane=lane, kind="judgment_filing", submitted_by=cast.post.liaison, **about)


def open_duties(case):
    return sorted(Deadline.objects.duties().open().filter(case=case).values_list("rule", flat=True))


def correct(case, to, author, law):
    return mistakes.correct_number(case, to, reason=WHY, author=author, law=law)


# A number that nobody told of yet


def test_an_unknown_number_renames_the_case_and_everything_stays(wrong, office, law):
    duties, hearing = open_duties(wrong), wrong.hearings.get().pk
    assert duties
    assert correct(wrong, number(76), office, law) == wrong
    wrong.refresh_from_db()
    assert (wrong.number, wrong.serial, wrong.voided_at) == ("（2026）鲁1602行初76号", 76, None)
    assert (wrong.hearings.get().pk, open_duties(wrong)) == (hearing, duties)
    assert counted() == (["（2026）鲁1602行初76号"], ["（2026）鲁1602行初76号"])


def test_the_history_says_what_it_was_who_changed_it_and_why(wrong, office, law):
    correct(wrong, number(76), office, law)
    change = FactChange.objects.get(case=wrong, field="number")
    assert str(change) == "案号：（2026）鲁1602行初67号 → （2026）鲁1602行初76号（通报时误录）"
    assert change.source.stated_by == office.post
    assert AuditEntry.objects.filter(verb="case.correct_number").count() == 1


def test_a_second_instance_that_names_the_wrong_number_names_the_right_one(wrong, office, law):
    later = CaseFactory(serial=5, type_code="行终", origin=wrong, origin_number=wrong.number)
    correct(wrong, number(76), office, law)
    later.refresh_from_db()
    assert (later.origin, later.origin_number) == (wrong, "（2026）鲁1602行初76号")


def test_letters_of_no_known_court_are_refused_with_the_letters(wrong, office, law):
    with pytest.raises(ValidationError, match="名录中没有法院代字“鲁9999”"):
        correct(wrong, number(76, "鲁9999"), office, law)


def test_a_court_gives_no_case_to_another_court(wrong, court, office, law):
    with pytest.raises(ValidationError, match="不是本院的案号"):
        correct(wrong, number(76, "鲁1625"), court, law)
    correct(wrong, number(76, "鲁1625"), office, law)
    wrong.refresh_from_db()
    assert wrong.court == organisation("鲁1625")


# A number that is known


def test_a_known_number_takes_everything_over(wrong, right, office, law):
    assert correct(wrong, number(76), office, law) == right
    assert right.hearings.get().appearances.get().lane.case == right
    assert right.decisions.get().outcomes.get().lane.case == right
    assert (wrong.hearings.count(), wrong.decisions.count()) == (0, 0)
    assert counted() == (["（2026）鲁1602行初76号"], ["（2026）鲁1602行初76号"])


def test_the_wrong_case_is_void_has_no_duties_and_says_where_it_went(wrong, right, office, law):
    before = open_duties(wrong)
    correct(wrong, number(76), office, law)
    wrong.refresh_from_db()
    assert (wrong.voided_at, wrong.voided_into) == (office.at, right)
    assert (open_duties(wrong), open_duties(right)) == ([], before)


def test_what_an_agency_handed_in_goes_along(wrong, right, cast, office, law):
    decision = wrong.decisions.get()
    paper = filing_of(decision, wrong.lanes.get(), cast)
    correct(wrong, number(76), office, law)
    paper.refresh_from_db()
    assert (paper.lane.case, paper.decision.case) == (right, right)
    assert Deadline.objects.get(case=right, rule="judgment_filing").state == "met"
    assert not Deadline.objects.filter(case=wrong, state="met").exists()


def test_of_two_words_about_one_hearing_that_of_the_right_case_stands(wrong, right, office, law):
    AppearanceStatementFactory(lane=right.lanes.get(), attended=False, counts=False)
    correct(wrong, number(76), office, law)
    assert [said.attended for said in right.hearings.get().appearances.all()] == [False]
    left = wrong.hearings.get().appearances.get()
    assert (left.attended, left.lane.case) == (True, wrong)


def test_a_filing_about_a_document_that_both_cases_have_names_the_one_that_stands(
    wrong, right, cast, office, law
):
    standing = DecisionOutcomeFactory(lane=right.lanes.get(), decision__case=right).decision
    decision = wrong.decisions.get()
    paper = filing_of(decision, wrong.lanes.get(), cast)
    correct(wrong, number(76), office, law)
    paper.refresh_from_db()
    assert (paper.decision, paper.subject) == (standing, f"decision:{standing.pk}")


def test_a_defendant_that_only_the_wrong_case_has_comes_along(wrong, right, office, law):
    LaneFactory(case=wrong, organisation=organisation("371602-SC"))
    correct(wrong, number(76), office, law)
    assert {lane.organisation.code for lane in right.lanes.all()} == {"371602-ZRZY", "371602-SC"}


def test_two_receipts_of_one_agency_leave_that_of_the_right_case(wrong, right, cast, office, law):
    liaison = at(DAY, cast.post.liaison)
    for case, day in ((wrong, date(2026, 8, 10)), (right, date(2026, 8, 11))):
        sign_for_material(
            case.lanes.get(), received_on=day, method="direct", period=None, author=liaison, law=law
        )
    correct(wrong, number(76), office, law)
    assert right.lanes.get().service_receipt.received_on == date(2026, 8, 11)
    assert wrong.lanes.get().service_receipt.received_on == date(2026, 8, 10)


# 作废


def test_what_is_asked_once_is_not_there_twice(wrong, right, cast, office, law):
    """Signed for in the wrong case: in the right one there is one signing, done on that day."""
    signer = at(DAY, cast.post.liaison)
    sync_deadlines_of(right)
    sign_for_material(
        wrong.lanes.get(),
        received_on=date(2026, 8, 12),
        method="direct",
        period=None,
        author=signer,
        law=law,
    )
    correct(wrong, number(76), office, law)
    signing = Deadline.objects.filter(case=right, rule="material_receipt").exclude(state="void").get()
    assert (signing.subject, signing.met_on) == (f"lane:{right.lanes.get().pk}", DAY)


def test_a_void_case_ends_its_duties_and_counts_nowhere(wrong, office, law):
    mistakes.void_case(wrong, reason=WHY, author=office, law=law)
    assert open_duties(wrong) == []
    assert counted() == ([], [])
    change = FactChange.objects.get(case=wrong, field="voided_into")
    assert str(change) == "作废并入：（空） → 不属于任何案件（通报时误录）"


def test_the_number_of_a_void_case_is_free_again(wrong, office, law):
    mistakes.void_case(wrong, reason=WHY, author=office, law=law)
    again = CaseFactory(serial=67)
    assert Case.objects.standing().get(number=again.number) == again


def test_a_void_case_is_done_with(wrong, office, law):
    mistakes.void_case(wrong, reason=WHY, author=office, law=law)
    with pytest.raises(ValidationError, match="已作废"):
        correct(wrong, number(76), office, law)
    assert not Lane.objects.own(wrong.lanes.get().organisation.posts.first()).filter(case=wrong).exists()


def test_facts_that_come_in_later_start_no_duty_in_a_void_case(wrong, office, law):
    mistakes.void_case(wrong, reason=WHY, author=office, law=law)
    HearingFactory(case=wrong)
    sync_deadlines_of(wrong)
    assert open_duties(wrong) == []


# One row


def test_a_hearing_is_moved_with_what_was_said_of_it(wrong, right, court, law):
    mistakes.move_fact(wrong.hearings.get(), number(76), reason=WHY, author=court, law=law)
    assert right.hearings.get().appearances.get().lane == right.lanes.get()
    assert counted() == (["（2026）鲁1602行初76号"], ["（2026）鲁1602行初67号"])


def test_a_decision_is_moved_with_its_outcome_its_filing_and_their_deadlines(wrong, right, cast, court, law):
    decision = wrong.decisions.get()
    paper = filing_of(decision, wrong.lanes.get(), cast)
    sync_deadlines_of(wrong)
    mistakes.move_fact(decision, number(76), reason=WHY, author=court, law=law)
    paper.refresh_from_db()
    filing = Deadline.objects.get(rule="judgment_filing")
    assert (paper.lane.case, filing.case, filing.lane.case, filing.state) == (right, right, right, "met")
    assert counted()[1] == ["（2026）鲁1602行初76号"]


def test_a_defendant_that_the_right_case_lacks_is_made_there(wrong, court, law):
    other = LaneFactory(case=CaseFactory(serial=76), organisation=organisation("371602-SC")).case
    mistakes.move_fact(wrong.decisions.get(), number(76), reason=WHY, author=court, law=law)
    assert {lane.organisation.code for lane in other.lanes.all()} == {"371602-ZRZY", "371602-SC"}


def test_what_is_taken_back_counts_no_more_and_is_kept(wrong, court, law):
    hearing, decision = wrong.hearings.get(), wrong.decisions.get()
    for fact in (hearing, decision):
        mistakes.move_fact(fact, None, reason=WHY, author=court, law=law)
    assert counted() == ([], [])
    assert (wrong.hearings.count(), wrong.decisions.count()) == (0, 0)
    kept = Decision.objects.get(pk=decision.pk).case
    assert (kept.number, kept.voided_into) == (wrong.number, wrong)
    assert Hearing.objects.get(pk=hearing.pk).case == kept
    assert [str(change) for change in wrong.fact_changes.filter(model="decision")] == [
        "2026-09-21 判决 案件：（2026）鲁1602行初67号 → 已撤回（通报时误录）"
    ]


@pytest.mark.parametrize("act", ["void", "take back"])
def test_two_words_of_what_is_gone_are_no_difference_any_more(wrong, court, office, law, act):
    lane, hearing = wrong.lanes.get(), wrong.hearings.get()
    AppearanceStatementFactory(
        lane=lane, hearing=hearing, stated_by="agency", attended=not hearing.appearances.get().attended,
        source=SourceFactory(kind="agency", organisation=lane.organisation),
    )  # fmt: skip
    find_discrepancies([lane.pk], law=law, author=office)
    assert Discrepancy.objects.get().state == "open"
    if act == "void":
        mistakes.void_case(wrong, reason=WHY, author=office, law=law)
    else:
        mistakes.move_fact(hearing, None, reason=WHY, author=court, law=law)
    assert Discrepancy.objects.get().state == "corrected"


def test_a_hearing_that_is_ahead_is_off_every_list_once_taken_back(wrong, court, law):
    hearing = HearingFactory(case=wrong)
    sync_deadlines_of(wrong)
    assert "name_head" in open_duties(wrong)
    mistakes.move_fact(hearing, None, reason=WHY, author=court, law=law)
    assert "name_head" not in open_duties(wrong)
    assert not Hearing.objects.upcoming(on=DAY).exists()


def test_a_day_that_the_right_case_has_already_is_said(wrong, right, court, law):
    HearingFactory(case=right, day=date(2026, 9, 16))
    with pytest.raises(ValidationError, match="76号 已有2026-09-16 开庭"):
        mistakes.move_fact(wrong.hearings.get(), number(76), reason=WHY, author=court, law=law)


def test_a_number_that_nobody_told_of_takes_no_single_row(wrong, court, law):
    with pytest.raises(ValidationError, match="平台还没有（2026）鲁1602行初76号"):
        mistakes.move_fact(wrong.hearings.get(), number(76), reason=WHY, author=court, law=law)


def test_a_decision_that_changed_another_instance_is_not_taken_away_alone(wrong, right, court, law):
    decision = wrong.decisions.get()
    FactChange.objects.create(
        case=right, at=court.at, model="decision", field="effect", source=decision.source, new="reversed"
    )
    with pytest.raises(ValidationError, match="已改变（2026）鲁1602行初76号裁判的效力"):
        mistakes.move_fact(decision, None, reason=WHY, author=court, law=law)


# Who


@pytest.mark.parametrize(
    ("part", "may"),
    [("clerk", True), ("city_clerk", False), ("office_clerk", True), ("office_head", True),
     ("city_office_clerk", True), ("foreign_office_clerk", False)],
)  # fmt: skip
def test_its_court_and_the_office_of_its_defendants_put_it_right(wrong, cast, law, part, may):
    author = at(DAY, getattr(cast.post, part))
    if may:
        mistakes.void_case(wrong, reason=WHY, author=author, law=law)
    else:
        with pytest.raises(PermissionDenied):
            mistakes.void_case(wrong, reason=WHY, author=author, law=law)
    assert (Case.objects.get(pk=wrong.pk).voided_at is not None) is may


def test_an_office_changes_no_case_of_another_regions_agency(wrong, office, law):
    LaneFactory(case=wrong, organisation=organisation("371625-ZRZY"))
    with pytest.raises(PermissionDenied):
        mistakes.void_case(wrong, reason=WHY, author=office, law=law)


# Pages


def test_the_effect_is_shown_first_and_nothing_happens_before_the_second_press(wrong, right, cast, client_of):
    page = reverse("cases:correct_number", args=[wrong.pk])
    client, said = client_of(cast.office_clerk), {"number": "(2026)鲁1602行初76号", "reason": WHY}
    shown = client.post(page, said).content.decode()
    assert "（2026）鲁1602行初76号 已在平台中" in shown
    assert Case.objects.standing().filter(pk=wrong.pk).exists()
    client.post(page, said | {"confirmed": "1"})
    assert not Case.objects.standing().filter(pk=wrong.pk).exists()


def test_two_cases_with_other_plaintiffs_are_to_be_looked_at_again(wrong, right, cast, client_of):
    page, said = reverse("cases:correct_number", args=[wrong.pk]), {"number": right.number, "reason": WHY}
    client = client_of(cast.clerk)
    assert "请核对" not in client.post(page, said).content.decode()
    Case.objects.filter(pk=right.pk).update(plaintiffs="吴景青")
    assert "请核对：该案原告是吴景青，与本案不同。" in client.post(page, said).content.decode()


def test_the_page_of_a_void_case_leads_to_the_right_one_and_offers_no_act(
    wrong, right, cast, client_of, office, law
):
    correct(wrong, number(76), office, law)
    shown = client_of(cast.office_clerk).get(reverse("cases:detail", args=[wrong.pk])).content.decode()
    assert "作废" in shown
    assert reverse("cases:detail", args=[right.pk]) in shown
    assert reverse("cases:new_lane", args=[wrong.pk]) not in shown


def test_a_void_case_is_listed_only_where_it_is_asked_for(wrong, cast, client_of, office, law):
    mistakes.void_case(wrong, reason=WHY, author=office, law=law)
    client, url = client_of(cast.office_clerk), reverse("cases:list")
    assert wrong.number not in client.get(url).content.decode()
    assert wrong.number in client.get(url, {"voided": "on"}).content.decode()


def test_moving_asks_how_and_where(wrong, cast, client_of):
    page = reverse("cases:move_fact", args=[wrong.pk, "decision", wrong.decisions.get().pk])
    client = client_of(cast.clerk)
    assert "请选择怎样处理" in client.post(page, {"reason": WHY}).content.decode()
    assert "请填写正确案号" in client.post(page, {"reason": WHY, "how": "move"}).content.decode()
    client.post(page, {"reason": WHY, "how": "withdraw", "confirmed": "1"})
    assert wrong.decisions.count() == 0
