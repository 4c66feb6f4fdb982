"""办公室规则: entered by one, its effect told, approved by another, from a day on, and never backwards."""

from datetime import date

import pytest

from cases.deadlines.sync import sync_deadlines
from cases.law import current_law, forget_law
from cases.models import AT_ONCE, Deadline, DeadlineChange, OfficeRule
from organisations.four_eyes import NotApproved
from organisations.models import AuditEntry
from supervision.office_rules.rules import (
    RuleRefused,
    approve_rule,
    drop_rule,
    effect_of,
    enter_rule,
    settable,
)
from supervision.sweep.sweeping import urge_due
from tests.factories import CaseFactory, DeadlineFactory, HearingFactory, LaneFactory, SourceFactory, at

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2026, 10, 20)  # of the rules entered here


def oct_(day):
    return date(2026, 10, day)


def nov(day):
    return date(2026, 11, day)


@pytest.fixture
def clerk(cast):
    return at(oct_(15), cast.post.city_office_clerk)


@pytest.fixture
def head(cast):
    return at(oct_(15), cast.post.city_office_head)


def enter(author, key="name_head", value=None, subject="limit", valid_from=FIRST_DAY):
    value = value or {"amount": 5, "mode": "working"}
    return enter_rule(subject, key, value, valid_from=valid_from, reason="联席会议纪要", author=author)


def scheduled(law, day):
    """A duty to name a head for a hearing of that day, told of long before."""
    source = SourceFactory(stated_at=at(date(2026, 9, 1)).at)
    lane = LaneFactory(case=CaseFactory(source=source))
    HearingFactory(case=lane.case, day=day)
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 1)), reason="排庭")
    return Deadline.objects.get(lane=lane, rule="name_head")


@pytest.fixture
def before(cast, law):
    """Of a hearing before the first day of the new rule."""
    return scheduled(law, oct_(19))


@pytest.fixture
def after(cast, law):
    """Of a hearing after it: three working days before 11-11 is 11-06."""
    return scheduled(law, nov(11))


def test_only_what_law_leaves_open_can_be_set(law):
    keys = {item[0] for item in settable(law, on=oct_(15))["limit"]}
    assert {"leader_report", "defence_report", "judgment_filing", "name_head", "letter_reply"} <= keys
    assert not keys & {"answer", "answer_appeal", "appeal_judgment", "judicial_advice_reply"}
    assert {item[0] for item in settable(law, on=oct_(15))["ladder"]} == {
        "report",
        "naming",
        "naming_again",
        "short",
        "answer",
        "performance",
        "regular",
        "training",
    }


def test_the_effect_is_told_and_nothing_is_written(before, after, clerk):
    kept = list(Deadline.objects.order_by("pk").values())
    rule = enter(clerk)
    moves = [(m.deadline, m.old_due_on, m.new_due_on) for m in effect_of(rule)]
    assert moves == [(after, nov(6), nov(4))]
    assert list(Deadline.objects.order_by("pk").values()) == kept
    assert not DeadlineChange.objects.exists()
    forget_law()
    assert current_law().due("name_head", nov(11)).due_on == nov(6)


def test_an_approved_rule_moves_what_began_since_and_leaves_the_rest(before, after, clerk, head, cast):
    rule = approve_rule(enter(clerk), author=head)
    assert (rule.state, rule.approved_by, rule.effects) == (
        "approved",
        cast.post.city_office_head,
        {"moved": 1, "earlier": 1},
    )
    after.refresh_from_db()
    assert (after.due_on, after.original_due_on) == (nov(4), nov(6))
    assert (after.computation["rule_version"], after.computation["valid_from"]) == (2, "2026-10-20")
    assert after.computation["citation"].endswith("办公室规则：联席会议纪要")
    change = after.changes.get()
    assert (change.old_due_on, change.new_due_on, change.by) == (nov(6), nov(4), cast.post.city_office_head)
    assert change.reason == "办公室规则 name_head 自 2026-10-20"
    kept = before.computation
    before.refresh_from_db()
    assert (before.due_on, before.computation, before.changes.count()) == (oct_(14), kept, 0)


def test_from_its_day_the_rule_counts_and_before_it_the_old_one(clerk, head):
    approve_rule(
        enter(clerk, "leader_report", {"amount": 2, "mode": "working"}, valid_from=oct_(20)), author=head
    )
    forget_law()
    law = current_law()
    assert law.due("leader_report", oct_(19)).due_on == oct_(20)
    assert law.due("leader_report", oct_(20)).due_on == oct_(22)
    old = law.book.versions["leader_report"][0]
    assert old.valid_to == oct_(19)


def test_a_met_duty_is_neither_foretold_nor_moved(after, clerk, head):
    Deadline.objects.filter(pk=after.pk).update(state="met", met_on=oct_(15))
    rule = enter(clerk)
    assert effect_of(rule) == []
    approve_rule(rule, author=head)
    after.refresh_from_db()
    assert (after.due_on, after.computation["rule_version"]) == (nov(6), 1)


def test_who_entered_it_does_not_approve_it(after, clerk):
    rule = enter(clerk)
    with pytest.raises(NotApproved, match="录入人不能核准"):
        approve_rule(rule, author=clerk)
    rule.refresh_from_db()
    assert rule.state == "entered"


def test_the_same_person_in_another_post_does_not_approve_it_either(clerk, cast):
    rule = enter(clerk)
    second = type(cast.post.city_office_head).objects.create(
        user=cast.city_office_clerk, organisation=cast.post.city_office_head.organisation, role="office_head"
    )
    with pytest.raises(NotApproved, match="录入人不能核准"):
        approve_rule(rule, author=at(oct_(15), second))


def test_a_rule_is_approved_once_and_a_dropped_one_never(clerk, head):
    rule = enter(clerk)
    approve_rule(rule, author=head)
    with pytest.raises(NotApproved, match="已核准，不能再核准"):
        approve_rule(rule, author=head)
    dropped = enter(clerk, "letter_reply")
    drop_rule(dropped, author=clerk)
    with pytest.raises(NotApproved, match="已放弃，不能再核准"):
        approve_rule(dropped, author=head)
    forget_law()
    assert current_law().due("letter_reply", nov(2)).due_on == nov(5)


def test_no_rule_counts_from_a_day_that_has_passed(clerk, cast):
    with pytest.raises(RuleRefused, match=r"施行日不能早于今天（2026-10-15）"):
        enter(clerk, valid_from=oct_(14))
    rule = enter(clerk, valid_from=oct_(15))
    with pytest.raises(RuleRefused, match="施行日 2026-10-15 已过"):
        approve_rule(rule, author=at(oct_(16), cast.post.city_office_head))


def test_two_versions_of_one_length_follow_each_other(clerk, head):
    approve_rule(enter(clerk, value={"amount": 5, "mode": "working"}, valid_from=oct_(20)), author=head)
    with pytest.raises(RuleRefused, match="自 2026-10-20 起施行的版本已经核准"):
        enter(clerk, value={"amount": 7, "mode": "working"}, valid_from=oct_(20))
    approve_rule(enter(clerk, value={"amount": 7, "mode": "working"}, valid_from=nov(20)), author=head)
    forget_law()
    law = current_law()
    assert law.due("name_head", nov(11)).due_on == nov(4)
    assert law.due("name_head", nov(25)).due_on == nov(16)


@pytest.mark.parametrize(
    ("subject", "key", "value"),
    [
        ("choice", "board.soon", {"value": "5"}),
        ("ladder", "report", {"days": {"t-3": -5, "day0": 0}}),
        ("limit", "letter_reply", {"amount": 4, "mode": "working"}),
    ],
)
def test_two_entries_for_one_day_are_not_both_approved(clerk, head, subject, key, value):
    first, second = (enter(clerk, key, value, subject) for _ in range(2))
    approve_rule(first, author=head)
    with pytest.raises(RuleRefused):
        approve_rule(second, author=head)


def test_a_ladder_whose_steps_do_not_rise_is_refused(clerk):
    with pytest.raises(RuleRefused, match="逐级后移"):
        enter(clerk, "report", {"days": {"t-3": -1, "day0": -3}}, "ladder")
    with pytest.raises(RuleRefused, match="没有任何一级"):
        enter(clerk, "report", {"days": {}}, "ladder")
    assert not OfficeRule.objects.exists()


def test_another_ladder_is_looked_at_at_once_and_raises_its_own_step(clerk, head, law):
    duty = DeadlineFactory(rule="defence_report", starts_on=oct_(15), due_on=oct_(20))
    urge_due(on=oct_(15), author=at(oct_(15)), law=law)
    duty.refresh_from_db()
    assert (duty.reminders.count(), duty.look_on) == (0, oct_(17))
    days = {"t-3": -5, "day0": 0, "t+1": 1}
    approve_rule(enter(clerk, "report", {"days": days}, "ladder", valid_from=oct_(15)), author=head)
    duty.refresh_from_db()
    assert duty.look_on == AT_ONCE
    forget_law()
    raised = urge_due(on=oct_(15), author=at(oct_(15)), law=current_law())
    assert raised == {"t-3": 1}
    assert duty.reminders.get().planned_on == oct_(15)
    assert [r.step for r in current_law().ladders.newest("report").rungs] == list(days)


def test_a_reading_counts_from_its_day(clerk, head):
    approve_rule(
        enter(clerk, "monthly_feed.roll", {"value": "backward"}, "choice", valid_from=nov(1)), author=head
    )
    forget_law()
    choices = current_law().choices
    assert [choices.value("monthly_feed.roll", on=day) for day in (oct_(31), nov(1))] == [
        "forward",
        "backward",
    ]


def test_entry_and_approval_stand_in_the_trail(clerk, head):
    approve_rule(enter(clerk), author=head)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["rule.enter", "rule.approve"]


# The pages.

ENTRY = {"amount": "5", "mode": "working", "valid_from": "2026-10-20", "reason": "联席会议纪要"}
NEW = "/rules/new/limit/name_head/"


def test_the_pages_lead_from_entry_to_approval_by_another(before, after, cast, client_of, today):
    clerk, head = client_of(cast.city_office_clerk), client_of(cast.city_office_head)
    page = clerk.post(NEW, ENTRY).url
    shown = clerk.get(page).content.decode()
    for words in ("1 个进行中的期限将变动", "其中 1 个提前", "2026-11-06", "2026-11-04", "您是录入人"):
        assert words in shown
    refused = clerk.post(f"{page}approve/")
    assert (refused.status_code, "录入人不能核准" in refused.content.decode()) == (409, True)
    after.refresh_from_db()
    assert after.due_on == nov(6)
    assert head.post(f"{page}approve/").status_code == 302
    after.refresh_from_db()
    assert after.due_on == nov(4)
    assert "1 个期限变动" in head.get(page).content.decode()


FAULTS = [
    ({"amount": "0"}, "amount"),
    ({"amount": "三"}, "请填写整数。"),
    ({"amount": ""}, "请填写日数。"),
    ({"mode": "weeks"}, "mode"),
    ({"valid_from": "2026-10-14"}, "施行日不能早于今天（2026-10-15）"),
    ({"valid_from": "下月"}, "施行日读不出，请写作 2026-10-28。"),
    ({"reason": ""}, "请填写缘由和依据。"),
]


@pytest.mark.parametrize(("changed", "words"), FAULTS)
def test_a_faulty_entry_comes_back_with_everything_typed(cast, client_of, today, changed, words):
    data = ENTRY | changed
    answer = client_of(cast.city_office_clerk).post(NEW, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in answer.context["form"].errors or words in page
    for name in ("valid_from", "reason"):
        assert data[name] in page
    assert not OfficeRule.objects.exists()


def test_a_ladder_is_set_on_its_page_and_a_blank_step_is_not_taken(cast, client_of, today):
    days = {"t-3": "-5", "day0": "0", "t+1": "1", "t+3": "3", "t+5": "5", "t+8": ""}
    data = {f"step_{step}": day for step, day in days.items()}
    more = {"valid_from": "2026-11-01", "reason": "联席会议纪要"}
    assert client_of(cast.city_office_clerk).post("/rules/new/ladder/report/", data | more).status_code == 302
    assert OfficeRule.objects.get().value == {"days": {step: int(day) for step, day in days.items() if day}}
    falling = data | {"step_t-3": "2"} | more
    answer = client_of(cast.city_office_clerk).post("/rules/new/ladder/report/", falling)
    assert (answer.status_code, "逐级后移" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("page", ["/rules/new/limit/answer/", "/rules/new/limit/none/", "/rules/new/x/y/"])
def test_what_law_sets_has_no_page(cast, client_of, today, page):
    assert client_of(cast.city_office_clerk).get(page).status_code == 404


READERS = [
    ("city_office_clerk", 200, 302),
    ("office_clerk", 200, 403),
    ("city_office_head", 200, 302),
    ("supervision", 200, 403),
    ("liaison", 200, 403),
    ("agency_head", 403, 403),
    ("leader", 403, 403),
    ("clerk", 403, 403),
    ("system_admin", 403, 403),
    ("without_post", 403, 403),
]


@pytest.mark.parametrize(("part", "read", "enters"), READERS)
def test_who_reads_the_rules_and_who_enters_one(cast, client_of, today, clerk, part, read, enters):
    rule = enter(clerk, "letter_reply")
    browser = client_of(getattr(cast, part))
    assert browser.get("/rules/").status_code == read
    assert browser.get(f"/rules/{rule.pk}/").status_code == read
    assert browser.post(NEW, ENTRY).status_code == enters
    if enters == 403:
        assert browser.post(f"/rules/{rule.pk}/approve/").status_code == 403
        assert browser.post(f"/rules/{rule.pk}/drop/").status_code == 403
        rule.refresh_from_db()
        assert rule.state == "entered"
