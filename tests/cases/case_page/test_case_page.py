"""案件页: what a case waits for, what happened in it, and what may be done, at every stage."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image
from weasyprint import HTML

from cases.deadlines.sync import sync_deadlines
from cases.decisions.appeals import AppealDetails, decide_appeal
from cases.hearings import appearances, nominations
from cases.models import Deadline, Lane, Nomination, PerformanceEntry, RectificationMeasure
from cases.papers.leaders import answer_notice, ask_leaders
from cases.performance import log
from cases.performance.log import LogLine
from cases.rectification.measures import accept_measure, report_measure, write_measures
from organisations.files import Attachment, store
from organisations.models import Post, User
from tests.factories import (
    AppearanceStatementFactory,
    DecisionFactory,
    DecisionOutcomeFactory,
    HeadFactory,
    HearingFactory,
    ObligationFactory,
    PaperDeliveryFactory,
    PaperFactory,
    PaperFileFactory,
    PaperReviewFactory,
    SourceFactory,
    at,
    organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]
TODAY = date(2026, 10, 15)
PROOF = (Attachment("付款凭证.pdf", b"%PDF-1.4 paid", "application/pdf"),)


@pytest.fixture
def page(lane, client_of):
    def shown(user):
        return client_of(user).get(reverse("cases:detail", args=[lane.case_id])).content.decode()

    return shown


def sync(lane, law):
    sync_deadlines([lane.pk], law=law, author=at(TODAY), reason="…")


def judged(lane, law, **more):
    """A judgment served on 12 October: 15 days to appeal end on 27 October."""
    decision = DecisionFactory(case=lane.case, decided_on=date(2026, 10, 8), delivered_on=date(2026, 10, 12))
    outcome = DecisionOutcomeFactory(decision=decision, lane=lane, **more)
    sync(lane, law)
    return outcome


def test_a_case_without_a_duty_says_what_it_waits_for(lane, cast, page, law):
    assert "本案现在没有待办的步骤</span>" in page(cast.liaison)
    HearingFactory(case=lane.case, day=date(2026, 10, 28))
    paper = PaperFactory(lane=lane, submitted_by=cast.post.liaison)
    assert "没有待办的步骤：等待 10-28 开庭；1 份材料待司法局核收</span>" in page(cast.office_clerk)
    PaperReviewFactory(paper=paper, reviewed_by=cast.post.office_clerk)
    write_measures(
        PaperFactory(lane=lane, kind="lost_case_report", submitted_by=cast.post.liaison),
        [("培训", "法规科", date(2026, 11, 1))],
    )
    assert "等待 10-28 开庭；1 份材料待司法局核收；1 项整改措施待完成或验收" in page(cast.office_clerk)


def test_the_end_of_the_appeal_period_and_the_decision_stand_beside_the_judgment(lane, cast, page, law):
    outcome = judged(lane, law)
    shown = page(cast.liaison)
    assert "上诉期至 2026-10-27" in shown
    assert "登记上诉决定" in shown
    address = reverse("cases:appeal", args=[lane.pk]) + f"?about={outcome.decision_id}"
    assert address in shown
    told = AppealDetails("no", TODAY)
    decide_appeal(outcome.decision, lane, told, author=at(TODAY, cast.post.liaison), law=law)
    shown = page(cast.liaison)
    assert "不上诉 2026-10-15" in shown
    assert "更改上诉决定" in shown


def test_the_page_of_the_appeal_decision_names_the_last_day(lane, cast, client_of, law):
    outcome = judged(lane, law)
    url = reverse("cases:appeal", args=[lane.pk]) + f"?about={outcome.decision_id}"
    shown = client_of(cast.liaison).get(url).content.decode()
    assert "上诉期至 <strong>2026-10-27（周二）</strong>" in shown
    assert ">登记上诉决定</button>" in shown


def test_the_timeline_tells_what_people_did_and_to_whom_it_may_be_told(lane, cast, page, law):
    outcome = DecisionOutcomeFactory(
        lane=lane, code="J-PAY", lost=True, decision__effect="confirmed",
        decision__effective_on=date(2026, 10, 10),
    )  # fmt: skip
    owed = ObligationFactory(outcome=outcome, kind="pay", content="支付补偿款", named_on=date(2026, 11, 23))
    agency, office = at(TODAY, cast.post.liaison), at(TODAY, cast.post.office_clerk)
    line = LogLine("done", TODAY, "已转账", "k1", PROOF, None)
    log.enter(owed, line, author=agency, law=law)
    log.check_report(PerformanceEntry.objects.get(), accepted=True, note="凭证相符", author=office, law=law)
    (notice,) = ask_leaders(
        lane, [HeadFactory(user=cast.agency_head)], kind="report", content={}, author=agency
    )
    answer_notice(notice, opinion="抓紧办理", author=at(TODAY, cast.post.agency_head))
    report = PaperFactory(lane=lane, kind="lost_case_report", submitted_by=cast.post.liaison)
    write_measures(report, [("培训", "法规科", date(2026, 11, 1))])
    report_measure(RectificationMeasure.objects.get(), done_on=TODAY, proof="签到表", author=agency)
    accept_measure(RectificationMeasure.objects.get(), accepted=True, note="", author=office)
    everybody = [
        "履行台账：履行完毕，已转账", "核查履行：核查属实：凭证相符", "整改完成：培训", "整改验收：培训",
    ]  # fmt: skip
    inside = ["应诉材料呈阅：呈方清远", "阅示：抓紧办理"]
    shown = {name: page(getattr(cast, name)) for name in ("liaison", "office_clerk", "clerk")}
    assert [words for words in everybody + inside if words not in shown["liaison"]] == []
    assert [words for words in everybody if words not in shown["office_clerk"]] == []
    assert [words for words in inside if words in shown["office_clerk"] + shown["clerk"]] == []
    assert "整改" not in shown["clerk"]


def test_the_timeline_names_the_office_that_reviewed(lane, cast, page):
    paper = PaperFactory(lane=lane, submitted_by=cast.post.liaison)
    PaperReviewFactory(paper=paper, reviewed_by=cast.post.office_clerk)
    assert "核收单位" not in page(cast.liaison)
    assert f"滨城区司法局 {cast.office_clerk.name}" in page(cast.liaison)


def test_open_measures_are_listed_with_their_state(lane, cast, page):
    report = PaperFactory(lane=lane, kind="lost_case_report", submitted_by=cast.post.liaison)
    write_measures(report, [("培训", "法规科", date(2026, 10, 1)), ("评查", "法规科", date(2026, 11, 1))])
    shown = page(cast.liaison)
    assert "■ 已过完成期限" in shown
    assert "进行中" in shown


def test_the_office_checks_a_performance_with_the_proof_before_it(lane, cast, client_of, law):
    outcome = DecisionOutcomeFactory(
        lane=lane, code="J-PAY", lost=True, decision__effect="confirmed",
        decision__effective_on=date(2026, 10, 10),
    )  # fmt: skip
    owed = ObligationFactory(outcome=outcome, kind="pay", content="支付补偿款", named_on=date(2026, 11, 23))
    for n, kind in enumerate(["progress", "done"]):
        line = LogLine(kind, TODAY, f"第 {n} 笔", f"k{n}", PROOF, None)
        log.enter(owed, line, author=at(TODAY, cast.post.liaison), law=law)
    entry = PerformanceEntry.objects.get(kind="done")
    shown = client_of(cast.office_clerk).get(reverse("cases:check_entry", args=[entry.pk])).content.decode()
    assert reverse("cases:proof", args=[entry.files.get().pk]) in shown
    assert "支付补偿款" in shown
    assert "第 0 笔" in shown
    assert ">提交核查结论</button>" in shown


# A hearing on 12 October for which nobody was named; today is 15 October.


@pytest.fixture
def missed(lane, law):
    source = SourceFactory(stated_at=at(date(2026, 9, 28)).at)
    Lane.objects.filter(pk=lane.pk).update(source=source)
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 12), source=source)
    sync(lane, law)
    return hearing


def test_nobody_is_named_for_a_hearing_that_is_over(lane, missed, cast, client_of, page):
    liaison = client_of(cast.liaison)
    answer = liaison.get(reverse("cases:appoint", args=[lane.pk]), {"about": missed.pk})
    assert answer.url == reverse("cases:appearance", args=[lane.pk]) + f"?about={missed.pk}"
    assert not Nomination.objects.exists()
    assert "出庭登记</a>" in page(cast.liaison)
    assert "出庭登记</a>" in liaison.get("/desk/").content.decode()


def test_the_statement_of_the_day_ends_the_duty_to_name_and_leaves_it_late(lane, missed, cast, law, page):
    told = {
        "attended": False, "head": None, "spoke": None, "opinion_given": None, "left_early": None,
        "staff_attended": True, "lawyer_only": None, "id_certificate": "", "note": "",
    }  # fmt: skip
    appearances.state_appearance(lane, missed, told, author=at(TODAY, cast.post.liaison), law=law)
    duty = Deadline.objects.get(rule="name_head")
    assert (duty.state, duty.met_on) == ("met", TODAY)
    assert duty.due_on < TODAY
    assert "更正出庭登记" in page(cast.liaison)


def test_a_statement_of_the_court_alone_does_not(lane, missed, cast, law):
    AppearanceStatementFactory(hearing=missed, lane=lane, stated_by="court")
    sync(lane, law)
    assert Deadline.objects.get(rule="name_head").state == "open"


def test_a_head_who_confirmed_can_print_the_certificate_and_still_say_no(lane, cast, client_of, law):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    named = nominations.name_head(
        lane, hearing, HeadFactory(user=cast.agency_head), author=at(TODAY, cast.post.liaison), law=law
    )
    head = client_of(cast.agency_head)
    url = reverse("cases:confirm_head", args=[named.pk])
    head.post(url, {"do": "confirm"})
    shown = head.get(url).content.decode()
    assert reverse("cases:certificate", args=[named.pk]) in shown
    assert "改为不能出庭" in shown
    head.post(url, {"do": "decline", "reason": "赴省里开会"})
    named.refresh_from_db()
    assert named.replaced_reason == "本人不能出庭：赴省里开会"


def test_naming_the_same_head_again_changes_nothing_and_says_so(lane, cast, client_of, law):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    head = HeadFactory(user=cast.agency_head)
    named = nominations.name_head(lane, hearing, head, author=at(TODAY, cast.post.liaison), law=law)
    nominations.confirm_head(named, author=at(TODAY, cast.post.agency_head))
    url = reverse("cases:appoint", args=[lane.pk])
    answer = client_of(cast.liaison).post(url, {"head": head.pk, "reason": ""}, follow=True)
    assert "仍由 方清远（局长） 于 2026-10-28 出庭。" in answer.content.decode()
    assert Nomination.objects.count() == 1


def test_a_returned_paper_is_named_in_its_duty(lane, cast, client_of, page, law):
    paper = PaperFactory(lane=lane, kind="defence_report", submitted_by=cast.post.liaison)
    PaperReviewFactory(
        paper=paper, verdict="returned", comments={"summary": "…"}, reviewed_on=date(2026, 10, 14),
        reviewed_by=cast.post.office_clerk,
    )  # fmt: skip
    sync(lane, law)
    assert "补正报送材料（应诉情况报告）" in page(cast.liaison)
    desk = client_of(cast.liaison).get("/desk/").content.decode()
    assert '<span class="minor">应诉情况报告</span>' in desk
    assert f"回执 {paper.number}" not in page(cast.liaison)[: page(cast.liaison).index("开庭与负责人出庭")]
    second = PaperFactory(
        lane=lane, kind="defence_report", version=2, submitted_by=cast.post.liaison, submitted_on=TODAY
    )
    sync(lane, law)
    shown = page(cast.liaison)
    row = shown[shown.index("补正报送材料（应诉情况报告）") :]
    assert f"回执 {second.number}" in row[: row.index("</tr>")]


# What lies with a paper is read on the page


@pytest.fixture
def filing(lane, cast):
    return PaperFactory(lane=lane, kind="judgment_filing", submitted_by=cast.post.liaison)


def keep(filing, name, content, media_type):
    stored = store(content, media_type=media_type, at=at(TODAY).at)
    return PaperFileFactory(paper=filing, file=stored, name=name, position=filing.files.count())


def test_a_judgment_is_read_page_by_page_without_saving_it(filing, cast, client_of):
    content = HTML(string="<p>一</p><p style='break-before: page'>二</p>").write_pdf()
    judgment, proof = (
        keep(filing, "判决书.pdf", content, "application/pdf"),
        keep(filing, "送达.jpg", jpeg(), "image/jpeg"),
    )
    reader = client_of(cast.office_clerk)
    shown = reader.get(reverse("cases:view_file", args=[judgment.pk])).content.decode()
    assert "共 2 页" in shown
    assert reverse("cases:file_page", args=[judgment.pk, 2]) in shown
    assert "送达.jpg →" in shown
    for file, number in ((judgment, 1), (judgment, 2), (proof, 1)):
        answer = reader.get(reverse("cases:file_page", args=[file.pk, number]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "sandbox" in answer["Content-Security-Policy"]
    assert reader.get(reverse("cases:file_page", args=[judgment.pk, 3])).status_code == 404


def jpeg():
    drawn = BytesIO()
    Image.new("RGB", (60, 80), "white").save(drawn, "JPEG")
    return drawn.getvalue()


@pytest.mark.parametrize(
    ("name", "media_type"), [("坏.pdf", "application/pdf"), ("表.xls", "application/vnd.ms-excel")]
)
def test_what_cannot_be_drawn_is_offered_for_saving(filing, cast, client_of, name, media_type):
    odd = keep(filing, name, b"%PDF-1.4 sealed", media_type)
    reader = client_of(cast.office_clerk)
    shown = reader.get(reverse("cases:view_file", args=[odd.pk])).content.decode()
    assert "这个文件不能在页面上显示" in shown
    assert reverse("cases:file", args=[odd.pk]) in shown
    assert reader.get(reverse("cases:file_page", args=[odd.pk, 1])).status_code == 404


def test_who_may_not_see_the_paper_sees_no_page_of_it(filing, cast, client_of):
    file = keep(filing, "判决书.pdf", b"%PDF-1.4 x", "application/pdf")
    for name, more in (("view_file", []), ("file_page", [1])):
        url = reverse(f"cases:{name}", args=[file.pk, *more])
        assert client_of(cast.foreign_office_clerk).get(url).status_code == 404
        assert client_of(cast.clerk).get(url).status_code == 404


@pytest.mark.parametrize("role", ["system_admin", "audit_admin", "agency_liaison"])
def test_a_post_in_the_receiving_office_that_reads_no_filings_reads_no_paper(filing, cast, client_of, role):
    PaperDeliveryFactory(paper=filing)
    user = User.objects.create(username="desk", name="孙")
    Post.objects.create(user=user, organisation=organisation("371602-SF"), role=role)
    file = keep(filing, "判决书.pdf", b"%PDF-1.4 x", "application/pdf")
    for name, args in (("paper", [filing.pk]), ("file", [file.pk]), ("view_file", [file.pk])):
        assert client_of(user).get(reverse(f"cases:{name}", args=args)).status_code == 404
