"""The rule book: dated, cited time limits, looked up for the day they are applied to, never for "now"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Literal, cast, get_args

from rules.periods import Unit
from rules.report_periods import Kind as Period
from rules.strict_toml import DataFileError, Entry, read_toml

LIMITS = Path(__file__).parent / "data" / "limits.toml"

Mode = Literal["calendar", "working"]
# How it is done: a paper is handed in, an act has a page of its own, or it is simply registered as done.
Done = Literal["paper", "act", "completion"]
Duty = Literal["agency", "court", "office", "party", "finance"]
# Whose regular work a limit with a `period` is.
Owner = Literal["court", "legal_office", "county_legal_office", "supervision", "sued_agency"]


class UnknownRule(LookupError):
    """No rule has that key; the message (Chinese) names those there are."""


class RuleNotInForce(LookupError):
    """The rule has no version for that day; the message (Chinese) says from or until when it has."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One version of a time limit: how long, counted how, from what event, whose duty, by which article."""

    key: str
    version: int
    label: str
    amount: int
    unit: Unit
    mode: Mode  # calendar: days off inside are counted; working: only days worked are counted
    valid_from: date
    valid_to: date | None  # the last day in force; None while it is in force
    citation: str
    article: str  # the operative words, abridged
    starts: str  # the event that starts the clock, as code
    start_event: str  # the same in Chinese, to follow a date: 收到起诉状副本
    duty: Duty
    estimated: bool  # the length is the office's own setting where law and mechanism name none
    before: bool = False  # counted backwards from the event: what must be ready ahead of it
    period: Period | None = None  # regular work: it comes again with every period, which starts it by its end
    owner: Owner | None = None
    done_by: Done = "completion"

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every version of every limit: keys in the order of the file, versions oldest first."""

    versions: Mapping[str, tuple[Limit, ...]]

    @classmethod
    def load(cls, path: Path | None = None) -> "RuleBook":
        """The book in `path` (default: the one that comes with the rules); the caller keeps it.

        DataFileError names the file and the entry at fault.
        """
        path = path or LIMITS
        file = read_toml(path)
        limits = [_read_limit(entry) for entry in file.take_entries("limit", "条")]
        file.done()
        if not limits:
            raise DataFileError(f"{path.name}：没有任何规则。")
        try:
            return cls.of(limits)
        except ValueError as error:
            raise DataFileError(f"{path.name}：{error}") from error

    @classmethod
    def of(cls, limits: Iterable[Limit]) -> "RuleBook":
        """The book of these limits; ValueError where the versions of one key overlap or leave a gap."""
        book: dict[str, list[Limit]] = {}
        for limit in limits:
            book.setdefault(limit.key, []).append(limit)
        for versions in book.values():
            versions.sort(key=attrgetter("valid_from", "version"))
            for earlier, later in pairwise(versions):
                _check_succession(earlier, later)
        return cls({key: tuple(versions) for key, versions in book.items()})

    def with_versions(self, limits: Iterable[Limit]) -> "RuleBook":
        """The book with later versions of its limits, each ending the one before it the day before its first day.

        ValueError for a version that does not begin after the one it follows.
        """
        versions = {key: list(known) for key, known in self.versions.items()}
        for limit in sorted(limits, key=attrgetter("valid_from")):
            known = versions[limit.key]
            last = known[-1]
            if limit.valid_from <= last.valid_from:
                raise ValueError(f"“{limit.label}”的新版须晚于 {last.valid_from} 起施行。")
            known[-1] = replace(last, valid_to=limit.valid_from - timedelta(days=1))
            known.append(replace(limit, version=last.version + 1))
        return RuleBook.of(limit for known in versions.values() for limit in known)

    def regular(self, *, on: date) -> list[Limit]:
        """The limits of regular work that are in force on the day."""
        return [limit for limit in self.all() if limit.period and limit.in_force(on)]

    def started_by(self, event: str, *, on: date) -> list[Limit]:
        """The limits in force that an event of that code starts."""
        return [limit for limit in self.all() if limit.starts == event and limit.in_force(on)]

    def done_by(self, key: str) -> Done:
        """How what a rule asks for is done; a duty that no rule of the book computes (履行) has a page of its own."""
        versions = self.versions.get(key)
        return versions[-1].done_by if versions else "act"

    def keys(self) -> list[str]:
        return list(self.versions)

    def all(self) -> list[Limit]:
        """Every version of every limit, in the order of the book."""
        return [limit for versions in self.versions.values() for limit in versions]

    def limit(self, key: str, *, on: date) -> Limit:
        """The version of `key` in force on that day; UnknownRule or RuleNotInForce when there is none."""
        versions = self.versions.get(key)
        if versions is None:
            raise UnknownRule(f"规则库中没有“{key}”。现有规则：{'、'.join(self.versions)}。")
        for limit in versions:
            if limit.in_force(on):
                return limit
        raise RuleNotInForce(_why_not_in_force(versions, on))


def _why_not_in_force(versions: tuple[Limit, ...], on: date) -> str:
    first, last = versions[0], versions[-1]
    if on < first.valid_from:
        return f"“{first.label}”自 {first.valid_from} 起施行，{on} 尚不适用（{first.citation}）。"
    return f"“{last.label}”施行至 {last.valid_to}，{on} 已不适用（{last.citation}）。"


def _check_succession(earlier: Limit, later: Limit) -> None:
    names = f"“{later.key}”第 {earlier.version} 版与第 {later.version} 版"
    if later.version <= earlier.version:
        raise ValueError(f"{names}的版本号与生效先后不一致。")
    if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
        raise ValueError(f"{names}的施行期间重叠。")
    if later.valid_from != earlier.valid_to + timedelta(days=1):
        raise ValueError(f"{names}之间有空档。")


def _read_limit(entry: Entry) -> Limit:
    key = entry.take_text("key")
    entry.where = f"{entry.where}（{key}）"
    limit = Limit(
        key=key,
        version=_positive(entry, "version"),
        label=entry.take_text("label"),
        amount=_positive(entry, "amount"),
        unit=cast(Unit, _one_of(entry, "unit", get_args(Unit))),
        mode=cast(Mode, _one_of(entry, "mode", get_args(Mode))),
        valid_from=entry.take("valid_from", date),
        valid_to=entry.take_optional("valid_to", date),
        citation=entry.take_text("citation"),
        article=entry.take_text("article"),
        starts=entry.take_text("starts"),
        start_event=entry.take_text("start_event"),
        duty=cast(Duty, _one_of(entry, "duty", get_args(Duty))),
        estimated=entry.take_or("estimated", bool, False),
        before=entry.take_or("before", bool, False),
        period=cast(Period | None, _one_of_or_none(entry, "period", get_args(Period))),
        owner=cast(Owner | None, _one_of_or_none(entry, "owner", get_args(Owner))),
        done_by=cast(Done, _one_of_or_none(entry, "done_by", get_args(Done)) or "completion"),
    )
    entry.done()
    _check_limit(limit, entry.where)
    return limit


def _check_limit(limit: Limit, where: str) -> None:
    if limit.valid_to is not None and limit.valid_to < limit.valid_from:
        raise DataFileError(f"{where}：施行止日 {limit.valid_to} 早于起日 {limit.valid_from}。")
    if limit.mode == "working" and limit.unit != "day":
        raise DataFileError(f"{where}：按月、年计的期间不能按工作日计。")
    if limit.before and limit.unit != "day":
        raise DataFileError(f"{where}：往前数的期间只能按日计。")
    if (limit.period is None) != (limit.owner is None):
        raise DataFileError(f"{where}：period 与 owner 须同时写明。")


def _positive(entry: Entry, key: str) -> int:
    number = entry.take(key, int)
    if number < 1:
        raise DataFileError(f"{entry.where}：“{key}”须为 1 以上的整数，现为 {number}。")
    return number


def _one_of(entry: Entry, key: str, choices: tuple[str, ...]) -> str:
    value = entry.take_text(key)
    if value not in choices:
        raise DataFileError(f"{entry.where}：“{key}”须为 {'、'.join(choices)} 之一，现为“{value}”。")
    return value


def _one_of_or_none(entry: Entry, key: str, choices: tuple[str, ...]) -> str | None:
    return _one_of(entry, key, choices) if entry.has(key) else None
