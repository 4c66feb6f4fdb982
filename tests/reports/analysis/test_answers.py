"""自助统计: the sentence, the shares, and what is too little to be compared."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from cases.models import Case
from reports.analysis.answers import Answer
from reports.analysis.export import answer_csv, answer_workbook
from reports.figures.dimensions import DIMENSIONS
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.reports.conftest import TODAY

Q3 = parse_report_period("2026Q3")


@pytest.fixture
def ask(world):
    def answer(key, by, period=Q3):
        return Answer(MEASURES[key], DIMENSIONS[by], Populations(period, world.city, TODAY))

    return answer


@pytest.fixture
def twelve(world):
    """Nine cases of the city's police, eight with their head, and three of the district without."""
    world.all_told(7, 8, 9)
    for serial in range(1, 10):
        world.heard(serial, attended=serial > 1)
    for serial in range(10, 13):
        world.heard(serial, "区住建局", attended=False)


@pytest.fixture
def twenty_three(world, twelve):
    """With one more of the police, and ten more of the district, all with their heads."""
    world.heard(13)
    for serial in range(14, 24):
        world.heard(serial, "区住建局")


def test_a_rate_names_its_lowest_and_its_highest_slice(ask, twenty_three):
    assert ask("appearance_rate", "level").sentence() == (
        "2026年第三季度，滨州市负责人出庭应诉率 82.6%（19/23）。"
        "按被告层级，最低的是县级 76.9%（10/13），最高的是市级 90.0%（9/10）。"
    )


def test_slices_of_few_cases_are_neither_best_nor_worst(ask, twelve):
    answer = ask("appearance_rate", "level")
    assert answer.sentence() == (
        "2026年第三季度，滨州市负责人出庭应诉率 66.7%（8/12）。按被告层级，达到 10 件的不足两项，不比较高低。"
    )
    assert [answer.share(part) for _, part in answer.slices] == ["75.0%", "25.0%"]


def test_a_count_names_its_largest_slices(ask, twelve):
    answer = ask("appearance_times", "level")
    assert (
        answer.sentence()
        == "2026年第三季度，滨州市负责人出庭人次 8 人次。按被告层级，最多的是市级 8 人次（占 100.0%）。"
    )
    assert answer.changes() == []


def test_too_little_is_listed_and_not_compared(ask, world):
    world.heard(1)
    answer = ask("appearance_rate", "level")
    assert answer.sentence().endswith("本期只有 1 件，不作比例分析，仅列案件。")
    assert [answer.share(part) for _, part in answer.slices] == ["—"]


def test_nothing_is_said_to_be_nothing(ask):
    assert (
        ask("appearance_rate", "level").sentence()
        == "2026年第三季度，滨州市负责人出庭应诉率：本期无开庭案件。"
    )
    assert ask("case_new_count", "court").sentence() == "2026年第三季度，滨州市新收：没有。"


def test_each_comparison_names_its_period_and_a_year_has_one(ask, twelve):
    assert ask("appearance_rate", "level").changes() == [
        ("环比", "2026年第二季度数据不全，不作比较"),
        ("同比", "2025年第三季度数据不全，不作比较"),
    ]
    year = parse_report_period("2026")
    assert [label for label, _ in ask("appearance_rate", "level", year).changes()] == ["同比"]


def test_a_workbook_and_a_csv_hold_every_unit_and_no_formula(ask, twelve):
    Case.objects.filter(serial=1).update(cause="=SUM(1,2)")
    answer = ask("appearance_rate", "cause")
    book = load_workbook(BytesIO(answer_workbook(answer, by="滨州市司法局 张某")))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 12
    assert ("=SUM(1,2)", "未计入分子", "（2026）鲁1602行初1号") in [row[:3] for row in rows]
    assert all(cell.data_type == "s" for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    assert "2026.5" in " ".join(str(row[1]) for row in book["口径说明"].iter_rows(values_only=True))
    told = list(csv.reader(StringIO(answer_csv(answer, by="某人").decode("utf-8-sig"))))
    assert ["'=SUM(1,2)", "未计入分子", "（2026）鲁1602行初1号", "", ""] in told
    assert sum(bool(row) and row[1] in ("计入分子", "未计入分子", "不计入") for row in told) == 12


def test_losses_by_reason_are_counts_and_shares_of_the_losses(ask, world):
    for serial, why in enumerate(("主要证据不足", "程序违法", "违反法定程序"), start=1):
        outcome = world.decided(serial, "J-REVOKE", lost=True)
        outcome.lost_reason = why
        outcome.save()
    for serial in range(4, 14):
        world.decided(serial)
    answer = ask("loss_rate_concluded", "reason")
    assert answer.sentence().endswith(
        "按败诉原因，最多的是违反法定程序 2 件（占 66.7%）、主要证据不足 1 件（占 33.3%）。"
    )
    assert [(key.label, answer.value(part), answer.share(part)) for key, part in answer.slices] == [
        ("主要证据不足", "1 件", "33.3%"),
        ("违反法定程序", "2 件", "66.7%"),
        ("未败诉", "0 件", "0.0%"),
    ]
