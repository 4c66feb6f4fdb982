"""Taking the rows of a notification into the record.

The same code plans and confirms: `take` changes objects in memory and tells what each row does; only
`write` saves them. So a plan cannot promise anything else than what a confirmation does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.book import Book, KnownCase
from cases.consequences import (
    effect_below,
    effect_now,
    is_reviewed,
    obligation_of,
    owed_by,
)
from cases.draft import ADDED, CHANGED, UNCHANGED, Draft, Item
from cases.facts import Number, RowFacts
from cases.law import Law
from cases.models import (
    AppearanceStatement,
    Case,
    Decision,
    DecisionOutcome,
    Defendant,
    Hearing,
    HearingSession,
    Obligation,
    SeriesGroup,
    Source,
)
from cases.parties import parties_of
from cases.told import Told
from cases.verdicts import verdict_of
from organisations.authors import Author
from organisations.models import Organisation, StoredFile
from rules.outcomes import effect_rule

__all__ = ["ADDED", "CHANGED", "UNCHANGED", "Intake", "Item", "Origin"]

STATEMENT_FIELDS = (
    "attended", "head_rank", "id_certificate", "absence_ground", "court_finding", "staff_attended", "lawyer_only",
    "spoke", "opinion_given", "left_early",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows come from."""

    court: Organisation
    author: Author
    file: StoredFile | None
    file_name: str
    reference: str


class Intake:
    """One notification on its way into the record."""

    def __init__(self, rows: Iterable[RowFacts], origin: Origin, law: Law) -> None:
        self.rows, self.origin, self.law = list(rows), origin, law
        named = [row.case["origin_key"] for row in self.rows if row.case.get("origin_key")]
        numbers = {number.key: number.display for row in self.rows for number in row.numbers}
        self.book = Book(origin.court.pk, numbers, named)
        self.told = Told(self.rows)
        self.draft = Draft(self.book, origin.author)

    def take(self) -> list[Item]:
        """What each row does, in order; nothing is saved yet."""
        return [self._take(row) for row in self.rows]

    def write(self) -> list[int]:
        """Save everything; returns the ids of the lanes concerned."""
        return self.draft.write()

    def _take(self, row: RowFacts) -> Item:
        step = _Step(self, row)
        for number in row.numbers:
            known = step.case(number)
            for agency, name in row.agencies:
                lane = step.lane(known, agency, name)
                step.take(known, lane)
        if step.item.settle():
            self.draft.add(step.source)
        return step.item


class _Step:
    """One row on its way: everything it creates or changes has the row as its source."""

    def __init__(self, intake: Intake, row: RowFacts) -> None:
        self.row, self.law = row, intake.law
        self.book, self.draft, self.told, self.origin = intake.book, intake.draft, intake.told, intake.origin
        self.item = Item(row.sheet, row.row)
        self.source = Source(
            kind=Source.Kind.COURT,
            organisation=self.origin.court,
            stated_at=self.origin.author.at,
            stated_by=self.origin.author.post,
            reference=self.origin.reference,
            file=self.origin.file,
            file_name=self.origin.file_name,
            sheet=row.sheet,
            row=row.row,
            cells=row.cells,
        )

    def take(self, known: KnownCase, lane: Defendant) -> None:
        """What the row says of one case and one defendant."""
        if self.row.kind == "schedule":
            self._scheduled(known)
        elif self.row.kind == "appearances":
            self._appeared(known, lane)
        else:
            self._decided(known, lane)

    def _create(self, known: KnownCase, row: Any) -> None:
        self.draft.create(known, row, self.item)

    def _change(self, known: KnownCase, row: Any, values: dict[str, Any]) -> None:
        self.draft.change(known, row, values, self.source, self.item)

    # The case and its lanes

    def case(self, number: Number) -> KnownCase:
        """The case of that number, new or known, with what all rows together say of it."""
        values = {
            name: value for name, value in self.told.of_case(number.key).items() if name != "origin_key"
        }
        if values.get("origin_number") == number.display:
            del values["origin_number"]
        if self.row.series:
            values["series"] = self._series(self.row.series)
        known = self.book.cases.get(number.key)
        if known is None:
            return self._new_case(number, values)
        before = known.case.origin_number
        self._change(known, known.case, {k: v for k, v in values.items() if k != "instance"})
        if known.case.origin_number != before:
            self.book.relink(known, before)
        return known

    def _new_case(self, number: Number, values: dict[str, Any]) -> KnownCase:
        case = Case(
            key=number.key,
            number=number.display,
            year=number.year,
            type_code=number.type_code,
            serial=number.serial,
            court=self.origin.court,
            source=self.source,
            **({"instance": number.instance} | values),
        )
        self.draft.add(case)
        for party in parties_of(case):
            self.draft.add(party)
        known = KnownCase(case)
        self.book.add(known)
        return known

    def _series(self, label: str) -> SeriesGroup:
        if label not in self.book.series:
            self.book.series[label] = SeriesGroup(court=self.origin.court, label=label)
            self.draft.add(self.book.series[label])
        return self.book.series[label]

    def lane(self, known: KnownCase, agency: int, name: str) -> Defendant:
        """The lane of that agency, new or known."""
        lane = known.lanes.get(agency)
        if lane is None:
            lane = Defendant(case=known.case, organisation_id=agency, named_as=name, source=self.source)
            known.lanes[agency] = lane
            self._create(known, lane)
        return lane

    # Hearings

    def _scheduled(self, known: KnownCase) -> None:
        """A schedule sets a moved hearing on the list again; it does not undo what was reported of a held one."""
        day, values = self.row.day, self.told.of_hearing(known.case.key, self.row.day)
        hearing = known.hearing_on(day)
        if hearing is not None:
            self._change(known, hearing, values)
        elif known.moved_on(day) is None:
            self._set(known, self._open(known, day), values | {"state": Hearing.State.SCHEDULED})

    def _set(self, known: KnownCase, open_hearing: Hearing | None, values: dict[str, Any]) -> Hearing:
        if open_hearing is None:
            hearing = Hearing(case=known.case, source=self.source, session=self._session(), **values)
            known.hearings.append(hearing)
            self._create(known, hearing)
            return hearing
        known.moves[open_hearing.day] = values["day"]
        self._change(known, open_hearing, values)
        return open_hearing

    def _open(self, known: KnownCase, day: date) -> Hearing | None:
        """The known hearing that this day is the new day of: only where one may have moved and one day is new."""
        in_file = self.told.scheduled_days(known.case.key)
        new_days = in_file - {hearing.day for hearing in known.hearings}
        movable = [h for h in known.hearings if h.day not in in_file and self._may_move(known, h, day)]
        return movable[0] if len(movable) == len(new_days) == 1 else None

    def _may_move(self, known: KnownCase, hearing: Hearing, day: date) -> bool:
        """Within its month; into another one only if 延期 was reported or it still lies ahead."""
        state = self.told.state_of(known.case.key, hearing.day) or hearing.state
        if state == Hearing.State.POSTPONED:
            return True
        same_month = (hearing.day.year, hearing.day.month) == (day.year, day.month)
        ahead = hearing.day >= self.origin.author.on and hearing.day < day
        return state == Hearing.State.SCHEDULED and (same_month or ahead)

    def _session(self) -> HearingSession | None:
        """Cases of one series on one day sit together."""
        if not self.row.series:
            return None
        key = (self.row.series, self.row.day)
        if key not in self.book.sessions:
            session = HearingSession(day=self.row.day, room=self.row.hearing.get("room", ""))
            self.book.sessions[key] = session
            self.draft.add(session)
        return self.book.sessions[key]

    # Appearances

    def _appeared(self, known: KnownCase, lane: Defendant) -> None:
        hearing = known.hearing_on(self.row.day)
        was_held = self.row.hearing["state"] == Hearing.State.HELD
        if hearing is None and not was_held and known.moved_on(self.row.day):
            return
        if hearing is None:
            hearing = self._set(known, None, self.row.hearing)
        else:
            self._change(known, hearing, self.row.hearing)
        if was_held:
            self._state_appearance(known, hearing, lane)

    def _state_appearance(self, known: KnownCase, hearing: Hearing, lane: Defendant) -> None:
        key = (id(hearing), lane.organisation_id)
        said = known.statements.get(key)
        told = {name: getattr(said, name) for name in STATEMENT_FIELDS} if said else {}
        if not self.row.appearance["attended"]:
            told["absence_ground"] = told.get("absence_ground") or "none"
        told |= self.row.appearance
        values = told | verdict_of(told, held_on=hearing.day)
        if said is not None:
            self._change(known, said, values)
            return
        statement = AppearanceStatement(
            hearing=hearing, defendant=lane, stated_by=Source.Kind.COURT, source=self.source, **values
        )
        known.statements[key] = statement
        self._create(known, statement)

    # Decisions

    def _decided(self, known: KnownCase, lane: Defendant) -> None:
        decision = self._decision(known)
        outcome = self._outcome(known, decision, lane)
        owed = obligation_of(self.law.outcomes.get(outcome.code), decision, self.row.obligation, self.law)
        if owed is not None:
            self._owe(known, outcome, owed)
        self._pass_down(known, outcome.code, decision)
        self._pass_up(known)

    def _decision(self, known: KnownCase) -> Decision:
        key = (self.row.decision["kind"], self.row.decision["ordinal"])
        decision = known.decisions.get(key)
        told = self.told.of_decision(known.case.key, key)
        outcome = self.law.outcomes.get(self.row.outcome["code"])
        values = {name: value for name, value in told.items() if name != "in_force"}
        values |= effect_now(decision, told, outcome, known.case.instance)
        if effect_rule(key[0], outcome.code, known.case.instance) is not None:
            values |= self._decided_above(known, made_on=told["decided_on"])
        if decision is None:
            decision = known.decisions[key] = Decision(case=known.case, source=self.source, **values)
            self._create(known, decision)
        else:
            self._change(known, decision, values)
        return decision

    def _outcome(self, known: KnownCase, decision: Decision, lane: Defendant) -> DecisionOutcome:
        told = self.law.outcomes.get(self.row.outcome["code"])
        key = (id(decision), lane.organisation_id)
        outcome = known.outcomes.get(key)
        values = self.row.outcome | {"judged": told.judged and decision.kind == Decision.Kind.JUDGMENT}
        values |= self._lost(known, lane, outcome)
        if outcome is None:
            outcome = DecisionOutcome(decision=decision, defendant=lane, source=self.source, **values)
            known.outcomes[key] = outcome
            self._create(known, outcome)
        else:
            self._change(known, outcome, values)
        return outcome

    def _lost(self, known: KnownCase, lane: Defendant, before: DecisionOutcome | None) -> dict[str, Any]:
        """Whether it counts as lost: as the court says or said, else by the outcome table."""
        code = self.row.outcome["code"]
        if self.row.outcome.get("lost") is not None:
            return {"lost_basis": DecisionOutcome.LostBasis.COURT}
        if before and before.code == code and before.lost_basis != DecisionOutcome.LostBasis.TABLE:
            return {}
        result = self.law.outcomes.get(code).result
        lost = {"lost": True, "won": False}.get(result)
        if result == "inherits":
            lost = self._lost_below(known, lane.organisation_id)
        return {"lost": lost, "lost_basis": DecisionOutcome.LostBasis.TABLE}

    def _lost_below(self, known: KnownCase, agency: int) -> bool | None:
        before = self.book.below(known)
        results = (
            [outcome.lost for (_, a), outcome in before.outcomes.items() if a == agency] if before else []
        )
        return results[-1] if results else None

    def _owe(self, known: KnownCase, outcome: DecisionOutcome, owed: dict[str, Any]) -> None:
        key = (id(outcome.decision), outcome.defendant.organisation_id)
        obligation = known.obligations.get(key)
        if obligation is None:
            obligation = Obligation(outcome=outcome, defendant=outcome.defendant, source=self.source, **owed)
            known.obligations[key] = obligation
            self._create(known, obligation)
        else:
            void = outcome.decision.effect == Decision.Effect.REVERSED
            told = {k: v for k, v in owed.items() if void or v not in ("", None)}
            self._change(known, obligation, told)

    # What decisions do to each other

    def _decided_above(self, known: KnownCase, *, made_on: date) -> dict[str, Any]:
        """What a later instance already made of a decision of this case; nothing if there is none."""
        for later in self.book.above(known):
            for decision in later.decisions.values():
                for code in later.codes_of(decision):
                    if (values := effect_below(code, decision, made_on=made_on)) is not None:
                        return values
        return {}

    def _pass_down(self, known: KnownCase, code: str, decision: Decision) -> None:
        """What a second-instance decision does to the first-instance one, its obligations included."""
        below = self.book.below(known)
        if below is None:
            return
        for reviewed in below.decisions.values():
            values = effect_below(code, decision, made_on=reviewed.decided_on)
            if values and is_reviewed(reviewed.kind, below.codes_of(reviewed), below.case.instance):
                self._change(below, reviewed, values)
                self._recompute_owed(below, reviewed)

    def _recompute_owed(self, known: KnownCase, decision: Decision) -> None:
        for (of, agency), obligation in known.obligations.items():
            if of == id(decision):
                outcome = known.outcomes[of, agency]
                told = self.law.outcomes.get(outcome.code)
                owed = obligation_of(told, decision, owed_by(obligation), self.law)
                if owed is not None:
                    self._owe(known, outcome, owed)

    def _pass_up(self, known: KnownCase) -> None:
        """Later outcomes that share the fate of this one are lost or won with it."""
        for later in self.book.above(known):
            for (_, agency), outcome in later.outcomes.items():
                inherits = self.law.outcomes.get(outcome.code).result == "inherits"
                if inherits and outcome.lost_basis == DecisionOutcome.LostBasis.TABLE:
                    self._change(later, outcome, {"lost": self._lost_below(later, agency)})
