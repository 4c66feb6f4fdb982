"""What prepares a hearing ends with the decision: 未办理 where its day was over by then, else owed by nobody."""

from datetime import date

import pytest

from cases.deadlines.sync import sync_deadlines
from cases.models import Deadline, ServiceReceipt
from cases.papers.submission import Submission, submit
from reports.figures.figures import figures
from rules.report_periods import parse_report_period
from tests.factories import DecisionFactory, DecisionOutcomeFactory, LaneFactory, SourceFactory, at

pytestmark = pytest.mark.django_db
RECEIVED = date(2026, 6, 1)  # to the leaders by 06-02, answer by 06-16, to the office by 06-22 (Monday)
REPORT = date(2026, 6, 22)


@pytest.fixture
def lane(reference, cast):
    told = SourceFactory(stated_at=at(date(2026, 6, 1)).at)
    lane = LaneFactory(case__source=told)
    ServiceReceipt.objects.create(
        lane=lane, received_on=RECEIVED, method="direct", signed_at=told.stated_at,
        signed_by=cast.post.liaison, source=told,
    )  # fmt: skip
    return lane


def decide(lane, law, on, code="J-DISMISS"):
    decision = DecisionFactory(case=lane.case, decided_on=on, delivered_on=None)
    DecisionOutcomeFactory(lane=lane, code=code, lost=False, decision=decision)
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 5)), reason="裁判")


def states(lane):
    rules = ("leader_report", "answer", "defence_report")
    return dict(Deadline.objects.filter(lane=lane, rule__in=rules).values_list("rule", "state"))


@pytest.mark.parametrize(
    ("decided_on", "left"),
    [
        (date(2026, 6, 2), {"leader_report": "void", "answer": "void", "defence_report": "void"}),
        (date(2026, 6, 17), {"leader_report": "missed", "answer": "missed", "defence_report": "void"}),
        (date(2026, 6, 23), {"leader_report": "missed", "answer": "missed", "defence_report": "missed"}),
    ],
)
def test_what_was_never_done_ends_with_the_decision(lane, law, decided_on, left):
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 6, 1)), reason="签收")
    assert set(states(lane).values()) == {"open"}
    decide(lane, law, decided_on)
    assert states(lane) == left
    assert not Deadline.objects.open().filter(rule__in=left).exists()


def test_a_ruling_that_ends_nothing_overtakes_nothing(lane, law):
    decide(lane, law, date(2026, 6, 30), code="R-SUSPEND")
    assert set(states(lane).values()) == {"open"}


def test_what_was_missed_stays_in_the_rate(lane, law):
    decide(lane, law, date(2026, 6, 23))
    june = figures(
        parse_report_period("2026-06"),
        lane.organisation.region,
        at(date(2026, 10, 6)).at,
        ["report_on_time_rate"],
    )
    assert (june["measures"][0]["numerator"], june["measures"][0]["denominator"]) == (0, 1)


def test_what_is_handed_in_all_the_same_is_late(lane, law, cast):
    decide(lane, law, date(2026, 6, 23))
    told = Submission(
        kind="defence_report", content={"evidence_filed_on": "2026-10-05"}, key="late", late_reason="人员调整"
    )
    submit(lane, told, author=at(date(2026, 10, 6), cast.post.liaison), law=law)
    found = Deadline.objects.get(lane=lane, rule="defence_report")
    assert (found.due_on, found.state, found.met_on) == (REPORT, "met", date(2026, 10, 6))
