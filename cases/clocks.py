"""Which deadlines the facts of a lane start: a function of facts and rules, with no state of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from cases.law import Law
from cases.models import DecisionOutcome, Defendant, Hearing, MaterialReceipt, Paper
from rules.deadlines import Due
from rules.outcomes import effect_rule
from rules.rulebook import RuleNotInForce

Kind = Paper.Kind
# Decisions that do not end an instance need no filing (`filing.trigger = all_dispositive`, domain.md C1).
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


def clocks_of(lane: Defendant, law: Law) -> list[Clock]:
    """Every clock of one defendant's lane. Expects the relations that `deadlines.load_lanes` prefetches."""
    return [
        *_on_material(lane, law),
        *_on_hearings(lane, law),
        *_on_decisions(lane, law),
        *_on_obligations(lane),
    ]


def _clock(
    law: Law, rule: str, subject: str, starts_on: date, proof: str, paper: Paper | None = None
) -> Iterator[Clock]:
    """The clock of a rule, or none where the rule was not yet in force."""
    try:
        due = law.due(rule, starts_on)
    except RuleNotInForce:
        return
    yield Clock(
        rule,
        subject,
        starts_on,
        proof,
        due,
        met_on=paper.submitted_on if paper else None,
        late_reason=paper.late_reason if paper else "",
    )


def _paper(
    lane: Defendant, kind: str, *, decision: int | None = None, hearing: int | None = None
) -> Paper | None:
    """The first version of a paper: a later correction does not make it late."""
    found = [
        paper
        for paper in lane.papers.all()
        if paper.kind == kind and paper.decision_id == decision and paper.hearing_id == hearing
    ]
    return min(found, key=lambda paper: paper.version, default=None)


def _receipt(lane: Defendant) -> MaterialReceipt | None:
    return getattr(lane, "receipt", None)


def _on_material(lane: Defendant, law: Law) -> Iterator[Clock]:
    receipt = _receipt(lane)
    yield from _signing(lane, receipt, law)
    if receipt is None:
        return
    subject, start, proof = (
        f"receipt:{receipt.pk}",
        receipt.received_on,
        f"{receipt.get_method_display()}，机关签收",
    )
    yield from _clock(law, "leader_report", subject, start, proof, _paper(lane, Kind.LEADER_REPORT))
    for answer in _answer(lane, receipt, law):
        yield answer
        yield from _clock(
            law,
            "defence_report",
            subject,
            answer.due_on,
            answer.set_day.ground if answer.set_day else "举证期限届满日按规则推算",
            _paper(lane, Kind.DEFENCE_REPORT),
        )


def _signing(lane: Defendant, receipt: MaterialReceipt | None, law: Law) -> Iterator[Clock]:
    """签收: asked for once a court has told of the case, as long as it has not been decided."""
    if receipt is None and (lane.outcomes.all() or lane.source.kind != "court"):
        return
    told_on = localtime(lane.source.stated_at).date()
    for clock in _clock(
        law, "material_receipt", f"lane:{lane.pk}", told_on, f"法院通报 {lane.source.reference}"
    ):
        yield Clock(
            clock.rule,
            clock.subject,
            clock.starts_on,
            clock.proof,
            clock.due,
            met_on=localtime(receipt.signed_at).date() if receipt else None,
        )


def _answer(lane: Defendant, receipt: MaterialReceipt, law: Law) -> Iterator[Clock]:
    """答辩举证: 15 days, or the day that a court document set."""
    rule = "answer_appeal" if lane.case.instance == "second" else "answer"
    period = next(iter(lane.evidence_periods.all()), None)
    report = _paper(lane, Kind.DEFENCE_REPORT)
    filed = report.content.get("evidence_filed_on") if report else None
    for clock in _clock(law, rule, f"receipt:{receipt.pk}", receipt.received_on, "机关签收"):
        set_day = None
        if period is not None:
            set_day = SetDay(period.ends_on, f"{period.get_basis_display()} {period.document}".strip())
        yield Clock(
            clock.rule,
            clock.subject,
            clock.starts_on,
            clock.proof,
            clock.due,
            set_day=set_day,
            met_on=date.fromisoformat(filed) if filed else None,
        )


def _on_hearings(lane: Defendant, law: Law) -> Iterator[Clock]:
    for hearing in lane.case.hearings.all():
        if hearing.state == Hearing.State.SCHEDULED:
            yield from _naming(lane, hearing, law)
        elif hearing.state == Hearing.State.HELD:
            yield from _explaining(lane, hearing, law)


def _naming(lane: Defendant, hearing: Hearing, law: Law) -> Iterator[Clock]:
    named = [n for n in lane.nominations.all() if n.hearing_id == hearing.pk]
    first = min((localtime(n.named_at).date() for n in named), default=None)
    due = law.due("name_head", hearing.day)
    yield Clock("name_head", f"hearing:{hearing.pk}", hearing.day, "法院排庭", due, met_on=first)


def _explaining(lane: Defendant, hearing: Hearing, law: Law) -> Iterator[Clock]:
    """不能出庭说明: where the court says that the head was absent and found no ground for it."""
    said = [s for s in lane.appearances.all() if s.hearing_id == hearing.pk and s.stated_by == "court"]
    if any(s.attended is False and not s.justified for s in said):
        paper = _paper(lane, Kind.ABSENCE, hearing=hearing.pk)
        yield from _clock(
            law, "absence_explanation", f"hearing:{hearing.pk}", hearing.day, "法院通报出庭情况", paper
        )


def _on_decisions(lane: Defendant, law: Law) -> Iterator[Clock]:
    for outcome in lane.outcomes.all():
        if outcome.code in NOT_DISPOSITIVE:
            continue
        decision = outcome.decision
        filing = _paper(lane, Kind.JUDGMENT_FILING, decision=decision.pk)
        received = decision.delivered_on or _stated_receipt(filing)
        if received is not None:
            proof = "法院通报送达日期" if decision.delivered_on else "机关填报收到日期"
            subject = f"decision:{decision.pk}"
            yield from _clock(law, "judgment_filing", subject, received, proof, filing)
            appeal = effect_rule(decision.kind, outcome.code, lane.case.instance)
            if appeal:
                yield from _clock(law, appeal, subject, received, proof)
        yield from _lost_report(lane, outcome, law)


def _stated_receipt(filing: Paper | None) -> date | None:
    stated = filing.content.get("received_on") if filing else None
    return date.fromisoformat(stated) if stated else None


def _lost_report(lane: Defendant, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    decision = outcome.decision
    if outcome.lost and decision.effect in IN_EFFECT and decision.effective_on:
        paper = _paper(lane, Kind.LOST_CASE_REPORT, decision=decision.pk)
        yield from _clock(
            law,
            "lost_case_report",
            f"decision:{decision.pk}",
            decision.effective_on,
            decision.get_effect_display(),
            paper,
        )


def _on_obligations(lane: Defendant) -> Iterator[Clock]:
    for obligation in lane.obligations.all():
        decision = obligation.outcome.decision
        if obligation.certainty == "yes" and obligation.due_on:
            ground = obligation.period_text or (
                "期限为估算，裁判未载明" if obligation.estimated else "裁判所定期限"
            )
            yield Clock(
                "obligation",
                f"obligation:{obligation.pk}",
                decision.effective_on or decision.decided_on,
                decision.get_effect_display(),
                None,
                set_day=SetDay(obligation.due_on, ground),
                met_on=obligation.performed_on,
                suspended=obligation.state == "suspended",
            )
