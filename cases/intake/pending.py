"""What an intake is going to write, gathered first and saved at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from django.db import models

from cases.deadlines.facts import Touched
from cases.intake.joined_hearings import fold
from cases.intake.known_cases import KnownCase, KnownCases
from cases.models import (
    AppearanceStatement,
    Case,
    Decision,
    DecisionOutcome,
    Dispute,
    FactChange,
    Hearing,
    HearingSession,
    Lane,
    Obligation,
    Party,
    SeriesGroup,
    Source,
    Told,
)
from cases.models.source import HISTORY, plain, words_of
from cases.record.parties import parties_of
from organisations.authors import Author

BEFORE_CASES: list[type[models.Model]] = [Source, SeriesGroup, HearingSession]
AFTER_CASES: list[type[models.Model]] = [
    Party, Lane, Hearing, AppearanceStatement, Decision, DecisionOutcome, Obligation, FactChange,
]  # fmt: skip
ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"
BATCH = 200


class Overruled(NamedTuple):
    """A word that does not hold, since the notification of a later month (2026-04) said otherwise.

    Of a ledger: since anybody else said otherwise.
    """

    field: str  # as the record calls it
    said: str
    stands: str
    month: str


@dataclass(slots=True)
class RowEffect:
    """What one row does: its status, each field it changes as (label, old, new), how much it brings."""

    sheet: str
    row: int
    status: str = UNCHANGED
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    cases: int = 0  # that it brings
    defendants: list[tuple[str, str]] = field(default_factory=list)  # case, agency as written
    overruled: list["Overruled"] = field(
        default_factory=list
    )  # what it says and a later month said otherwise

    def settle(self) -> bool:
        """Fix the status once the row is through; whether it does anything."""
        if self.changes and self.status == UNCHANGED:
            self.status = CHANGED
        return self.status != UNCHANGED


class Change(Protocol):
    """What brings changes: where they come from, why, and the item that tells of them."""

    item: RowEffect
    source: Source
    reason: str
    holds_on: bool


class PendingChanges:
    """New objects and changed fields, in memory until `write`."""

    def __init__(self, known_cases: KnownCases, author: Author) -> None:
        self.known_cases, self.author = known_cases, author
        self.created: dict[type[models.Model], list[Any]] = defaultdict(list)
        self.changed: dict[int, tuple[models.Model, set[str]]] = {}
        self.touched: dict[str, None] = {}
        self.renamed: dict[str, None] = {}
        self.joined: list[
            tuple[Hearing, Hearing]
        ] = []  # two rows of one hearing: the one that goes, the one kept

    def add(self, row: models.Model) -> None:
        """Something that no fact hangs on by itself, such as a source."""
        self.created[type(row)].append(row)

    def create(self, known: KnownCase, row: models.Model, item: RowEffect) -> None:
        """A new fact of a case."""
        self.add(row)
        self.touched[known.case.key] = None
        item.status = ADDED

    def tell(self, known: KnownCase, row: Any, said: dict[str, Any], by: Change, *, whole: bool) -> None:
        """Take what is told: the word of the latest month stands, whichever notification comes last.

        `whole`: where one word does not hold, none does. What anybody else told stands against an old ledger.
        """
        holding = {}
        for name, new in said.items():
            old = getattr(row, name)
            if _stands(row, name, by):
                by.item.overruled += [] if new in (None, "", old) else _contradicted(row, name, new)
            elif row.pk is None or old in (None, "") or by.holds_on:
                holding[name] = new
            elif old == new:
                self._affirm(row, name, by)
            elif row.told_for(name) > _month(by):
                by.item.overruled.append(_overruled(row, name, new))
            else:
                holding[name] = new
        if not (whole and by.item.overruled):
            self.change(known, row, holding, by)

    def _affirm(self, row: Any, name: str, by: Change) -> None:
        """What a later month tells again is that month's word, and known since it was first told.

        Of the case itself nobody needs to know.
        """
        if not isinstance(row, Case) and row.told_for(name) < _month(by):
            row.tell(name, month=_month(by), on=row.told_on(name), history=row.is_history(name))
            self._update(row, "told")

    def change(self, known: KnownCase, row: Any, values: dict[str, Any], by: Change) -> None:
        """Set what differs; a changed known fact is told in the item and kept in the case's history."""
        for name, new in values.items():
            old = getattr(row, name)
            if old == new or _stands(row, name, by):
                continue
            setattr(row, name, new)
            if row.pk is None:
                by.item.status = ADDED
                continue
            self._record(known, row, name, (plain(old), plain(new)), by)

    def _record(
        self, known: KnownCase, row: models.Model, name: str, values: tuple[str, str], by: Change
    ) -> None:
        self._update(row, name)
        if isinstance(row, Told):
            row.tell(name, month=_month(by), on=self.author.on, history=by.source.kind == HISTORY)
            self._update(row, "told")
        self.touched[known.case.key] = None
        if name in ("plaintiffs", "third_parties"):
            self.renamed[known.case.key] = None
        change = FactChange(
            case=known.case, at=self.author.at, model=str(row._meta.model_name), field=name,
            old=values[0], new=values[1], reason=by.reason, source=by.source,
        )  # fmt: skip
        by.item.changes.append((change.label, change.old_words, change.new_words))
        self.add(change)

    def _update(self, row: models.Model, name: str) -> None:
        self.changed.setdefault(id(row), (row, set()))[1].add(name)

    def write(self) -> Touched:
        """Save everything; returns the lanes concerned."""
        merged = self._settle_chains()
        self._bulk_create(BEFORE_CASES)
        self._create_cases()
        self._rename_parties()
        self._bulk_create(AFTER_CASES)
        for gone, kept in self.joined:
            fold(gone, kept, self.author)
        self._bulk_update()
        for old, new in merged.items():
            Case.objects.filter(dispute=old).update(dispute=new)
            Dispute.objects.filter(pk=old).delete()
        return self._touched_lanes()

    def _touched_lanes(self) -> Touched:
        fresh = {case.key for case in self.created[Case]}
        touched = Touched([], [])
        for known in (self.known_cases.cases[key] for key in self.touched):
            if known.case.key in fresh:
                touched.fresh.extend(map(known.facts_of, known.lanes.values()))
            else:
                touched.known.extend(lane.pk for lane in known.lanes.values())
        return touched

    def _settle_chains(self) -> dict[int, Dispute]:
        """Give every case the case it comes from and its dispute; returns the disputes that become part of another."""
        disputes: dict[str, Dispute] = {}
        merged: dict[int, Dispute] = {}
        for known in self.known_cases.cases.values():
            *_, root = chain = self.known_cases.chain(known)
            if len(chain) > 1:
                self._link(known.case, chain[1].case)
            dispute = disputes.get(root.case.key)
            if dispute is None:
                dispute = disputes[root.case.key] = self._dispute_of(root.case)
            if known.case.pk is None:
                known.case.dispute = dispute
            elif known.case.dispute_id != dispute.pk:
                merged[known.case.dispute_id] = dispute
        Dispute.objects.bulk_create([dispute for dispute in disputes.values() if dispute.pk is None])
        return merged

    def _link(self, case: Case, origin: Case) -> None:
        if case.origin != origin or case.origin is None:
            case.origin = origin
            if case.pk is not None:
                self._update(case, "origin")

    def _dispute_of(self, case: Case) -> Dispute:
        return Dispute(opened_at=self.author.at) if case.pk is None else case.dispute

    def _create_cases(self) -> None:
        """Those first from which others come."""
        by_depth = sorted(self.created[Case], key=self._depth)
        for _, cases in groupby(by_depth, key=self._depth):
            Case.objects.bulk_create(list(cases))

    def _depth(self, case: Case) -> int:
        return len(self.known_cases.chain(self.known_cases.cases[case.key]))

    def _rename_parties(self) -> None:
        """The parties of known cases are named anew where the court names them otherwise."""
        cases = [self.known_cases.cases[key].case for key in self.renamed]
        if cases:
            Party.objects.filter(case__in=cases).delete()
        for case in cases:
            self.created[Party] += parties_of(case)

    def _bulk_create(self, kinds: Iterable[type[models.Model]]) -> None:
        for model in kinds:
            if self.created[model]:
                model._default_manager.bulk_create(self.created[model])

    def _bulk_update(self) -> None:
        by_shape: dict[tuple[type[models.Model], frozenset[str]], list[Any]] = defaultdict(list)
        for row, names in self.changed.values():
            by_shape[type(row), frozenset(names)].append(row)
        for (model, fields), rows in by_shape.items():
            model._default_manager.bulk_update(rows, sorted(fields), batch_size=BATCH)


def _month(by: Change) -> str:
    return f"{by.source.month:%Y-%m}" if by.source.month else ""


def _stands(row: Any, name: str, by: Change) -> bool:
    """Whether a ledger speaks of a known fact that somebody else told."""
    return by.source.kind == HISTORY and row.pk is not None and not row.is_only_history(name)


def _contradicted(row: Any, name: str, said: Any) -> list[Overruled]:
    """What a ledger says against a known fact; a fact that says nothing is not contradicted."""
    return [] if getattr(row, name) in (None, "") else [_overruled(row, name, said)]


def _overruled(row: Any, name: str, said: Any) -> Overruled:
    kind = row._meta.get_field(name)
    new, old = (words_of(kind, plain(value)) for value in (said, getattr(row, name)))
    return Overruled(f"{row._meta.model_name}.{name}", new, old, row.told_for(name))
