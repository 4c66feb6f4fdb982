"""Competition ranking: 1, 1, 3."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

Row = TypeVar("Row")
Standard = Callable[[Row], Decimal | int]


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Row]):
    """A row in its place; `tied` when another shares it."""

    rank: int
    tied: bool
    row: Row


def rank(
    rows: Iterable[Row], score: Standard[Row], tie_breaks: Sequence[Standard[Row]] = ()
) -> list[Ranked[Row]]:
    """Rows from best to worst by score, then by each tie-break; higher is better everywhere.

    Rows equal in all of them share a place and keep the order they came in (行政区划 order, say).
    """
    standards = (score, *tie_breaks)
    keyed = [(tuple(standard(row) for standard in standards), row) for row in rows]
    keyed.sort(key=lambda pair: pair[0], reverse=True)
    keys = [key for key, _ in keyed]
    return [Ranked(keys.index(key) + 1, keys.count(key) > 1, row) for key, row in keyed]
