"""How dates and states are written: on screen, and in official papers."""

from dataclasses import dataclass
from datetime import date

WEEKDAYS = "一二三四五六日"
SOON_DAYS = 3  # 临期: three days or fewer remain

MARKS = {
    "overdue": "■",
    "today": "▲",
    "soon": "◆",
    "running": "●",
    "future": "○",
    "done": "✓",
    "done_late": "✓",
    "suspended": "‖",
    "na": "–",
    "check": "?",
    "error": "✖",
}


@dataclass(frozen=True, slots=True)
class Status:
    """A state as people see it; `state` is a key of `MARKS`, `word` says the same without colour."""

    state: str
    word: str

    @property
    def mark(self) -> str:
        return MARKS[self.state]


NOT_STARTED = Status("future", "未开始")
NOT_APPLICABLE = Status("na", "不适用")
TO_CHECK = Status("check", "待核对")


def weekday_zh(day: date) -> str:
    """周一 … 周日."""
    return f"周{WEEKDAYS[day.weekday()]}"


def long_date(day: date) -> str:
    """2026-11-23（周一）, for tables and pages."""
    return f"{day.isoformat()}（{weekday_zh(day)}）"


def short_date(day: date) -> str:
    """11-23 周一, where the year is the page's own."""
    return f"{day:%m-%d} {weekday_zh(day)}"


def document_date(day: date) -> str:
    """2026年11月3日, for official papers: no leading zeros, year in full."""
    return f"{day.year}年{day.month}月{day.day}日"


def due_word(due_on: date, today: date) -> str:
    """How far off a day is: 逾期 6 天, 今日 24:00 止 or 剩 2 天, in calendar days."""
    days = (due_on - today).days
    if days < 0:
        return f"逾期 {-days} 天"
    return f"剩 {days} 天" if days else "今日 24:00 止"


def due_status(due_on: date, today: date) -> Status:
    """The state of a duty that is still open on `today`."""
    return Status(_open_state((due_on - today).days), due_word(due_on, today))


def done_status(due_on: date | None, done_on: date) -> Status:
    """The state of a duty done on `done_on`: 完成 11-16, or 完成（逾期 2 天） after its due day."""
    if due_on is None or done_on <= due_on:
        return Status("done", f"完成 {done_on:%m-%d}")
    return Status("done_late", f"完成（逾期 {(done_on - due_on).days} 天）")


def suspended_status(since: date) -> Status:
    """The state of a time limit that has been stopped: 中止（自 11-09）."""
    return Status("suspended", f"中止（自 {since:%m-%d}）")


def _open_state(days: int) -> str:
    if days < 0:
        return "overdue"
    if days == 0:
        return "today"
    return "soon" if days <= SOON_DAYS else "running"
