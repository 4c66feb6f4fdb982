"""One year, played day by day on both sides and compared every evening."""

from collections.abc import Callable
from datetime import date

from tests.year.compare import Differences
from tests.year.messages import look as told
from tests.year.numbers import is_last_of_month, look
from tests.year.oracle import Oracle
from tests.year.play import Player
from tests.year.world import World


class Year:
    """A world, the product that lives through it, and the oracle that is told the same."""

    def __init__(self, world: World, player: Player) -> None:
        self.world, self.player = world, player
        self.oracle, self.found = Oracle(), Differences()

    def live(self, *, evening: Callable[[date], None] = lambda day: None) -> list[str]:
        """All days; returns the differences."""
        for day in self.world.days():
            self._day(day)
            evening(day)
        return self.found.lines + self.player.remarks

    def _day(self, day: date) -> None:
        self.player.morning(day)
        self.oracle.morning(day)
        told(self.oracle, day, self.found)
        for event in self.world.events.get(day, []):
            refused, refuses = self.player.take(event), self.oracle.take(event)
            if bool(refused) != bool(refuses):
                key = " ".join(
                    str(getattr(event, name, "")) for name in ("what", "case", "agency", "court", "month")
                )
                self.found.note("act", key, refused or "accepted", refuses or "accepted", day)
        self.found.look(self.oracle, day)
        if is_last_of_month(day):
            self.found.look_at_steps(self.oracle, day)
            self.player.timed("figures", lambda: look(self.oracle, day, self.found))
