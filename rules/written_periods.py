"""履行期限 in the words of a judgment: a named day, or a length and the day it is counted from."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from rules.periods import Unit, nominal_end

_DATE = re.compile(r"(?<!\d)(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)\s*[日号]?")
_STARTS = re.compile(r"\s*(?:之日)?(?:起|以?后|之后)")
_ENDS = re.compile(r"\s*(?:[前内止。；;)]|之前|以前|之内|以内|为止|届满|$)")
_LEADS_TO_END = ("至", "到")
# A length is not the year, month or day of a date: 12月31日前, 2026年底前.
_LENGTH = re.compile(
    r"(?<![\d年月./-])(\d{1,3})\s*(个?工作日|日|天|个月|月|年)(?!\s*\d)(?!\s*(?:之前|以前|[前底初末中份度]))"
)
_UNITS: dict[str, Unit] = {"日": "day", "天": "day", "月": "month", "个月": "month", "年": "year"}


def day_named(text: str) -> date | None:
    """The day by which the words say it is to be done (“2026年12月31日前”); None when they name none."""
    words = normalize("NFKC", text)
    return next((day for found, day in _dates(words) if day and _is_end(words, found)), None)


class Length(NamedTuple):
    """A length of time and the day from which it is counted, which is not counted itself."""

    start: date
    amount: int
    unit: Unit


def length_in(text: str, start: date) -> Length | None:
    """The length in the words (“判决生效之日起60日内”); None when they say none that can be counted.

    Counted from `start`, or from the day the words name themselves (“自2026年9月1日起30日内”).
    """
    words = normalize("NFKC", text)
    found = _LENGTH.search(_DATE.sub("。", words))
    if found is None or found[2] not in _UNITS:
        return None
    length = Length(_start_named(words) or start, int(found[1]), _UNITS[found[2]])
    try:
        nominal_end(*length)
    except (ValueError, OverflowError):  # of no length, or beyond the last year there is
        return None
    return length


def _start_named(words: str) -> date | None:
    return next((day for found, day in _dates(words) if day and _STARTS.match(words, found.end())), None)


def _is_end(words: str, found: re.Match[str]) -> bool:
    led_to = words[: found.start()].rstrip().endswith(_LEADS_TO_END)
    starts = _STARTS.match(words, found.end())
    return not starts and (led_to or _ENDS.match(words, found.end()) is not None)


def _dates(words: str) -> Iterator[tuple[re.Match[str], date | None]]:
    """Every written date; with None where there is no such day."""
    for found in _DATE.finditer(words):
        try:
            yield found, date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            yield found, None
