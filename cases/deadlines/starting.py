"""Which deadlines the facts of a lane start: a function of facts and rules, with no state of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from cases.deadlines.clock import Clock, LateNotice, SetDay, settled
from cases.deadlines.facts import LaneFacts
from cases.deadlines.obligations import computed_day
from cases.law import Law
from cases.models import Decision, DecisionOutcome, Hearing, Obligation, Paper, ServiceReceipt, Source
from rules.deadlines import Due
from rules.outcomes import effect_rule
from rules.rulebook import RuleNotInForce

Kind = Paper.Kind
# Decisions that do not end an instance need no filing (docs/rules.md).
NOT_DISPOSITIVE = frozenset({"R-TRANSFER", "R-SUSPEND", "R-STAY", "R-ADVANCE", "R-JURISDICTION"})
IN_EFFECT = frozenset({"presumed", "confirmed"})
FINAL_ONLY = "final_only"


@dataclass(frozen=True, slots=True)
class Fact:
    """What starts a clock: which one, on what day, proved by what."""

    subject: str
    on: date
    proof: str


def clocks_of(lane: LaneFacts, law: Law) -> list[Clock]:
    """Every clock of one defendant's lane."""
    return [
        *_on_material(lane, law),
        *_on_hearings(lane, law),
        *_on_decisions(lane, law),
        *_on_obligations(lane, law),
        *_on_incoming(lane, law),
        *_on_returns(lane, law),
    ]


def _clock(
    lane: LaneFacts,
    law: Law,
    rule: str,
    fact: Fact,
    *,
    told_on: date | None = None,
    since: datetime | None = None,
    **known: Any,
) -> Iterator[Clock]:
    """The clock of a rule, or none where the rule was not yet in force."""
    try:
        due = law.due(rule, fact.on)
    except RuleNotInForce:
        return
    notice = late_notice(due, told_on, law) if told_on else None
    clock = Clock(rule, fact.subject, fact.on, fact.proof, due, notice=notice, **known)
    yield settled(clock, lane.orders, lane.completions, law, since=since)


def late_notice(due: Due, told_on: date, law: Law) -> LateNotice | None:
    """通报迟延, where a court told of the fact on the due day or later: the full period runs from the notice.

    What must be ready before a hearing has until the hearing at most.
    """
    if told_on < due.due_on:
        return None
    limit = due.limit
    if limit.before:
        again = min(law.calendar.add_working_days(told_on, limit.amount), max(due.starts_on, due.due_on))
    else:
        again = law.due(limit.key, told_on).due_on
    return LateNotice(told_on, "法院", due.due_on, again) if again > due.due_on else None


def _told_on(source: Source, changed_on: date | None) -> date | None:
    """When a court told of a fact last; None where nobody but the agency itself did."""
    if source.kind != Source.Kind.COURT:
        return None
    return max(filter(None, [localtime(source.stated_at).date(), changed_on]))


def _met_by(lane: LaneFacts, kind: str, subject: str = "") -> dict[str, Any]:
    """When a paper met its duty: its first version, since a later correction does not make it late."""
    found = [paper for paper in lane.papers if paper.kind == kind and paper.subject == subject]
    first = min(found, key=lambda paper: paper.version, default=None)
    return {"met_on": first.submitted_on, "late_reason": first.late_reason} if first else {}


def _on_material(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    yield from _signing(lane, law)
    service_receipt = lane.service_receipt
    if service_receipt is None:
        return
    subject = f"service_receipt:{service_receipt.pk}"
    fact = Fact(subject, service_receipt.received_on, f"{service_receipt.get_method_display()}，机关签收")
    yield from _clock(lane, law, "leader_report", fact, **_met_by(lane, Kind.LEADER_REPORT))
    for answer in _answer(lane, service_receipt, law):
        yield answer
        proof = answer.set_day.ground if answer.set_day else "举证期限届满日按规则推算"
        met = _met_by(lane, Kind.DEFENCE_REPORT) | {"suspended": answer.suspended, "rests_on": answer.facts}
        yield from _clock(lane, law, "defence_report", Fact(subject, answer.due_on, proof), **met)


def _signing(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    """签收: asked for once a court or the office has told of the lane, as long as it has not been decided."""
    if lane.service_receipt is None and (lane.outcomes or lane.told_by == "agency"):
        return
    signed_on = localtime(lane.service_receipt.signed_at).date() if lane.service_receipt else None
    proofs = {"court": f"法院通报 {lane.reference}", "office": "司法局增加的被告"}
    proof = proofs.get(lane.told_by, "机关自行登记")
    fact = Fact(f"lane:{lane.pk}", lane.told_on, proof)
    yield from _clock(lane, law, "material_receipt", fact, met_on=signed_on)


def _answer(lane: LaneFacts, service_receipt: ServiceReceipt, law: Law) -> Iterator[Clock]:
    """答辩举证: 15 days, or the day that a court document set last."""
    rule = "answer_appeal" if lane.instance == "second" else "answer"
    latest = max(lane.periods, key=lambda period: (period.stated_at, period.pk), default=None)
    set_day = None
    if latest is not None:
        set_day = SetDay(latest.ends_on, f"{latest.get_basis_display()} {latest.document}".strip())
    filed_on = _stated_day(lane, Kind.DEFENCE_REPORT, "evidence_filed_on")
    fact = Fact(f"service_receipt:{service_receipt.pk}", service_receipt.received_on, "机关签收")
    since = latest.stated_at if latest else None
    yield from _clock(lane, law, rule, fact, since=since, set_day=set_day, met_on=filed_on)


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
    if lane.another_appears:
        return
    fact = Fact(f"hearing:{hearing.pk}", hearing.day, "法院排庭")
    told_on = _told_on(hearing.source, lane.changed_on.get(("day", str(hearing.day))))
    if told_on and told_on > hearing.day:
        return  # nobody can name a head for a hearing that was told of after it took place
    yield from _clock(lane, law, "name_head", fact, told_on=told_on, **_named(lane, hearing))


def _named(lane: LaneFacts, hearing: Hearing) -> dict[str, Any]:
    """Met by the first naming as long as a head stands, by the explanation that none can come (规定第九条), or late
    by 出庭登记: after the hearing there is nobody to name, and the agency has said who came.
    """
    named = [one for one in lane.nominations if one.hearing_id == hearing.pk]
    if any(one.replaced_at is None for one in named):
        return {"met_on": min(localtime(one.named_at).date() for one in named)}
    said = [s for s in lane.statements if s.hearing_id == hearing.pk and s.stated_by == "agency"]
    met = {"met_on": localtime(said[0].source.stated_at).date()} if said else {}
    return _met_by(lane, Kind.ABSENCE, f"hearing:{hearing.pk}") or met


def _explaining(lane: LaneFacts, hearing: Hearing, law: Law) -> Iterator[Clock]:
    """情况说明: where the court says that the head was absent and found no ground for it."""
    said = [s for s in lane.statements if s.hearing_id == hearing.pk and s.stated_by == "court"]
    absent = next((s for s in said if s.attended is False and not s.justified), None)
    if absent:
        fact = Fact(f"hearing:{hearing.pk}", hearing.day, "法院通报出庭情况")
        met = _met_by(lane, Kind.ABSENCE, fact.subject)
        told_on = _told_on(absent.source, None)
        yield from _clock(lane, law, "absence_explanation", fact, told_on=told_on, **met)


def _on_decisions(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    for outcome in lane.outcomes:
        if outcome.code not in NOT_DISPOSITIVE:
            yield from _filing(lane, outcome, law)
            yield from _confirming(lane, outcome, law)
            yield from _lost_report(lane, outcome, law)


def _filing(lane: LaneFacts, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    """备案 and the appeal period, both from service, by the court's word before the agency's."""
    decision, subject = outcome.decision, f"decision:{outcome.decision_id}"
    received = decision.delivered_on or _stated_day(lane, Kind.JUDGMENT_FILING, "received_on", subject)
    if received is None:
        return
    proof = "法院通报送达日期" if decision.delivered_on else "机关填报收到日期"
    appeal = effect_rule(decision.kind, outcome.code, lane.instance)
    met = _met_by(lane, Kind.JUDGMENT_FILING, subject)
    if fact := _filing_starts(Fact(subject, received, proof), decision, appeal, law):
        yield from _clock(lane, law, "judgment_filing", fact, **met)
    if appeal:
        yield from _clock(lane, law, appeal, Fact(subject, received, proof), **_appealing(lane, outcome))


def _appealing(lane: LaneFacts, outcome: DecisionOutcome) -> dict[str, Any]:
    """上诉决定: owed by the agency that lost, until it has decided or the decision has taken effect.

    Who won has nothing to decide; the period is shown all the same, since the other side may appeal.
    """
    made = [one.decided_on for one in lane.appeal_choices if one.decision_id == outcome.decision_id]
    is_owed = outcome.lost and (made or outcome.decision.effect == Decision.Effect.NOT_YET)
    return {"met_on": min(made, default=None), "informs_only": not is_owed}


def _filing_starts(served: Fact, decision: Decision, appeal: str | None, law: Law) -> Fact | None:
    """What starts 备案: the service, or (where the office chose so) for what is open to appeal its effect."""
    if appeal is None or law.choices.value("filing.trigger", on=served.on) != FINAL_ONLY:
        return served
    if decision.effect in IN_EFFECT and decision.effective_on:
        return Fact(served.subject, decision.effective_on, decision.get_effect_display())
    return None


def _confirming(lane: LaneFacts, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    """生效确认: a decision that was open to appeal is filed a second time when it has taken effect (docs/rules.md)."""
    decision = outcome.decision
    on = decision.effective_on
    if on is None or decision.effect not in IN_EFFECT or law.choices.value("filing.effect", on=on) != "yes":
        return
    if effect_rule(decision.kind, outcome.code, lane.instance):
        fact = Fact(f"decision:{decision.pk}", on, decision.get_effect_display())
        confirmed = decision.effect == Decision.Effect.CONFIRMED
        told_on = (
            _told_on(decision.source, lane.changed_on.get(("effect", decision.effect))) if confirmed else None
        )
        met = _met_by(lane, Kind.EFFECT_CONFIRMATION, fact.subject)
        yield from _clock(lane, law, "effect_confirmation", fact, told_on=told_on, **met)


def _lost_report(lane: LaneFacts, outcome: DecisionOutcome, law: Law) -> Iterator[Clock]:
    decision = outcome.decision
    if outcome.lost and decision.effect in IN_EFFECT and decision.effective_on:
        fact = Fact(f"decision:{outcome.decision_id}", decision.effective_on, decision.get_effect_display())
        confirmed = decision.effect == Decision.Effect.CONFIRMED
        told_on = (
            _told_on(decision.source, lane.changed_on.get(("effect", decision.effect))) if confirmed else None
        )
        met = _met_by(lane, Kind.LOST_CASE_REPORT, fact.subject)
        yield from _clock(lane, law, "lost_case_report", fact, told_on=told_on, **met)


def _on_obligations(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    for obligation in lane.obligations:
        if obligation.outcome.decision.effect in (Decision.Effect.APPEALED, Decision.Effect.REVERSED):
            continue
        if obligation.certainty == Obligation.Certainty.YES and obligation.due_on:
            decision, due = obligation.outcome.decision, computed_day(obligation, law)
            clock = Clock(
                "obligation",
                f"obligation:{obligation.pk}",
                due.starts_on if due else decision.effective_on or decision.decided_on,
                decision.get_effect_display(),
                due,
                set_day=None if due else _set_day(obligation, obligation.due_on),
                met_on=obligation.performed_on,
                suspended=obligation.state == Obligation.State.SUSPENDED,
            )
            yield settled(clock, lane.orders, lane.completions, law)


def _set_day(obligation: Obligation, ends_on: date) -> SetDay:
    """The day that the decision names, or one that was estimated where it names none."""
    if obligation.period_text:
        return SetDay(ends_on, obligation.period_text)
    words = "期限为估算，裁判未载明" if obligation.estimated else "裁判所定期限"
    return SetDay(ends_on, words, estimated=obligation.estimated)


def _on_incoming(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    """What the service_receipt of a paper starts: every limit of the rule book that names it as its event."""
    for paper in lane.incoming:
        fact = Fact(f"incoming:{paper.pk}", paper.received_on, paper.document)
        met = _met_by(lane, Kind.ADVICE_REPLY, fact.subject)
        for limit in law.book.started_by(paper.kind, on=paper.received_on):
            yield from _clock(lane, law, limit.key, fact, matter=str(paper), **met)


def _on_returns(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    """补正: a paper that its recipient returned is handed in again."""
    for returned in lane.returns:
        paper = returned.paper
        later = [
            one.submitted_on
            for one in lane.papers
            if (one.kind, one.subject) == (paper.kind, paper.subject) and one.version > paper.version
        ]
        fact = Fact(f"review:{returned.pk}", returned.reviewed_on, f"退回补正 {paper.number}")
        matter = paper.get_kind_display()
        yield from _clock(lane, law, "paper_correction", fact, matter=matter, met_on=min(later, default=None))
