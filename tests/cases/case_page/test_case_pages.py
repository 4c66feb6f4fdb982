"""The agencies' pages: who gets in, what is refused and how, what a form leaves behind."""

from datetime import date

import pytest
from django.urls import reverse

from cases.deadlines.sync import sync_deadlines
from cases.models import Deadline, Draft, Paper
from organisations.authors import Author
from tests.factories import MOMENT, DecisionOutcomeFactory, HearingFactory, LaneFactory, organisation
from tests.writing import DEFENCE_REPORT, check, hand_in, scan

pytestmark = pytest.mark.django_db
PAGES = ["receive", "report_up", "appoint", "defence_report", "judgment_filing"]


@pytest.fixture
def lane(cast, today):
    lane = LaneFactory()
    HearingFactory(case=lane.case, day=date(2026, 10, 28))
    return lane


def page(name, lane):
    return reverse(f"cases:{name}", args=[lane.pk])


@pytest.mark.parametrize("name", PAGES)
def test_the_liaison_of_the_agency_gets_the_form(lane, cast, client_of, name):
    assert client_of(cast.liaison).get(page(name, lane)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "stranger", ["other_liaison", "foreign_liaison", "foreign_office_clerk", "city_clerk"]
)
def test_a_stranger_learns_nothing_of_the_lane(lane, cast, client_of, name, stranger):
    assert client_of(getattr(cast, stranger)).get(page(name, lane)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("reader", ["office_clerk", "city_office_head", "clerk", "leader", "agency_head"])
def test_who_sees_the_case_but_does_not_act_for_the_agency_is_told_so(lane, cast, client_of, name, reader):
    assert client_of(getattr(cast, reader)).get(page(name, lane)).status_code == 403


def test_a_joint_defendant_sees_the_other_lane_and_may_not_act_in_it(lane, cast, client_of):
    LaneFactory(case=lane.case, organisation=organisation("371602-SC"))
    client = client_of(cast.other_liaison)
    assert client.get(reverse("cases:detail", args=[lane.case_id])).status_code == 200
    answer = client.get(page("receive", lane))
    assert answer.status_code == 403
    assert "滨州市滨城区自然资源局办理" in answer.content.decode()


def test_signing_in_the_browser_makes_the_deadlines_and_shows_them(lane, cast, client_of):
    client = client_of(cast.liaison)
    form = {"received_on": "2026.10.12", "method": "direct", "basis": "statutory"}
    answer = client.post(page("receive", lane), form, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain == [(reverse("cases:detail", args=[lane.case_id]), 302)]
    assert "已签收" in text
    assert "10-27 周二" in text  # 10-12 and 15 days
    assert "11-02 周一" in text  # 11-01 is a Sunday
    assert "怎么算的" in text


def test_a_court_s_period_without_its_day_is_asked_for(lane, cast, client_of):
    form = {"received_on": "2026-10-12", "method": "direct", "basis": "court_set"}
    answer = client_of(cast.liaison).post(page("receive", lane), form)
    assert answer.status_code == 422
    assert "请填写法院确定的举证期限届满日。" in answer.content.decode()


def test_what_was_typed_survives_a_refusal(lane, cast, client_of):
    form = {"submission_key": "k", "summary": "一段写了很久的话", "evidence": "", "head": "由副局长出庭"}
    answer = client_of(cast.liaison).post(page("defence_report", lane), form)
    assert answer.status_code == 422
    assert "一段写了很久的话" in answer.content.decode()
    assert "请填写举证与答辩情况。" in answer.content.decode()
    assert answer.content.decode().count("<title>错误：") == 1


def test_a_report_with_its_file_ends_on_a_receipt(lane, cast, client_of, files_dir):
    files = [scan("答辩状.pdf", b"%PDF-1.4 answer")]
    answer = hand_in(client_of(cast.liaison), page("defence_report", lane), files=files, **DEFENCE_REPORT)
    paper = Paper.objects.get()
    assert answer.redirect_chain == [(reverse("cases:paper", args=[paper.pk]), 302)]
    assert paper.number in answer.content.decode()
    assert "滨州市滨城区司法局" in answer.content.decode()
    download = client_of(cast.office_clerk).get(reverse("cases:file", args=[paper.files.get().pk]))
    assert download.content == b"%PDF-1.4 answer"
    assert download["Content-Disposition"].startswith("attachment")
    assert (
        client_of(cast.foreign_liaison).get(reverse("cases:file", args=[paper.files.get().pk])).status_code
        == 404
    )


def test_a_program_dressed_as_a_pdf_is_refused_by_its_content(lane, cast, client_of):
    files = [scan("答辩状.pdf", b"MZ\x90\x00")]
    answer = check(client_of(cast.liaison), page("defence_report", lane), files=files, **DEFENCE_REPORT)
    assert answer.status_code == 422
    assert "附件“答辩状.pdf”不是可用的格式" in answer.content.decode()
    assert Draft.objects.get().typed["summary"] == ["概况"]


def test_a_filing_states_the_decision_where_the_court_has_not(lane, cast, client_of):
    form = {
        "received_on": "2026-10-13",
        "appeal": "open",
        "report": "备案",
        "kind": "判决",
        "decided_on": "2026-10-10",
        "code": "J-REVOKE",
    }
    answer = hand_in(client_of(cast.liaison), page("judgment_filing", lane), files=[scan()], **form)
    assert answer.status_code == 200
    assert Deadline.objects.get(rule="judgment_filing").due_on == date(2026, 10, 19)  # 10-18 is a Sunday
    assert {d.recipient.code for d in Paper.objects.get().deliveries.all()} == {"371602-SF", "371602-ZFW"}


def test_a_filing_received_before_the_decision_was_made_is_refused(lane, cast, client_of):
    DecisionOutcomeFactory(lane=lane, code="J-REVOKE", decision__decided_on=date(2026, 9, 21))
    form = {"received_on": "2026-09-20", "appeal": "open", "report": "备案", "late_code": "审签"}
    answer = hand_in(client_of(cast.liaison), page("judgment_filing", lane), files=[scan()], **form)
    assert answer.status_code == 422
    assert "收到日期不能早于裁判日期（2026-09-21）。" in answer.content.decode()


def test_the_receipt_of_a_deadline_has_a_page_and_opens_in_place(lane, cast, client_of, law):
    sync_deadlines([lane.pk], law=law, author=Author(MOMENT), reason="排庭")
    url = Deadline.objects.get(rule="name_head").basis_url
    client = client_of(cast.liaison)
    assert "<html" in client.get(url).content.decode()
    in_place = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in in_place
    assert "期限回执" in in_place
    assert client_of(cast.foreign_liaison).get(url).status_code == 404


def test_filings_arrive_at_the_office_and_opening_them_is_noted(lane, cast, client_of):
    hand_in(client_of(cast.liaison), page("defence_report", lane), files=[scan()], **DEFENCE_REPORT)
    paper = Paper.objects.get()
    office = client_of(cast.office_clerk)
    assert paper.number in office.get(reverse("cases:filings") + "?new=1").content.decode()
    office.post(reverse("cases:opened", args=[paper.pk]))
    assert paper.deliveries.get().opened_by == cast.post.office_clerk
    assert paper.number not in office.get(reverse("cases:filings") + "?new=1").content.decode()
    assert (
        client_of(cast.foreign_office_clerk).post(reverse("cases:opened", args=[paper.pk])).status_code == 404
    )


def test_papers_are_not_for_courts_and_joint_defendants_and_the_leaders_record_stays_in_the_agency(
    lane, cast, client_of
):
    LaneFactory(case=lane.case, organisation=organisation("371602-SC"))
    agency = client_of(cast.liaison)
    hand_in(agency, page("report_up", lane), reported_on="2026-10-13", reported_to="局长")
    hand_in(agency, page("defence_report", lane), files=[scan()], **DEFENCE_REPORT)
    record, report = Paper.objects.order_by("pk")
    seen = {
        (person, paper.kind): client_of(getattr(cast, person))
        .get(reverse("cases:paper", args=[paper.pk]))
        .status_code
        for person in ("liaison", "agency_head", "other_liaison", "clerk", "office_clerk", "leader")
        for paper in (record, report)
    }
    allowed = {key for key, status in seen.items() if status == 200}
    assert allowed == {
        ("liaison", "leader_report"),
        ("liaison", "defence_report"),
        ("agency_head", "leader_report"),
        ("agency_head", "defence_report"),
        ("office_clerk", "defence_report"),
        ("leader", "defence_report"),
    }
    case = reverse("cases:detail", args=[lane.case_id])
    assert report.number in client_of(cast.office_clerk).get(case).content.decode()
    assert report.number not in client_of(cast.clerk).get(case).content.decode()


@pytest.mark.parametrize("about", ["9" * 20, "9" * 5000, "abc", "-1", "１２"])
@pytest.mark.parametrize("name", ["appoint", "judgment_filing", "perform", "absence", "lost_report"])
def test_an_address_that_names_nothing_is_no_fault_of_the_server(lane, cast, client_of, name, about):
    assert client_of(cast.liaison).get(page(name, lane), {"about": about}).status_code in (200, 302, 404)


def test_the_board_keeps_odd_filters_in_its_links(lane, cast, client_of):
    text = (
        client_of(cast.office_clerk)
        .get(reverse("supervision:deadlines"), {"agency": "a&rule=x#y"})
        .content.decode()
    )
    assert "agency=a%26rule%3Dx%23y" in text


@pytest.mark.parametrize("text", ["（2026）鲁1602行初{}号", "(2026) 鲁1602 行初字第{}号", "{}", "自然资源"])
def test_a_case_is_found_however_its_number_is_written(lane, cast, client_of, text):
    answer = client_of(cast.liaison).get(reverse("cases:list"), {"q": text.format(lane.case.serial)})
    assert lane.case.number in answer.content.decode()


def test_lists_mask_the_names_of_natural_persons(lane, cast, client_of):
    text = client_of(cast.office_clerk).get(reverse("cases:list")).content.decode()
    assert "赵某" in text
    assert "赵砚衡" not in text


@pytest.mark.parametrize("url", ["cases:list", "cases:filings", "supervision:desk", "supervision:deadlines"])
def test_lists_cost_the_same_queries_however_long_they_are(
    lane, cast, client_of, law, url, django_assert_max_num_queries
):
    for _ in range(15):
        other = LaneFactory()
        HearingFactory(case=other.case, day=date(2026, 10, 28))
        sync_deadlines([other.pk], law=law, author=Author(MOMENT), reason="排庭")
    client = client_of(cast.office_clerk)
    client.get(reverse(url))
    # The desk asks for the own work, for shared duties, for what was urged in vain, for what two sides state
    # differently, for what may be one case, for what was entered for others or handed over, and for the rest.
    with django_assert_max_num_queries(22):
        client.get(reverse(url))


def test_a_case_page_costs_the_same_queries_however_much_happened(
    lane, cast, client_of, django_assert_max_num_queries
):
    for day in range(1, 8):
        HearingFactory(case=lane.case, day=date(2026, 9, day), state="held")
        DecisionOutcomeFactory(lane=lane, decision__ordinal=day, code="J-DISMISS")
    client = client_of(cast.liaison)
    url = reverse("cases:detail", args=[lane.case_id])
    client.get(url)
    with django_assert_max_num_queries(21):
        client.get(url)
