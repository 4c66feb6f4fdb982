"""Sheets as clerks make them: where the headers are, which rows count, and files that cannot be read at all."""

import json
from datetime import datetime

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cases.models import Case, Hearing, Lane
from courts.models import Upload
from organisations.models import StoredFile
from tests.courts.court_sheets import SCHEDULE, appearance, as_bytes, hearing, workbook
from tests.lib import hostile

NUMBER = "（2026）鲁1602行初1号"


def sheets(upload):
    return [
        (s["kind"], s["header_row"], s["rows_read"], s["accepted"], s["ignored"])
        for s in upload.report["sheets"]
    ]


def test_headers_by_synonyms_in_any_order_under_a_title_with_units_and_marks(send):
    rows = [
        ["滨城区人民法院排庭表", None, None, None, None],
        ["地点", "开庭时间（年月日）", "被告*", "起诉人：", " 案 号\n"],
        ["一庭", "10月28日上午9:00", "滨城区公安局", "张三", NUMBER],
    ]
    assert sheets(send.apply(workbook(表一=rows))) == [("schedule", 2, 1, 1, 0)]
    heard = Hearing.objects.get()
    assert (heard.day.isoformat(), heard.time.hour, heard.room) == ("2026-10-28", 9, "一庭")


def test_headers_over_two_rows_with_merged_groups(send):
    book = workbook(表一=[
        ["案号", "被告", "开庭", None, "法庭"],
        [None, None, "日期", "时间", None],
        [NUMBER, "滨城区公安局", datetime(2026, 10, 28), "9:00", "一庭"],
    ])  # fmt: skip
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        book["表一"].merge_cells(cells)
    assert sheets(send(book)) == [("schedule", 2, 1, 1, 0)]


def test_headers_over_two_rows_without_merged_cells(send):
    """As data frames are written: the lower row ends where its last name stands."""
    rows = [
        ["案号", "当事人", None, "开庭日期", "开庭时间"],
        [None, "原告", "被告", None, None],
        [NUMBER, "张三", "滨城区公安局", "2026-10-28", "9:00"],
        [None, None, "滨城区人民政府", None, None],
    ]
    upload = send.apply(workbook(表一=rows[:3]))
    assert sheets(upload) == [("schedule", 2, 1, 1, 0)]
    assert (Case.objects.get().plaintiffs, Hearing.objects.get().time.hour) == ("张三", 9)
    # A row with a second defendant alone is held, not taken for the end of the header.
    [(kind, header, read, accepted, ignored)] = sheets(send(workbook(表一=rows)))
    assert (kind, header, read, accepted, ignored) == ("schedule", 2, 2, 1, 0)


def test_rows_that_say_nothing_are_ignored_and_counted(send):
    rows = [
        ["序号", *SCHEDULE],
        ["=ROW()-1", *hearing(1)],
        ["=ROW()-1", *hearing(2)],
        [None] * 5,
        [4, None, None, " "],
        ["合计", "2件"],
        ["填表人：张三", None, "审核人：李四"],
        [None, "2026年10月5日"],
    ]
    upload = send(workbook(排庭表=rows))
    assert upload.report["issues"] == []
    assert sheets(upload) == [("schedule", 1, 7, 2, 5)]


@pytest.mark.parametrize("number", ["鲁1602行初12号", "12号"])
def test_a_row_with_nothing_but_a_bad_number_is_not_lost(send, number):
    upload = send(workbook(排庭=[hearing(), [number]]))
    assert [s["held"] for s in upload.report["sheets"]] == [1]


def test_hidden_rows_are_read_and_merged_body_cells_are_filled_down(send):
    book = workbook(排庭=[hearing(1), hearing(2, day=None, hour=None), hearing(3)])
    book["排庭"].merge_cells("F2:F3")
    book["排庭"].row_dimensions[4].hidden = True
    assert sheets(send.apply(book)) == [("schedule", 1, 3, 3, 0)]
    assert Hearing.objects.get(case__serial=2).day.isoformat() == "2026-10-12"


def test_serial_dates_of_the_1904_system(send):
    book = workbook(排庭=[hearing(day=44845)])
    book.epoch = CALENDAR_MAC_1904
    send.apply(book)
    assert Hearing.objects.get().day.isoformat() == "2026-10-12"


@pytest.mark.parametrize("between", ["、", "，", "；", "/", "\n"])
def test_several_agencies_in_one_cell(send, world, between):
    send.apply(workbook(排庭=[hearing(agency=f"滨城区公安局{between}滨城区人民政府")]))
    assert {lane.organisation for lane in Lane.objects.all()} == {world.police, world.government}


def test_a_line_break_inside_a_name_is_a_wrapped_name(send, world):
    send.apply(workbook(排庭=[hearing(agency="滨州市公安局\n滨城分局")]))
    assert [lane.organisation for lane in Lane.objects.all()] == [world.police]


def test_a_wanted_kind_leaves_other_sheets_alone(send):
    upload = send(workbook(排庭=[hearing()], 出庭=[appearance()]), kind="schedule")
    assert [sheet["sheet"] for sheet in upload.report["sheets"]] == ["排庭"]


def test_text_that_begins_like_a_formula_is_text(send):
    book = workbook(排庭=[hearing()])
    book["排庭"]["I2"].value = "=注"
    book["排庭"]["I2"].data_type = "s"
    assert send(book).report["issues"] == []


@pytest.mark.parametrize(("name", "make", "code"), hostile.REFUSED, ids=[row[0] for row in hostile.REFUSED])
def test_an_unusable_file_is_refused_with_its_code_and_nothing_else_is_kept(
    world, tmp_path, capsys, name, make, code
):
    path = tmp_path / name
    make(path)
    with pytest.raises(SystemExit) as ended:
        call_command("receive_notification", str(path), "--court", "鲁1602", "--month", "2026-10", "--json")
    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert Upload.objects.get().refusal_code == code
    assert (StoredFile.objects.count(), Case.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("sheet", "code"), [({"别的": [["姓名", "电话"]]}, "no_known_sheet"), ({"排庭": [["合计"]]}, "empty")]
)
def test_a_workbook_without_rows_is_refused(send, sheet, code):
    assert send(workbook(**sheet)).refusal_code == code


@pytest.mark.parametrize(
    "bad", [["--court", "鲁9999", "--month", "2026-10"], ["--court", "鲁1602", "--month", "2026-13"]]
)
def test_wrong_arguments_end_with_2(world, tmp_path, bad):
    path = tmp_path / "a.xlsx"
    path.write_bytes(as_bytes(workbook(排庭=[hearing()])))
    with pytest.raises(SystemExit) as ended:
        call_command("receive_notification", str(path), *bad)
    assert ended.value.code == 2


CELLS = st.sampled_from(
    [None, "", "无", "/", "合计", "=1+1", "是", "2026-10-12", "10.32", NUMBER, "滨城区公安局", "9:00"]
)


@given(
    rows=st.lists(st.lists(CELLS, min_size=9, max_size=9) | st.builds(hearing, st.integers(1, 3)), max_size=8)
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_read_is_accounted_for(send, rows):
    upload = send(workbook(排庭=[hearing(9), *rows]))
    [sheet] = upload.report["sheets"]
    assert sheet["rows_read"] == sheet["accepted"] + sheet["held"] + sheet["ignored"]
    assert sheet["accepted"] == sheet["added"] + sheet["changed"] + sheet["unchanged"]
    faulty = {issue["row"] for issue in upload.report["issues"] if issue["severity"] == "error"}
    assert faulty == {held["row"] for held in upload.rows["held"]}


def test_every_row_that_says_something_is_listed_however_many_there_are(send):
    notes = [[f"一、说明第{n}段", *[None] * (len(SCHEDULE) - 1)] for n in range(700)]
    [sheet] = send(workbook(排庭=[hearing(1), *notes, hearing(2)])).report["sheets"]
    assert (sheet["accepted"], sheet["ignored"], len(sheet["ignored_rows"])) == (2, 700, 700)
