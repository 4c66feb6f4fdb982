"""Lists as workbooks for people: a sheet of rows, and one that says what they are and who took them out."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# What XML cannot carry: openpyxl refuses the controls, and writes the two others into a file that nobody can open.
NOT_IN_XML = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff]")

Value = str | int | date | None
Column = tuple[str, int]  # header and width in characters


class Sheet(NamedTuple):
    """One sheet of rows, under its headers."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def export(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    notes: Sequence[tuple[str, str]] = (),
) -> bytes:
    """An .xlsx with frozen headers; texts are texts, never formulas. `notes` make a second sheet, 口径说明."""
    return export_sheets([Sheet(title, columns, rows)], notes)


def export_sheets(sheets: Iterable[Sheet], notes: Sequence[tuple[str, str]] = ()) -> bytes:
    """The same with several sheets before that of the notes."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _sheet(book, *sheet)
    if notes:
        _sheet(book, "口径说明", (("项目", 16), ("说明", 80)), notes)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    heads = [WriteOnlyCell(sheet, name) for name, _ in columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: object, value: Value) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, NOT_IN_XML.sub(" ", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # also where it begins like a formula
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell
