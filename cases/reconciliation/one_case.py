"""疑似同一案: a person says whether two numbers are one case; if so, it goes the way of a mistaken number."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cases.law import Law
from cases.models import (
    AppearanceStatement,
    Candidate,
    Case,
    Decision,
    Draft,
    Hearing,
    Nomination,
    Paper,
    PerformanceEntry,
    ServiceReceipt,
)
from cases.record.separation import require_checker
from cases.registration.mistakes import correct_number, require_corrector
from organisations import audit
from organisations.access import require
from organisations.authors import Author
from organisations.models import CourtCode, Organisation
from organisations.roles import Action
from rules.case_numbers import CaseNumber, parse_case_number

State = Candidate.State
RELATED = tuple(
    f"{side}__{path}"
    for side in ("court_lane", "agency_lane")
    for path in ("case__court", "case__source__organisation", "case__source__stated_by__user", "organisation__region")
)  # fmt: skip
# What goes over with the case that ends: the path to the case, what it is, and how it is counted.
MOVING = (
    (Paper, "lane__case", "材料", "份"),
    (Draft, "lane__case", "草稿", "份"),
    (ServiceReceipt, "lane__case", "签收", "次"),
    (Nomination, "lane__case", "确定负责人", "次"),
    (AppearanceStatement, "lane__case", "出庭登记", "条"),
    (Hearing, "case", "开庭", "次"),
    (Decision, "case", "裁判", "件"),
    (PerformanceEntry, "lane__case", "履行台账", "条"),
)


class AnsweredMeanwhile(Exception):
    """Somebody answered it, or one of the two cases is gone; the message says so. Nothing was written."""


def candidates_of(ids: Sequence[int]) -> list[Candidate]:
    """These, with everything that is shown and asked of them, the most alike first."""
    return list(Candidate.objects.filter(pk__in=ids).select_related(*RELATED, "owner", "decided_by__user"))


def may_answer(item: Candidate, author: Author) -> bool:
    """Whether the author is of the office of the defendants' region, and did not act for the agency."""
    try:
        _require(item, author)
    except PermissionDenied:
        return False
    return True


def wrong_and_right(item: Candidate) -> tuple[Case, CaseNumber]:
    """The case that ends, and the number that stays: the court's.

    Save where its letters are those of another court than the one that tells of it, and the agency's are not.
    """
    court, agency = item.court_lane.case, item.agency_lane.case
    told, registered = (parse_case_number(one.number).first for one in (court, agency))
    if not _bears(told, court.court) and _bears(registered, court.court):
        return court, registered
    return agency, told


def what_moves(items: Sequence[Candidate]) -> list[str]:
    """What hangs on the cases that end, counted: 材料 2 份."""
    ending = [wrong_and_right(item)[0].pk for item in items]
    counts = (
        (model._default_manager.filter(**{f"{path}__in": ending}).count(), what, unit)
        for model, path, what, unit in MOVING
    )
    return [f"{what} {count} {unit}" for count, what, unit in counts if count]


def _bears(number: CaseNumber, court: Organisation) -> bool:
    """Whether the letters of the number are the court's, of today or of before."""
    return CourtCode.objects.filter(code=number.court, court=court).exists()


@transaction.atomic
def confirm_one_case(items: Sequence[Candidate], *, reason: str, author: Author, law: Law) -> list[Case]:
    """确认为同一案: the two cases of each become one under the right number; what both state is then compared.

    Without a reason the history says what spoke for it. Raises PermissionDenied, ValidationError, AnsweredMeanwhile.
    """
    merged = (_confirm(item, reason, author, law) for item in _fresh(items, author))
    return [case for case in merged if case]


@transaction.atomic
def refuse_one_case(items: Sequence[Candidate], *, reason: str, author: Author) -> None:
    """不是同一案: remembered, and not asked again while both numbers stay. Raises as `confirm_one_case`.

    The reason is needed here only: a merger shows by itself what it rests on, a refusal would be forgotten by whoever
    wonders next year why two numbers were left beside each other.
    """
    if not reason.strip():
        raise ValidationError({"reason": "选“不是同一案”请写明理由。"})
    for item in _fresh(items, author):
        _answer(item, State.REFUSED, reason, author)
        audit.record(author, "candidate.refuse", f"{item}：不是同一案。{reason}", about=item)


def _fresh(items: Sequence[Candidate], author: Author) -> list[Candidate]:
    """The candidates as they are now, where the author may answer all of them and all are open."""
    fresh = candidates_of([item.pk for item in items])
    for item in fresh:
        if item.state != State.OPEN:
            raise AnsweredMeanwhile(f"{item} 已办结：{item.get_state_display()}，{item.reason}")
        _require(item, author)
    return fresh


def _require(item: Candidate, author: Author) -> None:
    require(author.signer, Action.RECONCILE)
    require_checker(item.agency_lane, author.signer)
    require_corrector(wrong_and_right(item)[0], author)


def _confirm(item: Candidate, reason: str, author: Author, law: Law) -> Case | None:
    """The case as one; None where the one before ended this question with its own."""
    item.refresh_from_db(fields=["state"])
    if item.state != State.OPEN:
        return None
    wrong, right = wrong_and_right(item)
    why = reason.strip() or f"确认为同一案：{'；'.join(item.reasons)}"
    _answer(item, State.CONFIRMED, why, author)
    audit.record(author, "candidate.confirm", f"{item}：同一案，用 {right.display}。{why}", about=item)
    return correct_number(wrong, right, reason=why[:200], author=author, law=law)


def _answer(item: Candidate, state: str, reason: str, author: Author) -> None:
    item.state, item.reason = state, reason[:500]
    item.decided_at, item.decided_by = author.at, author.signer
    item.save(update_fields=["state", "reason", "decided_at", "decided_by"])
