from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import make_aware

from cases.deadlines.sync import sync_deadlines
from cases.models import (
    AppearanceRuling,
    Deadline,
    Decision,
    DecisionOutcome,
    Discrepancy,
    FactChange,
    Hearing,
    Obligation,
)
from cases.reconciliation.deciding import ChangedMeanwhile, ask_for_material, explain, rule_for
from organisations.authors import Author
from organisations.models import AuditEntry, StoredFile
from tests.cases.reconciliation import test_finding as seeds
from tests.cases.reconciliation.conftest import by_agency

WHY = "核对了庭审笔录"
SIDES = ("court", "agency")


def ruled(scene, item, side, author, why=WHY):
    return rule_for(item, side, reason=why, revision=item.revision, author=author, law=scene.law)


def seeded(scene, fact):
    seeds.SEEDED[fact][0](scene)
    for paper in scene.lane.papers.all():
        file, _ = StoredFile.objects.get_or_create(digest="a" * 64, defaults=FILE)
        scene.proven(paper, file)
    return scene.only()


FILE = {"size": 1, "media_type": "application/pdf", "stored_at": make_aware(datetime(2026, 10, 1))}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("fact", seeds.SEEDED)
def test_a_ruling_is_kept_with_name_day_reason_and_trail_and_is_not_opened_again(scene, office, fact, side):
    one = ruled(scene, seeded(scene, fact), side, office)
    assert (one.state, one.ruled_for, one.reason) == ("ruled", side, WHY)
    assert (one.decided_by, one.decided_at) == (office.post, office.at)
    entry = AuditEntry.objects.filter(verb="discrepancy.decide").get()
    assert WHY in entry.summary
    assert entry.data == {"court_says": one.court_says, "agency_says": one.agency_says}
    scene.find()
    assert scene.found() == []


def test_an_appearance_follows_the_statement_that_was_ruled_for(scene, office):
    one = seeded(scene, "appearance")
    for side in SIDES:
        Discrepancy.objects.update(state="open", ruled_for="", decided_by=None)
        ruled(scene, one, side, office)
        assert AppearanceRuling.objects.get().statement.stated_by == side


def test_who_is_found_to_have_come_explains_no_absence(scene, office):
    one = seeded(scene, "appearance")
    sync_deadlines([scene.lane.pk], law=scene.law, author=office, reason="")
    asked = Deadline.objects.filter(rule="absence_explanation")
    assert asked.get().state == "open"
    ruled(scene, one, "agency", office)
    assert asked.get().state == "void"


def test_a_hearing_goes_to_the_day_on_which_it_took_place(scene, office):
    ruled(scene, seeded(scene, "hearing_day"), "agency", office)
    hearing = Hearing.objects.get()
    assert (hearing.day, hearing.state) == (date(2026, 9, 17), "held")
    change = FactChange.objects.get(model="hearing")
    assert (change.old, change.new, change.reason) == ("2026-09-16", "2026-09-17", "correction")
    assert WHY in change.note


def test_a_day_on_which_there_is_another_hearing_is_refused_with_what_to_do(scene, office):
    one = seeded(scene, "hearing_day")
    Hearing.objects.create(case=scene.case, day=date(2026, 9, 17), state="held", source=scene.case.source)
    with pytest.raises(ValidationError, match="已另有一次开庭"):
        ruled(scene, one, "agency", office)
    assert Discrepancy.objects.get(fact="hearing_day").state == "open"


def test_a_receipt_without_proof_is_not_followed(scene, office):
    seeds.differ_in_receipt(scene)
    with pytest.raises(ValidationError, match="没有提交收到裁判文书的凭证"):
        ruled(scene, scene.only(), "agency", office)


def test_a_proven_receipt_is_the_day_of_service(scene, office):
    scene.decision.in_force, scene.decision.effect = None, "not_yet"
    scene.decision.save()
    ruled(scene, seeded(scene, "receipt"), "agency", office)
    assert Decision.objects.get().delivered_on == date(2026, 9, 26)


def test_an_outcome_found_by_the_office_says_so(scene, office):
    ruled(scene, seeded(scene, "outcome"), "agency", office)
    outcome = DecisionOutcome.objects.get()
    assert (outcome.code, outcome.lost, outcome.lost_basis) == ("J-DISMISS", False, "office")


def test_an_effect_found_by_the_office(scene, office):
    ruled(scene, seeded(scene, "effect"), "agency", office)
    decision = Decision.objects.get()
    assert (decision.in_force, decision.effect, decision.effective_on) == (
        True,
        "confirmed",
        date(2026, 10, 15),
    )


def test_a_performance_found_true_is_in_time_by_its_day(scene, office):
    ruled(scene, seeded(scene, "performance"), "agency", office)
    owed = Obligation.objects.get()
    assert owed.performed_on == date(2026, 10, 8)
    assert owed.state in ("done", "done_late")
    assert owed.entries.get(kind="done").verdict == "accepted"


def test_a_performance_that_the_court_enforced_takes_the_report_back(scene, office):
    one = seeded(scene, "performance")
    Obligation.objects.update(state="enforced", performed_on=date(2026, 10, 12))
    ruled(scene, one, "court", office)
    owed = Obligation.objects.get()
    assert (owed.state, owed.performed_on) == ("enforced", date(2026, 10, 12))
    assert owed.entries.get(kind="done").verdict == "refused"


@pytest.mark.parametrize("fact", ["hearing_day", "outcome", "effect"])
def test_for_the_court_the_record_stays_as_it_is(scene, office, fact):
    one = seeded(scene, fact)
    before = [list(model.objects.values()) for model in (Hearing, Decision, DecisionOutcome)]
    ruled(scene, one, "court", office)
    assert before == [list(model.objects.values()) for model in (Hearing, Decision, DecisionOutcome)]


def test_after_a_ruling_another_word_of_the_court_opens_it_anew(scene, office):
    ruled(scene, seeded(scene, "appearance"), "agency", office)
    scene.court.attended, scene.court.head_name = True, "李建国"
    scene.court.save()
    scene.find()
    assert scene.found() == [("appearance", "出庭（李建国，正职）", "出庭（方清远，正职）")]


def test_what_was_read_before_the_court_corrected_it_decides_nothing(scene, office):
    scene.agency_says(held_on=date(2026, 9, 17))
    read = scene.only()
    scene.hearing.day = date(2026, 9, 18)
    scene.hearing.save()
    scene.find()
    with pytest.raises(ChangedMeanwhile, match="法院刚刚更正了此条，已更新左栏，请重新判断"):
        ruled(scene, read, "agency", office)
    with pytest.raises(ChangedMeanwhile):
        explain(read, reason=WHY, revision=read.revision, author=office)
    assert Discrepancy.objects.get().state == "open"


def test_what_the_agency_corrected_says_so(scene, office):
    said = scene.agency_says(held_on=date(2026, 9, 17))
    read = scene.only()
    said.held_on = date(2026, 9, 18)
    said.save()
    scene.find()
    with pytest.raises(ChangedMeanwhile, match="机关刚刚更正了此条"):
        ruled(scene, read, "court", office)


def test_what_has_gone_is_decided_no_more(scene, office):
    read = seeded(scene, "appearance")
    scene.court.attended = True
    scene.court.save()
    scene.find()
    with pytest.raises(ChangedMeanwhile, match="法院更正：未出庭 → 出庭"):
        ruled(scene, read, "court", office)


def test_nothing_is_decided_twice_and_nothing_without_a_reason(scene, office):
    one = seeded(scene, "appearance")
    with pytest.raises(ValidationError, match="请写明理由"):
        ruled(scene, one, "court", office, why=" ")
    ruled(scene, one, "court", office)
    with pytest.raises(ValidationError, match="已办结：已认定"):
        ruled(scene, one, "agency", office)


def test_an_explanation_changes_nothing_but_is_on_record(scene, office):
    one = seeded(scene, "appearance")
    explain(one, reason="负责人在线出庭，法院未计", revision=1, author=office)
    one.refresh_from_db()
    assert (one.state, one.reason, one.decided_by) == ("explained", "负责人在线出庭，法院未计", office.post)
    assert not AppearanceRuling.objects.exists()
    scene.find()
    assert scene.found() == []


def test_both_sides_are_asked_for_material_within_three_working_days(scene, cast, law):
    one = seeded(scene, "appearance")
    friday = Author(make_aware(datetime(2026, 10, 16, 10)), cast.post.office_clerk)
    asked = ask_for_material(one, what="请各补充庭审笔录", revision=1, author=friday, law=law)
    assert (asked.state, asked.asked_at, asked.answer_due_on) == ("open", friday.at, date(2026, 10, 21))
    assert asked.asked_for == "请各补充庭审笔录"
    assert asked.due_on == date(2026, 10, 22)
    assert [*Discrepancy.objects.visible_to(cast.post.clerk).asked()] == [asked]


@pytest.mark.parametrize("part", ["clerk", "liaison", "foreign_office_clerk"])
def test_only_the_office_of_the_region_decides(scene, cast, part):
    one = seeded(scene, "appearance")
    stranger = Author(make_aware(datetime(2026, 10, 16, 10)), getattr(cast.post, part))
    with pytest.raises(PermissionDenied):
        ruled(scene, one, "agency", stranger)


def test_who_acted_for_the_agency_decides_nothing_in_the_lane(scene, office):
    one = seeded(scene, "appearance")
    scene.lane.appearances.filter(stated_by="agency").update(source=by_agency(post=office.post))
    with pytest.raises(PermissionDenied):
        ruled(scene, one, "agency", office)


SEES = {
    "clerk", "liaison", "agency_head", "office_clerk", "office_head", "city_office_clerk", "city_office_head",
    "leader", "supervision", "assessment", "political_legal", "government_office",
}  # fmt: skip


def test_each_sees_what_lies_within_the_own_scope(scene, cast):
    one = seeded(scene, "appearance")
    seeing = {part for part, post in vars(cast.post).items() if one in Discrepancy.objects.visible_to(post)}
    assert seeing - {"inactive"} == SEES


def test_a_ruling_is_about_the_words_of_its_day(scene, office, law):
    """Who was ruled for does not change the word afterwards and keep the ruling: the usual order stands again."""
    scene.agency_says(attended=False, counts=False, head_name="", head_rank="")
    item = scene.only()
    rule_for(item, "agency", reason="核对了庭审笔录", revision=item.revision, author=office, law=law)
    assert AppearanceRuling.objects.get().statement.stated_by == "agency"
    scene.lane.appearances.filter(stated_by="agency").update(attended=True, counts=True, head_name="方清远")
    scene.court.attended = scene.court.counts = False
    scene.court.save()
    scene.find()
    assert not AppearanceRuling.objects.exists()
    assert [one.state for one in Discrepancy.objects.order_by("pk")] == ["ruled", "open"]
