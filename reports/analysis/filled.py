"""A table of a return with its numbers: each with the units behind it, and whether what must balance does."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reports.analysis.returns import Check, Column, ReturnTable
from reports.figures.dimensions import Slice, breakdown
from reports.figures.entries import Part
from reports.figures.measure import Measure, part_of
from reports.figures.populations import Populations
from reports.figures.printing import DASH

TOTAL = "合计"
ROWS_ADD_UP = "各行之和＝合计"


class Cell(NamedTuple):
    """What is counted of one row in one column; `part` is all that the measure says of the row."""

    column: Column
    part: Part

    @property
    def number(self) -> int:
        if self.column.part == "denominator":
            return self.part.denominator
        return len(getattr(self.part, self.column.part))

    @property
    def words(self) -> str:
        """The number; a dash for nothing where no court told anything, for that is no nought."""
        return DASH if self.part.footing.untold and not self.number else str(self.number)


class Row(NamedTuple):
    """One row; that of the total has no slice."""

    slice: Slice | None
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        return self.slice.label if self.slice else TOTAL

    def sum(self, columns: tuple[Column, ...]) -> int:
        return sum(cell.number for cell in self.cells if cell.column in columns)


class Difference(NamedTuple):
    """Where two numbers that must be equal are not."""

    where: str
    left: int
    right: int

    @property
    def words(self) -> str:
        return f"{self.where}：{self.left} ≠ {self.right}，差 {self.left - self.right}"


class Balance(NamedTuple):
    """What was checked, and where it does not hold."""

    words: str
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        return not self.differences

    @property
    def mark(self) -> str:
        return "✓" if self.holds else "≠"


@dataclass(frozen=True)
class FilledTable:
    """A table of a return, of a region and a period."""

    table: ReturnTable
    populations: Populations

    @cached_property
    def rows(self) -> list[Row]:
        """In the order of the dimension; those in which nothing is counted are left out."""
        known = {key for parts in self._parts.values() for key in parts}
        rows = (
            Row(key, self._cells(key)) for key in sorted(known, key=lambda each: (each.place, each.label))
        )
        return [row for row in rows if row.sum(self.table.columns)]

    @cached_property
    def total(self) -> Row:
        """Counted by itself, not added up from the rows."""
        return Row(None, tuple(Cell(one, self._whole(one.measure)) for one in self.table.columns))

    @cached_property
    def balances(self) -> list[Balance]:
        """That the rows add up, and what the table itself asks for."""
        return [
            Balance(ROWS_ADD_UP, tuple(self._unlike_total())),
            *(Balance(check.words, tuple(self._unlike(check))) for check in self.table.checks),
        ]

    @property
    def gaps(self) -> list[str]:
        """What is missing under any of its columns, each once."""
        found = (gap.words for cell in self.total.cells for gap in cell.part.footing.missing)
        return list(dict.fromkeys(found))

    @cached_property
    def _parts(self) -> dict[str, dict[Slice, Part]]:
        measures = {one.measure.key: one.measure for one in self.table.columns}
        return {key: dict(breakdown(what, self.table.by, self.populations)) for key, what in measures.items()}

    def _cells(self, key: Slice) -> tuple[Cell, ...]:
        return tuple(Cell(one, self._part(one.measure, key)) for one in self.table.columns)

    def _part(self, what: Measure, key: Slice) -> Part:
        nothing = Part(footing=self.populations.footing(what.source))
        return self._parts[what.key].get(key, nothing)

    def _whole(self, what: Measure) -> Part:
        now = self.populations
        return part_of(what, getattr(now, what.source), now.footing(what.source))

    def _unlike_total(self) -> Iterator[Difference]:
        for place, cell in enumerate(self.total.cells):
            added = sum(row.cells[place].number for row in self.rows)
            if added != cell.number:
                yield Difference(cell.column.label, added, cell.number)

    def _unlike(self, check: Check) -> Iterator[Difference]:
        for row in (*self.rows, self.total):
            left, right = row.sum(check.left), row.sum(check.right)
            if left != right:
                yield Difference(row.label, left, right)
