"""Every fault of a row: its code, and the row, column and cell of the clerk's own file."""

from datetime import date

import pytest

from tests.courts.court_sheets import SCHEDULE, appearance, hearing, judgment, workbook

# what, sheet, rows under the headers (row 1), the issues expected: code, row, column, cell
ERRORS = [
    ("no agency", "排庭", [hearing(agency=None)], [("required_missing", 2, "被诉行政机关", "E2")]),
    ("agency is 无", "排庭", [hearing(agency="无")], [("agency_unknown", 2, "被诉行政机关", "E2")]),
    ("no number", "排庭", [hearing(案号=None)], [("required_missing", 2, "案号", "A2")]),
    ("no serial", "排庭", [hearing(案号="（2026）鲁1602行初号")], [("case_number_invalid", 2, "案号", "A2")]),
    (
        "civil",
        "排庭",
        [hearing(案号="（2026）鲁1602民初1号")],
        [("case_number_not_administrative", 2, "案号", "A2")],
    ),
    (
        "行审",
        "排庭",
        [hearing(案号="（2026）鲁1602行审1号")],
        [("case_number_not_administrative", 2, "案号", "A2")],
    ),
    (
        "行保",
        "排庭",
        [hearing(案号="（2026）鲁1602行保1号")],
        [("case_number_not_administrative", 2, "案号", "A2")],
    ),
    (
        "enforcement",
        "排庭",
        [hearing(案号="（2026）鲁1602执1号")],
        [("case_number_not_administrative", 2, "案号", "A2")],
    ),
    ("other court", "排庭", [hearing(案号="（2026）鲁1603行初1号")], [("court_mismatch", 2, "案号", "A2")]),
    (
        "other court later in a list",
        "排庭",
        [hearing(案号="（2026）鲁1602行初1号、（2026）鲁1603行初2号")],
        [("court_mismatch", 2, "案号", "A2")],
    ),
    (
        "unknown agency",
        "排庭",
        [hearing(agency="滨城区水产局")],
        [("agency_unknown", 2, "被诉行政机关", "E2")],
    ),
    (
        "ambiguous agency",
        "排庭",
        [hearing(agency="执法大队")],
        [("agency_ambiguous", 2, "被诉行政机关", "E2")],
    ),
    ("no such day", "排庭", [hearing(day="10.32")], [("date_invalid", 2, "开庭日期", "F2")]),
    ("no such hour", "排庭", [hearing(hour="25:00")], [("date_invalid", 2, "开庭时间", "G2")]),
    ("day is 无", "排庭", [hearing(day="无")], [("date_invalid", 2, "开庭日期", "F2")]),
    (
        "before the year of filing",
        "排庭",
        [hearing(day="2025-10-12")],
        [("date_out_of_month", 2, "开庭日期", "F2"), ("date_before_filing", 2, "开庭日期", "F2")],
    ),
    (
        "before filing",
        "裁判",
        [judgment(立案日期="2026-09-11")],
        [("date_before_filing", 2, "裁判日期", "D2")],
    ),
    ("unknown instance", "排庭", [hearing(审理程序="四审")], [("choice_unknown", 2, "审理程序", "B2")]),
    ("unknown answer", "出庭", [appearance(came="也许")], [("choice_unknown", 2, "负责人是否出庭", "E2")]),
    ("no answer", "出庭", [appearance(came=None)], [("required_missing", 2, "负责人是否出庭", "E2")]),
    ("answer 不适用", "出庭", [appearance(came="不适用")], [("choice_unknown", 2, "负责人是否出庭", "E2")]),
    ("unknown state", "出庭", [appearance(是否开庭="再说")], [("choice_unknown", 2, "是否开庭", "C2")]),
    ("unknown document", "裁判", [judgment(document="通知")], [("choice_unknown", 2, "文书类型", "E2")]),
    ("document is 无", "裁判", [judgment(document="无")], [("choice_unknown", 2, "文书类型", "E2")]),
    ("unknown outcome", "裁判", [judgment(result="详见文书")], [("outcome_unknown", 2, "裁判结果", "F2")]),
    ("twice the same", "排庭", [hearing(), hearing()], [("duplicate_row", 3, "案号", "A3")]),
    (
        "two hours",
        "排庭",
        [hearing(hour="9:00"), hearing(hour="10:00")],
        [("conflicts_with_row", 2, "案号", "A2"), ("conflicts_with_row", 3, "案号", "A3")],
    ),
    (
        "two hours, two agencies",
        "排庭",
        [hearing(hour="9:00"), hearing(hour="10:00", agency="滨城区人民政府")],
        [("conflicts_with_row", 2, "案号", "A2"), ("conflicts_with_row", 3, "案号", "A3")],
    ),
    (
        "long name",
        "出庭",
        [appearance(出庭负责人姓名="王" * 101)],
        [("value_too_long", 2, "出庭负责人姓名", "F2")],
    ),
    ("long agency", "排庭", [hearing(agency="局" * 201)], [("value_too_long", 2, "被诉行政机关", "E2")]),
    ("long cause", "排庭", [hearing(案由="由" * 501)], [("value_too_long", 2, "案由", "C2")]),
    ("long note", "排庭", [hearing(备注="注" * 5001)], [("value_too_long", 2, "备注", "I2")]),
    ("formula", "排庭", [hearing(hour="=1/3")], [("formula_not_allowed", 2, "开庭时间", "G2")]),
    (
        "served before decided",
        "裁判",
        [judgment(送达日期="2026-09-09")],
        [("date_before_filing", 2, "送达日期", "H2")],
    ),
    ("bad origin", "裁判", [judgment(关联案号="行初号")], [("case_number_invalid", 2, "关联案号", "J2")]),
]


def found(upload):
    return [
        (issue["code"], issue["row"], issue["column"], issue["cell"]) for issue in upload.report["issues"]
    ]


def counts(upload):
    return {
        name: sum(sheet[name] for sheet in upload.report["sheets"])
        for name in ("rows_read", "accepted", "held", "ignored", "added", "changed", "unchanged", "missing")
    }


@pytest.mark.parametrize(("what", "sheet", "rows", "expected"), ERRORS, ids=[row[0] for row in ERRORS])
def test_a_fault_is_told_with_its_cell_and_holds_its_row(send, what, sheet, rows, expected):
    upload = send(workbook(**{sheet: rows}))
    assert sorted(found(upload)) == sorted(expected)
    held = {row for code, row, *_ in expected if code != "date_out_of_month"}
    assert counts(upload)["held"] == len(held)
    assert counts(upload)["accepted"] == len(rows) - len(held)


def test_all_faults_of_a_row_are_told_at_once(send):
    row = hearing(案号="第1号", agency="滨城区水产局", day="10.32", hour="25:00", 审理程序="四审")
    assert {code for code, *_ in found(send(workbook(排庭=[row])))} == {
        "case_number_invalid", "agency_unknown", "date_invalid", "choice_unknown",
    }  # fmt: skip
    row = judgment(result="详见文书", 送达日期="9.32", 关联案号="行初号")
    assert {cell for *_, cell in found(send(workbook(裁判=[row])))} == {"F2", "H2", "J2"}


WARNINGS = [
    ("unknown code", "排庭", hearing(案号="（2026）鲁9999行初1号"), "court_unknown", "A2"),
    ("month after", "排庭", hearing(day="2026-11-01"), "date_out_of_month", "F2"),
    ("two months before", "出庭", appearance(day="2026-08-31"), "date_out_of_month", "B2"),
    (
        "decided after the month",
        "裁判",
        judgment(day="2026-11-01"),
        "date_out_of_month",
        "D2",
    ),  # told on 11-02
]


@pytest.mark.parametrize(("what", "sheet", "row", "code", "cell"), WARNINGS, ids=[row[0] for row in WARNINGS])
def test_a_warning_does_not_hold(send, what, sheet, row, code, cell):
    upload = send(workbook(**{sheet: [row]}), on="2026-11-02")
    assert [(issue["code"], issue["cell"], issue["severity"]) for issue in upload.report["issues"]] == [
        (code, cell, "warning")
    ]
    assert counts(upload)["accepted"] == 1


def test_not_on_schedule_only_where_a_schedule_was_received(send):
    rows = [appearance(day="2026-10-13")]
    assert found(send(workbook(出庭=rows), on="2026-11-02")) == []
    upload = send(workbook(排庭=[hearing()], 出庭=rows), on="2026-11-02")
    assert found(upload) == [("not_on_schedule", 2, "案号", "A2")]
    assert counts(upload)["held"] == 0


def test_a_hearing_before_the_recorded_filing_is_held(send):
    send.apply(workbook(裁判=[judgment(立案日期="2026-03-02")]))
    upload = send(workbook(排庭=[hearing(day="2026-02-02")]), month="2026-02")
    assert found(upload) == [("date_before_filing", 2, "开庭日期", "F2")]


def test_the_value_shown_is_the_cells_own(send):
    upload = send(workbook(排庭=[hearing(day="10.32"), hearing(serial=2, day=date(2026, 11, 2))]))
    assert [issue["value"] for issue in upload.report["issues"]] == ["10.32", "2026-11-02"]


def test_duplicates_across_two_sheets_of_a_kind_name_the_other_sheet(send):
    upload = send(workbook(排庭一=[SCHEDULE, hearing()], 排庭二=[SCHEDULE, hearing()]))
    [issue] = upload.report["issues"]
    assert (issue["code"], issue["sheet"], issue["row"]) == ("duplicate_row", "排庭二", 2)
    assert "“排庭一”第 2 行" in issue["message"]


def test_unmatched_agencies_come_with_candidates(send):
    upload = send(workbook(排庭=[hearing(agency="滨城区公按局"), hearing(serial=2, agency="滨城区公按局")]))
    [unmatched] = upload.report["unmatched_agencies"]
    assert (unmatched["name"], unmatched["rows"]) == ("滨城区公按局", [2, 3])
    assert unmatched["candidates"][0]["name"] == "滨州市公安局滨城分局"
    assert 0.6 <= unmatched["candidates"][0]["score"] < 1
