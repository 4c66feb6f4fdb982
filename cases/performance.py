"""履行: what a decision obliges to, and what was done about it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines import sync_deadlines
from cases.law import Law
from cases.models import Deadline, Obligation
from organisations import audit
from organisations.authors import Author


@transaction.atomic
def record_performance(
    obligation: Obligation, *, performed_on: date, proof: str, author: Author, law: Law
) -> Obligation:
    """登记履行: what a decision obliges to was done on that day, with its proof in words."""
    obligation = (
        Obligation.objects.select_for_update().select_related("outcome__decision").get(pk=obligation.pk)
    )
    if obligation.performed_on is not None:
        raise ValidationError(f"本项已登记于 {obligation.performed_on} 履行；登记有误的，请联系司法局更正。")
    if performed_on > author.on:
        raise ValidationError({"performed_on": f"履行日期不能晚于今天（{author.on}）。"})
    if performed_on < obligation.outcome.decision.decided_on:
        raise ValidationError({"performed_on": "履行日期不能早于裁判日期。"})
    of_deadline = Deadline.objects.filter(
        defendant=obligation.defendant_id, subject=f"obligation:{obligation.pk}"
    )
    due_on = of_deadline.values_list("due_on", flat=True).first() or obligation.due_on
    late = due_on is not None and performed_on > due_on
    obligation.performed_on, obligation.proof = performed_on, proof
    obligation.state = Obligation.State.DONE_LATE if late else Obligation.State.DONE
    obligation.save(update_fields=["performed_on", "proof", "state"])
    sync_deadlines([obligation.defendant_id], law=law, author=author, reason="登记履行")
    audit.record(author, "obligation.perform", f"登记履行，{performed_on}", about=obligation)
    return obligation
