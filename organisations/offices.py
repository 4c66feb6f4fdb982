"""Which office serves an organisation: that of its own region, or of the region above."""

from collections.abc import Iterable
from datetime import date

from organisations.models import Organisation


def offices_for(organisations: Iterable[int], kind: str, *, on: date) -> dict[int, int]:
    """For each organisation (by id) the office of that kind that serves it; none for the office itself alone.

    An office is served by the one of the region above, so that nobody watches himself.
    """
    offices = Organisation.objects.filter(kind=kind).existing(on=on).order_by("-position", "-pk")
    of_region = dict(offices.values_list("region", "pk"))
    found = {}
    served = Organisation.objects.filter(pk__in=list(organisations))
    for pk, region, above in served.values_list("pk", "region", "region__parent"):
        near = (of_region.get(each) for each in (region, above) if each)
        office = next((each for each in near if each not in (None, pk)), None)
        if office is not None:
            found[pk] = office
    return found
