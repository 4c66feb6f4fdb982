"""Values as clerks write them into cells: blanks, yes and no, lists of agencies, headers; days and hours."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from unicodedata import normalize

from lib.written_dates import INVISIBLE, ValueUnclear, parse_day, parse_day_and_time, parse_time

__all__ = [
    "ValueUnclear",
    "clean_text",
    "is_blank",
    "normalise_header",
    "parse_day",
    "parse_day_and_time",
    "parse_time",
    "parse_yes_no",
    "split_agencies",
]

OUTER = f" \t\r\n\v\f\xa0\u3000\u2002\u2003\u2009\u202f{INVISIBLE}"
LINE_BREAK = re.compile(r"_x000D_|[\r\n\v\f\u2028\u2029\x85]")
DASHES = frozenset("/／\\-—–－―─|") | {"——", "--", "－－", "//", "／／"}
NOT_GIVEN = frozenset({"无", "不适用", "N/A", "n/a"})

YES = frozenset(
    {"是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "t", "true", "1", "1.0"}
    | {"出庭", "已出庭", "到庭", "已到庭", "出庭应诉", "负责人出庭"}
)
NO = frozenset(
    {
        "否",
        "无",
        "没有",
        "未",
        "不",
        "×",
        "✗",
        "✘",
        "✕",
        "✖",
        "╳",
        "❌",
        "x",
        "☒",
        "n",
        "no",
        "f",
        "false",
        "0",
        "0.0",
    }
    | {"未出庭", "没出庭", "不出庭", "未到庭", "未出庭应诉", "负责人未出庭"}
)

OPENING, CLOSING = "（([〔【《<{", "）)]〕】》>}"
SEPARATORS = "、，,；;/／﹑､&＆+＋|｜"
JOINER = re.compile(r"\s+|以及|和|及|与")
LONGEST_JOINED = 200  # characters
MAX_LINES = 40  # lines of one agency cell that are tried together

MAX_HEADER = 200  # longer texts are no headers
HEADER_NOISE = re.compile(r"[\s*:·\u200b\ufeff]")
HEADER_NOTE = re.compile(r"(.+?)[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")


def clean_text(value: object, *, one_line: bool = True) -> str:
    """The value as text, without blanks around it; a name inside stays byte for byte.

    A line break inside becomes one space unless `one_line` is False; whole numbers lose their `.0`.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return (" " if one_line else "\n").join(_lines(str(value)))


def is_blank(value: object, *, optional: bool = False) -> bool:
    """Whether the cell says nothing: empty or a dash; in an `optional` column also 无 and 不适用."""
    text = clean_text(value)
    return not text or text in DASHES or (optional and text in NOT_GIVEN)


def parse_yes_no(value: object) -> bool | None:
    """True, False, or None for a blank; 无 means no. Raises `ValueUnclear` for anything else."""
    text = normalize("NFKC", clean_text(value)).lower().rstrip("。.\ufe0f")
    if is_blank(value) or text == "不适用":
        return None
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValueUnclear(f"看不出“{clean_text(value)}”是肯定还是否定，请写“是”或“否”")


def split_agencies(text: str, known: Callable[[str], bool]) -> list[str]:
    """The agencies named in one cell, in order, as written.

    `、 ， ； /` separate outside brackets. A line break separates only where the parts are `known` on their
    own, else the name was merely wrapped; so does a blank or 和. A text that is known as a whole is never split.
    """
    whole = "".join(_lines(text))
    if is_blank(whole):
        return []
    if known(whole):
        return [whole]
    names = (name for piece in _pieces(text) for name in _unwrapped(_lines(piece), known))
    return [part for name in names for part in _joined(name.rstrip("。"), known)]


def _joined(name: str, known: Callable[[str], bool]) -> list[str]:
    """Two names with a blank or 和 between them, where both are known: 自然资源和规划局 is one."""
    if len(name) <= LONGEST_JOINED and not known(name):
        for found in JOINER.finditer(name):
            rest = _joined(name[found.end() :], known)
            if known(name[: found.start()]) and all(map(known, rest)):
                return [name[: found.start()], *rest]
    return [name]


def _pieces(text: str) -> list[str]:
    """The text cut at separators that stand outside brackets."""
    pieces, depth = [""], 0
    for character in text:
        depth += (character in OPENING) - (character in CLOSING and depth > 0)
        if character in SEPARATORS and not depth:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces


@lru_cache(maxsize=1024)  # every cell of a row is asked for several times
def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for part in LINE_BREAK.split(text) if (line := part.strip(OUTER)))


def _unwrapped(lines: Sequence[str], known: Callable[[str], bool]) -> list[str]:
    """The lines grouped so that every group is known; one group if there is no such way."""
    ways: list[list[str] | None] = [[]]  # by number of lines used
    for end in range(1, len(lines) + 1):
        starts = range(max(0, end - MAX_LINES), end)
        ways.append(
            next((way for start in starts if (way := _extended(ways[start], lines[start:end], known))), None)
        )
    return ways[-1] if ways[-1] is not None else ["".join(lines)]


def _extended(way: list[str] | None, lines: Sequence[str], known: Callable[[str], bool]) -> list[str] | None:
    name = "".join(lines)
    return [*way, name] if way is not None and known(name) else None


def normalise_header(text: object) -> str:
    """A header as it is compared: half width, no blanks, no `*` and `:`, no unit or note behind."""
    bare = HEADER_NOISE.sub("", normalize("NFKC", clean_text(text)[:MAX_HEADER]))
    while found := HEADER_NOTE.fullmatch(bare):
        bare = found[1]
    return bare
