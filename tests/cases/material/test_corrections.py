"""更正: a corrected fact moves every day that ran from it; closed matters follow facts, not new rules or calendars."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.case_page.steps import status_of
from cases.deadlines.sync import sync_deadlines
from cases.law import current_law, forget_law
from cases.material import correction, signing
from cases.models import Case, Deadline, FactChange, ServiceReceipt
from cases.papers import submission
from cases.papers.submission import Submission
from cases.work_calendar.notices import approve_notice, enter_notice, read_lines
from organisations.models import AuditEntry
from supervision.office_rules.rules import approve_rule, enter_rule
from tests.factories import DecisionFactory, DecisionOutcomeFactory, LaneFactory, at, organisation

pytestmark = pytest.mark.django_db
REASON = "送达回证载明 10 月 14 日"


def oct_(day):
    return date(2026, 10, day)


def sign(lane, cast, law, received, on=None):
    author = at(on or received, cast.post.liaison)
    return signing.sign_for_material(
        lane, received_on=received, method="direct", period=None, author=author, law=law
    )  # fmt: skip


@pytest.fixture
def receipt(lane, cast, law):
    """Signed for today with a slip of the pen: 10-12 in place of 10-14."""
    return sign(lane, cast, law, oct_(12), on=oct_(15))


def due(lane, rule):
    return Deadline.objects.get(lane=lane, rule=rule)


def submit(lane, cast, law, on, **told):
    paper = Submission(**{"kind": "defence_report", "content": {"summary": "…"}, "key": "k"} | told)
    return submission.submit(lane, paper, author=at(on, cast.post.liaison), law=law)


def test_a_corrected_day_of_receipt_moves_all_that_ran_from_it_and_keeps_both_days(lane, receipt, cast, law):
    author = at(oct_(20), cast.post.office_clerk)
    before = {rule: due(lane, rule).due_on for rule in ("leader_report", "answer", "defence_report")}
    assert before == {
        "leader_report": oct_(13),
        "answer": oct_(27),
        "defence_report": date(2026, 11, 2),  # 11-01 is a Sunday
    }
    correction.correct_service_receipt(receipt, received_on=oct_(14), reason=REASON, author=author, law=law)
    after = {"leader_report": oct_(15), "answer": oct_(29), "defence_report": date(2026, 11, 3)}
    for rule, day in after.items():
        found = due(lane, rule)
        assert (found.due_on, found.original_due_on) == (day, before[rule])
        change = found.changes.get()
        assert (change.old_due_on, change.new_due_on) == (before[rule], day)
        assert (change.reason, change.by) == (f"更正收到日期：{REASON}", cast.post.office_clerk)
        assert change.old_computation["due_on"] == str(before[rule])
    assert due(lane, "answer").starts_on == oct_(14)
    assert ServiceReceipt.objects.get().received_on == oct_(14)
    fact = FactChange.objects.get()
    assert (fact.old, fact.new_words, fact.reason, fact.source.kind) == (
        "2026-10-12",
        f"2026-10-14（{REASON}）",
        "correction",
        "office",
    )
    assert AuditEntry.objects.get(verb="lane.correct_service_receipt").summary.startswith(
        "收到日期 2026-10-12 → 2026-10-14"
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (oct_(12), "与原登记的收到日期相同"),
        (oct_(21), "收到日期不能晚于今天（2026-10-20）"),
        (date(2026, 8, 2), "收到日期不能早于立案日期（2026-08-03）"),
        (oct_(19), "收到应诉材料的日期不能晚于裁判日期（2026-10-18）"),
    ],
)
def test_a_corrected_day_must_be_another_one_and_one_that_signing_would_accept(
    receipt, cast, law, day, words
):
    DecisionFactory(case=receipt.lane.case, decided_on=oct_(18))
    author = at(oct_(20), cast.post.office_clerk)
    with pytest.raises(ValidationError) as refused:
        correction.correct_service_receipt(receipt, received_on=day, reason=REASON, author=author, law=law)
    assert words in refused.value.message_dict["received_on"][0]
    assert not FactChange.objects.exists()


def test_without_a_day_of_filing_the_year_of_the_number_bounds_a_corrected_day(receipt, cast, law):
    Case.objects.update(filed_on=None)
    author = at(oct_(20), cast.post.office_clerk)
    with pytest.raises(ValidationError, match="收到日期不能早于案号年度（2026）"):
        correction.correct_service_receipt(
            receipt, received_on=date(2025, 12, 31), reason=REASON, author=author, law=law
        )


def test_a_duty_met_late_becomes_in_time_by_a_corrected_fact_and_the_other_way_round(
    lane, receipt, cast, law
):
    """The report to the leaders of 10-15 was due on 10-13; received on 10-14 it is due on the day it was made."""
    told = {"kind": "leader_report", "content": {"reported_on": "2026-10-15"}, "key": "l"}
    submit(lane, cast, law, oct_(15), late_reason="误填", **told)
    assert status_of(due(lane, "leader_report"), today=oct_(20)).word == "完成（逾期 2 天）"
    author = at(oct_(20), cast.post.office_clerk)
    correction.correct_service_receipt(receipt, received_on=oct_(14), reason=REASON, author=author, law=law)
    found = due(lane, "leader_report")
    assert (found.state, found.met_on, found.due_on) == ("met", oct_(15), oct_(15))
    assert status_of(found, today=oct_(20)).word == "完成 10-15"
    correction.correct_service_receipt(receipt, received_on=oct_(13), reason=REASON, author=author, law=law)
    assert due(lane, "leader_report").due_on == oct_(14)
    assert [c.new_due_on for c in found.changes.order_by("pk")] == [oct_(15), oct_(14)]


def test_a_joint_defendant_s_own_receipt_is_not_touched(lane, receipt, cast, law):
    other = LaneFactory(case=lane.case, organisation=organisation("371602-SC"))
    sign(other, cast, law, oct_(12), on=oct_(15))
    author = at(oct_(20), cast.post.office_clerk)
    correction.correct_service_receipt(receipt, received_on=oct_(14), reason=REASON, author=author, law=law)
    assert due(other, "answer").due_on == oct_(27)


CORRECTION = {"received_on": "2026-10-14", "reason": REASON}


def page_of(lane):
    return f"/lanes/{lane.pk}/service-receipt/correct/"


WHO = [
    ("liaison", 200),
    ("office_clerk", 200),
    ("city_office_clerk", 200),
    ("agency_head", 403),
    ("clerk", 403),
    ("supervision", 403),
    ("leader", 403),
    ("other_liaison", 404),
    ("foreign_office_clerk", 404),
    ("system_admin", 404),
    ("without_post", 404),
]


@pytest.mark.parametrize(("part", "status"), WHO)
def test_who_may_correct_on_the_day_of_signing(lane, receipt, cast, client_of, today, part, status):
    answer = client_of(getattr(cast, part)).post(page_of(lane), CORRECTION)
    assert answer.status_code == status
    assert ServiceReceipt.objects.get().received_on == oct_(12)  # a preview at most


def test_from_the_day_after_only_the_office_corrects(lane, cast, law, client_of, today):
    sign(lane, cast, law, oct_(12), on=oct_(14))
    refused = client_of(cast.liaison).post(page_of(lane), CORRECTION | {"confirmed": "1"})
    assert refused.status_code == 403
    assert "由司法局更正" in refused.content.decode()
    done = client_of(cast.office_clerk).post(page_of(lane), CORRECTION | {"confirmed": "1"})
    assert (done.status_code, done.url) == (302, f"/cases/{lane.case_id}/")
    assert due(lane, "answer").due_on == oct_(29)


def test_a_joint_defendant_sees_the_lane_and_does_not_correct_it(lane, receipt, cast, client_of, today):
    LaneFactory(case=lane.case, organisation=organisation("371602-SC"))
    answer = client_of(cast.other_liaison).post(page_of(lane), CORRECTION | {"confirmed": "1"})
    assert answer.status_code == 403


def test_the_page_shows_both_days_first_and_bad_input_keeps_what_was_typed(
    lane, receipt, cast, client_of, today
):
    browser = client_of(cast.liaison)
    page = browser.post(page_of(lane), CORRECTION).content.decode()
    for words in ("原登记收到日期 2026-10-12", "2026-10-27", "2026-10-29", "2026-11-03", "确认更正收到日期"):
        assert words in page
    faults = [
        ({"received_on": "2026-10-16"}, "收到日期不能晚于今天（2026-10-15）"),
        ({"received_on": "十月半"}, "正确的收到日期读不出"),
        ({"reason": ""}, "请填写更正原因。"),
    ]
    for changed, words in faults:
        data = CORRECTION | changed | {"confirmed": "1"}
        answer = browser.post(page_of(lane), data)
        shown = answer.content.decode()
        assert (answer.status_code, words in shown) == (422, True)
        assert data["received_on"] in shown
        assert data["reason"] in shown
    assert not FactChange.objects.exists()


def test_there_is_nothing_to_correct_before_anybody_signed(lane, cast, client_of, today):
    assert client_of(cast.office_clerk).get(page_of(lane)).status_code == 404


# Closed matters under new rules and calendars.

# An invented arrangement: 元旦 until Monday 01-04.
ARRANGEMENT = """放假 元旦 2027-01-01 2027-01-04
放假 春节 2027-02-06 2027-02-12
放假 清明节 2027-04-03 2027-04-05
放假 劳动节 2027-05-01 2027-05-05
放假 端午节 2027-06-09
放假 中秋节 2027-09-15
放假 国庆节 2027-10-01 2027-10-07"""


def announce(cast, on):
    """The arrangement of 2027, entered by one and approved by another."""
    notice = enter_notice(
        year=2027, published_on=date(2026, 11, 4), notice="2027年放假安排（测试）",
        ranges=read_lines(ARRANGEMENT, 2027), author=at(on, cast.post.system_admin),
    )  # fmt: skip
    approve_notice(notice, author=at(on, cast.post.security_admin))
    forget_law()


def test_a_met_duty_stays_as_it_was_judged_under_a_new_calendar(lane, cast, law):
    """A filing due on 01-04 and handed in on 01-05: the late holiday makes it no less late."""
    outcome = DecisionOutcomeFactory(lane=lane, decision__delivered_on=date(2026, 12, 30))
    still_open = LaneFactory()
    DecisionOutcomeFactory(lane=still_open, decision__delivered_on=date(2026, 12, 30))
    author = at(date(2026, 12, 31))
    sync_deadlines([lane.pk, still_open.pk], law=law, author=author, reason="裁判")
    assert due(lane, "judgment_filing").due_on == date(2027, 1, 4)
    content = {"received_on": "2026-12-30"}
    submit(
        lane, cast, law, date(2027, 1, 5), kind="judgment_filing", content=content, late_reason="元旦",
        decision=outcome.decision,
    )  # fmt: skip
    before = Deadline.objects.filter(lane=lane, rule="judgment_filing").values().get()
    announce(cast, date(2027, 1, 6))
    sync_deadlines([lane.pk], law=current_law(), author=at(date(2027, 1, 7)), reason="重算")
    assert Deadline.objects.filter(lane=lane, rule="judgment_filing").values().get() == before
    assert due(still_open, "judgment_filing").due_on == date(2027, 1, 5)


def test_a_report_that_was_judged_stays_so_when_the_calendar_moves_the_period_it_ran_from(lane, cast, law):
    """Received 12-17: the answer ends on 01-01, the report on 01-06. Handed in on 01-07 it is a day late, and stays so
    when a holiday moves the end of the answer, which nobody told to be filed, to 01-05."""
    sign(lane, cast, law, date(2026, 12, 17))
    assert due(lane, "defence_report").due_on == date(2027, 1, 6)
    submit(lane, cast, law, date(2027, 1, 7), late_reason="材料在审签")
    announce(cast, date(2027, 1, 8))
    found = due(lane, "defence_report")
    assert (found.due_on, found.met_on, found.starts_on) == (
        date(2027, 1, 6),
        date(2027, 1, 7),
        date(2027, 1, 1),
    )
    assert due(lane, "answer").due_on == date(2027, 1, 5)


def test_a_met_duty_stays_under_a_new_office_rule_and_follows_a_corrected_fact(lane, cast, law):
    """From 10-15 on the leaders are told within 2 working days; who told them before was judged by 1 day."""
    receipt = sign(lane, cast, law, oct_(15))
    still_open = LaneFactory()
    sign(still_open, cast, law, oct_(15))
    told = {"kind": "leader_report", "content": {"reported_on": "2026-10-15"}, "key": "l"}
    submit(lane, cast, law, oct_(15), **told)
    rule = enter_rule(
        "limit", "leader_report", {"amount": 2, "mode": "working"}, valid_from=oct_(15),
        reason="联席会议纪要", author=at(oct_(15), cast.post.city_office_clerk),
    )  # fmt: skip
    approve_rule(rule, author=at(oct_(15), cast.post.city_office_head))
    forget_law()
    newer = current_law()
    for one in (lane, still_open):
        sync_deadlines([one.pk], law=newer, author=at(oct_(16)), reason="重算")
    assert (due(lane, "leader_report").due_on, due(lane, "leader_report").computation["rule_version"]) == (
        oct_(16),
        1,
    )
    assert due(still_open, "leader_report").due_on == oct_(19)  # 10-16, then Monday
    author = at(oct_(16), cast.post.office_clerk)
    correction.correct_service_receipt(
        receipt, received_on=oct_(14), reason="送达回证", author=author, law=newer
    )
    found = due(lane, "leader_report")
    assert (found.due_on, found.met_on, found.computation["rule_version"]) == (oct_(15), oct_(15), 1)
