"""The rows that measures count: read once for a period and a region, then judged by every measure on them.

Each population is one to three queries of plain values on indexed columns. An entry is one defendant's lane (or
one duty of it); entries with the same id are counted together.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cases.deadlines.obligations import RULE as OBLIGATION
from cases.deadlines.on_decisions import NOT_DISPOSITIVE
from cases.models import Deadline, DecisionOutcome, FactChange
from organisations.models import Organisation, OrganisationAlias, Region
from reports.figures.appearances import appearance_lanes
from reports.figures.entries import Agency, Entry, series_key
from rules.case_types import type_codes
from rules.outcomes import load_outcomes
from rules.report_periods import ReportPeriod

FIRST_OR_RETRIAL = ("first", "retrial")
PAPER_RULES = ("defence_report", "judgment_filing", "lost_case_report")
UNSETTLED = ("inherits", "configurable")

NOT_YET_DUE = "期限尚未届满"
REVERSED = "一审结果已被撤销"
LOST_UNKNOWN = "是否败诉尚未认定"
NOT_COUNTED = {"suspended": "计时中止", "waived": "已免除", "void": "起因事实已变更，不再适用"}


class OutcomeFacts(NamedTuple):
    """How one decision ended for one defendant; `reason` says why it cannot be counted."""

    reason: str
    code: str
    judged: bool
    lost: bool


class DutyFacts(NamedTuple):
    """One duty with a day; `reason` says why it is not counted."""

    reason: str
    rule: str
    due_on: date
    done_on: date | None

    @property
    def on_time(self) -> bool:
        return self.done_on is not None and self.done_on <= self.due_on

    @property
    def missed(self) -> bool:
        """Counted, and not done by its day: late or still open."""
        return not self.reason and not self.on_time

    @property
    def outstanding(self) -> bool:
        """Counted, and not done at all."""
        return not self.reason and self.done_on is None

    def days_after_due(self, day: date) -> int:
        return (day - self.due_on).days


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
        found = Organisation.objects.filter(_within(self.region, "region"))
        named = found.annotate(called=_name_at_the_end_of(self.period)).order_by("position", "code")
        fields = ("pk", "code", "called", "short_name", "region_id", "group", "level")
        return {pk: Agency(*rest) for pk, *rest in named.values_list(*fields)}

    @cached_property
    def appearances(self) -> list[Entry]:
        """Lanes of cases whose first held hearing lies in the period, and of those whose hearing fell through."""
        return appearance_lanes(self.period, self.agencies, self.on)

    @cached_property
    def outcomes(self) -> list[Entry]:
        """Dispositive outcomes of first instance and retrial decided in the period."""
        rows = (
            DecisionOutcome.objects.filter(
                _within(self.region, "lane__organisation__region"),
                decision__decided_on__range=(self.period.first, min(self.period.last, self.on)),
                decision__case__type_code__in=_loss_types(),
                decision__case__voided_at=None,
            )
            .exclude(code__in=NOT_DISPOSITIVE)
            .values_list(*_LANE, "code", "judged", "lost", "decision__effect", "decision__case__series_id")
            .order_by(*_LANE, "code")
        )
        return [
            self._entry(row[:3], _outcome(*row[3:-1]), series=series_key(row[-1], agency=row[2]))
            for row in rows
        ]

    @cached_property
    def obligations(self) -> list[Entry]:
        """Obligations of decisions in effect whose day of performance, as their deadlines say, lies in the period."""
        due = Deadline.objects.filter(
            _within(self.region, "organisation__region"),
            rule=OBLIGATION,
            due_on__range=(self.period.first, self.period.last),
            case__voided_at=None,
        ).exclude(state=Deadline.State.VOID)
        rows = due.values_list(
            "case_id", "case__number", "organisation_id", "subject", "due_on", "state", *_OWED
        ).order_by("case_id", "organisation_id", "pk")
        # A lane has few obligations: that of the deadline is the one it names.
        own = (row for row in rows if row[3] == f"{OBLIGATION}:{row[6]}")
        return self._distinct((row[:3], self._obligation(*row[4:6], *row[7:])) for row in own)

    @cached_property
    def papers(self) -> list[Entry]:
        """Reports and filings due in the period."""
        rows = Deadline.objects.filter(
            _within(self.region, "organisation__region"),
            rule__in=PAPER_RULES,
            due_on__range=(self.period.first, self.period.last),
            case__voided_at=None,
        ).values_list("case_id", "case__number", "organisation_id", "pk", "rule", "due_on", "met_on", "state")
        rows = rows.order_by("case_id", "organisation_id", "pk")
        return self._distinct((row[:3], self._paper(*row[4:])) for row in rows)

    @cached_property
    def moves(self) -> list[Entry]:
        """Hearings set for a day of the period that was later told to be another day; the facts are the reasons."""
        rows = FactChange.objects.filter(
            _within(self.region, "case__lanes__organisation__region"),
            case__voided_at=None,
            model="hearing",
            field="day",
            old__range=(self.period.first.isoformat(), self.period.last.isoformat()),
            at__date__lte=self.on,
        ).values_list("case_id", "case__number", "case__lanes__organisation_id", "reason")
        return [self._entry(row[:3], row[3]) for row in sorted(set(rows))]

    def _entry(self, lane: tuple[int, str, int], facts: Any, series: str = "") -> Entry:
        case, number, agency = lane
        return Entry(f"{number} · {self.agencies[agency].short_name}", case, agency, facts, series)

    def _distinct(self, rows: Iterable[tuple[Any, DutyFacts]]) -> list[Entry]:
        """One entry per duty: a second duty of one kind in a lane is told apart by its ordinal."""
        seen: Counter[tuple[str, str]] = Counter()
        entries = []
        for lane, facts in rows:
            entry = self._entry(lane, facts)
            seen[entry.id, facts.rule] += 1
            count = seen[entry.id, facts.rule]
            entries.append(entry._replace(id=f"{entry.id}（第{count}项）") if count > 1 else entry)
        return entries

    def _obligation(self, *row: Any) -> DutyFacts:
        due_on, clock, performed_on, certainty, state, effect = row
        if state == "reported":  # 机关自报、司法局还没有核查的，不算已履行
            performed_on = None
        reason = NOT_COUNTED.get(clock) or (NOT_YET_DUE if due_on >= self.on else "")
        if certainty == "open":
            reason = "有无履行内容待确认"
        if "suspended" in (state, effect):
            reason = "因再审中止"
        if state == "none":
            reason = "无履行内容"
        return DutyFacts(reason, "obligation", due_on, _known(performed_on, self.on))

    def _paper(self, rule: str, due_on: date, met_on: date | None, state: str) -> DutyFacts:
        reason = NOT_COUNTED.get(state) or (NOT_YET_DUE if due_on >= self.on else "")
        return DutyFacts(reason, rule, due_on, _known(met_on, self.on))


_OWED = tuple(
    f"lane__obligations__{name}"
    for name in ("pk", "performed_on", "certainty", "state", "outcome__decision__effect")
)
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


def _within(region: Region, path: str) -> Q:
    return Q(**{path: region.pk}) | Q(**{f"{path}__parent": region.pk})


def _known(day: date | None, on: date) -> date | None:
    """A day as far as it was known: what happened later counts later."""
    return day if day is not None and day <= on else None


def _loss_types() -> list[str]:
    return [code for code, kind in type_codes().items() if kind.in_loss and kind.instance in FIRST_OR_RETRIAL]


def _outcome(code: str, judged: bool, lost: bool | None, effect: str) -> OutcomeFacts:
    reason = REVERSED if effect == "reversed" else ""
    if lost is None and not reason and load_outcomes().get(code).result in UNSETTLED:
        reason = LOST_UNKNOWN
    return OutcomeFacts(reason, code, judged, bool(lost))
