"""Both sides are told and answer; what they send decides nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Discrepancy, DiscrepancyAnswer
from supervision.models import Message, Notice
from tests.reports.reconciliation.test_pages import MONTH, page_of, text, typed

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def clerk(client_of, cast):
    return client_of(cast.office_clerk)


@pytest.fixture
def asked(seeded, clerk):
    one = seeded("appearance")
    clerk.post(page_of(one), typed(clerk, one, "ask", reason="请补充庭审笔录和出庭照片"))
    return one


def told(role):
    return [
        message.text
        for message in Message.objects.filter(recipient__role=role, channel="in_app", notice__isnull=False)
    ]


def test_both_sides_get_a_message_that_leads_to_the_item(asked, client_of, cast):
    (words,) = told("court_clerk")
    assert words == told("agency_liaison")[0]
    assert words == (
        f"{asked.lane.case.number} 负责人是否出庭：请于 2026-10-20 前补充材料。"
        f"法院通报“{asked.court_says}”，机关填报“{asked.agency_says}”。请补充庭审笔录和出庭照片"
    )
    court = client_of(cast.clerk)
    message = Message.objects.get(recipient__role="court_clerk", channel="in_app")
    assert "去办理" in court.get("/messages/").content.decode()
    assert court.post(f"/messages/{message.pk}/").headers["Location"] == page_of(asked)
    assert told("agency_head") == []


@pytest.mark.parametrize(
    ("choice", "words"), [("agency", "已认定采信机关填报"), ("explain", "差异已说明，两边都不改")]
)
def test_both_sides_are_told_how_it_ended(seeded, clerk, choice, words):
    one = seeded("appearance")
    clerk.post(page_of(one), typed(clerk, one, choice))
    assert [words in text for text in told("court_clerk") + told("agency_liaison")] == [True, True]
    assert Notice.objects.get().raised_by.role == "office_clerk"


@pytest.mark.parametrize(("part", "side"), [("clerk", "court"), ("liaison", "agency")])
def test_each_side_answers_with_words_and_a_file(asked, client_of, cast, clerk, part, side):
    browser = client_of(getattr(cast, part))
    page = page_of(asked)
    file = SimpleUploadedFile("庭审笔录.pdf", PDF, "application/pdf")
    assert (
        browser.post(page, {"do": "answer", "text": "笔录第 2 页记明", "file": file}).headers["Location"]
        == page
    )
    answer = DiscrepancyAnswer.objects.get()
    assert (answer.side, answer.text, answer.file_name) == (side, "笔录第 2 页记明", "庭审笔录.pdf")
    assert "笔录第 2 页记明" in text(clerk.get(page))
    assert any("一方已补充材料。笔录第 2 页记明" in words for words in told("office_clerk"))
    assert "已收到 1 份" in text(clerk.get(MONTH))
    assert clerk.get(f"/reconcile/answers/{answer.pk}/file/").status_code == 200
    assert client_of(cast.foreign_liaison).get(f"/reconcile/answers/{answer.pk}/file/").status_code == 404
    assert Discrepancy.objects.get(pk=asked.pk).state == "open"


def test_whoever_answered_is_no_longer_asked_and_the_other_still_is(asked, client_of, cast):
    liaison, court = client_of(cast.liaison), client_of(cast.clerk)
    liaison.post(page_of(asked), {"do": "answer", "text": "已附照片"})
    assert "请补充材料 1 件" not in text(liaison.get("/desk/"))
    assert "协查提示" in text(court.get("/", follow=True))


def test_an_empty_answer_is_refused_and_nobody_else_may_answer(asked, clerk, client_of, cast):
    answer = client_of(cast.liaison).post(page_of(asked), {"do": "answer", "text": ""})
    assert (answer.status_code, "请填写说明" in text(answer)) == (422, True)
    assert clerk.post(page_of(asked), {"do": "answer", "text": "代答"}).status_code == 403
    assert not DiscrepancyAnswer.objects.exists()


def test_what_nobody_asked_for_is_not_answered(seeded, client_of, cast):
    one = seeded("appearance")
    liaison = client_of(cast.liaison)
    assert "提交补充材料" not in text(liaison.get(page_of(one)))
    answer = liaison.post(page_of(one), {"do": "answer", "text": "已附照片"})
    assert (answer.status_code, "司法局还没有请求补充材料" in text(answer)) == (422, True)


def test_what_is_settled_needs_no_answer(asked, clerk, client_of, cast):
    clerk.post(page_of(asked), typed(clerk, asked, "court"))
    answer = client_of(cast.liaison).post(page_of(asked), {"do": "answer", "text": "已附照片"})
    assert (answer.status_code, "这一条已办结" in text(answer)) == (422, True)


def test_two_files_where_one_has_a_place_are_refused_by_name(asked, client_of, cast):
    files = [SimpleUploadedFile(f"照片{n}.pdf", PDF, "application/pdf") for n in (1, 2)]
    answer = client_of(cast.liaison).post(page_of(asked), {"do": "answer", "text": "见附件", "file": files})
    assert answer.status_code == 422
    assert "这里只能附一个文件，选了 2 个（照片1.pdf、照片2.pdf）" in text(answer)
    assert not DiscrepancyAnswer.objects.exists()
