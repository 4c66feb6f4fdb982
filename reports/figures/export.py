"""Figures as a workbook: every unit that is counted or left out, with definitions and what is missing."""

from collections.abc import Iterable, Iterator

from lib.export import Value, export
from reports.figures.entries import Excluded, Part
from reports.figures.measure import Measured
from reports.figures.measures import VERSION
from reports.figures.populations import Populations
from reports.figures.printing import DASH, rate_words

COLUMNS = (("指标", 28), ("计数单位", 12), ("列入", 14), ("案号 · 机关", 44), ("原因", 36), ("上期结转", 10))
PARTS = (("numerator", "计入分子"), ("rest", "未计入分子"), ("excluded", "不计入"))


def figures_workbook(found: list[Measured], populations: Populations, *, by: str) -> bytes:
    """A row for each unit of each measure; the second sheet says values, definitions, scope and gaps."""
    return export("指标明细", COLUMNS, _rows(found), list(_notes(found, populations, by)))


def unit_rows(part: Part) -> Iterator[tuple[str, str, str, str]]:
    """Every unit of a part: in which list it stands, its id, why it is left out, whether it is left over."""
    for name, label in PARTS:
        for unit in getattr(part, name):
            if isinstance(unit, Excluded):
                yield label, unit.id, unit.reason, ""
            else:
                yield label, unit.id, "", "是" if unit.carried else ""


def _rows(found: Iterable[Measured]) -> Iterator[tuple[Value, ...]]:
    for figure in found:
        for row in unit_rows(figure.total):
            yield figure.measure.label, figure.measure.unit, *row


def _notes(found: Iterable[Measured], populations: Populations, by: str) -> Iterator[tuple[str, str]]:
    yield "范围", f"{populations.region.name}，{populations.period.label}"
    yield "数据截至", populations.on.isoformat()
    yield "口径版本", VERSION
    yield "导出人", by
    for figure in found:
        yield figure.measure.label, f"{_value(figure, figure.total)}。{figure.measure.definition}"
    for gap in populations.coverage.gaps:
        yield "数据不全", gap.words


def _value(figure: Measured, part: Part) -> str:
    if figure.measure.is_rate:
        return rate_words(part, DASH)
    return f"{len(part.numerator)}（共 {part.denominator}）"
