"""The agencies of the reference tables, with every way a court clerk may write them today."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[2] / "organisations" / "data"

# What the head of an organisation is called, by the end of its name; the first that fits counts.
_TITLES = {
    "市人民政府": "市长",
    "区人民政府": "区长",
    "县人民政府": "县长",
    "镇人民政府": "镇长",
    "乡人民政府": "乡长",
    "支队": "支队长",
    "大队": "大队长",
    "局": "局长",
}


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation that can be sued; `names` begins with the full name."""

    code: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def title(self) -> str:
        """The post of the principal head: 局长, 区长, 主任."""
        return next((title for end, title in _TITLES.items() if self.name.endswith(end)), "主任")


def load_agencies() -> dict[str, Agency]:
    """The organisations of today by code, in the order of the table."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in _read("aliases.csv"):
        if not row["valid_to"]:
            aliases[row["organisation"]].append(row["name"])
    return {
        row["code"]: Agency(row["code"], (row["name"], *aliases[row["code"]]))
        for row in _read("organisations.csv")
        if not row["valid_to"]
    }


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
