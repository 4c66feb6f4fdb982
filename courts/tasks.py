"""What runs in the background. The database says what waits; a message only says that it is worth looking now."""

from celery import shared_task
from kombu.exceptions import OperationalError

from cases.law import current_law
from courts.models import Upload
from courts.uploads.background import check_received
from organisations.authors import Author
from organisations.clock import this_moment


def ask_for_check(upload: Upload) -> None:
    """Ask a worker to check an upload now. Without a broker the next tick, or the clerk's press, finds it."""
    try:
        check.delay(upload.pk)
    except (OperationalError, OSError):
        return


@shared_task
def check(pk: int) -> bool:
    """Check one upload that waits; False where another has it in hand."""
    return check_received(pk, author=Author(this_moment()), law=current_law())
