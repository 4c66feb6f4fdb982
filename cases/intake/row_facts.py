"""What one row of a court's notification says, checked and typed, ready to be taken into the record."""

from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any, Self

DATED = ("case", "hearing", "decision", "obligation")  # the parts that hold days and times
PARTS = ("case", "hearing", "appearance", "decision", "outcome", "obligation")
DAYS = frozenset({"day", "filed_on", "decided_on", "delivered_on", "in_force_on", "named_on"})


@dataclass(slots=True)
class Number:
    """One 案号 as the record keeps it."""

    key: str
    display: str
    year: int
    type_code: str
    serial: int
    instance: str

    @property
    def court(self) -> str:
        """The code of its court, or in old style the court's short name."""
        return self.key.split("|")[1]


@dataclass(slots=True)
class RowFacts:
    """One row. The dictionaries hold only what the row tells, by the names of the models' fields."""

    kind: str  # schedule, appearances, judgments; or ledger, of which one row may tell several things
    sheet: str
    row: int
    numbers: list[Number]
    agencies: list[tuple[int, str]]  # organisation id, name as written
    cells: dict[str, str] = field(default_factory=dict)
    case: dict[str, Any] = field(default_factory=dict)
    hearing: dict[str, Any] = field(default_factory=dict)
    appearance: dict[str, Any] = field(default_factory=dict)
    decision: dict[str, Any] = field(default_factory=dict)
    outcome: dict[str, Any] = field(default_factory=dict)
    obligation: dict[str, Any] = field(default_factory=dict)
    series: str = ""

    @property
    def day(self) -> date:
        """The day of the hearing, or of the decision; a row of a ledger may tell of neither and has no day."""
        day: date = self.hearing["day"] if self.hearing else self.decision["decided_on"]
        return day

    @property
    def day_column(self) -> str:
        return "开庭日期" if self.hearing else "裁判日期"

    def lanes(self) -> list[str]:
        """The keys that this row speaks for: one per case and agency, with the day or document it is about."""
        about = str(self.day) if self.kind == "appearances" else ""
        if self.kind == "judgments":
            about = f"{self.decision['kind']}{self.decision['ordinal']}"
        tail = f"|{about}" if about else ""
        return [f"{number.key}|{agency}{tail}" for number in self.numbers for agency, _ in self.agencies]

    def says(self) -> list[dict[str, Any]]:
        """Everything it tells, part by part."""
        return [getattr(self, part) for part in PARTS] + [{"series": self.series}]

    def to_json(self) -> dict[str, Any]:
        """Plain values, with days and times as ISO text."""
        plain = {name: getattr(self, name) for name in FIELDS}
        for name in DATED:
            plain[name] = {key: _plain(value) for key, value in plain[name].items()}
        plain["numbers"] = [
            {name: getattr(number, name) for name in NUMBER_FIELDS} for number in self.numbers
        ]
        return plain

    @classmethod
    def from_json(cls, stated: dict[str, Any]) -> Self:
        """The row that `to_json` told of."""
        typed = {name: _typed(stated[name]) for name in DATED}
        numbers = [Number(**number) for number in stated["numbers"]]
        agencies = [(agency, name) for agency, name in stated["agencies"]]
        return cls(**(stated | typed | {"numbers": numbers, "agencies": agencies}))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def _typed(stated: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(key, value) for key, value in stated.items()}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, str) and key in DAYS:
        return date.fromisoformat(value)
    return time.fromisoformat(value) if isinstance(value, str) and key == "time" else value


FIELDS = tuple(each.name for each in fields(RowFacts))
NUMBER_FIELDS = tuple(each.name for each in fields(Number))
