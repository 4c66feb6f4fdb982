"""履行: which report or finding may follow which state of an obligation, and what it makes of it.

《行政诉讼法》第九十四条、第九十六条. Suspended by a retrial, revived after it: 《行诉解释》第一百一十八、一百二十一条.
A new act on the same facts and reasons, basically the old one, is no performance: 第七十一条, 《行诉解释》第九十条.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

OPEN = frozenset({"not_due", "in_progress", "partial", "overdue"})
SAME_ACT = "以同一的事实和理由作出与原行政行为基本相同的行政行为，不是履行（《行政诉讼法》第七十一条）。"


@dataclass(frozen=True, slots=True)
class Transition:
    """A kind of entry: after which states it may come, what follows, and who makes it."""

    after: frozenset[str]
    becomes: str | None  # None: what it was before the suspension
    by_agency: bool
    needs_proof: bool = False
    needs_check: bool = False


TRANSITIONS: Mapping[str, Transition] = {
    "progress": Transition(OPEN, "in_progress", by_agency=True),
    "partial": Transition(OPEN, "partial", by_agency=True, needs_proof=True),
    "done": Transition(OPEN | {"impossible"}, "reported", by_agency=True, needs_proof=True, needs_check=True),
    "settled": Transition(OPEN, "reported", by_agency=True, needs_proof=True, needs_check=True),
    "impossible": Transition(OPEN, "impossible", by_agency=True, needs_proof=True),
    "enforced": Transition(OPEN | {"reported", "impossible"}, "enforced", by_agency=False),
    "suspended": Transition(OPEN | {"reported", "impossible"}, "suspended", by_agency=False),
    "revived": Transition(frozenset({"suspended"}), None, by_agency=False),
}


def accepted_state(kind: str, performed_on: date, due_on: date | None) -> str:
    """What a report becomes when it was found true: in time, late, or settled."""
    if kind == "settled":
        return "settled"
    return "done_late" if due_on is not None and performed_on > due_on else "done"
