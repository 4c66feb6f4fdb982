"""When courts send their workbooks, and what stands in them: late ones, months sent again, rows with a typo."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.year.events import AGENCIES, UPPER, Notification, Row

DAY = timedelta(days=1)
NEVER = date(2099, 1, 1)  # not within the year that is played
COURTS = (*AGENCIES, UPPER)
Sending = tuple[date, str, bool]  # day, month, addition
# What a slip of the pen makes of a cell, so that its row cannot be read.
TYPOS = {"schedule": "开庭日期", "appearances": "开庭日期", "judgments": "裁判日期"}


class Mail:
    """The days on which each court sends, and the rows that wait to be sent."""

    def __init__(self, rng: Random, last: date) -> None:
        self.plans = {court: list(_sendings(rng, last)) for court in COURTS}
        self.waiting: dict[str, list[tuple[date, Row]]] = defaultdict(list)

    def told_on(self, court: str, known: date) -> date:
        """The day on which the court tells what it knows from that day on."""
        return next((day for day, *_ in self.plans[court] if day > known), NEVER)

    def is_addition(self, court: str, day: date) -> bool:
        """Whether what the court sends that day adds to a month whose other rows stand."""
        return any(day == sent and addition for sent, _, addition in self.plans[court])

    def put(self, court: str, known: date, row: Row) -> date:
        """A row that goes out with the next workbook; returns its day."""
        self.waiting[court].append((known, row))
        return self.told_on(court, known)


def _sendings(rng: Random, last: date) -> Iterator[Sending]:
    """By the 5th, some late, and an addition later in the month."""
    for month in range(1, last.month + 1):
        late = rng.random() < 0.2
        day = date(2026, month, rng.randint(8, 14) if late else rng.randint(3, 5))
        yield day, f"2026-{month:02}", False
        yield date(2026, month, rng.randint(17, 25)), f"2026-{month:02}", True


def notifications(mail: Mail, rng: Random) -> list[Notification]:
    """Every workbook of the year."""
    return [one for court in COURTS for one in _of_court(court, mail, rng)]


def _of_court(court: str, mail: Mail, rng: Random) -> Iterator[Notification]:
    before = date.min
    for day, month, addition in mail.plans[court]:
        rows = [row for known, row in mail.waiting[court] if before <= known < day]
        before = day
        if rows:
            yield from _sent(Notification(day, court, month, tuple(_newest(rows)), addition), rng)


def _newest(rows: list[Row]) -> list[Row]:
    """Of two rows about one fact the later says all."""
    return list({(row.kind, *row.key): row for row in rows}.values())


def _sent(first: Notification, rng: Random) -> Iterator[Notification]:
    """A workbook, perhaps with a typo that is mended the next day, perhaps sent again with a correction."""
    if rng.random() < 0.25:
        n = rng.randrange(len(first.rows))
        broken = replace(first.rows[n], typo=TYPOS[first.rows[n].kind])
        yield replace(first, rows=(*first.rows[:n], broken, *first.rows[n + 1 :]))
        yield replace(first, day=first.day + DAY)
    else:
        yield first
    if rng.random() < 0.3 and (again := _corrected(first, rng)):
        yield again


def _corrected(first: Notification, rng: Random) -> Notification | None:
    """The month sent again, within days or (stale) after the next month was told."""
    day = first.day + rng.choice([3, 5, 38]) * DAY
    changed = [_put_right(row, rng) for row in first.rows]
    if changed == list(first.rows):
        return None
    return replace(first, day=day, rows=tuple(changed))


def _put_right(row: Row, rng: Random) -> Row:
    cells = row.cells
    if rng.random() < 0.5:
        return row
    if row.kind == "appearances" and cells.get("负责人是否出庭") == "是":
        kept = ("案号", "开庭日期", "是否开庭", "被诉行政机关")
        return replace(row, cells={name: cells[name] for name in kept} | {"负责人是否出庭": "否"})
    if row.kind == "judgments" and cells.get("送达日期"):
        served = date.fromisoformat(cells["送达日期"]) + rng.choice([1, 2]) * DAY
        return replace(row, cells=cells | {"送达日期": served.isoformat()})
    return replace(row, cells=cells | {"备注": "再次报送"}) if row.kind == "schedule" else row
