"""裁判结果: the table of outcomes, and how the words of a court find their place in it."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, Literal

Result = Literal["lost", "won", "neutral", "inherits", "configurable"]
Obligation = Literal[
    "redo", "perform", "pay", "remedy", "compensate", "agreement", "restore", "stay", "advance", "mediation"
]

JUDGMENT, RULING, MEDIATION = "判决", "裁定", "调解书"
APPEALABLE_RULINGS = frozenset({"R-NOFILE", "R-REJECT", "R-JURISDICTION"})
SHORTEST_CONTAINED = 4  # a shorter phrase, such as 撤销, counts only as the whole text

_CLAUSE_MARKS = re.compile(r"[,;:.。\n]+")
_LOSING = re.compile("撤销|确认|责令|判令|变更|赔偿|补偿|给付|支付|履行")
_REST_DISMISSED = re.compile(r"驳回[^，]{0,30}?(?:其他|其它|其余)[^，]{0,10}?(?:请求|诉请)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way a case can end.

    `result` is the sued agency's; "inherits" takes that of the decision below, "configurable" is for a person
    to settle. `obligation_certain` is False where an obligation may, but need not, follow. `limit` names the
    rule for an estimated period where the decision is silent. `judged` counts when it is given by 判决.
    """

    code: str
    label: str
    documents: tuple[str, ...]
    instances: tuple[str, ...]
    law: str
    result: Result
    obligation: Obligation | None
    obligation_certain: bool
    judged: bool
    limit: str | None
    absorbs: tuple[str, ...]
    phrases: tuple[str, ...]
    may_be: tuple[str, ...] = ()  # words that may mean this, and others too

    def fits(self, document: str, instance: str) -> bool:
        return document in self.documents and instance in self.instances

    def is_called(self, words: str) -> bool:
        """Whether normalised words are, as a whole, one of the phrases."""
        return words.replace("，", "") in (phrase.replace("准予", "准许") for phrase in self.phrases)

    def covers(self, other: str) -> bool:
        """Whether this outcome prevails where a text also states `other`."""
        return other != self.code and other.startswith(self.absorbs)


@dataclass(frozen=True, slots=True)
class LostReason:
    """Why an agency lost (败诉原因), with the article that names it and the words courts use."""

    code: str
    label: str
    law: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    code: str
    start: int
    end: int
    literal: int  # characters of the phrase itself, without its gaps

    @property
    def weight(self) -> tuple[int, int]:
        return self.end - self.start, self.literal

    def overlaps(self, other: "_Hit") -> bool:
        return self.start < other.end and other.start < self.end

    def lies_in(self, other: "_Hit") -> bool:
        """Whether it is part of a longer one."""
        return other.start <= self.start and self.end <= other.end and other.weight > self.weight


class Outcomes:
    """The table, by code and by the words courts use."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self._by_code = {outcome.code: outcome for outcome in outcomes}

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str) -> Outcome:
        """The outcome of that code; KeyError when there is none."""
        return self._by_code[code]

    def by_document(self) -> dict[str, list[Outcome]]:
        """The outcomes under each kind of document by which they are given."""
        groups: dict[str, list[Outcome]] = {}
        for outcome in self:
            for document in outcome.documents:
                groups.setdefault(document, []).append(outcome)
        return groups

    def extended(self, phrases: Mapping[str, Iterable[str]]) -> "Outcomes":
        """The same table with further phrases by code, as an office adds them."""
        return Outcomes(
            replace(outcome, phrases=(*outcome.phrases, *phrases.get(outcome.code, ()))) for outcome in self
        )

    def possible(self, text: str, document: str, instance: str) -> list[Outcome]:
        """The outcomes that words may mean which say too little: 准许撤诉 of a second instance."""
        words = _normalise(text)
        fitting = (outcome for outcome in self if outcome.fits(document, instance))
        return [one for one in fitting if any(_pattern(said).fullmatch(words) for said in one.may_be)]

    def match(self, text: str, document: str, instance: str) -> Outcome | None:
        """The outcome a court's words state; None when they state none, or several that clash."""
        words = _normalise(text)
        fitting = [outcome for outcome in self if outcome.fits(document, instance)]
        exact = [outcome for outcome in fitting if outcome.is_called(words)]
        if exact:
            return exact[0] if len(exact) == 1 else None
        # 撤销…，驳回原告其他诉讼请求: what is dismissed beside it does not change the outcome.
        words = _REST_DISMISSED.sub("", words)
        found = self._single([hit for outcome in fitting for hit in _hits(outcome, words)])
        if found and found.judged and found.result == "won" and _may_be_lost(found, words):
            return None
        return found

    def _single(self, hits: list[_Hit]) -> Outcome | None:
        """The one outcome left when covered ones and words inside a longer phrase are set aside."""
        # 驳回…确认违法的诉讼请求: what is asked in a longer phrase is not what was decided, so it covers nothing.
        decided = {hit.code for hit in hits if not any(hit.lies_in(other) for other in hits)}
        covered = {hit.code for hit in hits for code in decided if self._by_code[code].covers(hit.code)}
        standing = [hit for hit in hits if hit.code not in covered]
        heaviest = [
            hit.code
            for hit in standing
            if not any(hit.overlaps(other) and other.weight > hit.weight for other in standing)
        ]
        return self._by_code[heaviest[0]] if len(set(heaviest)) == 1 else None


def _may_be_lost(won: Outcome, words: str) -> bool:
    """Whether words beside a dismissal speak of a loss the table does not know; a person must read those."""
    for hit in _hits(won, words):
        words = words[: hit.start] + "，" * (hit.end - hit.start) + words[hit.end :]
    return bool(_LOSING.search(words))


@cache
def load_outcomes() -> Outcomes:
    """The table of outcomes that comes with the software."""
    return Outcomes(_outcome(row) for row in _data()["outcome"])


@cache
def lost_reasons() -> tuple[LostReason, ...]:
    """The reasons for losing, in the order of the law."""
    rows = _data()["lost_reason"]
    return tuple(LostReason(**row | {"phrases": tuple(row["phrases"])}) for row in rows)


def reasons_in(text: str) -> tuple[LostReason, ...]:
    """The reasons that the words of a court name, in the order of the law; none where it uses other words."""
    words = "".join(text.split())
    return tuple(one for one in lost_reasons() if any(phrase in words for phrase in one.phrases))


def effect_rule(document: str, outcome: str, instance: str, *, retried_as: str = "second") -> str | None:
    """The key of the appeal period a decision must outlive to take effect; None when delivery is enough.

    A retrial is appealable only when it follows the first-instance procedure (`retried_as`). A 调解书 takes
    effect on the last signature.
    《行政诉讼法》第八十五条；《行诉解释》第八十五条、第一百零一条、第一百一十九条。
    """
    if (retried_as if instance == "retrial" else instance) != "first":
        return None
    if document == JUDGMENT:
        return "appeal_judgment"
    return "appeal_ruling" if document == RULING and outcome in APPEALABLE_RULINGS else None


def _hits(outcome: Outcome, words: str) -> Iterator[_Hit]:
    for phrase in outcome.phrases:
        literal = len(phrase.replace("…", ""))
        if literal >= SHORTEST_CONTAINED:
            for found in _pattern(phrase).finditer(words):
                yield _Hit(outcome.code, found.start(), found.end(), literal)


def _normalise(text: str) -> str:
    """Clauses parted by one full-width comma each; all other marks and spaces gone; 准予 written 准许."""
    folded = unicodedata.normalize("NFKC", text).replace("准予", "准许")
    clauses = (
        "".join(char for char in clause if unicodedata.category(char)[0] not in "PSZC")
        for clause in _CLAUSE_MARKS.split(folded)
    )
    return "，".join(clause for clause in clauses if clause)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase as an expression: … stays inside a clause, …… crosses clauses, commas are free."""
    literals = ("，?".join(map(re.escape, words)) for words in re.split("…+", phrase.replace("准予", "准许")))
    gaps = (".{0,80}?" if len(gap) > 1 else "[^，]{0,60}?" for gap in re.findall("…+", phrase))
    return re.compile("".join(chain(*zip_longest(literals, gaps, fillvalue=""))))


def _outcome(row: dict[str, Any]) -> Outcome:
    lists = {
        key: tuple(row.get(key, ())) for key in ("documents", "instances", "absorbs", "phrases", "may_be")
    }
    return Outcome(**{"obligation": None, "limit": None, **row, **lists})


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / "outcomes.toml").read_text("utf-8"))
