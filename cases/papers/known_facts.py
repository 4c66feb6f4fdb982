"""What the record knows already and a paper states without asking: locked facts beside free reasoning."""

from datetime import date
from typing import Any

from cases.models import Deadline, Decision, Defendant, Hearing, Incoming, Nomination, Paper
from lib.display import document_date
from rules.outcomes import load_outcomes

Kind = Paper.Kind
# Under this name a paper keeps the facts it was handed in with.
RECORD = "record"


def facts_of(
    lane: Defendant,
    kind: str,
    *,
    decision: Decision | None = None,
    hearing: Hearing | None = None,
    incoming: Incoming | None = None,
) -> list[tuple[str, str]]:
    """The facts a paper of this kind carries, as label and value; what is unknown is left out."""
    case = lane.case
    facts: list[tuple[str, Any]] = [
        ("案号", case.number),
        ("审理法院", case.court.name),
        ("原告", case.plaintiffs),
        ("被诉行政机关", lane.organisation.name),
        ("案由", case.cause),
    ]
    receipt = getattr(lane, "receipt", None)
    if receipt and kind in (Kind.LEADER_REPORT, Kind.DEFENCE_REPORT):
        facts += [("收到应诉材料", receipt.received_on), ("举证期限届满", _evidence_ends(lane))]
        facts += [("开庭", _next_hearing(lane)), ("拟出庭负责人", _named(lane))]
    if decision:
        facts += [
            ("裁判文书", f"{decision.get_kind_display()}（{document_date(decision.decided_on)}）"),
            ("法院通报送达", decision.delivered_on),
            ("效力", decision.get_effect_display()),
            ("生效日期", decision.effective_on),
            *_outcome(lane, decision),
        ]
    if hearing:
        facts += [("开庭", hearing.day), ("法庭", hearing.room)]
    if incoming:
        facts += [("司法建议", incoming.document), ("收到日期", incoming.received_on)]
    return [(label, _words(value)) for label, value in facts if value]


def _outcome(lane: Defendant, decision: Decision) -> list[tuple[str, str]]:
    """What the court decided for this defendant, and what has to be done."""
    outcome = decision.outcomes.filter(defendant=lane).select_related("obligation").first()
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


def _evidence_ends(lane: Defendant) -> date | None:
    found = Deadline.objects.filter(defendant=lane, rule__in=("answer", "answer_appeal"))
    return found.values_list("due_on", flat=True).first()


def _next_hearing(lane: Defendant) -> date | None:
    scheduled = lane.case.hearings.filter(state=Hearing.State.SCHEDULED).order_by("day")
    return scheduled.values_list("day", flat=True).first()


def _named(lane: Defendant) -> str:
    return str(Nomination.objects.filter(defendant=lane, replaced_at=None).first() or "")
