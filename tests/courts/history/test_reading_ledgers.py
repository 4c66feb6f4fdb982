"""What ledgers call their columns, how they write what they mean, and rows that say two things."""

from datetime import date

import pytest

from cases.models import AppearanceStatement, Case, Decision, Hearing, Obligation
from tests.courts.court_sheets import as_bytes, workbook
from tests.courts.history.conftest import counts, faults
from tests.courts.history.ledgers import COUNTY, GOVERNMENT, POLICE, line

NUMBER = COUNTY.format(1)


def sheet(*rows, name="台账"):
    return as_bytes(workbook(**{name: list(rows)}))


def test_headers_of_two_rows_and_other_names_are_matched(take_in):
    book = sheet(
        ["案号", "应诉单位", "受理时间", "开庭审理", None, None, "裁判", None, "胜败诉情况"],
        [None, None, None, "日期", "行政机关负责人是否出庭", "出庭人", "时间", "结果", None],
        [NUMBER, POLICE, "2024.1.8", "2024.3.5", "是", "李某", "2024年4月10日", "驳回诉讼请求", "胜诉"],
    )
    _, document = take_in(book=book, column=["日期=开庭日期", "时间=裁判日期", "结果=裁判结果"], confirm=True)
    assert (document["year"], counts(document)[:3]) == (2024, (1, 1, 0))
    assert Case.objects.get().filed_on == date(2024, 1, 8)
    assert Hearing.objects.get().day == date(2024, 3, 5)
    assert (Decision.objects.get().kind, Decision.objects.get().decided_on) == ("判决", date(2024, 4, 10))


@pytest.mark.parametrize(
    ("name", "sheet_name", "year"),
    [("2019年.xlsx", "台账", 2019), ("台账.xlsx", "2020年", 2020), ("台账.xlsx", "台账", 2024)],
)
def test_the_year_is_that_of_the_file_of_the_sheet_or_of_the_numbers(take_in, name, sheet_name, year):
    book = sheet(["案号", "被告", "开庭日期"], ["（2018）鲁1602行初1号", POLICE, "3月5日"], name=sheet_name)
    if year == 2024:
        book = sheet(["案号", "被告", "开庭日期"], [NUMBER, POLICE, "12月5日"], name=sheet_name)
    _, document = take_in(book=book, name=name, confirm=True)
    assert (document["year"], Hearing.objects.get().day.year) == (year, year)


def test_what_is_said_beats_every_guess(take_in):
    take_in(line(NUMBER, 开庭日期="1月9日"), year=2025, confirm=True)
    assert Hearing.objects.get().day == date(2025, 1, 9)


OUTCOMES = [
    ("驳回上诉，维持原判", "（2024）鲁16行终1号", "判决"),
    ("驳回上诉，维持原裁定", "（2024）鲁16行终1号", "裁定"),
    ("驳回起诉", NUMBER, "裁定"),
    ("准许撤回起诉", NUMBER, "裁定"),
    ("撤销被诉行政行为", NUMBER, "判决"),
]


@pytest.mark.parametrize(("words", "number", "kind"), OUTCOMES)
def test_the_result_tells_the_document(take_in, words, number, kind):
    code, _ = take_in(line(number, 裁判日期="2024-04-10", 裁判结果=words), confirm=True)
    assert (code, Decision.objects.get().kind) == (0, kind)


CODES = [
    ({"裁判结果": "判决驳回原告诉讼请求"}, [(2, "L2", "required_missing", "error")]),
    ({"裁判日期": "2024-04-10"}, [(2, "M2", "required_missing", "error")]),
    ({"裁判日期": "2024-04-10", "裁判结果": "驳回上诉"}, [(2, "M2", "outcome_unknown", "error")]),
    ({"负责人是否出庭": "是"}, [(2, "H2", "appearance_undated", "warning")]),
    ({"开庭日期": "2024-03-05", "出庭人": "李某"}, [(2, "I2", "attendance_untold", "warning")]),
    ({"开庭日期": "2024-03-05", "立案日期": "2024-04-01"}, [(2, "G2", "date_before_filing", "error")]),
    ({"开庭日期": "2026-11-05"}, [(2, "G2", "date_in_future", "error")]),
]


@pytest.mark.parametrize(("told", "expected"), CODES)
def test_what_a_row_leaves_unclear_is_named(take_in, told, expected):
    code, document = take_in(line(NUMBER, **told))
    assert (code, faults(document)) == (int(expected[0][3] == "error"), expected)


@pytest.mark.parametrize(
    ("number", "code"),
    [("（2024）鲁1699行初1号", "court_unlisted"), (f"{NUMBER}、（2024）鲁16行终2号", "several_courts")],
)
def test_a_row_belongs_to_one_known_court(take_in, number, code):
    _, document = take_in(line(number))
    assert faults(document) == [(2, "B2", code, "error")]


def test_words_about_performance_that_nobody_can_read_are_kept(take_in):
    told = {
        "裁判日期": "2024-04-10",
        "裁判结果": "判决被告限期履行法定职责",
        "履行情况": "已于六月重新作出决定",
    }
    code, document = take_in(line(NUMBER, **told), confirm=True)
    assert (code, faults(document)) == (0, [(2, "Q2", "performance_unread", "warning")])
    owed = Obligation.objects.get()
    assert (owed.state, owed.proof) == ("not_due", "已于六月重新作出决定")


def test_a_second_hearing_is_a_second_row_that_may_repeat_the_decision(take_in):
    decided = {"裁判日期": "2024-06-10", "裁判结果": "判决驳回原告诉讼请求"}
    rows = [
        line(NUMBER, 开庭日期=day, 负责人是否出庭="是", **decided) for day in ("2024-03-05", "2024-04-08")
    ]
    code, document = take_in(*rows, confirm=True)
    assert (code, counts(document)[1], Hearing.objects.count(), Decision.objects.count()) == (0, 2, 2, 1)
    assert AppearanceStatement.objects.count() == 2


def test_rows_that_contradict_each_other_are_held_and_a_repeated_one_is(take_in):
    told = {"开庭日期": "2024-03-05", "负责人是否出庭": "是"}
    rows = [
        line(NUMBER, **told, 裁判日期="2024-06-10", 裁判结果="判决驳回原告诉讼请求"),
        line(NUMBER, GOVERNMENT, **told, 裁判日期="2024-06-11", 裁判结果="判决驳回原告诉讼请求"),
        line(COUNTY.format(2), **told),
        line(COUNTY.format(2), **told),
    ]
    code, document = take_in(*rows)
    assert (code, [(row, code) for row, _, code, _ in faults(document)]) == (
        1,
        [(2, "conflicts_with_row"), (3, "conflicts_with_row"), (5, "duplicate_row")],
    )


def test_notifications_are_read_as_before_though_a_ledger_has_more_columns(send):
    upload = send(workbook(台账=[["案号", "被告", "履行情况"], [NUMBER, POLICE, "已履行"]]))
    assert upload.refusal_code == "no_known_sheet"
