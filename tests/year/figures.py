"""The figures of a period by the oracle: sets of ids, counted last (docs/rules.md §10, §11)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.year.duties import justified
from tests.year.events import BY_CODE
from tests.year.oracle import Held, Oracle
from tests.year.record import MEANINGS, Case, Decision, Hearing, Thing

Verdict = bool | str | None  # in the numerator, in the rest, excluded with a reason, no part of it


@dataclass
class Figure:
    """Numerator, rest and what is excluded, by id: a case, or a case and an agency."""

    numerator: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)

    def add(self, key: str, verdict: Verdict) -> None:
        if isinstance(verdict, str):
            self.excluded.append(key)
        elif verdict is not None:
            (self.numerator if verdict else self.rest).append(key)

    @property
    def all(self) -> int:
        return len(self.numerator) + len(self.rest)


def came(said: Thing) -> bool:
    return bool(said.get("负责人是否出庭") == "是")


def unexcused(said: Thing) -> bool:
    """Absent without a ground, or with one the court rejected (§12)."""
    if came(said) or justified(said):
        return False
    return not said.get("未出庭理由") or said.get("法院认定") == "不成立"


class Figures:
    """The figures of the agencies of a region (all, where none is named) in a period, as known on a day."""

    def __init__(self, oracle: Oracle, first: date, last: date, on: date, region: str = "") -> None:
        self.oracle, self.first, self.last, self.on, self.region = oracle, first, last, on, region

    def all(self) -> dict[str, Figure]:
        return {
            "appearance_rate": self._heard(self._appeared),
            "appearance_rate_principal": self._heard(self._principal),
            "appearance_compliance_rate": self._heard(self._complied),
            "spoke_rate": self._heard(self._spoke),
            "performance_rate": self._performed(on_time=False),
            "performance_on_time_rate": self._performed(on_time=True),
            "report_on_time_rate": self.papers("defence_report"),
            "filing_on_time_rate": self.papers("judgment_filing"),
            "loss_rate_concluded": self._lost(judged=False),
            "loss_rate_judged": self._lost(judged=True),
            "rescheduled_count": self._rescheduled(),
            "withdrawal_after_change_count": self._withdrawn(),
        }

    def _within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def _ours(self, agency: str) -> bool:
        return not self.region or BY_CODE[agency].region == self.region

    def _cases(self) -> Iterator[Case]:
        return iter(self.oracle.record.cases.values())

    # Appearances

    def heard(self) -> Iterator[tuple[Case, list[Thing]]]:
        """Cases whose first held hearing lies in the period, with what the court said of our agencies."""
        for case in (one for one in self._cases() if one.instance != "review"):
            held = [one for one in case.hearings if one.state == "held" and one.day <= self.on]
            ours = [key for key, lane in case.lanes.items() if self._ours(lane.agency)]
            if held and ours and self._within(min(one.day for one in held)):
                yield case, [one.statements[key] for one in held for key in ours if key in one.statements]

    def _heard(self, judge: Callable[[list[Thing]], Verdict]) -> Figure:
        figure = Figure()
        for case, said in self.heard():
            figure.add(case.number, judge(said) if said else "nobody told")
        for case in self._cases():
            if self._fell_through(case):
                figure.add(case.number, "not heard")
        if judge == self._spoke:
            figure.excluded = [key for key in figure.excluded if self._is_silent(key)]
        return figure

    def _is_silent(self, number: str) -> bool:
        """Of cases without a head who came nothing is said about speaking."""
        return any(came(one) for case, said in self.heard() if case.number == number for one in said)

    def _fell_through(self, case: Case) -> bool:
        ours = any(self._ours(lane.agency) for lane in case.lanes.values())
        held = any(one.state == "held" and one.day <= self.on for one in case.hearings)
        return ours and not held and any(self._was_set(one) for one in case.hearings)

    def _was_set(self, hearing: Hearing) -> bool:
        return self._within(hearing.day) and hearing.day <= self.on

    def _appeared(self, said: list[Thing]) -> Verdict:
        return any(came(one) for one in said)

    def _principal(self, said: list[Thing]) -> Verdict:
        return any(came(one) and one.get("职级") == "正职" for one in said)

    def _complied(self, said: list[Thing]) -> Verdict:
        return any(came(one) for one in said) or all(justified(one) for one in said)

    def _spoke(self, said: list[Thing]) -> Verdict:
        spoken = [one.get("是否发言") for one in said if came(one)]
        if not spoken:
            return None
        return "是" in spoken if any(spoken) else "not told"

    # Duties

    def duties(self, rule: str) -> Iterator[Held]:
        """Those whose day lies in the period, and those of before that were not done when it began."""
        for held in self.oracle.book.values():
            ours = held.duty.rule == rule and self._ours(held.lane.agency)
            if ours and (self._within(held.duty.due_on) or self.is_left_over(held)):
                yield held

    def is_left_over(self, held: Held) -> bool:
        if held.duty.due_on >= self.first or held.duty.state in ("waived", "missed", "void"):
            return False
        done = self.performed_on(held) if held.duty.rule == "obligation" else held.duty.met_on
        return done is None or done >= self.first

    def done_by_the_end(self, done: date | None) -> bool:
        """What was done after the period is done in a later one."""
        return done is not None and done <= self.last

    def uncounted(self, held: Held) -> bool:
        """Paused, waived, void, or its day is not over yet."""
        return held.duty.state in ("suspended", "waived", "void") or held.duty.due_on >= self.on

    def papers(self, rule: str) -> Figure:
        figure = Figure()
        for held in self.duties(rule):
            met = held.duty.met_on
            in_time = met is not None and met <= held.duty.due_on
            figure.add(_lane(held), "not counted" if self.uncounted(held) else in_time)
        return figure

    def _performed(self, *, on_time: bool) -> Figure:
        figure = Figure()
        for held in self.duties("obligation"):
            if held.duty.state == "void":
                continue
            done = self.performed_on(held)
            counted = self.done_by_the_end(done) and (not on_time or done <= held.duty.due_on)
            uncounted = self.uncounted(held) or self.is_suspended(held)
            figure.add(_lane(held), "not counted" if uncounted else counted)
        return figure

    def is_suspended(self, held: Held) -> bool:
        """因再审中止."""
        done = held.lane.performances.get(held.duty.about)
        return done is not None and done.state == "suspended"

    def performed_on(self, held: Held) -> date | None:
        """What the office has found true; a report alone is not counted."""
        done = held.lane.performances.get(held.duty.about)
        return done.on if done and done.state == "done" else None

    # Decisions

    def _decided(self) -> Iterator[tuple[str, Case, str, Decision]]:
        for case in self._cases():
            for decision in case.decisions.values():
                day = decision.get("decided_on")
                if case.instance in ("first", "retrial") and self._within(day) and day <= self.on:
                    for key in decision.results:
                        agency = case.lanes[key].agency
                        if self._ours(agency):
                            yield f"{case.number} · {agency}", case, key, decision

    def _lost(self, *, judged: bool) -> Figure:
        figure = Figure()
        for key, case, lane, decision in self._decided():
            verdict = self._verdict(case, lane, decision)
            figure.add(key, "not judged" if judged and decision.document != "判决" else verdict)
        return figure

    def _verdict(self, case: Case, lane: str, decision: Decision) -> Verdict:
        lost = self.oracle.effects.lost(case, decision, lane)
        if decision.effect == "reversed":
            return "set aside"
        open_ = MEANINGS[decision.results[lane].get("result")].lost in ("inherits", "person")
        return "nobody knows" if lost is None and open_ else bool(lost)

    def _withdrawn(self) -> Figure:
        figure = Figure()
        for key, case, lane, decision in self._decided():
            changed = decision.results[lane].get("result") == "改变行政行为后撤诉"
            verdict = self._verdict(case, lane, decision)
            figure.add(key, True if changed else verdict if isinstance(verdict, str) else False)
        return figure

    def _rescheduled(self) -> Figure:
        """Hearings that were set for a day of the period and told to be on another day."""
        figure = Figure()
        for case in self._cases():
            moved = [old for one in case.hearings for old, told in one.moves if told <= self.on]
            if any(self._within(old) for old in moved):
                for lane in case.lanes.values():
                    if self._ours(lane.agency):
                        figure.add(f"{case.number} · {lane.agency}", True)
        return figure


def _lane(held: Held) -> str:
    return f"{held.case.number} · {held.lane.agency}"
