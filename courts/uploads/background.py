"""Workbooks that are checked in the background: kept, claimed, checked, also after an interruption."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from cases.law import Law
from courts.checking.checks import Say, silent
from courts.models import Upload
from courts.uploads.planning import fill_in, media_type, new_upload, record_check, refuse
from lib.workbooks import UnusableWorkbook
from organisations import audit
from organisations.authors import Author
from organisations.files import discard, read, store

logger = logging.getLogger(__name__)


INTERRUPTED = UnusableWorkbook(
    "unsafe", "检查这份文件三次都中断了，没有读完。请用 Excel 或 WPS 另存为 .xlsx 后再上传。"
)


CLAIM = timedelta(minutes=2)  # a check that has not come back by then was interrupted


ATTEMPTS = 3


# What a check finds out; everything else of an upload is somebody's word and not touched by it.
CHECKED = (
    "state", "refusal_code", "refusal", "file", "progress", "claimed_at", "asked_at", "plan_hash", "report", "rows",
)  # fmt: skip


def receive_upload(content: bytes, *, author: Author, **said: Any) -> Upload:
    """Keep a workbook that is to be checked in the background by `check_received`."""
    upload = new_upload(author=author, **said)
    upload.state, upload.progress = Upload.State.WAITING, "已收到，等待检查"
    upload.file = store(content, media_type=media_type(content), at=author.at)
    with transaction.atomic():
        upload.save()
        audit.record(author, "notification.receive", f"收到 {upload.file_name}", about=upload)
    return upload


def check_received(pk: int, *, author: Author, law: Law) -> bool:
    """Check a workbook that waits; False where somebody else has it in hand or it waits no more.

    Safe to call at any time and from anywhere: one that was interrupted is taken up again after two minutes.
    """
    if not _claim(pk, author.at):
        return False
    upload = Upload.objects.select_related("court__region", "file", "uploaded_by__user").get(pk=pk)
    if upload.attempts > ATTEMPTS:
        refuse(upload, INTERRUPTED)
        _keep_check(upload, author)
    else:
        check_again(upload, author=author, law=law, say=_teller(pk))
    return True


def check_waiting(*, author: Author, law: Law) -> int:
    """Check whatever waits and nobody has in hand; returns how many that were."""
    waiting = Upload.objects.filter(state=Upload.State.WAITING).values_list("pk", flat=True)
    return sum(_checked(pk, author, law) for pk in list(waiting))


def _checked(pk: int, author: Author, law: Law) -> bool:
    try:
        return check_received(pk, author=author, law=law)
    except Exception:  # whatever one file does to the check, the others are not to wait for it
        logger.exception("Check of upload %s broke off", pk)
        return False


def check_again(upload: Upload, *, author: Author, law: Law, say: Say = silent) -> Upload:
    """Check and plan a kept workbook anew, with the columns and corrections that people have told since."""
    assert upload.file is not None
    fill_in(upload, read(upload.file), author, law, say)
    _keep_check(upload, author)
    return upload


def _keep_check(upload: Upload, author: Author) -> None:
    """Save what a check found, unless the upload took effect or was dropped while it ran.

    A confirmation asked for before is void: it meant another plan. The content of an unusable file is not kept.
    """
    useless = None if upload.state == Upload.State.PLANNED or upload.can_match_columns else upload.file
    if useless:
        upload.file = None
    upload.progress, upload.claimed_at, upload.asked_at = "", None, None
    with transaction.atomic():
        if upload.pk is None:
            upload.save()
        elif upload.is_changeable():
            upload.save(update_fields=CHECKED)
        else:
            return
        record_check(upload, author)
    if useless:
        discard(useless)


def _claim(pk: int, at: datetime) -> bool:
    waiting = Upload.objects.filter(pk=pk, state=Upload.State.WAITING)
    free = waiting.filter(Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM))
    return bool(free.update(claimed_at=at, attempts=F("attempts") + 1))


def _teller(pk: int) -> Say:
    def say(words: str) -> None:
        Upload.objects.filter(pk=pk).update(progress=words)

    return say
