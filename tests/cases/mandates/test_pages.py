"""代录 on the pages: the way in, the agency's own forms, and who entered for whom wherever it is shown."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from cases.models import (
    AppearanceStatement,
    Draft,
    Hearing,
    Mandate,
    MandatedEntry,
    Nomination,
    Paper,
    PerformanceEntry,
    ServiceReceipt,
)
from cases.papers.pdf import paper_pdf
from organisations.models import AuditEntry, Head
from tests.cases.mandates.conftest import WORDS
from tests.factories import (
    MOMENT,
    DecisionOutcomeFactory,
    HeadFactory,
    HearingFactory,
    ObligationFactory,
    PaperFactory,
)
from tests.writing import DEFENCE_REPORT, check, hand_in, scan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir", "today")]
TOLD = {
    "ground": "区自然局函〔2026〕12号",
    "asked_by": "韩科长",
    "phone": "0543-3210000",
    "asked_on": "2026-10-14",
}
WAITS = f"{WORDS}；待本单位确认"


@pytest.fixture
def office(cast, client_of):
    return client_of(cast.office_clerk)


@pytest.fixture
def liaison(cast, client_of):
    return client_of(cast.liaison)


@pytest.fixture
def mandate(lane, office):
    office.post(reverse("cases:enter_for", args=[lane.pk]), TOLD)
    return Mandate.objects.get()


@pytest.fixture
def page(lane, mandate):
    """The address of one of the agency's forms, under the mandate."""

    def address(name, about=None):
        where = f"{reverse(f'cases:{name}', args=[lane.pk])}?mandate={mandate.pk}"
        return f"{where}&about={about.pk}" if about else where

    return address


def text(answer):
    return answer.content.decode()


def pdf_text(paper):
    pages = PdfReader(BytesIO(paper_pdf(paper, printed_at=MOMENT))).pages
    return "".join("".join(one.extract_text() for one in pages).split())


def hub(answer, mandate):
    return answer.redirect_chain[-1][0] == reverse("cases:mandate", args=[mandate.pk])


def test_the_case_page_offers_it_to_the_clerk_of_the_office_alone(lane, cast, client_of):
    url, link = reverse("cases:detail", args=[lane.case_id]), reverse("cases:enter_for", args=[lane.pk])
    offered = [
        part
        for part in (
            "office_clerk",
            "city_office_clerk",
            "office_head",
            "liaison",
            "clerk",
            "leader",
            "supervision",
        )
        if link in text(client_of(getattr(cast, part)).get(url))
    ]
    assert offered == ["office_clerk", "city_office_clerk"]


def test_a_mandate_without_paper_person_or_day_is_refused(lane, office):
    refused = office.post(reverse("cases:enter_for", args=[lane.pk]), {"asked_on": "2026-10-16"})
    assert (refused.status_code, Mandate.objects.count()) == (422, 0)
    for said in ("请填写依据（材料名称、文号）。", "请填写请求人。"):
        assert said in text(refused)
    late = office.post(reverse("cases:enter_for", args=[lane.pk]), TOLD | {"asked_on": "2026-10-16"})
    assert "请求日期不能晚于今天（2026-10-15）。" in text(late)
    bare = office.post(reverse("cases:enter_for", args=[lane.pk]), TOLD | {"received_on": "2026-10-14"})
    assert "收到材料之日早于今天的，请附载明收文日期的扫描件。" in text(bare)


def test_the_scan_is_kept_and_read_by_both_sides(lane, office, liaison, cast, client_of):
    url = reverse("cases:enter_for", args=[lane.pk])
    opened = office.post(url, TOLD | {"received_on": "2026-10-14", "file": [scan("来函.pdf")]}, follow=True)
    mandate = Mandate.objects.get()
    assert hub(opened, mandate)
    file = reverse("cases:mandate_file", args=[mandate.pk])
    assert office.get(file).status_code == liaison.get(file).status_code == 200
    assert client_of(cast.other_liaison).get(file).status_code == 404


def test_the_hub_leads_to_the_agencys_forms_under_the_mandate(mandate, office, lane, page):
    shown = text(office.get(reverse("cases:mandate", args=[mandate.pk])))
    assert "正在代 滨城区自然资源局 录入" in shown
    assert f'href="{page("receive")}"' in shown
    assert "正在代 滨城区自然资源局 录入" in text(office.get(page("receive")))
    assert "正在代" not in text(office.get(reverse("cases:detail", args=[lane.case_id])))


def test_signing_on_the_page(mandate, office, liaison, lane, page):
    signed = {"received_on": "2026-10-14", "method": "direct", "basis": "statutory"}
    refused = office.post(page("receive"), signed | {"received_on": "2026-10-16"})
    assert "收到日期不能晚于今天（2026-10-15）。" in text(refused)
    assert hub(office.post(page("receive"), signed, follow=True), mandate)
    assert ServiceReceipt.objects.get().source.entry.mandate == mandate
    for reader in (office, liaison):
        case = text(reader.get(reverse("cases:detail", args=[lane.case_id])))
        assert f"签收应诉材料，收到日期 2026-10-14（{WAITS}）" in case


def test_a_paper_on_the_pages_and_in_its_print(mandate, office, liaison, lane, page):
    url = page("defence_report")
    done = hand_in(office, url, files=[scan()], **DEFENCE_REPORT)
    paper = Paper.objects.get()
    assert hub(done, mandate)
    assert f"已代录应诉情况报告，回执编号 {paper.number}。" in text(done)
    assert (paper.source.organisation, paper.source.entry.what) == (lane.organisation, "应诉情况报告")
    shown = text(liaison.get(reverse("cases:paper", args=[paper.pk])))
    assert f"{WAITS} <a" in shown
    case = text(liaison.get(reverse("cases:detail", args=[lane.case_id])))
    assert f"报送应诉情况报告 {paper.number}（{WAITS}）" in case
    assert "".join(WAITS.split()) in pdf_text(paper)


def test_a_draft_and_its_pages_stay_with_whoever_enters(mandate, office, liaison, page, cast, client_of):
    url = page("defence_report")
    checked = check(office, url, files=[scan()], summary="概况")
    assert (checked.status_code, "正在代 滨城区自然资源局 录入" in text(checked)) == (422, True)
    file = Draft.objects.get().files.get()
    address = reverse("cases:draft_file", args=[file.pk])
    assert office.get(f"{address}?mandate={mandate.pk}").status_code == 200
    assert office.get(address).status_code == 404
    assert client_of(cast.office_head).get(f"{address}?mandate={mandate.pk}").status_code == 404


def test_a_draft_of_the_agency_is_left_to_it(mandate, office, liaison, lane, page):
    own = reverse("cases:defence_report", args=[lane.pk])
    liaison.post(own, {"do": "save", "key": "k", "revision": "0", "summary": "内部意见"})
    led = office.get(page("defence_report"), follow=True)
    assert hub(led, mandate)
    assert "该单位已自己填写这份材料，报送前只有该单位能看" in text(led)
    assert "内部意见" not in text(led)


def test_what_the_agency_keeps_to_itself_is_not_shown_to_the_office(mandate, office, cast, lane, page):
    own = PaperFactory(
        lane=lane, kind="leader_report", submitted_by=cast.post.liaison, content={"opinion": "内部意见"}
    )
    led = office.get(page("report_up"), follow=True)
    assert hub(led, mandate)
    assert "内部意见" not in text(led)
    assert reverse("cases:paper", args=[own.pk]) not in text(led)


def test_naming_and_appearance_on_the_pages(mandate, office, lane, page):
    head, ahead = HeadFactory(), HearingFactory(case=lane.case)
    named = office.post(page("appoint", ahead), {"head": head.pk, "reason": ""}, follow=True)
    assert hub(named, mandate)
    assert Nomination.objects.get().source.entry.what == "确定出庭负责人（2026-10-28 开庭，方清远）"
    held = HearingFactory(case=lane.case, day=date(2026, 9, 28), state=Hearing.State.HELD)
    asked = office.post(page("appearance", held), {"attended": "yes"})
    assert "负责人出庭的，请选择出庭负责人。" in text(asked)
    office.post(page("appearance", held), {"attended": "yes", "head": head.pk})
    assert AppearanceStatement.objects.get().source.entry.what == "出庭登记（2026-09-28 开庭，方清远出庭）"
    case = text(office.get(reverse("cases:detail", args=[lane.case_id])))
    assert f"滨城区自然资源局 机关填报（{WAITS}）" in case


def test_a_past_hearing_leads_on_under_the_mandate(office, lane, page, mandate):
    past = HearingFactory(case=lane.case, day=date(2026, 10, 9))
    led = office.get(page("appoint", past))
    assert led.url == f"{reverse('cases:appearance', args=[lane.pk])}?about={past.pk}&mandate={mandate.pk}"


def test_performance_on_the_page_and_whoever_entered_does_not_check(
    mandate, office, lane, page, cast, client_of
):
    outcome = DecisionOutcomeFactory(
        lane=lane, decision__effect="confirmed", decision__effective_on=date(2026, 10, 1)
    )
    owed = ObligationFactory(outcome=outcome, kind="pay")
    ledger = office.get(page("perform", owed)).url
    assert ledger == f"{reverse('cases:ledger', args=[owed.pk])}?mandate={mandate.pk}"
    line = {"submission_key": "l1", "kind": "done", "happened_on": "2026-10-14", "text": "已付"}
    refused = office.post(ledger, line)
    assert "履行完毕须至少 1 份证明。" in text(refused)
    office.post(ledger, line | {"proof": SimpleUploadedFile("凭证.pdf", b"%PDF-1.4")})
    entry = PerformanceEntry.objects.get()
    assert (entry.source.entry.mandate, entry.verdict) == (mandate, "waiting")
    plain = reverse("cases:ledger", args=[owed.pk])
    check_url = reverse("cases:check_entry", args=[entry.pk])
    assert (WAITS in text(office.get(plain)), check_url in text(office.get(plain))) == (True, False)
    assert check_url in text(client_of(cast.office_head).get(plain))
    assert f"履行完毕，已付（{WORDS}）" in text(office.get(reverse("cases:detail", args=[lane.case_id])))


def test_a_mandate_is_good_for_its_lane_and_its_opener_alone(page, mandate, cast, client_of, lane, liaison):
    url = page("receive")
    for part, status in (
        ("city_office_clerk", 404),
        ("office_head", 403),
        ("liaison", 403),
        ("foreign_office_clerk", 404),
    ):
        assert (part, client_of(getattr(cast, part)).get(url).status_code) == (part, status)
    assert not MandatedEntry.objects.exists()


def test_without_a_mandate_the_forms_stay_closed_to_the_office(office, lane, mandate):
    for name in ("receive", "defence_report", "appoint", "give_back", "designate"):
        assert office.get(reverse(f"cases:{name}", args=[lane.pk])).status_code == 403
    for wrong in ("", "x", "99999"):
        assert office.get(reverse("cases:receive", args=[lane.pk]), {"mandate": wrong}).status_code == 404
    for closed in ("give_back", "designate"):
        assert (
            office.get(reverse(f"cases:{closed}", args=[lane.pk]), {"mandate": mandate.pk}).status_code == 403
        )


def test_the_api_says_who_entered_for_whom(mandate, office, liaison, lane, page):
    hand_in(office, page("defence_report"), files=[scan()], **DEFENCE_REPORT)
    entry = MandatedEntry.objects.get()
    (paper,) = liaison.get("/api/v1/papers/").json()["results"]
    assert paper["mandated"] == {
        "id": entry.pk,
        "words": WORDS,
        "entered_at": paper["submitted_at"],
        "answer": "",
        "reason": "",
        "answered_at": None,
        "decision": "",
    }
    (told,) = liaison.get("/api/v1/lanes/").json()["results"]
    assert told["mandated"] is None


def test_a_head_who_is_not_on_the_roster_is_put_there_under_the_mandate(mandate, office, liaison, lane, page):
    ahead = HearingFactory(case=lane.case)
    url = reverse("cases:entered_head", args=[mandate.pk])
    assert url in text(office.get(page("appoint", ahead)))
    head = {"name": "方清远", "position": "局长", "kind": "principal", "first": "2024-01-01"}
    assert "请填写姓名。" in text(office.post(url, head | {"name": ""}))
    assert hub(office.post(url, head, follow=True), mandate)
    added = Head.objects.get(name="方清远")
    assert (added.organisation, MandatedEntry.objects.get().what) == (
        lane.organisation,
        "负责人名册：增加 方清远（局长）",
    )
    line = AuditEntry.objects.get(verb="head.add")
    assert line.summary == f"负责人名册：增加 方清远（局长），{added.get_kind_display()}；{WORDS}"
    assert liaison.get(url).status_code == 404
