"""Rows that say nothing: blank ones, subtotals, signatures and notes. A row with data is never one of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from courts.sheets.columns import SAMPLE_MARK
from lib.cell_values import ValueUnclear, clean_text, is_blank, normalise_header, parse_day
from lib.workbooks import Row

Why = Literal["subtotal", "signature", "blank", "sample", "repeated_header"]

FEW = 2  # different texts: a running number and one more
LONGEST_SHOWN = 120  # characters
_SUBTOTAL = re.compile(r"(?:合计|小计|总计|共计|累计|本页|本表|以上|本月|本院|本期)")
_SIGNATURE = re.compile(
    r"(?:填报|填表|制表|经办|审核|审签|复核|核对|签发|签字|盖章|分管|负责人[:：]"
    r"|报送|联系人|联系电话|单位负责人|庭长|院长|注[:：]|说明|备注[:：])"
)
_DATE_LINE = re.compile(
    r"[0-9〇零○一二三四五六七八九]{4}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日$"
)
# What stands alone under these is a second defendant, plaintiff or head, also below the last case.
DAYS = frozenset({"开庭日期", "裁判日期", "立案日期", "送达日期", "生效日期"})
SOME_MONTH = (2026, 1)  # whether a cell says a day does not depend on it
NAMING = frozenset({"原告", "被诉行政机关", "第三人", "出庭负责人姓名"})
_CASE_LIKE = re.compile(r"[(（〔\[【{〖《「<＜]\s*[0-9０-９]{4}\s*[)）〕\]】}〗》」>＞]")
_NUMBER_LIKE = re.compile(r"行.*[0-9０-９]|[0-9０-９]\s*号")
_LABELLED = re.compile(r"[:：]|^[0-9.]+\s*(?:件|案|人|个|%|％)?$|^\s*[_＿]+")


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that was passed over, by the file's own number: what it says, and for what it was taken."""

    row: int
    text: str
    why: Why

    def to_json(self) -> dict[str, Any]:
        return {"row": self.row, "text": self.text, "why": self.why}


def passed_over(row: Row, values: Mapping[str, Any], *, after_last: bool) -> IgnoredRow | None:
    """Why a row is no row of the table, or None for one that may say something of a case.

    `values` are its known columns; `after_last` says that no case number stands further down.
    """
    texts = [text for text in map(clean_text, row.values) if text]
    why = _why(texts, values, after_last)
    return IgnoredRow(row.number, "　".join(dict.fromkeys(texts))[:LONGEST_SHOWN], why) if why else None


def is_case_like(values: Mapping[str, Any]) -> bool:
    """Whether the number begins as every 案号 does: with a year in brackets."""
    return bool(_CASE_LIKE.match(clean_text(values.get("案号"))))


def _why(texts: Sequence[str], values: Mapping[str, Any], after_last: bool) -> Why | None:
    number = clean_text(values.get("案号"))
    if _CASE_LIKE.match(number):
        return None
    if not texts:
        return "blank"
    if normalise_header(number) == "案号":
        return "repeated_header"
    if number.startswith(SAMPLE_MARK):
        return "sample"
    return _below_the_table(texts, values, after_last)


def _below_the_table(texts: Sequence[str], values: Mapping[str, Any], after_last: bool) -> Why | None:
    first = texts[0].replace(" ", "")
    footer: Why | None = (
        "subtotal" if _SUBTOTAL.match(first) else "signature" if _SIGNATURE.match(first) else None
    )
    if footer:
        return None if _tells_of_a_case(values) else footer
    few = len(set(texts)) <= FEW
    if few and after_last and _DATE_LINE.match(first):
        return "signature"
    return _alone(values, after_last) if few and not _tells_of_a_case(values) else None


def _alone(values: Mapping[str, Any], after_last: bool) -> Why | None:
    """One text by itself: a note across the table, in its first column or below it. Elsewhere it is data."""
    told = {name: clean_text(value) for name, value in values.items() if not is_blank(value)}
    if not told:
        return "blank"  # a running number, or something beside the table
    below = after_last and NAMING.isdisjoint(told)
    is_note = len(set(told.values())) == 1 and (len(told) > 1 or "案号" in told or below)
    return "signature" if is_note else None


def _tells_of_a_case(values: Mapping[str, Any]) -> bool:
    """A number, a day, or three columns filled with what is neither a label (审核人：…) nor a count (12 件)."""
    if _NUMBER_LIKE.search(clean_text(values.get("案号"))):
        return True
    if any(_is_day(values[name]) for name in DAYS & values.keys()):
        return True
    told = {clean_text(value) for name, value in values.items() if name != "案号"}
    labels = (_LABELLED.search, _SUBTOTAL.match, _SIGNATURE.match)
    return len([text for text in told if text and not any(label(text) for label in labels)]) > FEW


def _is_day(value: Any) -> bool:
    try:
        parse_day(value, month=SOME_MONTH)
    except ValueUnclear:
        return False
    return True
