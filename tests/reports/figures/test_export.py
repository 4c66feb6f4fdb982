"""The workbook of figures says the same as the page: as many rows as ids, definitions, gaps; texts stay texts."""

from io import BytesIO

from openpyxl import load_workbook

from reports.figures.export import figures_workbook
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.reports.conftest import TODAY


def test_every_id_is_a_row_and_every_definition_a_note(world):
    world.all_told(7, 8)
    world.heard(1)
    world.heard(2, attended=False)
    world.hearing(world.case(3), state="postponed")
    populations = Populations(parse_report_period("2026Q3"), world.city, TODAY)
    what = MEASURES["appearance_rate"]
    book = load_workbook(BytesIO(figures_workbook([measured(what, populations)], populations, by="刘经办")))
    rows = list(book["指标明细"].iter_rows(min_row=2, values_only=True))
    assert [row[2:5] for row in rows] == [
        ("计入分子", "（2026）鲁1602行初1号", None),
        ("未计入分子", "（2026）鲁1602行初2号", None),
        ("不计入", "（2026）鲁1602行初3号", "延期开庭"),
    ]
    notes = list(book["口径说明"].iter_rows(min_row=2, values_only=True))
    assert notes[0] == ("范围", "滨州市，2026年第三季度")
    assert notes[4] == (what.label, f"50.0%（1/2）。{what.definition}")
    assert ("数据不全", "滨城法院 2026-09 未通报（三类中缺 3 类）") in notes
