"""Confirmations that something interrupted are brought to their end."""

import logging
from datetime import timedelta

from cases.law import Law
from courts.models import Upload
from courts.notifications.confirmation import Answers, Refused, confirm
from organisations.authors import Author

logger = logging.getLogger(__name__)
RESUME_AFTER = timedelta(minutes=1)  # a confirmation that has not come to its end by then was interrupted


def finish_confirmations(*, author: Author, law: Law) -> int:
    """Bring to their end the confirmations that something interrupted; returns how many took effect."""
    asked = Upload.objects.filter(state=Upload.State.PLANNED, asked_at__lt=author.at - RESUME_AFTER)
    return sum(
        _finish(each, author, law)
        for each in asked.select_related("asked_by__user", "asked_by__organisation")
    )


def _finish(upload: Upload, author: Author, law: Law) -> bool:
    answers = upload.answers
    clerk, plan = Author(author.at, upload.asked_by), answers.get("plan")
    try:
        confirm(upload, author=clerk, law=law, plan=plan, answers=Answers.from_json(answers))
    except Refused:
        return False  # the page of the upload tells why, and the clerk decides
    except Exception:  # whatever one upload does, the others are not to wait for it
        logger.exception("Confirmation of upload %s broke off again", upload.pk)
        return False
    return True
