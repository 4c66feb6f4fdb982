"""What tells of each unit of a figure: the agency, the day, how it stands, and the row of the workbook that says so."""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from cases.deadlines.obligations import RULE as OBLIGATION
from cases.models import (
    AppearanceRuling,
    AppearanceStatement,
    Case,
    Deadline,
    Decision,
    DecisionOutcome,
    FactChange,
    Hearing,
    Lane,
    Obligation,
    Source,
)
from courts.notifications.coverage import PAPER_RULES
from organisations.models import Organisation
from reports.figures.duties import ADVICE_RULES
from rules.outcomes import load_outcomes
from rules.report_periods import ReportPeriod

CASE_AND_AGENCY = " · "  # between the two in the id of a unit
COUNTED_ON = ("（第", "等 ")  # what follows the name of an agency where it stands for several


class Statement(NamedTuple):
    """One thing told of a case: of which agency, on which day, in words; `column` is the cell of the source to mark."""

    agency: Organisation
    day: date | None
    words: str
    source: Source | None
    column: str


Told = dict[int, list[Statement]]
Found = Iterator[tuple[int, Statement]]


def statements_of(
    population: str,
    cases: Collection[int],
    period: ReportPeriod,
    agencies: Container[int],
    *,
    rule: str = "",
) -> Told:
    """By case what was told of these agencies in the period; `rule` narrows papers to one kind. Up to five queries."""
    read = READERS.get(population, _taken_in)
    found: Told = defaultdict(list)
    for case, said in read(cases, period, rule):
        if said.agency.pk in agencies:
            found[case].append(said)
    return found


def about(key: str, said: Iterable[Statement]) -> list[Statement]:
    """Those of the agency, and of the day, that the id of a unit names; all where it names none."""
    _, name, day = [*key.split(CASE_AND_AGENCY), "", ""][:3]
    for mark in COUNTED_ON:
        name = name.partition(mark)[0]
    own = [one for one in said if name in ("", one.agency.short_name)]
    return [one for one in own if day in ("", str(one.day))]


def _heard(cases: Collection[int], period: ReportPeriod, _: str) -> Found:
    """Each hearing of the period for each defendant: who said that the head came, else who said that it was set."""
    found = Hearing.objects.filter(case__in=cases, day__range=(period.first, period.last))
    hearings = found.select_related("source__organisation").order_by("day", "pk")
    statements = _appearances(found.values_list("pk", flat=True))
    lanes = _lanes(cases)
    for hearing in hearings:
        for lane in lanes[hearing.case_id]:
            said = statements[hearing.pk, lane.pk]
            yield from ((hearing.case_id, _appeared(one, lane, hearing.day)) for one in said)
            if not said:
                words = hearing.get_state_display()
                yield (
                    hearing.case_id,
                    Statement(lane.organisation, hearing.day, words, hearing.source, "开庭日期"),
                )


def _appearances(hearings: Iterable[int]) -> dict[tuple[int, int], list[AppearanceStatement]]:
    ruled = AppearanceRuling.objects.filter(hearing=OuterRef("hearing"), lane=OuterRef("lane"))
    rows = AppearanceStatement.objects.filter(hearing__in=hearings, attended__isnull=False).annotate(
        overruled=Exists(ruled.exclude(statement=OuterRef("pk")))
    )
    found: dict[tuple[int, int], list[AppearanceStatement]] = defaultdict(list)
    for row in rows.select_related("source__organisation").order_by("-stated_by", "pk"):
        found[row.hearing_id, row.lane_id].append(row)
    return found


def _appeared(said: AppearanceStatement, lane: Lane, day: date) -> Statement:
    words = said.verdict or ("负责人出庭" if said.attended else "负责人未出庭")
    if said.overruled:  # type: ignore[attr-defined]  # annotated by `_appearances`
        words = f"（数据核对未采信）{said.get_stated_by_display()}：{'出庭' if said.attended else '未出庭'}"
    return Statement(lane.organisation, day, words, said.source, "负责人是否出庭")


def _lanes(cases: Collection[int]) -> dict[int, list[Lane]]:
    found: dict[int, list[Lane]] = defaultdict(list)
    for lane in Lane.objects.filter(case__in=cases).select_related("organisation").order_by("pk"):
        found[lane.case_id].append(lane)
    return found


def _decided(cases: Collection[int], period: ReportPeriod, _: str) -> Found:
    days = (period.first, period.last)
    found = DecisionOutcome.objects.filter(decision__case__in=cases, decision__decided_on__range=days)
    related = found.select_related("decision", "lane__organisation", "source__organisation")
    for one in related.order_by("decision__decided_on", "pk"):
        words = load_outcomes().get(one.code).label
        said = Statement(one.lane.organisation, one.decision.decided_on, words, one.source, "裁判结果")
        yield one.decision.case_id, said


def _owed(cases: Collection[int], period: ReportPeriod, _: str) -> Found:
    """Obligations by the day on which they are to be performed, each with the row that told of it."""
    found = Obligation.objects.filter(lane__case__in=cases).select_related("source__organisation")
    told = {one.subject: one for one in found}
    for deadline in _due(cases, period, (OBLIGATION,)):
        if one := told.get(deadline.subject):
            words = f"应于该日前履行，{one.get_state_display()}{_late(deadline)}"
            yield (
                _case(deadline),
                Statement(deadline.organisation, deadline.due_on, words, one.source, "履行内容"),
            )


def _papers(cases: Collection[int], period: ReportPeriod, rule: str) -> Found:
    return _handed_in(cases, period, (rule,) if rule else PAPER_RULES)


def _advices(cases: Collection[int], period: ReportPeriod, _: str) -> Found:
    return _handed_in(cases, period, ADVICE_RULES)


def _handed_in(cases: Collection[int], period: ReportPeriod, rules: Collection[str]) -> Found:
    """Papers by their day, each with the row that told of the decision, else of the defendant."""
    decisions = Decision.objects.filter(case__in=cases).select_related("source__organisation")
    told = {f"decision:{one.pk}": one.source for one in decisions}
    for one in _due(cases, period, rules):
        done = f"{one.met_on} 办结" if one.met_on else one.get_state_display()
        words = f"{one.label}应于该日前报送，{done}{_late(one)}"
        source = told.get(one.subject)
        column = "裁判日期" if source else "被诉行政机关"
        yield (
            _case(one),
            Statement(one.organisation, one.due_on, words, source or _source_of(one.lane), column),
        )


def _late(duty: Deadline) -> str:
    """超期天数 of what was done after its day."""
    days = (duty.met_on - duty.due_on).days if duty.met_on else 0
    return f"，逾期 {days} 天" if days > 0 else ""


def _source_of(lane: Lane | None) -> Source | None:
    return lane.source if lane else None


def _due(cases: Collection[int], period: ReportPeriod, rules: Collection[str]) -> Iterable[Deadline]:
    found = Deadline.objects.filter(case__in=cases, rule__in=rules, due_on__lte=period.last)
    return (
        found.exclude(state=Deadline.State.VOID)
        .select_related("organisation", "lane__source__organisation")
        .defer("computation")
        .order_by("due_on", "pk")
    )


def _case(deadline: Deadline) -> int:
    assert deadline.case_id is not None
    return deadline.case_id


def _moved(cases: Collection[int], period: ReportPeriod, _: str) -> Found:
    days = (period.first.isoformat(), period.last.isoformat())
    changes = FactChange.objects.filter(case__in=cases, model="hearing", field="day", old__range=days)
    lanes = _lanes(cases)
    for change in changes.select_related("source__organisation").order_by("pk"):
        for lane in lanes[change.case_id]:
            words = f"改到 {change.new}，{change.get_reason_display()}"
            day = date.fromisoformat(change.old)
            yield change.case_id, Statement(lane.organisation, day, words, change.source, "开庭日期")


def _taken_in(cases: Collection[int], _: ReportPeriod, __: str) -> Found:
    found = Case.objects.filter(pk__in=cases).select_related("source__organisation").in_bulk()
    for pk, lanes in _lanes(cases).items():
        case = found[pk]
        words, column = ("立案", "立案日期") if case.filed_on else ("立案日期未载明", "案号")
        for lane in lanes:
            yield pk, Statement(lane.organisation, case.filed_on, words, case.source, column)


READERS: dict[str, Callable[[Collection[int], ReportPeriod, str], Found]] = {
    "appearances": _heard,
    "sittings": _heard,
    "outcomes": _decided,
    "appeals": _decided,
    "obligations": _owed,
    "papers": _papers,
    "advices": _advices,
    "moves": _moved,
}
