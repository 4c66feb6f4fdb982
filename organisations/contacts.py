"""现由谁办: the person of a unit who deals with a matter, the number to call, and how both are changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation, Post, User
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


@transaction.atomic
def change_contact(user: User, *, phone: str, email: str, author: Author) -> None:
    """How a person is reached; the trail tells that it changed, and by whom, not the numbers."""
    user.phone, user.email = phone, email
    user.save(update_fields=["phone", "email"])
    audit.record(author, "contact.change", f"修改 {user.username} 的电话和邮箱", about=user)


@transaction.atomic
def change_unit_phone(unit: Organisation, *, phone: str, author: Author) -> None:
    """The number of a unit's office, which stands beside 现由 where its liaison has none."""
    before, unit.phone = unit.phone, phone
    unit.save(update_fields=["phone"])
    audit.record(
        author, "contact.unit", f"{unit} 的电话：{before or '未登记'} → {phone or '未登记'}", about=unit
    )
