"""The two statements of one fact, side by side. Nothing here asks the database or decides anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from cases.comparison.statements import AGENCY, CONFIRMATION, COURT, FILING, REPORTS, LaneStatements
from cases.law import current_law
from cases.models import (
    AppealChoice,
    AppearanceStatement,
    Decision,
    DecisionOutcome,
    Hearing,
    Obligation,
    Paper,
    PerformanceEntry,
    Source,
    Told,
)
from rules.appearance import HeadRank
from rules.authority import Fact
from rules.outcomes import load_outcomes

Kind, Verdict = PerformanceEntry.Kind, PerformanceEntry.Verdict
IN_EFFECT, NOT_IN_EFFECT = "in_effect", "not_in_effect"
# What names the cell of a court's workbook that says it.
CELLS = {
    Fact.APPEARANCE: ("负责人是否出庭", "出庭负责人姓名", "职级"),
    Fact.HEARING_DAY: ("开庭日期", "是否开庭"),
    Fact.RECEIPT: ("送达日期",),
    Fact.OUTCOME: ("裁判结果",),
    Fact.EFFECT: ("是否生效", "生效日期", "是否上诉"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says: a value to compare, the words for people, where it stands; of a receipt: with proof."""

    value: str
    words: str
    source: str
    proven: bool = True
    row: Any = None  # the statement, entry or paper itself
    told: Source | None = None  # the row of the notification


@dataclass(frozen=True, slots=True)
class Pair:
    """Both statements of one fact about one hearing, decision or obligation; None: that side has not spoken."""

    lane: int
    fact: Fact
    subject: str
    fact_on: date
    court: Said | None
    agency: Said | None
    same: bool

    @property
    def both(self) -> bool:
        return self.court is not None and self.agency is not None

    @property
    def differs(self) -> bool:
        return self.both and not self.same

    @property
    def key(self) -> tuple[int, str, str]:
        return self.lane, self.fact.value, self.subject


def pairs_of(lane: LaneStatements) -> Iterator[Pair]:
    """Every fact of the lane that at least one side states."""
    for hearing in lane.hearings:
        yield from _of_hearing(lane, hearing)
    for outcome in lane.outcomes:
        yield from _of_decision(lane, outcome)
    for obligation in lane.obligations:
        yield from _of_obligation(lane, obligation)


def _of_hearing(lane: LaneStatements, hearing: Hearing) -> Iterator[Pair]:
    court = lane.appearances.get((hearing.pk, COURT))
    agency = lane.appearances.get((hearing.pk, AGENCY))
    about, on = f"hearing:{hearing.pk}", hearing.day
    if hearing.state == Hearing.State.SCHEDULED and agency is None and court is None:
        return
    days = _court_day(hearing), _agency_day(agency, hearing)
    yield _pair(lane, Fact.HEARING_DAY, about, on, *days)
    told = _appearance(court), _appearance(agency)
    if any(told):
        same = court is None or agency is None or _same_appearance(court, agency)
        yield Pair(lane.pk, Fact.APPEARANCE, about, on, *told, same)


def _court_day(hearing: Hearing) -> Said:
    off = hearing.state not in (Hearing.State.SCHEDULED, Hearing.State.HELD)
    words = f"{hearing.day} {hearing.get_state_display()}" if off else hearing.day.isoformat()
    value = hearing.state if off else hearing.day.isoformat()
    return Said(value, words, told_where(hearing.source, Fact.HEARING_DAY), told=hearing.source)


def _agency_day(said: AppearanceStatement | None, hearing: Hearing) -> Said | None:
    """A statement that names no day was made about the day of the hearing."""
    if said is None:
        return None
    day = (said.held_on or hearing.day).isoformat()
    return Said(day, day, told_where(said.source, Fact.HEARING_DAY), row=said)


def _appearance(said: AppearanceStatement | None) -> Said | None:
    if said is None or said.attended is None:
        return None
    rank = HeadRank.of(said.head_rank).label if said.head_rank and said.attended else ""
    who = "，".join(part for part in (said.head_name if said.attended else "", rank) if part)
    words = ("出庭" if said.attended else "未出庭") + (f"（{who}）" if who else "")
    return Said(
        str(said.attended), words, told_where(said.source, Fact.APPEARANCE), row=said, told=said.source
    )


def _same_appearance(court: AppearanceStatement, agency: AppearanceStatement) -> bool:
    """Alike as far as both say something: whether a head came, who, of which rank."""
    if court.attended != agency.attended:
        return None in (court.attended, agency.attended)
    if not court.attended:
        return True
    said = ((_plain(one.head_name), one.head_rank) for one in (court, agency))
    return all(one == other or not (one and other) for one, other in zip(*said, strict=True))


def _plain(name: str) -> str:
    return "".join(name.split()).replace("·", "").replace("•", "")


def _of_decision(lane: LaneStatements, outcome: DecisionOutcome) -> Iterator[Pair]:
    decision = outcome.decision
    about, on = f"decision:{decision.pk}", decision.decided_on
    filing = lane.papers.get((FILING, decision.pk))
    yield from _some(lane, Fact.OUTCOME, about, on, (_court_outcome(outcome), _agency_outcome(filing)))
    yield from _received(lane, decision, filing)
    confirmed = lane.papers.get((CONFIRMATION, decision.pk))
    effect = _court_effect(decision, confirmed), _agency_effect(lane, decision)
    yield from _some(lane, Fact.EFFECT, about, on, effect)


def _court_outcome(outcome: DecisionOutcome) -> Said | None:
    if not court_told(outcome, "code"):
        return None
    where = told_where(outcome.source, Fact.OUTCOME)
    return Said(outcome.code, _label(outcome.code), where, told=outcome.source)


def _agency_outcome(filing: Paper | None) -> Said | None:
    """What the filing states of a decision that the court had not told of; later ones leave it to the court."""
    code = filing.content.get("code") if filing else None
    return Said(code, _label(code), _paper(filing), row=filing) if filing and code else None


def _received(lane: LaneStatements, decision: Decision, filing: Paper | None) -> Iterator[Pair]:
    """A document for several defendants is served when the last of them was: an earlier day of one is no difference."""
    day, received = decision.delivered_on, _stated_day(filing)
    court = agency = None
    if day and court_told(decision, "delivered_on"):
        where = told_where(decision.source, Fact.RECEIPT)
        court = Said(day.isoformat(), day.isoformat(), where, told=decision.source)
    if filing and received:
        proven = bool(filing.files.all())
        agency = Said(received.isoformat(), received.isoformat(), _paper(filing), proven, filing)
    earlier = bool(day and received and received <= day and not lane.alone)
    about, on = f"decision:{decision.pk}", decision.decided_on
    yield from _some(lane, Fact.RECEIPT, about, on, (court, agency), same=earlier)


def _stated_day(filing: Paper | None) -> date | None:
    stated = filing.content.get("received_on") if filing else None
    return date.fromisoformat(stated) if stated else None


def _court_effect(decision: Decision, confirmed: Paper | None) -> Said | None:
    """What the court says: in force or not, or appealed and not decided above yet.

    That it was not in force on an earlier day does not speak against an agency that confirms the effect later on, nor
    where a second instance gave it effect meanwhile.
    """
    where = told_where(decision.source, Fact.EFFECT)
    if decision.in_force is False and _is_overtaken(decision, confirmed):
        return None
    if decision.in_force is not None and court_told(decision, "in_force"):
        day = f"（{decision.in_force_on}）" if decision.in_force and decision.in_force_on else ""
        value = IN_EFFECT if decision.in_force else NOT_IN_EFFECT
        words = f"{'已生效' if decision.in_force else '未生效'}{day}"
        return Said(value, words, where, told=decision.source)
    appealed = decision.appealed and court_told(decision, "appealed")
    if appealed and decision.effect == Decision.Effect.APPEALED:
        return Said(NOT_IN_EFFECT, "已上诉，未生效", where, told=decision.source)
    return None


def _is_overtaken(decision: Decision, confirmed: Paper | None) -> bool:
    if decision.effect == Decision.Effect.CONFIRMED:
        return True
    later = confirmed is not None and decision.told_on("in_force") < confirmed.submitted_on
    return later and not decision.appealed


def _agency_effect(lane: LaneStatements, decision: Decision) -> Said | None:
    """The later of 生效确认 and 上诉决定. Where a second instance is on record the appeal is no contradiction."""
    paper, choice = lane.papers.get((CONFIRMATION, decision.pk)), lane.choices.get(decision.pk)
    appealed = choice and choice.choice == AppealChoice.Choice.YES and not lane.appealed_on_record
    if choice and appealed and (paper is None or paper.submitted_at < choice.source.stated_at):
        words = f"本单位已于 {choice.decided_on} 上诉，未生效"
        return Said(NOT_IN_EFFECT, words, told_where(choice.source, Fact.EFFECT), row=choice)
    return Said(IN_EFFECT, "已生效", _paper(paper), row=paper) if paper else None


def _of_obligation(lane: LaneStatements, obligation: Obligation) -> Iterator[Pair]:
    """The agency's last report against what the court enforced, or what the office found true."""
    entries = list(obligation.entries.all())
    reports = [one for one in entries if one.kind in REPORTS and one.verdict != Verdict.REFUSED]
    enforced = [one for one in entries if one.kind == Kind.ENFORCED]
    accepted = [one for one in reports if one.verdict == Verdict.ACCEPTED]
    told = (enforced or accepted)[-1:]
    about = f"obligation:{obligation.pk}"
    both = [_entry(told[0]) if told else None, _entry(reports[-1]) if reports else None]
    said = next((one for one in (*told, *reports[-1:])), None)
    if said:
        on = lane.due.get(about, said.happened_on)
        yield from _some(lane, Fact.PERFORMANCE, about, on, (both[0], both[1]))


def _entry(one: PerformanceEntry) -> Said:
    words = f"{one.get_kind_display()}（{one.happened_on}）"
    who = f"履行台账 {localtime(one.entered_at):%Y-%m-%d} {one.entered_by.user.name}"
    return Said(f"{one.kind}:{one.happened_on}", words, f"{one.source} {who}", row=one)


def _some(
    lane: LaneStatements,
    fact: Fact,
    about: str,
    on: date,
    said: tuple[Said | None, Said | None],
    *,
    same: bool = False,
) -> Iterator[Pair]:
    """The pair, where at least one side speaks."""
    if any(said):
        pair = _pair(lane, fact, about, on, *said)
        yield Pair(lane.pk, fact, about, on, *said, same=same or pair.same)


def _pair(
    lane: LaneStatements, fact: Fact, about: str, on: date, court: Said | None, agency: Said | None
) -> Pair:
    rule = current_law().authority.of(fact, on=on)
    same = court is None or agency is None or rule.agree(court.value, agency.value)
    return Pair(lane.pk, fact, about, on, court, agency, same)


def court_told(row: Told, name: str) -> bool:
    """Whether a court says it now: it told the row, and nobody here changed the field, or it changed it itself."""
    if name in row.told:
        return row.told_for(name) != ""
    return bool(row.source.kind == COURT)


def told_where(source: Source, fact: Fact) -> str:
    """The row and the cells of the workbook, or the unit with the day and the person."""
    cells = " ".join(source.cells[name] for name in CELLS.get(fact, ()) if name in source.cells)
    who = f" {source.stated_by.user.name}" if source.stated_by and source.kind == AGENCY else ""
    return f"{source}{' ' + cells if cells else ''}（{localtime(source.stated_at):%Y-%m-%d}{who}）"


def _paper(paper: Paper | None) -> str:
    if paper is None:
        return ""
    by = f" {paper.submitted_by.user.name}" if paper.submitted_by_id else ""
    entered = "，司法局代录" if paper.source.entry_id else ""
    return f"{paper.get_kind_display()} {paper.number}（{paper.submitted_on}{by}{entered}）"


def _label(code: str) -> str:
    return load_outcomes().get(code).label
