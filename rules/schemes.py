"""评分细则 as data: what is scored, by which rule, and under which clause. Bad ones are refused by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from rules.strict_toml import DataFileError, Entry, read_toml

RuleType = Literal["ratio", "per_event"]

FULL_MARKS = Decimal("100.0")
POINT = Decimal("0.1")
SCHEMES = Path(__file__).parent / "data" / "schemes"
_POINTS = re.compile(r"[0-9]{1,3}\.[0-9]")


@dataclass(frozen=True, slots=True)
class SchemeItem:
    """One scored item: `max` points times a rate, or `max` points less so many per event."""

    key: str
    group: str
    label: str
    max: Decimal
    rule: RuleType
    clause: str
    citation: str
    measure: str = ""
    deductions: Mapping[str, Decimal] = field(default_factory=dict)  # points by kind of event
    forfeited_by: tuple[str, ...] = ()  # kinds of event that cost the whole item


@dataclass(frozen=True, slots=True)
class Grade:
    """等次: the label from a number of points on."""

    label: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme of 100 points, valid from a day on."""

    name: str
    version: str
    valid_from: date
    period: str
    citation: str
    ranked_by: str  # the measure without whose denominator a unit is not ranked
    unranked_reason: str
    items: tuple[SchemeItem, ...]
    grades: tuple[Grade, ...]
    example: bool = False

    def grade(self, total: Decimal) -> str:
        """The 等次 of a total."""
        return next(grade.label for grade in self.grades if total >= grade.at_least)


@cache
def load_scheme(year: int) -> Scheme:
    """The scheme that comes with the software for that year; DataFileError when there is none."""
    path = SCHEMES / f"{year}.toml"
    if not path.exists():
        raise DataFileError(f"{path.name}：没有 {year} 年度的评分细则。")
    return read_scheme(path)


def read_scheme(path: Path) -> Scheme:
    """The scheme in a TOML file; DataFileError names the file and what is wrong in it."""
    return parse_scheme(read_toml(path))


def parse_scheme(entry: Entry) -> Scheme:
    """The scheme in plain data, from a file or from what an office entered."""
    scheme = Scheme(
        name=entry.take_text("name"),
        version=entry.take_text("version"),
        valid_from=entry.take("valid_from", date),
        period=entry.take_text("period"),
        citation=entry.take_text("citation"),
        ranked_by=entry.take_text("ranked_by"),
        unranked_reason=entry.take_text("unranked_reason"),
        items=tuple(_item(row) for row in entry.take_entries("item", "项")),
        grades=_grades(entry),
        example=entry.take_or("example", bool, False),
    )
    entry.done()
    _check(scheme, entry.where)
    return scheme


def _check(scheme: Scheme, where: str) -> None:
    weight = sum((item.max for item in scheme.items), Decimal(0))
    if weight != FULL_MARKS:
        raise DataFileError(f"{where}：各项满分合计为 {weight}，应为 {FULL_MARKS}。")
    if len({item.key for item in scheme.items}) < len(scheme.items):
        raise DataFileError(f"{where}：有两项使用同一个 key。")
    if not scheme.grades or scheme.grades[-1].at_least != 0:
        raise DataFileError(f"{where}：最低等次应从 0 分起。")
    if scheme.ranked_by not in {item.measure for item in scheme.items}:
        raise DataFileError(f"{where}：ranked_by 的指标“{scheme.ranked_by}”不在评分项目中。")


def _item(entry: Entry) -> SchemeItem:
    rule, measure = entry.take_text("rule"), entry.take_or("measure", str, "")
    deductions = entry.take_or("deductions", dict, {})
    if not {"ratio": measure, "per_event": deductions}.get(rule):
        raise DataFileError(
            f"{entry.where}：rule 应为 ratio（并写 measure）或 per_event（并写 deductions）。"
        )
    item = SchemeItem(
        key=entry.take_text("key"),
        group=entry.take_text("group"),
        label=entry.take_text("label"),
        max=_points(entry.take("max", str), entry.where),
        rule="ratio" if rule == "ratio" else "per_event",
        clause=entry.take_text("clause"),
        citation=entry.take_text("citation"),
        measure=measure,
        deductions={kind: _points(points, entry.where) for kind, points in deductions.items()},
        forfeited_by=tuple(entry.take_or("forfeited_by", list, [])),
    )
    entry.done()
    return item


def _grades(entry: Entry) -> tuple[Grade, ...]:
    """The grades, the highest first."""
    grades = []
    for row in entry.take_entries("grade", "等次"):
        grades.append(Grade(row.take_text("label"), _points(row.take("at_least", str), row.where)))
        row.done()
    return tuple(sorted(grades, key=lambda grade: grade.at_least, reverse=True))


def _points(text: object, where: str) -> Decimal:
    """Points with one decimal, written as text so that they stay exact."""
    if not isinstance(text, str) or not _POINTS.fullmatch(text):
        raise DataFileError(f'{where}：分值“{text}”应写成带一位小数的文字，如 "3.0"。')
    return Decimal(text)
