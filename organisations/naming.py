"""更名: an organisation is called otherwise from a day on; what was written before keeps the name of its day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation, OrganisationAlias

FORMER = OrganisationAlias.Kind.FORMER


@transaction.atomic
def rename(organisation: Organisation, name: str, short_name: str, *, since: date, author: Author) -> None:
    """Give it a new name from a day on; the old one becomes a former name that is understood for ever.

    Raises ValidationError for a day that has not come or lies in the time of an earlier name, for the name it has,
    and for one that another organisation has.
    """
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    _check(locked, name, since, author)
    earlier = locked.aliases.filter(kind=FORMER).aggregate(last=Max("valid_to"))["last"]
    OrganisationAlias.objects.update_or_create(
        organisation=locked,
        name=locked.name,
        defaults={
            "kind": FORMER,
            "valid_from": earlier + timedelta(days=1) if earlier else None,
            "valid_to": since - timedelta(days=1),
        },
    )
    old, locked.name, locked.short_name = locked.name, name, short_name
    locked.save(update_fields=["name", "short_name"])
    audit.record(author, "organisation.rename", f"更名：{old} → {name}，自 {since}", about=locked)


def _check(organisation: Organisation, name: str, since: date, author: Author) -> None:
    if since > author.on:
        raise ValidationError({"since": f"更名日期不能晚于今天（{author.on}）。"})
    if name == organisation.name:
        raise ValidationError({"name": "与现名相同。"})
    others = Organisation.objects.exclude(pk=organisation.pk).filter(valid_to=None, name=name)
    if others.exists():
        raise ValidationError({"name": f"名录中已有“{name}”。"})
    if organisation.aliases.filter(kind=FORMER, valid_to__gte=since).exists():
        raise ValidationError({"since": "更名日期须晚于上一次更名。"})
