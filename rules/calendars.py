"""The work calendar: the State Council's yearly notices with their make-up workdays (调休), by version.

A later notice may still move the last days of an announced year (2018-12-31 was given off by the notice
for 2019); it is then a further version of that earlier year.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from rules.strict_toml import DataFileError, Entry, read_toml

CALENDARS = Path(__file__).parent / "data" / "calendars"

DAY = timedelta(days=1)
SATURDAY = 5
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class CalendarError(ValueError):
    """A year's arrangement contradicts itself or the other years; the message (Chinese) says where."""


class DayKind(StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP_WORKDAY = "make_up_workday"


DAYS_OFF = frozenset({DayKind.WEEKEND, DayKind.HOLIDAY})


def on_weekday(day: date) -> str:
    """A date as sentences print it: 2026-10-08（周四）."""
    return f"{day}（{WEEKDAYS[day.weekday()]}）"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What one day is, and the notice that makes it so."""

    date: date
    kind: DayKind
    name: str  # the holiday a day off or a make-up workday belongs to; empty on ordinary days
    notice: str  # empty where no notice names the day
    announced: bool  # False beyond the announced years, where weekends alone are days off

    @property
    def is_day_off(self) -> bool:
        return self.kind in DAYS_OFF

    @property
    def reason(self) -> str:
        """The day in a sentence: 国庆节, 周六, 国庆节调休上班日, or 工作日."""
        if self.kind is DayKind.MAKE_UP_WORKDAY:
            return f"{self.name}调休上班日"
        return self.name or (WEEKDAYS[self.date.weekday()] if self.is_day_off else "工作日")


@dataclass(frozen=True, slots=True)
class DayRange:
    """Consecutive days of one holiday, both ends included."""

    name: str
    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return (self.first + n * DAY for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One version of one year's arrangement, complete in itself. CalendarError when it contradicts itself."""

    year: int
    number: int
    published_on: date
    notice: str
    days_off: tuple[DayRange, ...]
    workdays: tuple[DayRange, ...]

    def __post_init__(self) -> None:
        if self.number < 1:
            raise CalendarError(f"{self.label}：版本号须从 1 起。")
        if not self.notice.strip():
            raise CalendarError(f"{self.label}：缺少通知名称。")
        if self.published_on.year > self.year:
            raise CalendarError(f"{self.label}：公布日 {self.published_on} 晚于该年度。")
        self._check_days()

    @property
    def label(self) -> str:
        """How receipts name the version, as 2026@1."""
        return f"{self.year}@{self.number}"

    def listed_days(self) -> Iterator[CalendarDay]:
        """The days this version names: days off and make-up workdays."""
        for kind, ranges in ((DayKind.HOLIDAY, self.days_off), (DayKind.MAKE_UP_WORKDAY, self.workdays)):
            for days in ranges:
                for day in days:
                    yield CalendarDay(day, kind, days.name, self.notice, announced=True)

    def _check_days(self) -> None:
        seen: dict[date, DayKind] = {}
        for days in (*self.days_off, *self.workdays):
            if days.last < days.first:
                raise CalendarError(f"{self.label}：{days.name} {days.first} 至 {days.last} 先后颠倒。")
        for listed in self.listed_days():
            self._check_day(listed, seen.get(listed.date))
            seen[listed.date] = listed.kind

    def _check_day(self, listed: CalendarDay, before: DayKind | None) -> None:
        if listed.date.year != self.year:
            raise CalendarError(f"{self.label}：{listed.date} 不在 {self.year} 年内。")
        if before is listed.kind:
            raise CalendarError(f"{self.label}：{listed.date} 列了两次。")
        if before is not None:
            raise CalendarError(f"{self.label}：{listed.date} 既列为放假又列为上班。")
        if listed.kind is DayKind.MAKE_UP_WORKDAY and listed.date.weekday() < SATURDAY:
            raise CalendarError(f"{self.label}：{on_weekday(listed.date)}本就上班，不能列为调休上班日。")


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """Which days are worked, from the version in force of each announced year. Immutable; made by `of`."""

    years: Mapping[int, YearCalendar]
    _days: Mapping[date, CalendarDay]

    @classmethod
    def of(cls, versions: Iterable[YearCalendar], *, known_on: date | None = None) -> "WorkCalendar":
        """The calendar of the highest version of each year, of those published by `known_on` when given.

        CalendarError for a version given twice, versions published out of order, a missing year between two,
        or no year at all.
        """
        ordered = sorted(versions, key=lambda version: (version.year, version.number))
        _check_order(ordered)
        in_force = {v.year: v for v in ordered if known_on is None or v.published_on <= known_on}
        _check_years(in_force)
        return cls(in_force, {day.date: day for year in in_force.values() for day in _days_of(year)})

    @property
    def known_from(self) -> date:
        """The first day of the first announced year."""
        return date(min(self.years), 1, 1)

    @property
    def known_until(self) -> date:
        """The last day of the last announced year."""
        return date(max(self.years), 12, 31)

    def day(self, on: date) -> CalendarDay:
        """What `on` is; outside the announced years the weekday alone decides."""
        return self._days.get(on) or _ordinary_day(on, announced=False)

    def is_day_off(self, on: date) -> bool:
        return self.day(on).kind in DAYS_OFF

    def is_announced(self, on: date) -> bool:
        """Whether a State Council notice for the year of `on` is known."""
        return on.year in self.years

    def next_working_day(self, on: date) -> date:
        """`on` itself when it is worked, else the first working day after it."""
        while self.is_day_off(on):
            on += DAY
        return on

    def previous_working_day(self, on: date) -> date:
        """`on` itself when it is worked, else the last working day before it."""
        while self.is_day_off(on):
            on -= DAY
        return on

    def add_working_days(self, on: date, count: int) -> date:
        """The `count`-th working day after `on`, which is not counted. ValueError for a negative count."""
        if count < 0:
            raise ValueError(f"工作日数不能为负数，现为 {count}。")
        for _ in range(count):
            on = self.next_working_day(on + DAY)
        return on

    def working_days_before(self, on: date, count: int) -> date:
        """The `count`-th working day before `on`, which is not counted: 3 before 2026-10-10 is 2026-09-30."""
        for _ in range(count):
            on = self.previous_working_day(on - DAY)
        return on

    def days_off_between(self, after: date, until: date) -> tuple[CalendarDay, ...]:
        """The days off later than `after` and not later than `until`."""
        days = (self.day(after + n * DAY) for n in range(1, (until - after).days + 1))
        return tuple(day for day in days if day.kind in DAYS_OFF)

    def version_of(self, on: date) -> str:
        """The version that decided about `on`, as 2026@1; outside the announced years the nearest one."""
        return self.years[min(max(on.year, min(self.years)), max(self.years))].label


def load_calendar(
    directory: Path | None = None, *, extra: Iterable[YearCalendar] = (), known_on: date | None = None
) -> WorkCalendar:
    """The calendar of the files in `directory` (default: those of the rules) and the `extra` versions.

    With `known_on`, versions published later are ignored, so a past computation can be repeated as it was.
    DataFileError names the file and the entry at fault; CalendarError as of `WorkCalendar.of`.
    """
    return WorkCalendar.of((*read_year_calendars(directory), *extra), known_on=known_on)


def read_year_calendars(directory: Path | None = None) -> list[YearCalendar]:
    """Every version in the year files of `directory`, oldest year first."""
    directory = directory or CALENDARS
    return [version for path in sorted(directory.glob("*.toml")) for version in _read_year(path)]


def _read_year(path: Path) -> list[YearCalendar]:
    file = read_toml(path)
    year = file.take("year", int)
    entries = file.take_entries("version", "版")
    file.done()
    if path.stem != str(year):
        raise DataFileError(f"{path.name}：文件名与年度 {year} 不一致。")
    if not entries:
        raise DataFileError(f"{path.name}：没有任何版本。")
    versions = [_read_version(year, entry) for entry in entries]
    try:
        _check_order(versions)
    except CalendarError as error:
        raise DataFileError(f"{path.name}：{error}") from error
    return versions


def _read_version(year: int, entry: Entry) -> YearCalendar:
    number = entry.take("number", int)
    published_on = entry.take("published_on", date)
    notice = entry.take_text("notice")
    days_off = tuple(_read_range(item) for item in entry.take_entries("day_off", "项放假"))
    workdays = tuple(_read_range(item) for item in entry.take_entries("workday", "项上班"))
    entry.done()
    try:
        return YearCalendar(year, number, published_on, notice, days_off, workdays)
    except CalendarError as error:
        raise DataFileError(f"{entry.where}：{error}") from error


def _read_range(entry: Entry) -> DayRange:
    name = entry.take_text("name")
    first = entry.take("first", date)
    days = DayRange(name, first, entry.take_or("last", date, first))
    entry.done()
    return days


def _check_order(versions: list[YearCalendar]) -> None:
    for earlier, later in pairwise(versions):
        if earlier.year != later.year:
            continue
        if earlier.number == later.number:
            raise CalendarError(f"{later.label} 出现了两次。")
        if earlier.number > later.number or earlier.published_on > later.published_on:
            raise CalendarError(f"{earlier.label} 与 {later.label} 的先后颠倒。")


def _check_years(in_force: Mapping[int, YearCalendar]) -> None:
    if not in_force:
        raise CalendarError("没有任何一年的放假安排。")
    missing = [str(year) for year in range(min(in_force), max(in_force)) if year not in in_force]
    if missing:
        raise CalendarError(f"放假安排不连续，缺少 {'、'.join(missing)} 年。")


def _days_of(version: YearCalendar) -> Iterator[CalendarDay]:
    listed = {day.date: day for day in version.listed_days()}
    for day in DayRange("", date(version.year, 1, 1), date(version.year, 12, 31)):
        yield listed.get(day) or _ordinary_day(day, announced=True)


def _ordinary_day(on: date, *, announced: bool) -> CalendarDay:
    kind = DayKind.WORKDAY if on.weekday() < SATURDAY else DayKind.WEEKEND
    return CalendarDay(on, kind, name="", notice="", announced=announced)
