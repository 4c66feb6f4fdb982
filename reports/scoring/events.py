"""扣分事项, each one object: what it is found in, whether there was anything to find it in, and where it happened."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from cases.papers.kinds import BY_RULE
from reports.figures.duties import DutyFacts
from reports.figures.entries import Entry, count
from reports.figures.judges import absent_unexcused
from reports.figures.measures import MEASURES
from rules.scoring import Event

Population = Literal["appearances", "obligations", "papers"]
SOURCES: tuple[Population, ...] = ("appearances", "obligations", "papers")


@dataclass(frozen=True, slots=True)
class ScoringEvent:
    """One kind of event that a scheme can deduct points for."""

    key: str
    source: Population
    # Where it happened: the id of each entry, and the reason as the ledger tells it.
    find: Callable[[list[Entry]], Iterator[tuple[str, str]]]
    # Whether there was anything that it could have happened in.
    is_known: Callable[[list[Entry]], bool]

    def events(self, lots: Mapping[str, list[Entry]]) -> Iterator[Event]:
        """The events among the entries of a unit."""
        return (Event(self.key, entry, reason) for entry, reason in self.find(lots[self.source]))


def _heard(entries: list[Entry]) -> bool:
    return bool(count(entries, MEASURES["appearance_rate"].judge).denominator)


def _counted(entries: list[Entry]) -> bool:
    return any(not entry.facts.reason for entry in entries)


def _absences(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    for unit in count(entries, absent_unexcused).numerator:
        yield unit.id, "负责人未出庭，未见书面说明或者法院认定理由不成立"


def _overdue_obligations(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if entry.facts.is_open:
            yield entry.id, f"履行期限 {entry.facts.due_on} 届满，尚未履行"


def _missing_papers(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if entry.facts.is_open:
            yield entry.id, f"{_name(entry.facts)}未报送，期限 {entry.facts.due_on} 届满"


def _late_papers(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Of those that fell due in the period: what was late already before cost its points then."""
    for entry in entries:
        duty: DutyFacts = entry.facts
        done = duty.done_on or duty.done_later
        if done and duty.missed and not entry.carried:
            late = duty.days_after_due(done)
            yield entry.id, f"{_name(duty)}迟报 {late} 天，期限 {duty.due_on} 届满"


def _name(duty: DutyFacts) -> str:
    return BY_RULE[duty.rule].label


_ALL = (
    ScoringEvent("unexplained_absence", "appearances", _absences, _heard),
    ScoringEvent("obligation_overdue", "obligations", _overdue_obligations, _counted),
    ScoringEvent("report_missing", "papers", _missing_papers, _counted),
    ScoringEvent("report_late", "papers", _late_papers, _counted),
)
EVENTS: Mapping[str, ScoringEvent] = {event.key: event for event in _ALL}
