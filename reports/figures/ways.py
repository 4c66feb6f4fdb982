"""审结方式: how cases end, as returns name it; which outcomes make up a way is data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rules.outcomes import load_outcomes
from rules.strict_toml import DataFileError, Entry, read_toml

WAYS = Path(__file__).parent.parent / "data" / "ways.toml"


@dataclass(frozen=True, slots=True)
class Way:
    """One line of a return under 审结方式, and the outcomes that stand under it."""

    key: str
    label: str
    codes: tuple[str, ...]


@cache
def load_ways(path: Path = WAYS) -> tuple[Way, ...]:
    """The ways in their order. DataFileError names the entry at fault: no outcome stands under two."""
    file = read_toml(path)
    found = tuple(_read_way(entry) for entry in file.take_entries("way", "种方式"))
    file.done()
    codes = [code for way in found for code in way.codes]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise DataFileError(f"{file.where}：{'、'.join(twice)} 列在两种方式里。")
    return found


def _read_way(entry: Entry) -> Way:
    way = Way(entry.take_text("key"), entry.take_text("label"), tuple(map(str, entry.take("codes", list))))
    entry.done()
    known = {one.code for one in load_outcomes()}
    if unknown := [code for code in way.codes if code not in known]:
        raise DataFileError(f"{entry.where}：没有裁判结果 {'、'.join(unknown)}。")
    return way
