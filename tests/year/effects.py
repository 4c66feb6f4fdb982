"""When decisions take effect (docs/rules.md §8)."""

from datetime import date

from tests.year.calendar import DAY, Calendar
from tests.year.record import IN_FORCE, Case, Decision, Meaning

Effect = tuple[str, date | None]


class Effects:
    """The effect of every decision, from what is told, what is decided above, and what the sweep presumed."""

    def __init__(self, cases: dict[str, Case], calendar: Calendar) -> None:
        self.cases, self.calendar = cases, calendar

    def settle(self, on: date) -> None:
        """Work out every effect anew; what changes is known from this day on."""
        order = ("second", "retrial", "review", "first")
        for case in sorted(self.cases.values(), key=lambda one: order.index(one.instance)):
            for decision in case.decisions.values():
                self._becomes(decision, self.effect_of(case, decision), on)

    def _becomes(self, decision: Decision, effect: Effect, on: date) -> None:
        was = decision.effect if decision.effect in IN_FORCE else "", decision.effective_on
        now = effect[0] if effect[0] in IN_FORCE else "", effect[1]
        if bool(was[0]) != bool(now[0]) or was[1] != now[1]:
            decision.effect_told = on
        decision.effect, decision.effective_on = effect

    def effect_of(self, case: Case, decision: Decision) -> Effect:
        if self.days(case, decision):
            above = [one for one in self.cases.values() if self._reviews(one, case)]
            if above:
                return self._from_above(above, decision)
        return self._alone(case, decision)

    def _reviews(self, above: Case, case: Case) -> bool:
        return above.instance == "second" and above.get("origin") == case.number

    def _from_above(self, above: list[Case], decision: Decision) -> Effect:
        """A second instance on record: it takes away, leaves standing, or has said nothing yet."""
        for case in above:
            for later in case.decisions.values():
                meanings = {m.below for key in later.results if (m := later.meaning(key))}
                if "falls" in meanings:
                    return "reversed", None
                if "stands" in meanings and later.effect in IN_FORCE:
                    return later.effect, later.effective_on
        return "appealed", None

    def _alone(self, case: Case, decision: Decision) -> Effect:
        served, open_to_appeal = decision.get("delivered_on"), self.days(case, decision)
        if decision.get("in_force") == "是":
            return "confirmed", decision.get("effective") or served
        if decision.get("appealed") == "是" or any(choice == "yes" for _, choice, _ in decision.choices):
            return "appealed", None
        if not open_to_appeal and served:
            return "presumed", served
        if decision.presumed_on:
            return "presumed", decision.presumed_on
        return "not_yet", None

    def days(self, case: Case, decision: Decision) -> int:
        """Length of the appeal period; first-instance decisions only."""
        return decision.appeal_days() if case.instance == "first" else 0

    def last_day_to_appeal(self, case: Case, decision: Decision) -> date | None:
        served = decision.get("delivered_on")
        length = self.days(case, decision)
        return self.calendar.after(served, length) if served and length else None

    def presume(self, on: date) -> None:
        """The sweep: every appeal period that we can see has ended and nobody told of an appeal."""
        for case in self.cases.values():
            for decision in case.decisions.values():
                last = self.last_day_to_appeal(case, decision)
                if last and last < on and self.effect_of(case, decision)[0] == "not_yet":
                    decision.presumed_on = last + DAY
        self.settle(on)

    def lost(self, case: Case, decision: Decision, lane: str) -> bool | None:
        """Whether the defendant lost: as the court says, else by the table, else as the decision below."""
        told, meaning = decision.results[lane], decision.meaning(lane)
        assert meaning is not None
        if told.get("lost"):
            return bool(told.get("lost") == "是")
        return self._by_table(case, meaning, lane)

    def _by_table(self, case: Case, meaning: Meaning, lane: str) -> bool | None:
        if meaning.lost != "inherits":
            return {"lost": True, "won": False}.get(meaning.lost)
        below = self.cases.get(case.get("origin") or "")
        found = [one for one in below.decisions.values() if lane in one.results] if below else []
        return self.lost(below, found[-1], lane) if below and found else None
