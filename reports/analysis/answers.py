"""One question about figures, and its answer."""

from dataclasses import dataclass
from functools import cached_property

from reports.figures.changes import changes_of
from reports.figures.dimensions import Dimension, Slice, breakdown
from reports.figures.entries import Part
from reports.figures.measure import Measure, Measured, measured
from reports.figures.populations import Populations
from reports.figures.printing import printed_rate, rate_words
from rules.rates import format_rate

NAMED = 3  # so many slices are named in the sentence


@dataclass(frozen=True)
class Answer:
    """A measure of a region and a period, by a dimension."""

    what: Measure
    by: Dimension
    populations: Populations

    @cached_property
    def figure(self) -> Measured:
        return measured(self.what, self.populations)

    @property
    def total(self) -> Part:
        return self.figure.total

    @cached_property
    def slices(self) -> list[tuple[Slice, Part]]:
        """Together they are the total."""
        return breakdown(self.what, self.by, self.populations)

    @property
    def is_small(self) -> bool:
        """Whether there is too little for shares and comparisons (`figures.floor`)."""
        return self.total.denominator < self.populations.floor

    @property
    def tells_rates(self) -> bool:
        """Whether slices have a rate of their own: of losses by reason each has but its count."""
        return self.what.is_rate and self.by.key != "reason"

    def value(self, part: Part) -> str:
        """A rate with its parts, or a count of the unit."""
        if self.tells_rates or (self.what.is_rate and part is self.total):
            return rate_words(part, "—")
        return f"{len(part.numerator)} {self.what.counter}"

    def share(self, part: Part) -> str:
        """Which part of the total lies in a slice; nothing where there is too little."""
        rate = None if self.is_small else format_rate(self.size(part), self.size(self.total))
        return f"{rate}%" if rate else "—"

    def size(self, part: Part) -> int:
        """What is counted of a slice: all of its denominator for a rate, its numerator for a count."""
        return part.denominator if self.tells_rates else len(part.numerator)

    def sentence(self) -> str:
        """The answer in words."""
        where = f"{self.populations.period.label}，{self.populations.region.name}{self.what.label}"
        if not (self.total.denominator if self.what.is_rate else self.total.numerator):
            return f"{where}：{self.what.empty_text if self.what.is_rate else '没有'}。"
        whole = f"{where} {self.value(self.total)}。"
        if self.is_small:
            return f"{whole}本期只有 {self.total.denominator} {self.what.counter}，不作比例分析，仅列案件。"
        return f"{whole}按{self.by.label}，{self._extremes()}。"

    def changes(self) -> list[tuple[str, str]]:
        """环比 and 同比, as `changes_of`."""
        return changes_of(self.figure, self.populations)

    def _extremes(self) -> str:
        """The lowest and the highest rate, or the largest counts."""
        if not self.tells_rates:
            largest = sorted(self.slices, key=lambda pair: -self.size(pair[1]))[:NAMED]
            if not self.size(self.total):
                return "没有一件"
            return "最多的是" + "、".join(
                f"{key.label} {self.value(part)}（占 {self.share(part)}）"
                for key, part in largest
                if part.numerator
            )
        large = [(key, part) for key, part in self.slices if self._is_large(part)]
        ranked = sorted(large, key=lambda pair: len(pair[1].numerator) / pair[1].denominator)
        if len(ranked) <= 1:
            return f"达到 {self.populations.floor} {self.what.counter}的不足两项，不比较高低"
        (low, least), (high, most) = ranked[0], ranked[-1]
        return f"最低的是{low.label} {self.value(least)}，最高的是{high.label} {self.value(most)}"

    def _is_large(self, part: Part) -> bool:
        """Whether a slice is large enough to be called the highest or the lowest."""
        return printed_rate(part) is not None and part.denominator >= self.populations.floor
