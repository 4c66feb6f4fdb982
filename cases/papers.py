"""When the recipient of a paper opened it."""

from django.db import transaction

from cases.models import Paper, PaperDelivery
from organisations import audit
from organisations.authors import Author


@transaction.atomic
def note_opened(paper: Paper, *, author: Author) -> None:
    """Keep the moment the recipient first opened it; later openings change nothing."""
    changed = PaperDelivery.objects.filter(paper=paper, recipient=author.organisation, opened_at=None).update(
        opened_at=author.at, opened_by=author.post
    )
    if changed:
        audit.record(author, "paper.open", f"阅 {paper.number}", about=paper)
