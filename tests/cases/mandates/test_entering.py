"""What an office enters for an agency: whose word it is, which day counts, and who judges it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.deadlines.sync import sync_deadlines
from cases.decisions import appeals
from cases.hearings import appearances, nominations
from cases.material import signing
from cases.models import Deadline, Hearing, MandatedEntry, Paper
from cases.papers import judgment_filing, review, submission
from cases.papers.judgment_filing import StatedDecision
from cases.papers.kinds import KINDS
from cases.papers.submission import Submission
from cases.performance import log
from cases.performance.log import LogLine
from organisations.files import Attachment
from organisations.models import AuditEntry
from tests.cases.mandates.conftest import LETTER, TODAY, WORDS
from tests.factories import (
    DecisionOutcomeFactory,
    HeadFactory,
    HearingFactory,
    ObligationFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db
LATER = date(2026, 10, 30)
PROOF = (Attachment("付款凭证.pdf", b"%PDF-1.4 paid", "application/pdf"),)


def sign(lane, author, law, received_on=date(2026, 10, 14)):
    return signing.sign_for_material(
        lane, received_on=received_on, method="direct", period=None, author=author, law=law
    )


def report(lane, author, law, **changes):
    said = Submission("defence_report", {"summary": "概况"}, "key-1", **changes)
    return submission.submit(lane, said, author=author, law=law)


def shown(source):
    entry = source.entry
    return (
        source.kind,
        source.organisation.code,
        source.stated_by.organisation.code,
        entry.what,
        entry.words,
    )


def as_entered(what, words=WORDS):
    return ("agency", "371602-ZRZY", "371602-SF", what, words)


def duty(lane, rule):
    found = Deadline.objects.get(lane=lane, rule=rule)
    return found.state, found.met_on


def test_signing(lane, entering, law, cast):
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 13)), reason="通报")
    made = sign(lane, entering(), law)
    assert shown(made.source) == as_entered("签收应诉材料（收到日期 2026-10-14）")
    assert (made.signed_by, duty(lane, "material_receipt")) == (cast.post.office_clerk, ("met", TODAY))
    answer = Deadline.objects.get(lane=lane, rule="answer")
    assert "司法局代录签收" in answer.computation["proof"]


def test_a_paper(lane, entering, law, cast):
    sign(lane, at(TODAY, cast.post.liaison), law)
    paper = report(lane, entering(), law)
    assert shown(paper.source) == as_entered("应诉情况报告")
    assert (paper.submitted_by, paper.submitted_on) == (cast.post.office_clerk, TODAY)
    assert [one.recipient.code for one in paper.deliveries.all()] == ["371602-SF"]
    assert duty(lane, "defence_report") == ("met", TODAY)
    line = AuditEntry.objects.get(verb="paper.defence_report")
    assert line.summary == f"报送应诉情况报告 {paper.number}；{WORDS}"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "judgment_filing"])
def test_every_kind_of_paper(lane, entering, law, kind):
    paper = submission.submit(lane, Submission(kind, {}, f"key-{kind}"), author=entering(), law=law)
    assert shown(paper.source) == as_entered(Paper.Kind(kind).label)


def test_one_press_is_one_entry_whatever_it_states(lane, entering, law):
    author = entering(on=LATER)
    stated = StatedDecision("判决", date(2026, 10, 20), "J-REVOKE")
    filing = Submission("judgment_filing", {"received_on": "2026-10-28"}, "key-f")
    paper = judgment_filing.file_judgment(lane, filing, stated=stated, author=author, law=law)
    entry = MandatedEntry.objects.get()
    assert (entry.what, entry.sources.count()) == ("填报裁判、裁判文书备案", 2)
    assert paper.source.entry == paper.decision.source.entry == entry


def test_naming_the_head(lane, entering, law):
    hearing, head = HearingFactory(case=lane.case), HeadFactory()
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 13)), reason="排庭")
    named = nominations.name_head(lane, hearing, head, author=entering(), law=law)
    assert shown(named.source) == as_entered("确定出庭负责人（2026-10-28 开庭，方清远）")
    assert duty(lane, "name_head") == ("met", TODAY)


def test_what_happened_at_the_hearing(lane, entering, law):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 14), state=Hearing.State.HELD)
    said = {"attended": False, "staff_attended": True, "note": ""}
    made = appearances.state_appearance(lane, hearing, said, author=entering(), law=law)
    assert shown(made.source) == as_entered("出庭登记（2026-10-14 开庭，负责人未出庭）")


def test_performance(lane, entering, law):
    outcome = DecisionOutcomeFactory(
        lane=lane, code="J-PAY", decision__effect="confirmed", decision__effective_on=date(2026, 10, 1)
    )
    owed = ObligationFactory(outcome=outcome, kind="pay", named_on=date(2026, 11, 23))
    line = LogLine("done", date(2026, 10, 14), "已付", "line-1", PROOF)
    entry = log.enter(owed, line, author=entering(), law=law)
    assert shown(entry.source) == as_entered("履行台账：履行完毕，2026-10-14")
    assert (entry.verdict, entry.source.stated_by_id) == ("waiting", entry.entered_by_id)


def test_the_appeal_decision(lane, entering, law):
    outcome = DecisionOutcomeFactory(lane=lane, decision__delivered_on=date(2026, 10, 12))
    details = appeals.AppealDetails("no", date(2026, 10, 14))
    made = appeals.decide_appeal(outcome.decision, lane, details, author=entering(), law=law)
    assert shown(made.source) == as_entered("上诉决定（不上诉）")


def test_an_entry_counts_on_the_day_on_which_the_office_got_the_paper(lane, entering, law, cast):
    sign(lane, at(TODAY, cast.post.liaison), law)
    due = Deadline.objects.get(lane=lane, rule="defence_report").due_on
    author = entering(on=date(2026, 12, 1), received_on=due, file=LETTER)
    paper = report(lane, author, law)
    assert (paper.submitted_on, duty(lane, "defence_report")) == (due, ("met", due))
    assert paper.source.stated_at == author.at
    assert paper.source.entry.words == f"{WORDS}，材料 {due} 收到"


def test_without_that_day_it_counts_on_the_day_of_the_entry_and_asks_why_so_late(lane, entering, law, cast):
    sign(lane, at(TODAY, cast.post.liaison), law)
    author = entering(on=date(2026, 12, 1))
    with pytest.raises(submission.ValidationError, match="已超过规定期限"):
        report(lane, author, law)
    report(lane, author, law, late_reason="经办人员变动")
    assert duty(lane, "defence_report") == ("met", date(2026, 12, 1))


def test_signing_and_naming_count_on_that_day_too(lane, entering, law):
    hearing, head = HearingFactory(case=lane.case), HeadFactory()
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 13)), reason="排庭")
    author = entering(on=date(2026, 10, 22), received_on=date(2026, 10, 16), file=LETTER)
    sign(lane, author, law)
    nominations.name_head(lane, hearing, head, author=author, law=law)
    assert duty(lane, "material_receipt") == duty(lane, "name_head") == ("met", date(2026, 10, 16))


def test_whoever_entered_does_not_judge_but_a_colleague_does(lane, entering, law, cast):
    paper = report(lane, entering(), law)
    with pytest.raises(PermissionDenied, match="或者为其代录过，须由其他人员核收"):
        review.review(
            paper, verdict="accepted", note="", comments={}, author=at(TODAY, cast.post.office_clerk), law=law
        )
    made = review.review(
        paper, verdict="accepted", note="", comments={}, author=at(TODAY, cast.post.office_head), law=law
    )
    assert made.reviewed_by == cast.post.office_head


def test_what_the_agency_enters_itself_rests_on_no_mandate(lane, law, cast):
    made = sign(lane, at(TODAY, cast.post.liaison), law)
    assert (made.source.entry, made.source.handed_in_on, MandatedEntry.objects.count()) == (None, None, 0)
    assert made.source.organisation == organisation("371602-ZRZY")
