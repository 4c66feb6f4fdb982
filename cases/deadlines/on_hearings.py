"""What hearings start: naming a head, naming another one, explaining an absence."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.timezone import localtime

from cases.deadlines.clock import Clock, SetDay
from cases.deadlines.facts import LaneFacts
from cases.deadlines.telling import Fact, clock_of, met_by, told_of
from cases.law import Law
from cases.models import Hearing, Paper
from rules.calendars import DAY

Kind = Paper.Kind


def on_hearings(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    for hearing in lane.hearings:
        if hearing.state == Hearing.State.SCHEDULED:
            yield from _naming(lane, hearing, law)
        elif hearing.state == Hearing.State.HELD:
            yield from _explaining(lane, hearing, law)


def _naming(lane: LaneFacts, hearing: Hearing, law: Law) -> Iterator[Clock]:
    if lane.another_appears or hearing.is_only_history("day"):
        return
    told = told_of(lane, hearing, "day", "state")
    if told and told.on > hearing.day:
        return  # nobody can name a head for a hearing that was told of after it took place
    fact = Fact(f"hearing:{hearing.pk}", hearing.day, "法院排庭", told)
    yield from clock_of(lane, law, "name_head", fact, **_named(lane, hearing))
    yield from _naming_again(lane, hearing, law)


def _named(lane: LaneFacts, hearing: Hearing) -> dict[str, Any]:
    """Met by the first naming (what follows a decline is a duty of its own), by the explanation that none can come
    (规定第九条), or late by 出庭登记: after the hearing there is nobody to name, and the agency has said who came.
    """
    if named := [one for one in lane.nominations if one.hearing_id == hearing.pk]:
        return {"met_on": min(one.named_on for one in named)}
    return _excused(lane, hearing)


def _excused(lane: LaneFacts, hearing: Hearing) -> dict[str, Any]:
    said = [s for s in lane.statements if s.hearing_id == hearing.pk and s.stated_by == "agency"]
    met = {"met_on": said[0].source.stated_on} if said else {}
    return met_by(lane, Kind.ABSENCE, f"hearing:{hearing.pk}") or met


def _naming_again(lane: LaneFacts, hearing: Hearing, law: Law) -> Iterator[Clock]:
    """A head who was named says no: another one is named, within days, and before the day of the hearing."""
    named = [one for one in lane.nominations if one.hearing_id == hearing.pk]
    no = max((one for one in named if one.is_declined), key=lambda one: one.pk, default=None)
    if no is None or no.replaced_at is None:
        return
    later = [one.named_on for one in named if one.pk > no.pk]
    met = {"met_on": min(later)} if later else _excused(lane, hearing)
    fact = Fact(f"hearing:{hearing.pk}", localtime(no.replaced_at).date(), f"{no} 不能出庭")
    for clock in clock_of(lane, law, "name_head_again", fact, **met):
        yield _by_the_eve(clock, hearing, law)


def _by_the_eve(clock: Clock, hearing: Hearing, law: Law) -> Clock:
    """Not after the last working day before the hearing, nor before the day on which the head said no."""
    eve = max(law.calendar.previous_working_day(hearing.day - DAY), clock.starts_on)
    if clock.orders or clock.due_on <= eve:
        return clock
    return replace(clock, set_day=SetDay(eve, f"{hearing.day} 开庭，须在开庭前重新确定"))


def _explaining(lane: LaneFacts, hearing: Hearing, law: Law) -> Iterator[Clock]:
    """情况说明: where the court says that the head was absent and found no ground for it.

    Not where the office ruled that the agency's own statement holds.
    """
    said = [s for s in lane.statements if s.hearing_id == hearing.pk and s.stated_by == "court"]
    ruled = {one.statement_id for one in lane.rulings if one.hearing_id == hearing.pk}
    said = [s for s in said if not ruled or s.pk in ruled]
    absent = next((s for s in said if s.attended is False and not s.justified), None)
    if absent and not absent.is_history("attended"):
        told = told_of(lane, absent, "attended", "justified")
        fact = Fact(f"hearing:{hearing.pk}", hearing.day, "法院通报出庭情况", told)
        met = met_by(lane, Kind.ABSENCE, fact.subject)
        yield from clock_of(lane, law, "absence_explanation", fact, **met)
