"""The work calendar of 2026 and the counting of periods, after docs/rules.md §1 and §2; typed in, not imported."""

from datetime import date, timedelta

DAY = timedelta(days=1)
# 国办发明电〔2025〕7号. Outside the year weekends alone are days off.
_OFF = {
    "元旦": ("01-01", "01-03"), "春节": ("02-15", "02-23"), "清明节": ("04-04", "04-06"),
    "劳动节": ("05-01", "05-05"), "端午节": ("06-19", "06-21"), "中秋节": ("09-25", "09-27"),
    "国庆节": ("10-01", "10-07"),
}  # fmt: skip
_WORKED = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
SATURDAY = 5


def _days(first: str, last: str) -> set[date]:
    start, end = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}")
    return {start + n * DAY for n in range((end - start).days + 1)}


def arrangement(off: tuple[date, ...], worked: tuple[date, ...]) -> list[dict[str, str]]:
    """The year as a further notice arranges it: what was, with these days besides."""
    known = [("off", name, f"2026-{a}", f"2026-{b}") for name, (a, b) in _OFF.items()]
    known += [("work", "调休", f"2026-{day}", f"2026-{day}") for day in _WORKED]
    known += [("off", "国庆节", str(day), str(day)) for day in off]
    known += [("work", "国庆节", str(day), str(day)) for day in worked]
    return [dict(zip(("kind", "name", "first", "last"), one, strict=True)) for one in known]


class Calendar:
    """Which days are worked, and where periods end."""

    def __init__(self) -> None:
        self.off: set[date] = set().union(*(_days(*both) for both in _OFF.values()))
        self.worked = {date.fromisoformat(f"2026-{day}") for day in _WORKED}

    def amend(self, off: tuple[date, ...], worked: tuple[date, ...]) -> None:
        """A later version of the year: these days change sides."""
        self.off = (self.off | set(off)) - set(worked)
        self.worked = (self.worked | set(worked)) - set(off)

    def is_worked(self, day: date) -> bool:
        if day in self.worked:
            return True
        return day not in self.off and day.weekday() < SATURDAY

    def roll(self, day: date) -> date:
        """The day itself, or the first working day after it (《民法典》第二百零三条)."""
        while not self.is_worked(day):
            day += DAY
        return day

    def back(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_worked(day):
            day -= DAY
        return day

    def working(self, start: date, count: int) -> date:
        """So many working days after the start, which is not counted; before it where negative."""
        step, left = (DAY, count) if count > 0 else (-DAY, -count)
        while left:
            start += step
            left -= self.is_worked(start)
        return start

    def months(self, start: date, months: int) -> date:
        """The day of the same number so many months later, or the last one of that month; rolls forward."""
        place = start.month - 1 + months
        first = date(start.year + place // 12, place % 12 + 1, 1)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return self.roll(min(first + (start.day - 1) * DAY, following - DAY))

    def after(self, start: date, days: int, pauses: tuple[tuple[date, date], ...] = ()) -> date:
        """Calendar days after the start, those of pauses not counted; a last day off rolls forward."""
        end = start
        while days:
            end += DAY
            days -= not any(first <= end <= last for first, last in pauses)
        return self.roll(end)
