"""How two 案号 of one case come to differ: one thing in them is written otherwise, and only one. Plain Python."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from rules.appearance import Labelled
from rules.case_numbers import CaseNumber

SERIES_REACH = 5  # a number taken for a whole series is one of those around it
SHORT = 10  # numbers of one digit are all one digit apart: that says as little as being neighbours


class Likeness(Labelled):
    """What is written otherwise, with the word by which the queue tells it."""

    OLD_CODE = "old_code", "新旧法院代码"
    COURT = "court", "法院代码误写"
    YEAR = "year", "年度误写"
    TYPE = "type", "类型代字误写"
    SWAPPED = "swapped", "编号两位颠倒"
    DIGIT = "digit", "编号差一位"
    NEIGHBOUR = "neighbour", "编号相邻"
    SERIES = "series", "分案登记为一个案号"


# What a clerk does to a whole sheet at once; a slip in a serial happens in one row.
SYSTEMATIC = frozenset({Likeness.OLD_CODE, Likeness.COURT, Likeness.YEAR, Likeness.TYPE})


@dataclass(frozen=True, slots=True)
class Numbered:
    """A 案号 with the court that its letters name today (None: unknown letters), and the serials heard with it."""

    number: CaseNumber
    letters_of: int | None
    series: tuple[int, ...] = ()

    @property
    def is_lead(self) -> bool:
        """The first of its series, which stands for all of them."""
        return bool(self.series) and self.number.serial == min(self.series)

    @property
    def type(self) -> str:
        return self.number.special + self.number.type


@dataclass(frozen=True, slots=True)
class Difference:
    """The one thing that differs, what each side writes (of a systematic one), and the words for people."""

    likeness: Likeness
    shift: str
    words: tuple[str, ...]


def difference_of(court: Numbered, agency: Numbered) -> Difference | None:
    """What tells the agency's number from the court's; None where they are the same, or differ in more than one thing.

    Old and new letters of one court are the same court, beside whatever else differs.
    """
    one, other = court.number, agency.number
    if one.key == other.key:
        return None
    renamed = one.court != other.court and court.letters_of == agency.letters_of is not None
    apart = {
        "court": one.court != other.court and not renamed,
        "year": one.year != other.year,
        "type": court.type != agency.type,
        "serial": one.serial != other.serial,
    }
    parts = [part for part, differs in apart.items() if differs]
    if len(parts) > 1:
        return None
    found = _PARTS[parts[0]](court, agency) if parts else _old_code(court, agency)
    if found and renamed and parts:
        return Difference(found.likeness, found.shift, (*found.words, *_old_code(court, agency).words))
    return found


def _old_code(court: Numbered, agency: Numbered) -> Difference:
    one, other = court.number.court, agency.number.court
    return Difference(Likeness.OLD_CODE, f"{one}/{other}", (f"同一法院的新旧代码：{one} / {other}",))


def _court(court: Numbered, agency: Numbered) -> Difference:
    one, other = court.number.court, agency.number.court
    return Difference(Likeness.COURT, f"{one}/{other}", (f"法院代码不同：{one} / {other}",))


def _year(court: Numbered, agency: Numbered) -> Difference | None:
    one, other = court.number.year, agency.number.year
    if abs(one - other) != 1:
        return None
    return Difference(Likeness.YEAR, f"{one}/{other}", (f"年度差一年：{one} / {other}",))


def _type(court: Numbered, agency: Numbered) -> Difference:
    one, other = court.type, agency.type
    return Difference(Likeness.TYPE, f"{one}/{other}", (f"类型代字不同：{one} / {other}",))


def _serial(court: Numbered, agency: Numbered) -> Difference | None:
    one, other = court.number.serial, agency.number.serial
    likeness = _slip(one, other)
    if likeness is None and court.is_lead and _is_around(other, court.series):
        told = f"{min(court.series)}—{max(court.series)} 共 {len(court.series)} 件"
        return Difference(Likeness.SERIES, "", (f"法院分为多案：{told}，机关登记为 {other}",))
    return Difference(likeness, "", (f"{likeness.label}：{one} / {other}",)) if likeness else None


def _slip(one: int, other: int) -> Likeness | None:
    """One digit mistaken, missing or too many, or two beside each other swapped."""
    if OSA.distance(str(one), str(other)) != 1:
        return None
    if sorted(str(one)) == sorted(str(other)):
        return Likeness.SWAPPED
    near = abs(one - other) == 1 or max(one, other) < SHORT
    return Likeness.NEIGHBOUR if near else Likeness.DIGIT


def _is_around(serial: int, series: tuple[int, ...]) -> bool:
    """A number that is none of the series and lies by it."""
    return serial not in series and min(abs(serial - one) for one in series) <= SERIES_REACH


_PARTS = {"court": _court, "year": _year, "type": _type, "serial": _serial}
