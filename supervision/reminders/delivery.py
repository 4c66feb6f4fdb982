"""The outbox: gather into parcels, claim a parcel, send it, mark it. A crash in between costs a second try, no loss.

All that waits for one person on one channel goes out as one parcel. Its key stays the same however often it is tried:
a mail carries it as its Message-ID, a gateway gets it as the idempotency key, so that a parcel that arrived twice
is read once.
"""

import logging
from collections import Counter
from datetime import timedelta
from uuid import uuid4

from django.db.models import F, Max, Min
from django.utils.timezone import localtime

from cases.law import Law, current_law
from organisations.authors import Author
from rules.calendars import WorkCalendar
from supervision.models import JobRun, Message
from supervision.querysets import ASKED, MessageQuerySet
from supervision.reminders.channels import PUSHED
from supervision.reminders.outages import ChannelDown
from supervision.reminders.outbox import setting_of

JOB = "deliver"
MOST_TRIES = 5
# As many parcels in one run as can be sent, each up to the timeout of its channel, long before their claims end.
BATCH = 20
# A parcel claimed by a worker that died is free again after this.
CLAIM = timedelta(minutes=10)
# So long after an outage was met a parcel tries again.
OUTAGE = timedelta(minutes=5)
# 合并: what comes to the same person about the same case within this time goes out together.
TOGETHER = timedelta(hours=2)
State = Message.State
LOGGER = logging.getLogger(__name__)


def deliver(*, author: Author, law: Law | None = None) -> Counter[str]:
    """Send what is due, 20 parcels at most.

    Counts those `sent`, to be tried again (`retry`), given up (`failed`), and channels found `down`: what is for them
    waits until the next run, and no try is counted.
    """
    calendar = (law or current_law()).calendar
    _free_claims(author)
    _drop_needless(author)
    _gather(author, calendar)
    counts: Counter[str] = Counter()
    down: set[str] = set()
    for parcel, channel in _due_parcels(author):
        if channel not in down and _claim(parcel, author):
            outcome = _send(parcel, author)
            counts[outcome] += 1
            if outcome == "down":
                down.add(channel)
    JobRun.objects.update_or_create(job=JOB, defaults={"succeeded_at": author.at, "result": dict(counts)})
    return counts


def _due_parcels(author: Author) -> list[tuple[str, str]]:
    """What to send now with its channel. Who waited longest comes first: then one on which the other side hangs up
    holds back nobody for good.
    """
    due = Message.objects.due(at=author.at).exclude(parcel="").values_list("parcel", "channel")
    ordered = due.annotate(since=Min("next_try_at")).order_by("since", "parcel")[:BATCH]
    return [(parcel, channel) for parcel, channel, _ in ordered]


def _free_claims(author: Author) -> None:
    """What a worker that died had in hand waits again, unless it died of it often enough."""
    left = Message.objects.filter(state=State.SENDING, next_try_at__lte=author.at)
    left.filter(attempts__gte=MOST_TRIES).update(state=State.FAILED, error="发送程序多次中断")
    left.update(state=State.WAITING)


def _drop_needless(author: Author) -> None:
    """A duty that was met before its reminder went out needs none; a parcel once tried keeps what it had."""
    met = Message.objects.due(at=author.at).filter(parcel="", reminder__isnull=False, also="")
    of_duties = met.exclude(reminder__step__startswith=ASKED)
    of_duties.exclude(reminder__deadline__state="open").update(state=State.DROPPED)


def _gather(author: Author, calendar: WorkCalendar) -> None:
    """Give what waits for one person on one channel one parcel, in that person's hours."""
    loose = Message.objects.due(at=author.at).filter(parcel="")
    for recipient, channel in loose.values_list("recipient", "channel").order_by().distinct()[: 5 * BATCH]:
        mine = loose.filter(recipient=recipient, channel=channel)
        opens_at = setting_of(recipient).window.send_at(localtime(author.at), calendar)
        if opens_at > author.at:
            mine.filter(urgent=False).update(next_try_at=opens_at)
        _hold_back(mine, author)
        mine.filter(next_try_at__lte=author.at).update(parcel=uuid4().hex)


def _hold_back(mine: MessageQuerySet, author: Author) -> None:
    """What is not urgent and about a case of which the person was told a moment ago waits to go out together."""
    waiting = mine.filter(urgent=False, reminder__deadline__case__isnull=False)
    about = set(waiting.values_list("recipient", "channel", "reminder__deadline__case"))
    for recipient, channel, case in about:
        messages = Message.objects.filter(recipient=recipient, channel=channel, reminder__deadline__case=case)
        last = messages.filter(state=State.SENT, sent_at__gt=author.at - TOGETHER).aggregate(
            last=Max("sent_at")
        )["last"]
        if last:
            waiting.filter(reminder__deadline__case=case).update(next_try_at=last + TOGETHER)


def _claim(parcel: str, author: Author) -> bool:
    """Exactly one worker gets the parcel."""
    waiting = Message.objects.filter(parcel=parcel, state=State.WAITING)
    return bool(
        waiting.update(state=State.SENDING, next_try_at=author.at + CLAIM, attempts=F("attempts") + 1)
    )


def _send(parcel: str, author: Author) -> str:
    claimed = Message.objects.filter(parcel=parcel, state=State.SENDING).order_by("pk")
    rows = list(claimed.select_related("reminder__deadline__case", "digest", "notice", "recipient__user"))
    try:
        PUSHED[rows[0].channel].hand_over(parcel, rows, at=author.at)
    except Exception as error:  # whatever it is, this parcel must not stop those behind it
        LOGGER.warning("Parcel %s was not taken: %r", parcel, error)
        if isinstance(error, ChannelDown) and not _others_got_through(rows[0].channel, author):
            return _wait(claimed, str(error), author)
        return _try_again(claimed, rows[0].attempts, str(error) or type(error).__name__, author)
    claimed.update(state=State.SENT, sent_at=author.at, error="")
    return "sent"


def _others_got_through(channel: str, author: Author) -> bool:
    """Whether it is the parcel after all, on which the other side hangs up."""
    sent = Message.objects.filter(channel=channel, state=State.SENT, sent_at__gt=author.at - OUTAGE)
    return sent.exists()


def _wait(claimed: MessageQuerySet, error: str, author: Author) -> str:
    """An outage of the channel is no failure of the message: no try is counted, and it goes out when it can."""
    claimed.update(
        state=State.WAITING,
        error=error[:300],
        attempts=F("attempts") - 1,
        next_try_at=author.at + OUTAGE,
    )
    return "down"


def _try_again(claimed: MessageQuerySet, attempts: int, error: str, author: Author) -> str:
    given_up = attempts >= MOST_TRIES
    claimed.update(
        state=State.FAILED if given_up else State.WAITING,
        error=error[:300],
        next_try_at=author.at + timedelta(minutes=2**attempts),
    )
    return "failed" if given_up else "retry"


def send_again(failed: MessageQuerySet, *, author: Author) -> int:
    """Try the parcels of these messages once more, from the first try on; returns how many messages they hold."""
    parcels = Message.objects.filter(state=State.FAILED, parcel__in=failed.values("parcel"))
    return parcels.update(state=State.WAITING, attempts=0, error="", next_try_at=author.at)
