"""Two statements of one fact: who prevails until a person decides, how far days may differ, who may contest.

The table is `data/authority.toml`: dated and cited like every rule, and an office sets further versions of it. Figures
of appearances take the statement that stands by it (`rules.appearance.prevailing` in the order of the table).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from rules.appearance import Labelled, Prevailing, Source, prevailing
from rules.strict_toml import DataFileError, Entry, read_toml

AUTHORITY = Path(__file__).parent / "data" / "authority.toml"
Statement = TypeVar("Statement")


class Fact(Labelled):
    """What courts and agencies both state."""

    APPEARANCE = "appearance", "负责人是否出庭"
    HEARING_DAY = "hearing_day", "开庭日期"
    RECEIPT = "receipt", "收到裁判文书日期"
    OUTCOME = "outcome", "裁判结果"
    EFFECT = "effect", "是否生效"
    PERFORMANCE = "performance", "履行情况"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who prevails about one fact, in one version."""

    fact: Fact
    version: int
    valid_from: date
    valid_to: date | None
    citation: str
    order: tuple[Source, ...]  # who prevails first
    with_proof: Source | None  # comes first only with proof, else last
    tolerance_days: int
    contested_by: tuple[Source, ...]
    contest_days: int  # working days

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def ranked(self, *, proven: bool) -> tuple[Source, ...]:
        """Who prevails first; who needs proof and has none comes last."""
        if proven or self.with_proof is None:
            return self.order
        return (*(one for one in self.order if one is not self.with_proof), self.with_proof)

    def standing(
        self, stated: Mapping[Source, Statement | None], *, proven: bool = True
    ) -> Prevailing[Statement] | None:
        """The statement that stands until a person decides, and those that say otherwise; None without any."""
        return prevailing(stated, self.ranked(proven=proven))

    def agree(self, one: str, other: str) -> bool:
        """Whether two values say the same: equal, or two days (ISO) that are near enough."""
        if one == other:
            return True
        days = _day(one), _day(other)
        if days[0] is None or days[1] is None:
            return False
        return abs((days[0] - days[1]).days) <= self.tolerance_days


@dataclass(frozen=True, slots=True)
class AuthorityTable:
    """Every fact in every version, and how long both sides have to send material."""

    versions: tuple[Authority, ...]
    material_days: int  # working days
    material_citation: str

    def of(self, fact: str, *, on: date) -> Authority:
        """The version in force on the day; before the first one, the first. KeyError for an unknown fact."""
        known = [one for one in self.versions if one.fact == fact]
        if not known:
            raise KeyError(fact)
        return next((one for one in reversed(known) if one.in_force(on)), known[0])

    def with_versions(self, further: Iterable[Authority]) -> "AuthorityTable":
        """The same with what an office set: from its first day on it counts instead of what was in force."""
        versions = sorted((*self.versions, *further), key=lambda one: (one.valid_from, one.version))
        return replace(self, versions=tuple(versions))


@cache
def load_authority(path: Path | None = None) -> AuthorityTable:
    """The table in `path` (default: that of the rules). DataFileError names the entry at fault."""
    file = read_toml(path or AUTHORITY)
    days, citation = _positive(file, "material_days"), file.take_text("material_citation")
    versions = tuple(_read(entry) for entry in file.take_entries("fact", "项"))
    file.done()
    _check_versions(path or AUTHORITY, versions)
    return AuthorityTable(versions, days, citation)


def _read(entry: Entry) -> Authority:
    fact = _fact(entry)
    with_proof = entry.take_optional("with_proof", str)
    read = Authority(
        fact=fact,
        version=_positive(entry, "version"),
        valid_from=entry.take("valid_from", date),
        valid_to=entry.take_optional("valid_to", date),
        citation=entry.take_text("citation"),
        order=_sources(entry, "order"),
        with_proof=_source(entry, with_proof) if with_proof else None,
        tolerance_days=entry.take("tolerance_days", int),
        contested_by=_sources(entry, "contested_by"),
        contest_days=_positive(entry, "contest_days"),
    )
    entry.done()
    _check_order(entry, read)
    return read


def _fact(entry: Entry) -> Fact:
    key, label = entry.take_text("key"), entry.take_text("label")
    try:
        fact = Fact.of(key)
    except KeyError as error:
        raise DataFileError(f"{entry.where}：不认识的事实“{key}”。") from error
    if label != fact.label:
        raise DataFileError(f"{entry.where}：“{key}”的名称应为“{fact.label}”。")
    return fact


def _sources(entry: Entry, key: str) -> tuple[Source, ...]:
    found = tuple(_source(entry, word) for word in entry.take(key, list))
    if not found or len(set(found)) < len(found):
        raise DataFileError(f"{entry.where}：“{key}”须至少一方，且不重复。")
    return found


def _source(entry: Entry, word: str) -> Source:
    try:
        return Source.of(word)
    except KeyError as error:
        raise DataFileError(f"{entry.where}：不认识的陈述方“{word}”。") from error


def _positive(entry: Entry, key: str) -> int:
    number = entry.take(key, int)
    if number < 1:
        raise DataFileError(f"{entry.where}：“{key}”须至少为 1。")
    return number


def _check_order(entry: Entry, read: Authority) -> None:
    if set(read.order) != set(Source):
        raise DataFileError(f"{entry.where}：“order”须写全法院、司法局、机关三方。")
    if read.tolerance_days < 0:
        raise DataFileError(f"{entry.where}：“tolerance_days”不能为负。")


def _check_versions(path: Path, versions: tuple[Authority, ...]) -> None:
    """Every fact is there, and its versions follow each other from one day to the next."""
    for fact in Fact:
        known = [one for one in versions if one.fact is fact]
        if [one.version for one in known] != list(range(1, len(known) + 1)) or not known:
            raise DataFileError(f"{path.name}：“{fact}”须有从 1 起连续的各版。")
        for before, after in pairwise(known):
            if before.valid_to is None or (after.valid_from - before.valid_to).days != 1:
                raise DataFileError(f"{path.name}：“{fact}”第 {after.version} 版须紧接上一版。")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
