"""裁判文书备案, also of a decision that the agency received before the court told of it."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.law import Law
from cases.models import Decision, DecisionOutcome, Lane, Paper
from cases.papers.submission import Submission, ask_for_reason, submit
from cases.record.sources import agency_source
from organisations import audit
from organisations.authors import Author


@dataclass(frozen=True, slots=True)
class StatedDecision:
    """A decision that the agency received before the court told of it; `code` is one of the outcome table."""

    kind: str
    decided_on: date
    code: str


@transaction.atomic
def file_judgment(
    lane: Lane, submission: Submission, *, stated: StatedDecision | None, author: Author, law: Law
) -> Paper:
    """裁判文书备案, of a decision in the record or of one that the agency states itself; all of it or nothing.

    Raises ValidationError for days that cannot be, and asks for a reason when more than 5 days went by.
    """
    decision = submission.decision or _state_decision(lane, stated, author, law)
    received = date.fromisoformat(submission.content["received_on"])
    if received < decision.decided_on:
        raise ValidationError({"received_on": f"收到日期不能早于裁判日期（{decision.decided_on}）。"})
    if not Paper.objects.filter(lane=lane, kind=Paper.Kind.JUDGMENT_FILING, decision=decision).exists():
        due_on = law.due("judgment_filing", decision.delivered_on or received).due_on
        ask_for_reason(due_on, submission, author)
    return submit(lane, replace(submission, decision=decision), author=author, law=law)


def _state_decision(lane: Lane, stated: StatedDecision | None, author: Author, law: Law) -> Decision:
    """The decision as the agency states it; the court's word fills it in later."""
    if stated is None:
        raise ValidationError("请填写裁判文书的类型、日期和结果。")
    if stated.decided_on > author.on:
        raise ValidationError(f"裁判日期不能晚于今天（{author.on}）。")
    source = agency_source(author, "填报裁判")
    decision, _ = Decision.objects.get_or_create(
        case=lane.case,
        kind=stated.kind,
        ordinal=0,
        defaults={"decided_on": stated.decided_on, "source": source},
    )
    rule = law.outcomes.get(stated.code)
    DecisionOutcome.objects.get_or_create(
        decision=decision,
        lane=lane,
        defaults={
            "code": stated.code,
            "judged": rule.judged and stated.kind == Decision.Kind.JUDGMENT,
            "lost": {"lost": True, "won": False}.get(rule.result),
            "lost_basis": DecisionOutcome.LostBasis.TABLE,
            "source": source,
        },
    )
    audit.record(author, "decision.state", f"填报{stated.kind}，{stated.decided_on}", about=decision)
    return decision
