"""Somebody else was faster, or the input is odd: what was confirmed stays, nothing typed is lost, nobody gets a 500."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from cases.models import Hearing
from courts.models import HeldRow, Notification, RememberedColumn, RememberedName, Upload
from courts.notifications import confirmation
from courts.notifications.confirmation import Answers, confirm
from courts.notifications.resuming import finish_confirmations
from courts.uploads import background, planning
from courts.uploads.background import check_again, check_waiting
from courts.uploads.corrections import NoSuchCell, NotOpen, correct_cells, remember_name
from organisations.authors import Author
from organisations.models import Organisation
from tests.courts.court_sheets import as_bytes, hearing, judgment, workbook

pytestmark = pytest.mark.usefixtures("world", "today")
MISSPELT = "滨城区公按局"


@pytest.fixture
def clerk(cast, client_of):
    return client_of(cast.clerk)


def key(*parts):
    return json.dumps(parts, ensure_ascii=False)


def post(client, upload, page, data=None):
    return client.post(f"/court/uploads/{upload.pk}/{page}/", data or {})


def stored(upload):
    return Upload.objects.get(pk=upload.pk)


def test_a_check_that_ends_after_a_confirmation_does_not_undo_it(send, law):
    upload = send(workbook(排庭=[hearing()]))
    stale = stored(upload)
    confirm(upload, author=Author(now()), law=law)
    check_again(stale, author=Author(now()), law=law)
    assert (stored(upload).state, bool(stored(upload).number)) == ("confirmed", True)


def test_a_check_that_ends_after_a_drop_does_not_bring_it_back(clerk, send, law):
    upload = send(workbook(排庭=[hearing()]))
    stale = stored(upload)
    post(clerk, upload, "drop")
    check_again(stale, author=Author(now()), law=law)
    assert stored(upload).state == "dropped"


def test_nothing_is_corrected_in_what_took_effect(send, law):
    upload = send.apply(workbook(排庭=[hearing()]))
    with pytest.raises(NotOpen):
        correct_cells(upload, {("排庭", 2, "备注"): ("", "x")}, author=Author(now()))


def test_a_plan_that_came_after_the_asking_is_not_confirmed_for_the_clerk(send, law, cast):
    upload = send(workbook(排庭=[hearing(), hearing(2, day="10.32")]))
    asked = now()
    answers = {"plan": upload.plan_hash}
    Upload.objects.filter(pk=upload.pk).update(asked_at=asked, asked_by=cast.post.clerk, answers=answers)
    correct_cells(upload, {("排庭", 3, "开庭日期"): ("10.32", "2026-10-30")}, author=Author(now()))
    check_again(stored(upload), author=Author(now()), law=law)
    Upload.objects.filter(pk=upload.pk).update(asked_at=asked)  # even if it still stood there
    assert finish_confirmations(author=Author(asked + timedelta(minutes=2)), law=law) == 0
    assert not Hearing.objects.exists()


def test_each_confirmation_takes_its_own_answers(send, law, monkeypatch):
    """Another tab asks in the moment between one's asking and one's lock."""
    send.apply(workbook(排庭=[hearing()]))
    upload = send(workbook(排庭=[hearing(), hearing(2)]))
    lock = confirmation.lock_confirmations

    def overtaken():
        Upload.objects.filter(pk=upload.pk).update(answers={"reason": "另一页写的"})
        lock()

    monkeypatch.setattr(confirmation, "lock_confirmations", overtaken)
    confirm(upload, author=Author(now()), law=law, answers=Answers(reason="本页写的"))
    assert Notification.objects.get(version=2).reason == "本页写的"


def test_one_upload_that_breaks_does_not_keep_the_others_waiting(send, law, monkeypatch):
    broken, good = send(workbook(排庭=[hearing()])), send(workbook(裁判=[judgment()]))
    asked = now() - timedelta(minutes=5)
    for upload in (broken, good):
        Upload.objects.filter(pk=upload.pk).update(asked_at=asked, answers={"plan": upload.plan_hash})
    Upload.objects.filter(pk=broken.pk).update(rows={"facts": [{"kind": "schedule"}]})
    assert finish_confirmations(author=Author(now()), law=law) == 1
    assert stored(good).state == "confirmed"


def test_one_file_that_breaks_its_check_does_not_keep_the_others_waiting(law, world, monkeypatch):
    for name in ("a", "b"):
        background.receive_upload(
            as_bytes(workbook(排庭=[hearing()])), name=name, court=world.court,
            month=planning.month_of("2026-10"), author=Author(now()),
        )  # fmt: skip
    first = Upload.objects.order_by("pk").first()
    read = planning.read
    broken = iter([True])

    def damaged(file):
        if next(broken, False):
            raise OSError
        return read(file)

    monkeypatch.setattr(background, "read", damaged)
    assert check_waiting(author=Author(now()), law=law) == 1
    assert stored(first) in Upload.objects.filter(state__in=["waiting", "planned"])


def test_a_hearing_that_another_defendants_row_sets_is_not_withdrawn(clerk, send):
    send.apply(workbook(排庭=[hearing(), hearing(agency="滨城区人民政府")]))
    upload = send(workbook(排庭=[hearing()]))
    [gone] = upload.report["missing"]
    assert gone["hearings"] == []
    told = {"reason": "更正", "withdrawn": ["2026|鲁1602||行初|1@2026-10-12"], "withdrawal_reason": "撤销"}
    post(clerk, upload, "confirm", told)
    assert Hearing.objects.get().state == "scheduled"


def test_rows_told_by_additions_are_missed_by_the_next_full_version(send):
    send.apply(workbook(排庭=[hearing()]))
    send.apply(workbook(排庭=[hearing(2)]), is_addition=True)
    numbers = [row["number"] for row in send(workbook(排庭=[hearing(3)])).report["missing"]]
    assert sorted(numbers) == ["（2026）鲁1602行初1号", "（2026）鲁1602行初2号"]


def test_a_debt_of_an_addition_stays_until_its_case_is_told(send, world):
    send.apply(workbook(排庭=[hearing()]))
    send.apply(workbook(排庭=[hearing(2, agency=MISSPELT)]), is_addition=True)
    send.apply(workbook(排庭=[hearing(), hearing(3)]))
    assert HeldRow.objects.open().get().values["案号"] == "（2026）鲁1602行初2号"
    send.apply(workbook(排庭=[hearing(2)]), is_addition=True)
    assert not HeldRow.objects.open().exists()


def test_a_nil_return_does_not_follow_what_was_told(clerk, send):
    send.apply(workbook(排庭=[hearing(), hearing(2, agency=MISSPELT)]))
    clerk.post("/court/2026-10/nil/schedule/", {"schedule-sure": "on"})
    assert (Notification.objects.count(), HeldRow.objects.open().count()) == (1, 1)


def test_the_same_nil_return_twice_is_one(clerk):
    for _ in range(2):
        clerk.post("/court/2026-10/nil/schedule/", {"schedule-sure": "on"})
    assert Notification.objects.count() == 1


def test_a_long_value_is_offered_whole(clerk, send):
    numbers = "、".join(f"（2026）鲁1602行初{n}号" for n in range(1, 8)) + "、某号"
    upload = send(workbook(排庭=[hearing(案号=numbers)]))
    assert f'value="{numbers}"' in clerk.get(f"/court/uploads/{upload.pk}/").content.decode()
    post(clerk, upload, "correct", {key("cell", "排庭", 2, "案号"): numbers})
    assert stored(upload).corrections == []


def test_a_cell_that_need_not_be_filled_may_be_emptied(clerk, send):
    upload = send(workbook(排庭=[hearing(hour="下周")]))
    post(clerk, upload, "correct", {key("cell", "排庭", 2, "开庭时间"): ""})
    assert [sheet["held"] for sheet in stored(upload).report["sheets"]] == [0]


def test_a_place_that_the_file_does_not_have_is_not_corrected(send):
    upload = send(workbook(排庭=[hearing()]))
    for place in (("排庭", 2, "不存在"), ("排庭", 99, "备注"), ("别的", 2, "备注")):
        with pytest.raises(NoSuchCell):
            correct_cells(upload, {place: ("", "x")}, author=Author(now()))
    assert stored(upload).corrections == []


def test_a_name_of_a_body_that_is_sued_no_more_is_unknown_and_no_error(send, world):
    office = Organisation.objects.get(code="BZ-DC")
    remember_name(world.court, "督查", office, author=Author(now()))
    assert send(workbook(排庭=[hearing(agency="督查")])).report["unmatched_agencies"][0]["name"] == "督查"


OWN = [
    ["日期（开庭）", "日期（立案）", "案号", "应诉单位"],
    ["2026-10-12", "2026-08-01", "（2026）鲁1602行初1号", "滨城区公安局"],
]


def test_a_header_that_means_two_things_and_a_known_one_passed_over_are_not_remembered(clerk):
    file = SimpleUploadedFile("a.xlsx", as_bytes(workbook(安排=OWN)))
    clerk.post("/court/2026-10/", {"file": file})
    upload = Upload.objects.get()
    url = f"/court/uploads/{upload.pk}/columns/?sheet=安排&kind=schedule"
    clerk.post(url, {"column-0": "开庭日期", "column-1": "", "column-2": "案号", "column-3": "被诉行政机关"})
    assert stored(upload).state == "planned"
    assert set(RememberedColumn.objects.values_list("header", flat=True)) == {"案号", "应诉单位"}
    clerk.post(f"/notifications/headers/{RememberedColumn.objects.get(header='应诉单位').pk}/forget/")
    assert not RememberedColumn.objects.filter(header="应诉单位").exists()


def test_the_api_gives_meaning_only_to_names_that_are_unclear(clerk, send, world):
    upload = send(workbook(排庭=[hearing(agency=MISSPELT)]))
    url = f"/api/v1/notifications/{upload.pk}/corrections/"
    told = {"names": {"滨州市公安局": world.government.code}}
    assert clerk.post(url, told, content_type="application/json").status_code == 400
    cells = {"cells": [{"sheet": "排庭", "row": 2, "column": "不存在", "value": "x"}]}
    assert clerk.post(url, cells, content_type="application/json").status_code == 422
    assert not RememberedName.objects.exists()


def test_the_api_asks_what_the_page_asks(clerk, send):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    url = f"/api/v1/notifications/{send(workbook(排庭=[hearing(day='2026-10-20')])).pk}/confirm/"
    assert clerk.post(url).json()["code"] == "answer_required"
    assert "changes_are" in clerk.post(url, {"reason": "改期"}).json()["message"]
    assert clerk.post(url, {"reason": "改期", "changes_are": "event"}).json()["confirmed"] is True


def test_a_key_with_another_month_or_another_file_is_told(clerk):
    def send_with_key(content, month):
        told = {"file": SimpleUploadedFile("a.xlsx", content), "month": month}
        return clerk.post("/api/v1/notifications/", told, headers={"Idempotency-Key": "k"})

    assert send_with_key(b"%PDF", "2026-10").status_code == 422
    book = as_bytes(workbook(排庭=[hearing()]))
    assert send_with_key(book, "2026-10").json()["code"] == "idempotency_key_reused"
    assert send_with_key(b"%PDF", "2026-09").json()["code"] == "idempotency_key_reused"
    assert send_with_key(b"%PDF", "2026-10").json()["code"] == "not_a_workbook"


@pytest.mark.parametrize("url", ["/notifications/rows/a%00/", "/notifications/held/?page=%00"])
def test_an_address_with_nul_names_nothing(clerk, url):
    assert clerk.get(url).status_code == 404


def test_the_office_names_agencies_only(cast, client_of, send):
    send.apply(workbook(裁判=[judgment(result="没有这种结果"), judgment("（2026）鲁1602行初2号")]))
    row = HeldRow.objects.get()
    office = client_of(cast.office_clerk)
    office.post(f"/notifications/held/{row.pk}/name/", {"agency": "滨州市公安局"})
    office.post(f"/notifications/held/{row.pk}/name/", {"agency": "滨州市\0"})
    assert not RememberedName.objects.exists()


def test_the_same_file_again_is_told_before_anything_is_asked(clerk, send):
    book = as_bytes(workbook(排庭=[hearing()]))
    first = send.apply(book)
    send.apply(workbook(裁判=[judgment()]))
    again = send(book)
    assert "内容相同，没有变化" in clerk.get(f"/court/uploads/{again.pk}/").content.decode()
    assert post(clerk, again, "confirm").url == f"/court/uploads/{first.pk}/receipt/"


@pytest.mark.parametrize("page", ["marked", "columns"])
def test_a_file_whose_headers_are_unknown_breaks_no_page(clerk, page):
    file = SimpleUploadedFile("a.xlsx", as_bytes(workbook(安排=OWN[1:] * 2)))
    clerk.post("/court/2026-10/", {"file": file})
    assert clerk.get(f"/court/uploads/{Upload.objects.get().pk}/{page}/").status_code in (200, 302)
