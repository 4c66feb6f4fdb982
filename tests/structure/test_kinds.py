"""A kind stands in one place: what belongs to it is there, and everything that is derived from it fits."""

from collections import Counter

from django.urls import reverse

from cases.case_page.steps import STEPS
from cases.law import shipped_law
from cases.models import Paper
from cases.papers.kinds import BY_RULE, KINDS

# Written on the page of the duty of a unit, not as a paper of a lane.
BESIDE = {Paper.Kind.RECTIFICATION}


def test_every_kind_of_paper_is_one_object():
    assert set(KINDS) == set(Paper.Kind) - BESIDE


def test_every_kind_of_paper_meets_a_duty_of_its_own_that_the_rule_book_gives_to_a_paper():
    asked = {limit.key for limit in shipped_law().book.all() if limit.done_by == "paper"}
    assert set(BY_RULE) == asked - {"paper_correction"}  # met by whichever paper was returned


def test_the_page_of_every_kind_of_paper_has_an_address():
    for kind in KINDS.values():
        assert reverse(f"cases:{kind.page}", args=[7]).endswith(f"/lanes/7/{kind.page.replace('_', '-')}/")


def test_no_two_steps_of_the_case_page_take_one_place():
    assert len(STEPS) == len(KINDS) + 6
    assert max(Counter(kind.step.place for kind in KINDS.values()).values()) == 1


def test_the_steps_come_in_the_order_of_the_procedure():
    assert list(STEPS) == [
        "material_receipt", "leader_report", "answer", "defence_report", "name_head", "hearing",
        "absence_explanation", "judgment_filing", "effect_confirmation", "obligation", "lost_case_report",
        "judicial_advice_reply", "paper_correction",
    ]  # fmt: skip


def test_a_duty_with_a_page_of_its_own_is_done_by_a_paper_or_an_act():
    law = shipped_law()
    assert {
        rule for rule, step in STEPS.items() if step.page and law.book.done_by(rule) == "completion"
    } == set()
