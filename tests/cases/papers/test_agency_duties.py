"""What a sued agency does in its lane, and which deadlines follow from it."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.deadlines.sync import sync_deadlines
from cases.hearings import nominations
from cases.material import signing
from cases.models import Deadline, Decision, Nomination, Obligation, Paper
from cases.papers import judgment_filing, submission
from cases.papers.judgment_filing import StatedDecision
from cases.papers.submission import Submission
from cases.performance import log
from organisations import files
from organisations.files import Attachment
from organisations.models import AuditEntry
from rules.office_choices import Chosen
from tests.factories import (
    AppearanceStatementFactory,
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


@pytest.fixture
def lane(reference):
    told = SourceFactory(stated_at=at(date(2026, 9, 1)).at)
    return LaneFactory(case__filed_on=date(2026, 4, 1), case__source=told)


@pytest.fixture
def liaison(cast):
    return cast.post.liaison


def sign(lane, liaison, law, received_on, *, on=None, period=None):
    return signing.sign_for_material(
        lane,
        received_on=received_on,
        method="direct",
        period=period,
        author=at(on or received_on, liaison),
        law=law,
    )


def due(lane, rule):
    return Deadline.objects.get(lane=lane, rule=rule)


def report(key="k1", **changes):
    return Submission(kind="defence_report", content={"summary": "…"}, key=key, **changes)


# 行政诉讼法 67, “3632”: periods over National Day, Mid-Autumn and Labour Day.
@pytest.mark.parametrize(
    ("received", "evidence_ends", "report_due"),
    [
        (date(2026, 9, 16), date(2026, 10, 8), date(2026, 10, 13)),  # over National Day
        (date(2026, 9, 10), date(2026, 9, 28), date(2026, 10, 8)),  # 09-25 Mid-Autumn; 10-03 is a day off
        (date(2026, 4, 20), date(2026, 5, 6), date(2026, 5, 11)),  # 05-05 is a day off
    ],
)
def test_signing_starts_the_evidence_period_and_the_report_five_days_after_it(
    lane, liaison, law, received, evidence_ends, report_due
):
    sign(lane, liaison, law, received)
    assert due(lane, "answer").due_on == evidence_ends
    assert due(lane, "defence_report").starts_on == evidence_ends
    assert due(lane, "defence_report").due_on == report_due


def test_a_period_set_by_the_court_moves_the_report_with_it(lane, liaison, law):
    period = {"basis": "court_set", "ends_on": date(2026, 9, 21), "document": "举证通知书"}
    sign(lane, liaison, law, date(2026, 9, 14), period=period)
    assert due(lane, "answer").due_on == date(2026, 9, 21)
    assert due(lane, "answer").computation["set_by"] == {
        "ends_on": "2026-09-21",
        "ground": "法院指定 举证通知书",
    }
    assert due(lane, "defence_report").due_on == date(2026, 9, 28)  # 09-26 is in the Mid-Autumn holiday


def test_every_deadline_says_how_it_came_about(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    receipt = due(lane, "defence_report").computation
    assert receipt["citation"]
    assert receipt["rule"] == "defence_report"
    assert receipt["explanation"].startswith("2026-10-08（周四）举证期限届满，当日不计，按自然日计 5 日")


def test_material_cannot_be_received_tomorrow(lane, liaison, law):
    with pytest.raises(ValidationError, match="收到日期不能晚于今天"):
        sign(lane, liaison, law, date(2026, 9, 17), on=date(2026, 9, 16))


def test_a_second_signature_is_refused_and_the_first_stands(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    with pytest.raises(ValidationError, match="已签收"):
        sign(lane, liaison, law, date(2026, 9, 17))
    assert lane.__class__.objects.get(pk=lane.pk).service_receipt.received_on == date(2026, 9, 16)


def test_joint_defendants_have_their_own_clocks(lane, liaison, law):
    other = LaneFactory(case=lane.case, organisation=organisation("371602-GOV"))
    sign(lane, liaison, law, date(2026, 9, 1))
    sign(other, liaison, law, date(2026, 9, 3))
    assert (due(lane, "answer").due_on, due(other, "answer").due_on) == (date(2026, 9, 16), date(2026, 9, 18))


def test_a_report_in_time_meets_its_deadline(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    paper = submission.submit(lane, report(), author=at(date(2026, 10, 13), liaison), law=law)
    assert (due(lane, "defence_report").state, due(lane, "defence_report").met_on) == (
        "met",
        date(2026, 10, 13),
    )
    assert paper.number == f"YS20261013-{paper.pk:03d}"


def test_a_late_report_asks_for_a_reason_and_is_then_accepted_as_late(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    with pytest.raises(ValidationError, match="已超过规定期限 2 天") as refused:
        submission.submit(lane, report(), author=at(date(2026, 10, 15), liaison), law=law)
    assert "late_reason" in refused.value.message_dict
    submission.submit(lane, report(late_reason="材料在审签"), author=at(date(2026, 10, 15), liaison), law=law)
    assert due(lane, "defence_report").met_on == date(2026, 10, 15)
    assert due(lane, "defence_report").late_reason == "材料在审签"


def test_a_corrected_report_does_not_make_the_first_one_late(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    submission.submit(lane, report("a"), author=at(date(2026, 10, 12), liaison), law=law)
    second = submission.submit(lane, report("b"), author=at(date(2026, 10, 20), liaison), law=law)
    assert second.version == 2
    assert due(lane, "defence_report").met_on == date(2026, 10, 12)


def test_pressing_twice_hands_in_once(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    author = at(date(2026, 10, 12), liaison)
    first, second = (submission.submit(lane, report("same"), author=author, law=law) for _ in range(2))
    assert first == second
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    ("agency", "kind", "offices"),
    [
        ("371602-ZRZY", "defence_report", ["371602-SF"]),
        ("371602-ZRZY", "judgment_filing", ["371602-SF", "371602-ZFW"]),
        ("BZ-ZRZY", "judgment_filing", ["BZ-SF", "BZ-ZFW"]),
        ("371671-GWH", "defence_report", ["371671-SF"]),
        ("371602-SF", "defence_report", ["BZ-SF"]),  # the office itself is sued: the office above
        ("371602-ZRZY", "leader_report", []),  # stays in the agency
    ],
)
def test_papers_go_to_the_offices_of_the_agency_s_level(reference, law, agency, kind, offices):
    found = submission.recipients(organisation(agency), kind, law=law, on=date(2026, 10, 15))
    assert [office.code for office in found] == offices


def test_the_political_legal_committee_gets_no_filings_where_the_office_chose_so(reference, law):
    answer = Chosen("filing.political_legal", "no", date(2026, 11, 1))
    chosen = replace(law, choices=law.choices.with_answers([answer]))
    agency = organisation("371602-ZRZY")
    before = submission.recipients(agency, "judgment_filing", law=chosen, on=date(2026, 10, 31))
    after = submission.recipients(agency, "judgment_filing", law=chosen, on=date(2026, 11, 1))
    assert [[o.code for o in offices] for offices in (before, after)] == [
        ["371602-SF", "371602-ZFW"], ["371602-SF"]
    ]  # fmt: skip


def test_the_head_is_named_three_working_days_before_the_hearing_and_may_be_replaced(lane, liaison, law):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    author = at(date(2026, 10, 15), liaison)
    sync_deadlines([lane.pk], law=law, author=author, reason="排庭")
    assert due(lane, "name_head").due_on == date(2026, 10, 23)
    for name in ("方清远", "许知行"):
        nominations.name_head(
            lane, hearing, HeadFactory(name=name, kind="deputy"), reason="另有公务", author=author, law=law
        )
    assert due(lane, "name_head").state == "met"
    assert [n.name for n in Nomination.objects.filter(replaced_at=None)] == ["许知行"]
    assert Nomination.objects.count() == 2


def test_no_head_is_named_for_a_hearing_that_was_held(lane, liaison, law):
    hearing = HearingFactory(case=lane.case, state="held")
    with pytest.raises(ValidationError, match="不需要再确定"):
        nominations.name_head(
            lane,
            hearing,
            HeadFactory(),
            author=at(date(2026, 10, 29), liaison),
            law=law,
        )


def test_a_moved_hearing_moves_the_naming_and_keeps_the_old_day_in_the_history(lane, liaison, law):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    author = at(date(2026, 10, 12), liaison)
    sync_deadlines([lane.pk], law=law, author=author, reason="排庭")
    hearing.day = date(2026, 11, 4)
    hearing.save()
    told = sync_deadlines([lane.pk], law=law, author=author, reason="法院改期")
    change = due(lane, "name_head").changes.get()
    assert told["moved"] == 1
    assert (change.old_due_on, change.new_due_on, change.reason) == (
        date(2026, 10, 23),
        date(2026, 10, 30),
        "法院改期",
    )
    assert due(lane, "name_head").original_due_on == date(2026, 10, 23)


def test_a_cancelled_hearing_ends_the_duty_to_name_a_head(lane, liaison, law):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    author = at(date(2026, 10, 12), liaison)
    sync_deadlines([lane.pk], law=law, author=author, reason="排庭")
    hearing.state = "cancelled"
    hearing.save()
    sync_deadlines([lane.pk], law=law, author=author, reason="取消")
    assert due(lane, "name_head").state == "void"


def test_a_second_run_changes_nothing(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    assert not sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 17)), reason="重算")


def test_the_filing_runs_five_days_from_service_and_goes_with_its_files(lane, liaison, law):
    outcome = DecisionOutcomeFactory(
        lane=lane,
        code="J-REVOKE",
        decision__decided_on=date(2026, 9, 21),
        decision__delivered_on=date(2026, 9, 24),
        decision__source=SourceFactory(stated_at=at(date(2026, 9, 25)).at),
    )
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 25)), reason="裁判")
    assert due(lane, "judgment_filing").due_on == date(2026, 9, 29)
    assert due(lane, "appeal_judgment").due_on == date(2026, 10, 9)
    assert due(lane, "appeal_judgment").is_duty
    scan = files.Attachment("判决书.pdf", b"%PDF-1.4 scan", "application/pdf")
    filing = Submission(
        kind="judgment_filing",
        content={"received_on": "2026-09-24"},
        key="f",
        decision=outcome.decision,
        attachments=(scan,),
    )
    paper = submission.submit(lane, filing, author=at(date(2026, 9, 28), liaison), law=law)
    assert due(lane, "judgment_filing").met_on == date(2026, 9, 28)
    assert [d.recipient.code for d in paper.deliveries.order_by("recipient__code")] == [
        "371602-SF",
        "371602-ZFW",
    ]
    assert paper.files.get().file.path.read_bytes() == b"%PDF-1.4 scan"


STATED = StatedDecision("判决", date(2026, 9, 21), "J-DISMISS")


def own_filing(**changes):
    return Submission(kind="judgment_filing", content={"received_on": "2026-09-24"}, key="f", **changes)


def test_an_agency_may_file_a_decision_before_the_court_tells_of_it(lane, liaison, law):
    author = at(date(2026, 9, 25), liaison)
    paper = judgment_filing.file_judgment(lane, own_filing(), stated=STATED, author=author, law=law)
    assert paper.decision.source.kind == "agency"
    assert paper.decision.outcomes.get().lost is False
    assert due(lane, "judgment_filing").computation["proof"] == "机关填报收到日期"


def test_a_filing_that_is_late_by_its_own_day_asks_for_a_reason_and_leaves_nothing_behind(lane, liaison, law):
    author = at(date(2026, 10, 15), liaison)
    with pytest.raises(ValidationError, match="已超过规定期限 16 天（应于 2026-09-29）"):
        judgment_filing.file_judgment(lane, own_filing(), stated=STATED, author=author, law=law)
    assert Decision.objects.count() == Paper.objects.count() == AuditEntry.objects.count() == 0
    judgment_filing.file_judgment(
        lane, own_filing(late_reason="刚收到"), stated=STATED, author=author, law=law
    )
    assert due(lane, "judgment_filing").late_reason == "刚收到"


def test_a_decision_of_tomorrow_cannot_be_stated(lane, liaison, law):
    tomorrow = StatedDecision("判决", date(2026, 9, 26), "J-DISMISS")
    with pytest.raises(ValidationError, match="裁判日期不能晚于今天"):
        judgment_filing.file_judgment(
            lane, own_filing(), stated=tomorrow, author=at(date(2026, 9, 25), liaison), law=law
        )
    assert not Decision.objects.exists()


def test_what_a_paper_says_to_have_happened_cannot_lie_ahead(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    ahead = Submission(kind="defence_report", content={"evidence_filed_on": "2030-01-01"}, key="k")
    with pytest.raises(ValidationError) as refused:
        submission.submit(lane, ahead, author=at(date(2026, 10, 12), liaison), law=law)
    assert "evidence_filed_on" in refused.value.message_dict


def test_performance_is_registered_once(lane, liaison, law):
    outcome = DecisionOutcomeFactory(lane=lane, code="J-REVOKE-REDO", decision__effect="confirmed")
    obligation = ObligationFactory(outcome=outcome, lane=lane)
    author = at(date(2026, 11, 30), liaison)
    told = done(date(2026, 11, 20), key="first")
    entry = log.enter(obligation, told, author=author, law=law)
    assert log.enter(obligation, told, author=author, law=law) == entry
    with pytest.raises(ValidationError, match="现为“已报履行，待核查”，不能登记履行完毕"):
        log.enter(obligation, done(date(2026, 11, 25), key="second"), author=author, law=law)
    assert Obligation.objects.get().proof == "已办"


def done(day, *, key="k", same_act=False):
    proof = (Attachment("凭证.pdf", b"%PDF-1.4", "application/pdf"),)
    return log.LogLine("done", day, "已办", key, proof, same_act)


@pytest.mark.parametrize(
    ("performed", "state"), [(date(2026, 11, 20), "done"), (date(2026, 11, 24), "done_late")]
)
def test_performance_is_settled_when_the_office_found_it_true_in_time_or_late(
    lane, cast, law, performed, state
):
    outcome = DecisionOutcomeFactory(lane=lane, code="J-REVOKE-REDO", decision__effect="confirmed")
    obligation = ObligationFactory(outcome=outcome, lane=lane, named_on=date(2026, 11, 23))
    author = at(date(2026, 11, 30), cast.post.liaison)
    sync_deadlines([lane.pk], law=law, author=author, reason="裁判")
    entry = log.enter(obligation, done(performed), author=author, law=law)
    assert Obligation.objects.get().state == "reported"
    assert due(lane, "obligation").met_on == performed
    checker = at(date(2026, 12, 1), cast.post.office_clerk)
    log.check_report(entry, accepted=True, note="", author=checker, law=law)
    assert Obligation.objects.get().state == state
    assert due(lane, "obligation").met_on == performed


def test_every_act_leaves_one_line_in_the_trail(lane, liaison, law):
    sign(lane, liaison, law, date(2026, 9, 16))
    submission.submit(lane, report(), author=at(date(2026, 10, 12), liaison), law=law)
    assert [e.verb for e in AuditEntry.objects.order_by("pk")] == ["lane.receive", "paper.defence_report"]


def test_a_lost_case_in_effect_owes_a_report_within_thirty_days(lane, law):
    DecisionOutcomeFactory(
        lane=lane,
        code="J-REVOKE",
        lost=True,
        decision__effect="confirmed",
        decision__effective_on=date(2026, 10, 10),
    )
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 12)), reason="生效")
    assert due(lane, "lost_case_report").due_on == date(2026, 11, 9)
    assert due(lane, "lost_case_report").computation["estimated"] is True


def test_a_transfer_needs_no_filing(lane, law):
    DecisionOutcomeFactory(lane=lane, code="R-TRANSFER", decision__kind=Decision.Kind.RULING, lost=None)
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 12)), reason="移送")
    assert not Deadline.objects.filter(rule="judgment_filing").exists()


def test_an_unexcused_absence_is_explained_within_two_working_days(lane, liaison, law):
    said = AppearanceStatementFactory(
        lane=lane,
        attended=False,
        counts=False,
        hearing__day=date(2026, 9, 16),
        source=SourceFactory(stated_at=at(date(2026, 9, 16)).at),
    )
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 16)), reason="出庭")
    assert due(lane, "absence_explanation").due_on == date(2026, 9, 18)
    told = Submission(kind="absence_explanation", content={}, key="a", hearing=said.hearing)
    with pytest.raises(ValidationError, match="已超过规定期限 1 天"):
        submission.submit(lane, told, author=at(date(2026, 9, 19), liaison), law=law)
    submission.submit(lane, told, author=at(date(2026, 9, 18), liaison), law=law)
    assert due(lane, "absence_explanation").state == "met"
