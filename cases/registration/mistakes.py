"""更正案号、移案、作废: what was entered under a wrong number finds its place, with reason and trace.

Nothing is deleted. A voided case keeps what cannot go elsewhere; it has no duties, counts in no figure, and frees its
number for the case that rightly bears it.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cases.comparison.finding import find_discrepancies
from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.matching.finding import find_candidates, renew_candidates
from cases.models import Case, Deadline, Decision, FactChange, Hearing, Lane, Source
from cases.record.courts import court_of
from cases.record.locks import lock_lanes_of_cases
from cases.record.sources import own_source
from cases.registration.moving import carry, follow_subject, lanes_below, move_children
from organisations import audit
from organisations.access import sees_agency
from organisations.authors import Author
from organisations.models import Organisation, Post
from organisations.roles import Role
from rules.case_numbers import CaseNumber

CORRECTION = FactChange.Reason.CORRECTION


def may_correct(case: Case, post: Post | None) -> bool:
    """Whether the post may put the numbers of this case right: its court, and the office of all its defendants."""
    if post is None or case.voided_at is not None:
        return False
    if post.role == Role.COURT_CLERK:
        return case.court_id == post.organisation_id
    agencies = Organisation.objects.filter(defences__case=case).select_related("region")
    return all(sees_agency(post, agency) for agency in agencies)


def require_corrector(case: Case, author: Author) -> None:
    """Raise PermissionDenied for everybody else."""
    if not may_correct(case, author.signer):
        raise PermissionDenied("本案的案号由受理法院，或者全部被告所在地的司法局更正。")


@transaction.atomic
def correct_number(case: Case, number: CaseNumber, *, reason: str, author: Author, law: Law) -> Case:
    """The case under its right number: renamed, or merged into the case that is known by it. Returns that case.

    What both say (a hearing of the same day, the same defendant's receipt) stays in the wrong case, which is voided.
    Raises ValidationError for an unknown court, or one that is not the author's.
    """
    case, known = _fresh(case, author), Case.objects.filter(key=number.key).first()
    if known == case:
        raise ValidationError({"number": "这就是本案现在的案号。"})
    court = court_of(number)
    if author.signer.role == Role.COURT_CLERK and court != author.signer.organisation:
        raise ValidationError({"number": f"{number.display}不是本院的案号。"})
    lanes = lock_lanes_of_cases([case.pk, *([known.pk] if known else [])])
    source, old = own_source(author), case.number
    if known:
        _merge(case, known)
        _void(case, reason, source, into=known)
    else:
        _rename(case, number, court)
    right = known or case
    _note(right, source, reason, model="case", field="number", old=old, new=number.display)
    sync_deadlines(lanes, law=law, author=author, reason=f"案号更正：{reason}")
    find_discrepancies(lanes, law=law, author=author)
    audit.record(author, "case.correct_number", f"{old} 更正为 {number.display}：{reason}", about=right)
    renew_candidates(author, lanes)
    if not known:
        find_candidates(lanes, author=author)
    return right


@transaction.atomic
def void_case(case: Case, *, reason: str, author: Author, law: Law) -> None:
    """A case that was entered by mistake and belongs nowhere. Raises ValidationError where another rests on it."""
    case = _fresh(case, author)
    for decision in case.decisions.select_related("source"):
        _require_no_effect(decision)
    lanes = lock_lanes_of_cases([case.pk])
    _void(case, reason, own_source(author))
    sync_deadlines(lanes, law=law, author=author, reason=f"案件作废：{reason}")
    find_discrepancies(lanes, law=law, author=author)
    audit.record(author, "case.void", f"作废 {case.number}：{reason}", about=case)
    renew_candidates(author, lanes)


@transaction.atomic
def move_fact(
    fact: Hearing | Decision, number: CaseNumber | None, *, reason: str, author: Author, law: Law
) -> None:
    """Put a hearing or decision, with all that was said of it, into the case of that number, or take it back.

    What is taken back lies in a voided case of the same number. Raises ValidationError where the case is not known or
    has its own hearing of that day or document of that kind, and where the decision has changed that of another case.
    """
    case = _fresh(fact.case, author)
    target = _target(case, number)
    if isinstance(fact, Decision):
        _require_no_effect(fact)
    lanes = lock_lanes_of_cases([case.pk, target.pk])
    source, what = own_source(author), name_of(fact)
    _put(fact, target, source)
    place = target.number if number else "已撤回"
    for one in (case, target):
        _note(one, source, reason, model=fact._meta.model_name or "", about=what, old=case.number, new=place)
    lanes = sorted({*lanes, *target.lanes.values_list("pk", flat=True)})
    sync_deadlines(lanes, law=law, author=author, reason=f"{what}移案：{reason}")
    find_discrepancies(lanes, law=law, author=author)
    audit.record(author, "case.move_fact", f"{case.number} {what}：{place}。{reason}", about=case)


def _fresh(case: Case, author: Author) -> Case:
    """The case as it stands now. Raises for one that is voided, and for one of another region."""
    case = Case.objects.get(pk=case.pk)
    if case.voided_at is not None:
        raise ValidationError(f"{case.number} 已作废，不能再办理。")
    require_corrector(case, author)
    return case


def _target(case: Case, number: CaseNumber | None) -> Case:
    if number is None:
        return _shelf(case)
    known = Case.objects.filter(key=number.key).first()
    if known is None:
        raise ValidationError(
            {"number": f"平台还没有{number.display}。请先登记或由法院通报该案，或者选择撤回。"}
        )
    if known == case:
        raise ValidationError({"number": "这就是本案的案号。"})
    return known


def _shelf(case: Case) -> Case:
    """The voided case in which lies what was taken back from this one."""
    kept = {name: getattr(case, name) for name in ("number", "year", "type_code", "serial", "instance")}
    now = {"court": case.court, "dispute": case.dispute, "source": case.source}
    shelf, _ = Case.objects.get_or_create(
        key=f"{case.key}~{case.pk}+",
        defaults=kept | now | {"voided_at": case.source.stated_at, "voided_into": case},
    )
    return shelf


def _put(fact: Hearing | Decision, target: Case, source: Source) -> None:
    lanes = {pk: _lane_in(target, lane, source) for pk, lane in lanes_below(fact).items()}
    try:
        with transaction.atomic():
            type(fact)._base_manager.filter(pk=fact.pk).update(case=target)
    except IntegrityError as error:
        raise ValidationError(f"{target.number} 已有{name_of(fact)}。这一条请撤回。") from error
    carry(fact, lanes)
    if target.voided_at is not None:
        _lay_to_rest(target)


def _lane_in(case: Case, lane: Lane, source: Source) -> Lane:
    values = {"role": lane.role, "named_as": lane.named_as, "source": source}
    return Lane.objects.get_or_create(case=case, organisation=lane.organisation, defaults=values)[0]


def _rename(case: Case, number: CaseNumber, court: Organisation) -> None:
    case.later.filter(origin_number=case.number).update(origin_number=number.display)
    case.key, case.number, case.year = number.key, number.display, number.year
    case.type_code, case.serial, case.court = number.type, number.serial, court
    case.instance = number.kind.instance
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:  # another unit told of that number at this very moment
        raise ValidationError(f"{number.display} 刚由他人登记。请再看一次将发生的变化。") from error


def _merge(case: Case, into: Case) -> None:
    """Everything that the right case has not got itself goes over to it."""
    twins = {lane.pk: theirs for lane in _lanes_of(case) if (theirs := _same_defendant(lane, into))}
    back = {twins[lane.pk].pk: lane for lane in case.lanes.all() if lane.pk in twins}
    for lane in case.lanes.filter(pk__in=twins):
        # What is asked of a lane once is not asked twice of the one that stays.
        follow_subject(lane, twins[lane.pk])
        move_children(lane, twins[lane.pk])
    facts: list[Hearing | Decision] = [*case.hearings.all(), *case.decisions.all()]
    for one in facts:
        if twin := _twin(one, into):
            follow_subject(one, twin)
            for left in move_children(one, twin):
                carry(left, back)
    move_children(case, into)
    # The lane of a predecessor would find room beside that of its successor.
    into.lanes.filter(pk__in=twins).update(case=case)
    Deadline.objects.filter(case=into, lane__case=case).update(case=case)


def _same_defendant(lane: Lane, case: Case) -> Lane | None:
    """The lane of the same agency in the case, or of the one that it succeeded or that succeeded it."""
    lanes = _lanes_of(case)
    same = [one for one in lanes if one.organisation_id == lane.organisation_id]
    heirs = [
        one
        for one in lanes
        if one.organisation_id in lane.organisation.succession()
        or lane.organisation_id in one.organisation.succession()
    ]
    return next(iter([*same, *heirs]), None)


def _lanes_of(case: Case) -> list[Lane]:
    return list(case.lanes.select_related("organisation__successor"))


def _twin(fact: Hearing | Decision, case: Case) -> Hearing | Decision | None:
    if isinstance(fact, Hearing):
        return case.hearings.filter(day=fact.day).first()
    return case.decisions.filter(kind=fact.kind, ordinal=fact.ordinal).first()


def _void(case: Case, reason: str, source: Source, into: Case | None = None) -> None:
    _lay_to_rest(case)
    case.later.update(origin=into)
    case.key, case.voided_at, case.voided_into = f"{case.key}~{case.pk}", source.stated_at, into
    case.save()
    words = into.number if into else "不属于任何案件"
    _note(case, source, reason, model="case", field="voided_into", new=words)


def _lay_to_rest(case: Case) -> None:
    """Nothing of it is ahead, and nothing was done in time or late; what is still open ends with the next sync."""
    case.hearings.filter(state=Hearing.State.SCHEDULED).update(state=Hearing.State.CANCELLED)
    case.deadlines.exclude(state=Deadline.State.OPEN).update(state=Deadline.State.VOID)


def _require_no_effect(decision: Decision) -> None:
    """A decision that changed the effect of another instance's is corrected where it was told, with that effect."""
    changed = FactChange.objects.filter(source=decision.source, model="decision", field="effect")
    if other := changed.exclude(case=decision.case_id).select_related("case").first():
        raise ValidationError(
            f"{name_of(decision)}已改变{other.case.number}裁判的效力。请更正本案的案号，或者请法院更正这一行。"
        )


def name_of(fact: Hearing | Decision) -> str:
    """2026-10-12 开庭, 2026-10-12 判决."""
    if isinstance(fact, Hearing):
        return f"{fact.day:%Y-%m-%d} 开庭"
    return f"{fact.decided_on:%Y-%m-%d} {fact.get_kind_display()}"


def _note(case: Case, source: Source, reason: str, **what: Any) -> None:
    values = {"field": "case"} | what
    FactChange.objects.create(
        case=case, at=source.stated_at, note=reason, reason=CORRECTION, source=source, **values
    )
