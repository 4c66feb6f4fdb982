"""Whether two lanes with different numbers are one case: what speaks for it and against, added up. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from lib.folding import folded
from rules.appearance import Labelled
from rules.number_slips import Difference, Likeness, Numbered, difference_of

# A slip in the number, the same defendant and the same plaintiff are just enough: two of the three happen every day
# between different cases (one plaintiff sues an agency twice; two plaintiffs get numbers beside each other).
PROPOSED_FROM = 0.7
# Beside a clearly better one a weaker candidate is only noise.
MARGIN = 0.15

NUMBER = {
    Likeness.OLD_CODE: 0.6,  # one court gives a number once: it is the same number by other letters
    Likeness.SWAPPED: 0.45,
    Likeness.DIGIT: 0.4,
    Likeness.YEAR: 0.4,
    Likeness.TYPE: 0.4,
    Likeness.NEIGHBOUR: 0.35,  # cases of one plaintiff get neighbouring numbers, without any slip
    Likeness.COURT: 0.35,  # every court has a number 12
    Likeness.SERIES: 0.35,
}


class Kinship(Labelled):
    """What the two defendants are to each other."""

    SAME = "same", "被告相同"
    SUCCEEDED = "succeeded", "被告为承继单位"
    KIN = "kin", "被告为上下级同类单位"


DEFENDANT = {Kinship.SAME: 0.15, Kinship.SUCCEEDED: 0.12, Kinship.KIN: 0.05}
PLAINTIFFS_SAME, PLAINTIFFS_PARTLY, PLAINTIFFS_MASKED = 0.25, 0.18, 0.12
# A slip of the pen, or a brother with the next number: alone with the same day and cause it is not enough.
PLAINTIFFS_SLIP = 0.09
# Who sues again next year, or next month, sues for the same cause: the day of filing outweighs it.
SAME_FILING, OTHER_FILING = 0.05, -0.2
FILED_NEAR = (
    10  # days: five to send the complaint (行政诉讼法第六十七条) and the post; agencies write when it came
)
SAME_HEARING, OTHER_HEARING = 0.05, -0.05
SAME_DECISION, OTHER_DECISION = 0.1, -0.15
SAME_CAUSE = 0.05
LONG_NAME = 3  # of two characters one is the surname: 赵衡 and 赵蘅 are two people
MASKED = "某×*xX"


@dataclass(frozen=True, slots=True)
class Portrait:
    """What one side says of a case in one lane."""

    lane: int
    case: int
    dispute: int
    numbered: Numbered
    agency: int
    agency_name: str
    named_as: str = ""
    plaintiffs: frozenset[str] = frozenset()
    cause: str = ""
    filed_on: date | None = None
    hearings: frozenset[date] = frozenset()
    decided: frozenset[date] = frozenset()
    reference: str = ""  # of the notification


@dataclass(frozen=True, slots=True)
class Match:
    """Two lanes that may be one case: how likely, by which difference, and what speaks for and against."""

    court: Portrait
    agency: Portrait
    difference: Difference
    score: float
    reasons: tuple[str, ...]


Evidence = Iterator[tuple[float, str]]


def match_of(court: Portrait, agency: Portrait, kinship: Kinship) -> Match | None:
    """The two as one case, with a score from 0 to 1; None where that cannot be.

    It cannot be for one number, for two instances of one dispute, where the numbers differ in more than one thing, and
    for other plaintiffs.
    """
    difference = difference_of(court.numbered, agency.numbered)
    if difference is None or court.dispute == agency.dispute or _is_another_of_series(court, agency):
        return None
    plaintiffs = list(_plaintiffs(court, agency))
    if court.plaintiffs and agency.plaintiffs and not plaintiffs:
        return None
    evidence = [
        (NUMBER[difference.likeness], "；".join(difference.words)),
        (DEFENDANT[kinship], _defendants(court, agency, kinship)),
        *plaintiffs, *_filing(court, agency), *_hearings(court, agency), *_decisions(court, agency),
        *_cause(court, agency),
    ]  # fmt: skip
    score = sum(weight for weight, _ in evidence)
    return Match(court, agency, difference, round(min(max(score, 0), 1), 2), tuple(w for _, w in evidence))


def _is_another_of_series(court: Portrait, agency: Portrait) -> bool:
    """One number for a whole series is held against the first of it, not against each."""
    numbered = court.numbered
    return bool(numbered.series) and not numbered.is_lead and court.plaintiffs != agency.plaintiffs


def _defendants(court: Portrait, agency: Portrait, kinship: Kinship) -> str:
    if kinship is not Kinship.SAME:
        return f"{kinship.label}：{court.agency_name} / {agency.agency_name}"
    named = court.named_as and folded(court.named_as) != folded(court.agency_name)
    return kinship.label + (f"（通报写作“{court.named_as}”）" if named else "")


def _plaintiffs(court: Portrait, agency: Portrait) -> Evidence:
    one, other = court.plaintiffs, agency.plaintiffs
    if not one or not other:
        return
    if one == other:
        yield PLAINTIFFS_SAME, "原告相同"
    elif one & other:
        yield PLAINTIFFS_PARTLY, f"原告部分相同：{'、'.join(sorted(one & other))}"
    elif pair := next(((a, b) for a in sorted(one) for b in sorted(other) if _is_slip(a, b)), None):
        yield PLAINTIFFS_SLIP, f"原告差一字：{pair[0]} / {pair[1]}"
    elif pair := next(((a, b) for a in sorted(one) for b in sorted(other) if _is_masked(a, b)), None):
        yield PLAINTIFFS_MASKED, f"原告同姓，一方隐名：{pair[0]} / {pair[1]}"


def _is_slip(one: str, other: str) -> bool:
    return len(one) == len(other) >= LONG_NAME and OSA.distance(one, other) == 1


def _is_masked(one: str, other: str) -> bool:
    hidden = any(mark in one[1:] for mark in MASKED) != any(mark in other[1:] for mark in MASKED)
    return hidden and one[0] == other[0]


def _filing(court: Portrait, agency: Portrait) -> Evidence:
    one, other = court.filed_on, agency.filed_on
    if one is None or other is None:
        return
    if one == other:
        yield SAME_FILING, f"立案日期相同：{one}"
    elif abs((one - other).days) > FILED_NEAR:
        yield OTHER_FILING, f"立案日期不同：{one} / {other}"


def _hearings(court: Portrait, agency: Portrait) -> Evidence:
    return _days("开庭日期", court.hearings, agency.hearings, SAME_HEARING, OTHER_HEARING)


def _decisions(court: Portrait, agency: Portrait) -> Evidence:
    return _days("裁判日期", court.decided, agency.decided, SAME_DECISION, OTHER_DECISION)


def _days(what: str, one: frozenset[date], other: frozenset[date], same: float, apart: float) -> Evidence:
    if not one or not other:
        return
    if common := one & other:
        yield same, f"{what}相同：{min(common)}"
    else:
        yield apart, f"{what}不同：{min(one)} / {min(other)}"


def _cause(court: Portrait, agency: Portrait) -> Evidence:
    if court.cause and folded(court.cause) == folded(agency.cause):
        yield SAME_CAUSE, f"案由相同：{court.cause}"
