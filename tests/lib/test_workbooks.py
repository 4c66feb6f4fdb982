import contextlib
import struct
import subprocess
import sys
import time as clock
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest

from lib import biff, sheet_scan, workbooks, xls
from lib.reading_child import read_here
from lib.workbooks import Row, Sheet, UnusableWorkbook, read_workbook
from tests.lib import hostile

pytestmark = pytest.mark.own_process
needs_office = pytest.mark.skipif(
    hostile.SOFFICE is None, reason="LibreOffice, which writes the .xls, is missing"
)
PLAIN = [(number, tuple(values)) for number, values in enumerate([hostile.HEADER, *hostile.ROWS], start=1)]
PROBE = """
import resource, sys
from pathlib import Path
from lib.workbooks import Row, Sheet, UnusableWorkbook, read_workbook
for name in sys.argv[1:]:
    try:
        read_workbook(Path(name))
    except UnusableWorkbook:
        pass
# Not ru_maxrss, which a process inherits from the one that started it.
status = Path("/proc/self/status").read_text()
own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


def rows_of(path):
    [sheet] = read_workbook(path).sheets
    return [(row.number, row.values) for row in sheet.rows]


def code_of(path):
    with pytest.raises(UnusableWorkbook) as refusal:
        read_workbook(path)
    return refusal.value.code


def made(tmp_path, name, make):
    path = tmp_path / name
    make(path)
    return path


@pytest.mark.parametrize(("name", "make", "code"), hostile.REFUSED, ids=[case[0] for case in hostile.REFUSED])
def test_unusable_file_is_refused_in_time_with_advice(tmp_path, name, make, code):
    path = made(tmp_path, name, make)
    started = clock.monotonic()
    with pytest.raises(UnusableWorkbook) as refusal:
        read_workbook(path)
    assert refusal.value.code == code
    assert clock.monotonic() - started < 10
    assert "请" in refusal.value.message
    assert refusal.value.message.endswith("。")


def test_refusals_take_less_than_300_megabytes(tmp_path):
    paths = [made(tmp_path, name, make) for name, make, _ in hostile.REFUSED]
    command = [sys.executable, "-c", PROBE, *map(str, paths)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300


@pytest.mark.parametrize(
    ("name", "make"), hostile.SAME_AS_PLAIN, ids=[case[0] for case in hostile.SAME_AS_PLAIN]
)
def test_odd_packaging_changes_nothing_of_what_is_read(tmp_path, name, make):
    path = made(tmp_path, name, make)
    assert rows_of(path) == PLAIN


def test_cap_is_a_row_that_is_still_read(tmp_path):
    path = made(tmp_path, "cap.xlsx", hostile.rows_of(20_000))
    rows = rows_of(path)
    assert (len(rows), rows[-1]) == (20_000, (20_000, (20_000 * 7919,)))


def test_sheet_without_rows_is_empty_not_unusable(tmp_path):
    assert rows_of(made(tmp_path, "none.xlsx", hostile.no_rows)) == []


def test_dates_of_the_1904_system_are_converted_and_the_system_is_told(tmp_path):
    book = read_workbook(made(tmp_path, "mac.xlsx", hostile.dates_of_1904))
    assert book.sheets[0].rows[0].values == (datetime(2026, 10, 28), 44861)
    assert book.date_1904


def test_inline_strings_are_read_and_blanks_at_the_end_cut_off(tmp_path):
    [(number, values)] = rows_of(made(tmp_path, "inline.xlsx", hostile.inline_strings))
    assert (number, values) == (1, ("一", "二三", " ", "", None, 1.5))


def test_cells_out_of_order_stand_where_they_belong(tmp_path):
    assert rows_of(made(tmp_path, "order.xlsx", hostile.cells_out_of_order)) == [(1, (1, 2))]


def test_hidden_rows_columns_and_sheets_are_read(tmp_path):
    first, second = read_workbook(made(tmp_path, "hidden.xlsx", hostile.hidden_parts)).sheets
    assert [(row.number, row.values) for row in first.rows] == PLAIN
    assert (first.hidden, second.hidden, second.name, second.rows[0].values) == (False, True, "隐藏", ("一",))


def test_merged_cells_are_filled_but_rows_without_own_value_stay_blank(tmp_path):
    rows = dict(rows_of(made(tmp_path, "merged.xlsx", hostile.merged_cells)))
    assert rows[1] == ("排庭表",) * 4
    assert rows[4] == ("1号", "乙局", "10:00")
    assert rows[5] == ()
    assert rows[6] == ("2号", "丙局", "横", "横")


def test_merged_ranges_are_told(tmp_path):
    [sheet] = read_workbook(made(tmp_path, "merged.xlsx", hostile.merged_cells)).sheets
    assert sorted(sheet.merged) == [(1, 0, 1, 3), (3, 0, 5, 0), (6, 2, 6, 3)]


def test_formulas_are_told_from_text_that_looks_like_one(tmp_path):
    [sheet] = read_workbook(made(tmp_path, "formulas.xlsx", hostile.formulas)).sheets
    first, second = sheet.rows
    assert first.values == ("=ROW()", "=1+1", "=text", "@text", "-text", "+text")
    assert (first.formulas, second.formulas) == ({0, 1}, {0})
    assert second.values == ("=SUM(A1:B1)", "数")


def test_rich_text_errors_and_types_are_read(tmp_path):
    [(_, values)] = rows_of(made(tmp_path, "rich.xlsx", hostile.rich_text_and_errors))
    assert values == ("滨州公安局", "#REF!", True, 3, 1.5, time(9, 30))


def test_elapsed_hours_are_a_time_of_day_or_days(tmp_path):
    [(_, values)] = rows_of(made(tmp_path, "hours.xlsx", hostile.elapsed_hours))
    assert values == (time(9, 30), 1.5)


def test_endless_blank_formatted_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_scan, "MAX_CELL_TAGS", 1_000)
    with pytest.raises(UnusableWorkbook) as refusal:
        read_here(made(tmp_path, "blank.xlsx", hostile.blank_formatted_rows))
    assert refusal.value.code == "too_large"


@needs_office
@pytest.mark.parametrize(
    ("make", "code"),
    [(hostile.rows_of(20_001), "too_large"), (hostile.far_column, "unsafe"), (hostile.far_row, "unsafe")],
    ids=["rows", "far_column", "far_row"],
)
def test_xls_beyond_the_caps_is_refused(tmp_path, make, code):
    assert code_of(made(tmp_path, "old.xls", lambda path: hostile.as_xls(path, make))) == code


@needs_office
def test_times_of_an_xls_are_read(tmp_path):
    make = hostile.elapsed_hours
    assert rows_of(made(tmp_path, "old.xls", lambda path: hostile.as_xls(path, make))) == [
        (1, (time(9, 30), 1.5))
    ]


def test_a_reading_that_takes_too_long_may_be_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "TIMEOUT_SECONDS", 0.001)
    assert code_of(made(tmp_path, "old.xls", hostile.ole("Workbook"))) == "busy"


# How a reading may end, and what is said of it
ENDS = [
    ("x = bytearray(2**50)", "too_large"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_large"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "busy"),
    ("raise ValueError", "unsafe"),
    ("print('half an answ')", "unsafe"),
]


@pytest.mark.parametrize(("program", "code"), ENDS, ids=["memory", "time", "killed", "error", "no answer"])
def test_time_memory_and_malice_are_three_answers(tmp_path, monkeypatch, program, code):
    child = tmp_path / "reading_child.py"
    child.write_text(program, encoding="utf-8")
    monkeypatch.setattr(workbooks, "CHILD", child)
    assert code_of(made(tmp_path, "plain.xlsx", hostile.stored)) == code


NOISY = """
import os, sys
sys.path.insert(0, {root!r})
from lib import reading_child
read = reading_child.read_here
def noisy(path):
    print("a warning of the parser")
    os.write(1, b"and one from below Python")
    return read(path)
reading_child.read_here = noisy
reading_child.main()
"""


def test_what_a_parser_prints_does_not_get_into_the_answer(tmp_path, monkeypatch):
    child = tmp_path / "reading_child.py"
    child.write_text(NOISY.format(root=str(Path(__file__).parents[2])), encoding="utf-8")
    monkeypatch.setattr(workbooks, "CHILD", child)
    assert rows_of(made(tmp_path, "plain.xlsx", hostile.plain)) == PLAIN


def test_the_strict_variant_is_refused_by_its_name(tmp_path):
    with pytest.raises(UnusableWorkbook) as refusal:
        read_workbook(made(tmp_path, "strict.xlsx", hostile.strict))
    assert refusal.value.code == "format_unsupported"
    assert "Strict Open XML" in refusal.value.message
    assert "另存为" in refusal.value.message


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (hostile.renamed(lambda name: name.replace("/", "\\")), "部件名用了反斜杠"),
        (hostile.renamed(lambda name: name.replace("workbook.xml", "Workbook.xml")), "大小写前后不一"),
        (hostile.renamed(lambda name: name.replace("sheet1", "SHEET1")), "大小写前后不一"),
        (hostile.renamed(lambda name: name.replace("[Content_Types]", "[content_types]")), "大小写前后不一"),
        (hostile.alternate_content, "替代内容"),
    ],
)
def test_what_other_programs_write_oddly_is_not_called_damaged(tmp_path, make, words):
    path = made(tmp_path, "odd.xlsx", make)
    with pytest.raises(UnusableWorkbook) as refusal:
        read_workbook(path)
    assert refusal.value.code == "format_unsupported"
    assert words in refusal.value.message
    assert "另存为 .xlsx" in refusal.value.message


def test_a_type_that_no_part_has_makes_no_file_another_kind(tmp_path):
    """SheetJS 0.18.5 names the binary workbook for .bin in every .xlsx, where no part ends so."""
    path = made(tmp_path, "named.xlsx", hostile.names_every_type)
    assert read_workbook(path).sheets
    with pytest.raises(UnusableWorkbook) as refusal:
        read_workbook(made(tmp_path, "binary.xlsx", hostile.xlsb))
    assert refusal.value.code == "not_a_workbook"


def test_excel_95_is_refused_by_its_name(tmp_path, monkeypatch):
    beginning = struct.pack("<HHHHHH", 0x0809, 8, 0x0500, 0x0005, 0, 0)
    monkeypatch.setattr(xls, "workbook_stream", lambda content: beginning)
    with pytest.raises(UnusableWorkbook) as refusal:
        xls.read_xls(made(tmp_path, "old.xls", hostile.ole("Book")))
    assert refusal.value.code == "format_unsupported"
    assert "Excel 5.0/95" in refusal.value.message


def test_escapes_of_a_cell_are_the_characters_they_stand_for(tmp_path):
    texts = ["甲_x000D_\n乙", "甲_x000d_乙", "a_x005F_b", "a_x005f_b", "_x4E00_", "甲_x0007_乙"]
    cells = "".join(
        f'<c r="{c}1" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in zip("ABCDEF", texts, strict=True)
    )
    make = hostile.sheet_data(f'<row r="1">{cells}</row>'.encode())
    [(_, values)] = rows_of(
        made(tmp_path, "escaped.xlsx", lambda path: hostile.edited(path, {hostile.SHEET: make}))
    )
    assert values == ("甲\r\n乙", "甲\r乙", "a_b", "a_b", "_x4E00_", "甲乙")


def test_a_day_typed_without_marks_into_a_cell_of_dates_is_read(tmp_path):
    book = openpyxl.Workbook()
    for place, value in (("A1", 20261028), ("B1", 46323), ("C1", "#VALUE!")):
        book.active[place] = value
        book.active[place].number_format = "yyyy-mm-dd"
    path = tmp_path / "compact.xlsx"
    book.save(path)
    assert rows_of(path) == [(1, (20261028, datetime(2026, 10, 28), "#VALUE!"))]


def test_errors_of_an_xls_are_no_blanks():
    def record(kind, content):
        return struct.pack("<HH", kind, len(content)) + content

    def cell(row, column, value, is_error):
        return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, is_error))

    begin = [record(0x0809, struct.pack("<HHHH", 0x0600, part, 0, 0)) for part in (0x0005, 0x0010)]
    end, cells = record(0x000A, b""), [cell(0, 1, 0x2A, 1), cell(2, 0, 0x07, 1), cell(0, 0, 1, 0)]
    facts = biff.biff_facts(b"".join([begin[0], end, begin[1], *cells, end]))
    assert (facts.version, facts.errors) == (6, [[(0, 1, "#N/A"), (2, 0, "#DIV/0!")]])
    sheet = Sheet("排庭", [Row(1, ("案号",))])
    xls._put_errors(sheet, facts.errors[0])
    assert [(row.number, row.values) for row in sheet.rows] == [
        (1, ("案号", "#N/A")),
        (2, ()),
        (3, ("#DIV/0!",)),
    ]


@needs_office
@pytest.mark.parametrize("suffix", [".xls", ".xlsx"])
def test_real_xls_is_read_alike_whatever_its_suffix(tmp_path, suffix):
    path = made(tmp_path, f"old{suffix}", hostile.as_xls)
    header, first, second = rows_of(path)
    assert (header, second) == (PLAIN[0], PLAIN[2])
    assert (first[0], first[1][0], first[1][1].isoformat()[:10]) == (2, PLAIN[1][1][0], "2026-10-28")


@needs_office
def test_merged_and_hidden_parts_of_an_xls_are_read(tmp_path):
    rows = dict(
        rows_of(made(tmp_path, "merged.xls", lambda path: hostile.as_xls(path, hostile.merged_cells)))
    )
    assert (rows[1], rows[4], rows[5]) == (("排庭表",) * 4, ("1号", "乙局", "10:00"), ())
    _, hidden = read_workbook(
        made(tmp_path, "hidden.xls", lambda path: hostile.as_xls(path, hostile.hidden_parts))
    ).sheets
    assert (hidden.hidden, hidden.rows[0].values) == (True, ("一",))


@needs_office
def test_xls_that_asks_for_a_password_is_encrypted(tmp_path):
    path = made(tmp_path, "old.xls", hostile.as_xls)
    content = path.read_bytes()
    start = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # BOF of the workbook's globals
    after = start + 20
    filepass = b"\x2f\x00\x02\x00\x01\x00"  # stands where Excel puts it, over a record of the same length
    path.write_bytes(content[:after] + filepass + content[after + 6 :])
    with pytest.raises(UnusableWorkbook) as refusal:
        read_workbook(path)
    assert refusal.value.code == "encrypted"


@needs_office
def test_xls_shorn_of_its_end_is_refused(tmp_path):
    path = made(tmp_path, "old.xls", hostile.as_xls)
    path.write_bytes(path.read_bytes()[:1500])
    with pytest.raises(UnusableWorkbook) as refusal:
        read_workbook(path)
    assert refusal.value.code in {"not_a_workbook", "unsafe"}


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes_never_raise_anything_but_a_refusal(tmp_path, seed):
    path = made(tmp_path, "flipped.xlsx", hostile.stored)
    content = bytearray(path.read_bytes())
    for place in hostile.random.Random(seed).sample(range(4, len(content)), 12):
        content[place] ^= 0x5A
    path.write_bytes(bytes(content))
    with contextlib.suppress(UnusableWorkbook):
        assert read_workbook(path).sheets
