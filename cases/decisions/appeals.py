"""上诉决定 of an agency, within its own clock, and the 生效确认 that closes a chain."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.comparison.finding import find_discrepancies
from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import AppealChoice, Deadline, Decision, Lane
from cases.record.locks import lock_lanes_of_cases
from cases.record.sources import agency_source
from organisations import audit
from organisations.authors import Author
from rules.outcomes import effect_rule

Effect = Decision.Effect
APPEAL_RULES = ("appeal_judgment", "appeal_ruling")


def is_appealable(decision: Decision, lane: Lane) -> bool:
    """Whether the decision may be appealed in this lane (《行政诉讼法》第八十五条、《行诉解释》第一百零一条)."""
    outcome = decision.outcomes.filter(lane=lane).first()
    return bool(outcome and effect_rule(decision.kind, outcome.code, decision.case.instance))


@dataclass(frozen=True, slots=True)
class AppealDetails:
    """What the agency decided: `choice` is yes or no, on the day of the decision or of handing the appeal in."""

    choice: str
    decided_on: date
    reason: str = ""


@transaction.atomic
def decide_appeal(
    decision: Decision, lane: Lane, details: AppealDetails, *, author: Author, law: Law
) -> AppealChoice:
    """上诉 stops the effect of the decision; 不上诉 is kept, since others may still appeal. Raises ValidationError."""
    lanes = lock_lanes_of_cases([decision.case_id])
    decision = Decision.objects.select_related("case").get(pk=decision.pk)
    if not is_appealable(decision, lane):
        raise ValidationError("该文书依法不得上诉，自送达时生效。")
    _check_day(decision, lane, details, author)
    made = AppealChoice.objects.create(
        decision=decision, lane=lane, choice=details.choice, decided_on=details.decided_on, reason=details.reason,
        source=agency_source(author, f"上诉决定（{AppealChoice.Choice(details.choice).label}）"),
    )  # fmt: skip
    if details.choice == AppealChoice.Choice.YES and decision.effect in (Effect.NOT_YET, Effect.PRESUMED):
        decision.appealed, decision.effect, decision.effective_on = True, Effect.APPEALED, None
        for name in ("appealed", "effect"):
            decision.tell(name, month="", on=author.on)
        decision.save(update_fields=["appealed", "effect", "effective_on", "told"])
    sync_deadlines(lanes, law=law, author=author, reason=f"机关登记{made.get_choice_display()}")
    find_discrepancies([lane.pk], law=law, author=author)
    audit.record(author, "decision.appeal", f"{made}", about=decision)
    return made


def _check_day(decision: Decision, lane: Lane, details: AppealDetails, author: Author) -> None:
    day = details.decided_on
    if day > author.on:
        raise ValidationError({"decided_on": f"日期不能晚于今天（{author.on}）。"})
    if day < decision.decided_on:
        raise ValidationError({"decided_on": f"日期不能早于裁判日期（{decision.decided_on}）。"})
    period = Deadline.objects.filter(
        lane=lane, rule__in=APPEAL_RULES, subject=f"decision:{decision.pk}"
    ).first()
    if details.choice == AppealChoice.Choice.YES and period and day > period.due_on:
        raise ValidationError({"decided_on": f"上诉期已于 {period.due_on} 届满。"})
