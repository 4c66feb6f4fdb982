"""The demonstration workbooks hold what their plan says and nothing a court would not send."""

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from binzhou_litigation.demo.agencies import load_agencies
from binzhou_litigation.demo.docket import make_docket
from binzhou_litigation.demo.layouts import STYLES, columns
from binzhou_litigation.demo.plan import FAULTS
from binzhou_litigation.demo.rows import report_month
from binzhou_litigation.demo.samples import SAMPLE_COURTS, SAMPLE_MONTHS, SEED, WORKBOOKS, write_samples
from rules.calendars import load_calendar
from rules.case_numbers import parse_case_number
from rules.outcomes import load_outcomes, lost_reasons

CAUSES = Path(__file__).parents[2] / "cases" / "data" / "causes.csv"
CALENDAR = load_calendar()
SUITS = make_docket(Random(SEED))
BY_NUMBER = {suit.number: suit for suit in SUITS}

# The canonical headers and their synonyms that every reader of the courts' sheets must know.
KNOWN_HEADERS = {
    "排庭": (
        "案号 审理程序 审级 程序 案由 原告 上诉人 申请人 起诉人 被诉行政机关 被告 被告行政机关 "
        "被上诉人 第三人 开庭日期 开庭时间 时间 法庭 开庭地点 审判法庭 地点 开庭方式 审理方式 "
        "承办法官 承办人 审判长 主审法官 书记员 联系电话 电话 是否通知负责人出庭 负责人出庭通知 "
        "合并审理组 备注"
    ),
    "出庭": (
        "案号 开庭日期 是否开庭 被诉行政机关 被告 负责人是否出庭 是否出庭 出庭情况 出庭负责人姓名 "
        "出庭负责人 姓名 职务 职级 身份证明 未出庭理由 未出庭原因 法院认定 工作人员是否出庭 "
        "是否仅律师 是否发言 是否出声 是否就化解发表意见 中途退庭 是否发司法建议 备注"
    ),
    "裁判": (
        "案号 审理程序 原告 被诉行政机关 被告 案由 立案日期 收案日期 裁判日期 结案日期 判决日期 "
        "文书类型 裁判结果 结案方式 判决结果 是否败诉 败诉原因 送达日期 是否上诉 关联案号 一审案号 "
        "原审案号 是否生效 生效日期 履行内容 履行期限 备注"
    ),
}
REQUIRED = {
    "排庭": {"案号", "被诉行政机关", "开庭日期"},
    "出庭": {"案号", "开庭日期", "被诉行政机关", "负责人是否出庭"},
    "裁判": {"案号", "被诉行政机关", "裁判日期", "文书类型", "裁判结果"},
}
FULL_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SHORT_DATE = re.compile(r"(\d{1,2})月(\d{1,2})日")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def body(written):
    """Every body row by file, sheet and canonical column, merged cells filled down."""
    return {path.stem: {sheet: read_body(path, sheet) for sheet in KNOWN_HEADERS} for path in written}


def court_and_month(stem):
    court, _, month = stem.partition("-")
    return court, month


def read_body(path, sheet):
    grid = [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]
    laid_out = columns(court_and_month(path.stem)[0], sheet)
    rows, before = [], {}
    for cells in grid:
        if not str(cells[0] or "").isdigit():
            continue
        row = dict(zip((column.means for column in laid_out), cells[1:], strict=True))
        if "合并审理组" in row and row["合并审理组"] is None and row["开庭日期"] is None:
            row |= {name: before[name] for name in ("合并审理组", "开庭日期", "法庭")}
        rows.append(row)
        before = row
    return rows


def read_date(value, year=2026):
    if isinstance(value, datetime):
        return value.date()
    if full := FULL_DATE.fullmatch(str(value)):
        return date(*map(int, full.groups()))
    return date(year, *map(int, SHORT_DATE.match(str(value)).groups()))


def agency_codes():
    return {name: agency.code for agency in load_agencies().values() for name in agency.names}


CODES = agency_codes()


def codes_of(cell):
    return [CODES.get(name) for name in re.split(r"[、，；/\n]", cell)]


def clean(body, sheet):
    """The rows of the files without planned faults, each with its file."""
    return [
        (stem, row)
        for stem, sheets in body.items()
        if court_and_month(stem) not in FAULTS
        for row in sheets[sheet]
    ]


def test_six_courts_send_four_months(written):
    assert [path.name for path in written] == [
        f"{court}-{month}.xlsx" for month in SAMPLE_MONTHS for court in SAMPLE_COURTS
    ]
    assert (len(SAMPLE_COURTS), len(SAMPLE_MONTHS)) == (6, 4)


def test_the_same_bytes_are_written_every_time(written, tmp_path):
    again = write_samples(tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in written]


def test_the_committed_workbooks_say_what_the_code_writes(written):
    for path in written:
        made, kept = load_workbook(path), load_workbook(WORKBOOKS / path.name)
        assert {s.title: list(s.values) for s in made} == {s.title: list(s.values) for s in kept}


def test_the_committed_workbooks_stay_under_one_megabyte():
    assert sum(path.stat().st_size for path in WORKBOOKS.glob("*.xlsx")) < 1_000_000


def test_every_sheet_has_rows_under_a_title_and_says_it_is_invented(written, body):
    for path in written:
        workbook = load_workbook(path)
        assert workbook.sheetnames == ["排庭", "出庭", "裁判"]
        for sheet in workbook:
            assert body[path.stem][sheet.title]
            assert sheet["A1"].value.startswith(STYLES[court_and_month(path.stem)[0]].court_name)
            assert sheet.cell(sheet.max_row, 1).value == "注：演示数据，人名、案号和案情均为虚构。"
            assert "填报人：" in sheet.cell(sheet.max_row - 1, 1).value
            assert sheet.cell(sheet.max_row - 2, 1).value == "合计"


@pytest.mark.parametrize("court", SAMPLE_COURTS)
@pytest.mark.parametrize("sheet", KNOWN_HEADERS)
def test_every_header_is_one_that_readers_know(court, sheet):
    laid_out = columns(court, sheet)
    assert {column.header for column in laid_out} <= set(KNOWN_HEADERS[sheet].split())
    assert {column.means for column in laid_out} >= REQUIRED[sheet]
    assert max(Counter(column.header for column in laid_out).values()) == 1


def test_some_headers_take_two_rows_and_some_are_the_courts_own():
    forms = [columns(court, sheet) for court in SAMPLE_COURTS for sheet in KNOWN_HEADERS]
    assert sum(any(column.over for column in form) for form in forms) == 3
    assert sum(any(column.header != column.means for column in form) for form in forms) >= 8


def test_at_least_130_case_numbers_of_every_kind(body):
    numbers = {row["案号"] for sheet in KNOWN_HEADERS for _, row in clean(body, sheet)}
    parsed = [parse_case_number(text).first for text in numbers]
    assert len(SUITS) >= 130
    assert len({number.key for number in parsed}) >= 125
    assert {number.type for number in parsed} == {"行初", "行终", "行赔初"}
    assert {number.year for number in parsed} == {2025, 2026}


def test_numbers_belong_to_the_court_that_sends_them(body):
    for sheet in KNOWN_HEADERS:
        for stem, row in clean(body, sheet):
            assert parse_case_number(row["案号"]).first.court == court_and_month(stem)[0]


def test_a_schedule_lists_the_hearings_of_its_month(body):
    for stem, row in clean(body, "排庭"):
        assert f"{read_date(row['开庭日期']):%Y-%m}" == court_and_month(stem)[1]


def test_appearances_are_those_of_the_month_before(body):
    for stem, row in clean(body, "出庭"):
        assert read_date(row["开庭日期"]).month == int(court_and_month(stem)[1][-2:]) - 1


def test_decisions_are_of_the_month_before_or_the_first_days(body):
    for stem, row in clean(body, "裁判"):
        month = court_and_month(stem)[1]
        decided_on = read_date(row["裁判日期"])
        assert report_month(decided_on) == month
        assert decided_on <= date.fromisoformat(f"{month}-05")


@pytest.mark.parametrize("month", SAMPLE_MONTHS[:-1])
def test_appearance_sheets_name_the_scheduled_numbers(body, month):
    following = f"2026-{int(month[-2:]) + 1:02d}"
    for court in SAMPLE_COURTS:
        if {(court, month), (court, following)} & FAULTS.keys():
            continue
        listed = {(r["案号"], read_date(r["开庭日期"])) for r in body[f"{court}-{month}"]["排庭"]}
        told = {(r["案号"], read_date(r["开庭日期"])) for r in body[f"{court}-{following}"]["出庭"]}
        assert told == listed


def test_agencies_are_known_by_the_names_written(body):
    for sheet in KNOWN_HEADERS:
        for stem, row in clean(body, sheet):
            assert None not in codes_of(row["被诉行政机关"]), (stem, row)


def test_agencies_are_written_in_full_and_short():
    full = {agency.name for agency in load_agencies().values()}
    short = [names for names in CODES if names not in full]
    assert len(short) > 400


def test_outcomes_are_words_the_outcome_table_knows(body):
    unknown = [
        (stem, row["裁判结果"])
        for stem, row in clean(body, "裁判")
        if load_outcomes().match(row["裁判结果"], row["文书类型"], instance_of(row)) is None
    ]
    assert unknown == []


def instance_of(row):
    return "second" if "行终" in row["案号"] else "first"


def test_all_ways_to_end_a_suit_occur(body):
    rows = [row for sheets in body.values() for row in sheets["裁判"]]
    found = {load_outcomes().match(r["裁判结果"], r["文书类型"], instance_of(r)) for r in rows} - {None}
    assert {outcome.code for outcome in found} >= {
        "J-DISMISS", "J-REVOKE", "J-REVOKE-P", "J-REVOKE-REDO", "J-PERFORM", "J-REHANDLE", "J-PAY",
        "J-ILLEGAL", "J-ILLEGAL-MINOR", "J-VOID", "J-REMEDY", "J-COMP", "J-CHANGE", "J-AGR-PERFORM",
        "J-INFO", "J-RECON", "R-REJECT", "R-WITHDRAW", "R-WITHDRAW-CHANGED", "R-WITHDRAW-SETTLED", "R-DEEMED",
        "M-MED", "A-AFFIRM", "A-REVERSE", "A-REMAND", "A-ORDER", "A-WITHDRAW",
    }  # fmt: skip


def test_a_lost_suit_states_a_reason_of_the_table(body):
    labels = {reason.label for reason in lost_reasons()}
    for _, row in clean(body, "裁判"):
        lost = row["是否败诉"] in {"是", "√", "Y"}
        assert (row["败诉原因"] in labels) == lost


def test_an_effective_decision_has_its_day_and_no_appeal(body):
    effective = 0
    for _, row in clean(body, "裁判"):
        said = row["是否生效"] in {"是", "√", "Y"}
        assert said == (row["生效日期"] is not None)
        assert not (said and row["是否上诉"] in {"是", "√", "Y"})
        effective += said
    assert effective >= 20


def test_only_two_files_have_slips_and_only_the_planned_ones(body):
    assert {key: len(faults) for key, faults in FAULTS.items()} == {
        ("鲁1625", "2026-09"): 3,
        ("鲁1681", "2026-10"): 4,
    }
    for (court, month), faults in FAULTS.items():
        for fault in faults:
            shown = body[f"{court}-{month}"][fault.sheet][fault.row][fault.column]
            assert shown == fault.text if fault.text else None in codes_of(shown)
    cells = [
        (stem, row["被诉行政机关"]) for stem in body for sheet in body[stem] for row in body[stem][sheet]
    ]
    assert Counter(stem for stem, cell in cells if None in codes_of(cell)) == {
        "鲁1625-2026-09": 1,
        "鲁1681-2026-10": 2,
    }
