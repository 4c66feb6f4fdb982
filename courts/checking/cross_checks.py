"""What rows say against each other's sheets and against known cases; none of it holds a row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from cases.intake.known_cases import chunks
from cases.intake.row_facts import RowFacts
from cases.models import Case, Decision, Hearing
from courts.checking.context import Context
from courts.models import Kind, Notification
from organisations.models import Organisation
from rules.written_periods import day_named

GRASS_ROOTS = Organisation.Level.COUNTY
HEARD_BEFORE_JUDGED = frozenset(
    {"first", "retrial"}
)  # an appeal may be decided without a hearing (第八十六条)


class Remark(NamedTuple):
    """A warning about a row: its code, the column, and what completes the message."""

    row: RowFacts
    code: str
    column: str
    why: str


def cross_checked(rows: Sequence[RowFacts], context: Context) -> list[Remark]:
    """Every remark on the accepted rows of a workbook."""
    judged = [row for row in rows if row.kind == Kind.JUDGMENTS]
    return [
        *_judged_unheard(judged, rows, context.court),
        *_appeals_without_origin(judged, rows),
        *_beyond_competence(rows, context),
        *_said_by_half(rows, context),
    ]


def _judged_unheard(
    judged: Sequence[RowFacts], rows: Sequence[RowFacts], court: Organisation
) -> Iterator[Remark]:
    """A judgment on a case of which no hearing is known, where the court tells of its hearings at all."""
    unheard = [
        row for row in judged if row.decision["kind"] == Decision.Kind.JUDGMENT and _needs_hearing(row)
    ]
    notifications = Notification.objects.filter(court=court, kind=Kind.SCHEDULE)
    if not unheard or not notifications.exists():
        return
    heard = _keys(row for row in rows if row.kind != Kind.JUDGMENTS)
    heard |= _on_record(Hearing.objects.values_list("case__key", flat=True), "case__key__in", _keys(unheard))
    for row in unheard:
        if missing := [number.display for number in row.numbers if number.key not in heard]:
            yield Remark(row, "hearing_unknown", "案号", missing[0])


def _needs_hearing(row: RowFacts) -> bool:
    return row.case.get("instance") in HEARD_BEFORE_JUDGED


def _appeals_without_origin(judged: Sequence[RowFacts], rows: Sequence[RowFacts]) -> Iterator[Remark]:
    """A second instance that cannot be joined to its first: the number it names is unknown, or it names none."""
    appeals = [row for row in judged if row.case.get("instance") == "second"]
    cases = Case.objects.values_list("key", flat=True)
    origins = {row.case["origin_key"] for row in appeals if row.case.get("origin_key")}
    known = _keys(rows) | _on_record(cases, "key__in", origins)
    joined = _on_record(cases.exclude(origin=None), "key__in", _keys(appeals))
    for row in appeals:
        named = row.case.get("origin_key")
        if named and named not in known:
            yield Remark(row, "origin_unknown", "关联案号", f"没有收到过一审案件{row.case['origin_number']}")
        elif not named and joined.isdisjoint(number.key for number in row.numbers):
            yield Remark(row, "origin_unknown", "关联案号", "二审案件没有填写关联案号")


def _keys(rows: Iterable[RowFacts]) -> set[str]:
    return {number.key for row in rows for number in row.numbers}


def _on_record(query: QuerySet[Any, str], lookup: str, keys: Iterable[str]) -> set[str]:
    return {key for some in chunks(sorted(keys)) for key in query.filter(**{lookup: some})}


def _beyond_competence(rows: Iterable[RowFacts], context: Context) -> Iterator[Remark]:
    """A grass-roots court hears no first instance against a county government alone (《行政诉讼法》第十五条第一项).

    Beside another defendant it may: then the one that acted decides (法释〔2018〕1号 第一百三十四条第三款).
    """
    if context.court.level != GRASS_ROOTS:
        return
    governments = {
        pk: organisation.name
        for pk, organisation in context.directory.organisations.items()
        if organisation.kind == Organisation.Kind.GOVERNMENT
    }
    for row in rows:
        agencies = [agency for agency, _ in row.agencies]
        if row.case.get("instance") == "first" and agencies and governments.keys() >= set(agencies):
            yield Remark(row, "court_not_competent", "被诉行政机关", governments[agencies[0]])


def _said_by_half(rows: Iterable[RowFacts], context: Context) -> Iterator[Remark]:
    """What a row leaves out that people will ask for: who came, by when, why on a day off."""
    for row in rows:
        if row.appearance.get("attended") and not row.appearance.get("head_name"):
            yield Remark(row, "head_unnamed", "出庭负责人姓名", "")
        period = row.obligation.get("period_text", "")
        if period and not (day_named(period) or re.search("[0-9〇零一二三四五六七八九十]", period)):
            yield Remark(row, "period_vague", "履行期限", "")
        if row.kind == Kind.SCHEDULE and context.law.calendar.is_day_off(row.day):
            yield Remark(row, "day_off", "开庭日期", f"{row.day}")
