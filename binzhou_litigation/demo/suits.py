"""A suit before a court as the demonstration tells it: sittings, decision, parties."""

from dataclasses import dataclass
from datetime import date

from binzhou_litigation.demo.agencies import Agency
from binzhou_litigation.demo.conduct import Appearance
from binzhou_litigation.demo.plan import Ruling

HELD = "是"
SECOND_INSTANCE = "行终"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One day a suit was set down for; `held` is 是, 延期, 取消 or 撤诉."""

    on: date
    at: str
    room: str
    mode: str
    held: str = HELD
    appearances: tuple[Appearance, ...] = ()


@dataclass(slots=True)
class Decision:
    """The decision that ends a suit, with one ruling for each agency."""

    on: date
    served_on: date
    rulings: tuple[Ruling, ...]
    appealed: bool = False


@dataclass(slots=True)
class Suit:
    """One 案号 before one court. `serial` is given once all suits of the court are known."""

    court: str
    kind: str
    cause: str
    plaintiff: str
    agencies: tuple[Agency, ...]
    filed_on: date
    sittings: tuple[Sitting, ...]
    decision: Decision | None
    judge: str
    clerk: str
    phone: str
    procedure: str
    notified: bool
    third_party: str = ""
    group: str = ""
    origin: str = ""
    note: str = ""
    serial: int = 0

    @property
    def number(self) -> str:
        """The 案号 in display form."""
        return f"（{self.filed_on.year}）{self.court}{self.kind}{self.serial}号"

    @property
    def is_second_instance(self) -> bool:
        return self.kind == SECOND_INSTANCE
