"""分组 decided by the office: an organisation belongs to another group from a day on."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from organisations import audit
from organisations.authors import Author
from organisations.models import Group, Grouping, Organisation, decided_groups, usual_group


@dataclass(frozen=True, slots=True)
class Grouped:
    """An organisation with the group it belongs to on a day; `decided` where somebody decided so."""

    organisation: Organisation
    group: str
    decided: bool

    @property
    def label(self) -> str:
        return str(Group(self.group).label) if self.group else "未归属"


def grouped(region: str, *, on: date) -> list[Grouped]:
    """Every organisation of a region and of those under it that can be sued, in official order."""
    decided = decided_groups(on)
    found = Organisation.objects.agencies().existing(on=on).within(region).select_related("region")
    return [
        Grouped(one, decided.get(one.pk) or usual_group(one.kind, one.region.kind), one.pk in decided)
        for one in found.order_by("region__position", "position", "code")
    ]


@transaction.atomic
def put_in_group(
    organisation: Organisation, group: str, *, since: date, reason: str, author: Author
) -> Grouping:
    """Let it belong to a group from a day on; periods that end before keep the earlier one. Raises ValidationError."""
    if Grouping.objects.filter(organisation=organisation, first=since).exists():
        raise ValidationError(
            {"since": f"{organisation.short_name}自 {since} 起的分组已经登记过，请换一个起用日。"}
        )
    entered = Grouping.objects.create(
        organisation=organisation, group=group, first=since, reason=reason, entered_at=author.at,
        entered_by=author.signer,
    )  # fmt: skip
    audit.record(author, "organisation.group", f"{entered}（{reason}）", about=organisation)
    return entered
