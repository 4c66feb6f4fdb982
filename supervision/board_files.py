"""The board as a workbook."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from cases.models import Deadline
from cases.steps import status_of

MOST_ROWS = 20_000
COLUMNS = (
    ("状态", 14), ("事项", 24), ("机关", 24), ("案号或事由", 30), ("起算日", 12), ("届满日", 12), ("原定", 12),
    ("怎么算的", 70), ("依据", 60),
)  # fmt: skip


def board_workbook(deadlines: Iterable[Deadline], *, on: date) -> bytes:
    """One row for each deadline with the sentence that explains its day; texts are texts, never formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("期限")
    sheet.freeze_panes = "A2"
    for at, (_, width) in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + at)].width = width
    heads = [WriteOnlyCell(sheet, name) for name, _ in COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for deadline in deadlines:
        sheet.append([_cell(sheet, value) for value in _values(deadline, on)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _values(deadline: Deadline, on: date) -> tuple[str | date, ...]:
    receipt = deadline.receipt
    return (
        status_of(deadline, today=on).word,
        deadline.label,
        deadline.organisation.name,
        deadline.about,
        deadline.starts_on,
        deadline.due_on,
        deadline.original_due_on,
        receipt.get("explanation", ""),
        receipt.get("citation", ""),
    )


def _cell(sheet: object, value: str | date) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # also where it begins like a formula
    else:
        cell.number_format = "yyyy-mm-dd"
    return cell
