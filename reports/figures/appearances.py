"""Who was heard in a period and whether the head appeared: one entry per defendant's lane, under its 案号.

Period: that of the first held hearing of the case, for each instance has its own 案号 (法释〔2020〕3号 第七条).
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from cases.law import current_law
from cases.models import AppearanceStatement, Hearing, Lane
from reports.figures.entries import Agency, Entry, series_key
from rules.appearance import AbsenceGround, CourtFinding, HeadRank, Source, prevailing
from rules.authority import Fact
from rules.case_types import codes_in_appearance
from rules.report_periods import ReportPeriod

NOT_STATED = "尚未收到负责人出庭情况"
BY_WORD = {source.value: source for source in Source}
ANOTHER_DESIGNATED = "共同被告已确定由其他机关负责人出庭（法释〔2020〕3号第三条）"
NOT_HEARD = {
    "scheduled": "已排庭，尚未收到开庭情况",
    "postponed": "延期开庭",
    "cancelled": "取消开庭",
    "withdrawn": "撤诉未开庭",
}


class Stated(NamedTuple):
    """The prevailing statement about one hearing of a lane.

    `unexcused`: absent without a ground, or with one the court rejected; a ground not yet reviewed is no finding.
    """

    counts: bool
    justified: bool
    principal: bool
    spoke: bool | None
    unexcused: bool
    verdict: str
    rank: str = ""


class HeardLane(NamedTuple):
    """A lane's prevailing statements; `reason` says why the lane has no duty to be counted.

    `county_grade`: the principals and deputies of its agency are 县处级 or above.
    """

    reason: str
    stated: tuple[Stated, ...]
    instance: str = "first"
    county_grade: bool = False


def appearance_lanes(period: ReportPeriod, agencies: Mapping[int, Agency], on: date) -> list[Entry]:
    """Lanes of the agencies, in the order of their cases."""
    heard = _first_heard(period, on)
    lanes = _lanes(Lane.objects.filter(case__in=heard.values("case")), agencies)
    stated = _prevailing(heard, on)
    entries = [
        Entry(
            number,
            case,
            agency,
            _facts(stated[lane], designated not in (None, lane))._replace(
                instance=instance, county_grade=agencies[agency].is_of_county_grade
            ),
            series_key(series),
        )
        for lane, case, number, agency, designated, series, instance in lanes
    ]
    return entries + _not_heard(period, agencies, on)


def _first_heard(period: ReportPeriod, on: date) -> QuerySet[Hearing]:
    """Held hearings of the period in cases that had none before it."""
    before = Hearing.objects.filter(case=OuterRef("case"), state="held", day__lt=period.first)
    return Hearing.objects.filter(
        ~Exists(before),
        state="held",
        day__range=(period.first, min(period.last, on)),
        case__type_code__in=codes_in_appearance(),
        case__voided_at=None,
    )


def _lanes(lanes: QuerySet[Lane], agencies: Container[int]) -> list[Any]:
    """Lane, case, number, agency, designated lane and 合并审理组 of the agencies' lanes."""
    fields = (
        "pk", "case_id", "case__number", "organisation_id", "case__designation__lane_id", "case__series_id",
        "case__instance",
    )  # fmt: skip
    rows = lanes.values_list(*fields).order_by("case_id", "pk")
    return [row for row in rows if row[3] in agencies]


def _facts(stated: list[Stated], exempt: bool) -> HeardLane:
    """An exempt lane has no duty, yet a head of it who came anyway is a head who came."""
    if exempt:
        return HeardLane(ANOTHER_DESIGNATED, tuple(said for said in stated if said.counts))
    return HeardLane("", tuple(stated))


def sittings(period: ReportPeriod, agencies: Mapping[int, Agency], on: date) -> list[Entry]:
    """Every held hearing of the period for each of its agencies (人次), with the statement that prevails."""
    held = Hearing.objects.filter(
        state="held",
        day__range=(period.first, min(period.last, on)),
        case__type_code__in=codes_in_appearance(),
        case__voided_at=None,
        case__lanes__isnull=False,
    )
    said = _by_hearing(AppearanceStatement.objects.filter(hearing__in=held.values("pk")))
    rows = held.values_list(*_HEARD).order_by("case_id", "case__lanes__pk", "day")
    return [
        Entry(
            f"{number} · {agencies[agency].short_name} · {day}",
            case,
            agency,
            HeardLane("", tuple(said[hearing, lane]), instance, agencies[agency].is_of_county_grade),
        )
        for hearing, day, case, number, instance, lane, agency in rows
        if agency in agencies
    ]


_HEARD = (
    "pk", "day", "case_id", "case__number", "case__instance", "case__lanes__pk", "case__lanes__organisation_id",
)  # fmt: skip


def _prevailing(heard: QuerySet[Hearing], on: date) -> dict[int, list[Stated]]:
    """The prevailing statement of each held hearing of these cases, by lane."""
    cases = heard.values("case")
    said = AppearanceStatement.objects.filter(
        hearing__case__in=cases, hearing__state="held", hearing__day__lte=on
    )
    by_lane: dict[int, list[Stated]] = defaultdict(list)
    for (_, lane), stated in sorted(_by_hearing(said).items()):
        by_lane[lane].extend(stated)
    return by_lane


def _by_hearing(said: QuerySet[AppearanceStatement]) -> dict[tuple[int, int], list[Stated]]:
    """The one that prevails of each hearing and lane, or none."""
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in said.values_list(*_STATED):
        found[row[1], row[2]].append(row)
    standing = {key: list(_strongest(versions)) for key, versions in found.items()}
    return defaultdict(list, standing)


_STATED = (
    "hearing__day", "hearing_id", "lane_id", "stated_by", "attended", "counts", "justified", "head_rank", "spoke",
    "absence_ground", "absence_reason", "court_finding", "verdict", "rulings__pk",
)  # fmt: skip


def _strongest(versions: Iterable[Any]) -> Iterator[Stated]:
    """The statement a person ruled for, else the one that prevails of those that say something."""
    telling = {BY_WORD[row[3]]: row for row in versions if row[4] is not None}
    ruled = next((row for row in telling.values() if row[-1] is not None), None)
    standing = prevailing(telling, _order(next(iter(telling.values()))[0])) if telling else None
    if chosen := ruled or (standing and standing.value):
        yield _stated(*chosen[4:-1])


def _order(day: date) -> Iterable[Source]:
    """Whose word stands first, as the office sets it for that day."""
    return current_law().authority.of(Fact.APPEARANCE, on=day).order


def _stated(attended: bool, counts: bool, justified: bool, *rest: Any) -> Stated:
    rank, spoke, ground, reason, finding, verdict = rest
    unexplained = ground in ("", AbsenceGround.NONE) and not reason
    rejected = finding == CourtFinding.REJECTED
    unexcused = not attended and not justified and (unexplained or rejected)
    return Stated(counts, justified, rank == HeadRank.PRINCIPAL, spoke, unexcused, verdict, rank)


def _not_heard(period: ReportPeriod, agencies: Container[int], on: date) -> list[Entry]:
    """Lanes of cases whose hearing of the period was not held and that had no other held one."""
    held = Hearing.objects.filter(case=OuterRef("case"), state="held", day__lte=on)
    hearings = (
        Hearing.objects.filter(
            ~Exists(held),
            state__in=NOT_HEARD,
            day__range=(period.first, min(period.last, on)),
            case__type_code__in=codes_in_appearance(),
            case__voided_at=None,
            case__lanes__isnull=False,
        )
        .order_by("case_id", "case__lanes__pk", "day")
        .values_list(
            "case__lanes__pk",
            "case_id",
            "case__number",
            "case__lanes__organisation_id",
            "state",
            "case__instance",
        )
    )
    last: dict[int, Any] = {lane: rest for lane, *rest in hearings}
    return [
        Entry(number, case, agency, HeardLane(NOT_HEARD[state], (), instance))
        for case, number, agency, state, instance in last.values()
        if agency in agencies
    ]
