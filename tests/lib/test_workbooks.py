import contextlib
import subprocess
import sys
import time as clock
from datetime import datetime, time
from pathlib import Path

import pytest

from lib import sheet_scan, workbooks
from lib.reading_child import read_here
from lib.workbooks import UnusableWorkbook, read_workbook
from tests.lib import hostile

needs_office = pytest.mark.skipif(
    hostile.SOFFICE is None, reason="LibreOffice, which writes the .xls, is missing"
)
PLAIN = [(number, tuple(values)) for number, values in enumerate([hostile.HEADER, *hostile.ROWS], start=1)]
PROBE = """
import resource, sys
from pathlib import Path
from lib.workbooks import UnusableWorkbook, read_workbook
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


def test_xls_that_takes_too_long_is_unsafe(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "TIMEOUT_SECONDS", 0.001)
    assert code_of(made(tmp_path, "old.xls", hostile.ole("Workbook"))) == "unsafe"


def test_a_file_that_wants_too_much_memory_is_unsafe(tmp_path, monkeypatch):
    child = tmp_path / "lib" / "reading_child.py"
    child.parent.mkdir()
    child.write_text("x = bytearray(2**40)", encoding="utf-8")
    monkeypatch.setattr(workbooks, "CHILD", child)
    assert code_of(made(tmp_path, "plain.xlsx", hostile.stored)) == "unsafe"


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
