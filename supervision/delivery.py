"""The outbox: claim a message, send it, mark it. A crash in between costs a second try, never a loss."""

from collections import Counter
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage

from organisations.authors import Author
from supervision.models import JobRun, Message

JOB = "deliver"
MOST_TRIES = 5
BATCH = 100
# A message claimed by a worker that died is free again after this.
CLAIM = timedelta(minutes=10)
State = Message.State


def deliver(*, author: Author) -> Counter[str]:
    """Send the mails that are due; counts `sent`, `retry` and `failed`."""
    Message.objects.filter(state=State.SENDING, next_try_at__lte=author.at).update(state=State.WAITING)
    told: Counter[str] = Counter()
    due = Message.objects.due(at=author.at).filter(channel=Message.Channel.EMAIL).values_list("pk", flat=True)
    for pk in list(due[:BATCH]):
        if _claim(pk, author):
            told[_send(pk, author)] += 1
    JobRun.objects.update_or_create(job=JOB, defaults={"succeeded_at": author.at, "result": dict(told)})
    return told


def _claim(pk: int, author: Author) -> bool:
    """Exactly one worker gets the message."""
    return bool(
        Message.objects.filter(pk=pk, state=State.WAITING).update(
            state=State.SENDING, next_try_at=author.at + CLAIM
        )
    )


def _send(pk: int, author: Author) -> str:
    message = Message.objects.select_related("reminder__deadline__case", "recipient__user").get(pk=pk)
    message.attempts += 1
    try:
        _mail(message).send()
    except (SMTPException, OSError) as error:
        message.error = str(error)[:300]
        message.state = State.FAILED if message.attempts >= MOST_TRIES else State.WAITING
        message.next_try_at = author.at + timedelta(minutes=2**message.attempts)
    else:
        message.state, message.sent_at, message.error = State.SENT, author.at, ""
    message.save()
    return {State.SENT: "sent", State.FAILED: "failed"}.get(State(message.state), "retry")


def _mail(message: Message) -> EmailMessage:
    """A mail names the duty, the case and the day, and never a party."""
    reminder = message.reminder
    return EmailMessage(
        subject=f"【滨州应诉】{reminder.deadline.label} {reminder.get_step_display()}",
        body=f"{reminder.text}\n为什么收到：{reminder.why}。\n请登录平台办理。",
        to=[message.recipient.user.email],
        # The same message keeps its id, so that a second delivery after a crash can be told as one.
        headers={"Message-ID": f"<reminder-{message.pk}@binzhou-litigation>"},
    )
