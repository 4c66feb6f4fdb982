"""The ladders of urging: which step is taken on which day, what it does and whom it tells; dated data, not code."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast, get_args

from rules.calendars import DAY, WorkCalendar
from rules.rulebook import Mode
from rules.strict_toml import DataFileError, Entry, read_toml

_DIGITS = re.compile("[0-9]+")
LADDERS = Path(__file__).parent / "data" / "ladders.toml"

Recipient = Literal["liaison", "head", "office", "office_head", "government_office", "owner", "owner_head"]
Letter = Literal["appearance", "performance"]
Anchor = Literal["due", "event"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: when, what it says, whom it tells, and what people are asked to do about it."""

    step: str
    label: str
    days: int  # from the anchor day; negative before it
    counted: Mode
    words: str
    to: tuple[Recipient, ...]
    letter: Letter | None = None  # the letter to draft; a person signs it
    phone: bool = False  # an office clerk is asked to call
    urgent: bool = False  # pushed outside the push window too
    every: int | None = None  # repeated every so many days until the duty is met
    times: int | None = None  # how often it is taken in all; None: until the duty is met

    @property
    def for_people(self) -> bool:
        """Whether somebody in the office has to act on its day."""
        return self.phone or self.letter is not None

    def on_day(self, days: int) -> "Rung":
        """The step on another day, with words that say that day."""
        if days == self.days:
            return self
        number = str(abs(days))
        words = _DIGITS.sub(number, self.words, count=1)
        if days < 0 and (self.days == 0 or words == self.words):  # 今日 24:00 截止 names an hour, not days
            words = f"还有 {number} 日截止"
        return replace(self, days=days, label=_DIGITS.sub(number, self.label, count=1), words=words)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a ladder on its day."""

    rung: Rung
    on: date


@dataclass(frozen=True)
class Ladder:
    """One version of a ladder, its steps in the order of their days."""

    key: str
    version: int
    label: str
    valid_from: date
    citation: str
    rules: tuple[str, ...]  # the limits it urges; none: all that no other ladder names
    anchor: Anchor
    rungs: tuple[Rung, ...]

    def reached(
        self, starts_on: date, due_on: date, calendar: WorkCalendar, *, on: date
    ) -> PlannedStep | None:
        """The latest step whose day has come by `on`; what a missed day would have said is superseded by it."""
        come = [step for step in self._steps(starts_on, due_on, calendar) if step.on <= on]
        return _repeated(come[-1], on) if come else None

    def next(self, starts_on: date, due_on: date, calendar: WorkCalendar, *, on: date) -> PlannedStep | None:
        """The first step after `on`, to be told before it happens; None at the top of the ladder."""
        steps = self._steps(starts_on, due_on, calendar)
        coming = next((step for step in steps if step.on > on), None)
        last = steps[-1]
        if coming or last.rung.every is None:
            return coming
        again = _repeated(last, on).on + timedelta(days=last.rung.every)
        return PlannedStep(last.rung, again) if again <= _last_day(last) else None

    def _steps(self, starts_on: date, due_on: date, calendar: WorkCalendar) -> list[PlannedStep]:
        anchor = starts_on if self.anchor == "event" else due_on
        steps: list[PlannedStep] = []
        for rung in self.rungs:
            on = _day(anchor, rung, calendar)
            if steps:  # none overtakes one that waited for a working day
                on = max(on, steps[-1].on + DAY)
            steps.append(PlannedStep(rung, on))
        return steps


@dataclass(frozen=True)
class Ladders:
    """Every version of every ladder."""

    versions: tuple[Ladder, ...]

    def of_rule(self, rule: str, *, on: date) -> Ladder:
        """The ladder that urges a limit on the day: its own, or the one for all others."""
        return self.in_force(self._keys.get(rule, self._default), on=on)

    def in_force(self, key: str, *, on: date) -> Ladder:
        """The version of a ladder on the day; before its first one, that."""
        versions = sorted((v for v in self.versions if v.key == key), key=lambda v: v.valid_from)
        in_force = [ladder for ladder in versions if ladder.valid_from <= on]
        return in_force[-1] if in_force else versions[0]

    def next_version_on(self, rule: str, *, after: date) -> date | None:
        """The first day after the given one on which another version of the rule's ladder begins."""
        key = self._keys.get(rule, self._default)
        return min(
            (v.valid_from for v in self.versions if v.key == key and v.valid_from > after), default=None
        )

    def first(self, key: str) -> Ladder:
        """The version of a ladder that was shipped, with every step it ever had."""
        return min(
            (ladder for ladder in self.versions if ladder.key == key), key=lambda ladder: ladder.valid_from
        )

    def newest(self, key: str) -> Ladder:
        """The version of a ladder that begins last."""
        versions = [ladder for ladder in self.versions if ladder.key == key]
        return max(versions, key=lambda ladder: ladder.valid_from)

    def with_versions(self, ladders: Iterable[Ladder]) -> "Ladders":
        """These ladders with later versions of some of them."""
        return Ladders((*self.versions, *ladders))

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {rule: ladder.key for ladder in self.versions for rule in ladder.rules}

    @cached_property
    def _default(self) -> str:
        return next(ladder.key for ladder in self.versions if not ladder.rules)


def load_ladders(path: Path | None = None) -> Ladders:
    """The ladders in `path` (default: those shipped). DataFileError names the entry at fault."""
    file = read_toml(path or LADDERS)
    found = tuple(_read_ladder(entry) for entry in file.take_entries("ladder", "条阶梯"))
    file.done()
    if len({ladder.key for ladder in found if not ladder.rules}) != 1:
        raise DataFileError(f"{file.where}：须有且只有一条阶梯不列规则，适用于其余全部规则。")
    owners: dict[str, str] = {}
    for ladder in found:
        for rule in ladder.rules:
            if owners.setdefault(rule, ladder.key) != ladder.key:
                raise DataFileError(f"{file.where}：“{rule}”列在两条阶梯里。")
    return Ladders(found)


def check_rungs(rungs: Iterable[Rung], where: str) -> tuple[Rung, ...]:
    """The steps, if they rise from day to day and only the last one repeats. DataFileError otherwise."""
    steps = tuple(rungs)
    if not steps:
        raise DataFileError(f"{where}：没有任何一级。")
    if len({rung.step for rung in steps}) < len(steps):
        raise DataFileError(f"{where}：步骤代码重复。")
    if any(later.days <= earlier.days for earlier, later in pairwise(steps)):
        raise DataFileError(f"{where}：各级的天数须逐级后移。")
    if any(rung.every for rung in steps[:-1]):
        raise DataFileError(f"{where}：只有最后一级可以重复。")
    return steps


def _read_ladder(entry: Entry) -> Ladder:
    key = entry.take_text("key")
    entry.where = f"{entry.where}（{key}）"
    ladder = Ladder(
        key=key,
        version=entry.take("version", int),
        label=entry.take_text("label"),
        valid_from=entry.take("valid_from", date),
        citation=entry.take_text("citation"),
        rules=tuple(str(rule) for rule in entry.take("rules", list)),
        anchor=cast(Anchor, _known(entry, entry.take_text("anchor"), Anchor)),
        rungs=check_rungs(map(_read_rung, entry.take_entries("rung", "级")), entry.where),
    )
    entry.done()
    return ladder


def _read_rung(entry: Entry) -> Rung:
    rung = Rung(
        step=entry.take_text("step"),
        label=entry.take_text("label"),
        days=entry.take("days", int),
        counted=cast(Mode, _known(entry, entry.take_or("counted", str, "calendar"), Mode)),
        words=entry.take_text("words"),
        to=tuple(cast(Recipient, _known(entry, to, Recipient)) for to in entry.take("to", list)),
        letter=cast(Letter | None, _known(entry, entry.take_optional("letter", str), Letter)),
        phone=entry.take_or("phone", bool, False),
        urgent=entry.take_or("urgent", bool, False),
        every=entry.take_optional("every", int),
        times=entry.take_optional("times", int),
    )
    if rung.every is not None and rung.every < 1:
        raise DataFileError(f"{entry.where}：“every”须为 1 以上的整数。")
    if rung.times is not None and (rung.every is None or rung.times <= 1):
        raise DataFileError(f"{entry.where}：“times”须为 2 以上的整数，并与“every”同用。")
    entry.done()
    return rung


def _known(entry: Entry, value: str | None, choices: object) -> str | None:
    if value is not None and value not in get_args(choices):
        raise DataFileError(f"{entry.where}：“{value}”须为 {'、'.join(get_args(choices))} 之一。")
    return value


def _day(anchor: date, rung: Rung, calendar: WorkCalendar) -> date:
    """What people do falls on a working day: before the day counted from the last one, after it the next one."""
    if rung.counted == "working" and rung.days >= 0:
        return calendar.add_working_days(anchor, rung.days)
    if rung.counted == "working":
        return calendar.working_days_before(anchor, -rung.days)
    on = anchor + rung.days * DAY
    if not rung.for_people:
        return on
    return calendar.next_working_day(on) if rung.days > 0 else calendar.previous_working_day(on)


def _repeated(step: PlannedStep, on: date) -> PlannedStep:
    """The latest repetition of a step that has come by the day."""
    if step.rung.every is None or step.on > on:
        return step
    times = (min(on, _last_day(step)) - step.on).days // step.rung.every
    return PlannedStep(step.rung, step.on + timedelta(days=times * step.rung.every))


def _last_day(step: PlannedStep) -> date:
    """The day of its last repetition, if it has one."""
    if step.rung.every is None or step.rung.times is None:
        return date.max
    return step.on + timedelta(days=(step.rung.times - 1) * step.rung.every)
