"""The courts' monthly workbooks for demonstrations, as WPS users make them.

Persons, numbers and facts are invented; the organisations are those of the reference tables.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from openpyxl import Workbook

from binzhou_litigation.demo.docket import make_docket
from binzhou_litigation.demo.layouts import SHEETS, STYLES, Column, columns
from binzhou_litigation.demo.package import save_reproducibly
from binzhou_litigation.demo.plan import FAULTS, SAMPLE_COURTS, SAMPLE_MONTHS, Fault
from binzhou_litigation.demo.rows import Row, appearance_rows, judgment_rows, schedule_rows, sent_on
from binzhou_litigation.demo.sheet import SheetWriter
from binzhou_litigation.demo.suits import Suit
from binzhou_litigation.demo.writing import Cell, Hand
from rules.calendars import load_calendar

__all__ = ["SAMPLE_COURTS", "SAMPLE_MONTHS", "WORKBOOKS", "write_samples"]

SEED = 3632
WORKBOOKS = Path(__file__).parent / "workbooks"


def write_samples(directory: Path) -> list[Path]:
    """Write every court's workbook of every month as 鲁1602-2026-08.xlsx; the same bytes every time."""
    directory.mkdir(parents=True, exist_ok=True)
    rng = Random(SEED)
    suits = make_docket(rng)
    pairs = [(court, month) for month in SAMPLE_MONTHS for court in SAMPLE_COURTS]
    return [_write_workbook(directory, suits, court, month, rng) for court, month in pairs]


def _write_workbook(directory: Path, suits: list[Suit], court: str, month: str, rng: Random) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    hand = Hand(STYLES[court], rng)
    for sheet, rows in _rows(suits, court, month).items():
        laid_out = columns(court, sheet)
        cells = [[hand.write(column.means, row) for column in laid_out] for row in rows]
        faults = [fault for fault in FAULTS.get((court, month), ()) if fault.sheet == sheet]
        _spoil(cells, laid_out, faults, hand)
        groups = [str(row.get("合并审理组") or "") for row in rows]
        writer = SheetWriter(workbook.create_sheet(sheet), STYLES[court], laid_out)
        writer.write(sheet, sent_on(month, load_calendar()), cells, groups)
    path = directory / f"{court}-{month}.xlsx"
    save_reproducibly(workbook, path)
    return path


def _spoil(cells: list[list[Cell]], laid_out: Sequence[Column], faults: Iterable[Fault], hand: Hand) -> None:
    """Put the planned slips into the body."""
    places = [column.means for column in laid_out]
    for fault in faults:
        row, place = cells[fault.row], places.index(fault.column)
        row[place] = fault.text or hand.misspelt(row[place])


def _rows(suits: list[Suit], court: str, month: str) -> dict[str, list[Row]]:
    kinds = (
        schedule_rows(suits, court, month),
        appearance_rows(suits, court, month),
        judgment_rows(suits, court, month, load_calendar()),
    )
    return dict(zip(SHEETS, kinds, strict=True))
