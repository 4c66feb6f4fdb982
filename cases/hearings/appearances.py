"""出庭登记: what the agency says of the day."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.comparison.finding import find_discrepancies
from cases.deadlines.sync import sync_deadlines
from cases.hearings.nominations import heard_together, require_eligible
from cases.hearings.verdicts import verdict_of
from cases.law import Law
from cases.models import AppearanceStatement, Hearing, Lane, Source
from cases.record.locks import lock_lanes
from cases.record.sources import agency_source
from organisations import audit
from organisations.authors import Author
from organisations.models import Head
from rules.appearance import HeadKind


@transaction.atomic
def state_appearance(
    lane: Lane, hearing: Hearing, statement: Mapping[str, Any], *, author: Author, law: Law
) -> AppearanceStatement:
    """出庭登记: what the agency says of the day, for all its cases of the sitting. The court's word stays beside it.

    `held_on` is the day on which it took place, as the agency knows it: that of the hearing where nothing is said.
    Raises ValidationError for a day that has not come and for a head outside the roster.
    """
    if hearing.day > author.on:
        raise ValidationError(f"开庭日期为 {hearing.day}，开庭后再登记。")
    if hearing.state not in (Hearing.State.SCHEDULED, Hearing.State.HELD):
        raise ValidationError(f"该次开庭{hearing.get_state_display()}，不需要登记出庭情况。")
    head = statement.get("head") if statement["attended"] else None
    held_on = statement.get("held_on") or hearing.day
    if held_on > author.on:
        raise ValidationError({"held_on": f"实际开庭日期不能晚于今天（{author.on}）。"})
    statement = dict(statement) | {"head": head, "held_on": held_on}
    if statement["attended"] and head is None:
        raise ValidationError({"head": "负责人出庭的，请选择出庭负责人。"})
    if head is not None:
        require_eligible(lane, hearing, head)
    came = f"{head.name}出庭" if head else "负责人未出庭"
    source = agency_source(author, f"出庭登记（{hearing.day} 开庭，{came}）")
    sittings = {one.case_id: one for one in heard_together(hearing)}
    lanes = list(Lane.objects.filter(case__in=sittings, organisation=lane.organisation_id).order_by("pk"))
    lock_lanes(one.pk for one in lanes)
    stated = [_state(each, sittings[each.case_id], statement, source) for each in lanes]
    sync_deadlines([one.pk for one in lanes], law=law, author=author, reason="出庭登记")
    find_discrepancies([one.pk for one in lanes], law=law, author=author)
    audit.record(author, "lane.state_appearance", f"{hearing.day} 开庭：{stated[0].verdict}", about=lane)
    return next(one for one in stated if one.hearing_id == hearing.pk)


def _state(lane: Lane, hearing: Hearing, statement: Mapping[str, Any], source: Source) -> AppearanceStatement:
    head: Head | None = statement.get("head")
    said = {name: value for name, value in statement.items() if name != "head"} | {
        "head_name": head.name if head else "",
        "head_position": head.position if head else "",
        "head_rank": HeadKind.of(head.kind).rank.value if head else "",
    }
    return AppearanceStatement.objects.update_or_create(
        hearing=hearing,
        lane=lane,
        stated_by=Source.Kind.AGENCY,
        defaults=said | verdict_of(said, held_on=hearing.day) | {"source": source},
    )[0]
