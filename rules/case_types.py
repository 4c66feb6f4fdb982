"""类型代字: what the letters of a 案号 say about the case. Source: 法〔2015〕137号, its table of types."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Instance = Literal["first", "second", "retrial", "review", "jurisdiction", "enforcement", "other"]
Branch = Literal[
    "administrative", "pre_filing", "non_litigation", "enforcement", "civil", "criminal", "other"
]


@dataclass(frozen=True, slots=True)
class TypeCode:
    """What a 类型代字 says about a case.

    `in_loss` says the type may enter a loss rate; which instances do is the definition's choice.
    """

    code: str
    meaning: str
    branch: Branch
    instance: Instance
    agency_is_defendant: bool
    in_appearance: bool
    in_loss: bool
    compensation: bool


@cache
def type_codes() -> dict[str, TypeCode]:
    """The 类型代字 we know, by code."""
    path = Path(__file__).parent / "data" / "case_types.toml"
    return {row["code"]: TypeCode(**row) for row in tomllib.loads(path.read_text("utf-8"))["type"]}


def codes_in_appearance() -> list[str]:
    """The 类型代字 whose held hearings count for the appearance of heads."""
    return [code for code, kind in type_codes().items() if kind.in_appearance]


def codes_in_loss(instances: Collection[str]) -> list[str]:
    """Those of the instances whose decisions may enter a loss rate."""
    return [code for code, kind in type_codes().items() if kind.in_loss and kind.instance in instances]
