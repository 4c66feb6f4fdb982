"""A notice's arrangement in a file, .xlsx or .csv as Excel and WPS save it."""

import csv
import tempfile
from io import StringIO
from pathlib import Path

from cases.work_calendar.notices import KINDS, NoticeRefused, read_rows
from lib.kinds import ZIP_MAGIC
from lib.workbooks import UnusableWorkbook, read_workbook

MOST_BYTES = 200_000


def rows_of_file(content: bytes, year: int) -> list[dict[str, str]]:
    """The ranges of the file; rows that do not begin with 放假 or 上班 before the first that does are headings.

    Raises NoticeRefused.
    """
    if len(content) > MOST_BYTES:
        raise NoticeRefused("文件过大，一年的安排只有几十行，请核对是否选错文件。")
    rows = _workbook_rows(content) if content.startswith(ZIP_MAGIC) else _csv_rows(content)
    filled = [(number, cells) for number, cells in rows if any(cell not in (None, "") for cell in cells)]
    start = next((at for at, (_, cells) in enumerate(filled) if str(cells[0]).strip() in KINDS), 0)
    return read_rows(filled[start:], year)


def _workbook_rows(content: bytes) -> list[tuple[int, list[object]]]:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        try:
            book = read_workbook(Path(file.name))
        except UnusableWorkbook as unusable:
            raise NoticeRefused(unusable.message) from unusable
    return [(row.number, list(row.values)) for row in book.sheets[0].rows]


def _csv_rows(content: bytes) -> list[tuple[int, list[object]]]:
    """UTF-8 with or without a mark, else GB 18030, which Chinese Excel writes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    return [(number, list(cells)) for number, cells in enumerate(csv.reader(StringIO(text)), start=1)]
