"""What a court's file may say that is surprising: it is asked about, counted before it happens, and never skipped."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case, Lane
from courts.models import Upload
from courts.notifications.confirmation import confirm, expected_effects
from courts.uploads.background import check_again
from courts.uploads.corrections import TAKEN_IN, NoSuchCell, affirm_rows
from organisations.authors import Author
from tests.courts.court_sheets import appearance, hearing, judgment, workbook


def found(upload):
    return [(i["code"], i["sheet"], i["row"], i["severity"]) for i in upload.report["issues"]]


def held(upload):
    return sum(sheet["held"] for sheet in upload.report["sheets"])


# What, the sheet and its row, the day of receipt, the code that holds the row (nothing: it is accepted)
DAYS = [
    ("an appearance of today", "出庭", appearance(day="2026-10-05"), None),
    ("an appearance of tomorrow", "出庭", appearance(day="2026-10-06"), "date_in_future"),
    (
        "a hearing put off, of tomorrow",
        "出庭",
        appearance(day="2026-10-06", came=None, 是否开庭="延期"),
        None,
    ),
    ("a judgment of tomorrow", "裁判", judgment(day="2026-10-06"), "date_in_future"),
    ("served tomorrow", "裁判", judgment(送达日期="2026-10-06"), "date_in_future"),
    ("in effect tomorrow", "裁判", judgment(生效日期="2026-10-06"), "date_in_future"),
    ("filed tomorrow", "裁判", judgment(立案日期="2026-10-06", day="2026-10-06"), "date_in_future"),
    (
        "a case of next year",
        "排庭",
        hearing(案号="（2027）鲁1602行初1号", day="2027-01-12"),
        "date_in_future",
    ),
    ("its first instance of next year", "裁判", judgment(关联案号="（2027）鲁1602行初1号"), "date_in_future"),
    ("a hearing in a year to the day", "排庭", hearing(day="2027-10-05"), None),
    ("a hearing a day later", "排庭", hearing(day="2027-10-06"), "date_too_far"),
    ("a hearing in 2062", "排庭", hearing(day="2062-10-12"), "date_too_far"),
]


@pytest.mark.parametrize(("what", "sheet", "row", "code"), DAYS, ids=[case[0] for case in DAYS])
def test_what_has_happened_lies_before_the_receipt_and_a_hearing_within_a_year(send, what, sheet, row, code):
    upload = send(workbook(**{sheet: [row]}), on="2026-10-05")
    errors = {code for code, *_, severity in found(upload) if severity == "error"}
    assert errors == ({code} if code else set())
    assert held(upload) == (1 if code else 0)


def test_a_row_held_for_its_day_is_right_when_the_day_has_come(send, world):
    upload = send(workbook(出庭=[appearance(day="2026-10-06")]), on="2026-10-05")
    assert held(upload) == 1
    check_again(upload, author=Author(send.at("2026-10-06")), law=world.law)
    assert held(upload) == 0


def test_an_agency_that_was_no_defendant_is_asked_about_and_becomes_one_only_when_affirmed(send, world):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    told = workbook(
        出庭=[appearance(day="2026-10-12", agency="滨城区政府")],
        裁判=[judgment(day="2026-10-20", 被诉行政机关="滨城区政府")],
    )
    upload = send(told, on="2026-11-02")
    assert found(upload) == [("defendant_new", "出庭", 2, "error"), ("defendant_new", "裁判", 2, "error")]
    assert [sheet["creates"]["defendants"] for sheet in upload.report["sheets"]] == [0, 0]
    message = upload.report["issues"][0]["message"]
    assert message == "（2026）鲁1602行初1号已知的被告里没有滨城区政府。"
    author = Author(send.at("2026-11-02"))
    affirm_rows(upload, [("出庭", 2, "defendant_new")], author=author)
    check_again(upload, author=author, law=world.law)
    assert found(upload) == [("defendant_new", "出庭", 2, "warning"), ("defendant_new", "裁判", 2, "error")]
    assert upload.report["new_defendants"] == [("（2026）鲁1602行初1号", "滨城区政府")]
    confirm(upload, author=author, law=world.law)
    assert set(Lane.objects.values_list("organisation__code", flat=True)) == {"371602-GA", "371602-GOV"}


def test_nobody_affirms_what_was_not_asked(send):
    upload = send(workbook(排庭=[hearing()]))
    with pytest.raises(NoSuchCell):
        affirm_rows(upload, [("排庭", 2, "defendant_new")], author=Author(send.at("2026-10-05")))


def test_the_successor_of_a_defendant_is_no_new_one(send, world):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    world.police.valid_to, world.police.successor = date(2026, 10, 31), world.government
    world.police.save()
    decided = judgment(day="2026-11-01", 被诉行政机关="滨城区政府")
    upload = send.apply(workbook(裁判=[decided]), month="2026-11", on="2026-11-02")
    assert found(upload) == []
    assert Lane.objects.get().organisation_id == world.police.pk


def test_an_appearance_of_a_case_that_nobody_told_of_is_asked_about(send):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    upload = send(workbook(出庭=[appearance(2, day="2026-10-12")]), on="2026-11-02")
    assert found(upload) == [("not_on_schedule", "出庭", 2, "error")]
    assert upload.report["issues"][0]["asks"]


@pytest.mark.parametrize(
    ("code", "severity"),
    [("鲁0304", "error"), ("鲁1699", "warning"), ("鲁9999", "warning"), ("冀0304", "warning")],
)
def test_a_court_of_another_city_of_the_province_is_asked_about(send, code, severity):
    upload = send(workbook(排庭=[hearing(案号=f"（2026）{code}行初1号")]))
    assert found(upload) == [("court_unknown", "排庭", 2, severity)]


def test_what_a_file_brings_is_counted_by_sheet_before_and_after(send, world):
    told = workbook(
        排庭=[hearing(1), hearing(2, agency="滨城区公安局、滨城区政府")],
        裁判=[judgment("（2026）鲁1602行初9号", 送达日期="2026-09-20")],
    )
    upload = send(told)
    counts = [sheet["creates"] for sheet in upload.report["sheets"]]
    assert [(c["cases"], c["defendants"]) for c in counts] == [(2, 3), (1, 1)]
    effects = expected_effects(upload, author=Author(upload.uploaded_at), law=world.law)
    assert not Case.objects.exists()
    assert sum(effects.created.values()) == effects.deadlines["created"] > 0
    assert set(effects.created) == {"排庭", "裁判"}
    confirm(upload, author=Author(upload.uploaded_at), law=world.law)
    assert Upload.objects.get().effects["created"] == effects.created


COLUMNS = ("案号", "开庭日期", "是否开庭", "被诉行政机关", "负责人是否出庭", "出庭负责人姓名")
POLICE, GOVERNMENT = "滨城区公安局", "滨城区政府"


def row(**told):
    return [told.get(name) for name in COLUMNS]


# A row under the headers (a row with a case above and below), and for what it is taken (nothing: it is held).
BETWEEN = [
    ("a second defendant", row(被诉行政机关=GOVERNMENT), None),
    ("a second head", row(出庭负责人姓名="李某"), None),
    ("a day alone", row(开庭日期=date(2026, 9, 11)), None),
    (
        "full, and like a signature",
        row(案号="经办行初3", 开庭日期=date(2026, 9, 10), 被诉行政机关=POLICE),
        None,
    ),
    ("its number a word", row(案号="庭长张某", 开庭日期="9.10", 被诉行政机关=POLICE), None),
    ("signatures in cells of their own", ["经办人", "张某", "审核人", "李某"], "signature"),
    ("a subtotal", ["小计", None, "2 件", "2", "50%", "1 人"], "subtotal"),
    ("a signature", ["填报人：林某", None, "审核人：丁某", None, "联系电话：0543-1", None], "signature"),
    ("a note", ["附：另有三件未排"], "signature"),
    ("headers again", ["案号", "开庭日期", "是否开庭", "被诉行政机关"], "repeated_header"),
    ("blank", [None], "blank"),
]


@pytest.mark.parametrize(("what", "between", "why"), BETWEEN, ids=[case[0] for case in BETWEEN])
def test_a_row_with_data_is_never_passed_over(send, what, between, why):
    upload = send(workbook(出庭=[appearance(1), appearance(2), appearance(3)]), on="2026-10-05")
    book = workbook(出庭=[appearance(1), between, appearance(2)])
    upload = send(book, on="2026-10-05")
    [sheet] = upload.report["sheets"]
    assert [(r["row"], r["why"]) for r in sheet["ignored_rows"]] == ([(3, why)] if why else [])
    assert (sheet["accepted"], sheet["held"]) == (2, 0 if why else 1)
    assert sheet["rows_read"] == 3


def test_a_row_that_was_passed_over_is_taken_in_by_a_press(send, world, cast, client_of):
    book = workbook(出庭=[appearance(1), ["本表不含简易程序"]])
    upload = send(book, on="2026-10-05")
    clerk = client_of(cast.clerk)
    page = clerk.get(reverse("courts:check", args=[upload.pk])).content.decode()
    assert "本表不含简易程序" in page
    author = Author(send.at("2026-10-05"))
    affirm_rows(upload, [("出庭", 3, TAKEN_IN)], author=author)
    check_again(upload, author=author, law=world.law)
    [sheet] = upload.report["sheets"]
    assert (sheet["accepted"], sheet["held"], sheet["ignored"]) == (1, 1, 0)


@pytest.mark.parametrize(("month", "open_"), [("2026-10", True), ("2026-11", True), ("2026-12", False)])
def test_a_court_tells_of_this_month_and_the_next_and_of_none_beyond(
    world, cast, client_of, today, month, open_
):
    clerk = client_of(cast.clerk)
    page = clerk.get(reverse("courts:month", args=[month])).content.decode()
    assert ("上传并检查" in page) == open_
    said = clerk.post(reverse("courts:nil", args=[month, "schedule"]), {"schedule-sure": "on"})
    assert said.status_code == (302 if open_ else 422)
    assert Upload.objects.exists() == open_
    told = clerk.post(
        "/api/v1/notifications/nil/", {"month": month, "kind": "judgments"}, content_type="application/json"
    )
    assert told.status_code == (201 if open_ else 400)
    if not open_:
        words = "2026年12月还不能报送，最远可报下月（2026年11月）。请核对月份。"
        assert words in page
        assert told.json()["errors"] == [{"field": "month", "message": words}]
