"""The rows that measures count: read once for a period and a region, then judged by every measure on them.

Each population is one to three queries of plain values on indexed columns. An entry is one defendant's lane (or
one duty of it); entries with the same id are counted together.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cases.deadlines.on_decisions import NOT_DISPOSITIVE
from cases.law import current_law
from cases.models import DecisionOutcome, FactChange
from courts.notifications.coverage import PAPER_RULES, Coverage, coverage_of
from organisations.access import within_q
from organisations.models import Organisation, OrganisationAlias, Region, decided_groups, usual_group
from reports.figures.advices import replies_of
from reports.figures.appearances import appearance_lanes, sittings
from reports.figures.dockets import docket_of
from reports.figures.duties import ADVICE_RULES, TRAINING_RULES, Owed, duties_of, obligations_of
from reports.figures.entries import Agency, Entry, Footing, series_key
from rules.case_types import codes_in_loss
from rules.outcomes import load_outcomes
from rules.report_periods import ReportPeriod

FIRST_OR_RETRIAL = ("first", "retrial")
UNSETTLED = ("inherits", "configurable")

# What may be missing under the figures of each population.
_OWN_WORD = frozenset({"period_open", "before_start"})  # of what no court tells
_ALWAYS = _OWN_WORD | {"court_silent", "rows_held"}
UNDER = {
    "appearances": _ALWAYS | {"hearing_without_result", "hearing_without_appearance"},
    "outcomes": _ALWAYS,
    "appeals": _ALWAYS,
    "cases": _ALWAYS,
    "obligations": _ALWAYS | {"effect_without_obligation"},
    "papers": _ALWAYS,
    "moves": _ALWAYS,
    "sittings": _ALWAYS | {"hearing_without_result", "hearing_without_appearance"},
    "advices": _OWN_WORD,
    "replies": _OWN_WORD,
    "trainings": _OWN_WORD,
}
REVERSED = "一审结果已被撤销"
LOST_UNKNOWN = "是否败诉尚未认定"


class OutcomeFacts(NamedTuple):
    """How one decision ended for one defendant; `reason` says why it cannot be counted."""

    reason: str
    code: str
    judged: bool
    lost: bool
    appealed: bool | None = None
    instance: str = "first"
    why: str = ""  # the reason for losing, in the words of the court


@dataclass(frozen=True)
class Populations:
    """Everything counted in a period, of the agencies of a region, as known on a day."""

    period: ReportPeriod
    region: Region
    on: date
    known_agencies: dict[int, Agency] | None = None  # of a sibling for the same region

    def before(self) -> "Populations":
        """The same for the period before (环比)."""
        return Populations(self.period.previous(), self.region, self.on, self.agencies)

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """Agencies of the region and of the regions under it, by id, in official order."""
        if self.known_agencies is not None:
            return self.known_agencies
        found = Organisation.objects.filter(within_q(self.region.pk, "region"))
        named = found.annotate(called=_name_at_the_end_of(self.period)).order_by("position", "code")
        rows = list(
            named.values_list(*_AGENCY, "kind", "region__kind", "successor", "valid_from", "valid_to")
        )
        heirs = {row[0]: row[-3] for row in rows if row[-1] and row[-1] < self.period.last}
        decided = decided_groups(self.period.last)
        return {
            pk: Agency(
                code, name, short_name, region, level,
                group=decided.get(pk) or usual_group(kind, region_kind),
                exists=pk not in heirs and not (since and since > self.period.last),
                heir=_heir(pk, heirs),
            )
            for pk, code, name, short_name, region, level, kind, region_kind, _, since, _ in rows
        }  # fmt: skip

    @cached_property
    def sued(self) -> frozenset[int]:
        """The agencies of which anything is counted or excluded."""
        lots = (self.appearances, self.outcomes, self.obligations, self.papers)
        return frozenset(entry.agency for lot in lots for entry in lot)

    @cached_property
    def coverage(self) -> Coverage:
        """What is missing under all of it."""
        return coverage_of(self.period, self.region, self.on)

    def footing(self, source: str, region: str = "") -> Footing:
        """What a figure of one population stands on, in the whole region or in one under it."""
        where = region or self.region.code
        missing = tuple(gap for gap in self.coverage.of_region(where) if gap.kind in UNDER[source])
        untold = "court_silent" in UNDER[source] and self.coverage.is_silent(where)
        return Footing(missing, untold, self.decimals)

    @cached_property
    def decimals(self) -> int:
        """With how many decimals the office prints rates of the period."""
        return int(current_law().choices.value("figures.decimals", on=self.period.last))

    @cached_property
    def floor(self) -> int:
        """Below how many cases the office makes no comparison."""
        return int(current_law().choices.value("figures.floor", on=self.period.last))

    @cached_property
    def appearances(self) -> list[Entry]:
        """Lanes of cases whose first held hearing lies in the period, and of those whose hearing fell through."""
        return appearance_lanes(self.period, self.agencies, self.on)

    @cached_property
    def sittings(self) -> list[Entry]:
        """Held hearings of the period, for each defendant (人次)."""
        return sittings(self.period, self.agencies, self.on)

    @cached_property
    def cases(self) -> list[Entry]:
        """Cases on the docket of the period, under their 案号."""
        found = docket_of(self.period, self.on, within_q(self.region.pk, "organisation__region"))
        return [Entry(one.number, one.case, one.agency, one.facts) for one in found]

    @cached_property
    def outcomes(self) -> list[Entry]:
        """Dispositive outcomes of first instance and retrial decided in the period."""
        return self._outcomes(FIRST_OR_RETRIAL)

    @cached_property
    def appeals(self) -> list[Entry]:
        """Those of second instance."""
        return self._outcomes(("second",))

    def _outcomes(self, instances: tuple[str, ...]) -> list[Entry]:
        rows = (
            DecisionOutcome.objects.filter(
                within_q(self.region.pk, "lane__organisation__region"),
                decision__decided_on__range=(self.period.first, min(self.period.last, self.on)),
                decision__case__type_code__in=codes_in_loss(instances),
                decision__case__voided_at=None,
            )
            .exclude(code__in=NOT_DISPOSITIVE)
            .values_list(*_LANE, *_OUTCOME, "decision__case__series_id")
            .order_by(*_LANE, "code")
        )
        return [
            self._entry(row[:3], _outcome(row[3:-1]), series=series_key(row[-1], agency=row[2]))
            for row in rows
        ]

    @cached_property
    def obligations(self) -> list[Entry]:
        """Obligations of decisions in effect whose day of performance has come, until they are done."""
        within = within_q(self.region.pk, "organisation__region")
        return [self._owed(one) for one in obligations_of(self.period, self.on, within)]

    @cached_property
    def papers(self) -> list[Entry]:
        """Reports and filings that fell due, until they are handed in."""
        return self._duties(PAPER_RULES, apart=True)

    @cached_property
    def advices(self) -> list[Entry]:
        """Replies to 司法建议 that fell due, until they are given."""
        return self._duties(ADVICE_RULES)

    @cached_property
    def replies(self) -> list[Entry]:
        """Replies to 司法建议 given in the period; the facts are what they say of adoption."""
        within = within_q(self.region.pk, "lane__organisation__region")
        rows = replies_of(self.period, self.on, within)
        return [self._entry((case, about, agency), adopted) for case, about, agency, adopted in rows]

    @cached_property
    def trainings(self) -> list[Entry]:
        """Trainings that fell due, until they are held; they belong to no case."""
        return self._duties(TRAINING_RULES)

    @cached_property
    def moves(self) -> list[Entry]:
        """Hearings set for a day of the period that was later told to be another day; the facts are the reasons."""
        rows = FactChange.objects.filter(
            within_q(self.region.pk, "case__lanes__organisation__region"),
            case__voided_at=None,
            model="hearing",
            field="day",
            old__range=(self.period.first.isoformat(), self.period.last.isoformat()),
            at__date__lte=self.on,
        ).values_list("case_id", "case__number", "case__lanes__organisation_id", "reason")
        return [self._entry(row[:3], row[3]) for row in sorted(set(rows))]

    def _duties(self, rules: tuple[str, ...], *, apart: bool = False) -> list[Entry]:
        within = within_q(self.region.pk, "organisation__region")
        found = duties_of(rules, self.period, self.on, within, apart=apart)
        return [self._owed(one) for one in found]

    def _entry(self, lane: tuple[int | None, str, int], facts: Any, series: str = "") -> Entry:
        case, about, agency = lane
        return Entry(f"{about} · {self.agencies[agency].short_name}", case, agency, facts, series)

    def _owed(self, one: Owed) -> Entry:
        entry = self._entry((one.case, one.about, one.agency), one.facts)
        key = f"{entry.id}（第{one.ordinal}项）" if one.ordinal > 1 else entry.id
        return entry._replace(id=key, carried=one.carried)


_AGENCY = ("pk", "code", "called", "short_name", "region_id", "level")
_OUTCOME = (
    "code", "judged", "lost", "decision__effect", "decision__appealed", "decision__case__instance",
    "lost_reason",
)  # fmt: skip
_LANE = ("lane__case_id", "lane__case__number", "lane__organisation_id")


def _name_at_the_end_of(period: ReportPeriod) -> Coalesce:
    """What an agency was called at the end of the period, also where it is called otherwise now."""
    former = OrganisationAlias.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=period.last),
        organisation=OuterRef("pk"),
        kind=OrganisationAlias.Kind.FORMER,
        valid_to__gte=period.last,
    )
    return Coalesce(Subquery(former.order_by("valid_to").values("name")[:1]), "name")


def _heir(agency: int, heirs: dict[int, int | None]) -> int | None:
    """The last one along the chain of successors that still existed at the end of the period; None: it is its own."""
    found: int | None = None
    seen = {agency}
    while (after := heirs.get(found or agency)) and after not in seen:
        seen.add(after)
        found = after
    return found


def _outcome(row: tuple[Any, ...]) -> OutcomeFacts:
    code, judged, lost, effect, appealed, instance, why = row
    reason = REVERSED if effect == "reversed" else ""
    if lost is None and not reason and load_outcomes().get(code).result in UNSETTLED:
        reason = LOST_UNKNOWN
    return OutcomeFacts(reason, code, judged, bool(lost), appealed, instance, why)
