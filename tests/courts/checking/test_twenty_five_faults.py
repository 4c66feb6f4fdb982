"""A workbook of three sheets with 25 seeded faults: one pass tells and marks all; the rest goes through."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter

from courts.models import HeldRow
from courts.notifications.acknowledgement import annotated
from courts.notifications.confirmation import confirm
from organisations.authors import Author
from tests.courts.court_sheets import HEADERS, appearance, as_bytes, hearing, judgment

HEADER_ROW, FIRST_ROW = 2, 3
TEXT_LIKE_A_FORMULA = "= 见附件"
BESIDE = "问题与改法"
ERRORS = {
    "required_missing", "case_number_invalid", "case_number_not_administrative", "court_mismatch",
    "agency_unknown", "agency_ambiguous", "date_invalid", "date_before_filing", "choice_unknown",
    "duplicate_row", "conflicts_with_row", "outcome_unknown", "value_too_long", "formula_not_allowed",
    "not_on_schedule",  # of a case that nobody told of: held until somebody says that it is so
}  # fmt: skip
WARNINGS = {"court_unknown", "date_out_of_month"}

# The rows from the first one under the headers (row 3); where nothing else is wanted the serial is the row.
ROWS = {
    "排庭": [
        hearing(3, day=date(2026, 10, 12)),
        hearing(案号=None),
        hearing(案号="（2026）鲁1602行初号"),
        hearing(案号="（2026）鲁1602民初6号"),
        hearing(案号="（2026）鲁1603行初7号"),
        hearing(8, agency="滨城区水产局"),
        hearing(9, agency="执法大队"),
        hearing(10, day="10.32"),
        hearing(11, 审理程序="四审"),
        hearing(3, day=date(2026, 10, 12)),
        hearing(13, hour="9:00"),
        hearing(13, hour="10:00"),
        hearing(15, 案由="由" * 501),
        hearing(16, hour="=1/3"),
        hearing(案号="（2026）鲁9999行初17号"),
        hearing(18, day="2026-11-03"),
        hearing(19, day="2026年10月28日", 备注=TEXT_LIKE_A_FORMULA),
    ],
    "出庭": [
        appearance(3, day="2026-10-12", 出庭负责人姓名="王某", 职务="局长", 职级="正职"),
        appearance(4, came=None),
        appearance(5, 是否开庭="再说"),
        appearance(6, 出庭负责人姓名="王" * 101),
        appearance(77, day="2026-10-12"),
        appearance(8, day="2026-08-31"),
        appearance(9, day="2026-09-01"),
        appearance(10, came="否", 未出庭理由="公务"),
    ],
    "裁判": [
        judgment("（2026）鲁1602行初103号", 立案日期=date(2026, 3, 2)),
        judgment("（2026）鲁1602行初104号", "详见文书"),
        judgment("（2026）鲁1602行初105号", 立案日期="2026-09-11"),
        judgment("（2026）鲁1602行初106号", document="通知"),
        judgment("（2026）鲁1602行初107号", day="=TODAY()"),
        # Its filing makes the appearance of case 9, on another sheet, too early.
        judgment("（2026）鲁1602行初9号", 立案日期="2026-09-05", day="2026-10-20"),
    ],
}

EXPECTED = [
    ("排庭", 4, "案号", "required_missing"),
    ("排庭", 5, "案号", "case_number_invalid"),
    ("排庭", 6, "案号", "case_number_not_administrative"),
    ("排庭", 7, "案号", "court_mismatch"),
    ("排庭", 8, "被诉行政机关", "agency_unknown"),
    ("排庭", 9, "被诉行政机关", "agency_ambiguous"),
    ("排庭", 10, "开庭日期", "date_invalid"),
    ("排庭", 11, "审理程序", "choice_unknown"),
    ("排庭", 12, "案号", "duplicate_row"),
    ("排庭", 13, "案号", "conflicts_with_row"),
    ("排庭", 14, "案号", "conflicts_with_row"),
    ("排庭", 15, "案由", "value_too_long"),
    ("排庭", 16, "开庭时间", "formula_not_allowed"),
    ("排庭", 17, "案号", "court_unknown"),
    ("排庭", 18, "开庭日期", "date_out_of_month"),
    ("出庭", 4, "负责人是否出庭", "required_missing"),
    ("出庭", 5, "是否开庭", "choice_unknown"),
    ("出庭", 6, "出庭负责人姓名", "value_too_long"),
    ("出庭", 7, "案号", "not_on_schedule"),
    ("出庭", 8, "开庭日期", "date_out_of_month"),
    ("出庭", 9, "开庭日期", "date_before_filing"),
    ("裁判", 4, "裁判结果", "outcome_unknown"),
    ("裁判", 5, "裁判日期", "date_before_filing"),
    ("裁判", 6, "文书类型", "choice_unknown"),
    ("裁判", 7, "裁判日期", "formula_not_allowed"),
]

# What the clerk writes into the held rows. Row 13 was right all along: its contradiction was row 14.
CORRECTIONS = {
    ("排庭", 4): {"案号": "（2026）鲁1602行初4号"},
    ("排庭", 5): {"案号": "（2026）鲁1602行初5号"},
    ("排庭", 6): {"案号": "（2026）鲁1602行初6号"},
    ("排庭", 7): {"案号": "（2026）鲁1602行初7号"},
    ("排庭", 8): {"被诉行政机关": "滨城区公安局"},
    ("排庭", 9): {"被诉行政机关": "滨城区公安局"},
    ("排庭", 10): {"开庭日期": "10.30"},
    ("排庭", 11): {"审理程序": "一审"},
    ("排庭", 12): {"案号": "（2026）鲁1602行初12号"},
    ("排庭", 13): {},
    ("排庭", 14): {"案号": "（2026）鲁1602行初14号"},
    ("排庭", 15): {"案由": "行政处罚"},
    ("排庭", 16): {"开庭时间": "8:00"},
    ("出庭", 4): {"负责人是否出庭": "是"},
    ("出庭", 5): {"是否开庭": "是"},
    ("出庭", 6): {"出庭负责人姓名": "王某"},
    ("出庭", 7): {"案号": "（2026）鲁1602行初12号"},
    ("出庭", 9): {"开庭日期": "2026-09-10"},
    ("裁判", 4): {"裁判结果": "驳回原告诉讼请求"},
    ("裁判", 5): {"立案日期": "2026-03-11"},
    ("裁判", 6): {"文书类型": "判决"},
    ("裁判", 7): {"裁判日期": "2026-09-10"},
}


def faulty_workbook():
    """The three sheets, each with a merged title, headers, its rows, and three rows that say nothing."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in ROWS.items():
        sheet = book.create_sheet(name)
        begin_with_title(sheet, name)
        for row in rows:
            sheet.append(["=ROW()-2", *row])
        end_with_footer(sheet, len(headers(name)))
        keep_text(sheet)
    return book


def begin_with_title(sheet, name):
    """A title over all columns, and the headers below."""
    sheet.append([f"滨城区人民法院 2026 年 10 月{name}情况通报"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headers(name)))
    sheet.append(headers(name))


def keep_text(sheet):
    """openpyxl takes every text with = in front for a formula; a clerk's remark is none."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == TEXT_LIKE_A_FORMULA:
                cell.data_type = "s"


def headers(name):
    """The running number before the known columns: a formula there is no fault."""
    return ["序号", *HEADERS[name]]


def end_with_footer(sheet, width):
    """A blank row with borders, a subtotal and a signature."""
    blank = sheet.max_row + 1
    for column in range(1, width + 1):
        sheet.cell(blank, column).border = Border(bottom=Side("thin"))
    sheet.append(["合计", f"{blank - FIRST_ROW} 件"])
    sheet.append(["填报人：林书记", None, "审核人：丁某"])


@pytest.fixture
def content():
    return as_bytes(faulty_workbook())


@pytest.fixture
def upload(send, content):
    return send(content, on="2026-11-02")


@pytest.fixture
def marked(content, upload):
    """The clerk's own workbook as it comes back."""
    return load_workbook(BytesIO(annotated(content, upload)))


def told(issues):
    return sorted((issue["sheet"], issue["row"], issue["column"], issue["code"]) for issue in issues)


def rows_with(codes, name):
    return {row for sheet, row, _, code in EXPECTED if sheet == name and code in codes}


def by_sheet(upload):
    return {sheet["sheet"]: sheet for sheet in upload.report["sheets"]}


def test_the_seeded_faults_are_25_and_of_every_code():
    assert len(EXPECTED) == 25
    assert {code for *_, code in EXPECTED} == ERRORS | WARNINGS
    assert {
        (sheet, row) for sheet, row, _, code in EXPECTED if code in ERRORS
    } == CORRECTIONS.keys()  # every held row has its correction


def test_one_pass_tells_exactly_the_seeded_faults(upload):
    assert told(upload.report["issues"]) == sorted(EXPECTED)


def test_every_fault_names_the_cell_of_the_clerks_file_and_its_severity(upload):
    for issue in upload.report["issues"]:
        column = headers(issue["sheet"]).index(issue["column"]) + 1
        assert issue["cell"] == f"{get_column_letter(column)}{issue['row']}"
        assert issue["severity"] == ("warning" if issue["code"] in WARNINGS else "error")
        assert issue["message"]
        assert issue["fix"]


@pytest.mark.parametrize("name", ROWS)
def test_every_row_read_is_accepted_held_or_ignored(upload, name):
    sheet, held = by_sheet(upload)[name], len(rows_with(ERRORS, name))
    assert (sheet["header_row"], sheet["ignored"], sheet["held"]) == (HEADER_ROW, 3, held)
    assert sheet["accepted"] == len(ROWS[name]) - held
    assert sheet["rows_read"] == sheet["accepted"] + sheet["held"] + sheet["ignored"]
    assert sheet["accepted"] == sheet["added"] + sheet["changed"] + sheet["unchanged"]


def test_the_command_tells_the_same_and_asks_for_a_person(world, content, tmp_path, capsys):
    (tmp_path / "通报.xlsx").write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        call_command(
            "receive_notification", tmp_path / "通报.xlsx", court="鲁1602", month="2026-10", json=True
        )
    printed = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert told(printed["issues"]) == sorted(EXPECTED)
    assert [name["name"] for name in printed["unmatched_agencies"]] == ["滨城区水产局"]


@pytest.mark.parametrize("name", ROWS)
def test_text_stands_beside_exactly_the_faulty_rows(marked, name):
    beside = {cell.row: cell.value for cell in marked[name]["A"] if cell.value is not None}
    assert beside.pop(HEADER_ROW) == BESIDE
    assert beside.keys() == rows_with(ERRORS | WARNINGS, name)


@pytest.mark.parametrize("name", ROWS)
def test_the_text_beside_a_row_says_what_is_wrong_and_what_to_do(upload, marked, name):
    for issue in upload.report["issues"]:
        if issue["sheet"] == name:
            beside = marked[name].cell(issue["row"], 1).value
            assert issue["message"] in beside
            assert issue["fix"] in beside


@pytest.mark.parametrize("name", ROWS)
def test_exactly_the_faulty_cells_are_coloured_and_commented(marked, name):
    cells = [cell for row in marked[name].iter_rows() for cell in row]
    faulty = {
        # One further than in the clerk's file, where columns count from 1.
        (row, headers(name).index(column) + 2)
        for sheet, row, column, _ in EXPECTED
        if sheet == name
    }
    assert {(cell.row, cell.column) for cell in cells if cell.fill.fill_type} == faulty
    assert {(cell.row, cell.column) for cell in cells if cell.comment} == faulty


@pytest.mark.parametrize("name", ROWS)
def test_every_value_of_the_clerk_stands_one_column_further(content, marked, name):
    before = load_workbook(BytesIO(content))[name]
    values = [[cell.value for cell in row] for row in before.iter_rows()]
    assert [[cell.value for cell in row[1:]] for row in marked[name].iter_rows()] == values
    assert [str(cells) for cells in marked[name].merged_cells.ranges] == [
        f"B1:{get_column_letter(before.max_column + 1)}1"
    ]


def corrected(book):
    """The marked workbook with the held rows put right and nothing else touched."""
    for (name, row), values in CORRECTIONS.items():
        for column, value in values.items():
            book[name].cell(row, headers(name).index(column) + 2).value = value
    return as_bytes(book)


@pytest.fixture
def again(send, world, upload, marked):
    """The corrected workbook, uploaded after the first one was confirmed."""
    confirm(upload, author=Author(upload.uploaded_at), law=world.law)
    return send(corrected(marked), on="2026-11-04")


@pytest.mark.parametrize("name", ROWS)
def test_of_the_corrected_workbook_only_the_corrected_rows_are_new(upload, again, name):
    first, second = by_sheet(upload)[name], by_sheet(again)[name]
    counts = {key: second[key] for key in ("added", "changed", "unchanged", "held", "ignored", "missing")}
    assert counts == {
        "added": first["held"], "changed": 0, "unchanged": first["accepted"], "held": 0, "ignored": 3,
        "missing": 0,
    }  # fmt: skip


def test_of_the_corrected_workbook_only_the_warnings_remain(again):
    assert told(again.report["issues"]) == sorted(fault for fault in EXPECTED if fault[3] in WARNINGS)


def test_the_corrected_workbook_settles_every_held_row(world, again):
    held = HeldRow.objects.filter(resolved_at=None)
    assert {(row.sheet, row.row) for row in held} == CORRECTIONS.keys()
    confirm(again, author=Author(again.uploaded_at), law=world.law)
    assert not held.all().exists()
