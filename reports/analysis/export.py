"""An answer as a workbook or as CSV: its slices and cases, and by which definitions."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from lib.export import Value, export
from reports.analysis.answers import Answer
from reports.figures.export import unit_rows
from reports.figures.measures import AUTHOR, SINCE, VERSION

COLUMNS = (("分项", 30), ("列入", 14), ("案号 · 机关", 44), ("原因", 36), ("上期结转", 10))
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a text begins that a spreadsheet would run


def answer_workbook(answer: Answer, *, by: str) -> bytes:
    """A row for each unit of each slice; the second sheet says values, definitions, scope and gaps."""
    return export(answer.what.label[:31], COLUMNS, _rows(answer), list(_notes(answer, by)))


def answer_csv(answer: Answer, *, by: str) -> bytes:
    """The same rows as UTF-8 text with a mark that spreadsheets know, the definitions under them; no cell is a
    formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([name for name, _ in COLUMNS])
    writer.writerows(_harmless(row) for row in _rows(answer))
    writer.writerow([])
    writer.writerows(_harmless(row) for row in _notes(answer, by))
    return file.getvalue().encode("utf-8-sig")


def _rows(answer: Answer) -> Iterator[tuple[Value, ...]]:
    return ((key.label, *row) for key, part in answer.slices for row in unit_rows(part))


def _notes(answer: Answer, by: str) -> Iterator[tuple[str, str]]:
    now = answer.populations
    yield "结论", answer.sentence()
    yield "范围", f"{now.region.name}，{now.period.label}"
    yield "数据截至", now.on.isoformat()
    yield "口径", f"{answer.what.definition}（{VERSION}，{SINCE} 编制，{AUTHOR}）"
    yield "分项口径", f"{answer.by.label}：{answer.by.note}"
    yield "导出人", by
    for key, part in answer.slices:
        yield key.label, answer.value(part)
    for gap in answer.total.footing.missing:
        yield "数据不全", gap.words


def _harmless(row: Sequence[Value]) -> list[str]:
    return [f"'{text}" if (text := str(value)).startswith(FORMULA) else text for value in row]
