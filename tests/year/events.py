"""What happens in a year, as plain data: the world writes it, the oracle and the product are told it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple


class Agency(NamedTuple):
    """A sued agency; `group` is its ranking group within its region."""

    code: str
    name: str
    short_name: str
    region: str


# Agencies by region, the court of first instance beside them. Names as in the reference data.
AGENCIES = {
    "鲁1602": (
        Agency("371602-GA", "滨州市公安局滨城分局", "滨城公安分局", "371602"),
        Agency("371602-RS", "滨州市滨城区人力资源和社会保障局", "滨城区人社局", "371602"),
        Agency("371602-ZRZY", "滨州市滨城区自然资源局", "滨城区自然资源局", "371602"),
        Agency("371602-SC", "滨州市滨城区市场监督管理局", "滨城区市场监管局", "371602"),
    ),
    "鲁1621": (
        Agency("371621-GA", "惠民县公安局", "惠民县公安局", "371621"),
        Agency("371621-RS", "惠民县人力资源和社会保障局", "惠民县人社局", "371621"),
        Agency("371621-ZJ", "惠民县住房和城乡建设局", "惠民县住建局", "371621"),
    ),
}
UPPER = "鲁16"
# The legal offices and government offices that serve them, by region; the city's office; who ranks quarters.
OFFICES = {"371602": "371602-SF", "371621": "371621-SF", "371600": "BZ-SF"}
GOVERNMENTS = {"371602": "371602-ZFB", "371621": "371621-ZFB"}
SUPERVISION = "BZ-DC"
MAILED = ("371602-RS", "371621-GA", "371602-SF", "371621-ZFB")  # whose people have an address
BY_CODE = {agency.code: agency for listed in AGENCIES.values() for agency in listed}
BY_NAME = {agency.name: agency for agency in BY_CODE.values()}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a court's workbook; with a `typo` in one column it cannot be read and is held."""

    kind: str  # schedule, appearances, judgments
    cells: dict[str, str]
    typo: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Which fact the row speaks of: case, agency, and the hearing's day or the kind of document."""
        about = self.cells["文书类型"] if self.kind == "judgments" else self.cells["开庭日期"]
        return self.cells["案号"], self.cells["被诉行政机关"], about


@dataclass(frozen=True, slots=True)
class Notification:
    """A workbook of a court for a month; `addition` adds to the month, else it is the month (again)."""

    day: date
    court: str
    month: str
    rows: tuple[Row, ...]
    addition: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """What an agency or an office does about one lane; without a case, what it does by itself."""

    day: date
    what: str
    case: str
    agency: str
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A later notice on holidays: a day of this year that becomes off or worked."""

    day: date
    published_on: date
    off: tuple[date, ...]
    worked: tuple[date, ...]


Event = Notification | Deed | Amendment
