"""Rows of one kind that say the same twice, or say two things of the same."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from cases.intake.row_facts import PARTS, RowFacts

Told = tuple[str, RowFacts]  # name of the sheet, row
# What belongs to the case and day (or document) and not to the single agency.
SHARED: dict[str, dict[str, tuple[str, ...]]] = {
    "schedule": {"hearing": ("time", "room", "mode")},
    "appearances": {"hearing": ("state",)},
    "judgments": {"decision": ("decided_on",)},
}

# What a row of a ledger splits into, by the kind of sheet that would tell it.
SPLIT = {"appearances": ("hearing", "appearance"), "judgments": ("decision", "outcome", "obligation")}


def repeated(rows: Iterable[Told]) -> dict[int, tuple[str, str]]:
    """By id of the row to hold: the code, and the other row in words.

    Of identical rows the later ones are held; of rows that contradict each other all are, unless they say the
    same. A second hearing day in a schedule is a second hearing and no contradiction.
    """
    rows = list(rows)
    held = _identical(rows)
    return held | _contradicting([row for row in rows if id(row[1]) not in held])


def repeated_in_ledger(rows: Iterable[Told]) -> dict[int, tuple[str, str]]:
    """The same for rows that tell of several things: each hearing and each document by itself must be told alike.

    A case with two hearings has two rows, which may tell its decision twice.
    """
    rows = list(rows)
    held = _identical(rows)
    for kind in SPLIT:
        parts = [(name, _part(row, kind), row) for name, row in rows if id(row) not in held]
        told = [(name, part) for name, part, _ in parts if part]
        found = _contradicting(told)
        held |= {id(row): found[id(part)] for _, part, row in parts if id(part) in found}
    return held


def _part(row: RowFacts, kind: str) -> RowFacts | None:
    """What a row of a ledger tells of its hearing (appearances) or of its decision (judgments), if anything."""
    others: dict[str, Any] = {name: {} for of, names in SPLIT.items() if of != kind for name in names}
    return replace(row, kind=kind, **others) if getattr(row, SPLIT[kind][0]) else None


def _identical(rows: Sequence[Told]) -> dict[int, tuple[str, str]]:
    held: dict[int, tuple[str, str]] = {}
    for same in _groups(rows, _keys):
        _hold_identical(same, held)
    return held


def _contradicting(rows: Sequence[Told]) -> dict[int, tuple[str, str]]:
    """Rows of one kind that say two things of one defendant, or of one hearing or document."""
    held: dict[int, tuple[str, str]] = {}
    for same in _groups(rows, _keys):
        _hold_contradicting(same, [(part, None) for part in PARTS], held)
    for same in _groups([row for row in rows if id(row[1]) not in held], _shared_keys):
        _hold_contradicting(same, list(SHARED[same[0][1].kind].items()), held)
    return held


def _groups(rows: Iterable[Told], keys_of: Any) -> Iterator[list[Told]]:
    by_key: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        for key in keys_of(row[1]):
            by_key[key].append(row)
    return (group for group in by_key.values() if len(group) > 1)


def _keys(row: RowFacts) -> list[str]:
    """What the row speaks for, with the day for a schedule."""
    day = f"|{row.day}" if row.kind == "schedule" else ""
    return [f"{key}{day}" for key in row.lanes()]


def _shared_keys(row: RowFacts) -> list[str]:
    """The case with the day of the hearing, or with the document."""
    about = f"{row.decision['kind']}{row.decision['ordinal']}" if row.decision else row.day
    return [f"{number.key}|{about}" for number in row.numbers]


def _hold_identical(rows: list[Told], held: dict[int, tuple[str, str]]) -> None:
    first: dict[str, Told] = {}
    for row in rows:
        content = repr((sorted(row[1].lanes()), [sorted(getattr(row[1], part).items()) for part in PARTS]))
        before = first.setdefault(content, row)
        if before is not row:
            held[id(row[1])] = ("duplicate_row", _words(before, row))


def _hold_contradicting(
    rows: list[Told], fields: list[tuple[str, tuple[str, ...] | None]], held: dict[int, tuple[str, str]]
) -> None:
    """A contradiction is a field that two rows fill differently."""
    for part, names in fields:
        by_name: dict[str, dict[Any, list[Told]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            for name, value in getattr(row[1], part).items():
                if value not in (None, "") and (names is None or name in names):
                    by_name[name][value].append(row)
        for by_value in by_name.values():
            if len(by_value) > 1:
                _hold_all(list(by_value.values()), held)


def _hold_all(differing: list[list[Told]], held: dict[int, tuple[str, str]]) -> None:
    """Each row points to the first one that says something else."""
    for said in differing:
        other = differing[0][0] if said is not differing[0] else differing[1][0]
        for row in said:
            held.setdefault(id(row[1]), ("conflicts_with_row", _words(other, row)))


def _words(other: Told, row: Told) -> str:
    """The other row, by its sheet too where that is another one."""
    sheet = f"工作表“{other[0]}”" if other[0] != row[0] else ""
    return f"{sheet}第 {other[1].row} 行"
