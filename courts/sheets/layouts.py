"""Which column is which, where a court's headers are its own: as people said for this file, and for the next ones."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from courts.models import Kind, RememberedColumn, Upload
from courts.sheets.columns import COLUMNS, Column
from courts.sheets.reading import HEADER_ROWS, HEADERS, NAME_HINTS, Header, Vocabulary
from lib.cell_values import clean_text, normalise_header
from lib.workbooks import Sheet, Workbook
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation

SAMPLES = 3  # values shown under a header


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the clerk's file, from 0: its header, the first values under it, what it is taken to mean."""

    index: int
    header: str
    samples: list[str]
    meaning: str


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet as the page of columns shows it: where its headers seem to be, and what each may mean."""

    sheet: str
    kind: str
    row: int
    columns: list[FileColumn]

    @property
    def missing(self) -> list[str]:
        """Required columns that nothing stands for yet."""
        meant = {column.meaning for column in self.columns}
        return [column.name for column in COLUMNS[self.kind] if column.required and column.name not in meant]


def vocabulary_of(court: Organisation) -> Vocabulary:
    """All understood headers, with what this court's own ones mean."""
    own: dict[str, dict[str, Column | None]] = {kind: {} for kind in COLUMNS}
    by_name = {kind: {column.name: column for column in columns} for kind, columns in COLUMNS.items()}
    for remembered in RememberedColumn.objects.filter(court=court):
        own[remembered.kind][remembered.header] = by_name[remembered.kind].get(remembered.column)
    return {kind: _merged(HEADERS[kind], own[kind]) for kind in COLUMNS}


def _merged(known: Mapping[str, Column], own: Mapping[str, Column | None]) -> dict[str, Column]:
    return {header: column for header, column in (dict(known) | dict(own)).items() if column is not None}


def layout_of(upload: Upload) -> dict[str, Header]:
    """Where people found the headers of this file's sheets."""
    return {sheet: Header(**placed) for sheet, placed in upload.layout.items()}


def guess(book: Workbook, court: Organisation, kind: str = "", sheet_name: str = "") -> SheetLayout:
    """A sheet to match: the named one, else the one with the most text in one row; its likeliest header and kind."""
    sheets = [sheet for sheet in book.sheets if sheet.name == sheet_name] or book.sheets
    sheet = max(sheets, key=lambda each: _texts(_header_row(each)))
    row = _header_row(sheet)
    kind = kind if kind in COLUMNS else _likeliest_kind(sheet, row)
    known = vocabulary_of(court)[kind]
    number = row.number if row else 1
    columns = [
        FileColumn(index, header, _samples(sheet, number, index), meaning.name if meaning else "")
        for index, header in enumerate(map(clean_text, row.values if row else ()))
        if header
        for meaning in [known.get(normalise_header(header))]
    ]
    return SheetLayout(sheet.name, kind, number, columns)


def _header_row(sheet: Sheet) -> Any:
    """Of the first rows the one with the most different texts: a title says one, a header many."""
    return max(sheet.rows[:HEADER_ROWS], key=_texts, default=None)


def _texts(row: Any) -> int:
    return len({value for value in row.values if isinstance(value, str) and value.strip()}) if row else 0


def _likeliest_kind(sheet: Sheet, row: Any) -> str:
    headers = {normalise_header(value) for value in (row.values if row else ()) if isinstance(value, str)}

    def weight(kind: str) -> tuple[bool, int]:
        return NAME_HINTS[kind] in sheet.name, len(headers & HEADERS[kind].keys())

    return max(COLUMNS, key=weight)


def _samples(sheet: Sheet, header_row: int, index: int) -> list[str]:
    values = (clean_text(row.value(index)) for row in sheet.rows if row.number > header_row)
    return [text for text, _ in zip((value for value in values if value), range(SAMPLES), strict=False)]


@transaction.atomic
def match_columns(
    upload: Upload, layout: SheetLayout, meanings: Mapping[int, str], *, author: Author
) -> bool:
    """Take the sheet's columns to mean what a person says, for this file and for the court's next ones.

    False where the upload is not open any more.
    """
    if not upload.is_changeable():
        return False
    columns = {name: index for index, name in meanings.items() if name}
    header = Header(Kind(layout.kind).value, layout.row, columns)
    known = (
        Upload.objects.only("layout").get(pk=upload.pk).layout
    )  # another tab may have matched another sheet
    upload.layout = known | {layout.sheet: asdict(header)}
    upload.save(update_fields=["layout"])
    for name, meaning in _worth_remembering(layout, meanings).items():
        remembered = {"column": meaning, "at": author.at, "by": author.post}
        RememberedColumn.objects.update_or_create(
            court=upload.court, kind=layout.kind, header=name, defaults=remembered
        )
    audit.record(author, "notification.columns", f"对列 {upload.file_name} · {layout.sheet}", about=upload)
    return True


def _worth_remembering(layout: SheetLayout, meanings: Mapping[int, str]) -> dict[str, str]:
    """Headers that mean one thing: not one that stands over two columns, not a known one that was passed over."""
    said: dict[str, set[str]] = defaultdict(set)
    for column in layout.columns:
        said[normalise_header(column.header)].add(meanings.get(column.index, ""))
    known = HEADERS[layout.kind]
    single = {header: next(iter(each)) for header, each in said.items() if len(each) == 1}
    return {header: name for header, name in single.items() if name or header not in known}


@transaction.atomic
def forget_column(remembered: RememberedColumn, *, author: Author) -> None:
    """The header means nothing of its own any more."""
    audit.record(author, "column.forget", f"停用 {remembered}", about=remembered.court)
    remembered.delete()
