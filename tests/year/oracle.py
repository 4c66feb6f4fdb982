"""The oracle: told the events of a year, it says day by day what is owed, in plain Python from docs/rules.md."""

from collections.abc import Iterator
from datetime import date

from tests.year.acts import Acts, Held, Place, Refused, identity
from tests.year.calendar import Calendar
from tests.year.duties import Duties, Duty
from tests.year.effects import Effects
from tests.year.events import Amendment, Event, Notification
from tests.year.notified import Notified
from tests.year.people import People
from tests.year.record import Case, Hearing, Lane, Order
from tests.year.regular import Regular
from tests.year.urging import Taken, reached, told

Told = tuple[str, str, str, Duty, int]  # person, channel, case, what about, which step


class Oracle(Acts):
    """The state of the world as the rules see it."""

    def __init__(self) -> None:
        self.calendar = Calendar()
        self.record = Notified()
        self.effects = Effects(self.record.cases, self.calendar)
        self.law = Duties(self.effects, self.calendar)
        self.regular = Regular(self.record.cases, self.law)
        self.orders: dict[Place, dict[tuple, list[Order]]] = {}
        self.book: dict[tuple, Held] = {}
        self.on = date.min
        self.people = People()
        self.messages: list[Told] = []

    def morning(self, on: date) -> None:
        """The sweep presumes effects and raises the steps that have come, each once."""
        self.on, self.messages = on, []
        self.effects.presume(on)
        self.regular.ask(on)
        self._settle()
        self._urge()

    def _urge(self) -> None:
        """A met, paused, waived, missed or void duty is not urged."""
        for held in self.book.values():
            if held.duty.state == "open" and held.duty.urged:
                step = reached(held.duty, self.calendar, self.on)
                if step and step not in held.steps:
                    held.steps.append(step)
                    self._tell(held, step)

    def _tell(self, held: Held, step: Taken) -> None:
        """One message a day about one case to one person and channel, but for the last three days of a duty."""
        for person, channel in self.people.told(held.lane.agency, told(held.duty, step)):
            self.messages.append((person, channel, held.case.number, held.duty, step[1]))

    def take(self, event: Event) -> str:
        """One event; returns why it is refused, or nothing."""
        try:
            self._take(event)
        except Refused as refused:
            return str(refused) or "refused"
        self.effects.settle(self.on)
        self._settle()
        return ""

    def _take(self, event: Event) -> None:
        if isinstance(event, Notification):
            self.record.take(event)
        elif isinstance(event, Amendment):
            self.calendar.amend(event.off, event.worked)
        else:
            self.do(event)

    # The book of duties

    def _settle(self) -> None:
        """Bring the book up to date: what is called for, and what no fact calls for any more."""
        called = set()
        for case, lane, duty in self._called():
            key = (case.number, lane.key, duty.rule, identity(duty.about))
            called.add(key)
            held = self.book.setdefault(key, Held(case, lane, duty, []))
            if not self._closed(held.duty, duty):
                held.duty = duty
        for key in self.book.keys() - called:
            self._end(key, self.book[key])

    def _end(self, key: tuple, held: Held) -> None:
        """No fact calls for it; of a hearing that was found to be another one's new day nothing is left."""
        about = held.duty.about
        if isinstance(about, Hearing) and about not in held.case.hearings:
            del self.book[key]
        elif held.duty.state in ("open", "suspended"):
            held.duty.state = "void"

    def _closed(self, known: Duty, now: Duty) -> bool:
        """A matter that was met stays as it was judged, until a fact of it is corrected (§1)."""
        return known.state == "met" and known.met_on == now.met_on and known.facts == now.facts

    def _called(self) -> Iterator[tuple[Case, Lane, Duty]]:
        for case in self.record.cases.values():
            for lane in case.lanes.values():
                orders = self.orders.get((case.number, lane.key), {})
                yield from ((case, lane, duty) for duty in self.law.of(case, lane, orders))
        units = self.regular.case
        for lane in units.lanes.values():
            yield from ((units, lane, duty) for duty in self.law.of_unit(units, lane))
