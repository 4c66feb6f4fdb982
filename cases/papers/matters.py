"""What a paper is about beside its lane: a decision, a hearing, a paper that came in, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.models import Decision, Hearing, Incoming, Lane


@dataclass(frozen=True, slots=True)
class Matter:
    """What one paper is about; at most one of the three."""

    decision: Decision | None = None
    hearing: Hearing | None = None
    incoming: Incoming | None = None

    def about(self) -> dict[str, Any]:
        """As the fields of a submission."""
        return {"decision": self.decision, "hearing": self.hearing, "incoming": self.incoming}


class NoMatter(LookupError):
    """There is nothing of the kind in the lane that such a paper could be about."""


# Finds what a paper of a lane is about, by the id that the address names (None: the newest). Raises NoMatter.
Finder = Callable[[Lane, int | None], Matter]


def nothing(lane: Lane, about: int | None) -> Matter:
    """The paper is about the lane alone."""
    return Matter()


def decision_if_known(lane: Lane, about: int | None) -> Matter:
    """A decision of the lane; nothing where the court has told of none yet."""
    of_lane = Decision.objects.filter(case=lane.case, outcomes__lane=lane)
    found = of_lane.filter(pk=about).first() if about else of_lane.order_by("-decided_on").first()
    return Matter(decision=found)


def the_decision(lane: Lane, about: int | None) -> Matter:
    """A decision of the lane, which there must be."""
    matter = decision_if_known(lane, about)
    if matter.decision is None:
        raise NoMatter
    return matter


def the_hearing(lane: Lane, about: int | None) -> Matter:
    """A hearing of the case that was held or is to come."""
    hearings = lane.case.hearings.filter(state__in=(Hearing.State.HELD, Hearing.State.SCHEDULED))
    found = hearings.filter(pk=about).first() if about else hearings.order_by("-day").first()
    if found is None:
        raise NoMatter
    return Matter(hearing=found)


def the_incoming(lane: Lane, about: int | None) -> Matter:
    """A registered paper that came in, which the address names."""
    found = Incoming.objects.standing().filter(lane=lane, pk=about or 0).first()
    if found is None:
        raise NoMatter
    return Matter(incoming=found)
