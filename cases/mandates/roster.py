"""负责人名册 of an agency that cannot keep it itself: nobody is named for a hearing who is not on it."""

from django.db import transaction

from cases.record.sources import entry_of
from organisations.authors import Author
from organisations.models import Head
from organisations.rosters import HeadDetails, add_head


@transaction.atomic
def enter_head(details: HeadDetails, *, author: Author) -> Head:
    """Put a head on the roster of whom the author speaks for. Raises ValidationError like `add_head`."""
    head = add_head(author.speaker, details, author=author)
    entry_of(author, f"负责人名册：增加 {head}")
    return head
