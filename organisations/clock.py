"""The clock, for edges only: below them the day and the moment are parameters."""

from datetime import date, datetime

from django.conf import settings
from django.utils.timezone import localdate, localtime, now


def today() -> date:
    """Today in Binzhou, or the fixed day of `TODAY` in a demonstration."""
    return settings.TODAY or localdate()


def this_moment() -> datetime:
    """Now; in a demonstration with a fixed day, the present time of that day."""
    if settings.TODAY is None:
        return now()
    return localtime().replace(year=settings.TODAY.year, month=settings.TODAY.month, day=settings.TODAY.day)
