"""One message a day about one case: what comes to the same person is told in it, but for the last three days."""

from collections.abc import Iterable
from datetime import date

from organisations.authors import Author
from rules.calendars import DAY
from supervision.models import Message

State = Message.State
CLOSE = 3 * DAY  # so shortly before its end a duty speaks for itself
Place = tuple[int, str, int | None]


def together(rows: Iterable[Message], author: Author) -> list[Message]:
    """The messages to write; what can be told in another one of the day is added to that."""
    planned = list(rows)
    known = _of_today(planned, author)
    fresh, added = list[Message](), set[Message]()
    for row in planned:
        first = None if _speaks_for_itself(row, author.on) else known.get(_place(row))
        if first is None:
            known.setdefault(_place(row), row)
            fresh.append(row)
        else:
            _add(first, row)
            added |= {first} if first.pk else set()
    Message.objects.bulk_update(added, ["also", "read_at"], batch_size=500)
    return fresh


def _of_today(rows: list[Message], author: Author) -> dict[Place, Message]:
    """What was told today already, as far as it can still take something up: read here, or not sent yet."""
    cases = {row.reminder.deadline.case_id for row in rows if row.reminder}
    told = Message.objects.filter(
        recipient__in={row.recipient_id for row in rows},
        reminder__deadline__case__in=cases - {None},
        reminder__raised_at__date=author.on,
    )
    told = told.urging().exclude(state__in=(State.DROPPED, State.FAILED)).select_related("reminder__deadline")
    return {_place(one): one for one in told.order_by("-pk")}


def _place(row: Message) -> Place:
    assert row.reminder is not None
    return row.recipient_id, row.channel, row.reminder.deadline.case_id


def _speaks_for_itself(row: Message, on: date) -> bool:
    assert row.reminder is not None
    deadline = row.reminder.deadline
    return row.urgent or deadline.case_id is None or on <= deadline.due_on <= on + CLOSE


def _add(first: Message, row: Message) -> None:
    """What went out by mail already is not told a second time that day; in the platform it is there."""
    assert row.reminder is not None
    first.also = f"{first.also}\n{row.reminder.text}".strip()
    first.read_at = None
