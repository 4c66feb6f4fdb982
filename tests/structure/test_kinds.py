"""A kind stands in one place: what belongs to it is there, and everything that is derived from it fits."""

from collections import Counter

from django.urls import reverse

from cases.case_page.steps import STEPS
from cases.law import shipped_law
from cases.models import Paper
from cases.papers.kinds import BY_RULE, KINDS
from organisations.roles import ADMINISTRATORS, ROLES, Role
from reports.bulletins.kinds import KINDS as BULLETINS
from reports.models import Bulletin
from reports.scoring.events import EVENTS
from supervision.models import Message, PushSetting
from supervision.reminders.channels import PUSHED

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
    assert len(STEPS) == len(KINDS) + 9
    assert max(Counter(kind.step.place for kind in KINDS.values()).values()) == 1


def test_the_steps_come_in_the_order_of_the_procedure():
    assert list(STEPS) == [
        "material_receipt", "leader_report", "answer", "defence_report", "name_head", "name_head_again", "hearing",
        "absence_explanation", "judgment_filing", "appeal_judgment", "appeal_ruling", "effect_confirmation",
        "obligation", "lost_case_report", "judicial_advice_reply", "paper_correction",
    ]  # fmt: skip


def test_a_duty_with_a_page_of_its_own_is_done_by_a_paper_or_an_act():
    law = shipped_law()
    assert {
        rule for rule, step in STEPS.items() if step.page and law.book.done_by(rule) == "completion"
    } == set()


def test_every_kind_of_bulletin_is_one_object_and_does_a_regular_work_of_its_period():
    assert set(BULLETINS) == set(Bulletin.Kind)
    regular = {limit.key: limit.period for limit in shipped_law().book.all()}
    assert {kind.duty: kind.period for kind in BULLETINS.values()}.items() <= regular.items()


def test_every_channel_out_of_the_platform_is_one_object_with_a_switch():
    assert set(PUSHED) == set(Message.Channel) - {Message.Channel.IN_APP}
    assert {PushSetting._meta.get_field(key).get_default() for key in PUSHED} == {True}


def test_every_role_is_one_object_whose_first_page_it_may_open():
    assert set(ROLES) == set(Role)
    assert all(reverse(kind.first_page) for kind in ROLES.values())
    assert {"system_admin", "security_admin", "audit_admin"} == ADMINISTRATORS


def test_the_events_that_schemes_deduct_points_for():
    assert {(event.key, event.source) for event in EVENTS.values()} == {
        ("unexplained_absence", "appearances"),
        ("obligation_overdue", "obligations"),
        ("report_missing", "papers"),
        ("report_late", "papers"),
    }
