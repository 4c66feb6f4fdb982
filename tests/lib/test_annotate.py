from datetime import datetime
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from lib.annotate import AUTHOR, COLUMN_WIDTH, NOT_KEPT, TITLE, USE_OWN, Mark, annotate
from lib.first_column import shifted
from lib.workbooks import UnusableWorkbook, read_workbook
from tests.lib import hostile

MARKS = [
    Mark("排庭", 3, 1, "第 3 行开庭日期写全年月日"),
    Mark("排庭", 3, 2, "机关名称未在名录中", "warning"),
    Mark("排庭", 2, None, "与第 3 行重复"),
]
RED, YELLOW = "FFF8D0CF", "FFFFF1C9"


def annotated(tmp_path, make, marks, **options):
    source, target = tmp_path / "source.xlsx", tmp_path / "target.xlsx"
    make(source)
    annotate(source, target, marks, **options)
    return openpyxl.load_workbook(target)


def test_faults_stand_in_the_first_column_and_in_coloured_commented_cells(tmp_path):
    sheet = annotated(tmp_path, hostile.plain, MARKS)["排庭"]
    assert [cell.value for cell in sheet["A"]] == [
        TITLE,
        "与第 3 行重复",
        "第 3 行开庭日期写全年月日\n机关名称未在名录中",
    ]
    assert (sheet["C3"].fill.fgColor.rgb, sheet["D3"].fill.fgColor.rgb) == (RED, YELLOW)
    assert (sheet["C3"].comment.text, sheet["C3"].comment.author) == ("第 3 行开庭日期写全年月日", AUTHOR)
    assert sheet["B3"].comment is None


def test_the_clerks_values_are_untouched(tmp_path):
    sheet = annotated(tmp_path, hostile.plain, MARKS)["排庭"]
    assert [[cell.value for cell in row[1:]] for row in sheet.iter_rows()] == [hostile.HEADER, *hostile.ROWS]


def test_merged_cells_and_widths_move_with_their_columns(tmp_path):
    sheet = annotated(
        tmp_path, hostile.merged_cells, [Mark("Sheet", 4, 0, "案号不完整")], header_rows={"Sheet": 2}
    )["Sheet"]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["B1:E1", "B3:B5", "D6:E6"]
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["C"].width) == (COLUMN_WIDTH, 30)
    assert (sheet["A2"].value, sheet["A4"].value, sheet["B1"].value) == (TITLE, "案号不完整", "排庭表")
    assert sheet["B3"].comment.text == "案号不完整"  # the visible cell of the merged range


def test_panes_filters_links_validations_and_comments_move_too(tmp_path):
    def make(path):
        hostile.plain(path)
        book = openpyxl.load_workbook(path)
        sheet = book["排庭"]
        sheet.freeze_panes, sheet.auto_filter.ref = "B2", "A1:C3"
        sheet["C3"].hyperlink = "https://example.org/"
        sheet["A2"].comment = openpyxl.comments.Comment("法院的批注", "某法院")
        validation = DataValidation("list", formula1='"是,否"', sqref="C2:C3")
        sheet.add_data_validation(validation)
        sheet.row_dimensions[2].hidden = True
        book.save(path)

    sheet = annotated(tmp_path, make, [Mark("排庭", 2, 0, "案号重复")])["排庭"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "B1:D3")
    assert (sheet["D3"].hyperlink.ref, sheet["D3"].hyperlink.target) == ("D3", "https://example.org/")
    assert str(sheet.data_validations.dataValidation[0].sqref) == "D2:D3"
    assert sheet["B2"].comment.text == "法院的批注\n案号重复"
    assert sheet.row_dimensions[2].hidden


def test_formulas_move_and_text_like_formulas_stays_text(tmp_path):
    sheet = annotated(tmp_path, hostile.formulas, [Mark("Sheet", 1, 2, "=不是公式")])["Sheet"]
    assert (sheet["C1"].data_type, sheet["D1"].data_type, sheet["D1"].value) == ("f", "s", "=text")
    target = tmp_path / "again.xlsx"
    annotate(tmp_path / "target.xlsx", target, [Mark("Sheet", 2, None, "=1+1")])
    assert openpyxl.load_workbook(target)["Sheet"]["A2"].data_type == "s"


def test_annotating_again_replaces_the_first_column(tmp_path):
    annotated(tmp_path, hostile.plain, MARKS)
    annotate(tmp_path / "target.xlsx", tmp_path / "again.xlsx", [Mark("排庭", 2, 3, "机关名称未在名录中")])
    sheet = openpyxl.load_workbook(tmp_path / "again.xlsx")["排庭"]
    assert [cell.value for cell in sheet["A"]] == [TITLE, "机关名称未在名录中", None]
    assert (sheet["C3"].comment, sheet["C3"].fill.fill_type) == (None, None)
    assert (sheet["D2"].fill.fgColor.rgb, sheet.max_column) == (RED, 4)


def test_sheets_without_marks_stay_as_they_are(tmp_path):
    book = annotated(tmp_path, hostile.hidden_parts, MARKS)
    assert (book["隐藏"]["A1"].value, book["隐藏"].sheet_state) == ("一", "veryHidden")


def test_annotated_workbook_reads_back_one_column_further(tmp_path):
    annotated(tmp_path, hostile.plain, MARKS)
    [sheet] = read_workbook(tmp_path / "target.xlsx").sheets
    assert [row.values[1:] for row in sheet.rows] == [tuple(row) for row in [hostile.HEADER, *hostile.ROWS]]


@pytest.mark.skipif(hostile.SOFFICE is None, reason="LibreOffice, which writes the .xls, is missing")
def test_xls_comes_back_as_plain_xlsx(tmp_path):
    source, target = tmp_path / "old.xls", tmp_path / "target.xlsx"
    hostile.as_xls(source)
    annotate(source, target, MARKS)
    sheet = openpyxl.load_workbook(target)["排庭"]
    assert (sheet["B2"].value, sheet["C2"].value) == (hostile.ROWS[0][0], datetime(2026, 10, 28))
    assert sheet["C3"].comment.text == "第 3 行开庭日期写全年月日"


def test_workbook_whose_formats_cannot_be_kept_keeps_its_values(tmp_path):
    sheet = annotated(tmp_path, hostile.broken_tail, MARKS)["排庭"]
    assert [[cell.value for cell in row[1:]] for row in sheet.iter_rows()] == [hostile.HEADER, *hostile.ROWS]
    assert sheet["C3"].comment.text == "第 3 行开庭日期写全年月日"


@pytest.mark.parametrize("raises", [KeyError("theme2.xml"), UserWarning("odd"), IndexError(3)])
def test_whatever_the_library_raises_the_values_come_back_marked(tmp_path, monkeypatch, raises):
    def load(*_args, **_options):
        raise raises

    source, target = tmp_path / "source.xlsx", tmp_path / "target.xlsx"
    hostile.plain(source)
    monkeypatch.setattr("lib.annotate._opened", load)
    annotate(source, target, MARKS)
    sheet = openpyxl.load_workbook(target)["排庭"]
    assert [[cell.value for cell in row[1:]] for row in sheet.iter_rows()] == [hostile.HEADER, *hostile.ROWS]
    assert sheet["A1"].comment.text == f"{NOT_KEPT}格式（只保留了各单元格的值）。{USE_OWN}"


def test_what_could_not_be_kept_is_said_beside_the_title(tmp_path):
    def make(path):
        hostile.plain(path)
        book = openpyxl.load_workbook(path)
        book["排庭"]["B2"].comment = Comment("请核对", "林书记", height=400, width=400)
        book.save(path)
        with ZipFile(path, "a") as archive:
            archive.writestr("xl/threadedComments/threadedComment1.xml", "<ThreadedComments/>")

    sheet = annotated(tmp_path, make, MARKS)["排庭"]
    assert sheet["A1"].comment.text == f"{NOT_KEPT}批注会话、原有批注框的大小。{USE_OWN}"
    assert sheet["C2"].comment.text == "请核对"


def test_nothing_is_said_where_all_was_kept(tmp_path):
    assert annotated(tmp_path, hostile.plain, MARKS)["排庭"]["A1"].comment is None


def test_conditional_formats_and_tables_move_too(tmp_path):
    def make(path):
        hostile.plain(path)
        book = openpyxl.load_workbook(path)
        sheet = book["排庭"]
        sheet.conditional_formatting.add("B2:B3", CellIsRule(operator="equal", formula=["1"]))
        sheet.add_table(Table(displayName="T", ref="A1:C3"))
        book.save(path)

    sheet = annotated(tmp_path, make, MARKS)["排庭"]
    assert [str(place.sqref) for place in sheet.conditional_formatting] == ["C2:C3"]
    assert sheet.tables["T"].ref == "B1:D3"


@pytest.mark.parametrize(
    ("reference", "moved"), [("A1", "B1"), ("B2:D9", "C2:E9"), ("A:B", "A:B"), ("1:2", "1:2")]
)
def test_reference_one_column_to_the_right(reference, moved):
    assert shifted(reference) == moved


def test_unusable_source_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UnusableWorkbook):
        annotated(tmp_path, hostile.far_cell, MARKS)
    assert not (tmp_path / "target.xlsx").exists()
