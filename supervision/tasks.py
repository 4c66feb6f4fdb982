"""What beat ticks. The clock is read here, nowhere below; every task may run twice."""

from datetime import date

from celery import shared_task

from cases.law import current_law
from organisations.authors import Author
from organisations.clock import this_moment, today
from supervision import delivery, sweeping


@shared_task
def sweep(day: str | None = None) -> int:
    """Every ten minutes; raises what is due today and what a missed day left. Returns how many were raised."""
    on = date.fromisoformat(day) if day else today()
    result = sweeping.sweep(on=on, author=Author(this_moment()), law=current_law())
    return sum(result["raised"].values())


@shared_task
def deliver() -> int:
    """Every minute; returns how many mails were sent."""
    return delivery.deliver(author=Author(this_moment()))["sent"]
