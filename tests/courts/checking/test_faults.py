"""Many rows with one and the same remark are one line that names them all."""

import pytest

from courts.checking.faults import CAUSES, by_cause
from courts.checking.issues import CATALOGUE, QUESTIONS, WARNINGS, WORDS_ONLY, published
from tests.courts.court_sheets import hearing, workbook


def told(
    row,
    code="date_out_of_month",
    severity="warning",
    value="2026-12-03",
    column="开庭日期",
    fix="如无误可以提交。",
):
    said = {"code": code, "severity": severity, "sheet": "排庭", "row": row, "column": column, "value": value}
    return said | {"fix": fix, "message": f"{column}“{value}”不在范围内。"}


def test_rows_are_named_with_their_number_and_neighbours_are_joined():
    [cause] = by_cause([told(row) for row in (2, 3, 4, 7, 9, 10)])
    [line] = cause.alike
    assert (line.rows, len(line.issues), line.values) == ("第 2–4、7、9–10 行", 6, ["2026-12-03"])


def test_another_column_or_remedy_is_another_line():
    issues = [told(2), told(3), told(4, column="裁判日期"), told(5, fix="请核对。")]
    assert [line.rows for line in by_cause(issues)[0].alike] == ["第 2–3 行", "第 4 行", "第 5 行"]


def test_errors_keep_a_line_each_since_each_is_mended_in_its_own_cell_and_so_do_three_remarks():
    [errors] = by_cause([told(row, code="date_invalid", severity="error") for row in range(2, 50)])
    [few] = by_cause([told(row) for row in (2, 3, 4)])
    assert (errors.alike, few.alike) == ([], [])


@pytest.mark.django_db
def test_forty_six_rows_out_of_the_month_are_one_line_on_the_page(send, cast, client_of, today):
    rows = [hearing(serial, day="2026-12-03") for serial in range(1, 47)]
    upload = send(workbook(排庭=rows), month="2026-10", name="十月.xlsx")
    page = client_of(cast.clerk).get(f"/court/uploads/{upload.pk}/").content.decode()
    assert "排庭 第 2–47 行（共 46 行）" in page
    assert page.count("日期不在通报范围内") == 2  # the caption and the line


@pytest.mark.parametrize(
    ("code", "severity", "in_cell"),
    [
        ("date_invalid", "error", True),
        ("duplicate_row", "error", False),
        ("conflicts_with_row", "error", False),
        ("agency_unknown", "error", False),
        ("agency_ambiguous", "error", False),
        ("date_out_of_month", "warning", False),
    ],
)
def test_what_is_mended_in_the_cell_itself(code, severity, in_cell):
    [cause] = by_cause([told(2, code=code, severity=severity)])
    assert cause.is_mended_by_cell == in_cell


def test_of_very_many_faults_two_hundred_are_shown_and_the_rest_counted():
    [cause] = by_cause([told(row, code="date_invalid", severity="error") for row in range(2, 203)])
    assert (len(cause.issues), len(cause.shown), cause.left_out) == (201, 200, 1)
    [all_shown] = by_cause([told(row, code="date_invalid", severity="error") for row in range(2, 202)])
    assert (len(all_shown.shown), all_shown.left_out) == (200, 0)


def test_five_different_values_are_named():
    [cause] = by_cause([told(row, value=f"2026-12-0{row}") for row in range(1, 8)])
    assert cause.alike[0].values == [f"2026-12-0{row}" for row in range(1, 6)]


def test_errors_come_first_and_the_most_frequent_cause_before_the_others():
    issues = [told(2), told(3), told(4), told(5, code="day_off")]
    issues += [told(6, code="date_invalid", severity="error")]
    assert [cause.code for cause in by_cause(issues)] == ["date_invalid", "date_out_of_month", "day_off"]


def test_every_code_has_its_words_and_its_cause():
    assert CAUSES.keys() == set(map(published, CATALOGUE))
    assert CATALOGUE.keys() >= WARNINGS | QUESTIONS | WORDS_ONLY
