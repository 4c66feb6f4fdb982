"""Which word or paper ends which duty, and which does not: each line fails when the rule is turned round."""

from datetime import date

import pytest

from cases.deadlines.sync import sync_deadlines
from cases.models import Deadline, Decision
from tests.factories import (
    AppearanceStatementFactory,
    DecisionOutcomeFactory,
    HearingFactory,
    LaneFactory,
    ObligationFactory,
    PaperFactory,
    at,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 12)


@pytest.fixture
def lane(reference):
    return LaneFactory(case__filed_on=date(2026, 4, 1))


@pytest.fixture
def computed(lane, law):
    """The deadlines of the lane as they follow from what is known now, by rule."""

    def again():
        sync_deadlines([lane.pk], law=law, author=at(DAY), reason="事实")
        return {each.rule: each for each in Deadline.objects.filter(lane=lane)}

    return again


@pytest.mark.parametrize(("stated_by", "state"), [("court", "open"), ("agency", "met")])
def test_who_came_in_a_court_s_word_does_not_name_a_head(lane, computed, stated_by, state):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    AppearanceStatementFactory(lane=lane, hearing=hearing, stated_by=stated_by, attended=True)
    assert computed()["name_head"].state == state


@pytest.mark.parametrize(
    ("lost", "effect", "asked"),
    [
        (True, Decision.Effect.CONFIRMED, True),
        (True, Decision.Effect.PRESUMED, True),
        (False, Decision.Effect.CONFIRMED, False),
        (None, Decision.Effect.CONFIRMED, False),
        (True, Decision.Effect.NOT_YET, False),
        (True, Decision.Effect.APPEALED, False),
    ],
)
def test_only_a_lost_case_in_effect_is_to_be_analysed(lane, computed, lost, effect, asked):
    DecisionOutcomeFactory(
        lane=lane,
        lost=lost,
        code="J-REVOKE",
        decision__case=lane.case,
        decision__effect=effect,
        decision__effective_on=date(2026, 10, 9),
    )
    assert ("lost_case_report" in computed()) == asked


@pytest.mark.parametrize(
    ("kind", "met"),
    [
        ("judgment_filing", {"judgment_filing"}),
        ("effect_confirmation", {"effect_confirmation"}),
        ("lost_case_report", {"lost_case_report"}),
        ("defence_report", set()),
    ],
)
def test_a_paper_meets_its_own_duty_and_no_other(lane, computed, cast, kind, met):
    outcome = DecisionOutcomeFactory(
        lane=lane,
        lost=True,
        code="J-REVOKE",
        decision__case=lane.case,
        decision__delivered_on=date(2026, 9, 24),
        decision__effect=Decision.Effect.CONFIRMED,
        decision__effective_on=date(2026, 10, 10),
    )
    subject = f"decision:{outcome.decision_id}"
    PaperFactory(lane=lane, kind=kind, subject=subject, submitted_by=cast.post.liaison, submitted_on=DAY)
    asked = {"judgment_filing", "effect_confirmation", "lost_case_report"}
    found = computed()
    assert asked <= found.keys()
    assert {rule for rule in asked if found[rule].state == "met"} == met


def test_a_paper_about_another_decision_meets_nothing(lane, computed, cast):
    DecisionOutcomeFactory(
        lane=lane, lost=True, decision__case=lane.case, decision__delivered_on=date(2026, 9, 24)
    )
    PaperFactory(
        lane=lane,
        kind="judgment_filing",
        subject="decision:999999",
        submitted_by=cast.post.liaison,
        submitted_on=DAY,
    )
    assert computed()["judgment_filing"].state == "open"


@pytest.mark.parametrize(
    ("told", "estimated", "due_on"),
    [
        ({}, True, date(2026, 12, 9)),  # 60 days to act anew
        ({"named_on": date(2026, 11, 30)}, False, date(2026, 11, 30)),
        ({"period_text": "2026年11月30日前"}, False, date(2026, 11, 30)),
    ],
)
def test_an_estimate_is_not_called_the_court_s_period_nor_the_other_way_round(
    lane, computed, told, estimated, due_on
):
    outcome = DecisionOutcomeFactory(
        lane=lane,
        lost=True,
        code="J-REVOKE-REDO",
        decision__case=lane.case,
        decision__effect=Decision.Effect.CONFIRMED,
        decision__effective_on=date(2026, 10, 10),
    )
    ObligationFactory(outcome=outcome, lane=lane, certainty="yes", **({"named_on": None} | told))
    found = computed()["obligation"]
    assert (found.due_on, found.computation["estimated"]) == (due_on, estimated)
