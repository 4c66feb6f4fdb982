"""推定生效 and what stands against it: an appeal on record, a period that stands still, a later service."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.deadlines.sync import sync_deadlines
from cases.decisions.appeals import AppealDetails, decide_appeal
from cases.decisions.presumed_effect import presume_effect
from cases.models import Deadline, Decision, Obligation
from cases.performance.log import decide_obligation
from tests.factories import (
    CaseFactory,
    DecisionFactory,
    DecisionOutcomeFactory,
    LaneFactory,
    ObligationFactory,
    SourceFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db
AFTER = date(2026, 10, 20)  # served 24 September, fifteen days and National Day


@pytest.fixture
def decision(reference, law):
    told = SourceFactory(stated_at=at(date(2026, 9, 25)).at)
    lane = LaneFactory(case__source=told)
    decision = DecisionFactory(case=lane.case, source=told)
    DecisionOutcomeFactory(decision=decision, lane=lane, code="J-REVOKE")
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 25)), reason="裁判")
    return decision


def presumed(decision, law, on=AFTER):
    presume_effect(on=on, author=at(on), law=law)
    decision.refresh_from_db()
    return decision.effect, decision.effective_on


def appealed(decision, **told):
    return CaseFactory(
        court=organisation("鲁16"),
        type_code="行终",
        instance="second",
        origin_number=decision.case.number,
        **told,
    )


def test_a_decision_takes_effect_the_day_after_the_last_day_to_appeal(decision, law):
    assert presumed(decision, law) == ("presumed", date(2026, 10, 10))


def period_of(decision):
    return Deadline.objects.get(rule="appeal_judgment", lane__case=decision.case)


def decide(decision, law, choice, post, on=date(2026, 9, 28)):
    details = AppealDetails(choice, on)
    decide_appeal(decision, decision.case.lanes.get(), details, author=at(on, post), law=law)


def test_who_lost_owes_a_decision_about_the_appeal_until_it_is_made(decision, law, cast):
    period = period_of(decision)
    assert (period.is_duty, period.state, period.due_on) == (True, "open", date(2026, 10, 9))
    decide(decision, law, "no", cast.post.liaison)
    period.refresh_from_db()
    assert (period.is_duty, period.state, period.met_on) == (True, "met", date(2026, 9, 28))
    assert presumed(decision, law, date(2026, 10, 9)) == ("not_yet", None)
    assert presumed(decision, law, date(2026, 10, 10)) == ("presumed", date(2026, 10, 10))


def test_an_appeal_meets_the_duty_too(decision, law, cast):
    decide(decision, law, "yes", cast.post.liaison)
    decision.refresh_from_db()
    assert (period_of(decision).state, decision.effect) == ("met", "appealed")
    assert presumed(decision, law) == ("appealed", None)


def test_who_won_has_nothing_to_decide(decision, law):
    decision.outcomes.update(lost=False)
    sync_deadlines([decision.case.lanes.get().pk], law=law, author=at(date(2026, 9, 26)), reason="更正")
    assert not period_of(decision).is_duty


def test_once_the_decision_has_taken_effect_nobody_is_urged_to_decide(decision, law):
    presumed(decision, law)
    assert not period_of(decision).is_duty


def test_nothing_is_presumed_while_a_second_instance_is_on_record(decision, law):
    appealed(decision)
    assert presumed(decision, law) == ("appealed", None)
    assert not period_of(decision).is_duty


def test_a_presumption_falls_when_a_second_instance_comes_on_record(decision, law):
    presumed(decision, law)
    appealed(decision)
    assert presumed(decision, law, date(2026, 10, 21)) == ("appealed", None)
    assert not Deadline.objects.open().filter(rule__in=("lost_case_report", "effect_confirmation")).exists()


def test_nothing_is_presumed_while_the_appeal_period_of_a_co_defendant_stands_still(decision, law):
    other = LaneFactory(case=decision.case, organisation=organisation("371602-SC"))
    DecisionOutcomeFactory(decision=decision, lane=other, code="J-REVOKE")
    sync_deadlines([other.pk], law=law, author=at(date(2026, 9, 25)), reason="裁判")
    Deadline.objects.filter(lane=other, rule="appeal_judgment").update(state="suspended")
    assert presumed(decision, law) == ("not_yet", None)


def test_a_decision_that_was_taken_away_obliges_nobody_whatever_the_office_says(decision, law, cast):
    owed = ObligationFactory(outcome=decision.outcomes.get(), certainty="open", named_on=None)
    Decision.objects.update(effect="reversed")
    with pytest.raises(ValidationError, match="该裁判已被撤销，没有履行内容"):
        decide_obligation(
            owed, certainty="yes", reason="原告申请", due_on=date(2026, 12, 1),
            author=at(AFTER, cast.post.office_clerk), law=law,
        )  # fmt: skip
    assert Obligation.objects.get().certainty == "open"


def test_no_duty_to_perform_runs_on_while_the_decision_is_under_appeal(decision, law):
    owed = ObligationFactory(outcome=decision.outcomes.get(), certainty="yes", named_on=date(2026, 12, 1))
    Decision.objects.update(effect="confirmed", effective_on=date(2026, 10, 10))
    sync_deadlines([owed.lane_id], law=law, author=at(AFTER), reason="生效")
    assert Deadline.objects.get(rule="obligation").state == "open"
    Decision.objects.update(effect="appealed", effective_on=None)
    sync_deadlines([owed.lane_id], law=law, author=at(AFTER), reason="上诉")
    assert Deadline.objects.get(rule="obligation").state == "void"


def test_the_effect_reaches_a_co_defendant_whose_own_period_we_cannot_see(decision, law):
    other = LaneFactory(case=decision.case, organisation=organisation("371602-SC"))
    DecisionOutcomeFactory(decision=decision, lane=other, code="J-REVOKE")
    assert presumed(decision, law) == ("presumed", date(2026, 10, 10))
    assert Deadline.objects.filter(lane=other, rule="lost_case_report", state="open").exists()


def test_an_appeal_that_only_a_second_instance_stood_for_ends_with_it(decision, law):
    """The second instance was entered by mistake and voided: the appeal period counts again."""
    second = appealed(decision)
    assert presumed(decision, law) == ("appealed", None)
    second.voided_at = at(AFTER).at
    second.save()
    assert presumed(decision, law) == ("presumed", date(2026, 10, 10))
