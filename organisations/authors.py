"""Who acts, in which post, when and from where: what every use case is told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from organisations.models import Organisation, Post


@dataclass(frozen=True, slots=True)
class Author:
    """The person (or, with no post, the system) behind an act, and the moment of it."""

    at: datetime
    post: Post | None = None
    address: str = ""

    @property
    def on(self) -> date:
        """The local day of the act."""
        return localtime(self.at).date()

    @property
    def organisation(self) -> Organisation | None:
        return self.post.organisation if self.post else None

    @property
    def name(self) -> str:
        return self.post.user.name if self.post else "系统"
