"""Pictures carry the numbers of the figures: the worst first, what is missing hollow, a sentence for everybody."""

from datetime import date

import pytest

from reports.figures.measures import MEASURES
from reports.figures.pictures import Cell, bars, dots, heat, sentence
from reports.figures.trend import months_of
from tests.reports.conftest import TODAY
from tests.reports.figures.test_printing import GAPS, UNTOLD, part

RATE = MEASURES["appearance_rate"]


def test_bars_stand_worst_first_and_those_without_a_rate_last():
    named = [
        ("甲县", part(4, 4), ""),
        ("乙县", part(1, 4), ""),
        ("丙县", part(0, 0), ""),
        ("丁县", part(3, 3, GAPS), ""),
        ("戊县", part(2, 4, UNTOLD), ""),
    ]
    told = [(bar.name, bar.words, bar.is_full, bar.is_known) for bar in bars(named)]
    assert told == [
        ("乙县", "25.0%（1/4）", False, True),
        ("甲县", "100.0%（4/4）", True, True),
        ("戊县", "数据不全（2/4）", False, False),
        ("丁县", "数据不全（3/3）", False, False),
    ]


@pytest.fixture
def months(world):
    world.all_told(8, 9)
    world.heard(1, "区住建局", on="08-10")
    world.heard(2, "区住建局", on="09-10")
    world.heard(3, "县公安局", on="09-11", attended=False)
    return months_of(RATE, world.city, date(2026, 9, 30), TODAY)


def test_a_trend_has_twelve_months_and_a_dot_for_each_that_has_cases(months):
    assert [months[0].period.key, months[-1].period.key, len(months)] == ["2025-10", "2026-09", 12]
    told = [(dot.label, dot.words, dot.is_whole) for dot in dots(months)]
    assert told == [("2026-08", "100.0%（1/1）", True), ("2026-09", "50.0%（1/2）", True)]


def test_the_sentence_names_the_lowest_and_the_last_month(months):
    assert sentence("出庭率", months) == (
        "近 12 个月中有数据的 2 个月，出庭率最低的是 2026年9月 50.0%（1/2），最近的是 2026年9月 50.0%（1/2）。"
    )
    assert sentence("出庭率", months[:3]) == "近 12 个月没有出庭率的数据。"


def test_areas_by_month_have_words_shades_and_what_they_open(world, months):
    rows = {name: cells for name, *_, cells in heat(world.city, months)}
    assert rows["滨州市"][-2:] == [Cell("100.0%", "all", "2026-08"), Cell("50.0%", "few", "2026-09")]
    assert (rows["滨城区"][-1], rows["惠民县"][-1], rows["惠民县"][0]) == (
        Cell("100.0%", "all", "2026-09"),
        Cell("0.0%", "few", "2026-09"),
        Cell("—", "", ""),
    )
