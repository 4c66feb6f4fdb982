"""What a clerk should know of the reading itself: what was passed over, and what was taken along unseen."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from courts.sheets.columns import GUIDE_SHEET, LISTS_SHEET, TEMPLATE_VERSION
from courts.sheets.ledger_columns import ALL_COLUMNS
from courts.sheets.reading import RawSheet
from lib.cell_values import clean_text
from lib.workbooks import Sheet, Workbook

SHOWN = 10  # headers of columns that were not read
MISPRINT = 60  # how alike two headers are, of 100, that one may be the other misspelt
LONG_GAP = 50  # blank rows between rows with content
OUR_SHEETS = frozenset({GUIDE_SHEET, LISTS_SHEET})
_VERSION = re.compile(r"模板版本\s*(\S+)")


def remarks_on(book: Workbook, sheets: Iterable[RawSheet]) -> list[str]:
    """The remarks in words, about the file and about each sheet; none of them holds a row."""
    read = {sheet.name: sheet for sheet in sheets}
    return [*_on_file(book, set(read)), *(words for raw in read.values() for words in _on_sheet(raw))]


def _on_file(book: Workbook, read: set[str]) -> Iterator[str]:
    passed_over = [sheet.name for sheet in book.sheets if sheet.rows and sheet.name not in read | OUR_SHEETS]
    if passed_over:
        yield f"没有读取这些工作表，看不出是哪一项通报：{'、'.join(passed_over)}。"
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden and sheet.name in read]
    if hidden:
        yield f"这些工作表是隐藏的，已一并读取：{'、'.join(hidden)}。"
    if book.extras:
        yield f"文件带有{'、'.join(book.extras)}，没有打开，也没有读取。"
    for sheet in book.sheets:
        yield from _on_template(sheet)
        yield from _on_gap(sheet)


def _on_template(sheet: Sheet) -> Iterator[str]:
    """An old template is read all the same; the clerk is told of the new one."""
    if sheet.name != GUIDE_SHEET:
        return
    texts = (clean_text(value) for row in sheet.rows for value in row.values)
    version = next((found[1] for found in map(_VERSION.search, texts) if found), TEMPLATE_VERSION)
    if version != TEMPLATE_VERSION:
        yield f"模板版本是 {version}，现行版本是 {TEMPLATE_VERSION}；本次照常读取，下次请用新模板。"


def _on_gap(sheet: Sheet) -> Iterator[str]:
    gap = longest = 0
    for row in sheet.rows:
        gap = 0 if row.values else gap + 1
        longest = max(longest, gap)
    if longest > LONG_GAP:
        yield f"{sheet.name}：中间有 {longest} 行空白，其后的行已一并读取。"


def _on_sheet(raw: RawSheet) -> Iterator[str]:
    if raw.unknown:
        named = [_with_nearest(header, raw.kind) for header in raw.unknown[:SHOWN]]
        yield f"{raw.name}：没有读取这些列：{'、'.join(named)}。"
    if raw.hidden_rows:
        yield f"{raw.name}：含隐藏或筛掉的行 {raw.hidden_rows} 行，已一并读取。"
    if raw.hidden_columns:
        yield f"{raw.name}：含隐藏的列 {'、'.join(raw.hidden_columns)}，已一并读取。"


def _with_nearest(header: str, kind: str) -> str:
    """An unknown header, with the known name that it may be a misprint of."""
    names = [column.name for column in ALL_COLUMNS[kind]]
    near = process.extractOne(header, names, score_cutoff=MISPRINT, scorer=fuzz.ratio)
    return f"{header}（是否为“{near[0]}”）" if near else header
