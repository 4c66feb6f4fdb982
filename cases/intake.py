"""Taking the rows of a notification into the record.

The same code plans and confirms: `take` changes objects in memory and tells what each row does; only
`write` saves them. So a plan cannot promise anything else than what a confirmation does.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from cases.book import Book, KnownCase
from cases.consequences import effect_below, effect_of, obligation_of
from cases.facts import Number, RowFacts
from cases.law import Law
from cases.models import (
    AppearanceStatement,
    Case,
    Decision,
    DecisionOutcome,
    Defendant,
    Dispute,
    FactChange,
    Hearing,
    HearingSession,
    Obligation,
    Party,
    SeriesGroup,
    Source,
)
from cases.parties import parties_of
from cases.verdicts import verdict_of
from organisations.authors import Author
from organisations.models import Organisation, StoredFile

CREATE_ORDER: list[type[models.Model]] = [
    Source, Dispute, SeriesGroup, HearingSession, Case, Party, Defendant, Hearing, AppearanceStatement,
    Decision, DecisionOutcome, Obligation, FactChange,
]  # fmt: skip
ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"


@dataclass(slots=True)
class Item:
    """What one row does: its status, and each field it changes as (label, old, new)."""

    sheet: str
    row: int
    status: str = UNCHANGED
    changes: list[tuple[str, str, str]] = field(default_factory=list)


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
        self.book = Book(origin.court.pk, [n.key for row in self.rows for n in row.numbers] + named)
        self.days = self._days_in_file()
        self.told_of_case = self._told_of_cases()
        self.created: dict[type[models.Model], list[Any]] = defaultdict(list)
        self.changed: dict[int, tuple[models.Model, set[str]]] = {}
        self.touched: set[str] = set()

    def take(self) -> list[Item]:
        """What each row does, in order; nothing is saved yet."""
        return [self._take(row) for row in self.rows]

    def write(self) -> list[int]:
        """Save everything; returns the ids of the lanes concerned."""
        for model in CREATE_ORDER:
            if self.created[model]:
                model._default_manager.bulk_create(self.created[model], batch_size=2000)
        by_shape: dict[tuple[type[models.Model], frozenset[str]], list[Any]] = defaultdict(list)
        for row, names in self.changed.values():
            by_shape[type(row), frozenset(names)].append(row)
        for (model, names), rows in by_shape.items():
            model._default_manager.bulk_update(rows, sorted(names), batch_size=200)
        self._adopt_orphans()
        return sorted(lane.pk for key in self.touched for lane in self.book.cases[key].lanes.values())

    # One row

    def _take(self, row: RowFacts) -> Item:
        item = Item(row.sheet, row.row)
        source = Source(
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
        for number in row.numbers:
            known = self._case(number, row, source, item)
            for agency, name in row.agencies:
                lane = self._lane(known, agency, name, source, item)
                getattr(self, f"_take_{row.kind}")(known, lane, row, source, item)
        if item.status != UNCHANGED or item.changes:
            self.created[Source].append(source)
            item.status = item.status if item.status == ADDED else CHANGED
        return item

    def _take_schedule(self, known: KnownCase, lane: Defendant, row: RowFacts, source: Source, item: Item) -> None:
        self._hearing(known, row, source, item, moves=True)

    def _take_appearances(self, known: KnownCase, lane: Defendant, row: RowFacts, source: Source, item: Item) -> None:
        hearing = self._hearing(known, row, source, item, moves=False)
        if not row.appearance:
            return
        values = row.appearance | verdict_of(row.appearance, held_on=hearing.day)
        said = known.statements.get((id(hearing), lane.organisation_id))
        if said is None:
            said = AppearanceStatement(
                hearing=hearing, defendant=lane, stated_by=Source.Kind.COURT, source=source, **values
            )
            known.statements[id(hearing), lane.organisation_id] = said
            self._create(known, said, item)
        else:
            self._change(known, said, values, source, item)

    def _take_judgments(self, known: KnownCase, lane: Defendant, row: RowFacts, source: Source, item: Item) -> None:
        told = self.law.outcomes.get(row.outcome["code"])
        decision = self._decision(known, row, source, item)
        values = row.outcome | {"judged": told.judged and decision.kind == "判决"} | self._lost(known, lane, row)
        key = (id(decision), lane.organisation_id)
        outcome = known.outcomes.get(key)
        if outcome is None:
            outcome = DecisionOutcome(decision=decision, defendant=lane, source=source, **values)
            known.outcomes[key] = outcome
            self._create(known, outcome, item)
        else:
            self._change(known, outcome, values, source, item)
        owed = obligation_of(told, decision, row.obligation, self.law)
        if owed is not None:
            self._obligation(known, outcome, owed, source, item)
        self._decide_below(known, told.code, decision, source, item)

    # What a row speaks of

    def _case(self, number: Number, row: RowFacts, source: Source, item: Item) -> KnownCase:
        values = {name: value for name, value in self.told_of_case[number.key].items() if name != "origin_key"}
        before = self.book.cases.get(self.told_of_case[number.key].get("origin_key", ""))
        if before is not None and before.case.key != number.key:
            values["origin"] = before.case
        if row.series:
            values["series"] = self._series(row.series)
        known = self.book.cases.get(number.key)
        if known is None:
            known = self.book.cases[number.key] = self._new_case(number, values, source)
        else:
            self._change(known, known.case, {k: v for k, v in values.items() if k != "instance"}, source, item)
        return known

    def _new_case(self, number: Number, values: dict[str, Any], source: Source) -> KnownCase:
        before = values.get("origin")
        dispute = before.dispute if before else Dispute(opened_at=self.origin.author.at)
        if before is None:
            self.created[Dispute].append(dispute)
        case = Case(
            dispute=dispute,
            key=number.key,
            number=number.display,
            year=number.year,
            type_code=number.type_code,
            serial=number.serial,
            court=self.origin.court,
            source=source,
            **({"instance": number.instance} | values),
        )
        self.created[Case].append(case)
        self.created[Party] += parties_of(case)
        return KnownCase(case, is_new=True)

    def _series(self, label: str) -> SeriesGroup:
        if label not in self.book.series:
            self.book.series[label] = SeriesGroup(court=self.origin.court, label=label)
            self.created[SeriesGroup].append(self.book.series[label])
        return self.book.series[label]

    def _lane(self, known: KnownCase, agency: int, name: str, source: Source, item: Item) -> Defendant:
        lane = known.lanes.get(agency)
        if lane is None:
            lane = Defendant(case=known.case, organisation_id=agency, named_as=name, source=source)
            known.lanes[agency] = lane
            self._create(known, lane, item)
        return lane

    def _hearing(self, known: KnownCase, row: RowFacts, source: Source, item: Item, *, moves: bool) -> Hearing:
        day = row.hearing["day"]
        hearing = next((h for h in known.hearings if h.day == day), None)
        if hearing is None and moves:
            hearing = self._moved(known, day)
        values = row.hearing if row.kind == "appearances" else row.hearing | {"state": _rescheduled(hearing, day)}
        if hearing is not None:
            self._change(known, hearing, values, source, item)
            return hearing
        hearing = Hearing(case=known.case, source=source, session=self._session(row), **values)
        known.hearings.append(hearing)
        self._create(known, hearing, item)
        return hearing

    def _moved(self, known: KnownCase, day: date) -> Hearing | None:
        """The known hearing that this day is the new day of, by contract §3 (fine points of reading)."""
        in_file = self.days[known.case.key]
        open_days = [h for h in known.hearings if h.day not in in_file and _may_move(h, day, self.origin.author.on)]
        new_days = in_file - {h.day for h in known.hearings}
        return open_days[0] if len(open_days) == 1 and len(new_days) == 1 else None

    def _session(self, row: RowFacts) -> HearingSession | None:
        """Cases of one series on one day sit together."""
        if not row.series:
            return None
        key = (row.series, row.hearing["day"])
        if key not in self.book.sessions:
            session = HearingSession(day=row.hearing["day"], room=row.hearing.get("room", ""))
            self.book.sessions[key] = session
            self.created[HearingSession].append(session)
        return self.book.sessions[key]

    def _decision(self, known: KnownCase, row: RowFacts, source: Source, item: Item) -> Decision:
        told = self.law.outcomes.get(row.outcome["code"])
        values = {name: value for name, value in row.decision.items() if name != "in_force"}
        values |= effect_of(row.decision, told, known.case.instance)
        key = (row.decision["kind"], row.decision["ordinal"])
        decision = known.decisions.get(key)
        if decision is None:
            decision = known.decisions[key] = Decision(case=known.case, source=source, **values)
            self._create(known, decision, item)
        else:
            self._change(known, decision, values, source, item)
        return decision

    def _lost(self, known: KnownCase, lane: Defendant, row: RowFacts) -> dict[str, Any]:
        """Whether it counts as lost: as the court says, else by the outcome table."""
        if row.outcome.get("lost") is not None:
            return {"lost_basis": DecisionOutcome.LostBasis.COURT}
        result = self.law.outcomes.get(row.outcome["code"]).result
        lost = {"lost": True, "won": False}.get(result)
        if result == "inherits":
            lost = self._lost_below(known, lane.organisation_id)
        return {"lost": lost, "lost_basis": DecisionOutcome.LostBasis.TABLE}

    def _lost_below(self, known: KnownCase, agency: int) -> bool | None:
        before = self._below(known)
        results = [outcome.lost for (_, a), outcome in before.outcomes.items() if a == agency] if before else []
        return results[-1] if results else None

    def _below(self, known: KnownCase) -> KnownCase | None:
        return self.book.cases.get(known.case.origin.key) if known.case.origin else None

    def _obligation(
        self, known: KnownCase, outcome: DecisionOutcome, owed: dict[str, Any], source: Source, item: Item
    ) -> None:
        key = (id(outcome.decision), outcome.defendant.organisation_id)
        obligation = known.obligations.get(key)
        if obligation is None:
            obligation = Obligation(outcome=outcome, defendant=outcome.defendant, source=source, **owed)
            known.obligations[key] = obligation
            self._create(known, obligation, item)
        else:
            self._change(known, obligation, {k: v for k, v in owed.items() if v not in ("", None)}, source, item)

    def _decide_below(self, known: KnownCase, code: str, decision: Decision, source: Source, item: Item) -> None:
        """What a second-instance decision does to the first-instance one, its obligations included."""
        values, before = effect_below(code, decision), self._below(known)
        if values is None or before is None:
            return
        for below in before.decisions.values():
            self._change(before, below, values, source, item)
            for key, obligation in before.obligations.items():
                if key[0] == id(below):
                    told = self.law.outcomes.get(before.outcomes[key].code)
                    said = {"content": obligation.content, "period_text": obligation.period_text}
                    owed = obligation_of(told, below, said, self.law)
                    if owed and not obligation.due_on:
                        self._change(before, obligation, {"due_on": owed["due_on"], "estimated": owed["estimated"]}, source, item)

    # Changing and creating

    def _create(self, known: KnownCase, row: Any, item: Item) -> None:
        self.created[type(row)].append(row)
        self.touched.add(known.case.key)
        item.status = ADDED

    def _change(self, known: KnownCase, row: Any, values: dict[str, Any], source: Source, item: Item) -> None:
        """Set what differs; a changed known fact is told in the item and kept in the case's history."""
        for name, new in values.items():
            old = getattr(row, name)
            if old == new:
                continue
            setattr(row, name, new)
            if row.pk is None:
                continue
            self.changed.setdefault(id(row), (row, set()))[1].add(name)
            self.touched.add(known.case.key)
            label = str(row._meta.get_field(name).verbose_name)
            told = (label, _words(row, name, old), _words(row, name, new))
            item.changes.append(told)
            self.created[FactChange].append(
                FactChange(
                    case=known.case, at=self.origin.author.at, field=told[0], old=told[1], new=told[2], source=source
                )
            )

    def _days_in_file(self) -> dict[str, set[date]]:
        days: dict[str, set[date]] = defaultdict(set)
        for row in self.rows:
            for number in row.numbers:
                if row.kind == "schedule":
                    days[number.key].add(row.hearing["day"])
        return days

    def _told_of_cases(self) -> dict[str, dict[str, Any]]:
        """What all rows together say of each case; where two differ the later one, so that order never matters twice."""
        told: dict[str, dict[str, Any]] = defaultdict(dict)
        for row in self.rows:
            for number in row.numbers:
                told[number.key] |= row.case
        return told

    def _adopt_orphans(self) -> None:
        """Link later instances that were told of before the case they come from."""
        new = {case.number: case for case in self.created[Case]}
        orphans = list(Case.objects.filter(origin=None, origin_number__in=list(new)).select_related("dispute"))
        for orphan in orphans:
            orphan.origin = new[orphan.origin_number]
            Case.objects.filter(dispute=orphan.dispute_id).update(dispute=orphan.origin.dispute)
        Case.objects.bulk_update(orphans, ["origin"])


def _may_move(hearing: Hearing, day: date, today: date) -> bool:
    """A hearing moves within its month; into another one only if 延期 was reported or it still lies ahead."""
    if hearing.state == Hearing.State.POSTPONED:
        return True
    same_month = (hearing.day.year, hearing.day.month) == (day.year, day.month)
    return hearing.state == Hearing.State.SCHEDULED and (same_month or hearing.day >= today)


def _rescheduled(hearing: Hearing | None, day: date) -> str:
    """A schedule sets a moved hearing on the list again; it does not undo what was reported of a held one."""
    if hearing is None or hearing.day != day:
        return Hearing.State.SCHEDULED
    return hearing.state


def _words(row: models.Model, name: str, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    choices = dict(row._meta.get_field(name).choices or ())  # type: ignore[union-attr]
    return str(choices.get(value, value))
