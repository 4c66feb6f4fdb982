"""Which deadlines the facts of a lane start: a function of facts and rules, with no state of its own."""

from collections.abc import Iterator
from dataclasses import replace

from cases.deadlines.clock import Clock, SetDay
from cases.deadlines.facts import LaneFacts
from cases.deadlines.on_decisions import NOT_DISPOSITIVE, on_decisions, on_obligations
from cases.deadlines.on_hearings import on_hearings
from cases.deadlines.telling import Fact, clock_of, incoming_fact, met_by, stated_day
from cases.law import Law
from cases.models import Paper, ServiceReceipt, Source

Kind = Paper.Kind
ASKED_BY_NOBODY = frozenset({Source.Kind.AGENCY, Source.Kind.HISTORY})  # lanes of whose material nobody told


def clocks_of(lane: LaneFacts, law: Law) -> list[Clock]:
    """Every clock of one defendant's lane."""
    return [
        *_on_material(lane, law),
        *on_hearings(lane, law),
        *on_decisions(lane, law),
        *on_obligations(lane, law),
        *_on_incoming(lane, law),
        *_on_returns(lane, law),
    ]


def _on_material(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    yield from _signing(lane, law)
    service_receipt = lane.service_receipt
    if service_receipt is None:
        return
    subject = f"service_receipt:{service_receipt.pk}"
    fact = Fact(
        subject,
        service_receipt.received_on,
        f"{service_receipt.get_method_display()}，{_signed(service_receipt)}",
    )
    for report in clock_of(lane, law, "leader_report", fact, **met_by(lane, Kind.LEADER_REPORT)):
        yield from _until_decided(lane, report)
    for answer in _answer(lane, service_receipt, law):
        yield from _until_decided(lane, answer)
        proof = answer.set_day.ground if answer.set_day else "举证期限届满日按规则推算"
        met = met_by(lane, Kind.DEFENCE_REPORT) | {"suspended": answer.suspended, "rests_on": answer.facts}
        for report in clock_of(lane, law, "defence_report", Fact(subject, answer.due_on, proof), **met):
            yield from _until_decided(lane, report)


def _until_decided(lane: LaneFacts, clock: Clock) -> Iterator[Clock]:
    """What prepares the hearing ends with the decision: 未办理 where its day was over by then, else nobody owes it."""
    days = [one.decision.decided_on for one in lane.outcomes if one.code not in NOT_DISPOSITIVE]
    if clock.met_on or not days:
        yield clock
    elif clock.due_on < min(days):
        yield replace(clock, missed=True)


def _signing(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    """签收: asked for once a court or the office has told of the lane, as long as it has not been decided."""
    if lane.service_receipt is None and (lane.outcomes or lane.told_by in ASKED_BY_NOBODY):
        return
    signed_on = lane.service_receipt.source.stated_on if lane.service_receipt else None
    proofs = {"court": f"法院通报 {lane.reference}", "office": "司法局增加的被告"}
    proof = proofs.get(lane.told_by, "机关自行登记")
    fact = Fact(f"lane:{lane.pk}", lane.told_on, proof)
    yield from clock_of(lane, law, "material_receipt", fact, met_on=signed_on)


def _signed(service_receipt: ServiceReceipt) -> str:
    return "司法局代录签收" if service_receipt.source.entry_id else "机关签收"


def _answer(lane: LaneFacts, service_receipt: ServiceReceipt, law: Law) -> Iterator[Clock]:
    """答辩举证: 15 days, or the day that a court document set last."""
    rule = "answer_appeal" if lane.instance == "second" else "answer"
    latest = max(lane.periods, key=lambda period: (period.stated_at, period.pk), default=None)
    set_day = None
    if latest is not None:
        set_day = SetDay(latest.ends_on, f"{latest.get_basis_display()} {latest.document}".strip())
    filed_on = stated_day(lane, Kind.DEFENCE_REPORT, "evidence_filed_on")
    fact = Fact(
        f"service_receipt:{service_receipt.pk}", service_receipt.received_on, _signed(service_receipt)
    )
    since = latest.stated_at if latest else None
    yield from clock_of(lane, law, rule, fact, since=since, set_day=set_day, met_on=filed_on)


def _on_incoming(lane: LaneFacts, law: Law) -> Iterator[Clock]:
    """What the service_receipt of a paper starts: every limit of the rule book that names it as its event."""
    for paper in lane.incoming:
        fact = incoming_fact(paper, lane.organisation_id)
        met = met_by(lane, Kind.ADVICE_REPLY, fact.subject)
        for limit in law.book.started_by(paper.kind, on=paper.received_on):
            yield from clock_of(lane, law, limit.key, fact, matter=str(paper), **met)


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
        yield from clock_of(
            lane, law, "paper_correction", fact, matter=matter, met_on=min(later, default=None)
        )
