"""Which defendants may be meant for each other: successors, and offices of one field above and below each other."""

from collections import defaultdict
from collections.abc import Iterable

from cases.matching.scoring import Kinship
from organisations.models import Organisation

NO_FIELD = ("", "other")


class Families:
    """All agencies that can be sued, read in one query."""

    def __init__(self) -> None:
        fields = ("pk", "successor", "superior", "domain", "region", "region__parent")
        rows = list(Organisation.objects.values_list(*fields))
        self._heir = {pk: heir for pk, heir, *_ in rows if heir}
        self._above: dict[int, set[int]] = defaultdict(set)
        self._by_root: dict[int, set[int]] = defaultdict(set)
        by_field = {(domain, region): [] for *_, domain, region, _ in rows}  # type: ignore[var-annotated]
        for pk, _, superior, domain, region, _ in rows:
            self._by_root[self.root(pk)].add(pk)
            by_field[domain, region].append(pk)
            if superior and domain not in NO_FIELD:
                self._above[pk].add(superior)
        self._domain = {pk: domain for pk, _, _, domain, *_ in rows}
        for pk, _, _, domain, _, above in rows:
            if domain not in NO_FIELD:
                self._above[pk] |= set(by_field.get((domain, above), ()))

    def root(self, agency: int) -> int:
        """The last body along the line of successors."""
        seen = {agency}
        while (heir := self._heir.get(agency)) and heir not in seen:
            seen.add(heir)
            agency = heir
        return agency

    def kinship(self, one: int, other: int) -> Kinship | None:
        """What they are to each other; None: strangers."""
        if one == other:
            return Kinship.SAME
        if self.root(one) == self.root(other):
            return Kinship.SUCCEEDED
        is_kin = self._is_below(one, other) or self._is_below(other, one)
        return Kinship.KIN if is_kin else None

    def relatives(self, agencies: Iterable[int]) -> set[int]:
        """These, and everybody who may be meant for one of them."""
        asked = set(agencies)
        found = {pk for one in asked for pk in self._by_root[self.root(one)]}
        found |= {above for one in asked for above in self._above.get(one, ())}
        return found | {pk for pk, above in self._above.items() if above & asked}

    def _is_below(self, one: int, other: int) -> bool:
        return other in self._above.get(one, ()) and self._domain[one] == self._domain[other]
