"""Who holds which post when, and whom a step of urging tells (docs/rules.md §13)."""

from collections import Counter
from collections.abc import Iterator

from tests.year.events import BY_CODE, GOVERNMENTS, MAILED, OFFICES, SUPERVISION

ROLES = {
    **dict.fromkeys(BY_CODE, ("liaison", "head")),
    **dict.fromkeys(OFFICES.values(), ("clerk", "chief")),
    **dict.fromkeys(GOVERNMENTS.values(), ("government",)),
    SUPERVISION: ("supervision",),
}


class People:
    """The posts of all units as they are now: the first one who holds it, the second, …"""

    def __init__(self) -> None:
        self.count: Counter[tuple[str, str]] = Counter()
        self.present: dict[tuple[str, str], str] = {}
        for unit, roles in ROLES.items():
            for role in roles:
                self.join(unit, role)

    def join(self, unit: str, role: str) -> None:
        self.count[unit, role] += 1
        self.present[unit, role] = f"{unit} {role} {self.count[unit, role]}"

    def leave(self, unit: str, role: str) -> None:
        del self.present[unit, role]

    def told(self, unit: str, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Person and channel: in the platform always, by mail where there is an address."""
        for place in dict.fromkeys(place for word in words for place in _places(unit, word)):
            if person := self.present.get(place):
                yield person, "in_app"
                if place[0] in MAILED:
                    yield person, "email"


def _places(unit: str, word: str) -> list[tuple[str, str]]:
    """The office that serves an agency is that of its own region."""
    region = BY_CODE[unit].region if unit in BY_CODE else ""
    return {
        "liaison": [(unit, "liaison")],
        "head": [(unit, "head")],
        "office": [(OFFICES.get(region, ""), "clerk")],
        "office_head": [(OFFICES.get(region, ""), "chief")],
        "government_office": [(GOVERNMENTS.get(region, ""), "government")],
        "owner": [(unit, "clerk"), (unit, "supervision")],
        "owner_head": [(unit, "chief")],
    }[word]
