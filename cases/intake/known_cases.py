"""The part of the record that a notification speaks of, loaded at once and looked up in memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from cases.deadlines.facts import LaneFacts
from cases.models import (
    AppearanceStatement,
    Case,
    Decision,
    DecisionOutcome,
    FactChange,
    Hearing,
    HearingSession,
    Lane,
    MaterialReturn,
    Obligation,
    SeriesGroup,
)
from cases.record.locks import lock_lanes_of_cases

T = TypeVar("T")
CHUNK = 5000
LONGEST_CHAIN = 20  # instances of one dispute, far more than there can be


class KnownCase:
    """A case with its lanes, hearings, statements, decisions and outcomes, by what identifies them."""

    __slots__ = ("case", "decisions", "hearings", "lanes", "moves", "obligations", "outcomes", "statements")

    def __init__(self, case: Case) -> None:
        self.case = case
        self.lanes: dict[int, Lane] = {}
        self.hearings: list[Hearing] = []
        self.moves: dict[date, date] = {}  # days from which hearings were moved, and where to
        self.statements: dict[tuple[int, int], AppearanceStatement] = {}
        self.decisions: dict[tuple[str, int], Decision] = {}
        self.outcomes: dict[tuple[int, int], DecisionOutcome] = {}
        self.obligations: dict[tuple[int, int], Obligation] = {}

    @classmethod
    def load(cls, case: Case) -> "KnownCase":
        """From a case with everything `_cases` prefetches."""
        known = cls(case)
        known.lanes = _lanes_by_agency(case)
        known.hearings = list(case.hearings.all())
        agency = {lane.pk: lane.organisation_id for lane in case.lanes.all()}
        for hearing in known.hearings:
            for said in hearing.court_statements:  # type: ignore[attr-defined]
                known.statements[id(hearing), agency[said.lane_id]] = said
        for decision in case.decisions.all():
            known.decisions[decision.kind, decision.ordinal] = decision
            for outcome in decision.outcomes.all():
                known.outcomes[id(decision), agency[outcome.lane_id]] = outcome
                if hasattr(outcome, "obligation"):
                    known.obligations[id(decision), agency[outcome.lane_id]] = outcome.obligation
        return known

    def hearing_on(self, day: date) -> Hearing | None:
        """The hearing of that day."""
        return next((hearing for hearing in self.hearings if hearing.day == day), None)

    def moved_on(self, day: date) -> Hearing | None:
        """The hearing that was once set for that day and was since moved into a later month."""
        target = day
        for _ in range(len(self.moves)):
            target = self.moves.get(target, target)
        hearing = self.hearing_on(target)
        return hearing if hearing and (target.year, target.month) > (day.year, day.month) else None

    def ruled_from(self, day: date) -> Hearing | None:
        """The hearing that was told for that day and that the office found to have taken place on another."""
        hearing = self.hearing_on(self.moves[day]) if day in self.moves else None
        return hearing if hearing and "day" in hearing.told and not hearing.told_for("day") else None

    def facts_of(self, lane: Lane) -> LaneFacts:
        """What is known of a lane that the notification at hand brought, without asking the database for it."""
        agency, source = lane.organisation_id, lane.source
        return LaneFacts(
            pk=lane.pk,
            case_id=self.case.pk,
            organisation_id=agency,
            instance=self.case.instance,
            told_on=localtime(source.stated_at).date(),
            told_by=source.kind,
            reference=source.reference,
            hearings=sorted(self.hearings, key=lambda hearing: hearing.day),
            statements=[said for (_, of), said in self.statements.items() if of == agency],
            outcomes=[outcome for (_, of), outcome in self.outcomes.items() if of == agency],
            obligations=[owed for (_, of), owed in self.obligations.items() if of == agency],
        )

    def codes_of(self, decision: Decision) -> set[str]:
        """The outcomes of a decision, for whichever defendant."""
        return set(self.codes_by_agency(decision).values())

    def codes_by_agency(self, decision: Decision) -> dict[int, str]:
        """The outcome of a decision for each defendant."""
        return {agency: outcome.code for (of, agency), outcome in self.outcomes.items() if of == id(decision)}


def _lanes_by_agency(case: Case) -> dict[int, Lane]:
    """The lanes of a case by every agency that a court may name for them."""
    lanes = list(case.lanes.all())
    found = {lane.organisation_id: lane for lane in lanes}
    for lane in lanes:
        # A court that names again the agency which returned the papers means the one put in its place;
        # one that was abolished since is named by its successor.
        returned = [one.organisation_id for one in lane.reassigned]  # type: ignore[attr-defined]
        for agency in (*returned, *lane.organisation.succession()):
            found.setdefault(agency, lane)
    return found


class KnownCases:
    """Known cases by key, the ones before and after them in their chains, and the series of a court by label."""

    def __init__(
        self, court_id: int, numbers: Mapping[str, str], origins: Iterable[str] = (), *, lock: bool = False
    ) -> None:
        """`numbers` are the cases spoken of, by key as they are displayed; `origins` keys of cases they name."""
        self.cases: dict[str, KnownCase] = {}
        self._by_number: dict[str, KnownCase] = {}
        self._later: dict[str, list[KnownCase]] = defaultdict(list)
        self._load(_concerned(dict.fromkeys([*numbers, *origins]), numbers.values()), lock=lock)
        self.series = {group.label: group for group in SeriesGroup.objects.filter(court=court_id)}
        self.sessions: dict[tuple[str, date], HearingSession] = {
            (known.case.series.label, hearing.day): hearing.session
            for known in self.cases.values()
            if known.case.series
            for hearing in known.hearings
            if hearing.session
        }

    def add(self, known: KnownCase) -> None:
        """Take a case in, with its place in its chain."""
        self.cases[known.case.key] = self._by_number[known.case.number] = known
        if known.case.origin_number:
            self._later[known.case.origin_number].append(known)

    def relink(self, known: KnownCase, before: str) -> None:
        """A case whose 关联案号 was `before` has another one now."""
        if known in self._later[before]:
            self._later[before].remove(known)
        if known.case.origin_number:
            self._later[known.case.origin_number].append(known)

    def below(self, known: KnownCase) -> KnownCase | None:
        """The case it comes from."""
        return self._by_number.get(known.case.origin_number) if known.case.origin_number else None

    def above(self, known: KnownCase) -> list[KnownCase]:
        """The cases that come from it."""
        return self._later.get(known.case.number, [])

    def chain(self, known: KnownCase) -> list[KnownCase]:
        """The case, the one it comes from, and so on to the first; a chain that bites its tail is cut there."""
        chain = [known]
        while (before := self.below(chain[-1])) and before not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(before)
        return chain

    def _load(self, cases: list[int], *, lock: bool) -> None:
        if lock:
            lock_lanes_of_cases(cases)
        found = [case for some in chunks(cases) for case in _cases(Q(pk__in=some))]
        for case in found:
            self.add(KnownCase.load(case))
        for key, moves in moved_from([case.key for case in found]).items():
            self.cases[key].moves = moves


def _concerned(keys: Iterable[str], numbers: Iterable[str]) -> list[int]:
    """The ids of these cases, in order, and of those beside them in their chains: by 关联案号 or by what is linked."""
    found: dict[int, None] = {}
    linked = list(numbers)
    for some in chunks(list(keys)):
        rows = Case.objects.filter(key__in=some).values_list("pk", "origin", "origin_number")
        for pk, origin, origin_number in rows:
            found |= dict.fromkeys(one for one in (pk, origin) if one)
            linked += [origin_number] if origin_number else []
    for some in chunks(linked):
        beside = Case.objects.standing().filter(Q(origin_number__in=some) | Q(number__in=some))
        found |= dict.fromkeys(beside.values_list("pk", flat=True))
    return sorted(found)


def moved_from(keys: list[str]) -> dict[str, dict[date, date]]:
    """By case the days from which hearings were moved, and where to, by the history of the record."""
    moves: dict[str, dict[date, date]] = defaultdict(dict)
    for some in chunks(keys):
        changes = FactChange.objects.filter(case__key__in=some, model="hearing", field="day").order_by(
            "at", "pk"
        )
        for key, old, new in changes.values_list("case__key", "old", "new"):
            moves[key][date.fromisoformat(old)] = date.fromisoformat(new)
    return moves


def chunks(values: list[T]) -> Iterator[list[T]]:
    """The values in parts that one query can ask for."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


_BULKY = ("source__cells",)


def _cases(which: Q) -> QuerySet[Case]:
    said = AppearanceStatement.objects.filter(stated_by="court").select_related("source")
    said_by_court = Prefetch("appearances", said.defer(*_BULKY), to_attr="court_statements")
    hearings = Hearing.objects.select_related("session", "source").defer(*_BULKY)
    outcomes = DecisionOutcome.objects.select_related("source", "obligation__source").defer(
        *_BULKY, "obligation__source__cells"
    )
    decisions = Decision.objects.select_related("source").defer(*_BULKY)
    reassigned = MaterialReturn.objects.filter(state=MaterialReturn.State.REASSIGNED)
    return (
        Case.objects.filter(which)
        .select_related("series", "dispute", "origin", "source")
        .defer(*_BULKY)
        .prefetch_related(
            Prefetch("lanes", Lane.objects.select_related("organisation__successor")),
            Prefetch("lanes__material_returns", reassigned, to_attr="reassigned"),
            Prefetch("hearings", hearings.prefetch_related(said_by_court)),
            Prefetch("decisions", decisions.prefetch_related(Prefetch("outcomes", outcomes))),
        )
    )
