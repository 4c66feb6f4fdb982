"""The tables of a return: exact numbers, and that what must balance is checked."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.models import Case, Lane
from reports.analysis.filled import FilledTable
from reports.analysis.returns import load_return
from reports.analysis.returns_export import returns_workbook
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from rules.strict_toml import DataFileError
from tests.reports.conftest import TODAY

H2 = parse_report_period("2026H2")
TABLE = """
notes = []
[[table]]
key = "acts"
title = "收结"
by = "act"
column = [
    {{ key = "new", label = "新收", measure = "case_new_count" }},
    {{ key = "concluded", label = "审结", measure = "case_concluded_count" }},
]
{}
"""


@pytest.fixture
def fill(world):
    def filled(key, file=None, region=None):
        tables = (load_return(file) if file else load_return()).tables
        table = next(one for one in tables if one.key == key)
        return FilledTable(table, Populations(H2, region or world.city, TODAY))

    return filled


@pytest.fixture
def write(tmp_path):
    def file(checks):
        path = tmp_path / "returns.toml"
        path.write_text(TABLE.format(checks), "utf-8")
        return path

    return file


@pytest.fixture
def year(world):
    """Two cases carried over, three taken in; three of the five concluded, one of them lost."""
    world.all_told(7, 8, 9)
    facts = (
        (world.decided(1, "J-DISMISS"), "2026-05-01", "行政处罚"),
        (world.case(2), "2026-06-30", "行政处罚"),
        (world.decided(3, "J-REVOKE", lost=True, agency="区住建局"), "2026-07-01", "行政许可"),
        (world.decided(4, "A-AFFIRM", type_code="行终"), "2026-08-01", "行政许可"),
        (world.case(5, "市公安局", "区住建局"), "2026-09-01", ""),
    )
    for made, filed, cause in facts:
        case = made if isinstance(made, Case) else made.decision.case
        Case.objects.filter(pk=case.pk).update(filed_on=date.fromisoformat(filed), cause=cause)


def rows(filled):
    return [(row.label, *(cell.words for cell in row.cells)) for row in (*filled.rows, filled.total)]


def holding(filled):
    return [(one.words, one.holds) for one in filled.balances]


def test_cases_by_act(fill, year):
    filled = fill("acts")
    assert rows(filled) == [
        ("行政处罚", "2", "0", "1", "1", "0"),
        ("行政许可", "0", "2", "2", "0", "1"),
        ("未载明", "0", "1", "0", "1", "0"),
        ("合计", "2", "3", "3", "2", "1"),
    ]
    assert holding(filled) == [("各行之和＝合计", True), ("旧存＋新收＝审结＋未结", True)]


def test_cases_by_level_with_a_line_for_co_defendants_of_two(fill, year):
    assert rows(fill("levels")) == [
        ("市级", "2", "1", "2", "1", "0"),
        ("县级", "0", "1", "1", "0", "1"),
        ("分属多类（共同被告或者多项原因）", "0", "1", "0", "1", "0"),
        ("合计", "2", "3", "3", "2", "1"),
    ]


def test_cases_by_domain(fill, year):
    assert [row[0] for row in rows(fill("domains"))] == [
        "公安", "城乡建设", "分属多类（共同被告或者多项原因）", "合计",
    ]  # fmt: skip


def test_ways_by_instance_leave_out_what_is_pending(fill, year):
    filled = fill("ways")
    assert rows(filled) == [
        ("驳回诉讼请求", "1", "0", "0", "1"),
        ("撤销（含部分撤销、责令重作）", "1", "0", "0", "1"),
        ("维持原判（裁定）", "0", "1", "0", "1"),
        ("合计", "2", "1", "0", "3"),
    ]
    assert holding(filled) == [("各行之和＝合计", True), ("审结＝一审＋二审＋再审", True)]


def test_heads_by_level_each_case_by_the_highest_who_came(fill, world):
    world.all_told(7, 8, 9)
    two = world.heard(1, head_rank="deputy")
    world.said(world.hearing(two, "09-02"), head_rank="principal")
    world.heard(2, head_rank="deputy")
    world.heard(3, head_rank="other")
    world.heard(4)
    world.heard(5, "区住建局", attended=False)
    world.hearing(world.case(6), state="postponed")
    filled = fill("appearances")
    assert rows(filled) == [
        ("市级", "4", "4", "1", "1", "2", "0", "1"),
        ("县级", "1", "0", "0", "0", "0", "1", "0"),
        ("合计", "5", "4", "1", "1", "2", "1", "1"),
    ]
    assert all(holds for _, holds in holding(filled))


def test_the_joint_conference_by_court(fill, world):
    world.all_told(7, 8, 9)
    world.owes(1, done="09-05")
    world.owes(2)
    world.heard(3, attended=False)
    filled = fill("conference")
    assert rows(filled) == [
        ("滨城法院", "0", "3", "2", "1", "2", "1", "0", "2", "1"),
        ("合计", "0", "3", "2", "1", "2", "1", "0", "2", "1"),
    ]
    assert all(holds for _, holds in holding(filled))


def test_decisions_by_the_role_of_the_defendant(fill, world):
    world.decided(1, lost=False)
    Lane.objects.update(role=Lane.Role.RECONSIDERED)
    world.decided(2, "J-REVOKE", lost=True)
    world.decided(3, "A-AFFIRM")
    assert rows(fill("roles")) == [
        ("原行为机关", "1", "1", "0", "1"),
        ("复议机关", "1", "0", "1", "0"),
        ("合计", "2", "1", "1", "1"),
    ]


def test_nothing_where_no_court_told_anything_is_no_nought(fill, world):
    world.told("鲁16", 7, 8, 9)
    world.heard(1, "县公安局", head_rank="deputy")
    world.heard(2, head_rank="principal")
    filled = fill("appearances")
    assert rows(filled) == [
        ("市级", "1", "1", "1", "0", "0", "0", "0"),
        ("县级", "1", "1", "—", "1", "—", "—", "—"),
        ("合计", "2", "2", "1", "1", "0", "0", "0"),
    ]
    assert "惠民法院 2026-07 未通报（三类中缺 3 类）" in filled.gaps


def test_what_does_not_balance_is_said_with_the_difference(fill, year, write):
    filled = fill("acts", write('check = [{ left = ["new"], right = ["concluded"] }]'))
    added, asked = filled.balances
    assert (added.mark, asked.mark, asked.words) == ("✓", "≠", "新收＝审结")
    assert [one.words for one in asked.differences] == [
        "行政处罚：0 ≠ 1，差 -1",
        "未载明：1 ≠ 0，差 1",
    ]


def test_rows_that_do_not_add_up_are_said_by_column(fill, year):
    filled = fill("acts")
    del filled.rows[0]
    assert [one.words for one in filled.balances[0].differences] == [
        "旧存：0 ≠ 2，差 -2",
        "审结：2 ≠ 3，差 -1",
        "未结：1 ≠ 2，差 -1",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('by = "act"', 'by = "weather"', "没有分项“weather”"),
        ('by = "act"', 'by = "reason"', "没有指标“case_new_count”，或者它没有分项“reason”"),
        ('title = "收结"', 'title = "收/结"', "表名不超过"),
        ('key = "concluded"', 'key = "new"', "列的代码重复"),
        ('measure = "case_new_count"', 'measure = "x"', "没有指标“x”"),
        ('measure = "case_new_count"', 'measure = "case_new_count", part = "x"', "“part”不能是“x”"),
        ("notes = []", 'notes = []\nodd = "x"', "不认识的键 odd"),
    ],
)
def test_a_wrong_file_is_refused(write, old, new, words):
    path = write("")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError, match=words):
        load_return(path)


@pytest.mark.parametrize("side", ["[]", '["pending"]'])
def test_a_check_names_columns_of_its_table(write, side):
    with pytest.raises(DataFileError, match="“right”须列出本表的列"):
        load_return(write(f'check = [{{ left = ["new"], right = {side} }}]'))


def test_the_workbook_has_a_sheet_for_each_table_and_its_checks(world, fill, year):
    filled = [fill(table.key) for table in load_return().tables]
    book = load_workbook(BytesIO(returns_workbook(filled, filled[0].populations, by="市司法局 王科员")))
    assert book.sheetnames[0] == "表1 案件收结·应诉事项"
    assert len(book.sheetnames) == len(filled) + 1
    first = [[cell for cell in row if cell is not None] for row in book.worksheets[0].values]
    assert first[0] == ["行政行为种类", "旧存", "新收", "审结", "未结", "败诉"]
    assert first[4:] == [["合计", 2, 3, 3, 2, 1], [], ["✓ 各行之和＝合计"], ["✓ 旧存＋新收＝审结＋未结"]]
    notes = list(book["口径说明"].values)
    assert ("范围", "滨州市，2026年下半年") in notes
    assert ("说明", load_return().notes[0]) in notes
    assert ("数据不全", filled[0].gaps[0]) in notes


def test_texts_of_the_workbook_are_no_formulas(fill, world):
    Case.objects.filter(pk=world.heard(1).pk).update(cause="=1+1")
    filled = fill("acts")
    book = load_workbook(BytesIO(returns_workbook([filled], filled.populations, by="=1+1")))
    cells = [cell for sheet in book.worksheets for row in sheet.rows for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
