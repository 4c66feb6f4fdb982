"""The row of a court's workbook that a fact comes from: every cell as it was sent, with what was corrected."""

from dataclasses import dataclass

from courts.checking.cells import shown
from courts.models import Upload
from courts.sheets.layouts import layout_of, vocabulary_of
from courts.sheets.reading import find_header
from courts.uploads.planning import workbook_of


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell: where it stands, what its column is called, what it says, and what it was corrected to."""

    cell: str
    column: str
    value: str
    corrected: str = ""


def row_of(upload: Upload, sheet_name: str, number: int | None) -> list[SourceCell]:
    """The read cells of a row, in the order of the file; nothing where there is no such row.

    Raises UnusableWorkbook, and FileDamaged where the kept file is.
    """
    sheet = next((each for each in workbook_of(upload).sheets if each.name == sheet_name), None)
    row = next((each for each in sheet.rows if each.number == number), None) if sheet else None
    if sheet is None or row is None:
        return []
    header = layout_of(upload).get(sheet.name) or find_header(
        sheet, upload.requested_kind, vocabulary=vocabulary_of(upload.court)
    )
    if header is None:
        return []
    mended = {
        correction["column"]: correction["new"]
        for correction in upload.corrections
        if (correction["sheet"], correction["row"]) == (sheet_name, number)
    }
    by_place = sorted(header.columns.items(), key=lambda each: each[1])
    return [
        SourceCell(f"{header.letters[name]}{number}", name, shown(row.value(index)), mended.get(name, ""))
        for name, index in by_place
    ]
