"""告知: what happened to a matter of several organisations is told to those who do the work there."""

from collections.abc import Collection, Mapping

from django.db import transaction

from cases.law import Law
from organisations.authors import Author
from supervision.models import Message, Notice
from supervision.reminders.outbox import Outbox
from supervision.reminders.recipients import Directory


@transaction.atomic
def tell(
    organisations: Mapping[int, str],
    text: str,
    path: str,
    *,
    author: Author,
    law: Law,
    to: Collection[int] = (),
) -> int:
    """Tell the clerks and liaisons of these organisations, each with the reason why; returns how many people.

    The first sentence of `text` is the title; `path` is the page where the matter stands. With `to`, these posts there
    are told instead.
    """
    notice = Notice.objects.create(text=text[:500], path=path, raised_at=author.at, raised_by=author.post)
    directory = Directory.around(organisations, on=author.on)
    outbox = Outbox(directory, author=author, law=law)
    people = {
        one.post.pk: one for pk, why in organisations.items() for one in directory.working_at(pk, why, to)
    }
    Message.objects.bulk_create(row for one in people.values() for row in outbox.of_notice(notice, one))
    return len(people)
