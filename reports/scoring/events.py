"""扣分事项, each one object: what it is found in, whether there was anything to find it in, and where it happened."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from cases.papers.kinds import BY_RULE
from reports.figures.entries import Entry, count
from reports.figures.measures import MEASURES, absent_unexcused
from reports.figures.populations import DutyFacts
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
        if entry.facts.outstanding:
            yield entry.id, f"履行期限 {entry.facts.due_on} 届满，尚未履行"


def _missed(entries: list[Entry]) -> Iterator[tuple[str, DutyFacts, str]]:
    """Duties to hand in a paper that were not done by their day, with the name of the paper."""
    for entry in entries:
        if entry.facts.missed:
            yield entry.id, entry.facts, BY_RULE[entry.facts.rule].label


def _missing_papers(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    for key, duty, what in _missed(entries):
        if duty.done_on is None:
            yield key, f"{what}未报送，期限 {duty.due_on} 届满"


def _late_papers(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    for key, duty, what in _missed(entries):
        if duty.done_on is not None:
            yield key, f"{what}迟报 {duty.days_after_due(duty.done_on)} 天，期限 {duty.due_on} 届满"


_ALL = (
    ScoringEvent("unexplained_absence", "appearances", _absences, _heard),
    ScoringEvent("obligation_overdue", "obligations", _overdue_obligations, _counted),
    ScoringEvent("report_missing", "papers", _missing_papers, _counted),
    ScoringEvent("report_late", "papers", _late_papers, _counted),
)
EVENTS: Mapping[str, ScoringEvent] = {event.key: event for event in _ALL}
