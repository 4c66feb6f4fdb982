"""退回材料: what is not one's own goes back, and the office decides whose it is."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import (
    Deadline,
    Lane,
    MaterialReturn,
    Nomination,
    ServiceReceipt,
)
from cases.record.history import keep_change
from cases.record.locks import lock_lanes
from cases.record.separation import require_checker
from cases.record.sources import office_source
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation


@transaction.atomic
def return_material(
    lane: Lane, *, reason: str, suggested: Organisation | None, author: Author
) -> MaterialReturn:
    """退回: the case is not the agency's own. The duty runs on until the office has decided. Raises ValidationError."""
    lock_lanes([lane.pk])
    lane = Lane.objects.get(pk=lane.pk)
    if ServiceReceipt.objects.filter(lane=lane).exists():
        raise ValidationError("本案的应诉材料已签收，不能再退回；确属列错被告的，请联系司法局。")
    if MaterialReturn.objects.filter(lane=lane, state=MaterialReturn.State.WAITING).exists():
        raise ValidationError("本案的材料已退回，正在等司法局处理。")
    if suggested == lane.organisation:
        raise ValidationError({"suggested": "建议承办单位不能是本单位。"})
    made = MaterialReturn.objects.create(
        lane=lane,
        organisation=lane.organisation,
        reason=reason,
        suggested=suggested,
        returned_at=author.at,
        returned_by=author.signer,
    )
    audit.record(author, "lane.return", f"退回应诉材料：{reason}", about=lane)
    return made


@transaction.atomic
def decide_return(
    returned: MaterialReturn, *, owner: Organisation | None, note: str, author: Author, law: Law
) -> MaterialReturn:
    """The office puts the right agency in the place of the one named, or keeps the lane where it is.

    The court's own naming stays readable as `named_as`. Raises ValidationError where somebody decided before, or
    the agency has a lane of its own in this case.
    """
    lock_lanes([returned.lane_id])
    lane = Lane.objects.select_related("case", "organisation__region").get(pk=returned.lane_id)
    require_checker(lane, author.signer)
    returned = MaterialReturn.objects.get(pk=returned.pk)
    if returned.state != MaterialReturn.State.WAITING:
        raise ValidationError(f"这次退回已处理：{returned.get_state_display()}。")
    if owner and Lane.objects.filter(case=lane.case, organisation=owner).exists():
        raise ValidationError({"owner": f"{owner.name}已是本案被告。"})
    returned.state = MaterialReturn.State.REASSIGNED if owner else MaterialReturn.State.KEPT
    returned.decided_at, returned.decided_by, returned.decision = author.at, author.signer, note
    returned.save()
    if owner:
        _reassign(lane, owner, note, author)
    sync_deadlines([lane.pk], law=law, author=author, reason=f"退回材料：{returned.get_state_display()}")
    audit.record(author, "lane.decide_return", f"{returned.get_state_display()}：{note}", about=lane)
    return returned


def _reassign(lane: Lane, owner: Organisation, note: str, author: Author) -> None:
    values = (lane.organisation.name, owner.name)
    keep_change(lane, "lane.organisation", values, note=note, source=office_source(author), correction=True)
    lane.named_as = lane.named_as or lane.organisation.name
    current = Nomination.objects.filter(lane=lane, replaced_at=None)
    current.update(replaced_at=author.at, replaced_reason="改列承办单位")
    lane.organisation = owner
    lane.save(update_fields=["organisation", "named_as"])
    Deadline.objects.filter(lane=lane).update(organisation=owner)
