"""代录 for a court: an office uploads its workbook, everything says so, and the court confirms or contests."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import make_aware
from pypdf import PdfReader

from cases.models import Case, Hearing, Mandate, MandatedEntry
from courts.models import Upload
from courts.notifications.acknowledgement import acknowledgement_pdf
from courts.notifications.resuming import finish_confirmations
from organisations.authors import Author
from organisations.models import AuditEntry, Post
from tests.courts.court_sheets import as_bytes, hearing, workbook

pytestmark = pytest.mark.usefixtures("world", "today")
TOLD = {"ground": "滨城法院函〔2026〕3号", "asked_by": "林书记", "asked_on": "2026-10-14"}
WORDS = "代录：滨城区司法局 李经办代滨城法院录入，依据滨城法院函〔2026〕3号，请求人 林书记（2026-10-14）"
ENTER = reverse("courts:enter_for", args=["鲁1602"])


@pytest.fixture
def office(cast, client_of):
    return client_of(cast.office_clerk)


@pytest.fixture
def clerk(cast, client_of):
    return client_of(cast.clerk)


@pytest.fixture
def month(office):
    """The address of the court's month under the mandate of the office."""
    return office.post(ENTER, TOLD).url


@pytest.fixture
def check(office, month):
    file = SimpleUploadedFile("通报.xlsx", as_bytes(workbook(排庭=[hearing()])))
    return office.post(month, {"file": file}).url


def text(answer):
    return answer.content.decode()


def test_the_way_in_is_for_the_clerks_of_the_office(office, cast, client_of):
    assert ENTER in text(office.get(reverse("courts:received")))
    assert ENTER not in text(client_of(cast.office_head).get(reverse("courts:received")))
    statuses = {
        part: client_of(getattr(cast, part)).get(ENTER).status_code
        for part in ("city_office_clerk", "office_head", "clerk", "leader", "foreign_office_clerk")
    }
    assert statuses == {
        "city_office_clerk": 200,
        "office_head": 403,
        "clerk": 403,
        "leader": 403,
        "foreign_office_clerk": 404,
    }


def test_a_mandate_without_paper_person_or_past_day_is_refused(office):
    refused = office.post(ENTER, {"asked_on": "2026-10-14"})
    assert (refused.status_code, Mandate.objects.count()) == (422, 0)
    assert "请填写依据（材料名称、文号）。" in text(refused)
    assert "请填写请求人。" in text(refused)
    assert "请求日期不能晚于今天（2026-10-15）。" in text(
        office.post(ENTER, TOLD | {"asked_on": "2026-10-16"})
    )


def test_whoever_is_also_the_courts_clerk_uploads_as_the_court(office, cast):
    Post.objects.create(user=cast.office_clerk, organisation=cast.post.clerk.organisation, role="court_clerk")
    assert office.post(ENTER, TOLD).status_code == 403


def test_the_month_under_the_mandate_belongs_to_its_opener(month, office, cast, client_of):
    mandate = Mandate.objects.get()
    assert month == f"/court/2026-10/?mandate={mandate.pk}"
    assert "正在代 滨城法院 录入" in text(office.get(month))
    assert office.get(f"/court/?mandate={mandate.pk}").url == month
    assert office.get("/court/2026-10/").status_code == 403
    for other in ("city_office_clerk", "office_head", "clerk"):
        assert client_of(getattr(cast, other)).get(month).status_code == 404


def test_from_upload_to_receipt(check, month, office, clerk):
    assert "正在代 滨城法院 录入" in text(office.get(check))
    receipt = office.post(f"{check}confirm/").url
    upload, entry = Upload.objects.get(), MandatedEntry.objects.get()
    assert (entry.what, entry.words) == (f"2026-10 通报 {upload.number}", WORDS)
    source = Hearing.objects.get().source
    assert (source.kind, source.organisation, source.entry) == ("court", upload.court, entry)
    for reader in (office, clerk):
        assert f"{WORDS}；待本单位确认" in text(reader.get(receipt))
    pages = PdfReader(BytesIO(acknowledgement_pdf(upload))).pages
    printed = "".join("".join(one.extract_text() for one in pages).split())
    assert "".join(f"{WORDS}；待本单位确认".split()) in printed
    case = text(office.get(reverse("cases:detail", args=[Case.objects.get().pk])))
    assert f"通报.xlsx · 排庭 第 2 行（{WORDS}；待本单位确认）" in case
    assert AuditEntry.objects.get(verb="notification.confirm").summary.endswith(f"；{WORDS}")


def test_another_person_of_the_office_does_not_confirm_it(check, client_of, cast):
    for other in ("city_office_clerk", "office_head"):
        assert client_of(getattr(cast, other)).post(f"{check}confirm/").status_code == 403


def test_a_court_that_confirms_the_file_itself_makes_it_its_own(check, clerk):
    clerk.post(f"{check}confirm/")
    assert (Upload.objects.get().entry, MandatedEntry.objects.count()) == (None, 0)


def test_an_interrupted_confirmation_ends_as_what_the_office_entered(check, law, cast):
    asked = make_aware(datetime(2026, 10, 15, 9, 0))
    upload = Upload.objects.get()
    Upload.objects.update(asked_at=asked, asked_by=cast.post.office_clerk, answers={"plan": upload.plan_hash})
    assert finish_confirmations(author=Author(asked + timedelta(hours=1)), law=law) == 1
    assert Upload.objects.get().entry.words == WORDS


def test_a_nil_return(month, office):
    nil = reverse("courts:nil", args=["2026-10", "judgments"])
    query = month.partition("?")[2]
    office.post(f"{nil}?{query}", {"judgments-sure": "on"})
    upload = Upload.objects.get()
    assert upload.entry.what == f"2026-10 零通报 {upload.number}"


def test_the_court_answers_on_its_own_pages_and_the_office_settles(check, office, clerk, cast, client_of):
    office.post(f"{check}confirm/")
    entry = MandatedEntry.objects.get()
    assert "代录事项待确认 1 件" in text(clerk.get("/court/2026-10/"))
    url = reverse("cases:mandated_entry", args=[entry.pk])
    clerk.post(url, {"do": "contest", "reason": "第 2 行日期应为 10 月 13 日"})
    assert MandatedEntry.objects.get().answer_words == "本单位有不同意见：第 2 行日期应为 10 月 13 日"
    assert office.post(url, {"do": "settle", "decision": "已更正"}).status_code == 403
    client_of(cast.office_head).post(url, {"do": "settle", "decision": "已上传更正版"})
    assert MandatedEntry.objects.get().decision == "已上传更正版"
    clerk.post(url, {"do": "confirm"})
    assert MandatedEntry.objects.get().answer_words == "本单位已确认"
    assert client_of(cast.city_clerk).get(url).status_code == 404


def test_what_the_court_uploads_itself_is_no_entry_for_it(send):
    send.apply(workbook(排庭=[hearing()]))
    assert (Upload.objects.get().entry, Hearing.objects.get().source.entry) == (None, None)
    assert Hearing.objects.get().day == date(2026, 10, 12)
