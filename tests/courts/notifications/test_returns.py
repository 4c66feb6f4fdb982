"""What comes back: effects before they happen, receipts, the source row of a fact, gaps, the API."""

from io import BytesIO

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Case, Deadline, Hearing
from courts.models import RememberedName, Upload
from reports.models import Bulletin
from tests.courts.court_sheets import appearance, as_bytes, hearing, judgment, workbook

pytestmark = pytest.mark.usefixtures("world", "today")


@pytest.fixture
def clerk(cast, client_of):
    return client_of(cast.clerk)


def file_of(book):
    return SimpleUploadedFile("通报.xlsx", book if isinstance(book, bytes) else as_bytes(book))


def test_effects_are_told_before_they_happen_and_nothing_is_written(clerk, send):
    upload = send(workbook(排庭=[hearing(), hearing(2, agency="滨州市人民政府")]))
    page = clerk.get(f"/court/uploads/{upload.pk}/effects/").content.decode()
    assert "新增 2 个" in page
    assert "滨州市公安局滨城分局 1 件" in page
    assert "滨州市滨城区司法局 2 件、滨州市司法局 1 件" in page
    assert not Case.objects.exists()
    assert not Deadline.objects.exists()


def test_what_was_foretold_is_what_happens(clerk, send, law):
    upload = send.apply(workbook(排庭=[hearing(), hearing(2, agency="滨州市人民政府")]))
    assert upload.effects["deadlines"] == {"created": 4}
    assert upload.effects["offices"] == [["滨州市滨城区司法局", 2], ["滨州市司法局", 1]] or upload.effects[
        "offices"
    ] == [("滨州市滨城区司法局", 2), ("滨州市司法局", 1)]
    assert Deadline.objects.count() == 4


def test_a_moved_hearing_tells_which_deadline_moves(clerk, send):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    upload = send(workbook(排庭=[hearing(day="2026-10-20")]))
    page = clerk.get(f"/court/uploads/{upload.pk}/effects/").content.decode()
    assert "变动 1 个" in page
    assert Hearing.objects.get().day.isoformat() == "2026-10-12"


def test_effects_name_the_issued_bulletin_they_touch(clerk, send, world, cast):
    Bulletin.objects.create(
        kind="monthly", period="2026-09", region=world.city.region, issuer=world.city, state="issued", title="九月通报",
        number="滨政办字〔2026〕9号", snapshot={}, snapshot_hash="x", as_of="2026-10-08T08:00+08:00",
        drafted_at="2026-10-08T08:00+08:00", issued_at="2026-10-08T08:00+08:00",
    )  # fmt: skip
    upload = send(workbook(出庭=[appearance()]))
    assert (
        "九月通报（滨政办字〔2026〕9号）"
        in clerk.get(f"/court/uploads/{upload.pk}/effects/").content.decode()
    )
    other = send(workbook(排庭=[hearing()]))
    assert "九月通报" not in clerk.get(f"/court/uploads/{other.pk}/effects/").content.decode()


def test_a_receipt_can_be_carried_away_as_one_page(clerk, send):
    upload = send.apply(workbook(排庭=[hearing(), hearing(2, day="10.32")]))
    answer = clerk.get(f"/court/uploads/{upload.pk}/receipt.pdf")
    with pypdfium2.PdfDocument(BytesIO(answer.content)) as paper:
        text = paper[0].get_textpage().get_text_bounded().replace("\r\n", "").replace("\n", "")
        assert len(paper) == 1
    for words in (upload.number, "读取 2 行，接受 1 行，暂存 1 行", upload.file_id[:20]):
        assert words in text


def test_an_upload_without_effect_has_no_receipt(clerk, send):
    upload = send(workbook(排庭=[hearing()]))
    assert clerk.get(f"/court/uploads/{upload.pk}/receipt.pdf").status_code == 302


def test_a_fact_opens_the_row_it_comes_from_for_whoever_sees_the_case(cast, client_of, send):
    upload = send.apply(workbook(排庭=[hearing(agency="滨城区自然资源局"), hearing(2)]))
    url = f"/notifications/rows/{upload.number}/?sheet=排庭&row=2"
    case = Case.objects.get(serial=1)
    liaison = client_of(cast.liaison)
    assert f"/notifications/rows/{upload.number}/" in liaison.get(f"/cases/{case.pk}/").content.decode()
    page = liaison.get(url).content.decode()
    assert "滨城区自然资源局" in page
    assert "E2" in page
    assert liaison.get(url.replace("row=2", "row=3")).status_code == 404
    assert client_of(cast.foreign_liaison).get(url).status_code == 404
    assert client_of(cast.clerk).get(url.replace("row=2", "row=9")).status_code == 404


def test_what_courts_have_not_told_of_is_counted_and_opens_to_its_cases(cast, client_of, send):
    september = {"month": "2026-09", "on": "2026-09-03"}
    send.apply(workbook(排庭=[hearing(n, day=f"2026-09-1{n}") for n in (1, 2, 3)]), **september)
    send.apply(workbook(出庭=[appearance(1, day="2026-09-11")]))
    office = client_of(cast.office_clerk)
    page = office.get("/notifications/?month=2026-10").content.decode()
    url = "/notifications/gaps/%E9%B2%811602/2026-09/hearing_without_result/"
    assert f'<a href="{url}">2<' in page
    listed = office.get(url).content.decode()
    assert ("（2026）鲁1602行初2号" in listed, "（2026）鲁1602行初1号" in listed) == (True, False)
    assert "逾期" not in page


def test_what_a_court_has_not_told_of_is_what_the_figures_miss(cast, client_of, send):
    september = {"month": "2026-09", "on": "2026-09-03"}
    elsewhere = hearing(2, day="2026-09-12", agency="滨州市公安局")
    send.apply(workbook(排庭=[hearing(1, day="2026-09-11"), elsewhere]), **september)
    office = client_of(cast.city_office_clerk)
    page = office.get("/notifications/?month=2026-10").content.decode()
    assert '/2026-09/hearing_without_result/">2<' in page
    assert "滨城法院 2026-09 排庭 2 件尚无结果" in office.get("/coverage/2026-09/").content.decode()


def test_earlier_months_are_listed_with_every_version(clerk, send):
    send.apply(workbook(排庭=[hearing()]), month="2026-09", on="2026-09-03")
    send.apply(workbook(裁判=[judgment()]))
    send.apply(workbook(裁判=[judgment(), judgment("（2026）鲁1602行初2号")]))
    page = clerk.get("/court/returns/").content.decode()
    assert page.index("2026年10月") < page.index("2026年9月")
    assert "第 2 版" in page


def test_a_key_sent_again_makes_nothing_twice(clerk):
    def post(book, key="k1"):
        return clerk.post(
            "/api/v1/notifications/",
            {"file": file_of(book), "month": "2026-10"},
            headers={"Idempotency-Key": key},
        )

    book = as_bytes(workbook(排庭=[hearing()]))
    first, again = post(book), post(book)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json()["id"], Upload.objects.count()) == (first.json()["id"], 1)
    other = post(as_bytes(workbook(排庭=[hearing(2)])))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert post(book, "k2").json()["id"] != first.json()["id"]


def test_the_api_corrects_foretells_and_hands_out_the_papers(clerk, world):
    rows = [hearing(agency="滨城区公按局"), hearing(2, day="10.32")]
    planned = clerk.post("/api/v1/notifications/", {"file": file_of(workbook(排庭=rows)), "month": "2026-10"})
    url = f"/api/v1/notifications/{planned.json()['id']}/"
    assert clerk.get(f"{url}marked/").content[:2] == b"PK"
    assert clerk.get(f"{url}receipt/").status_code == 409
    told = {
        "names": {"滨城区公按局": world.police.code},
        "cells": [{"sheet": "排庭", "row": 3, "column": "开庭日期", "value": "2026-10-30"}],
    }
    corrected = clerk.post(f"{url}corrections/", told, content_type="application/json")
    assert corrected.json()["sheets"][0]["held"] == 0
    assert RememberedName.objects.get().agency == world.police
    assert clerk.get(f"{url}effects/").json()["deadlines"] == {"created": 3}
    assert clerk.post(f"{url}confirm/").json()["confirmed"] is True
    assert clerk.get(f"{url}receipt/").content[:4] == b"%PDF"
    late = clerk.post(f"{url}corrections/", told, content_type="application/json")
    assert (late.status_code, late.json()["code"]) == (409, "not_planned")


def test_the_api_takes_a_nil_return(clerk):
    told = clerk.post("/api/v1/notifications/nil/", {"month": "2026-10", "kind": "judgments"})
    assert told.status_code == 201
    assert told.json()["receipt"]["versions"] == {"judgments": 1}


@pytest.mark.parametrize("page", ["correct", "redo", "mend"])
def test_a_damaged_file_is_told_wherever_it_is_needed(clerk, send, page):
    upload = send(workbook(排庭=[hearing(day="10.32")]))
    upload.file.path.write_bytes(b"PK other")
    data = {'["cell", "排庭", 2, "开庭日期"]': "2026-10-30"}
    answer = clerk.post(f"/court/uploads/{upload.pk}/{page}/", data)
    assert (answer.status_code, "从备份恢复" in answer.content.decode()) == (503, True)
    told = clerk.get(f"/api/v1/notifications/{upload.pk}/marked/")
    assert (told.status_code, told.json()["code"]) == (503, "file_damaged")
