"""Finding the agency that a clerk's words mean: full name, alias, former name, short form of the court's region."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz, process

from courts.models import RememberedName
from lib.folding import folded
from organisations.models import Organisation, OrganisationAlias, Region

CANDIDATES = 3
LEAST_SCORE = 0.6
SHORTEST_BARE_NAME = 3
_LOCAL = re.compile(r"^[县区市](?=.)")


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means: one agency, several that fit, or none with the nearest ones."""

    agency: int | None = None
    several: tuple[str, ...] = ()
    candidates: tuple[tuple[str, str, float], ...] = ()  # code, name, score 0–1


class AgencyDirectory:
    """All agencies that can be sued, by every name they go by, as seen from one court's region."""

    def __init__(self, court: Organisation, region: Region | None = None) -> None:
        """`region`: from where a ledger sees them, where that is not the court's own."""
        self.region = region or court.region
        self.organisations = {o.pk: o for o in Organisation.objects.agencies().select_related("region")}
        self.by_name: dict[str, set[int]] = defaultdict(set)
        for organisation in self.organisations.values():
            self.by_name[folded(organisation.name)].add(organisation.pk)
        for pk, name in OrganisationAlias.objects.values_list("organisation_id", "name"):
            if pk in self.organisations:
                self.by_name[folded(name)].add(pk)
        # What people said a name of this court means goes before what it might mean elsewhere.
        remembered = RememberedName.objects.filter(court=court, ended_at=None)
        self.by_name |= {
            name: {pk} for name, pk in remembered.values_list("name", "agency_id") if pk in self.organisations
        }
        self._found: dict[tuple[str, date], Found] = {}

    def knows(self, name: str) -> bool:
        """Whether the words mean at least one agency."""
        return bool(self._named(name))

    def find(self, name: str, *, on: date) -> Found:
        """The agency that exists on the day and is meant; one that was abolished before leads to its successor."""
        if (name, on) not in self._found:
            self._found[name, on] = self._find(name, on)
        return self._found[name, on]

    def _find(self, name: str, on: date) -> Found:
        meant = {self._today(pk, on) for pk in self._named(name)}
        if len(meant) == 1:
            return Found(agency=meant.pop())
        meant = meant or {self._today(pk, on) for pk in self._ending_in(name)}
        if len(meant) > 1:
            return Found(several=tuple(self.organisations[pk].name for pk in self._own_first(meant)))
        return Found(candidates=self._nearest(name))

    def _named(self, name: str) -> set[int]:
        """By the words themselves, and with 区/县/市 in front read as the court's own region where it is one.

        In a county-level city 市政府 may be its own government or the one above: both are meant then.
        """
        plain = folded(name)
        known = set(self.by_name.get(plain, ()))
        if _LOCAL.match(plain) and plain[0] == self.region.name[-1]:
            for local in (self.region.short_name + plain, self.region.name + plain[1:]):
                known |= self.by_name.get(local, set())
        return known

    def _ending_in(self, name: str) -> set[int]:
        """Agencies of the court's region and of the city that a bare 住建局 or 公安局 may stand for."""
        plain = folded(name)
        near = {self.region.pk, self.region.parent_id}
        if len(plain) < SHORTEST_BARE_NAME:
            return set()
        found = {pk for alias in self._names if alias.endswith(plain) for pk in self.by_name[alias]}
        return {pk for pk in found if self.organisations[pk].region_id in near}

    def _own_first(self, agencies: set[int]) -> list[int]:
        """Those of the court's own region before the others, each in the order of the directory."""

        def place(pk: int) -> tuple[bool, int]:
            return self.organisations[pk].region_id != self.region.pk, self.organisations[pk].position

        return sorted(agencies, key=place)

    def _today(self, pk: int, on: date) -> int:
        """The agency itself, or whoever succeeded it by that day."""
        organisation = self.organisations[pk]
        while (
            organisation.valid_to
            and organisation.valid_to < on
            and organisation.successor_id in self.organisations
        ):
            organisation = self.organisations[organisation.successor_id]
        return organisation.pk

    @cached_property
    def _names(self) -> list[str]:
        return list(self.by_name)

    def _nearest(self, name: str) -> tuple[tuple[str, str, float], ...]:
        """The agencies with the most similar names; those of the court's region first among equals."""
        close = process.extract(folded(name), self._names, scorer=fuzz.ratio, limit=CANDIDATES * 4)
        scores: dict[int, float] = {}
        for alias, score, _ in close:
            for pk in self.by_name[alias]:
                scores[pk] = max(scores.get(pk, 0), round(score / 100, 2))
        own = self.region.pk
        ordered = sorted(scores, key=lambda pk: (-scores[pk], self.organisations[pk].region_id != own, pk))
        return tuple(
            (self.organisations[pk].code, self.organisations[pk].name, scores[pk])
            for pk in ordered[:CANDIDATES]
            if scores[pk] >= LEAST_SCORE
        )
