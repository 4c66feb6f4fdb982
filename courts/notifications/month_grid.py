"""What each court told of each month of a year: in time, later, not there, not due; marks that need no colour."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.law import Law
from courts.models import Kind
from courts.notifications.coverage import Coverage
from rules.report_periods import ReportPeriod

IN_TIME, LATER, SILENT, NOT_YET = "in_time", "later", "silent", "not_yet"
MARKS = {IN_TIME: "✓", LATER: "△", SILENT: "—", NOT_YET: "·"}
WORDS = {
    IN_TIME: "按时收到",
    LATER: "通报日后 {} 天收到",
    SILENT: "未收到",
    NOT_YET: "未到通报日或平台启用前",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One notification of a court and month: its state, after how many days it came, and what it came with."""

    kind: str
    state: str
    days: int = 0
    upload: int | None = None

    @property
    def mark(self) -> str:
        return f"{MARKS[self.state]}{self.days or ''}"

    @property
    def words(self) -> str:
        return f"{Kind(self.kind).label}{WORDS[self.state].format(self.days)}"


@dataclass(frozen=True, slots=True)
class GridMonth:
    """A month of a court: its three notifications."""

    month: str
    told: tuple[Told, ...]


Grid = list[tuple[str, list[GridMonth]]]


def grid_of(year: ReportPeriod, coverage: Coverage, law: Law) -> Grid:
    """By court the months of the year that the coverage is of; silent is what it says is missing, and no more."""
    silent = {(gap.court, gap.month) for gap in coverage.gaps if gap.kind == "court_silent"}
    due = {month.first: law.notification_day(month.first).due_on for month in year.months}
    return [
        (name, [_month(code, month, coverage, silent, due[month.first]) for month in year.months])
        for code, name in coverage.courts.items()
    ]


def _month(
    court: str, month: ReportPeriod, coverage: Coverage, silent: set[tuple[str, str]], due: date
) -> GridMonth:
    return GridMonth(month.key, tuple(_told(court, month, coverage, silent, due)))


def _told(
    court: str, month: ReportPeriod, coverage: Coverage, silent: set[tuple[str, str]], due: date
) -> Iterator[Told]:
    for kind in Kind.values:
        came = coverage.received.get((court, month.first, kind))
        if came is None:
            yield Told(kind, SILENT if (court, month.key) in silent else NOT_YET)
        elif came.on <= due:
            yield Told(kind, IN_TIME, upload=came.upload)
        else:
            yield Told(kind, LATER, (came.on - due).days, came.upload)
