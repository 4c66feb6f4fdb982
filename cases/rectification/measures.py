"""整改: the measures of a paper or a plan, done by the agency, accepted by the office; and a cause that came back."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from cases.deadlines.completion import Done, complete
from cases.law import Law
from cases.models import Completion, Deadline, Paper, RectificationMeasure
from cases.record.attachments import kept_fields
from cases.record.separation import OWN_CASE, require_checker, require_office_of
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment
from organisations.models import AuditEntry, Post

A_YEAR = timedelta(days=365)
REPORTED = "measure.report"


def write_measures(paper: Paper, rows: Iterable[tuple[str, str, date]]) -> None:
    """The measures of a version of a paper; what was done under an earlier version is carried over by its words."""
    before = {
        one.text: one
        for one in RectificationMeasure.objects.filter(
            paper__lane=paper.lane_id, paper__kind=paper.kind, paper__subject=paper.subject
        )
    }
    for text, owner, due_on in rows:
        known = before.get(text)
        kept = {name: getattr(known, name) for name in _DONE} if known else {}
        RectificationMeasure.objects.create(
            organisation=paper.lane.organisation,
            paper=paper,
            text=text,
            owner=owner,
            due_on=due_on,
            **kept,
        )


_DONE = (
    "done_on",
    "proof",
    "file",
    "file_name",
    "reported_at",
    "reported_by",
    "accepted_at",
    "accepted_by",
    "acceptance",
)


@transaction.atomic
def hand_in_plan(
    deadline: Deadline, deed: Done, rows: Iterable[tuple[str, str, date]], *, author: Author, law: Law
) -> Completion:
    """整改方案 of a unit: it does the duty, and its measures are carried out and accepted one by one.

    Raises ValidationError like `complete`.
    """
    plan = complete(deadline, deed, author=author, law=law)
    RectificationMeasure.objects.bulk_create(
        RectificationMeasure(
            organisation=deadline.organisation, plan=plan, text=text, owner=owner, due_on=due_on
        )
        for text, owner, due_on in rows
    )
    return plan


@transaction.atomic
def report_measure(
    measure: RectificationMeasure,
    *,
    done_on: date,
    proof: str,
    author: Author,
    file: Attachment | None = None,
) -> RectificationMeasure:
    """The agency says that a measure was carried out, by words and a file. Raises ValidationError."""
    measure = RectificationMeasure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if measure.accepted_at:
        raise ValidationError("这项整改已验收，不能再改。")
    if measure.done_on:
        raise ValidationError("这项整改已登记完成，正等司法局验收。")
    if done_on > author.on:
        raise ValidationError({"done_on": f"完成日期不能晚于今天（{author.on}）。"})
    measure.done_on, measure.proof, measure.refusal = done_on, proof, ""
    measure.reported_at, measure.reported_by = author.at, author.signer
    for name, value in kept_fields(file, author).items():
        setattr(measure, name, value)
    measure.save()
    audit.record(author, REPORTED, f"整改完成：{measure.text[:50]}", about=measure)
    return measure


@transaction.atomic
def accept_measure(
    measure: RectificationMeasure, *, accepted: bool, note: str, author: Author
) -> RectificationMeasure:
    """验收 by the office, or back to the agency with the reason. Raises ValidationError."""
    measure = (
        RectificationMeasure.objects.select_for_update(of=("self",))
        .select_related("organisation__region", "paper__lane__organisation__region", "plan")
        .get(pk=measure.pk)
    )
    _require_other_hands(measure, author.signer)
    if measure.done_on is None or measure.accepted_at:
        raise ValidationError("这项整改还没有登记完成，或已由其他人员验收。")
    if not accepted and not note:
        raise ValidationError("请写明未通过的原因。")
    if accepted:
        measure.accepted_at, measure.accepted_by, measure.acceptance = author.at, author.signer, note
    else:
        measure.done_on, measure.refusal = None, note
    measure.save()
    audit.record(
        author,
        "measure.accept",
        f"整改{'验收' if accepted else '未通过'}：{measure.text[:50]}{f'（{note}）' if note else ''}",
        about=measure,
    )
    return measure


def _require_other_hands(measure: RectificationMeasure, post: Post) -> None:
    """Raise PermissionDenied unless an office of the unit's region accepts, and a person who did not act for it.

    Whoever said once that it was done does not accept it, though another said so again: the trail keeps both.
    """
    if measure.paper:
        require_checker(measure.paper.lane, post)
    require_office_of(measure.organisation, post)
    said = AuditEntry.objects.filter(
        verb=REPORTED,
        object_type=RectificationMeasure._meta.label_lower,
        object_id=str(measure.pk),
        username=post.user.username,
    )
    by = {measure.reported_by, measure.plan.registered_by if measure.plan else None}
    if said.exists() or post.user_id in {one.user_id for one in by if one}:
        raise PermissionDenied(OWN_CASE)


def repeated_causes(paper: Paper) -> list[tuple[str, Paper]]:
    """The causes of this lost-case report that the agency also reported within the year before, with that report."""
    organisation = paper.lane.organisation_id
    day = paper.submitted_on
    before = Q(submitted_on__lt=day) | Q(submitted_on=day, pk__lt=paper.pk)
    earlier = Paper.objects.filter(
        before,
        lane__organisation=organisation,
        kind=Paper.Kind.LOST_CASE_REPORT,
        submitted_on__gte=day - A_YEAR,
    ).exclude(lane=paper.lane_id, subject=paper.subject)
    found: dict[str, Paper] = {}
    for other in earlier.select_related("lane__case").order_by("submitted_on"):
        for cause in set(causes_of(paper)) & set(causes_of(other)):
            found[cause] = other
    return sorted(found.items(), key=lambda pair: pair[0])


def causes_of(paper: Paper) -> list[str]:
    """The codes of the causes; reports of an earlier release named one."""
    causes: list[str] = paper.content.get("causes") or (
        [paper.content["cause"]] if "cause" in paper.content else []
    )
    return causes
