"""Who acts, in which post, when and from where: what every use case is told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from organisations.models import Organisation, Post, User


@dataclass(frozen=True, slots=True)
class Behalf:
    """代录: for which organisation the author enters, under which mandate (its id), and how provenance says so."""

    organisation: Organisation
    mandate: int
    words: str
    lane: int | None = None  # of an agency's case; a court tells of many
    # The day on which the paper came to the office; what is entered counts as handed in then.
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """The person behind an act, and the moment of it; with neither post nor person it is the system."""

    at: datetime
    post: Post | None = None
    address: str = ""
    # Somebody signed in who acts in no post: opening a session, changing a password.
    person: User | None = None
    behalf: Behalf | None = None

    @property
    def on(self) -> date:
        """The local day of the act."""
        return localtime(self.at).date()

    @property
    def handed_in_on(self) -> date:
        """The day on which what is handed in counts: that of the act, or that on which an office got the paper."""
        return (self.behalf and self.behalf.received_on) or self.on

    @property
    def signer(self) -> Post:
        """The post that answers for the act. Raises ValueError where only the system acts."""
        if self.post is None:
            raise ValueError("This act needs a person.")
        return self.post

    @property
    def organisation(self) -> Organisation | None:
        return self.post.organisation if self.post else None

    @property
    def speaker(self) -> Organisation:
        """Whose word it is: the author's own organisation, or the one entered for. ValueError for the system."""
        return self.behalf.organisation if self.behalf else self.signer.organisation

    @property
    def user(self) -> User | None:
        return self.post.user if self.post else self.person

    @property
    def name(self) -> str:
        return self.user.name if self.user else "系统"
