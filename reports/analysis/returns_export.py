"""A return as a workbook: a sheet for each table with its checks under it, and one that says by which definitions."""

from collections.abc import Iterator, Sequence

from lib.export import Sheet, Value, export_sheets
from reports.analysis.filled import FilledTable, Row
from reports.analysis.returns import load_return
from reports.figures.measures import AUTHOR, SINCE, VERSION
from reports.figures.populations import Populations

FIRST, OTHER = 30, 11  # widths in characters


def returns_workbook(tables: Sequence[FilledTable], populations: Populations, *, by: str) -> bytes:
    """Numbers as numbers, everything else as text."""
    sheets = (_sheet(number, table) for number, table in enumerate(tables, start=1))
    return export_sheets(sheets, list(_notes(tables, populations, by)))


def _sheet(number: int, filled: FilledTable) -> Sheet:
    columns = ((filled.table.by.label, FIRST), *((one.label, OTHER) for one in filled.table.columns))
    return Sheet(f"表{number} {filled.table.title}", columns, _lines(filled))


def _lines(filled: FilledTable) -> Iterator[Sequence[Value]]:
    yield from (_values(row) for row in (*filled.rows, filled.total))
    yield ()
    for balance in filled.balances:
        yield (f"{balance.mark} {balance.words}",)
        yield from ((f"　{one.words}",) for one in balance.differences)


def _values(row: Row) -> tuple[Value, ...]:
    return row.label, *(cell.number if cell.words.isdigit() else cell.words for cell in row.cells)


def _notes(tables: Sequence[FilledTable], now: Populations, by: str) -> Iterator[tuple[str, str]]:
    yield "范围", f"{now.region.name}，{now.period.label}"
    yield "数据截至", now.on.isoformat()
    yield from (("说明", note) for note in load_return().notes)
    yield "口径版本", f"{VERSION}，{SINCE} 起用，{AUTHOR}"
    yield "导出人", by
    columns = {one.label: one for each in tables for one in each.table.columns}
    yield from ((label, f"{one.words}（按{one.measure.unit}计）") for label, one in columns.items())
    for gap in dict.fromkeys(gap for each in tables for gap in each.gaps):
        yield "数据不全", gap
