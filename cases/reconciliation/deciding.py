"""数据核对: whoever decides says what was read, for whom, and why; the platform decides nothing by itself."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cases.comparison.finding import find_discrepancies, pair_of
from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import Discrepancy
from cases.reconciliation.changes import write_ruling
from cases.record.locks import lock_lanes_of_cases
from cases.record.separation import require_checker
from organisations import audit
from organisations.authors import Author
from organisations.models import Post

State, Side = Discrepancy.State, Discrepancy.Side
BY_COURT = "法院刚刚更正了此条，已更新左栏，请重新判断"
BY_AGENCY = "机关刚刚更正了此条，已更新机关一栏，请重新判断"
RELATED = ("lane__case__court", "lane__organisation__region")


class ChangedMeanwhile(Exception):
    """What was read is no longer what is stated; the message says whose word changed. Nothing was written."""


def may_decide(item: Discrepancy, post: Post) -> bool:
    """Whether the post is of the office of the agency's region, and the person did not act for the agency."""
    try:
        require_checker(item.lane, post)
    except PermissionDenied:
        return False
    return True


@transaction.atomic
def rule_for(
    item: Discrepancy, side: str, *, reason: str, revision: int, author: Author, law: Law
) -> Discrepancy:
    """采信: the statement of that side holds from now on, in the record and in the figures.

    `revision` is that of what the person read. Raises ValidationError, PermissionDenied and ChangedMeanwhile.
    """
    lanes = lock_lanes_of_cases([item.lane.case_id])
    item = _fresh(item, reason, revision, author)
    pair = pair_of(item)
    if pair is None or not pair.differs:
        raise ChangedMeanwhile("两边的说法刚刚变化，请刷新后再看")
    write_ruling(item, pair, side, reason, author, law)
    item.state, item.ruled_for = State.RULED, side
    _decide(item, reason, author, f"采信{item.get_ruled_for_display()}")
    why = f"数据核对：采信{item.get_ruled_for_display()}"
    sync_deadlines(lanes, law=law, author=author, reason=why)
    find_discrepancies(lanes, law=law, author=author)
    return item


@transaction.atomic
def explain(item: Discrepancy, *, reason: str, revision: int, author: Author) -> Discrepancy:
    """说明: both statements and the figures stay as they are; why they differ is on record. Raises as `rule_for`."""
    lock_lanes_of_cases([item.lane.case_id])
    item = _fresh(item, reason, revision, author)
    item.state = State.EXPLAINED
    _decide(item, reason, author, "差异已说明")
    return item


@transaction.atomic
def ask_for_material(item: Discrepancy, *, what: str, revision: int, author: Author, law: Law) -> Discrepancy:
    """请双方补充材料: it stays open; both sides see what is asked for and until when. Raises as `rule_for`."""
    lock_lanes_of_cases([item.lane.case_id])
    item = _fresh(item, what, revision, author)
    days = law.authority.material_days
    item.asked_at, item.asked_by, item.asked_for = author.at, author.signer, what
    item.answer_due_on = law.calendar.add_working_days(author.on, days)
    item.due_on = max(item.due_on, item.answer_due_on)
    item.save(update_fields=["asked_at", "asked_by", "asked_for", "answer_due_on", "due_on"])
    words = f"请双方于 {item.answer_due_on} 前补充材料：{what}"
    audit.record(author, "discrepancy.ask", f"{item.get_fact_display()} {words}", about=item)
    return item


def _fresh(item: Discrepancy, reason: str, revision: int, author: Author) -> Discrepancy:
    """The item as it is now, where the author may decide it and it is still what was read."""
    item = Discrepancy.objects.select_related(*RELATED).get(pk=item.pk)
    require_checker(item.lane, author.signer)
    if not reason.strip():
        raise ValidationError({"reason": "请写明理由。"})
    if item.state == State.OPEN and item.revision != revision:
        raise ChangedMeanwhile(BY_COURT if item.court_revision > revision else BY_AGENCY)
    if item.state == State.CORRECTED:
        raise ChangedMeanwhile(f"{item.reason}。两边已不再不一致，不需要认定")
    if item.state != State.OPEN:
        raise ValidationError(f"这一条已办结：{item.get_state_display()}，{item.reason}")
    return item


def _decide(item: Discrepancy, reason: str, author: Author, what: str) -> None:
    item.reason, item.decided_at, item.decided_by = reason, author.at, author.signer
    item.save(update_fields=["state", "ruled_for", "reason", "decided_at", "decided_by"])
    words = f"{item.get_fact_display()} {what}：{reason}"
    audit.record(
        author,
        "discrepancy.decide",
        words,
        about=item,
        court_says=item.court_says,
        agency_says=item.agency_says,
    )
