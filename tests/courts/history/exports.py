"""An exported ledger read as anybody reads it."""

from io import BytesIO

from openpyxl import load_workbook


def sheet_of(content, name="导出台账"):
    """The rows of a sheet, each by its headers; blank cells are left out."""
    heads, *rows = load_workbook(BytesIO(content))[name].iter_rows(values_only=True)
    return [
        {head: value for head, value in zip(heads, row, strict=True) if value not in (None, "")}
        for row in rows
    ]


def notes_of(content):
    """The second sheet: what is said under each item."""
    return {row["项目"]: row["说明"] for row in sheet_of(content, "口径说明")}
