from datetime import date, datetime

import pytest
from django.utils.timezone import make_aware

from cases.models import Discrepancy, MaterialReturn, Paper
from organisations.authors import Author
from tests.factories import DecisionOutcomeFactory, LaneFactory, organisation


def differ_in_appearance(scene):
    scene.court.attended = scene.court.counts = False
    scene.court.save()
    scene.agency_says()


def differ_in_hearing_day(scene):
    scene.agency_says(held_on=date(2026, 9, 17))


def differ_in_receipt(scene):
    scene.files(received_on="2026-09-26")


def differ_in_outcome(scene):
    scene.files(code="J-DISMISS")


def differ_in_effect(scene):
    scene.decision.in_force, scene.decision.effect = False, "not_yet"
    scene.decision.save()
    scene.files("effect_confirmation", known_by="expiry")


def differ_in_performance(scene):
    scene.reports("done")
    scene.reports("enforced", on=date(2026, 10, 12), office=True)


SEEDED = {
    "appearance": (differ_in_appearance, "未出庭", "出庭（方清远，正职）"),
    "hearing_day": (differ_in_hearing_day, "2026-09-16", "2026-09-17"),
    "receipt": (differ_in_receipt, "2026-09-24", "2026-09-26"),
    "outcome": (differ_in_outcome, "撤销行政行为", "驳回诉讼请求"),
    "effect": (differ_in_effect, "未生效", "已生效"),
    "performance": (differ_in_performance, "法院强制执行（2026-10-12）", "履行完毕（2026-10-08）"),
}


@pytest.mark.parametrize("fact", SEEDED)
def test_a_difference_is_found_once_with_both_words_and_their_places(scene, fact):
    seed, court_says, agency_says = SEEDED[fact]
    seed(scene)
    assert scene.find()["opened"] == 1
    assert scene.found() == [(fact, court_says, agency_says)]
    one = Discrepancy.objects.get()
    assert one.court_source
    assert one.agency_source
    assert one.owner == organisation("371602-SF")
    assert one.due_on == date(2026, 10, 22)  # 5 working days


@pytest.mark.parametrize("fact", SEEDED)
def test_comparing_again_changes_nothing(scene, fact):
    SEEDED[fact][0](scene)
    scene.find()
    before = list(Discrepancy.objects.values())
    assert sum(scene.find().values()) == 0
    assert list(Discrepancy.objects.values()) == before


@pytest.mark.parametrize(("appealed", "found"), [(None, 0), (False, 0), (True, 1)])
def test_not_yet_in_force_on_an_earlier_day_is_no_difference(scene, appealed, found):
    differ_in_effect(scene)
    scene.decision.appealed = appealed
    scene.decision.save()
    Paper.objects.update(submitted_on=date(2026, 10, 30))
    assert scene.find()["opened"] == found


def test_an_effect_that_a_second_instance_gave_meanwhile_is_no_difference(scene):
    differ_in_effect(scene)
    scene.decision.appealed, scene.decision.effect = True, "confirmed"
    scene.decision.save()
    assert scene.find()["opened"] == 0


def test_all_of_them_at_once_are_found_each_by_itself(scene):
    scene.court.attended = False
    scene.court.save()
    scene.agency_says(held_on=date(2026, 9, 17))
    scene.files(received_on="2026-09-26", code="J-DISMISS")
    differ_in_effect(scene)
    differ_in_performance(scene)
    scene.find()
    assert [fact for fact, *_ in scene.found()] == sorted(SEEDED)


def test_where_both_say_the_same_there_is_nothing(scene):
    scene.agency_says(held_on=scene.hearing.day, head_name="方 清远")
    scene.files(code="J-REVOKE")
    scene.files("effect_confirmation", known_by="court")
    scene.reports("done", verdict="accepted")
    scene.find()
    assert scene.found() == []


@pytest.mark.parametrize(
    "said",
    [
        {"head_name": ""},  # the agency does not say who
        {"head_rank": ""},
        {"attended": None, "head_name": "", "head_rank": ""},
    ],
)
def test_what_one_side_leaves_out_is_no_difference(scene, said):
    scene.agency_says(**said)
    scene.find()
    assert scene.found() == []


def test_another_head_is_a_difference(scene):
    scene.agency_says(head_name="李建国", head_rank="deputy")
    scene.find()
    assert scene.found() == [("appearance", "出庭（方清远，正职）", "出庭（李建国，副职）")]


def test_a_hearing_that_the_court_put_off_and_the_agency_attended(scene):
    scene.agency_says(held_on=scene.hearing.day)
    scene.court.delete()
    scene.hearing.state = "postponed"
    scene.hearing.save()
    scene.find()
    assert scene.found() == [("hearing_day", "2026-09-16 延期", "2026-09-16")]


def test_one_of_several_defendants_may_have_got_the_document_earlier_but_not_later(scene):
    other = LaneFactory(case=scene.case, organisation=organisation("371602-SC"))
    DecisionOutcomeFactory(decision=scene.decision, lane=other)
    scene.files(received_on="2026-09-22")
    scene.find()
    assert scene.found() == []
    scene.files(received_on="2026-09-26", version=2)
    scene.find()
    assert scene.found() == [("receipt", "2026-09-24", "2026-09-26")]


def test_the_newest_version_of_a_paper_speaks(scene):
    scene.files(code="J-DISMISS")
    scene.find()
    assert len(scene.found()) == 1
    scene.files(code="J-REVOKE", version=2)
    scene.find()
    assert scene.found() == []


def test_a_report_that_the_office_refused_is_no_statement(scene):
    scene.reports("done", verdict="refused")
    scene.reports("enforced", on=date(2026, 10, 12), office=True)
    scene.find()
    assert scene.found() == []


def test_an_agency_that_was_replaced_does_not_speak_for_the_next(scene):
    differ_in_appearance(scene)
    MaterialReturn.objects.create(
        lane=scene.lane, organisation=organisation("371602-SC"), reason="不是", state="reassigned",
        returned_at=make_aware(datetime(2026, 10, 16)), returned_by=scene.cast.post.liaison,
        decided_at=make_aware(datetime(2026, 10, 17)),
    )  # fmt: skip
    scene.find()
    assert scene.found() == []


def test_a_voided_case_is_compared_no_more(scene):
    differ_in_appearance(scene)
    scene.find()
    scene.case.voided_at = make_aware(datetime(2026, 10, 16))
    scene.case.save()
    scene.find()
    one = Discrepancy.objects.get()
    assert (one.state, one.corrected_by) == ("corrected", None)
    assert "移案、作废" in one.reason


def test_a_court_that_corrects_its_word_ends_it_with_name_and_day(scene):
    differ_in_appearance(scene)
    scene.find()
    scene.court.attended = True
    scene.court.save()
    clerk = Author(make_aware(datetime(2026, 10, 16, 9)), scene.cast.post.clerk)
    assert scene.find(clerk)["corrected"] == 1
    one = Discrepancy.objects.get()
    assert (one.state, one.corrected_by, one.decided_by) == ("corrected", clerk.post, None)
    assert one.decided_at == clerk.at
    assert one.reason == "法院更正：未出庭 → 出庭（方清远，正职）"


def test_a_statement_that_changes_and_still_differs_is_another_revision(scene):
    scene.agency_says(held_on=date(2026, 9, 17))
    scene.find()
    scene.hearing.day = date(2026, 9, 18)
    scene.hearing.save()
    assert scene.find()["changed"] == 1
    one = Discrepancy.objects.get()
    assert (one.court_says, one.revision, one.court_revision) == ("2026-09-18", 2, 2)


def test_an_end_of_the_difference_and_its_return_are_two_rows(scene):
    differ_in_appearance(scene)
    scene.find()
    for attended in (True, False):
        scene.court.attended = attended
        scene.court.save()
        scene.find()
    assert list(Discrepancy.objects.order_by("pk").values_list("state", flat=True)) == ["corrected", "open"]
