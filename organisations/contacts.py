"""现由谁办: the person of a unit who deals with a matter, and the number to call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from organisations.models import Organisation, Post
from organisations.roles import Role


@dataclass(frozen=True, slots=True)
class Contact:
    """A unit with its liaison; both person and number may be unknown."""

    unit: str
    person: str = ""
    phone: str = ""


def contacts_of(units: Collection[Organisation], *, on: date) -> dict[int, Contact]:
    """The liaison of each unit, by its id; a unit without one is there with the number of its office. One query."""
    posts = Post.objects.active(on=on).filter(
        organisation__in=[one.pk for one in units], role=Role.AGENCY_LIAISON
    )
    liaisons = {post.organisation_id: post.user for post in posts.select_related("user").order_by("-pk")}
    found = {}
    for unit in units:
        user = liaisons.get(unit.pk)
        phone = (user.phone if user else "") or unit.phone
        found[unit.pk] = Contact(unit.short_name, user.name if user else "", phone)
    return found
