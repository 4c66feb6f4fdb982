"""日历订阅 (iCalendar): hearings and duties of one person's scope, under a secret address; no party is named."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localtime, make_aware
from icalendar import Alarm, Calendar, Event

from cases.models import Deadline, FactChange, Hearing
from organisations import audit
from organisations.access import may
from organisations.authors import Author
from organisations.models import Post
from organisations.roles import Action
from supervision.models import CalendarFeed

TOKEN_BYTES = 32
BACK, AHEAD = timedelta(days=60), timedelta(days=400)
MOST = 3000  # events of a kind; the soonest ones
LENGTH = timedelta(hours=2)  # of a hearing, whose end nobody knows
DOMAIN = "binzhou-litigation"


@transaction.atomic
def open_feed(*, author: Author) -> str:
    """A new secret address for the person's calendar; the one before it works no more. Returns the token, once."""
    revoke_feed(author=author)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(owner=author.signer, digest=digest_of(token), created_at=author.at)
    audit.record(author, "feed.open", "建立日历订阅")
    return token


@transaction.atomic
def revoke_feed(*, author: Author) -> None:
    """停用: the address stops working at once."""
    if CalendarFeed.objects.live().filter(owner=author.signer).update(revoked_at=author.at):
        audit.record(author, "feed.revoke", "停用日历订阅")


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of(token: str, *, at: datetime) -> Post | None:
    """The active post whose feed it is; None for any other token. Notes that it was used."""
    feed = CalendarFeed.objects.live().filter(digest=digest_of(token)).select_related("owner").first()
    if feed is None or not Post.objects.active(on=localtime(at).date()).filter(pk=feed.owner_id).exists():
        return None
    CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=at)
    return feed.owner


def feed_of(post: Post, *, on: date) -> bytes:
    """The calendar of a post's scope from 60 days ago to 400 days ahead."""
    span = (on - BACK, on + AHEAD)
    hearings = (
        Hearing.objects.visible_to(post).filter(day__range=span).select_related("case__court", "source")
    )
    duties = Deadline.objects.visible_to(post).duties().filter(due_on__range=span)
    if not may(post, Action.READ_DEADLINES):
        duties = duties.none()
    shown = duties.select_related("case", "organisation").order_by("due_on", "pk")[:MOST]
    return calendar_of(hearings.order_by("day", "pk")[:MOST], shown)


def calendar_of(hearings: Iterable[Hearing], duties: Iterable[Deadline]) -> bytes:
    """These hearings and duties as one calendar file."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{DOMAIN}//3632//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "行政应诉期限")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    known = list(hearings)
    moved = _changes({hearing.case_id for hearing in known})
    for hearing in known:
        calendar.add_component(_hearing(hearing, moved.get(hearing.case_id, 0)))
    for duty in duties:
        calendar.add_component(_duty(duty))
    calendar.add_missing_timezones()  # RFC 5545 3.6.5: a TZID names a VTIMEZONE of the same file
    return bytes(calendar.to_ical())


def _changes(cases: set[int]) -> dict[int, int]:
    """How often facts of a case changed: a number that only grows, whatever it was that changed."""
    changes = FactChange.objects.filter(case__in=cases).values_list("case").annotate(Count("pk"))
    return dict(changes.order_by())


def _hearing(hearing: Hearing, changes: int) -> Event:
    cancelled = hearing.state in (Hearing.State.CANCELLED, Hearing.State.POSTPONED)
    event = Event()
    event.add("uid", f"hearing-{hearing.pk}@{DOMAIN}")
    event.add("sequence", 2 * changes + cancelled)
    event.add("dtstamp", hearing.source.stated_at)
    event.add("summary", f"开庭·{hearing.case.court.short_name}·{hearing.case.number}")
    if hearing.time:
        start = make_aware(datetime.combine(hearing.day, hearing.time))
        event.add("dtstart", start)
        event.add("dtend", start + LENGTH)
    else:
        event.add("dtstart", hearing.day)
    if hearing.room:
        event.add("location", hearing.room)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _duty(duty: Deadline) -> Event:
    """An event of the whole last day, with an alarm at nine the day before; done and void ones are cancelled."""
    over = duty.state != Deadline.State.OPEN
    event = Event()
    event.add("uid", f"deadline-{duty.pk}@{DOMAIN}")
    event.add("sequence", 2 * duty.revision + over)
    event.add("dtstamp", _noon(duty.starts_on))
    event.add("dtstart", duty.due_on)
    event.add("summary", f"{duty.label}截止·{duty.organisation.short_name}·{duty.about}")
    event.add("description", duty.computation.get("explanation", ""))
    event.add("status", "CANCELLED" if over else "CONFIRMED")
    if not over:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{duty.label}明日截止")
        alarm.add("trigger", timedelta(hours=-15))  # 09:00 on the day before
        event.add_component(alarm)
    return event


def _noon(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(12)))
