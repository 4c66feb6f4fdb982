"""What beat ticks. The clock is read here, nowhere below; every task may run twice."""

from datetime import date

from celery import shared_task
from kombu.exceptions import OperationalError

from cases.law import current_law
from cases.work_calendar.impact import assess_waiting
from courts.notifications.resuming import finish_confirmations
from courts.uploads.background import check_waiting
from organisations.authors import Author
from organisations.clock import this_moment, today
from organisations.files import damaged_files
from supervision.models import JobRun
from supervision.reminders import delivery
from supervision.sweep import sweeping

RUNS = 25  # of 20 parcels each


@shared_task
def sweep(day: str | None = None) -> int:
    """Every ten minutes; raises what is due today and what a missed day left. Returns how many were raised."""
    on = date.fromisoformat(day) if day else today()
    result = sweeping.sweep(on=on, author=Author(this_moment()), law=current_law())
    return sum(result["raised"].values())


@shared_task
def deliver() -> int:
    """Every minute, for a few minutes at most; returns how many parcels were sent. Each run has its own moment."""
    sent = 0
    for _ in range(RUNS):
        counts = delivery.deliver(author=Author(this_moment()), law=current_law())
        sent += counts["sent"]
        if sum(counts.values()) < delivery.BATCH:
            break
    return sent


@shared_task
def finish() -> int:
    """Every minute: what courts sent and something interrupted. Returns how much of it was brought to its end."""
    author, law = Author(this_moment()), current_law()
    done = check_waiting(author=author, law=law) + finish_confirmations(author=author, law=law)
    _succeeded("finish", author)
    return done


@shared_task
def assess() -> int:
    """Every minute: the impact lists of calendars that wait for one. Returns how many were made."""
    author = Author(this_moment())
    done = assess_waiting(author=author)
    _succeeded("assess", author)
    return done


@shared_task
def check_files() -> int:
    """Every hour, done once a day: every kept file is read and compared with its hash. Returns how many are damaged."""
    author = Author(this_moment())
    last = JobRun.objects.filter(job="files").first()
    if last is not None and last.covered == author.on:
        return len(last.result.get("damaged", []))
    checked, damaged = damaged_files()
    JobRun.objects.update_or_create(
        job="files",
        defaults={
            "succeeded_at": author.at,
            "covered": author.on,
            "result": {"checked": checked, "damaged": damaged[:100]},
        },
    )
    return len(damaged)


def ask_for_assessment() -> None:
    """Ask a worker to look for waiting impact lists now. Without a broker the next tick finds them."""
    try:
        assess.delay()
    except (OperationalError, OSError):
        return


def _succeeded(job: str, author: Author) -> None:
    JobRun.objects.update_or_create(job=job, defaults={"succeeded_at": author.at})
