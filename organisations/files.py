"""Keeping files: written beside, flushed, then renamed, so that no half-written file ever counts."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import ProtectedError

from organisations.models import StoredFile


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was handed in, checked by its content."""

    name: str
    content: bytes
    media_type: str


class FileDamaged(ValueError):
    """A kept file is missing, or no longer what it was."""


def store(content: bytes, *, media_type: str, at: datetime) -> StoredFile:
    """Keep the bytes and return their record; the same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile(digest=digest, size=len(content), media_type=media_type, stored_at=at)
    if not stored.path.exists():
        _write(stored.path, content)
    return StoredFile.objects.get_or_create(
        digest=digest, defaults={"size": len(content), "media_type": media_type, "stored_at": at}
    )[0]


def read(stored: StoredFile) -> bytes:
    """The bytes as they were stored. Raises FileDamaged when they changed or went missing since."""
    content = stored.path.read_bytes() if stored.path.exists() else b""
    if hashlib.sha256(content).hexdigest() != stored.digest:
        raise FileDamaged(f"文件 {stored.digest[:12]} 与入库时不一致，请联系管理员从备份恢复。")
    return content


def damaged_files() -> tuple[int, list[str]]:
    """How many files are kept, and the digests of those that changed or went missing; reads every one of them."""
    damaged, checked = [], 0
    for stored in StoredFile.objects.order_by("pk").iterator():
        checked += 1
        try:
            read(stored)
        except FileDamaged:
            damaged.append(stored.pk)
    return checked, damaged


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def discard(stored: StoredFile) -> None:
    """Forget a kept file that nothing refers to; one that something does refer to stays."""
    path = stored.path
    try:
        stored.delete()
    except ProtectedError:
        return
    path.unlink(missing_ok=True)
