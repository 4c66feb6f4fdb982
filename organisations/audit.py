"""Writing and verifying the audit trail."""

from typing import Any

from django.db import connection, models, transaction

from organisations.authors import Author
from organisations.models import AuditEntry

_CHAIN_LOCK = 3632


def record(
    author: Author, verb: str, summary: str, *, about: models.Model | None = None, **data: Any
) -> None:
    """Add an entry in the caller's transaction: when the entry fails, so does the change it tells of."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An audit entry belongs into the transaction of its change."
        )
    _lock_chain()
    last = AuditEntry.objects.order_by("-pk").values_list("digest", flat=True).first()
    entry = AuditEntry(
        at=author.at,
        address=author.address,
        verb=verb,
        summary=summary[:500],
        data=data,
        previous=last or "",
        **_who(author),
        **_what(about),
    )
    entry.digest = entry.seal()
    entry.save(force_insert=True)


def broken_links() -> list[int]:
    """The ids of entries that no longer match their seal or the entry before them; empty when all is well."""
    broken, previous = [], ""
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.previous != previous or entry.seal() != entry.digest:
            broken.append(entry.pk)
        previous = entry.digest
    return broken


def _lock_chain() -> None:
    """One writer at a time, until the transaction ends; SQLite's immediate transactions do that already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _who(author: Author) -> dict[str, str]:
    data = {"user_name": author.name}
    if author.user:
        data["username"] = author.user.username
    if author.post:
        data |= {"post": str(author.post), "organisation": author.post.organisation.code}
    return data


def _what(about: models.Model | None) -> dict[str, str]:
    if about is None:
        return {}
    return {"object_type": about._meta.label_lower, "object_id": str(about.pk)}
