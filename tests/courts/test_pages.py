"""The clerk's way from upload to receipt, and who may see it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Hearing
from courts.models import Notification, Upload
from courts.views.notifications import month as months
from tests.courts.court_sheets import as_bytes, hearing, workbook
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.usefixtures("world", "today")


def upload_to(client, book, month="2026-10"):
    content = book if isinstance(book, bytes) else as_bytes(book)
    file = SimpleUploadedFile("通报.xlsx", content)
    return client.post(reverse("courts:month", args=[month]), {"file": file})


@pytest.fixture
def clerk(cast, client_of):
    return client_of(cast.clerk)


def test_home_leads_to_the_month_of_today(clerk):
    assert clerk.get("/court/").url == "/court/2026-10/"


def test_the_month_tells_its_day_and_nothing_is_called_late(clerk):
    page = clerk.get("/court/2026-10/").content.decode()
    assert "2026-10-08（周四）" in page
    assert page.count("未报") == 3
    assert "逾期" not in page


def test_upload_check_confirm_receipt(clerk):
    check = upload_to(clerk, workbook(排庭=[hearing(), hearing(2, agency="滨城区公按局")])).url
    page = clerk.get(check).content.decode()
    assert "先提交 1 行，1 行暂存待修正" in page
    assert "E3" in page
    assert "滨州市公安局滨城分局" in page
    assert not Hearing.objects.exists()
    receipt = clerk.post(f"{check}confirm/").url
    page = clerk.get(receipt).content.decode()
    upload = Upload.objects.get()
    for words in (upload.number, upload.file_id, "第 1 版", "暂存待修正的行"):
        assert words in page
    assert clerk.post(f"{check}confirm/").url == receipt
    assert Notification.objects.count() == 1
    assert clerk.get(check).url == receipt
    assert "已报 第 1 版" in clerk.get("/court/2026-10/").content.decode()


def test_changes_are_shown_old_and_new(clerk, send):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    page = clerk.get(upload_to(clerk, workbook(排庭=[hearing(day="2026-10-20")])).url).content.decode()
    assert "<del>2026-10-12</del>" in page
    assert "<ins>2026-10-20</ins>" in page


def test_a_stale_plan_is_told_with_409(clerk, send):
    check = upload_to(clerk, workbook(排庭=[hearing(hour="9:00")])).url
    send.apply(workbook(排庭=[hearing(hour="10:00")]))
    answer = clerk.post(f"{check}confirm/")
    assert answer.status_code == 409
    assert "有了变化" in answer.content.decode()


def test_a_file_that_cannot_be_read_is_told_why_and_cannot_be_confirmed(clerk):
    check = upload_to(clerk, b"PK\x03\x04" + bytes(10 * 2**20)).url
    assert "超过 10 MB" in clerk.get(check).content.decode()
    assert clerk.post(f"{check}confirm/").status_code == 409


def test_no_file_chosen_is_told_with_422(clerk):
    answer = clerk.post("/court/2026-10/", {})
    assert answer.status_code == 422
    assert "请选择要上传的工作簿" in answer.content.decode()


def test_nil_return_needs_the_tick(clerk):
    assert clerk.post("/court/2026-10/nil/schedule/", {}).status_code == 422
    clerk.post("/court/2026-10/nil/schedule/", {"schedule-sure": "on"})
    assert Notification.objects.get().is_nil
    assert "零通报" in clerk.get("/court/2026-10/").content.decode()


@pytest.mark.parametrize(
    "url", ["/court/2026-13/", "/court/x/", "/court/2026-10/nil/other/", "/notifications/?month=x"]
)
def test_an_address_without_a_month_is_not_found(clerk, url):
    method = clerk.post if "nil" in url else clerk.get
    assert method(url).status_code == 404


def test_who_sees_an_upload(cast, client_of, send):
    upload = send.apply(workbook(排庭=[hearing()]))
    url = f"/court/uploads/{upload.pk}/receipt/"
    parts = [
        "clerk",
        "office_clerk",
        "city_office_clerk",
        "city_clerk",
        "foreign_office_clerk",
        "liaison",
        "leader",
    ]
    seen = {part: client_of(getattr(cast, part)).get(url).status_code for part in parts}
    assert seen == {
        "clerk": 200, "office_clerk": 200, "city_office_clerk": 200, "city_clerk": 404, "foreign_office_clerk": 404,
        "liaison": 404, "leader": 403,
    }  # fmt: skip


def test_the_office_reads_and_does_not_confirm(cast, client_of, send):
    upload = send(workbook(排庭=[hearing()]))
    office = client_of(cast.office_clerk)
    assert office.get("/court/2026-10/").status_code == 403
    assert office.post(f"/court/uploads/{upload.pk}/confirm/").status_code == 403
    page = office.get("/notifications/?month=2026-10").content.decode()
    assert page.count("未收到") == 3 * page.count('scope="row"')


def test_original_and_marked_file_come_back(clerk, send):
    book = as_bytes(workbook(排庭=[hearing(day="10.32"), hearing(2)]))
    upload = send(book)
    assert clerk.get(f"/court/uploads/{upload.pk}/file/").content == book
    assert clerk.get(f"/court/uploads/{upload.pk}/marked/").content[:2] == b"PK"


@pytest.mark.parametrize("content", [None, b"PK other"])
@pytest.mark.parametrize("page", ["file", "marked"])
def test_a_missing_or_damaged_file_is_told(clerk, send, content, page):
    upload = send(workbook(排庭=[hearing()]))
    upload.file.path.unlink()
    if content:
        upload.file.path.write_bytes(content)
    answer = clerk.get(f"/court/uploads/{upload.pk}/{page}/")
    assert answer.status_code == 503
    assert "文件缺失或已损坏，请联系管理员从备份恢复" in answer.content.decode()


def test_a_file_is_saved_under_its_own_name_and_not_run(clerk, send):
    upload = send(workbook(排庭=[hearing()]))
    answer = clerk.get(f"/court/uploads/{upload.pk}/marked/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E9%80%9A%E6%8A%A5-%E9%94%99%E8%AF%AF%E6%A0%87%E6%B3%A8.xlsx"
    )


def test_queries_of_pages_are_few_and_constant(clerk, cast, client_of, send):
    upload = send.apply(workbook(排庭=[hearing(), hearing(2, day="10.32")]))
    month, size = iter(range(1, 10)), iter(range(12, 24))

    def grow():
        send.apply(
            workbook(
                排庭=[hearing(n) for n in range(3, 9)]
                + [hearing(n, day="10.32") for n in range(9, next(size))]
            )
        )
        send(workbook(排庭=[hearing(next(month))]))

    assert_constant_queries(client_of(cast.city_office_clerk), "/notifications/?month=2026-10", grow)
    assert_constant_queries(clerk, "/court/2026-10/", grow)
    assert_constant_queries(clerk, f"/court/uploads/{upload.pk}/receipt/", grow)


def test_the_api_plans_shows_and_confirms_once(clerk):
    file = SimpleUploadedFile("通报.xlsx", as_bytes(workbook(排庭=[hearing()])))
    planned = clerk.post("/api/v1/notifications/", {"file": file, "month": "2026-10"})
    assert (planned.status_code, planned.json()["sheets"][0]["added"]) == (201, 1)
    url = f"/api/v1/notifications/{planned.json()['id']}/"
    assert clerk.get(url).json()["confirmed"] is False
    stale = clerk.post(f"{url}confirm/", {"plan": "0" * 64})
    assert (stale.status_code, stale.json()["code"]) == (409, "plan_outdated")
    assert clerk.post(f"{url}confirm/", {"plan": planned.json()["plan"]}).json()["receipt"]["versions"] == {
        "schedule": 1
    }
    again = clerk.post(f"{url}confirm/")
    assert (again.status_code, again.json()["code"]) == (409, "already_confirmed")
    refused = clerk.post(
        "/api/v1/notifications/", {"file": SimpleUploadedFile("a", b"x"), "month": "2026-10"}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_workbook")


def press(client, book, key):
    file = SimpleUploadedFile("通报.xlsx", book)
    return client.post("/court/2026-10/", {"file": file, "key": key}).url


def test_one_page_and_one_file_are_one_upload_however_often_the_button_is_pressed(clerk):
    page = clerk.get("/court/2026-10/").content.decode()
    key = page.partition('name="key" value="')[2].partition('"')[0]
    assert len(key) == 32
    book = as_bytes(workbook(排庭=[hearing()]))
    assert press(clerk, book, key) == press(clerk, book, key)
    press(clerk, as_bytes(workbook(排庭=[hearing(2)])), key)  # back, and another file
    press(clerk, book, "0" * 32)  # another page
    assert Upload.objects.count() == 3


def test_of_two_presses_at_one_moment_the_slower_finds_the_upload_of_the_faster(clerk, monkeypatch):
    book, key, real = as_bytes(workbook(排庭=[hearing()])), "1" * 32, months.plan_upload

    def faster(content, **told):
        monkeypatch.setattr(months, "plan_upload", real)
        real(content, **told)
        return real(content, **told)

    monkeypatch.setattr(months, "plan_upload", faster)
    assert press(clerk, book, key) == f"/court/uploads/{Upload.objects.get().pk}/"
