"""What a notification says although a later month said otherwise: the later word stands, and the clerk is asked."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from cases.intake.pending import Overruled, RowEffect
from cases.intake.row_facts import RowFacts
from courts.checking.issues import Issue, Place, issue

LATER_WORD, KNOWN_OTHERWISE = "later_word", "known_otherwise"
# The column that tells a field of the record.
COLUMNS = {
    "case.cause": "案由", "case.filed_on": "立案日期", "case.judge": "承办法官", "case.clerk": "书记员",
    "case.phone": "联系电话", "case.plaintiffs": "原告", "case.third_parties": "第三人",
    "case.origin_number": "关联案号", "case.procedure": "审理程序", "case.series": "合并审理组",
    "hearing.day": "开庭日期", "hearing.time": "开庭时间", "hearing.room": "法庭", "hearing.mode": "开庭方式",
    "hearing.state": "是否开庭", "hearing.head_notified": "是否通知负责人出庭",
    "decision.decided_on": "裁判日期", "decision.delivered_on": "送达日期", "decision.appealed": "是否上诉",
    "decision.in_force": "是否生效", "decision.in_force_on": "生效日期", "decision.result_text": "裁判结果",
    "decision.note": "备注", "decisionoutcome.code": "裁判结果", "decisionoutcome.lost": "是否败诉",
    "decisionoutcome.lost_reason": "败诉原因", "obligation.content": "履行内容",
    "obligation.named_on": "履行期限", "obligation.period_text": "履行期限",
}  # fmt: skip
APPEARANCE = "负责人是否出庭"  # what else is said of an appearance holds or falls with it


def later_words(rows: Iterable[RowFacts], items: Iterable[RowEffect]) -> Iterator[Issue]:
    """One question for each row with words that do not hold; it stands in the first of their columns."""
    return _overruled(rows, items, LATER_WORD, _stands)


def known_otherwise(rows: Iterable[RowFacts], items: Iterable[RowEffect]) -> Iterator[Issue]:
    """One warning for each row of a ledger that says otherwise than what anybody else told."""
    return _overruled(rows, items, KNOWN_OTHERWISE, _differs)


def _overruled(
    rows: Iterable[RowFacts],
    items: Iterable[RowEffect],
    code: str,
    worded: Callable[[str, Overruled], str],
) -> Iterator[Issue]:
    for row, item in zip(rows, items, strict=True):
        words: dict[str, Overruled] = {}
        for word in item.overruled:
            words.setdefault(COLUMNS.get(word.field, APPEARANCE), word)
        if words:
            column, first = next(iter(words.items()))
            place = Place(row.sheet, row.row, column, row.cells.get(column, ""))
            why = "；".join(worded(name, word) for name, word in words.items())
            yield issue(code, place, value=first.said, why=why, about=row.numbers[0].display)


def _stands(column: str, word: Overruled) -> str:
    month = date.fromisoformat(f"{word.month}-01")
    return f"{column}“{word.said}”，{month.year}年{month.month}月的通报为“{word.stands}”"


def _differs(column: str, word: Overruled) -> str:
    return f"{column}“{word.said}”，平台已有的为“{word.stands}”"
