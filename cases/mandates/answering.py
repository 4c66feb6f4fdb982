"""What the agency says of an entry that an office made for it, and what the office does about another opinion."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cases.models import MandatedEntry
from cases.record.locks import lock_lanes
from cases.record.separation import OWN_CASE, require_checker, require_office_of
from organisations import audit
from organisations.authors import Author
from organisations.models import Post

Answer = MandatedEntry.Answer


@transaction.atomic
def confirm_entry(entry: MandatedEntry, *, author: Author) -> MandatedEntry:
    """确认: what was entered is the agency's own word. A contested entry may be confirmed after all."""
    entry = _locked(entry)
    _require_party(entry, author)
    if entry.answer == Answer.CONFIRMED:
        return entry
    return _answered(entry, Answer.CONFIRMED, "", author)


@transaction.atomic
def contest_entry(entry: MandatedEntry, *, reason: str, author: Author) -> MandatedEntry:
    """提出不同意见: the entry stays until it is corrected; the office has to do something about it."""
    entry = _locked(entry)
    _require_party(entry, author)
    if not reason:
        raise ValidationError({"reason": "请写明哪里与本单位的意见不同。"})
    if entry.is_contested and entry.reason == reason:
        return entry
    return _answered(entry, Answer.CONTESTED, reason, author)


@transaction.atomic
def settle_entry(entry: MandatedEntry, *, decision: str, author: Author) -> MandatedEntry:
    """处理: another person of the office says what was done about a contested entry. Raises ValidationError."""
    entry = _locked(entry)
    require_settler(entry, author.signer)
    if not entry.is_contested:
        raise ValidationError(f"这一条没有待处理的不同意见（{entry.get_answer_display()}）。")
    entry.decision, entry.decided_at, entry.decided_by = decision, author.at, author.signer
    entry.save(update_fields=["decision", "decided_at", "decided_by"])
    audit.record(author, "mandate.settle", f"处理对代录{entry.what}的不同意见：{decision}", about=entry)
    return entry


def require_settler(entry: MandatedEntry, post: Post) -> None:
    """Raise PermissionDenied unless it is an office of the region, and a person who neither entered nor acted there."""
    if entry.mandate.lane:
        require_checker(entry.mandate.lane, post)
        return
    require_office_of(entry.mandate.organisation, post)
    if entry.mandate.opened_by.user_id == post.user_id:
        raise PermissionDenied(OWN_CASE)


def _locked(entry: MandatedEntry) -> MandatedEntry:
    lock_lanes([entry.mandate.lane_id] if entry.mandate.lane_id else [])
    related = MandatedEntry.objects.select_for_update(of=("self",)).select_related(
        "mandate__lane__organisation__region", "mandate__organisation__region", "mandate__opened_by"
    )
    return related.get(pk=entry.pk)


def _require_party(entry: MandatedEntry, author: Author) -> None:
    """Raise PermissionDenied unless the author acts for the agency that was entered for, or for its successor."""
    if author.signer.organisation_id not in entry.mandate.organisation.succession():
        raise PermissionDenied(f"这一条由{entry.mandate.organisation.name}确认。")


def _answered(entry: MandatedEntry, answer: Answer, reason: str, author: Author) -> MandatedEntry:
    """With the answer; a new one opens the matter again for the office."""
    entry.answer, entry.reason = answer, reason
    entry.answered_at, entry.answered_by = author.at, author.signer
    entry.decision, entry.decided_at, entry.decided_by = "", None, None
    entry.save()
    verb = "confirm" if answer == Answer.CONFIRMED else "contest"
    audit.record(author, f"mandate.{verb}", f"对代录{entry.what}：{entry.answer_words}", about=entry)
    return entry
