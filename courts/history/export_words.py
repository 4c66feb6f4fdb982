"""The words of a ledger for what the record keeps as codes: those that are read back as the same."""

from collections.abc import Iterable, Mapping

from cases.models import AppearanceStatement, Decision, Obligation
from courts.sheets import choices
from rules.appearance import AbsenceGround
from rules.outcomes import load_outcomes

LONGEST_REASON = 500


def _first_words(known: Mapping[str, str]) -> dict[str, str]:
    """By code the first of the words that are read as it."""
    words: dict[str, str] = {}
    for word, code in known.items():
        words.setdefault(code, word)
    return words


STATE, MODE, RANK = (_first_words(known) for known in (choices.STATES, choices.MODES, choices.RANKS))
CERTIFICATE, FINDING = _first_words(choices.CERTIFICATES), _first_words(choices.FINDINGS)
INSTANCE = {"first": "一审", "second": "二审", "retrial": "再审"}
PROCEDURE = {"ordinary": "普通程序", "simple": "简易程序"}
PERFORMANCE = _first_words(choices.PERFORMANCE) | {"reported": "履行中"}  # told and not yet checked
UNREAD = ("suspended", "impossible")  # no ledger has a word for them: their label is kept as it is


def yes_no(said: bool | None) -> str:
    """是, 否, or nothing where nobody said."""
    return "" if said is None else "是" if said else "否"


def absence_words(said: AppearanceStatement) -> str:
    """Why no head came, so that the ground is read from the words where they may tell it."""
    reason, ground = said.absence_reason, said.absence_ground
    if said.attended or ground in ("", AbsenceGround.NONE):
        return "" if said.attended else reason
    if choices.absence_ground(reason) == ground:
        return reason
    label = AbsenceGround.of(ground).label
    return f"{label}：{reason}"[:LONGEST_REASON] if reason else label


def outcome_words(code: str, document: str, instance: str, said: Iterable[str] = ()) -> str:
    """Words from which the table reads this outcome: those that a court `said`, else its own, else its label."""
    table = load_outcomes()
    for words in (*said, *table.get(code).phrases):
        read = table.match(words, document, instance)
        if read is not None and read.code == code:
            return words
    return table.get(code).label


def said_of(decision: Decision) -> list[str]:
    """What the court said of a decision; of several defendants it is kept joined, and each has a part of it."""
    text = decision.result_text
    parts = text.split("；") if len(decision.outcomes.all()) > 1 else []
    return [words for words in (*parts, text) if words]


def performance_words(owed: Obligation) -> str:
    """The state in words; of one that is open what was written in place of a state."""
    if owed.state in UNREAD:
        return str(owed.get_state_display())
    return PERFORMANCE.get(owed.state, "") or owed.proof
