"""A year drawn from a seed: what courts, agencies and offices do, day by day. Knows no rule and no product."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.year.conduct import Conduct
from tests.year.events import AGENCIES, UPPER, Agency, Amendment, Event, Notification
from tests.year.mailing import Mail, notifications
from tests.year.suits import Docket
from tests.year.work import Letters, Staff, UnitWork

DAY = timedelta(days=1)
FIRST = date(2026, 1, 2)


@dataclass
class World:
    """A year: its events in the order in which they happen, and who is in it."""

    seed: int
    last: date
    events: dict[date, list[Event]] = field(default_factory=dict)
    cases: int = 0

    def days(self) -> Iterator[date]:
        day = FIRST
        while day <= self.last:
            yield day
            day += DAY


def make_world(seed: int, *, cases: int, months: int) -> World:
    """The year (or its first months) of so many disputes."""
    rng = Random(f"year {seed}")
    last = date(2026 + months // 12, months % 12 + 1, 1) - DAY
    world = World(seed, last)
    mail = Mail(rng, last)
    docket = Docket(rng, mail, last)
    for number in range(cases):
        docket.open(number, _filed(rng, last), *_sued(rng))
    world.cases = len(docket.suits)
    deeds = Conduct(rng, last).of(docket.suits)
    letters = Letters(rng, last)
    deeds += [*UnitWork(rng, last).all(), *Staff(rng).changes(), *letters.to_units()]
    deeds += [
        deed
        for suit in docket.suits
        for agency in suit.agencies
        for deed in letters.in_case(suit, agency, suit.decision_told)
    ]
    _file(world, [*notifications(mail, rng), *deeds, *_amendments(months)])
    return world


def _filed(rng: Random, last: date) -> date:
    """Most suits begin early enough to see something of them."""
    span = max((last - FIRST).days - 60, 20)
    return FIRST + rng.randrange(span) * DAY


def _sued(rng: Random) -> tuple[str, list[Agency]]:
    court = rng.choice([one for one in AGENCIES if one != UPPER])
    return court, rng.sample(AGENCIES[court], rng.choice([1, 1, 1, 2]))


def _amendments(months: int) -> list[Event]:
    """Half the year through a further notice moves two days of autumn."""
    if months < 8:
        return []
    off, worked = (date(2026, 9, 28),), (date(2026, 10, 11),)
    return [Amendment(date(2026, 8, 12), date(2026, 8, 11), off, worked)]


def _file(world: World, events: list[Event]) -> None:
    """By day; on one day courts speak first, then agencies and offices in the order of their making."""
    order = {Notification: 0, Amendment: 1}
    for event in sorted(events, key=lambda one: (one.day, order.get(type(one), 2))):
        if FIRST <= event.day <= world.last:
            world.events.setdefault(event.day, []).append(event)
