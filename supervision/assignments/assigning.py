"""转办 a matter to the office of the agency's region, and the office's report; each side is told."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from cases.law import Law
from cases.models import Case
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation
from supervision.models import Assignment
from supervision.reminders.notices import tell

WORKING_DAYS = 5  # proposed for the report
WHY_OFFICE, WHY_LEADER = "领导转办，由贵局办理", "您转办的事项"


@transaction.atomic
def assign(case: Case, text: str, due_on: date, *, author: Author, law: Law) -> Assignment:
    """Hand it to the legal affairs office of the leader's own region. ValidationError where there is none."""
    office = Organisation.objects.filter(
        kind=Organisation.Kind.LEGAL_OFFICE, region=author.signer.organisation.region, valid_to=None
    ).first()
    if office is None:
        raise ValidationError("名录中本区划没有司法局，请先由管理员补录。")
    made = Assignment.objects.create(
        case=case, office=office, text=text, due_on=due_on, assigned_at=author.at, assigned_by=author.signer
    )
    audit.record(author, "assignment.assign", f"转办 {made}，{due_on} 前报告", about=made)
    words = f"领导转办：{case.number}，请于 {due_on} 前报告。{text}"
    tell({office.pk: WHY_OFFICE}, words, _page(made), author=author, law=law)
    return made


@transaction.atomic
def report_on(assignment: Assignment, report: str, *, author: Author, law: Law) -> Assignment:
    """The office says what came of it, once. PermissionDenied for others, ValidationError where it was said."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if locked.office_id != author.signer.organisation_id:
        raise PermissionDenied("由承办的司法局报告。")
    if locked.reported_at:
        raise ValidationError("这一项已经报告过。")
    locked.report, locked.reported_at, locked.reported_by = report, author.at, author.signer
    locked.save(update_fields=["report", "reported_at", "reported_by"])
    audit.record(author, "assignment.report", f"报告转办 {locked}：{report}", about=locked)
    leader = locked.assigned_by.organisation_id
    words = f"转办事项已报告：{locked.case.number}。{report}"
    tell({leader: WHY_LEADER}, words, _page(locked), author=author, law=law, to={locked.assigned_by_id})
    return locked


def _page(assignment: Assignment) -> str:
    return reverse("supervision:assignment", args=[assignment.pk])
