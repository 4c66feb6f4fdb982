"""The queue of 疑似同一案: one line for each question, and one for a slip that runs through a whole sheet."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cases.models import Candidate
from cases.querysets import CandidateQuerySet

TOGETHER_FROM = 3  # two of a kind are two questions
TOGETHER_MOST = 50  # that one page carries out and takes back before it is answered


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the candidates in it, and what several have in common."""

    items: tuple[Candidate, ...]

    @property
    def first(self) -> Candidate:
        return self.items[0]

    @property
    def together(self) -> bool:
        return len(self.items) >= TOGETHER_FROM

    @property
    def words(self) -> str:
        """本次通报的 40 个案号疑似法院代码误写."""
        where = "本次通报的" if self.first.court_lane.case.source.reference else "本单位登记的"
        return f"{where} {len(self.items)} 个案号疑似{self.first.get_likeness_display()}"

    @property
    def most(self) -> Decimal:
        return max(item.score for item in self.items)


def queue_of(candidates: Iterable[Candidate]) -> list[Line]:
    """The lines of these candidates in their order; one of a batch stands where its first would."""
    by_batch: dict[str, list[Candidate]] = defaultdict(list)
    for item in candidates:
        by_batch[item.batch or f"one:{item.pk}"].append(item)
    lines: list[Line] = []
    for items in by_batch.values():
        together = Line(tuple(items))
        lines += [together] if together.together else [Line((item,)) for item in items]
    return lines


def count_of(candidates: CandidateQuerySet) -> int:
    """How many lines they make, in one query."""
    batches = Counter(candidates.order_by().values_list("batch", flat=True))
    alone = batches.pop("", 0)
    return alone + sum(1 if many >= TOGETHER_FROM else many for many in batches.values())


def beside(item: Candidate, candidates: CandidateQuerySet) -> list[int]:
    """Those that are answered with this one: the first of its batch where there are enough of it, else itself."""
    batch = candidates.filter(batch=item.batch) if item.batch else candidates.none()
    ids = list(batch.values_list("pk", flat=True)[:TOGETHER_MOST])
    return ids if len(ids) >= TOGETHER_FROM else [item.pk]
