"""Numbers in a text that open: what the writer of a sentence marks is read once, when the paragraph is made.

Marks are characters that no font has and no text of ours holds, so that nothing else is ever taken for one.
"""

import re
from typing import Any

_BEGIN, _TOLD, _END = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_BEGIN}([^{_TOLD}]*){_TOLD}([^{_END}]*){_END}")
# The lists of a figure, as its page calls them.
NUMERATOR, REST, EXCLUDED = "numerator", "rest", "excluded"


def opens(key: str, words: object, part: str = "", unit: str = "") -> str:
    """The words as they are printed, marked to open a figure: one list of it, or the figure of one unit."""
    return f"{_BEGIN}{key}/{part}/{unit}{_TOLD}{words}{_END}"


def read(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without marks, and for each what it opens: where it begins and ends, the figure, the list, the unit."""
    plain, found, last = "", [], 0
    for mark in _MARKED.finditer(text):
        plain += text[last : mark.start()]
        key, part, unit = mark[1].split("/")
        found.append(
            {
                "from": len(plain),
                "to": len(plain) + len(mark[2]),
                "key": key,
                "part": part,
                "unit": unit,
            }
        )
        plain += mark[2]
        last = mark.end()
    return plain + text[last:], found
