"""模板: made from the columns that are read, so that what it offers is what is understood."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from courts.models import Kind
from courts.sheets.blank_workbooks import HEADER_ROW, SAMPLE_ROW
from courts.sheets.columns import COLUMNS, GUIDE_SHEET, LISTS_SHEET, TEMPLATE_VERSION
from tests.courts.court_sheets import as_bytes

pytestmark = pytest.mark.usefixtures("world", "today")
ROWS = {
    "schedule": {"案号": "（2026）鲁1602行初1号", "被诉行政机关": "滨城区公安局", "开庭日期": "2026-10-12"},
    "appearances": {
        "案号": "（2026）鲁1602行初1号", "被诉行政机关": "滨城区公安局", "开庭日期": "2026-09-10",
        "负责人是否出庭": "是",
    },
    "judgments": {
        "案号": "（2026）鲁1602行初1号", "被诉行政机关": "滨城区公安局", "裁判日期": "2026-09-10",
        "文书类型": "判决", "裁判结果": "驳回原告诉讼请求",
    },
}  # fmt: skip


@pytest.fixture
def template(cast, client_of):
    clerk = client_of(cast.clerk)
    return lambda kind: load_workbook(BytesIO(clerk.get(f"/court/templates/{kind}/").content))


def fill(book, kind, row=SAMPLE_ROW + 1):
    sheet = book[Kind(kind).label]
    places = {cell.value: cell.column for cell in sheet[HEADER_ROW]}
    for name, value in ROWS[kind].items():
        sheet.cell(row, places[name], value)


def test_a_blank_template_holds_nothing_but_its_sample(template, send):
    assert send(as_bytes(template("all"))).refusal_code == "empty"


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_filled_template_is_read_and_its_sample_is_not(template, send, kind):
    book = template(kind)
    fill(book, kind)
    [sheet] = send(as_bytes(book)).report["sheets"]
    assert (sheet["kind"], sheet["accepted"], sheet["held"], sheet["ignored"]) == (kind, 1, 0, 1)


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_sample_itself_is_right_but_for_its_mark(template, send, kind):
    book = template(kind)
    sheet = book[Kind(kind).label]
    sheet.cell(SAMPLE_ROW, 1).value = sheet.cell(SAMPLE_ROW, 1).value.removeprefix("示例")
    upload = send(as_bytes(book), month="2026-10", on="2026-11-02")
    assert [(i["column"], i["code"]) for i in upload.report["issues"]] == []


def test_every_column_is_in_the_template_and_explained(template):
    book = template("all")
    guide = {row[0].value for row in book[GUIDE_SHEET].iter_rows()}
    for kind, columns in COLUMNS.items():
        headers = [cell.value for cell in book[Kind(kind).label][HEADER_ROW]]
        assert headers == [column.name for column in columns]
        assert guide >= set(headers)


def test_agencies_of_the_courts_region_come_first_in_the_list(template):
    book = template("schedule")
    assert book[LISTS_SHEET].sheet_state == "hidden"
    assert "滨城区" in book[LISTS_SHEET]["A1"].value
    sources = [choice.formula1 for choice in book["排庭"].data_validations.dataValidation]
    assert any(LISTS_SHEET in source for source in sources)


def test_headers_are_locked_and_rows_are_not(template):
    sheet = template("schedule")["排庭"]
    assert sheet.protection.sheet
    assert sheet.cell(HEADER_ROW, 1).protection.locked
    assert not sheet.cell(SAMPLE_ROW, 1).protection.locked


def test_an_old_template_is_read_and_told(template, send):
    book = template("schedule")
    fill(book, "schedule")
    title = book[GUIDE_SHEET]["A1"]
    title.value = title.value.replace(TEMPLATE_VERSION, "2019.1")
    [remark] = send(as_bytes(book)).report["remarks"]
    assert "模板版本是 2019.1" in remark


def test_a_template_filled_in_is_matched_without_asking_and_says_nothing_odd(template, send):
    book = template("all")
    for kind in COLUMNS:
        fill(book, kind)
    upload = send(as_bytes(book))
    assert upload.report["remarks"] == []
    assert [sheet["accepted"] for sheet in upload.report["sheets"]] == [1, 1, 1]


def test_there_is_no_other_template(cast, client_of):
    assert client_of(cast.clerk).get("/court/templates/other/").status_code == 404
