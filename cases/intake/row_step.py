"""Taking one row of a notification into the record: what rows of every kind have in common."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from cases.intake.known_cases import KnownCase
from cases.intake.pending import RowEffect
from cases.intake.row_facts import Number, RowFacts
from cases.models import Case, FactChange, Lane, SeriesGroup, Source
from cases.record.parties import parties_of

if TYPE_CHECKING:
    from cases.intake.intake import Intake

EVENT, CORRECTION = FactChange.Reason.EVENT, FactChange.Reason.CORRECTION


class RowStep(ABC):
    """One row on its way: everything it creates or changes has the row as its source."""

    def __init__(self, intake: "Intake", row: RowFacts) -> None:
        self.row, self.law = row, intake.law
        self.known_cases, self.pending, self.merged, self.origin = (
            intake.known_cases,
            intake.pending,
            intake.merged,
            intake.origin,
        )
        self.before, self.before_of = intake.before, intake.before_of
        self.item = RowEffect(row.sheet, row.row)
        place = (row.sheet, row.row)
        self.reason: str = CORRECTION if place in intake.origin.corrected else EVENT
        # Somebody said that the row is right although a later month said otherwise.
        self.holds_on = place in intake.origin.affirmed
        self.source = Source(
            kind=self.origin.kind,
            organisation=self.origin.court,
            stated_at=self.origin.author.at,
            stated_by=self.origin.author.post,
            entry=self.origin.entry,
            reference=self.origin.reference,
            file=self.origin.file,
            file_name=self.origin.file_name,
            month=self.origin.month,
            sheet=row.sheet,
            row=row.row,
            cells=row.cells,
        )

    @abstractmethod
    def take(self, known: KnownCase, lane: Lane) -> None:
        """What the row says of one case and one defendant."""

    def _create(self, known: KnownCase, row: Any) -> None:
        self.pending.create(known, row, self.item)

    def _tell(
        self,
        known: KnownCase,
        row: Any,
        said: dict[str, Any],
        before: dict[str, Any] | None = None,
        *,
        whole: bool = False,
    ) -> None:
        """Take what is told into a known fact, as far as it is news to what the last version said.

        `whole`: it holds altogether or not at all.
        """
        known_words = {} if self.holds_on else before or {}
        news = {k: v for k, v in said.items() if k not in known_words or known_words[k] != v}
        self.pending.tell(known, row, news, self, whole=whole)

    def _compute(self, known: KnownCase, row: Any, values: dict[str, Any]) -> None:
        """Set what follows from what was told."""
        self.pending.change(known, row, values, self)

    def case(self, number: Number) -> KnownCase:
        """The case of that number, new or known, with what all rows together say of it."""
        values = {
            name: value for name, value in self.merged.of_case(number.key).items() if name != "origin_key"
        }
        if values.get("origin_number") == number.display:
            del values["origin_number"]
        if self.row.series:
            values["series"] = self._series(self.row.series)
        known = self.known_cases.cases.get(number.key)
        if known is None:
            return self._new_case(number, values)
        before = known.case.origin_number
        told = {name: value for name, value in values.items() if name != "instance"}
        self._tell(known, known.case, told, self.before.of_case(number.key))
        if known.case.origin_number != before:
            self.known_cases.relink(known, before)
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
        self.pending.add(case)
        for party in parties_of(case):
            self.pending.add(party)
        self.item.cases += 1
        known = KnownCase(case)
        self.known_cases.add(known)
        return known

    def _series(self, label: str) -> SeriesGroup:
        if label not in self.known_cases.series:
            self.known_cases.series[label] = SeriesGroup(court=self.origin.court, label=label)
            self.pending.add(self.known_cases.series[label])
        return self.known_cases.series[label]

    def lane(self, known: KnownCase, agency: int, name: str) -> Lane:
        """The lane of that agency, new or known."""
        lane = known.lanes.get(agency)
        if lane is None:
            lane = Lane(case=known.case, organisation_id=agency, named_as=name, source=self.source)
            known.lanes[agency] = lane
            self.item.defendants.append((known.case.number, name))
            self._create(known, lane)
        return lane
