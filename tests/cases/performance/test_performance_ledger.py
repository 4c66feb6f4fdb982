"""履行台账: what may be reported after what, proof, the office's check, and who may check."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from cases.deadlines import orders
from cases.deadlines.sync import sync_deadlines
from cases.material import returns
from cases.models import Deadline, FactChange, Obligation, PerformanceEntry, RectificationMeasure
from cases.performance import log
from cases.performance.log import LogLine
from cases.rectification import measures
from organisations.files import Attachment
from organisations.models import AuditEntry, Post, Region
from reports.figures.figures import figures
from rules.report_periods import parse_report_period
from tests.factories import (
    DecisionOutcomeFactory,
    LaneFactory,
    ObligationFactory,
    PaperFactory,
    at,
    organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]
KEYS = count(1)
DUE = date(2026, 11, 23)
PROOF = (Attachment("付款凭证.pdf", b"%PDF-1.4 paid", "application/pdf"),)
STATES = Obligation.State.values
# Which states each kind of line may follow, and what it makes of them (domain.md §6).
OPEN = {"not_due", "in_progress", "partial", "overdue"}
AFTER = {
    "progress": (OPEN, "in_progress"),
    "partial": (OPEN, "partial"),
    "done": (OPEN | {"impossible"}, "reported"),
    "settled": (OPEN, "reported"),
    "impossible": (OPEN, "impossible"),
    "enforced": (OPEN | {"reported", "impossible"}, "enforced"),
    "suspended": (OPEN | {"reported", "impossible"}, "suspended"),
    "revived": ({"suspended"}, "in_progress"),
}
BY_AGENCY = {"progress", "partial", "done", "settled", "impossible"}


def owed_by(lane, **changes):
    outcome = DecisionOutcomeFactory(
        lane=lane, code="J-PAY", decision__effect="confirmed", decision__effective_on=date(2026, 10, 10)
    )
    return ObligationFactory(
        **{"outcome": outcome, "kind": "pay", "content": "支付补偿款", "named_on": DUE} | changes
    )


@pytest.fixture
def obligation(lane, law):
    owed = owed_by(lane)
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 16)), reason="生效")
    return owed


@pytest.fixture
def enter(cast, law):
    def entered(obligation, kind, happened=date(2026, 11, 20), *, on=date(2026, 11, 30), by=None, **told):
        line = {"text": "已付", "key": f"line-{next(KEYS)}", "proof": PROOF} | told
        post = by or (cast.post.liaison if kind in BY_AGENCY else cast.post.office_clerk)
        return log.enter(obligation, LogLine(kind, happened, **line), author=at(on, post), law=law)

    return entered


@pytest.fixture
def check(cast, law):
    def checked(entry, accepted=True, note="", *, on=date(2026, 12, 1), by=None):
        author = at(on, by or cast.post.office_clerk)
        return log.check_report(entry, accepted=accepted, note=note, author=author, law=law)

    return checked


def now(obligation):
    return Obligation.objects.get(pk=obligation.pk)


@pytest.mark.parametrize("kind", AFTER)
def test_a_line_is_taken_after_some_states_and_refused_after_all_others(obligation, enter, kind):
    may_follow, becomes = AFTER[kind]
    for state in STATES:
        Obligation.objects.filter(pk=obligation.pk).update(state=state)
        point = transaction.savepoint()
        if state in may_follow:
            entry = enter(obligation, kind)
            assert (entry.state_before, now(obligation).state) == (state, becomes), state
        else:
            with pytest.raises(ValidationError, match="不能登记"):
                enter(obligation, kind)
            assert now(obligation).state == state
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("partial", "部分履行须至少 1 份证明。"),
        ("done", "履行完毕须至少 1 份证明。"),
        ("settled", "和解变更履行须至少 1 份证明。"),
        ("impossible", "客观不能履行须至少 1 份证明。"),
        ("progress", ""),
    ],
)
def test_what_is_said_to_be_performed_needs_a_proof(obligation, enter, kind, sentence):
    if not sentence:
        assert enter(obligation, kind, proof=()).files.count() == 0
        return
    with pytest.raises(ValidationError) as refused:
        enter(obligation, kind, proof=())
    assert refused.value.message_dict == {"proof": [sentence]}
    assert not PerformanceEntry.objects.exists()
    assert enter(obligation, kind).files.get().file.path.read_bytes() == b"%PDF-1.4 paid"


@pytest.mark.parametrize(
    ("performed", "state"),
    [(date(2026, 11, 22), "done"), (DUE, "done"), (date(2026, 11, 24), "done_late")],
)
def test_a_report_found_true_counts_as_in_time_or_late_by_the_day_of_performance(
    obligation, enter, check, performed, state
):
    entry = enter(obligation, "done", performed)
    assert now(obligation).state == "reported"
    check(entry)
    found = now(obligation)
    assert (found.state, found.performed_on, found.proof) == (state, performed, "已付")


def test_an_extension_granted_by_the_court_moves_the_day_that_makes_it_late(
    lane, obligation, enter, check, cast, law
):
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 12)), reason="生效")
    granted = orders.Order(kind="extend", ground="court", document="准许延期", ends_on=date(2026, 12, 10))
    deadline = Deadline.objects.get(rule="obligation")
    orders.order(deadline, granted, author=at(date(2026, 11, 20), cast.post.office_clerk), law=law)
    check(enter(obligation, "done", date(2026, 12, 1), on=date(2026, 12, 2)), on=date(2026, 12, 3))
    assert now(obligation).state == "done"


def test_a_settlement_that_was_found_true_is_settled(obligation, enter, check):
    check(enter(obligation, "settled"))
    assert now(obligation).state == "settled"


@pytest.mark.parametrize("before", ["not_due", "in_progress", "partial", "overdue", "impossible"])
def test_a_report_found_untrue_is_taken_back_with_the_reason(lane, obligation, enter, check, law, before):
    Obligation.objects.filter(pk=obligation.pk).update(state=before)
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 12)), reason="生效")
    entry = enter(obligation, "done")
    with pytest.raises(ValidationError, match="请写明未通过核查的原因"):
        check(entry, accepted=False)
    assert now(obligation).state == "reported"
    check(entry, accepted=False, note="凭证金额不符")
    found = now(obligation)
    assert (found.state, found.performed_on, found.proof) == (before, None, "")
    assert (entry.verdict, PerformanceEntry.objects.get().verdict_note) == ("waiting", "凭证金额不符")
    deadline = Deadline.objects.get(rule="obligation")
    assert (deadline.met_on, deadline.state) == (None, "open")
    again = enter(obligation, "done", date(2026, 11, 28))  # the agency may report anew
    check(again)
    assert now(obligation).state == "done_late"


def test_a_report_is_checked_once(obligation, enter, check, cast):
    entry = enter(obligation, "done")
    check(entry)
    with pytest.raises(ValidationError, match="已处理：核查属实"):
        check(entry, accepted=False, note="再看", by=cast.post.office_head)
    assert now(obligation).state == "done"


def test_the_same_act_made_anew_is_refused_at_once_by_article_71(lane, enter, check):
    redo = owed_by(lane, kind="redo")
    with pytest.raises(ValidationError) as refused:
        enter(redo, "done")
    assert "same_act" in refused.value.message_dict
    entry = enter(redo, "done", same_act=True)
    assert (entry.verdict, entry.verdict_note[-8:]) == ("refused", "》第七十一条）。")
    assert (now(redo).state, now(redo).performed_on) == ("not_due", None)
    with pytest.raises(ValidationError):
        check(entry)
    assert enter(redo, "done", same_act=False).verdict == "waiting"
    assert now(redo).state == "reported"


@pytest.mark.parametrize("state", [*sorted(OPEN), "impossible"])
def test_a_suspension_by_retrial_is_followed_by_what_was_before(lane, obligation, enter, law, state):
    Obligation.objects.filter(pk=obligation.pk).update(state=state)
    enter(obligation, "suspended", text="再审裁定中止执行")
    assert now(obligation).state == "suspended"
    enter(obligation, "revived", text="再审终结")
    assert now(obligation).state == state


def test_a_second_suspension_is_followed_by_what_was_before_the_second(obligation, enter):
    for kind in ("suspended", "revived", "partial", "suspended", "revived"):
        enter(obligation, kind)
    assert now(obligation).state == "partial"


def test_the_deadline_stands_still_while_a_retrial_suspends(lane, obligation, enter, law):
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 12)), reason="生效")
    assert Deadline.objects.get(rule="obligation").state == "open"
    enter(obligation, "suspended")
    assert Deadline.objects.get(rule="obligation").state != "open"
    enter(obligation, "revived")
    assert Deadline.objects.get(rule="obligation").state == "open"


def test_a_report_checked_during_a_suspension_is_not_lost_when_it_ends(obligation, enter, check):
    """Reported → suspended → found true → revived: settled, or still waiting for its check, but no dead end."""
    entry = enter(obligation, "done")
    enter(obligation, "suspended")
    try:
        check(entry)
    except ValidationError:
        enter(obligation, "revived")
        check(PerformanceEntry.objects.get(pk=entry.pk))
    else:
        enter(obligation, "revived")
    assert now(obligation).state == "done"


def test_a_report_refused_during_a_suspension_is_taken_back(obligation, enter, check):
    entry = enter(obligation, "done")
    enter(obligation, "suspended")
    try:
        check(entry, accepted=False, note="凭证不符")
    except ValidationError:
        return
    enter(obligation, "revived")
    assert (now(obligation).state, now(obligation).performed_on) == ("not_due", None)


@pytest.mark.parametrize(
    ("happened", "sentence"),
    [
        (date(2026, 12, 1), "日期不能晚于今天（2026-11-30）。"),
        (date(2026, 9, 20), "日期不能早于裁判日期。"),
    ],
)
def test_a_line_is_about_a_day_between_the_decision_and_today(obligation, enter, happened, sentence):
    with pytest.raises(ValidationError) as refused:
        enter(obligation, "progress", happened)
    assert refused.value.message_dict == {"happened_on": [sentence]}


@pytest.mark.parametrize("certainty", ["open", "no"])
def test_nothing_is_registered_until_there_is_something_to_perform(lane, enter, certainty):
    unsure = owed_by(lane, certainty=certainty)
    with pytest.raises(ValidationError, match="确认有履行内容后再登记"):
        enter(unsure, "done")


def test_the_same_key_twice_is_one_line(obligation, enter):
    first, second = (enter(obligation, "progress", key="once") for _ in range(2))
    assert first == second
    assert PerformanceEntry.objects.count() == 1
    assert AuditEntry.objects.filter(verb="obligation.progress").count() == 1


def test_the_button_of_the_page_pressed_twice_makes_one_line(obligation, cast, client_of, today):
    client, url = client_of(cast.liaison), reverse("cases:ledger", args=[obligation.pk])
    typed = {"submission_key": "k", "kind": "progress", "happened_on": "2026-10-14", "text": "正在办理"}
    assert [client.post(url, typed).status_code for _ in range(2)] == [302, 302]
    assert PerformanceEntry.objects.count() == 1


WHO_WRITES = [
    ("liaison", "progress", 302),
    ("liaison", "enforced", 422),
    ("liaison", "suspended", 422),
    ("liaison", "revived", 422),
    ("office_clerk", "enforced", 302),
    ("office_clerk", "progress", 422),
    ("office_clerk", "done", 422),
    ("leader", "progress", 403),
    ("clerk", "progress", 403),
    ("agency_head", "progress", 403),
    ("other_liaison", "progress", 404),
    ("foreign_office_clerk", "enforced", 404),
]


def test_the_agency_reports_and_the_office_registers_what_courts_did(obligation, cast, client_of, today):
    url = reverse("cases:ledger", args=[obligation.pk])
    for part, kind, status in WHO_WRITES:
        point = transaction.savepoint()
        typed = {"submission_key": "k", "kind": kind, "happened_on": "2026-10-14", "text": "情况"}
        answer = client_of(getattr(cast, part)).post(url, typed)
        assert (answer.status_code, PerformanceEntry.objects.count()) == (status, int(status == 302)), (
            part,
            kind,
        )
        transaction.savepoint_rollback(point)


def test_a_joint_defendant_may_not_write_into_the_other_s_ledger(obligation, lane, cast, client_of, today):
    LaneFactory(case=lane.case, organisation=organisation("371602-SC"))
    typed = {"submission_key": "k", "kind": "progress", "happened_on": "2026-10-14", "text": "情况"}
    url = reverse("cases:ledger", args=[obligation.pk])
    assert client_of(cast.other_liaison).post(url, typed).status_code == 403


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("office_clerk", 302),
        ("office_head", 302),
        ("city_office_clerk", 302),
        ("foreign_office_clerk", 404),
        ("liaison", 403),
        ("political_legal", 403),
        ("clerk", 403),
    ],
)
def test_the_offices_of_the_agency_check_and_nobody_else(
    obligation, enter, cast, client_of, today, part, status
):
    entry = enter(obligation, "done", date(2026, 10, 12), on=date(2026, 10, 13))
    url = reverse("cases:check_entry", args=[entry.pk])
    answer = client_of(getattr(cast, part)).post(url, {"accepted": "yes", "note": ""})
    assert answer.status_code == status
    assert now(obligation).state == ("done" if status == 302 else "reported")


# 鲁1602 hears cases of agencies of other counties and of the city: the office beside the court is not theirs.


@pytest.mark.parametrize("agency", ["371625-ZRZY", "BZ-ZRZY"])
@pytest.mark.parametrize("act", ["check", "decide", "return", "measure"])
def test_the_office_beside_the_court_does_not_decide_for_an_agency_of_another_region(
    cast, client_of, today, enter, agency, act
):
    lane = LaneFactory(organisation=organisation(agency))
    acting = Post.objects.create(
        user=cast.without_post, organisation=organisation(agency), role="agency_liaison"
    )
    if act == "check":
        entry = enter(owed_by(lane), "done", date(2026, 10, 12), on=date(2026, 10, 13), by=acting)
        url, typed = reverse("cases:check_entry", args=[entry.pk]), {"accepted": "yes", "note": "属实"}
    elif act == "decide":
        url = reverse("cases:decide_obligation", args=[owed_by(lane).pk])
        typed = {"certainty": "no", "reason": "没有"}
    elif act == "return":
        returned = returns.return_material(
            lane, reason="不是", suggested=None, author=at(date(2026, 10, 13), acting)
        )
        url, typed = reverse("cases:decide_return", args=[returned.pk]), {"owner": "", "note": "仍由你局办理"}
    else:
        paper = PaperFactory(lane=lane, kind="lost_case_report", submitted_by=acting)
        one = RectificationMeasure.objects.create(
            organisation=lane.organisation,
            paper=paper,
            text="培训",
            owner="法规科",
            due_on=DUE,
            done_on=date(2026, 10, 1),
            proof="已办",
        )
        url, typed = reverse("cases:measure", args=[one.pk]), {"accepted": "yes", "note": ""}
    before = AuditEntry.objects.count()
    assert client_of(cast.office_clerk).post(url, typed).status_code in (403, 404)
    assert AuditEntry.objects.count() == before


# Nobody confirms the own case (domain.md §13.10).


@pytest.fixture
def changed_sides(cast):
    """The liaison of the agency has become a clerk of the office."""
    return Post.objects.create(user=cast.liaison, organisation=organisation("371602-SF"), role="office_clerk")


def test_who_reported_a_performance_for_the_agency_cannot_check_it(obligation, enter, check, changed_sides):
    entry = enter(obligation, "done")
    with pytest.raises(PermissionDenied):
        check(entry, by=changed_sides)
    assert now(obligation).state == "reported"


def test_who_reported_a_measure_for_the_agency_cannot_accept_it(lane, cast, changed_sides):
    paper = PaperFactory(lane=lane, kind="lost_case_report", submitted_by=cast.post.other_liaison)
    one = RectificationMeasure.objects.create(
        organisation=paper.lane.organisation, paper=paper, text="培训", owner="法规科", due_on=DUE
    )
    measures.report_measure(
        one, done_on=date(2026, 10, 14), proof="签到表", author=at(date(2026, 10, 15), cast.post.liaison)
    )
    with pytest.raises(PermissionDenied):
        measures.accept_measure(one, accepted=True, note="", author=at(date(2026, 10, 16), changed_sides))


def test_who_acted_for_the_agency_otherwise_cannot_check_either(
    lane, obligation, enter, check, changed_sides, cast
):
    PaperFactory(lane=lane, submitted_by=cast.post.liaison)
    entry = enter(obligation, "done", by=cast.post.other_liaison)
    with pytest.raises(PermissionDenied, match="须由其他人员核收"):
        check(entry, by=changed_sides)


# 有无履行内容


@pytest.fixture
def decide(cast, law):
    def decided(obligation, certainty, due_on=None, reason="判决主文无给付内容"):
        return log.decide_obligation(
            obligation,
            certainty=certainty,
            reason=reason,
            due_on=due_on,
            author=at(date(2026, 10, 20), cast.post.office_clerk),
            law=law,
        )

    return decided


def test_deciding_whether_there_is_something_to_perform_is_kept_with_its_reason(
    lane, obligation, decide, law
):
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 10, 12)), reason="生效")
    assert Deadline.objects.open().filter(rule="obligation").exists()
    decide(obligation, "no")
    assert (now(obligation).certainty, now(obligation).state) == ("no", "none")
    assert not Deadline.objects.open().filter(rule="obligation").exists()
    change = FactChange.objects.get()
    assert (change.old_words, change.new_words) == ("有履行内容", "无履行内容（判决主文无给付内容）")
    assert change.source.kind == "office"
    trail = AuditEntry.objects.get(verb="obligation.decide")
    assert "有履行内容 → 无履行内容：判决主文无给付内容" in trail.summary
    decide(obligation, "yes", reason="退还罚款")
    assert now(obligation).state == "not_due"
    assert Deadline.objects.open().filter(rule="obligation").exists()
    assert FactChange.objects.count() == 2


def test_a_day_that_the_decision_names_replaces_the_estimate(lane, decide):
    guessed = owed_by(lane, certainty="open", named_on=None)
    decide(guessed, "yes", due_on=date(2026, 11, 16))
    found = now(guessed)
    assert (found.named_on, found.is_period_ruled, found.certainty) == (date(2026, 11, 16), True, "yes")
    assert Deadline.objects.get(rule="obligation").due_on == date(2026, 11, 16)


def test_what_was_reported_as_performed_cannot_become_nothing_to_perform(obligation, enter, decide):
    enter(obligation, "done", date(2026, 10, 18), on=date(2026, 10, 19))
    with pytest.raises(ValidationError, match="已登记履行"):
        decide(obligation, "no")
    assert not FactChange.objects.exists()


# 履行率: what the office has not found true is no performance yet.


def rate(key="performance_rate", on=date(2026, 12, 15)):
    region = Region.objects.get(code="371602")
    (told,) = figures(parse_report_period("2026-11"), region, at(on).at, [key])["measures"]
    return told["numerator"], told["denominator"]


@pytest.mark.parametrize("key", ["performance_rate", "performance_on_time_rate"])
def test_a_report_counts_as_performance_once_the_office_has_found_it_true(obligation, enter, check, key):
    assert rate(key) == (0, 1)
    entry = enter(obligation, "done")
    assert rate(key) == (0, 1)
    check(entry)
    assert rate(key) == (1, 1)


def test_a_refused_report_does_not_count(obligation, enter, check):
    check(enter(obligation, "done"), accepted=False, note="不符")
    assert rate() == (0, 1)


@pytest.mark.parametrize(
    ("kind", "counted"),
    [("enforced", (1, 1)), ("suspended", (0, 0)), ("partial", (0, 1)), ("impossible", (0, 1))],
)
def test_what_other_lines_do_to_the_rate(obligation, enter, kind, counted):
    enter(obligation, kind)
    assert rate() == counted
    if kind == "suspended":
        enter(obligation, "revived")
        assert rate() == (0, 1)


def test_nothing_to_perform_leaves_the_denominator(obligation, decide):
    decide(obligation, "no")
    assert rate() == (0, 0)


# 整改


def test_a_measure_is_reported_by_the_agency_and_accepted_by_the_office(lane, cast):
    paper = PaperFactory(lane=lane, kind="lost_case_report", submitted_by=cast.post.liaison)
    one = RectificationMeasure.objects.create(
        organisation=paper.lane.organisation, paper=paper, text="培训", owner="法规科", due_on=DUE
    )
    agency, office = at(date(2026, 10, 15), cast.post.liaison), at(date(2026, 10, 16), cast.post.office_clerk)
    with pytest.raises(ValidationError, match="还没有登记完成"):
        measures.accept_measure(one, accepted=True, note="", author=office)
    with pytest.raises(ValidationError, match="完成日期不能晚于今天"):
        measures.report_measure(one, done_on=date(2026, 10, 16), proof="签到表", author=agency)
    measures.report_measure(one, done_on=date(2026, 10, 14), proof="签到表", author=agency)
    with pytest.raises(ValidationError, match="请写明未通过的原因"):
        measures.accept_measure(one, accepted=False, note="", author=office)
    refused = measures.accept_measure(one, accepted=False, note="没有签到表", author=office)
    assert (refused.done_on, refused.refusal) == (None, "没有签到表")
    measures.report_measure(one, done_on=date(2026, 10, 15), proof="补签到表", author=agency)
    assert (
        measures.accept_measure(one, accepted=True, note="", author=office).accepted_by
        == cast.post.office_clerk
    )
    with pytest.raises(ValidationError, match="已验收"):
        measures.report_measure(one, done_on=date(2026, 10, 15), proof="再报", author=agency)


@pytest.mark.parametrize(("days", "repeated"), [(365, True), (366, False), (0, True)])
def test_the_same_cause_within_a_year_is_pointed_out(lane, cast, days, repeated):
    day = date(2026, 10, 15)
    earlier, other_agency = LaneFactory(), LaneFactory(organisation=organisation("371602-SC"))
    told = {"kind": "lost_case_report", "submitted_by": cast.post.liaison}
    before = PaperFactory(
        lane=earlier, submitted_on=day - timedelta(days=days), content={"causes": ["procedure", "facts"]},
        **told,
    )  # fmt: skip
    PaperFactory(lane=other_agency, submitted_on=day, content={"causes": ["facts"]}, **told)
    paper = PaperFactory(lane=lane, submitted_on=day, content={"causes": ["procedure", "power"]}, **told)
    assert measures.repeated_causes(paper) == ([("procedure", before)] if repeated else [])
