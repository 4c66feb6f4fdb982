"""Rows of one file that cannot both be true, and words in which one outcome hides inside another."""

import pytest

from cases.models import Hearing
from rules.outcomes import load_outcomes
from tests.courts.court_sheets import appearance, hearing, judgment, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled(send):
    send.apply(workbook(排庭=[hearing(1, day="2026-09-10")]), month="2026-09", on="2026-09-03")


def codes(upload):
    return sorted((issue["code"], issue["row"]) for issue in upload.report["issues"])


def test_one_agency_cannot_have_come_and_not_come_on_one_day(scheduled, send):
    rows = [appearance(1, came="是", 出庭负责人姓名="王局长"), appearance(1, came="否", 未出庭理由="出差")]
    upload = send(workbook(出庭=rows))
    assert codes(upload) == [("conflicts_with_row", 2), ("conflicts_with_row", 3)]
    assert upload.report["sheets"][0]["held"] == 2


def test_two_agencies_of_one_day_may_differ(scheduled, send):
    rows = [
        appearance(1, came="是", 出庭负责人姓名="王局长"),
        appearance(1, "滨城区人民政府", came="否", 未出庭理由="出差"),
    ]
    assert "conflicts_with_row" not in {code for code, _ in codes(send(workbook(出庭=rows)))}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("驳回原告诉讼请求", "J-DISMISS"),
        ("驳回原告的诉讼请求，维持驳回复议申请决定", "J-DISMISS"),
        ("撤销被告驳回复议申请的决定", "J-REVOKE"),
        ("撤销驳回复议申请决定，责令重新作出复议决定", "J-RECON"),
        # A loss the table does not know: a person says which one, and nobody counts it as won.
        ("驳回其复议申请，支持原告诉讼请求", None),
    ],
)
def test_the_word_about_the_claim_decides_and_not_one_about_the_disputed_act(words, code):
    found = load_outcomes().match(words, "判决", "first")
    assert (found and found.code) == code


def test_an_outcome_that_is_not_understood_is_held_and_not_guessed(send):
    told = judgment(result="驳回其复议申请，支持原告诉讼请求", 送达日期="2026-09-11")
    assert ("outcome_unknown", 2) in codes(send(workbook(裁判=[told])))


@pytest.mark.parametrize(("document", "said"), [("判决", True), ("裁定", False)])
def test_a_judgment_that_speaks_like_a_ruling_is_read_and_remarked_upon(send, document, said):
    upload = send(
        workbook(裁判=[judgment(result="判决驳回起诉请求" if said else "驳回起诉", document=document)])
    )
    assert (("outcome_of_a_ruling", 2) in codes(upload)) == said
    assert upload.report["sheets"][0]["held"] == 0


def test_a_service_before_the_decision_is_a_wrong_order_and_not_unreadable(send):
    upload = send(workbook(裁判=[judgment(day="2026-09-10", 送达日期="2026-09-08")]))
    [found] = [issue for issue in upload.report["issues"] if issue["column"] == "送达日期"]
    assert found["code"] == "date_before_filing"
    assert found["message"].endswith("送达日期“2026-09-08”早于裁判日期 2026-09-10。")


@pytest.mark.parametrize(
    ("day", "hour", "heard"),
    [
        ("2026-10-12 00:00:00", "9:30", "09:30:00"),
        ("2026-10-12T00:00:00", "9:30", "09:30:00"),
        ("2026-10-12 9:30", "2026-10-12 00:00:00", "09:30:00"),
        ("2026-10-12 00:00:00", None, "None"),
        ("2026-10-12", "2026-10-12 00:00:00", "None"),
    ],
)
def test_the_midnight_beside_a_day_is_no_hour_and_contradicts_none(send, day, hour, heard):
    upload = send.apply(workbook(排庭=[hearing(1, day=day, hour=hour)]))
    assert [code for code, _ in codes(upload)] == []
    assert str(Hearing.objects.get().time) == heard


@pytest.mark.parametrize("hour", ["九点左右", "0930", "10．12", "8．10", "9．45", "10::10"])
def test_an_hour_that_cannot_be_read_is_explained_as_an_hour(send, hour):
    [told] = send(workbook(排庭=[hearing(1, hour=hour)])).report["issues"]
    assert (told["code"], told["column"]) == ("date_invalid", "开庭时间")
    assert f"看不出“{hour}”是几点，请写成如 9:00" in told["message"]
