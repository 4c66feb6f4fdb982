"""锁定 of a month, what is refused after it, and what stands as an adjustment."""

from io import BytesIO

import pypdfium2
import pytest
from django.contrib.messages import get_messages

from cases.models import Discrepancy
from organisations.files import read
from organisations.models import AuditEntry
from reports.models import Adjustment, MonthLock
from tests.reports.reconciliation.test_pages import MONTH, WHY, page_of, text, typed

LOCK = f"{MONTH}lock/"
LOCKED = "2026年9月的数据已于 2026-10-15 由"


@pytest.fixture
def clerk(client_of, cast):
    return client_of(cast.office_clerk)


@pytest.fixture
def head(client_of, cast):
    return client_of(cast.office_head)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_month_with_something_open_is_not_locked(seeded, head):
    seeded("appearance")
    assert said(head.post(LOCK)) == ["还有 1 条不一致没有办结，办结后才能锁定。"]
    assert "还有 1 条不一致，办结后才能锁定" in text(head.get(MONTH))
    assert not MonthLock.objects.exists()


def test_a_month_that_is_not_over_is_not_locked(scene, head):
    assert said(head.post("/reconcile/2026-10/lock/")) == ["2026年10月还没有结束，2026-10-31 之后才能锁定。"]


def test_only_a_head_of_the_office_locks(scene, clerk, head):
    assert clerk.post(LOCK).status_code == 403
    assert "锁定2026年9月数据" not in text(clerk.get(MONTH))
    assert "锁定2026年9月数据" in text(head.get(MONTH))


def test_a_locked_month_has_its_sheet_and_is_locked_once(seeded, clerk, head):
    one = seeded("appearance")
    clerk.post(page_of(one), typed(clerk, one, "agency"))
    head.post(LOCK)
    lock = MonthLock.objects.get()
    assert ["", "appearance_rate", 1, 1] in lock.figures
    paper = pypdfium2.PdfDocument(BytesIO(read(lock.pdf)))
    printed = "".join("".join(page.get_textpage().get_text_range().split()) for page in paper)
    for words in ("2026年9月行政应诉数据核对单", "采信机关填报", WHY, "数据不全（1/1）", "法院联系人"):
        assert words in printed
    assert clerk.get(f"{MONTH}sheet.pdf")["Content-Type"] == "application/pdf"
    assert said(head.post(LOCK))[-1] == "2026年9月已经锁定。"
    assert AuditEntry.objects.filter(verb="discrepancy.lock").count() == 1
    assert "锁定以来指标没有变动" in text(clerk.get(MONTH))


def test_without_a_lock_there_is_no_sheet(scene, clerk):
    assert clerk.get(f"{MONTH}sheet.pdf").status_code == 404


@pytest.fixture
def late(seeded, head):
    """A difference that is found after the month was locked."""
    head.post(LOCK)
    return seeded("appearance")


def test_a_clerk_is_refused_and_told_why(late, clerk):
    page = text(clerk.get(page_of(late)))
    assert LOCKED in page
    assert "经办人员不能再认定" in page
    assert "保存并看下一条" not in page
    form = {"choice": "agency", "reason": WHY, "do": "save", "revision": late.revision}
    answer = clerk.post(page_of(late), form)
    assert answer.status_code == 422
    assert "经办人员不能再改；确需更改的，由司法局负责人作调整" in text(answer)
    assert Discrepancy.objects.get().state == "open"


def test_what_a_head_rules_is_an_adjustment_and_the_lock_stays(late, head):
    before = MonthLock.objects.get().figures
    assert "您的认定将作为调整" in text(head.get(page_of(late)))
    assert head.post(page_of(late), typed(head, late, "agency")).status_code == 302
    adjustment = Adjustment.objects.get()
    assert adjustment.discrepancy == late
    assert ["2026年9月", "滨城区", "负责人出庭应诉率", "0.0%（0/1）", "100.0%（1/1）"] in adjustment.lines
    assert MonthLock.objects.get().figures == before
    page = text(head.get(MONTH))
    assert "锁定后变动的指标" in page
    assert "锁定后调整" in page
    assert WHY in page


def test_an_explanation_moves_nothing_and_a_lock_is_no_obstacle(late, head):
    assert head.post(page_of(late), typed(head, late, "explain")).status_code == 302
    assert not Adjustment.objects.exists()


def test_the_lock_of_the_city_holds_the_counties(seeded, clerk, client_of, cast):
    city = client_of(cast.city_office_head)
    city.post(LOCK)
    one = seeded("appearance")
    assert "（滨州市）" in text(clerk.get(page_of(one)))
    form = {"choice": "agency", "reason": WHY, "do": "save", "revision": one.revision}
    assert clerk.post(page_of(one), form).status_code == 422
