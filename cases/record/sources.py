"""The source of what a person states in the platform itself."""

from cases.models import Source
from organisations.authors import Author
from organisations.roles import AGENCY_ROLES, ROLES, Scope


def agency_source(author: Author) -> Source:
    """What the author's agency states."""
    return _source(Source.Kind.AGENCY, author)


def office_source(author: Author) -> Source:
    """What the author's office states."""
    return _source(Source.Kind.OFFICE, author)


def own_source(author: Author) -> Source:
    """What the author's court, agency or office states."""
    role = author.signer.role
    if ROLES[role].scope == Scope.COURT:
        return _source(Source.Kind.COURT, author)
    return agency_source(author) if role in AGENCY_ROLES else office_source(author)


def _source(kind: str, author: Author) -> Source:
    return Source.objects.create(
        kind=kind, organisation=author.signer.organisation, stated_at=author.at, stated_by=author.post
    )
