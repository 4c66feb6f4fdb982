"""数据完整性: what is missing under the figures of a region and a period, as known on a day.

Absence is said by kind, court and month, never printed as good. Months before the platform began are told as days,
not as silence of courts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from cases.models import AppearanceStatement, Deadline, Decision, Hearing, Obligation
from courts.models import HeldRow, HistoryImport, Kind, Notification
from organisations.access import within_q
from organisations.models import CourtArea, Organisation, Region
from rules.calendars import DAY
from rules.case_types import codes_in_appearance
from rules.report_periods import ReportPeriod

PAPER_RULES = ("defence_report", "judgment_filing", "lost_case_report")
IN_EFFECT = (Decision.Effect.PRESUMED, Decision.Effect.CONFIRMED)
TOLD_BY = 5  # of each month, by the mechanism: before that nobody is silent
HEARING_GAPS = {
    Hearing.State.SCHEDULED: "hearing_without_result",
    Hearing.State.HELD: "hearing_without_appearance",
}


class GapKind(NamedTuple):
    """What may be missing: its name, and the words of one line about so many of it."""

    label: str
    words: str


KINDS = {
    "court_silent": GapKind("法院未通报", "未通报（三类中缺 {} 类）"),
    "rows_held": GapKind("通报中暂存待改正的行", "通报中有 {} 行待改正"),
    "hearing_without_result": GapKind("排庭尚无结果", "排庭 {} 件尚无结果"),
    "hearing_without_appearance": GapKind("开庭尚无出庭情况", "开庭 {} 件尚无出庭情况"),
    "judgment_without_filing": GapKind("裁判文书到期未备案", "裁判文书 {} 件到期未备案"),
    "effect_without_obligation": GapKind("生效裁判有无履行内容待确认", "生效裁判 {} 件有无履行内容待确认"),
    "agency_silent": GapKind("有到期报送事项而一件未报的单位", "有到期报送事项，一件未报"),
    "period_open": GapKind("本期尚未结束的天数", "本期还有 {} 天"),
    "before_start": GapKind("平台启用前的天数", "平台启用前 {} 天，没有通报，也没有导入台账"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing: how much of it, from which court and month; `regions` are those whose figures it concerns."""

    kind: str
    count: int
    court: str = ""
    month: str = ""
    of: str = ""  # the name of the court, or what it is about
    regions: frozenset[str] = frozenset()
    agency: str = ""
    cases: tuple[tuple[str, int], ...] = ()  # each with the region of its agency

    def within(self, region: str) -> "Gap":
        """The same, of the cases of one region."""
        own = tuple(each for each in self.cases if each[0] == region)
        return replace(self, count=len(own), cases=own) if self.cases else self

    @property
    def words(self) -> str:
        """One line for people: 惠民法院 2026-07 未通报（三类中缺 3 类）."""
        return " ".join(
            part for part in (self.of, self.month, KINDS[self.kind].words.format(self.count)) if part
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "court": self.court, "month": self.month, "count": self.count,
            "agency": self.agency,
        }  # fmt: skip


class Receipt(NamedTuple):
    """The day on which a notification came first, and the upload that brought it."""

    on: date
    upload: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """All that is missing under the figures of `region`; `own` are the courts of each region, `told` who told any."""

    region: str
    gaps: tuple[Gap, ...]
    own: dict[str, frozenset[str]]
    told: frozenset[str]
    expected: bool = True  # whether the platform had begun: before, courts had nothing to tell it
    courts: Mapping[str, str] = field(default_factory=dict)  # code and short name of each, in official order
    # What came of each court, month and kind: when first, and in which upload.
    received: Mapping[tuple[str, date, str], Receipt] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return not self.gaps

    def of_region(self, region: str) -> tuple[Gap, ...]:
        """What concerns the figures of one of its regions."""
        if region == self.region:
            return self.gaps
        return tuple(gap.within(region) for gap in self.gaps if region in gap.regions)

    def is_silent(self, region: str) -> bool:
        """Whether the court of a region told nothing; whether none did, of a city or a region without a court."""
        courts = self.own.get(region, frozenset())
        return self.expected and not (self.told & courts if courts else self.told)

    def to_json(self) -> dict[str, Any]:
        """As the `figures` command prints it."""
        return {"complete": self.complete, "missing": [gap.to_json() for gap in self.gaps]}


def coverage_of(period: ReportPeriod, region: Region, on: date) -> Coverage:
    """What is missing of a period under the figures of a region, as known on a day; some eight queries."""
    look = _Look(period, region, on)
    own: dict[str, set[str]] = defaultdict(set)
    for court, areas in look.areas.items():
        for area in areas if look.city not in areas else ():
            own[area].add(court)
    gaps = (*look.days(), *look.silent_courts(), *look.held_rows(), *look.hearings(), *look.duties())
    expected = look.start is not None and look.start <= period.last
    return Coverage(
        region.code, gaps, {area: frozenset(courts) for area, courts in own.items()}, look.told(), expected,
        look.names, look.received,
    )  # fmt: skip


class _Look:
    """One look at what courts and agencies told of a period; `city` is the region that has all the others under it."""

    def __init__(self, period: ReportPeriod, region: Region, on: date) -> None:
        self.period, self.region, self.on = period, region, on
        self.city = region.code if region.kind == Region.Kind.CITY else region.parent_id
        under = Region.objects.filter(Q(parent=self.city) | Q(pk=self.city))
        self.everywhere = frozenset(under.values_list("pk", flat=True))
        self.names, self.areas = _courts(region, self.city, self.everywhere, period.last)
        told = Notification.objects.filter(court__code__in=self.areas, received_at__date__lte=on)
        rows = told.order_by("-version").values_list("court__code", "month", "kind", "received_at", "upload")
        # The first version comes last and stays.
        self.received = {
            (court, month, kind): Receipt(localtime(at).date(), upload)
            for court, month, kind, at, upload in rows
        }
        self.start = min((month for _, month, _ in self.received), default=None)

    def told(self) -> frozenset[str]:
        """Courts that told anything of it; what heads did in its last month is told in the month after."""
        first, last, after = self.period.first, self.period.last, self.period.following().first
        return frozenset(
            court
            for court, month, kind in self.received
            if first <= month <= last or (month == after and kind == Kind.APPEARANCES)
        )

    def days(self) -> Iterator[Gap]:
        """Days that are still to come, and those before the first notification of which no old ledger tells."""
        first, last = self.period.first, self.period.last
        if last > self.on:
            days = (last - max(self.on, first - DAY)).days
            yield Gap("period_open", days, regions=self.everywhere)
        unknown = self._without_ledger()
        if self.start and first < self.start and self.region.code in unknown:
            days = (min(self.start - DAY, last) - first).days + 1
            yield Gap("before_start", days, regions=unknown)

    def _without_ledger(self) -> frozenset[str]:
        """The regions of which no old ledger of the year was taken in, neither their own nor the city's."""
        taken_in = HistoryImport.objects.exclude(number=None).filter(year=self.period.first.year)
        told = set(taken_in.values_list("region_id", flat=True))
        return frozenset() if self.city in told else self.everywhere - told

    def silent_courts(self) -> Iterator[Gap]:
        """By court and month how many of the three notifications are not there, though their day is over."""
        for month in self.period.months:
            day = month.first
            if (self.start and day < self.start) or day.replace(day=TOLD_BY) >= self.on:
                continue
            for court in self.areas:
                missing = sum((court, day, kind) not in self.received for kind in Kind.values)
                if missing:
                    yield self._gap("court_silent", missing, court, day)

    def held_rows(self) -> Iterator[Gap]:
        """Rows that wait to be put right."""
        months = (self.period.first, self.period.last)
        rows = HeldRow.objects.open().filter(
            notification__court__code__in=self.areas, notification__month__range=months
        )
        counted = rows.values_list("notification__court__code", "notification__month")
        for court, month, count in counted.annotate(rows=Count("pk")).order_by("notification__month"):
            yield self._gap("rows_held", count, court, month)

    def hearings(self) -> Iterator[Gap]:
        """Cases with a hearing of which nothing is known, or not whether a head came."""
        days = (self.period.first, min(self.period.last, self.on - DAY))
        said = AppearanceStatement.objects.filter(hearing=OuterRef("pk"), attended__isnull=False)
        unknown = Q(state=Hearing.State.SCHEDULED) | Q(~Exists(said), state=Hearing.State.HELD)
        counting = Q(case__type_code__in=codes_in_appearance(), case__voided_at=None)
        found = Hearing.objects.filter(unknown, counting, day__range=days)
        yield from self._by_court(found, HEARING_GAPS, "day", "case__lanes__organisation")

    def duties(self) -> Iterator[Gap]:
        """Filings that are due and not there, effects of which nobody said what they oblige to, silent agencies."""
        until = min(self.period.last, self.on - DAY)
        filings = Deadline.objects.filter(
            rule="judgment_filing", state=Deadline.State.OPEN, due_on__lte=until, case__voided_at=None
        )
        yield from self._by_court(filings, {"": "judgment_without_filing"}, "due_on", "organisation")
        undecided = Obligation.objects.filter(
            certainty=Obligation.Certainty.OPEN,
            outcome__decision__effect__in=IN_EFFECT,
            outcome__decision__effective_on__lte=until,
            lane__case__voided_at=None,
        )
        yield from self._by_court(
            undecided,
            {"": "effect_without_obligation"},
            "outcome__decision__effective_on",
            "lane__organisation",
        )
        yield from self._silent_agencies(until)

    def _silent_agencies(self, until: date) -> Iterator[Gap]:
        """Agencies that had papers to hand in and handed in none of them."""
        due = Deadline.objects.filter(
            within_q(self.region.pk, "organisation__region"),
            rule__in=PAPER_RULES,
            state__in=(Deadline.State.OPEN, Deadline.State.MET),
            due_on__range=(self.period.first, until),
            case__voided_at=None,
        )
        by_agency = due.values_list(
            "organisation__region_id", "organisation__short_name", "organisation__code"
        )
        silent = by_agency.annotate(done=Count("pk", filter=Q(state=Deadline.State.MET))).filter(done=0)
        for region, name, code, _ in silent.order_by("organisation__position"):
            yield Gap("agency_silent", 1, of=name, regions=frozenset({region}), agency=code)

    def _by_court(
        self, found: QuerySet[Any], kinds: Mapping[Any, str], day: str, agency: str
    ) -> Iterator[Gap]:
        """The cases by kind (which their state names), court and month, each with the region of the agency."""
        case = "lane__case" if agency.startswith("lane") else "case"
        rows = found.filter(within_q(self.region.pk, f"{agency}__region")).values_list(
            "state", day, f"{case}__court__code", f"{case}__court__short_name", f"{agency}__region_id", case
        )
        cases: dict[tuple[str, str, str, str], set[tuple[str, int]]] = defaultdict(set)
        for state, on, court, name, region, pk in rows:
            cases[kinds.get(state) or kinds[""], f"{on:%Y-%m}", court, name].add((region, pk))
        for (kind, month, court, name), concerned in sorted(cases.items()):
            regions = frozenset(region for region, _ in concerned)
            count = len({pk for _, pk in concerned})
            yield Gap(kind, count, court, month, name, regions, cases=tuple(sorted(concerned)))

    def _gap(self, kind: str, count: int, court: str, month: date) -> Gap:
        return Gap(kind, count, court, f"{month:%Y-%m}", self.names[court], self.areas[court])


def _courts(
    region: Region, city: str | None, everywhere: frozenset[str], on: date
) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Names and areas of the courts that hear the region's cases; the court of the city hears those of all."""
    areas = CourtArea.objects.filter(
        Q(region=region) | Q(region__parent=region) | Q(region=city),
        court__in=Organisation.objects.existing(on=on),
    )
    names: dict[str, str] = {}
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    in_order = areas.order_by("court__position", "court__code")
    for code, name, area in in_order.values_list("court__code", "court__short_name", "region_id"):
        names[code] = name
        found[code] |= everywhere if area == city else {area}
    return names, dict(found)
