"""Inserting a first column into a worksheet, with all that openpyxl leaves behind when it moves cells."""

import re

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

CELL_REFERENCE = re.compile(r"^\$?[A-Z]{1,3}\$?\d+$")


def insert_first_column(sheet: Worksheet, width: float) -> None:
    """Move everything one column to the right; merged ranges, widths, panes, filters and links move along.

    Formulas follow as if they had been copied one cell to the right.
    """
    merged = [cells.bounds for cells in sheet.merged_cells.ranges]
    for left, top, right, bottom in merged:
        sheet.unmerge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    _translate_formulas(sheet)
    sheet.insert_cols(1)
    for left, top, right, bottom in merged:
        sheet.merge_cells(start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1)
    _move_widths(sheet, width)
    _move_views(sheet)
    _move_rules(sheet)


def _translate_formulas(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = _translated(cell.value, cell.coordinate, cell.offset(0, 1).coordinate)


def _translated(formula: str, origin: str, target: str) -> str:
    try:
        moved: str = Translator(formula, origin).translate_formula(target)
    except (TranslatorError, TokenizerError):  # a formula that only Excel understands stays as it is
        return formula
    return moved


def _move_widths(sheet: Worksheet, width: float) -> None:
    old = list(sheet.column_dimensions.values())
    sheet.column_dimensions.clear()
    for column in old:
        first = (column.min or 1) + 1
        letter = get_column_letter(first)
        sheet.column_dimensions[letter] = ColumnDimension(
            sheet,
            letter,
            width=column.width,
            hidden=column.hidden,
            min=first,
            max=(column.max or first - 1) + 1,
        )
    sheet.column_dimensions["A"].width = width


def _move_views(sheet: Worksheet) -> None:
    if sheet.freeze_panes:
        sheet.freeze_panes = shifted(sheet.freeze_panes)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = shifted(sheet.auto_filter.ref)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.hyperlink is not None:
                cell.hyperlink.ref = cell.coordinate


def _move_rules(sheet: Worksheet) -> None:
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = type(validation.sqref)(" ".join(map(shifted, str(validation.sqref).split())))
    rules = [(each, list(each.rules)) for each in sheet.conditional_formatting]
    sheet.conditional_formatting = type(sheet.conditional_formatting)()
    for place, found in rules:
        for rule in found:
            sheet.conditional_formatting.add(" ".join(map(shifted, str(place.sqref).split())), rule)
    for table in sheet.tables.values():
        table.ref = shifted(table.ref)


def shifted(reference: str) -> str:
    """`B2:D9` one column to the right: `C2:E9`; whole rows and columns stay as they are."""
    if not all(CELL_REFERENCE.match(end) for end in reference.split(":")):
        return reference
    left, top, right, bottom = range_boundaries(reference)
    start, end = f"{get_column_letter(left + 1)}{top}", f"{get_column_letter(right + 1)}{bottom}"
    return f"{start}:{end}" if ":" in reference else start
