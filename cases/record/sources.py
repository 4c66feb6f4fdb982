"""The source of what a person states in the platform itself."""

from cases.models import Source
from organisations.authors import Author


def agency_source(author: Author) -> Source:
    """What the author's agency states."""
    return _source(Source.Kind.AGENCY, author)


def office_source(author: Author) -> Source:
    """What the author's office states."""
    return _source(Source.Kind.OFFICE, author)


def _source(kind: str, author: Author) -> Source:
    return Source.objects.create(
        kind=kind, organisation=author.signer.organisation, stated_at=author.at, stated_by=author.post
    )
