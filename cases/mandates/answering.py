"""What the agency says of an entry that an office made for it, and what the office does about another opinion."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cases.models import MandatedEntry
from cases.record.locks import lock_lanes
from cases.record.separation import require_checker
from organisations import audit
from organisations.authors import Author

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
    require_checker(entry.mandate.lane, author.signer)
    if not entry.is_contested:
        raise ValidationError(f"这一条没有待处理的不同意见（{entry.get_answer_display()}）。")
    entry.decision, entry.decided_at, entry.decided_by = decision, author.at, author.signer
    entry.save(update_fields=["decision", "decided_at", "decided_by"])
    audit.record(author, "mandate.settle", f"处理对代录{entry.what}的不同意见：{decision}", about=entry)
    return entry


def _locked(entry: MandatedEntry) -> MandatedEntry:
    lock_lanes([entry.mandate.lane_id])
    related = MandatedEntry.objects.select_related(
        "mandate__lane__organisation__region", "mandate__organisation"
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
