"""What the record knows already and a paper states without asking: locked facts beside free reasoning."""

from datetime import date
from typing import Any

from cases.models import Deadline, Decision, Hearing, Lane, Nomination
from cases.papers.kinds.kind import PaperKind
from cases.papers.matters import Matter
from lib.display import document_date
from rules.outcomes import load_outcomes

Fact = tuple[str, Any]
# Under this name a paper keeps the facts it was handed in with.
RECORD = "record"


def facts_of(lane: Lane, kind: PaperKind, matter: Matter) -> list[tuple[str, str]]:
    """The facts a paper of this kind carries, as label and value; what is unknown is left out."""
    facts = _of_lane(lane)
    if kind.tells_of_preparation:
        facts += _of_preparation(lane)
    if matter.decision:
        facts += _of_decision(lane, matter.decision)
    if matter.hearing:
        facts += [("开庭", matter.hearing.day), ("法庭", matter.hearing.room)]
    if matter.incoming:
        facts += [("司法建议", matter.incoming.document), ("收到日期", matter.incoming.received_on)]
    return [(label, _words(value)) for label, value in facts if value]


def _of_lane(lane: Lane) -> list[Fact]:
    case = lane.case
    return [
        ("案号", case.number),
        ("审理法院", case.court.name),
        ("原告", case.plaintiffs),
        ("被诉行政机关", lane.organisation.name),
        ("案由", case.cause),
    ]


def _of_preparation(lane: Lane) -> list[Fact]:
    service_receipt = getattr(lane, "service_receipt", None)
    if service_receipt is None:
        return []
    return [
        ("收到应诉材料", service_receipt.received_on),
        ("举证期限届满", _evidence_ends(lane)),
        ("开庭", _next_hearing(lane)),
        ("拟出庭负责人", _named(lane)),
    ]


def _of_decision(lane: Lane, decision: Decision) -> list[Fact]:
    return [
        ("裁判文书", f"{decision.get_kind_display()}（{document_date(decision.decided_on)}）"),
        ("法院通报送达", decision.delivered_on),
        ("效力", decision.get_effect_display()),
        ("生效日期", decision.effective_on),
        *_outcome(lane, decision),
    ]


def _outcome(lane: Lane, decision: Decision) -> list[tuple[str, str]]:
    """What the court decided for this defendant, and what has to be done."""
    outcome = decision.outcomes.filter(lane=lane).select_related("obligation").first()
    if outcome is None:
        return []
    label = load_outcomes().get(outcome.code).label
    owed = getattr(outcome, "obligation", None)
    return [
        ("裁判结果", f"{label}，计为败诉" if outcome.lost else label),
        ("履行内容", owed.content if owed else ""),
    ]


def _words(value: Any) -> str:
    return document_date(value) if isinstance(value, date) else str(value)


def _evidence_ends(lane: Lane) -> date | None:
    found = Deadline.objects.filter(lane=lane, rule__in=("answer", "answer_appeal"))
    return found.values_list("due_on", flat=True).first()


def _next_hearing(lane: Lane) -> date | None:
    scheduled = lane.case.hearings.filter(state=Hearing.State.SCHEDULED).order_by("day")
    return scheduled.values_list("day", flat=True).first()


def _named(lane: Lane) -> str:
    return str(Nomination.objects.filter(lane=lane, replaced_at=None).first() or "")
