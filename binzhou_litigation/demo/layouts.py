"""How each court lays out its sheets: headers, their order, and its habits of writing dates and answers."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

SHEETS = ("排庭", "出庭", "裁判")


@dataclass(frozen=True, slots=True)
class Column:
    """A column under `header`; `means` is its canonical name and `over` the group header above it."""

    means: str
    header: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """A court's hand."""

    court_name: str
    date: Callable[[date], str | date]
    yes_no: tuple[str, str]
    came: tuple[str, str]
    separator: str
    half_width_brackets: bool = False
    full_names: bool = True
    hour_in_date: bool = False
    merges_groups: bool = False


def _iso(day: date) -> str:
    return day.isoformat()


def _as_cell(day: date) -> date:
    return day


def _slash(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _dot(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


STYLES = {
    "鲁16": Style("滨州市中级人民法院", _iso, ("是", "否"), ("是", "否"), "、"),
    "鲁1602": Style(
        "滨州市滨城区人民法院",
        _as_cell,
        ("是", "否"),
        ("是", "否"),
        "、",
        full_names=False,
        merges_groups=True,
    ),
    "鲁1603": Style("滨州市沾化区人民法院", _dot, ("√", "×"), ("出庭", "未出庭"), "，", hour_in_date=True),
    "鲁1625": Style(
        "博兴县人民法院", _slash, ("是", "否"), ("有", "无"), "；", half_width_brackets=True, full_names=False
    ),
    "鲁1681": Style(
        "邹平市人民法院",
        _chinese,
        ("是", "否"),
        ("出庭", "未出庭"),
        "\n",
        full_names=False,
        merges_groups=True,
    ),
    "鲁1622": Style("阳信县人民法院", _dot, ("Y", "N"), ("Y", "N"), "/", half_width_brackets=True),
}

FORMS = Path(__file__).with_name("forms.toml")


@cache
def _forms() -> dict[tuple[str, str], tuple[Column, ...]]:
    """The forms by court and sheet; the office's own under no court."""
    forms = tomllib.loads(FORMS.read_text(encoding="utf-8"))["form"]
    return {
        (form.get("court", ""), form["sheet"]): tuple(_column(written) for written in form["columns"])
        for form in forms
    }


def columns(court: str, sheet: str) -> tuple[Column, ...]:
    """The columns of a court's sheet from left to right, after the running number."""
    return _forms().get((court, sheet)) or _forms()["", sheet]


def _column(written: str) -> Column:
    named, _, over = written.partition(">")
    means, _, header = named.partition("=")
    return Column(means, header or means, over)
