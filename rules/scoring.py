"""计分: 满分 plus a ledger. Every point lost is a line with its case and clause, and the lines add up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from rules.schemes import FULL_MARKS, POINT, Scheme, SchemeItem

ZERO = Decimal("0.0")
USED_UP = "（本项已扣完）"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measure of one unit: how many cases were due, and which of them are missing from the numerator."""

    denominator: int
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.missing) > self.denominator:
            raise ValueError(f"{len(self.missing)} cases missing of {self.denominator}")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that costs points; `kind` is a key of the scheme's deductions."""

    kind: str
    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """What one unit did in the period."""

    ratios: Mapping[str, Ratio]
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """Points lost (never above zero) in an item, for a case, under a clause."""

    item: str
    points: Decimal
    case: str
    clause: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What is left of an item."""

    key: str
    label: str
    max: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's score: 100.0 plus the points of the ledger is the total. `unranked`: why it has no rank."""

    items: tuple[ItemScore, ...]
    ledger: tuple[LedgerLine, ...]
    total: Decimal
    grade: str
    unranked: str | None


def score(scheme: Scheme, facts: ScoreFacts) -> Score:
    """Score one unit; an item without a denominator loses nothing. An unknown event raises ValueError."""
    events = _by_kind(scheme, facts.events)
    lines = {item.key: _lines(item, facts, events) for item in scheme.items}
    items = tuple(
        ItemScore(item.key, item.label, item.max, item.max + _sum(lines[item.key])) for item in scheme.items
    )
    ledger = tuple(line for item in scheme.items for line in lines[item.key])
    total = FULL_MARKS + _sum(ledger)
    basis = facts.ratios.get(scheme.ranked_by)
    unranked = None if basis and basis.denominator else scheme.unranked_reason
    return Score(items, ledger, total, scheme.grade(total), unranked)


def _by_kind(scheme: Scheme, events: Iterable[Event]) -> Mapping[str, list[Event]]:
    known = {kind for item in scheme.items for kind in (*item.deductions, *item.forfeited_by)}
    sorted_events: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.kind not in known:
            raise ValueError(f"{scheme.version} has no deduction for {event.kind}")
        sorted_events[event.kind].append(event)
    return sorted_events


def _lines(item: SchemeItem, facts: ScoreFacts, events: Mapping[str, list[Event]]) -> list[LedgerLine]:
    forfeits = [event for kind in item.forfeited_by for event in events.get(kind, ())]
    if forfeits:
        return [_line(item, item.max, forfeits[0].case, forfeits[0].reason)]
    if item.rule == "ratio":
        return _ratio_lines(item, facts.ratios.get(item.measure, Ratio(0)))
    return _event_lines(item, [event for kind in item.deductions for event in events.get(kind, ())])


def _ratio_lines(item: SchemeItem, ratio: Ratio) -> list[LedgerLine]:
    """One line for each missing case, all alike but the last, which takes the rest of the rounding."""
    count = len(ratio.missing)
    if not count:
        return []
    kept = item.max * (ratio.denominator - count) / ratio.denominator
    lost = item.max - kept.quantize(POINT, ROUND_HALF_UP)
    each = (lost / count).quantize(POINT, ROUND_DOWN)
    points = [each] * (count - 1) + [lost - each * (count - 1)]
    reason = f"未计入{item.label}（分母 {ratio.denominator} 件）"
    return [_line(item, cost, case, reason) for cost, case in zip(points, ratio.missing, strict=True)]


def _event_lines(item: SchemeItem, events: list[Event]) -> list[LedgerLine]:
    """A line for each event until the item is used up; the events after that cost nothing and say so."""
    lines: list[LedgerLine] = []
    left = item.max
    for event in events:
        full = item.deductions[event.kind]
        cost = min(full, left)
        left -= cost
        lines.append(_line(item, cost, event.case, event.reason + (USED_UP if cost < full else "")))
    return lines


def _line(item: SchemeItem, cost: Decimal, case: str, reason: str) -> LedgerLine:
    return LedgerLine(item.key, ZERO - cost, case, item.clause, reason)


def _sum(lines: Iterable[LedgerLine]) -> Decimal:
    return sum((line.points for line in lines), ZERO)
