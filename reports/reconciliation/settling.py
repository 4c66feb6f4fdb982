"""What the office does with an item: rule, explain, or ask both sides; each time both are told."""

from django.db import transaction
from django.urls import reverse

from cases.law import Law
from cases.models import Discrepancy, DiscrepancyAnswer
from cases.reconciliation.answering import answer
from cases.reconciliation.deciding import ask_for_material, explain
from organisations.access import may
from organisations.authors import Author
from organisations.files import Attachment
from organisations.roles import Action
from reports.reconciliation.effects import Ruling, decide
from reports.reconciliation.locking import record_adjustments, require_unlocked
from reports.reconciliation.snapshots import Line
from rules.report_periods import period_of
from supervision.reminders.notices import tell

WHY_OFFICE = "本条由贵局核对"
WHY_COURT = "本案由贵院审理，司法局核对数据"
WHY_AGENCY = "您是承办单位的联络员，司法局核对数据"


@transaction.atomic
def settle(item: Discrepancy, ruling: Ruling, *, seen: str | None, author: Author, law: Law) -> list[Line]:
    """采信: as `effects.decide`; in a locked month an adjustment, of a head alone (else MonthLocked)."""
    _require_right(item, set(), author)
    lines = decide(item, ruling, seen=seen, author=author, law=law)
    _require_right(item, {line.month for line in lines if line.moves}, author)
    item.refresh_from_db()
    record_adjustments(item, lines, author=author)
    _tell(item, f"已认定采信{item.get_ruled_for_display()}", f"理由：{item.reason}", author, law)
    return lines


@transaction.atomic
def settle_as_explained(
    item: Discrepancy, reason: str, *, revision: int, author: Author, law: Law
) -> Discrepancy:
    """说明: nothing moves, so a lock is no obstacle. Raises as `deciding.explain`."""
    item = explain(item, reason=reason, revision=revision, author=author)
    _tell(item, "差异已说明，两边都不改", f"理由：{reason}", author, law)
    return item


@transaction.atomic
def ask_both(item: Discrepancy, what: str, *, revision: int, author: Author, law: Law) -> Discrepancy:
    """请双方补充材料, 协查提示 for the court. Raises as `deciding.ask_for_material`."""
    item = ask_for_material(item, what=what, revision=revision, author=author, law=law)
    _tell(item, f"请于 {item.answer_due_on} 前补充材料", what, author, law)
    return item


@transaction.atomic
def receive_answer(
    item: Discrepancy, text: str, attachment: Attachment | None, *, author: Author, law: Law
) -> DiscrepancyAnswer:
    """补充材料 of one side; the office that deals with the item is told. Raises as `answering.answer`."""
    made = answer(item, text, attachment, author=author)
    if item.owner_id:
        words = f"{item.lane.case.number} {item.get_fact_display()}：{made.get_side_display()}一方已补充材料。{text}"
        page = reverse("reports:reconcile_item", args=[item.pk])
        tell({item.owner_id: WHY_OFFICE}, words, page, author=author, law=law)
    return made


def _require_right(item: Discrepancy, moved: set[str], author: Author) -> None:
    if not may(author.signer, Action.LOCK_MONTH):
        require_unlocked(item.lane.organisation.region, moved | {period_of("month", item.fact_on).key})


def _tell(item: Discrepancy, what: str, more: str, author: Author, law: Law) -> None:
    """The title says what happened; then both words and the reason."""
    words = (
        f"{item.lane.case.number} {item.get_fact_display()}：{what}。"
        f"法院通报“{item.court_says}”，机关填报“{item.agency_says}”。{more}"
    )
    sides = {item.lane.case.court_id: WHY_COURT, item.lane.organisation_id: WHY_AGENCY}
    tell(sides, words, reverse("reports:reconcile_item", args=[item.pk]), author=author, law=law)
