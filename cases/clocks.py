"""Which deadlines the facts of a lane start: a function of facts and rules, with no state of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from cases.lanes import LaneFacts
from cases.law import Law
from cases.models import DecisionOutcome, Hearing, MaterialReceipt, Obligation, Paper
from rules.deadlines import Due
from rules.outcomes import effect_rule
from rules.rulebook import RuleNotInForce

Kind = Paper.Kind
# Decisions that do not end an instance need no filing (docs/rules.md).
NOT_DISPOSITIVE = frozenset({"R-TRANSFER", "R-SUSPEND", "R-STAY", "R-ADVANCE", "R-JURISDICTION"})
IN_EFFECT = frozenset({"presumed", "confirmed"})
# What a reader may want to know but nobody here is urged to do.
INFORMS_ONLY = frozenset({"appeal_judgment", "appeal_ruling"})


@dataclass(frozen=True, slots=True)
class SetDay:
    """An end that a document set, in place of the one a rule would compute."""

    ends_on: date
    ground: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that the facts call for."""

    rule: str
    subject: str  # the fact that started it
    starts_on: date
    proof: str  # what proves the start
    due: Due | None  # None: only a set day
    set_day: SetDay | None = None
    met_on: date | None = None
    late_reason: str = ""
    suspended: bool = False

    @property
    def due_on(self) -> date:
        if self.set_day:
            return self.set_day.ends_on
        assert self.due is not None
        return self.due.due_on

    @property
    def is_duty(self) -> bool:
        return self.rule not in INFORMS_ONLY


def clocks_of(lane: LaneFacts, law: Law) -> list[Clock]:
    """Every clock of one defendant's lane."""
    return [
        *_on_material(lane, law),
        *_on_hearings(lane, law),
        *_on_decisions(lane, law),
        *_on_obligations(lane),
    ]


def _clock(law: Law, rule: str, subject: str, starts_on: date, proof: str, **known: Any) -> Iterator[Clock]:
    """The clock of a rule, or none where the rule was not yet in force."""
    try:
        due = law.due(rule, starts_on)
    except RuleNotInForce:
        return
    yield Clock(rule, subject, starts_on, proof, due, **known)


def _met_by(lane: LaneFacts, kind: str, subject: str = "") -> dict[str, Any]:
    """When a paper met its duty: its first version, since a later correction does not make it late."""
    found = [paper for paper in lane.papers if paper.kind == kind and paper.subject == subject]
    first = min(found, key=lambda paper: paper.version, default=None)
    return {"met_on": first.submitted_on, "late_reason": first.late_reason} if first else {}


def _on_material(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    yield from _signing(lane, law)
    receipt = lane.receipt
    if receipt is None:
        return
    subject, start = f"receipt:{receipt.pk}", receipt.received_on
    proof = f"{receipt.get_method_display()}，机关签收"
    yield from _clock(law, "leader_report", subject, start, proof, **_met_by(lane, Kind.LEADER_REPORT))
    for answer in _answer(lane, receipt, law):
        yield answer
        proof = answer.set_day.ground if answer.set_day else "举证期限届满日按规则推算"
        met = _met_by(lane, Kind.DEFENCE_REPORT)
        yield from _clock(law, "defence_report", subject, answer.due_on, proof, **met)


def _signing(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    """签收: asked for once a court has told of the case, as long as it has not been decided."""
    if lane.receipt is None and (lane.outcomes or lane.told_by != "court"):
        return
    signed_on = localtime(lane.receipt.signed_at).date() if lane.receipt else None
    proof = f"法院通报 {lane.reference}"
    yield from _clock(law, "material_receipt", f"lane:{lane.pk}", lane.told_on, proof, met_on=signed_on)


def _answer(lane: LaneFacts, receipt: MaterialReceipt, law: Law) -> Iterator[Clock]:
    """答辩举证: 15 days, or the day that a court document set last."""
    rule = "answer_appeal" if lane.instance == "second" else "answer"
    latest = max(lane.periods, key=lambda period: (period.stated_at, period.pk), default=None)
    set_day = None
    if latest is not None:
        set_day = SetDay(latest.ends_on, f"{latest.get_basis_display()} {latest.document}".strip())
    filed_on = _stated_day(lane, Kind.DEFENCE_REPORT, "evidence_filed_on")
    subject = f"receipt:{receipt.pk}"
    yield from _clock(law, rule, subject, receipt.received_on, "机关签收", set_day=set_day, met_on=filed_on)


def _stated_day(lane: LaneFacts, kind: str, name: str, subject: str = "") -> date | None:
    """A day that a paper states, in its latest version."""
    found = [paper for paper in lane.papers if paper.kind == kind and paper.subject == subject]
    stated = max(found, key=lambda paper: paper.version).content.get(name) if found else None
    return date.fromisoformat(stated) if stated else None


def _on_hearings(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    for hearing in lane.hearings:
        if hearing.state == Hearing.State.SCHEDULED:
            yield from _naming(lane, hearing, law)
        elif hearing.state == Hearing.State.HELD:
            yield from _explaining(lane, hearing, law)


def _naming(lane: LaneFacts, hearing: Hearing, law: Law) -> Iterator[Clock]:
    named = (localtime(n.named_at).date() for n in lane.nominations if n.hearing_id == hearing.pk)
    met_on = min(named, default=None)
    yield from _clock(law, "name_head", f"hearing:{hearing.pk}", hearing.day, "法院排庭", met_on=met_on)


def _explaining(lane: LaneFacts, hearing: Hearing, law: Law) -> Iterator[Clock]:
    """情况说明: where the court says that the head was absent and found no ground for it."""
    said = [s for s in lane.statements if s.hearing_id == hearing.pk and s.stated_by == "court"]
    if any(s.attended is False and not s.justified for s in said):
        subject = f"hearing:{hearing.pk}"
        met = _met_by(lane, Kind.ABSENCE, subject)
        yield from _clock(law, "absence_explanation", subject, hearing.day, "法院通报出庭情况", **met)


def _on_decisions(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    for outcome in lane.outcomes:
        if outcome.code not in NOT_DISPOSITIVE:
            yield from _filing(lane, outcome, law)
            yield from _lost_report(lane, outcome, law)


def _filing(lane: LaneFacts, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    """备案 and, to inform, the appeal period; both from service, by the court's word before the agency's."""
    decision, subject = outcome.decision, f"decision:{outcome.decision_id}"
    received = decision.delivered_on or _stated_day(lane, Kind.JUDGMENT_FILING, "received_on", subject)
    if received is None:
        return
    proof = "法院通报送达日期" if decision.delivered_on else "机关填报收到日期"
    met = _met_by(lane, Kind.JUDGMENT_FILING, subject)
    yield from _clock(law, "judgment_filing", subject, received, proof, **met)
    if appeal := effect_rule(decision.kind, outcome.code, lane.instance):
        yield from _clock(law, appeal, subject, received, proof)


def _lost_report(lane: LaneFacts, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    decision, subject = outcome.decision, f"decision:{outcome.decision_id}"
    if outcome.lost and decision.effect in IN_EFFECT and decision.effective_on:
        met = _met_by(lane, Kind.LOST_CASE_REPORT, subject)
        proof = decision.get_effect_display()
        yield from _clock(law, "lost_case_report", subject, decision.effective_on, proof, **met)


def _on_obligations(lane: LaneFacts) -> Iterator[Clock]:
    for obligation in lane.obligations:
        if obligation.certainty == Obligation.Certainty.YES and obligation.due_on:
            decision = obligation.outcome.decision
            yield Clock(
                "obligation",
                f"obligation:{obligation.pk}",
                decision.effective_on or decision.decided_on,
                decision.get_effect_display(),
                None,
                set_day=SetDay(obligation.due_on, _ground(obligation)),
                met_on=obligation.performed_on,
                suspended=obligation.state == Obligation.State.SUSPENDED,
            )


def _ground(obligation: Obligation) -> str:
    if obligation.period_text:
        return obligation.period_text
    return "期限为估算，裁判未载明" if obligation.estimated else "裁判所定期限"
