"""What a court's file may say that is surprising: it is asked about, counted before it happens, and never skipped."""

import json
from datetime import date, datetime, time

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases.models import Case, Deadline, Lane
from courts.models import Upload
from courts.notifications.confirmation import confirm, expected_effects
from courts.uploads.background import check_again
from courts.uploads.corrections import TAKEN_IN, NoSuchCell, affirm_rows
from organisations.authors import Author
from tests.courts.court_sheets import (
    APPEARANCES,
    JUDGMENTS,
    SCHEDULE,
    appearance,
    as_bytes,
    hearing,
    judgment,
    workbook,
)


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


# The day's cell, the hour's cell, and the hour that is read (nothing: the row is held)
HOURS = [
    ("2026-10-12", "9:00", time(9)),
    ("2026-10-12 9:00", None, time(9)),
    ("2026-10-12 9:00", "9:00", time(9)),
    ("2026-10-12 9:00", "14:30", None),
    ("2026-10-12", "10月12日 14:30", time(14, 30)),
    ("2026-10-12", "2026年10月12日下午2点半", time(14, 30)),
    ("2026-10-12", "10-13 14:30", None),
    ("2026-10-12", datetime(2026, 10, 13, 14, 30), None),
    ("2026-10-12", datetime(2026, 10, 12, 14, 30), time(14, 30)),
    ("2026-10-12", "中午1点", time(13)),
    ("2026-10-12", "中午11点半", time(11, 30)),
    ("2026-10-12", "中午12点", time(12)),
]


@pytest.mark.parametrize(("day", "hour", "read"), HOURS)
def test_two_cells_that_give_the_hour_agree_or_the_row_is_held(send, day, hour, read):
    upload = send(workbook(排庭=[hearing(day=day, hour=hour)]))
    assert [code for code, *_ in found(upload)] == ([] if read else ["hour_contradicts_date"])
    told = [row["hearing"]["time"] for row in upload.rows["facts"]]
    assert told == ([read.isoformat()] if read else [])


def test_columns_under_one_header_are_read_together_where_several_may_stand(send):
    headers = ["案号", "开庭日期", "被告", "被告", "原告", "原告"]
    upload = send(
        workbook(排庭表=[headers, ["（2026）鲁1602行初1号", "2026-10-12", POLICE, GOVERNMENT, "甲", "乙"]])
    )
    [row] = upload.rows["facts"]
    assert [name for _, name in row["agencies"]] == [POLICE, GOVERNMENT]
    assert row["case"]["plaintiffs"] == "甲、乙"
    assert upload.report["questions"] == []


def test_columns_under_one_header_that_contradict_each_other_are_asked_about(send):
    headers = ["案号", "开庭日期", "被告", "法庭", "法庭"]
    rows = [headers, ["（2026）鲁1602行初1号", "2026-10-12", POLICE, "一庭", "二庭"]]
    upload = send(workbook(排庭表=rows))
    assert [(q["code"], "D、E" in q["message"]) for q in upload.report["questions"]] == [
        ("column_twice", True)
    ]


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"])
@pytest.mark.parametrize("column", ["履行内容", "履行期限", "送达日期", "败诉原因"])
def test_an_error_is_never_a_value(send, column, value):
    book = workbook(裁判=[judgment(**({column: value} if column in JUDGMENTS else {}))])
    if column not in JUDGMENTS:
        book["裁判"].cell(1, 15, column)
        book["裁判"].cell(2, 15, value)
    assert [code for code, *_ in found(send(book))] == ["error_value"]


def titled(title, rows):
    return workbook(排庭表=[[title], SCHEDULE, *rows])


# The title, the name of the file, the days; the month that contradicts 2026-10 (nothing: none does)
MONTHS = [
    ("滨城区法院2026年10月排庭表", "通报.xlsx", "2026-10-12", ""),
    ("滨城区法院2026年11月排庭表", "通报.xlsx", "2026-10-12", "2026-11"),
    ("二〇二六年十一月排庭表", "通报.xlsx", "2026-10-12", "2026-11"),
    ("11月份开庭安排", "通报.xlsx", "2026-10-12", "2026-11"),
    ("排庭表（2026年10月5日填报）", "通报.xlsx", "2026-10-12", ""),
    ("2026年10月至11月排庭", "通报.xlsx", "2026-10-12", ""),
    ("排庭表", "鲁1602-2026-11.xlsx", "2026-10-12", "2026-11"),
    ("排庭表", "11月排庭.xlsx", "2026-10-12", "2026-11"),
    ("2026年10月排庭表", "鲁1602-2026-11.xlsx", "2026-10-12", ""),
    ("排庭表", "通报.xlsx", "2026-11-12", "2026-11"),
    ("排庭表", "20261105.xlsx", "2026-10-12", ""),
]


@pytest.mark.parametrize(("title", "name", "day", "told"), MONTHS)
def test_a_file_of_another_month_is_asked_about_once(send, title, name, day, told):
    upload = send(titled(title, [hearing(serial, day=day) for serial in (1, 2, 3)]), name=name)
    assert [(q["code"], q["month"]) for q in upload.report["questions"]] == (
        [("month_differs", told)] if told else []
    )


def test_appearances_of_the_month_before_are_no_contradiction(send):
    book = workbook(**{"9月出庭": [APPEARANCES, appearance()]})
    assert send(book, name="9月出庭情况.xlsx").report["questions"] == []


def test_the_month_is_changed_or_said_to_be_right_before_anything_takes_effect(send, cast, client_of, today):
    upload = send(titled("2026年11月排庭表", [hearing(day="2026-11-12")]))
    clerk = client_of(cast.clerk)
    page = clerk.get(reverse("courts:check", args=[upload.pk])).content.decode()
    assert "表里写的是2026年11月，您正在报2026年10月。改报2026年11月？" in page
    refused = clerk.post(reverse("courts:confirm", args=[upload.pk]), {"plan": upload.plan_hash})
    assert refused.status_code == 422
    assert not Case.objects.exists()
    clerk.post(reverse("courts:remonth", args=[upload.pk]))
    upload.refresh_from_db()
    assert (f"{upload.month:%Y-%m}", upload.report["questions"], upload.report["issues"]) == (
        "2026-11",
        [],
        [],
    )
    clerk.post(reverse("courts:confirm", args=[upload.pk]), {"plan": upload.plan_hash})
    assert Case.objects.count() == 1


def test_a_month_that_is_right_all_the_same_is_told_with_a_tick(send, cast, client_of, today):
    upload = send(titled("2026年11月排庭表", [hearing(day="2026-10-12")]))
    sure = {"plan": upload.plan_hash, "month_is_right": "on"}
    assert client_of(cast.clerk).post(reverse("courts:confirm", args=[upload.pk]), sure).status_code == 302
    assert Case.objects.count() == 1


def test_the_command_reports_what_it_did_and_names_the_earlier_receipt(world, tmp_path, capsys, today):
    path = tmp_path / "10月.xlsx"
    path.write_bytes(as_bytes(workbook(排庭=[hearing()])))
    told = []
    for _ in range(2):
        call_command("receive_notification", path, court="鲁1602", month="2026-10", confirm=True, json=True)
        told.append(json.loads(capsys.readouterr().out))
    counts = [[(s["added"], s["changed"], s["unchanged"]) for s in each["sheets"]] for each in told]
    assert counts == [[(1, 0, 0)], [(0, 0, 1)]]
    assert [each["sheets"][0]["creates"]["cases"] for each in told] == [1, 0]
    assert told[0]["sheets"][0]["creates"]["deadlines"] == Deadline.objects.count() > 0
    assert told[1]["sheets"][0]["creates"]["deadlines"] == 0
    assert told[0]["receipt"]["number"] == told[1]["receipt"]["number"]


def noticed(upload):
    return [(n["code"], n["sheet"], n["row"], n["severity"]) for n in upload.report["notices"]]


def test_a_fault_names_the_case_and_the_agency_as_written(send, cast, client_of):
    upload = send(workbook(排庭=[hearing(7, day="10.32")]))
    assert upload.report["issues"][0]["about"] == "（2026）鲁1602行初7号　滨城区公安局"
    page = client_of(cast.clerk).get(reverse("courts:check", args=[upload.pk])).content.decode()
    assert "（2026）鲁1602行初7号　滨城区公安局" in page


def test_what_is_said_by_half_gets_a_word_and_holds_nothing(send):
    told = workbook(
        排庭=[hearing(1, day="2026-10-17")],
        出庭=[appearance(1, 出庭负责人姓名="李某"), appearance(2)],
        裁判=[
            judgment("（2026）鲁1602行初3号", "判决赔偿", 履行期限="尽快"),
            judgment("（2026）鲁1602行初4号", "判决赔偿", 履行期限="判决生效之日起30日内"),
        ],
    )
    upload = send(told)
    assert held(upload) == 0
    words = [each for each in noticed(upload) if each[0] in {"day_off", "head_unnamed", "period_vague"}]
    assert words == [
        ("day_off", "排庭", 2, "warning"),
        ("head_unnamed", "出庭", 3, "warning"),
        ("period_vague", "裁判", 2, "warning"),
    ]
