"""补充材料: each side answers what the office asked of both."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cases.models import Discrepancy, DiscrepancyAnswer
from cases.record.attachments import kept_fields
from cases.record.locks import lock_lanes_of_cases
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment
from organisations.models import Post
from organisations.roles import Role

Side = Discrepancy.Side


def side_of(item: Discrepancy, post: Post | None) -> str | None:
    """For which side the post may answer: a liaison of the agency, a clerk of the court; nobody else."""
    if post is None:
        return None
    if post.role == Role.COURT_CLERK and post.organisation_id == item.lane.case.court_id:
        return Side.COURT
    return Side.AGENCY if post.role == Role.AGENCY_LIAISON and item.lane.is_of(post) else None


@transaction.atomic
def answer(
    item: Discrepancy, text: str, attachment: Attachment | None, *, author: Author
) -> DiscrepancyAnswer:
    """Keep what one side sends; it decides nothing, and a further answer stands beside the first.

    ValidationError where nobody asked or the item is settled by now; PermissionDenied for anybody else.
    """
    side = side_of(item, author.signer)
    if side is None:
        raise PermissionDenied("补充材料由本案法院和被诉机关提交。")
    lock_lanes_of_cases([item.lane.case_id])
    item = Discrepancy.objects.get(pk=item.pk)
    if item.state != Discrepancy.State.OPEN:
        raise ValidationError(f"这一条已办结（{item.get_state_display()}），不需要再补充材料。")
    if item.asked_at is None:
        raise ValidationError("司法局还没有请求补充材料；通报或者填报有误的，请直接更正。")
    made = DiscrepancyAnswer.objects.create(
        discrepancy=item, side=side, text=text, answered_at=author.at, answered_by=author.signer,
        **kept_fields(attachment, author),
    )  # fmt: skip
    words = f"{item.get_fact_display()} {made.get_side_display()}补充材料：{text}"
    audit.record(author, "discrepancy.answer", words, about=item)
    return made
