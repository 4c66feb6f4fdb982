"""负责人名册 of a unit: adding a head, changing an entry, ending a term."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from organisations import audit
from organisations.authors import Author
from organisations.models import Head, Organisation, User
from organisations.overtaken import Overtaken


@dataclass(frozen=True, slots=True)
class HeadDetails:
    """An entry of the roster; `kind` is one of `rules.appearance.HeadKind`."""

    name: str
    position: str
    kind: str
    first: date
    last: date | None = None
    in_charge_of: str = ""
    user: User | None = None


@transaction.atomic
def add_head(organisation: Organisation, details: HeadDetails, *, author: Author) -> Head:
    """Put a head on the roster. Raises ValidationError where the same person holds the same post already."""
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk=organisation.pk).values_list("pk"))
    same = Head.objects.filter(
        organisation=organisation, name=details.name, position=details.position, last=None
    )
    if same.exists():
        raise ValidationError({"name": f"{details.name}（{details.position}）已在名册中。"})
    _require_own_account(organisation.pk, details)
    head = Head.objects.create(organisation=organisation, **_fields(details))
    audit.record(author, "head.add", f"负责人名册：增加 {head}，{head.get_kind_display()}", about=head)
    return head


@transaction.atomic
def change_head(head: Head, details: HeadDetails, *, revision: int, author: Author) -> Head:
    """Change an entry. Raises Overtaken where somebody changed it since `revision`."""
    head = Head.objects.select_for_update(of=("self",)).get(pk=head.pk)
    fields = _fields(details)
    _require_own_account(head.organisation_id, details, but=head.pk)
    if all(getattr(head, name) == value for name, value in fields.items()):
        return head
    if head.revision != revision:
        raise Overtaken({name: getattr(head, name) for name in fields}, head.revision)
    for name, value in fields.items():
        setattr(head, name, value)
    head.revision += 1
    head.save()
    audit.record(author, "head.change", f"负责人名册：更改 {head}", about=head)
    return head


def _require_own_account(organisation: int, details: HeadDetails, *, but: int = 0) -> None:
    """One account stands for one person of the roster."""
    others = Head.objects.filter(organisation=organisation, user=details.user, last=None).exclude(pk=but)
    taken = others.exclude(name=details.name).first() if details.user else None
    if taken:
        raise ValidationError({"account": f"该账号已登记为{taken}的本人账号。"})


def _fields(details: HeadDetails) -> dict[str, object]:
    if details.last and details.last < details.first:
        raise ValidationError({"last": "任职止日不能早于任职起日。"})
    return {
        "name": details.name,
        "position": details.position,
        "kind": details.kind,
        "first": details.first,
        "last": details.last,
        "in_charge_of": details.in_charge_of,
        "user": details.user,
    }
