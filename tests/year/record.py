"""The oracle's record: what was told of cases, by whom, when and for which month (docs/rules.md §4, §5, §7)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple


class Meaning(NamedTuple):
    """What the words of a result mean (docs/rules.md §7)."""

    lost: str  # lost, won, neither, inherits, person
    owes: bool = False  # an obligation that is certain
    estimate: int = 0  # calendar days from the effect, where the decision is silent
    below: str = ""  # what it does to the decision below: stands, falls


MEANINGS = {
    "驳回原告诉讼请求": Meaning("won"),
    "撤销被诉行政行为": Meaning("lost"),
    "撤销并责令重新作出行政行为": Meaning("lost", True, 60),
    "责令采取补救措施": Meaning("lost", True, 60),
    "判决赔偿": Meaning("lost", True, 15),
    "限期履行法定职责": Meaning("lost", True),
    "确认违法": Meaning("lost"),
    "驳回起诉": Meaning("won"),
    "准许撤回起诉": Meaning("neither", below="falls"),
    "改变行政行为后撤诉": Meaning("neither"),
    "调解": Meaning("neither", True),
    "驳回上诉，维持原判": Meaning("inherits", below="stands"),
    "驳回上诉，维持原裁定": Meaning("inherits", below="stands"),
    "准许撤回上诉": Meaning("inherits", below="stands"),
    "撤销原判，发回重审": Meaning("neither", below="falls"),
    "指令审理": Meaning("neither", below="falls"),
    "依法改判": Meaning("person", below="falls"),
    "再审维持原判": Meaning("inherits"),
    "终结再审程序": Meaning("inherits"),
    "驳回再审申请": Meaning("inherits"),
}
IN_FORCE = ("presumed", "confirmed")


@dataclass
class Word:
    """A value with the day on which it became known and the month whose notification told it last."""

    value: Any
    on: date
    month: str


class Thing:
    """Something that is told of, field by field: the word of the latest month stands."""

    def __init__(self) -> None:
        self.words: dict[str, Word] = {}

    def get(self, name: str) -> Any:
        return self.words[name].value if name in self.words else None

    def told_on(self, *names: str) -> date:
        return max(self.words[name].on for name in names if name in self.words)

    def overrules(self, name: str, value: Any, month: str) -> bool:
        """Whether a later month said otherwise."""
        known = self.words.get(name)
        return known is not None and known.value != value and known.month > month

    def tell(self, name: str, value: Any, before: Any, month: str, on: date) -> None:
        known = self.words.get(name)
        if value in (None, "") or (known and value == before) or self.overrules(name, value, month):
            return
        if known and known.value == value:
            known.month = max(known.month, month)
        else:
            self.words[name] = Word(value, on, month)


@dataclass(eq=False)
class Hearing(Thing):
    """One hearing, whatever its day; `moves` are the days it was set for before, each with the day of the news."""

    day: date
    state: str
    told: date
    month: str
    moves: list[tuple[date, date]] = field(default_factory=list)
    statements: dict[str, Thing] = field(default_factory=dict)  # by lane

    def __post_init__(self) -> None:
        super().__init__()


@dataclass(eq=False)
class Decision(Thing):
    document: str
    results: dict[str, Thing] = field(default_factory=dict)  # by lane
    presumed_on: date | None = None
    choices: list[tuple[str, str, date]] = field(default_factory=list)  # lane, choice, day
    effect: str = "not_yet"
    effective_on: date | None = None
    effect_told: date = date.min

    def __post_init__(self) -> None:
        super().__init__()

    def meaning(self, lane: str) -> Meaning | None:
        told = self.results.get(lane)
        return MEANINGS[told.get("result")] if told else None

    def appeal_days(self) -> int:
        """How long it may be appealed (《行政诉讼法》第八十五条); 0 for what takes effect on service."""
        if self.document == "判决":
            return 15
        rejects = any(told.get("result") == "驳回起诉" for told in self.results.values())
        return 10 if rejects else 0


@dataclass
class Naming:
    hearing: Hearing
    head: int
    on: date
    ended_on: date | None = None
    declined: bool = False


@dataclass
class Sent:
    """A paper of the agency, in its versions."""

    kind: str
    about: Any
    on: date
    content: dict[str, Any]


@dataclass
class Order:
    kind: str
    ends_on: date | None = None
    first: date | None = None
    last: date | None = None


@dataclass
class Performance:
    """What the ledger says about an obligation."""

    state: str = "owed"  # owed, reported, done, suspended
    on: date | None = None
    before: str = ""  # the suspension


@dataclass
class Letter:
    """A paper that came in; `told` where the office registered it (§1, 通报迟延)."""

    kind: str
    name: str
    received_on: date
    told: date | None


class Asked(NamedTuple):
    """Regular work of a period that a unit was asked for."""

    rule: str
    period: str
    starts_on: date


@dataclass
class Lane:
    """A defendant; `key` is the agency that the court named, `agency` whose case it is now."""

    key: str
    agency: str
    told_on: date
    received_on: date | None = None
    signed_on: date | None = None
    period: date | None = None
    returned: bool = False
    reassigned_on: date | None = None
    papers: list[Sent] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)
    sent_back: list[tuple[Sent, date]] = field(default_factory=list)
    performances: dict[str, Performance] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    completed: dict[tuple[str, str], date] = field(default_factory=dict)  # rule and what it is about

    def versions(self, kind: str, about: Any = "") -> list[Sent]:
        return [one for one in self.papers if one.kind == kind and one.about == about]

    def after(self, paper: Sent) -> date | None:
        """When the next version of a paper was handed in."""
        same = self.versions(paper.kind, paper.about)
        place = next(n for n, one in enumerate(same) if one is paper)
        return same[place + 1].on if place + 1 < len(same) else None


@dataclass(eq=False)
class Case(Thing):
    number: str
    instance: str
    lanes: dict[str, Lane] = field(default_factory=dict)
    hearings: list[Hearing] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def lane_of(self, agency: str) -> Lane | None:
        return next((lane for lane in self.lanes.values() if lane.agency == agency), None)

    def hearing_on(self, day: date) -> Hearing | None:
        return next((one for one in self.hearings if one.day == day), None)

    def decided(self, lane: Lane) -> bool:
        return any(lane.key in decision.results for decision in self.decisions.values())
