"""A large file is checked in the background: nothing is lost, nothing is done twice, and it can always go on."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from kombu.exceptions import OperationalError

from courts import tasks
from courts.models import Notification, Upload
from courts.notifications.confirmation import confirm
from courts.notifications.resuming import finish_confirmations
from courts.uploads.background import ATTEMPTS, CLAIM, check_received
from courts.views.notifications import month
from organisations.authors import Author
from organisations.models import StoredFile
from supervision.tasks import finish
from tests.courts.court_sheets import as_bytes, hearing, workbook

pytestmark = pytest.mark.usefixtures("world", "today")


@pytest.fixture
def clerk(cast, client_of):
    return client_of(cast.clerk)


@pytest.fixture
def large(monkeypatch, clerk):
    """Every file is a large one, and no broker answers."""
    monkeypatch.setattr(month, "LARGE_FILE", 0)

    def unreachable(pk):
        raise OperationalError

    monkeypatch.setattr(tasks.check, "delay", unreachable)

    def upload(content):
        clerk.post("/court/2026-10/", {"file": SimpleUploadedFile("通报.xlsx", content)})
        return Upload.objects.latest("pk")

    return upload


def test_a_large_file_waits_and_the_tick_checks_it(clerk, large):
    upload = large(as_bytes(workbook(排庭=[hearing()])))
    assert upload.state == "waiting"
    page = clerk.get(f"/court/uploads/{upload.pk}/").content.decode()
    assert "已收到，等待检查" in page
    assert finish() == 1
    upload.refresh_from_db()
    assert (upload.state, upload.report["sheets"][0]["added"]) == ("planned", 1)
    assert finish() == 0


def test_the_page_of_progress_leads_on_when_it_is_done(clerk, large):
    upload = large(as_bytes(workbook(排庭=[hearing()])))
    url = f"/court/uploads/{upload.pk}/progress/"
    assert "等待检查" in clerk.get(url, headers={"HX-Request": "true"}).content.decode()
    tasks.check(upload.pk)
    done = clerk.get(url, headers={"HX-Request": "true"})
    assert done.headers["HX-Redirect"] == f"/court/uploads/{upload.pk}/"
    assert clerk.get(url).url == f"/court/uploads/{upload.pk}/"


def test_a_clerk_need_not_wait_for_the_background(clerk, large):
    upload = large(as_bytes(workbook(排庭=[hearing()])))
    clerk.post(f"/court/uploads/{upload.pk}/check/")
    upload.refresh_from_db()
    assert upload.state == "planned"


def test_progress_is_told_in_words(large, law, monkeypatch):
    said = []
    monkeypatch.setattr("courts.uploads.background._teller", lambda pk: said.append)
    upload = large(as_bytes(workbook(排庭=[hearing(n) for n in range(1, 402)])))
    check_received(upload.pk, author=Author(now()), law=law)
    assert said == ["正在读取工作簿", "正在检查第 200/401 行", "正在检查第 400/401 行", "正在与已有数据比对"]


def test_one_checks_at_a_time_and_an_interrupted_check_is_taken_up_again(large, law):
    upload = large(as_bytes(workbook(排庭=[hearing()])))
    at = now()
    Upload.objects.filter(pk=upload.pk).update(claimed_at=at, attempts=1)
    assert not check_received(upload.pk, author=Author(at + CLAIM / 2), law=law)
    assert check_received(upload.pk, author=Author(at + CLAIM * 2), law=law)


def test_a_file_that_breaks_the_check_three_times_is_refused(large, law):
    upload = large(as_bytes(workbook(排庭=[hearing()])))
    Upload.objects.filter(pk=upload.pk).update(attempts=ATTEMPTS)
    check_received(upload.pk, author=Author(now()), law=law)
    upload.refresh_from_db()
    assert (upload.state, upload.refusal_code) == ("refused", "unsafe")


def test_of_a_large_file_that_cannot_be_read_nothing_is_kept_but_the_refusal(large, law):
    upload = large(b"%PDF-1.4 and more")
    path = upload.file.path
    check_received(upload.pk, author=Author(now()), law=law)
    upload.refresh_from_db()
    assert (upload.refusal_code, upload.file, path.exists()) == ("not_a_workbook", None, False)
    assert not StoredFile.objects.exists()


def test_a_confirmation_that_was_interrupted_is_finished_with_the_answers_given(send, law, cast):
    send.apply(workbook(排庭=[hearing()]))
    upload = send(workbook(排庭=[hearing(), hearing(2)]))
    asked = now()
    Upload.objects.filter(pk=upload.pk).update(
        asked_at=asked, asked_by=cast.post.clerk, answers={"reason": "补报"}
    )
    assert finish_confirmations(author=Author(asked + timedelta(seconds=30)), law=law) == 0
    assert finish_confirmations(author=Author(asked + timedelta(minutes=2)), law=law) == 1
    second = Notification.objects.get(version=2)
    assert (second.reason, second.received_by) == ("补报", cast.post.clerk)


def test_an_interrupted_confirmation_whose_plan_is_outdated_waits_for_the_clerk(send, law):
    upload = send(workbook(排庭=[hearing(hour="9:00")]))
    asked = now()
    Upload.objects.filter(pk=upload.pk).update(asked_at=asked)
    send.apply(workbook(排庭=[hearing(hour="10:00")]))
    assert finish_confirmations(author=Author(asked + timedelta(minutes=2)), law=law) == 0
    upload.refresh_from_db()
    assert (upload.state, upload.asked_at) == ("planned", None)


def test_a_dropped_upload_leaves_the_month_and_cannot_take_effect(clerk, send, law):
    upload = send(workbook(排庭=[hearing()]))
    clerk.post(f"/court/uploads/{upload.pk}/drop/")
    assert "尚未提交的上传" not in clerk.get("/court/2026-10/").content.decode()
    assert clerk.post(f"/court/uploads/{upload.pk}/confirm/").status_code == 409
    assert "已放弃" in clerk.get(f"/court/uploads/{upload.pk}/").content.decode()


def test_what_took_effect_cannot_be_dropped(clerk, send, law):
    upload = send(workbook(排庭=[hearing()]))
    confirm(upload, author=Author(upload.uploaded_at), law=law)
    clerk.post(f"/court/uploads/{upload.pk}/drop/")
    upload.refresh_from_db()
    assert upload.state == "confirmed"
