"""The outbox: gather into parcels, claim a parcel, send it, mark it. A crash in between costs a second try, no loss.

All that waits for one person on one channel goes out as one parcel. Its key stays the same however often it is tried:
a mail carries it as its Message-ID, a gateway gets it as the idempotency key, so that a parcel that arrived twice
is read once.
"""

from collections import Counter
from datetime import timedelta
from smtplib import SMTPException
from uuid import uuid4

from django.core.mail import EmailMessage
from django.db.models import F, Max

from organisations.authors import Author
from supervision.gateway import GatewayError, post_parcel
from supervision.models import JobRun, Message
from supervision.querysets import MessageQuerySet

JOB = "deliver"
MOST_TRIES = 5
BATCH = 100
# A parcel claimed by a worker that died is free again after this.
CLAIM = timedelta(minutes=10)
# 合并: what comes to the same person about the same case within this time goes out together.
TOGETHER = timedelta(hours=2)
State, Channel = Message.State, Message.Channel


def deliver(*, author: Author) -> Counter[str]:
    """Send what is due; counts parcels `sent`, to be tried again (`retry`) and given up (`failed`)."""
    Message.objects.filter(state=State.SENDING, next_try_at__lte=author.at).update(state=State.WAITING)
    _drop_needless(author)
    _gather(author)
    told: Counter[str] = Counter()
    due = Message.objects.due(at=author.at).exclude(parcel="").values_list("parcel", flat=True)
    for parcel in list(due.order_by("parcel").distinct()[:BATCH]):
        if _claim(parcel, author):
            told[_send(parcel, author)] += 1
    JobRun.objects.update_or_create(job=JOB, defaults={"succeeded_at": author.at, "result": dict(told)})
    return told


def _drop_needless(author: Author) -> None:
    """A duty that was met before its reminder went out needs none; a parcel once tried keeps what it had."""
    met = Message.objects.due(at=author.at).filter(parcel="", reminder__isnull=False)
    met.exclude(reminder__deadline__state="open").update(state=State.DROPPED)


def _gather(author: Author) -> None:
    """Give what waits for one person on one channel one parcel."""
    loose = Message.objects.due(at=author.at).filter(parcel="")
    for recipient, channel in loose.values_list("recipient", "channel").order_by().distinct()[:BATCH]:
        mine = loose.filter(recipient=recipient, channel=channel)
        _hold_back(mine, author)
        mine.filter(next_try_at__lte=author.at).update(parcel=uuid4().hex)


def _hold_back(mine: MessageQuerySet, author: Author) -> None:
    """What is not urgent and about a case of which the person was told a moment ago waits to go out together."""
    recent = Message.objects.filter(sent_at__gt=author.at - TOGETHER, state=State.SENT).pushed()
    waiting = mine.filter(urgent=False, reminder__isnull=False)
    for pk, recipient, channel, case in list(
        waiting.values_list("pk", "recipient", "channel", "reminder__deadline__case")
    ):
        last = recent.filter(recipient=recipient, channel=channel, reminder__deadline__case=case)
        if case and (sent_at := last.aggregate(last=Max("sent_at"))["last"]):
            Message.objects.filter(pk=pk).update(next_try_at=sent_at + TOGETHER)


def _claim(parcel: str, author: Author) -> bool:
    """Exactly one worker gets the parcel."""
    waiting = Message.objects.filter(parcel=parcel, state=State.WAITING)
    return bool(
        waiting.update(state=State.SENDING, next_try_at=author.at + CLAIM, attempts=F("attempts") + 1)
    )


def _send(parcel: str, author: Author) -> str:
    claimed = Message.objects.filter(parcel=parcel, state=State.SENDING).order_by("pk")
    rows = list(claimed.select_related("reminder__deadline__case", "digest", "recipient__user"))
    try:
        if rows[0].channel == Channel.EMAIL:
            _mail(parcel, rows).send()
        else:
            post_parcel(parcel, rows[0].recipient.user.phone, [row.text for row in rows], at=author.at)
    except (SMTPException, OSError, GatewayError) as error:
        return _try_again(rows, str(error), author)
    claimed.update(state=State.SENT, sent_at=author.at, error="")
    return "sent"


def _try_again(rows: list[Message], error: str, author: Author) -> str:
    given_up = rows[0].attempts >= MOST_TRIES
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.FAILED if given_up else State.WAITING,
        error=error[:300],
        next_try_at=author.at + timedelta(minutes=2 ** rows[0].attempts),
    )
    return "failed" if given_up else "retry"


def send_again(message: Message, *, author: Author) -> int:
    """Try a parcel that was given up once more, from the first try on; returns how many messages it holds."""
    failed = Message.objects.filter(parcel=message.parcel, state=State.FAILED)
    return failed.update(state=State.WAITING, attempts=0, next_try_at=author.at)


def _mail(parcel: str, rows: list[Message]) -> EmailMessage:
    """A mail names duties, cases and days, and never a party."""
    first = rows[0].title if len(rows) == 1 else f"{len(rows)} 项应诉事项"
    lines = [f"{row.text}\n为什么收到：{row.why}。" for row in rows]
    return EmailMessage(
        subject=f"【滨州应诉】{first}",
        body="\n\n".join([*lines, "请登录平台办理。"]),
        to=[rows[0].recipient.user.email],
        headers={"Message-ID": f"<{parcel}@binzhou-litigation>"},
    )
