"""Which line of the ledger may follow which state of an obligation, as a lawyer would sign it."""

from datetime import date

import pytest

from cases.models import Obligation, PerformanceEntry
from rules.performance import OPEN, SAME_ACT, TRANSITIONS, accepted_state

KINDS = ["progress", "partial", "done", "settled", "impossible", "enforced", "suspended", "revived"]
# Rows: the state before. Columns: the kinds above. What the obligation becomes; "-" where the line is refused;
# "back" for what it was before the suspension (《行诉解释》第一百二十一条).
TABLE = """
not_due      in_progress  partial  reported  reported  impossible  enforced  suspended  -
in_progress  in_progress  partial  reported  reported  impossible  enforced  suspended  -
partial      in_progress  partial  reported  reported  impossible  enforced  suspended  -
overdue      in_progress  partial  reported  reported  impossible  enforced  suspended  -
reported     -            -        -         -         -           enforced  suspended  -
impossible   -            -        reported  -         -           enforced  suspended  -
suspended    -            -        -         -         -           -         -          back
done         -            -        -         -         -           -         -          -
done_late    -            -        -         -         -           -         -          -
enforced     -            -        -         -         -           -         -          -
settled      -            -        -         -         -           -         -          -
none         -            -        -         -         -           -         -          -
"""
ROWS = [
    (state, kind, becomes)
    for state, *columns in map(str.split, TABLE.strip().splitlines())
    for kind, becomes in zip(KINDS, columns, strict=True)
]


@pytest.mark.parametrize(("state", "kind", "becomes"), ROWS)
def test_each_line_follows_only_the_states_it_may_follow(state, kind, becomes):
    step = TRANSITIONS[kind]
    assert (state in step.after) == (becomes != "-")
    if becomes != "-":
        assert step.becomes == (None if becomes == "back" else becomes)


def test_every_state_and_every_kind_of_the_record_is_in_the_table():
    assert {state for state, _, _ in ROWS} == set(Obligation.State.values)
    assert {kind for _, kind, _ in ROWS} == set(PerformanceEntry.Kind.values) == set(TRANSITIONS)


def test_what_is_done_or_settled_or_has_no_content_is_not_open():
    assert {"not_due", "in_progress", "partial", "overdue"} == OPEN


@pytest.mark.parametrize(
    ("kind", "by_agency", "needs_proof", "needs_check"),
    [
        ("progress", True, False, False),
        ("partial", True, True, False),
        ("done", True, True, True),
        ("settled", True, True, True),
        ("impossible", True, True, False),
        ("enforced", False, False, False),
        ("suspended", False, False, False),
        ("revived", False, False, False),
    ],
)
def test_who_makes_the_line_and_what_it_needs(kind, by_agency, needs_proof, needs_check):
    step = TRANSITIONS[kind]
    assert (step.by_agency, step.needs_proof, step.needs_check) == (by_agency, needs_proof, needs_check)


@pytest.mark.parametrize(
    ("kind", "performed", "due", "state"),
    [
        ("done", date(2026, 11, 22), date(2026, 11, 23), "done"),
        ("done", date(2026, 11, 23), date(2026, 11, 23), "done"),  # the last day is in time
        ("done", date(2026, 11, 24), date(2026, 11, 23), "done_late"),
        ("done", date(2026, 11, 24), None, "done"),
        ("settled", date(2026, 11, 20), date(2026, 11, 23), "settled"),
        ("settled", date(2026, 11, 24), date(2026, 11, 23), "settled"),
    ],
)
def test_a_report_found_true_is_in_time_late_or_settled(kind, performed, due, state):
    assert accepted_state(kind, performed, due) == state


def test_the_reason_of_a_refused_same_act_names_its_article():
    assert "第七十一条" in SAME_ACT
    assert "不是履行" in SAME_ACT
