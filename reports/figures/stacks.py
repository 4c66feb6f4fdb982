"""A count by two dimensions at once: a bar for each row, its segments in the order of the legend (败诉原因 by 地区)."""

from collections import Counter
from dataclasses import dataclass

from reports.figures.dimensions import DIMENSIONS, Slice, slice_of_units
from reports.figures.measure import Measure, counted, part_of
from reports.figures.populations import Populations

LENGTH = 100  # of the longest bar
READABLE = 4  # a narrower segment has no number in it
FILLS = ("#0b4f9c", "#7a3e00", "#4b5563", "#1f6f54")  # dark enough for white marks; neighbours differ
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭"


@dataclass(frozen=True, slots=True)
class Segment:
    """So many of one kind: where it begins and how long it is; its mark is that of the legend."""

    label: str
    mark: str
    fill: str
    count: int
    start: float
    length: float

    @property
    def middle(self) -> float:
        return round(self.start + self.length / 2, 2)

    @property
    def is_readable(self) -> bool:
        return self.length >= READABLE


@dataclass(frozen=True, slots=True)
class Stack:
    """A row with its segments; together they are its count."""

    name: str
    count: int
    segments: tuple[Segment, ...]


def stacks(what: Measure, rows: str, segments: str, populations: Populations) -> list[Stack]:
    """What is in the numerator, by these two dimensions; the largest row first, and none without any."""
    entries = counted(what, getattr(populations, what.source))
    inside = {unit.id for unit in part_of(what, entries).numerator}
    row_of, kind_of = (slice_of_units(entries, DIMENSIONS[key], populations) for key in (rows, segments))
    pairs = Counter((row_of[key], kind_of[key]) for key in inside)
    kinds = sorted({kind for _, kind in pairs})
    sizes = Counter({row: 0 for row, _ in pairs})
    for (row, _), count in pairs.items():
        sizes[row] += count
    scale = LENGTH / max(sizes.values(), default=1)
    largest = sorted(sizes, key=lambda row: (-sizes[row], row.place))
    return [Stack(row.label, sizes[row], _segments(row, kinds, pairs, scale)) for row in largest]


def _segments(
    row: Slice, kinds: list[Slice], pairs: Counter[tuple[Slice, Slice]], scale: float
) -> tuple[Segment, ...]:
    found, at = [], 0.0
    for n, kind in enumerate(kinds):
        if count := pairs[row, kind]:
            length = round(count * scale, 2)
            found.append(
                Segment(kind.label, MARKS[n % len(MARKS)], FILLS[n % len(FILLS)], count, round(at, 2), length)
            )
            at += length
    return tuple(found)


def legend(found: list[Stack]) -> list[tuple[str, str, int]]:
    """Mark, name and count of each kind of segment, in order; what the picture says in words."""
    totals: Counter[tuple[str, str]] = Counter()
    for stack in found:
        for segment in stack.segments:
            totals[segment.mark, segment.label] += segment.count
    return [(mark, label, totals[mark, label]) for mark, label in sorted(totals)]
