"""What a population is made of, and how entries are counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from courts.notifications.coverage import Gap
from organisations.models import Group

# True: in the numerator. False: in the rest of the denominator. Text: excluded, and why. None: no part of it.
Verdict = bool | str | None
Judge = Callable[[Sequence[Any]], Verdict]


class Agency(NamedTuple):
    """An organisation as figures need it."""

    code: str
    name: str
    short_name: str
    region: str
    level: str
    group: str = ""  # of comparable units, at the end of the period; none: 未归属
    exists: bool = True  # at the end of the period
    heir: int | None = None  # who stands in its place, where it was abolished by then

    @property
    def is_of_county_grade(self) -> bool:
        """Whether its principals and deputies are 县处级 or above: municipal bodies, counties and zones.

        《公务员法》第十八条 names the grades; that those bodies are of them is how the offices of a city are made up.
        """
        return self.level in ("municipal", "provincial") or self.group in (Group.COUNTIES, Group.ZONES)


class Entry(NamedTuple):
    """One lane (or one duty of it, or of an agency without a case) with the facts that measures judge."""

    id: str
    case: int | None
    agency: int
    facts: Any
    series: str = ""  # entries that share one are heard together (合并审理组)
    carried: bool = False  # 上期结转: left over from an earlier period


class Footing(NamedTuple):
    """What a figure stands on: what is missing under it, whether its courts told nothing, with how many decimals it is
    printed."""

    missing: tuple[Gap, ...] = ()
    untold: bool = False
    decimals: int = 1


WHOLE = Footing()


class Counted(NamedTuple):
    """What is counted: its printed id, the case behind it (if any), and whether it is left over (上期结转)."""

    id: str
    case: int | None
    carried: bool = False


class Excluded(NamedTuple):
    """What is not counted, and why."""

    id: str
    case: int | None
    reason: str


@dataclass(slots=True)
class Part:
    """Numerator, rest of the denominator, and what is excluded with a reason. No id is in two of them."""

    numerator: list[Counted] = field(default_factory=list)
    rest: list[Counted] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    footing: Footing = WHOLE

    @property
    def denominator(self) -> int:
        return len(self.numerator) + len(self.rest)

    @property
    def carried_over(self) -> int:
        """How many of the denominator are left over from earlier periods."""
        return sum(unit.carried for unit in (*self.numerator, *self.rest))

    def __bool__(self) -> bool:
        return bool(self.denominator or self.excluded)


def by_agency(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """The entries of each agency, by its id."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.agency].append(entry)
    return found


def series_key(series: int | None, agency: int | None = None) -> str:
    """What entries of one 合并审理组 share; with an agency, those of one defendant in it."""
    return f"{series}/{agency or ''}" if series else ""


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with one id for each 合并审理组: its first one's, and how many it stands for."""
    listed = list(entries)
    ids: dict[str, dict[str, None]] = {}
    for entry in listed:
        ids.setdefault(entry.series, {})[entry.id] = None
    several = {key: list(found) for key, found in ids.items() if key and len(found) > 1}
    return [
        entry._replace(id=f"{several[entry.series][0]}等 {len(several[entry.series])} 件")
        if entry.series in several
        else entry
        for entry in listed
    ]


def count(entries: Iterable[Entry], judge: Judge) -> Part:
    """Entries judged id by id: those that share an id are one unit."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.id, []).append(entry)
    part = Part()
    for key, group in groups.items():
        verdict = judge([entry.facts for entry in group])
        if isinstance(verdict, str):
            part.excluded.append(Excluded(key, group[0].case, verdict))
        elif verdict is not None:
            (part.numerator if verdict else part.rest).append(Counted(key, group[0].case, group[0].carried))
    return part
