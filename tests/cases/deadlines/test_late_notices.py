"""通报迟延: what a court tells too late gives the agency its period anew, and the delay is not the agency's."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from cases.deadlines.sync import sync_deadlines
from cases.hearings import nominations
from cases.models import Deadline, Decision
from cases.papers import submission
from cases.papers.submission import Submission
from cases.performance import log
from tests.factories import (
    AppearanceStatementFactory,
    CaseFactory,
    DecisionOutcomeFactory,
    HeadFactory,
    HearingFactory,
    LaneFactory,
    ObligationFactory,
    SourceFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db


def oct_(day):
    return date(2026, 10, day)


def source(day, kind="court"):
    return SourceFactory(kind=kind, stated_at=at(day).at)


@pytest.fixture
def lane(reference):
    """A lane that the court told of on 06-01."""
    return LaneFactory(case=CaseFactory(source=source(date(2026, 6, 1))))


def sync(lane, law, on, reason="法院通报"):
    return sync_deadlines([lane.pk], law=law, author=at(on), reason=reason)


def due(lane, rule):
    return Deadline.objects.get(lane=lane, rule=rule)


def schedule(lane, law, day, told_on, kind="court"):
    hearing = HearingFactory(case=lane.case, day=day, source=source(told_on, kind))
    sync(lane, law, told_on)
    return hearing


def move(hearing, lane, law, day, on):
    """The court moves a hearing: what courts/notifications leave behind."""
    hearing.day = day
    hearing.tell("day", month="2026-10", on=on)
    hearing.save()
    sync(lane, law, on, "法院改期")


# Hearing on Wednesday 10-28: a head is to be named by Friday 10-23, three working days before.
NAMING = [
    (oct_(9), oct_(23), None),
    (oct_(22), oct_(23), None),  # the day before is in time
    (oct_(23), oct_(28), 0),  # the last day itself is too late: nothing is left of the period
    (oct_(26), oct_(28), 3),  # three working days from 10-26 would be 10-29: at most until the hearing
    (oct_(28), oct_(28), 5),
]


@pytest.mark.parametrize(("told_on", "due_on", "late"), NAMING)
def test_a_hearing_told_too_late_leaves_until_the_hearing_to_name_a_head(lane, law, told_on, due_on, late):
    schedule(lane, law, oct_(28), told_on)
    found = due(lane, "name_head")
    assert (found.due_on, found.original_due_on, found.state) == (due_on, oct_(23), "open")
    notice = found.computation.get("late_notice")
    if late is None:
        assert notice is None
        return
    assert notice == {
        "told_on": str(told_on),
        "by": "法院",
        "was_due_on": "2026-10-23",
        "days": late,
    }
    assert found.computation["due_on"] == "2026-10-28"
    assert "通报迟延" in found.computation["explanation"]
    assert "不计在机关名下" in found.computation["explanation"]
    assert found not in Deadline.objects.overdue(on=told_on)


def test_a_hearing_told_of_only_after_it_took_place_makes_nobody_overdue(lane, law):
    """The notification of a month comes by its 5th: a hearing of the 2nd may be over by then."""
    schedule(lane, law, date(2026, 11, 3), date(2026, 11, 5))
    assert not Deadline.objects.filter(rule="name_head").overdue(on=date(2026, 11, 6)).exists()


def test_what_the_agency_itself_registers_late_is_no_late_notice(lane, law):
    schedule(lane, law, oct_(28), oct_(26), kind="agency")
    assert due(lane, "name_head").due_on == oct_(23)
    assert "late_notice" not in due(lane, "name_head").computation


# Moved to Friday 10-30: three working days before is Tuesday 10-27.
MOVES = [
    (oct_(26), oct_(27), False),  # told on Monday: a day is left, as the rule gives it
    (oct_(27), oct_(30), True),
    (oct_(28), oct_(30), True),
]


@pytest.mark.parametrize(("told_on", "due_on", "late"), MOVES)
def test_a_hearing_moved_too_late_gives_the_period_anew_and_keeps_the_first_day(
    lane, law, told_on, due_on, late
):
    hearing = schedule(lane, law, oct_(28), oct_(9))
    move(hearing, lane, law, oct_(30), told_on)
    found = due(lane, "name_head")
    assert (found.due_on, found.original_due_on) == (due_on, oct_(23))
    change = found.changes.get()
    assert (change.old_due_on, change.new_due_on, change.reason) == (oct_(23), due_on, "法院改期")
    notice = found.computation.get("late_notice")
    assert (notice is not None) == late
    if notice:
        assert (notice["told_on"], notice["was_due_on"]) == (str(told_on), "2026-10-27")


def test_a_hearing_moved_forward_leaves_until_the_new_hearing(lane, law):
    hearing = schedule(lane, law, date(2026, 11, 11), oct_(9))
    assert due(lane, "name_head").due_on == date(2026, 11, 6)
    move(hearing, lane, law, date(2026, 11, 6), date(2026, 11, 5))
    found = due(lane, "name_head")
    assert (found.due_on, found.computation["late_notice"]["was_due_on"]) == (date(2026, 11, 6), "2026-11-03")


def test_a_head_named_in_time_stays_named_in_time_whatever_is_told_later(lane, law, cast):
    hearing = schedule(lane, law, oct_(28), oct_(9))
    head = HeadFactory()
    nominations.name_head(lane, hearing, head, author=at(oct_(20), cast.post.liaison), law=law)
    move(hearing, lane, law, oct_(30), oct_(28))
    found = due(lane, "name_head")
    assert (found.state, found.met_on) == ("met", oct_(20))
    assert found.met_on <= found.due_on


def test_moving_one_hearing_says_nothing_about_another_of_the_same_case(lane, law):
    """The first was told in time; the second is moved on the day after the first one's last day."""
    first = schedule(lane, law, oct_(28), oct_(9))
    second = schedule(lane, law, date(2026, 11, 18), oct_(9))
    move(second, lane, law, date(2026, 11, 25), oct_(26))
    told_in_time = Deadline.objects.get(rule="name_head", subject=f"hearing:{first.pk}")
    assert told_in_time.due_on == oct_(23)
    assert "late_notice" not in told_in_time.computation


def absent(lane, law, told_on, hearing_on=date(2026, 9, 16), kind="court"):
    said = AppearanceStatementFactory(
        lane=lane, attended=False, counts=False, hearing__day=hearing_on, source=source(told_on, kind)
    )
    sync(lane, law, told_on)
    return said


# Hearing on 09-16, two working days: 09-18.
ABSENCES = [
    (date(2026, 9, 17), date(2026, 9, 18), None),
    (date(2026, 9, 18), date(2026, 9, 21), 0),  # Sunday 09-20 is worked, then Monday
    (date(2026, 10, 9), date(2026, 10, 12), 21),  # next month: 10-10 is a Saturday worked, then Monday
]


@pytest.mark.parametrize(("told_on", "due_on", "late"), ABSENCES)
def test_an_absence_told_next_month_is_explained_within_two_working_days_of_the_notice(
    lane, law, told_on, due_on, late
):
    absent(lane, law, told_on)
    found = due(lane, "absence_explanation")
    assert (found.due_on, found.original_due_on) == (due_on, date(2026, 9, 18))
    notice = found.computation.get("late_notice")
    assert (notice and notice["days"]) == late
    assert found not in Deadline.objects.overdue(on=due_on)


def test_an_explanation_within_the_new_period_is_in_time_and_after_it_the_agency_s_own_delay(lane, law, cast):
    said = absent(lane, law, oct_(9))
    told = Submission(kind="absence_explanation", content={}, key="a", hearing=said.hearing)
    with pytest.raises(ValidationError, match=r"已超过规定期限 1 天（应于 2026-10-12）"):
        submission.submit(lane, told, author=at(oct_(13), cast.post.liaison), law=law)
    submission.submit(lane, told, author=at(oct_(12), cast.post.liaison), law=law)
    found = due(lane, "absence_explanation")
    assert (found.state, found.met_on, found.due_on, found.late_reason) == ("met", oct_(12), oct_(12), "")


def lost(lane, told_on, effective_on=date(2026, 8, 20), effect="confirmed"):
    return DecisionOutcomeFactory(
        lane=lane, code="J-REVOKE", lost=True,
        decision__decided_on=date(2026, 7, 20), decision__delivered_on=date(2026, 7, 22),
        decision__effect=effect, decision__effective_on=effective_on, decision__source=source(told_on),
    )  # fmt: skip


# In effect on 08-20: 30 days end on Saturday 09-19, and the Sunday after it is worked.
EFFECTS = [
    (date(2026, 9, 10), date(2026, 9, 20), None),
    (date(2026, 10, 12), date(2026, 11, 11), 22),
]


@pytest.mark.parametrize(("told_on", "due_on", "late"), EFFECTS)
def test_an_effect_confirmed_late_gives_the_thirty_days_from_the_notice(lane, law, told_on, due_on, late):
    lost(lane, told_on)
    sync(lane, law, told_on)
    found = due(lane, "lost_case_report")
    assert (found.due_on, found.original_due_on) == (due_on, date(2026, 9, 20))
    assert (found.computation.get("late_notice") or {}).get("days") == late
    assert found not in Deadline.objects.overdue(on=told_on)


def test_a_decision_told_in_time_whose_effect_is_told_late_counts_from_the_word_about_the_effect(lane, law):
    outcome = lost(lane, date(2026, 7, 25), effective_on=None, effect="not_yet")
    sync(lane, law, date(2026, 7, 25))
    decision = outcome.decision
    decision.effect, decision.effective_on = "confirmed", date(2026, 8, 20)
    decision.tell("effective_on", month="2026-10", on=oct_(12))
    decision.save()
    sync(lane, law, oct_(12))
    found = due(lane, "lost_case_report")
    assert (found.due_on, found.original_due_on) == (date(2026, 11, 11), date(2026, 9, 20))
    assert found.computation["late_notice"]["told_on"] == "2026-10-12"


def test_an_effect_presumed_on_its_own_day_is_no_late_notice(lane, law):
    lost(lane, date(2026, 8, 20), effect="presumed")
    sync(lane, law, date(2026, 8, 20))
    assert "late_notice" not in due(lane, "lost_case_report").computation


def test_an_effect_presumed_long_after_its_day_gives_the_time_from_the_presumption(lane, law):
    """In effect on 08-20, told of in October: nothing of it is overdue on the day it begins."""
    lost(lane, oct_(12), effect="presumed")
    sync(lane, law, oct_(12))
    found = due(lane, "lost_case_report")
    notice = found.computation["late_notice"]
    assert (notice["by"], notice["told_on"], found.due_on) == ("平台", "2026-10-12", date(2026, 11, 11))
    assert "平台于 2026-10-12" in found.computation["explanation"]
    assert not Deadline.objects.duties().overdue(on=oct_(12)).exists()


# Served on 07-22: five days end on 07-27.
FILINGS = [(date(2026, 7, 26), date(2026, 7, 27)), (date(2026, 8, 5), date(2026, 8, 10))]


@pytest.mark.parametrize(("told_on", "due_on"), FILINGS)
def test_a_judgment_told_of_in_the_next_month_is_filed_within_five_days_of_the_notice(
    lane, law, told_on, due_on
):
    lost(lane, told_on)
    sync(lane, law, told_on)
    assert due(lane, "judgment_filing").due_on == due_on


# Served on 07-22: the fifteen days to appeal end on 08-06, whoever tells of it when.
@pytest.mark.parametrize(("told_on", "is_duty"), [(date(2026, 8, 6), True), (date(2026, 8, 7), False)])
def test_an_appeal_period_told_of_when_it_was_over_only_informs(lane, law, told_on, is_duty):
    lost(lane, told_on, effective_on=None, effect="not_yet")
    sync(lane, law, told_on)
    period = due(lane, "appeal_judgment")
    assert (period.due_on, period.is_duty) == (date(2026, 8, 6), is_duty)


def test_an_absence_told_by_a_correction_is_explained_from_the_day_of_the_correction(lane, law):
    said = AppearanceStatementFactory(lane=lane, hearing__day=date(2026, 9, 16), source=source(oct_(9)))
    sync(lane, law, oct_(9))
    said.attended, said.counts = False, False
    said.tell("attended", month="2026-10", on=date(2026, 11, 12))
    said.save()
    sync(lane, law, date(2026, 11, 12))
    assert due(lane, "absence_explanation").due_on == date(2026, 11, 16)  # two working days


def test_the_day_of_the_notice_is_the_day_in_binzhou(lane, law):
    """23:30 UTC on 10-22 is 10-23 in Binzhou, the last day: too late."""
    told = SourceFactory(stated_at=datetime.fromisoformat("2026-10-22T23:30:00+00:00"))
    HearingFactory(case=lane.case, day=oct_(28), source=told)
    sync(lane, law, oct_(23))
    assert due(lane, "name_head").computation["late_notice"]["told_on"] == "2026-10-23"


def test_the_page_says_whose_delay_it_was(lane, law, cast, client_of, today):
    schedule(lane, law, oct_(28), oct_(26))
    page = client_of(cast.liaison).get(f"/deadlines/{due(lane, 'name_head').pk}/basis/").content.decode()
    for words in ("原定 2026-10-23", "通报迟延 3 天，不计在机关名下", "法院 2026-10-26"):
        assert words in page


def test_a_second_run_changes_nothing(lane, law):
    schedule(lane, law, oct_(28), oct_(26))
    absent(lane, law, oct_(9))
    assert not sync(lane, law, oct_(27), "重算")


def test_a_defendant_told_of_later_than_the_others_has_its_full_time(lane, law):
    """The second defendant comes to light on 10-26: its head is named for 10-28, its judgment filed from then."""
    HearingFactory(case=lane.case, day=oct_(28), source=source(oct_(9)))
    lost(lane, date(2026, 8, 1))
    other = LaneFactory(case=lane.case, organisation=organisation("371602-SC"), source=source(oct_(26)))
    decision = Decision.objects.get()
    DecisionOutcomeFactory(decision=decision, lane=other, code="J-REVOKE", lost=True, source=source(oct_(26)))
    sync_deadlines([other.pk], law=law, author=at(oct_(26)), reason="法院通报")
    found = {each.rule: each.due_on for each in Deadline.objects.duties().filter(lane=other, state="open")}
    assert found["name_head"] == oct_(28)
    assert found["judgment_filing"] == date(2026, 11, 2)  # 10-31 is a Saturday
    assert not Deadline.objects.duties().overdue(on=oct_(26)).exists()


def test_a_loss_that_is_told_by_a_correction_is_reported_from_the_day_of_the_correction(lane, law):
    outcome = lost(lane, date(2026, 8, 25))
    outcome.lost = False
    outcome.save()
    sync(lane, law, date(2026, 8, 25))
    outcome.lost = True
    outcome.tell("lost", month="2026-10", on=oct_(12))
    outcome.save()
    sync(lane, law, oct_(12))
    assert due(lane, "lost_case_report").due_on == date(2026, 11, 11)


def test_an_obligation_confirmed_by_the_office_after_its_day_gives_fifteen_days(lane, law, cast):
    outcome = lost(lane, date(2026, 8, 25))
    owed = ObligationFactory(outcome=outcome, certainty="open", named_on=date(2026, 9, 30))
    sync(lane, law, date(2026, 8, 25))
    log.decide_obligation(
        owed,
        certainty="yes",
        reason="原告申请",
        due_on=None,
        author=at(oct_(12), cast.post.office_clerk),
        law=law,
    )
    found = due(lane, "obligation")
    assert (found.is_duty, found.due_on) == (True, oct_(27))
