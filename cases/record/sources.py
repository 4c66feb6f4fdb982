"""The source of what a person states in the platform itself."""

from cases.models import MandatedEntry, Source
from organisations.authors import Author
from organisations.roles import AGENCY_ROLES, ROLES, Scope


def agency_source(author: Author, what: str) -> Source:
    """What the author's agency states, or the agency for which an office enters; `what` names the act."""
    return _source(Source.Kind.AGENCY, author, entry_of(author, what))


def office_source(author: Author) -> Source:
    """What the author's office states."""
    return _source(Source.Kind.OFFICE, author)


def own_source(author: Author) -> Source:
    """What the author's court, agency or office states."""
    role = author.signer.role
    if ROLES[role].scope == Scope.COURT:
        return _source(Source.Kind.COURT, author)
    return _source(Source.Kind.AGENCY, author) if role in AGENCY_ROLES else office_source(author)


def _source(kind: str, author: Author, entry: MandatedEntry | None = None) -> Source:
    behalf = author.behalf
    return Source.objects.create(
        kind=kind,
        organisation=author.speaker,
        stated_at=author.at,
        stated_by=author.post,
        entry=entry,
        handed_in_on=behalf.received_on if behalf else None,
    )


def entry_of(author: Author, what: str) -> MandatedEntry | None:
    """代录 of this act, if an office enters: one, also where the act states several things."""
    behalf = author.behalf
    if behalf is None:
        return None
    entry, is_new = MandatedEntry.objects.get_or_create(
        mandate_id=behalf.mandate,
        entered_at=author.at,
        defaults={"what": what[:100], "words": behalf.words[:500]},
    )
    if not is_new:
        entry.what = f"{entry.what}、{what}"[:100]
        entry.save(update_fields=["what"])
    return entry
