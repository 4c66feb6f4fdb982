"""Who may enter for an agency, and the mandate that entries rest on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cases.models import Lane, Mandate
from cases.record.attachments import kept_fields
from cases.record.locks import lock_lanes
from cases.record.separation import has_judged, require_office_of
from organisations import audit
from organisations.authors import Author, Behalf
from organisations.files import Attachment
from organisations.models import Organisation, Post

JUDGED = "您以司法局身份核收、核查过本案，须由其他人员办理。"


@dataclass(frozen=True, slots=True)
class MandateDetails:
    """What the entering rests on: the paper, who asked and when, and the day on which the office got the material."""

    ground: str
    asked_by: str
    asked_on: date
    phone: str = ""
    received_on: date | None = None
    file: Attachment | None = None


@transaction.atomic
def open_mandate(lane: Lane, details: MandateDetails, *, author: Author) -> Mandate:
    """Keep what entering for the lane's agency rests on. Raises ValidationError, and PermissionDenied for those who
    may not enter for it (docs/rules.md §22).
    """
    lock_lanes([lane.pk])
    require_enterer(lane, author)
    return _kept(details, author, lane=lane, organisation=lane.organisation)


@transaction.atomic
def open_court_mandate(court: Organisation, details: MandateDetails, *, author: Author) -> Mandate:
    """The same for a court whose notifications the office uploads."""
    require_enterer_for(court, author)
    return _kept(details, author, organisation=court)


def _kept(details: MandateDetails, author: Author, **whom: Any) -> Mandate:
    _check_days(details, author.on)
    mandate = Mandate.objects.create(
        **whom,
        ground=details.ground,
        asked_by=details.asked_by,
        phone=details.phone,
        asked_on=details.asked_on,
        received_on=details.received_on,
        opened_at=author.at,
        opened_by=author.signer,
        **kept_fields(details.file, author),
    )
    audit.record(author, "mandate.open", mandate.words, about=mandate)
    return mandate


def behalf_of(mandate: Mandate) -> Behalf:
    """What an author carries who enters under the mandate."""
    return Behalf(mandate.organisation, mandate.pk, mandate.words, mandate.lane_id, mandate.received_on)


def require_enterer(lane: Lane, author: Author) -> None:
    """Raise PermissionDenied unless it is an office of the agency's region, and a person who has no part in the case.

    Whoever acts for the agency enters as the agency; whoever judged in the lane does not make what is judged.
    """
    require_enterer_for(lane.organisation, author)
    if has_judged(lane, author.signer):
        raise PermissionDenied(JUDGED)


def require_enterer_for(unit: Organisation, author: Author) -> None:
    """Raise PermissionDenied unless it is an office of the unit's region, and a person who does not act for it."""
    post = author.signer
    require_office_of(unit, post)
    if post.organisation_id in unit.succession():
        raise PermissionDenied("本单位的案件请以本单位联络员身份办理，不需要代录。")
    posts = Post.objects.filter(user=post.user_id, organisation__in=unit.succession())
    if posts.active(on=author.on).exists():
        raise PermissionDenied(f"您也是{unit.short_name}的经办人员，请切换到该单位的身份办理。")


def _check_days(details: MandateDetails, on: date) -> None:
    """The request and the material lie behind; a day before today, which decides about being in time, is proved."""
    faults = {}
    if details.asked_on > on:
        faults["asked_on"] = f"请求日期不能晚于今天（{on}）。"
    received = details.received_on
    if received and received > on:
        faults["received_on"] = f"司法局收到材料之日不能晚于今天（{on}）。"
    elif received and received < details.asked_on:
        faults["received_on"] = f"司法局收到材料之日不能早于请求日期（{details.asked_on}）。"
    elif received and received < on and details.file is None:
        faults["file"] = "收到材料之日早于今天的，请附载明收文日期的扫描件。"
    if faults:
        raise ValidationError(faults)
