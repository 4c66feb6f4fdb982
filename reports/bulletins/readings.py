"""回执 of bulletins: opened and confirmed are two facts."""

from django.db import transaction

from organisations import audit
from organisations.authors import Author
from reports.models import Bulletin, BulletinReading


def record_opening(bulletin: Bulletin, author: Author) -> BulletinReading | None:
    """Note that a post opened an issued bulletin, once; a draft leaves no receipt."""
    if bulletin.state != Bulletin.State.ISSUED or author.post is None:
        return None
    return BulletinReading.objects.get_or_create(
        bulletin=bulletin, post=author.post, defaults={"opened_at": author.at}
    )[0]


@transaction.atomic
def confirm_reading(bulletin: Bulletin, author: Author) -> BulletinReading | None:
    """Note that a post confirmed having read it; a second confirmation keeps the first time."""
    reading = record_opening(bulletin, author)
    if reading is not None and reading.confirmed_at is None:
        reading.confirmed_at = author.at
        reading.save(update_fields=["confirmed_at"])
        audit.record(author, "bulletin.confirm", f"确认收悉 {bulletin.title}", about=bulletin)
    return reading
