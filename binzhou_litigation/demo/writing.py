"""How a court writes one value into one cell."""

from dataclasses import dataclass
from datetime import date
from random import Random

from binzhou_litigation.demo.agencies import Agency
from binzhou_litigation.demo.layouts import Style
from binzhou_litigation.demo.plan import HOMOPHONES
from binzhou_litigation.demo.rows import Row, Value

Cell = str | date | None

_HALF_WIDTH = str.maketrans("（）", "()")
_CAME = "负责人是否出庭"
_CASE_NUMBERS = {"案号", "关联案号"}
_NOON = 12


@dataclass(frozen=True, slots=True)
class Hand:
    """The clerk of one court, with the court's habits and a choice of names for an agency."""

    style: Style
    rng: Random

    def write(self, column: str, row: Row) -> Cell:
        """The cell a row shows under a column; None for a blank one."""
        value = row.get(column)
        if column == "开庭日期" and self.style.hour_in_date and "开庭时间" in row:
            return _day_and_hour(row)
        if column in _CASE_NUMBERS and self.style.half_width_brackets and isinstance(value, str):
            return value.translate(_HALF_WIDTH) or None
        if isinstance(value, bool):
            yes, no = self.style.came if column == _CAME else self.style.yes_no
            return yes if value else no
        return self._plain(value)

    def misspelt(self, agency: Cell) -> str:
        """The agency's name with a character that sounds alike."""
        name = str(agency)
        right, wrong = next((pair for pair in HOMOPHONES.items() if pair[0] in name), ("滨", "宾"))
        return name.replace(right, wrong)

    def _plain(self, value: Value) -> Cell:
        if isinstance(value, date):
            return self.style.date(value)
        if isinstance(value, tuple):
            return self.style.separator.join(self._name(agency) for agency in value)
        return str(value) if value else None

    def _name(self, agency: Agency) -> str:
        """Mostly the full name; courts with a looser hand choose any name the agency has."""
        return agency.name if self.style.full_names else self.rng.choice((agency.name, *agency.names))


def _day_and_hour(row: Row) -> str:
    """7月3日上午9:00, the way a schedule names a day of the current year."""
    day, hour = row["开庭日期"], str(row["开庭时间"])
    if not isinstance(day, date):
        raise TypeError("A scheduled sitting has a day.")
    half = "上午" if int(hour.split(":")[0]) < _NOON else "下午"
    return f"{day.month}月{day.day}日{half}{hour}"
