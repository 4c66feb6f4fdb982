"""期限回执 怎么算的, day by day and on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from cases.models import Deadline
from lib.pdf import Fonts, render_pdf
from rules.calendars import DAY, DAYS_OFF, SATURDAY

LONGEST = 92  # days that a page shows one by one; a longer period is told in words


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a period: its number in the count, or why it has none."""

    date: date
    number: int | None
    reason: str = ""  # 起算日, 中秋节, 周六, 中止
    is_off: bool = False
    is_due: bool = False


def days_of(computation: dict[str, Any]) -> list[CountedDay]:
    """The days of a computation from the event to the due day, each counted or with the reason why not.

    Nothing is computed anew: only what the computation says is laid out. Empty for days that a document set, for
    limits that run backwards or longer than a page can show.
    """
    start, due = date.fromisoformat(computation["starts_on"]), date.fromisoformat(computation["due_on"])
    plain = computation["mode"] in ("calendar", "working") and not computation.get("set_by")
    if not plain or computation.get("late_notice") or not 0 < (due - start).days <= LONGEST:
        return []
    days = [CountedDay(start, None, "起算日，不计")]
    counted = 0
    for n in range(1, (due - start).days + 1):
        day = _day(start + n * DAY, computation, counted + 1)
        counted = day.number or counted
        days.append(day)
    return days


def _day(day: date, computation: dict[str, Any], number: int) -> CountedDay:
    off = {pause["date"]: pause for pause in computation["days_off_met"]}.get(day.isoformat())
    is_off = bool(off and off["kind"] in DAYS_OFF)
    reason = _name(off, day) if off else ""
    paused = any(
        pause["first"] <= day.isoformat() <= pause["last"] for pause in computation.get("pauses", [])
    )
    beyond = computation["mode"] == "calendar" and day > date.fromisoformat(computation["nominal"])
    skipped = computation["mode"] == "working" and is_off
    uncounted = paused or beyond or skipped
    if paused:
        reason = "中止"
    elif beyond and not is_off:
        reason = "顺延至此日"
    elif not off and day.weekday() >= SATURDAY:
        reason = "调休上班日"
    is_due = day.isoformat() == computation["due_on"]
    return CountedDay(day, None if uncounted else number, reason, is_off, is_due)


def _name(off: dict[str, str], day: date) -> str:
    return off["name"] or f"周{'一二三四五六日'[day.weekday()]}"


def basis_pdf(deadline: Deadline, shown: dict[str, Any], *, printed_at: datetime) -> bytes:
    """The computation as one page of A4, with what moved it."""
    html = render_to_string("documents/computation.html", shown | {"printed_at": printed_at})
    stylesheet = Path(settings.BASE_DIR / "static" / "css" / "printout.css").read_text("utf-8")
    return render_pdf(html, stylesheet=stylesheet, fonts=Fonts.find(settings.FONTS_DIRS)).content
