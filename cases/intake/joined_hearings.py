"""改期 in two parts: the new day became known before the 延期 of the old one. Both are one hearing."""

from collections.abc import Container
from datetime import date

from cases.intake.known_cases import KnownCase
from cases.models import Hearing, Nomination
from cases.registration.moving import follow_subject, move_children
from organisations.authors import Author

DETAILS = ("day", "time", "room", "mode", "head_notified", "session")


def new_day_of(known: KnownCase, postponed: Hearing, days: Container[date], month: str) -> Hearing | None:
    """The hearing that the notification of that month set for one of the days, and that is the new day of this one.

    As where both are told at once: only where one hearing may be it, and nobody has said who came to the old one.
    """
    said = any(of == id(postponed) for of, _ in known.statements)
    if said or postponed.pk is None or postponed.state != Hearing.State.SCHEDULED:
        return None
    found = [one for one in known.hearings if _is_ahead(one, postponed) and one.day in days]
    found = [one for one in found if one.told_for("day") == month]
    return found[0] if len(found) == 1 else None


def _is_ahead(hearing: Hearing, postponed: Hearing) -> bool:
    is_scheduled = hearing.state == Hearing.State.SCHEDULED and hearing.pk is not None
    return is_scheduled and hearing.day > postponed.day


def fold(gone: Hearing, kept: Hearing, author: Author) -> None:
    """Let everything that hangs on the second row hang on the first; who was named for the new day stands."""
    named = Nomination.objects.filter(hearing=gone, replaced_at=None)
    before = Nomination.objects.filter(hearing=kept, replaced_at=None, lane__in=named.values("lane"))
    before.update(replaced_at=author.at, replaced_reason="改期后另行确定")
    follow_subject(gone, kept)
    if not move_children(gone, kept):
        gone.delete()
