"""A fact that starts a clock, when and by whom it became known, and the clock that it starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.timezone import localtime

from cases.deadlines.clock import Clock, LateNotice, settled
from cases.deadlines.facts import LaneFacts
from cases.law import Law
from cases.models import Completion, DeadlineOrder, Decision, DecisionOutcome, Incoming, Source, Told
from rules.deadlines import Due, due_date
from rules.rulebook import RuleNotInForce


@dataclass(frozen=True, slots=True)
class Telling:
    """When the platform learnt of a fact, and from whom: 法院, 司法局, or 平台 by its own computation."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What starts a clock: which one, on what day, proved by what.

    `told`: when it became known; None where the agency itself states it, whose own lateness counts.
    """

    subject: str
    on: date
    proof: str
    told: Telling | None = None


class Holder(Protocol):
    """Whose clock it is, with what was ordered and done about it."""

    @property
    def orders(self) -> Sequence[DeadlineOrder]: ...
    @property
    def completions(self) -> Sequence[Completion]: ...


def clock_of(
    lane: Holder,
    law: Law,
    rule: str,
    fact: Fact,
    *,
    since: datetime | None = None,
    **known: Any,
) -> Iterator[Clock]:
    """The clock of a rule, or none where the rule was not yet in force."""
    try:
        due = law.due(rule, fact.on)
    except RuleNotInForce:
        return
    notice = late_notice(due, fact.told, law) if fact.told else None
    clock = Clock(rule, fact.subject, fact.on, fact.proof, due, notice=notice, **known)
    yield settled(clock, lane.orders, lane.completions, law, since=since)


def late_notice(due: Due, told: Telling, law: Law) -> LateNotice | None:
    """通报迟延, where the fact became known on the due day or later: the full period runs from then.

    What must be ready before a hearing has until the hearing at most.
    """
    if told.on < due.due_on:
        return None
    limit = due.limit
    if limit.before:
        again = min(law.calendar.add_working_days(told.on, limit.amount), max(due.starts_on, due.due_on))
    else:
        again = due_date(limit, told.on, law.calendar).due_on
    return LateNotice(told.on, told.by, due.due_on, again) if again > due.due_on else None


def told_of(lane: LaneFacts, fact: Told, *names: str) -> Telling | None:
    """When a court or the office told the latest of these; None where nobody but the agency itself did.

    Who was told of as a defendant only later knows it from then.
    """
    source = fact.source
    if source.kind == Source.Kind.AGENCY:
        return None
    by = "司法局" if source.kind == Source.Kind.OFFICE else "法院"
    days = [*map(fact.told_on, names), *([] if lane.told_by == Source.Kind.AGENCY else [lane.told_on])]
    return Telling(max(days), by)


def latest(*tellings: Telling | None) -> Telling | None:
    """The last of what has to be known together; None where the agency itself states one of them."""
    told = [one for one in tellings if one]
    return max(told, key=lambda one: one.on) if len(told) == len(tellings) else None


def told_effect(lane: LaneFacts, outcome: DecisionOutcome) -> Telling | None:
    """When the day of the effect became known, by a court or as presumed here, and the outcome for this lane.

    A court that confirms the very day that was presumed tells nothing new.
    """
    decision = outcome.decision
    told = told_of(lane, decision, "effective_on")
    if told and decision.effect == Decision.Effect.PRESUMED:
        told = Telling(told.on, "平台")
    return latest(told, told_of(lane, outcome, "code", "lost"))


def met_by(lane: LaneFacts, kind: str, subject: str = "") -> dict[str, Any]:
    """When a paper met its duty: its first version, since a later correction does not make it late."""
    found = [paper for paper in lane.papers if paper.kind == kind and paper.subject == subject]
    first = min(found, key=lambda paper: paper.version, default=None)
    return {"met_on": first.submitted_on, "late_reason": first.late_reason} if first else {}


def stated_day(lane: LaneFacts, kind: str, name: str, subject: str = "") -> date | None:
    """A day that a paper states, in its latest version."""
    found = [paper for paper in lane.papers if paper.kind == kind and paper.subject == subject]
    stated = max(found, key=lambda paper: paper.version).content.get(name) if found else None
    return date.fromisoformat(stated) if stated else None


def incoming_fact(paper: Incoming, agency: int) -> Fact:
    """来文 as the start of a clock; where the office registers it, the agency learns of it by that."""
    own = paper.registered_by.organisation_id == agency
    told = None if own else Telling(localtime(paper.registered_at).date(), "司法局")
    return Fact(f"incoming:{paper.pk}", paper.received_on, paper.document, told)
