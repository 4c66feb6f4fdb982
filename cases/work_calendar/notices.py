"""A year's days off: read from what an administrator writes, checked, entered by one and approved by another."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from cases.law import Law, current_law, forget_law, law_with
from cases.models import CalendarNotice
from cases.work_calendar.impact import assess, carry_out, is_small
from lib.written_dates import ValueUnclear, parse_day
from organisations import audit, four_eyes
from organisations.authors import Author
from organisations.four_eyes import NotApproved
from rules.calendars import CalendarError

KINDS = {"放假": "off", "休息": "off", "休": "off", "上班": "work", "调休上班": "work", "班": "work"}
# 《全国年节及纪念日放假办法》: a notice that leaves one of these out is not complete.
STATUTORY = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
PARTS = 3  # of a line at least: 放假, 国庆节, the day
_SEPARATOR = re.compile(r"[\s,，\t;；|]+")


class NoticeRefused(NotApproved):
    """The arrangement cannot be taken; each message names the line where there is one."""


def read_lines(text: str, year: int) -> list[dict[str, str]]:
    """The ranges in lines such as 放假 国庆节 2027-10-01 2027-10-07 or 上班 国庆节 9月26日. Raises NoticeRefused."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    return read_rows([(number, _SEPARATOR.split(line)) for number, line in lines if line], year)


def read_rows(rows: Iterable[tuple[int, Sequence[Any]]], year: int) -> list[dict[str, str]]:
    """The ranges in numbered rows of kind, name, first and last day. Raises NoticeRefused with every faulty row."""
    ranges, faults = [], []
    for number, cells in rows:
        try:
            ranges.append(_range([cell for cell in cells if cell not in (None, "")], year))
        except ValueUnclear as unclear:
            faults.append(f"第 {number} 行：{unclear.reason}。")
    off = [span["name"] for span in ranges if span["kind"] == "off"]
    missing = [name for name in STATUTORY if not any(name in span for span in off)]
    if missing and not faults:
        faults.append(f"缺少{'、'.join(missing)}的安排，请对照通知补全。")
    if faults:
        raise NoticeRefused(*faults)
    return ranges


def _range(cells: Sequence[Any], year: int) -> dict[str, str]:
    if len(cells) < PARTS:
        raise ValueUnclear("须依次写明放假或上班、节日、日期，如 放假 国庆节 2027-10-01 2027-10-07")
    kind = KINDS.get(str(cells[0]).strip())
    if kind is None:
        raise ValueUnclear(f"“{cells[0]}”须写作放假或上班")
    days = [parse_day(cell, month=(year, 6)) for cell in cells[2:4]]
    if any(day.year != year for day in days):
        raise ValueUnclear(f"{next(day for day in days if day.year != year)} 不在 {year} 年")
    return {"kind": kind, "name": str(cells[1]), "first": str(days[0]), "last": str(days[-1])}


@transaction.atomic
def enter_notice(
    *, year: int, published_on: date, notice: str, ranges: list[dict[str, str]], author: Author
) -> CalendarNotice:
    """Keep an arrangement for another person to approve. Raises NoticeRefused where it contradicts itself or others."""
    if published_on > author.on:
        raise NoticeRefused(f"公布日 {published_on} 晚于今天，请核对。")
    entered = CalendarNotice(
        year=year,
        number=_next_number(year),
        published_on=published_on,
        notice=notice,
        ranges=ranges,
        entered_at=author.at,
        entered_by=author.signer,
    )
    _law_of(entered)
    entered.save()
    if is_small(entered):
        assess(entered)
    audit.record(author, "calendar.enter", f"录入 {entered}", about=entered, ranges=ranges)
    return entered


def approve_notice(
    notice: CalendarNotice, *, author: Author, earlier_allowed: bool = False
) -> CalendarNotice:
    """Let the arrangement count; the open deadlines move at once, or (where they are many) in the background.

    Raises NotApproved for the person who entered it, for one that is not waiting, before its impact is known, and
    where a deadline would come earlier than it was told and that was not allowed expressly.
    """

    def carry(approved: CalendarNotice) -> None:
        if is_small(approved):
            carry_out(approved, author=author)
        transaction.on_commit(forget_law)

    return four_eyes.approve(
        notice,
        verb="calendar.approve",
        check=lambda locked: _check_impact(locked, earlier_allowed),
        carry_out=carry,
        author=author,
    )


def _check_impact(notice: CalendarNotice, earlier_allowed: bool) -> dict[str, int]:
    """How many deadlines it moves, and how many of them to an earlier day. Raises NoticeRefused."""
    if notice.number != _next_number(notice.year):
        raise NoticeRefused(f"{notice.year} 年已有第 {notice.number} 版，请放弃这一份后重新录入。")
    if is_small(notice):
        assess(notice)
    elif not notice.progress.get("finished"):
        raise NoticeRefused("影响清单还在测算，测算完再核准。")
    earlier = notice.moves.filter(new_due_on__lt=F("old_due_on")).count()
    if earlier and not earlier_allowed:
        raise NoticeRefused(f"有 {earlier} 个期限将提前，须勾选同意提前后再核准。")
    return {"moved": notice.moves.count(), "earlier": earlier}


def drop_notice(notice: CalendarNotice, *, author: Author) -> None:
    """Give up an arrangement that was entered and not approved."""
    four_eyes.drop(notice, verb="calendar.drop", author=author)


def _next_number(year: int) -> int:
    """After the versions that are shipped and those that were approved."""
    shipped = current_law().calendar.years.get(year)
    approved = CalendarNotice.objects.approved().filter(year=year).aggregate(last=Max("number"))["last"]
    return max(shipped.number if shipped else 0, approved or 0) + 1


def _law_of(notice: CalendarNotice) -> Law:
    try:
        return law_with(year=notice.as_year())
    except CalendarError as error:
        raise NoticeRefused(str(error).replace(f"{notice.year}@{notice.number}：", "")) from error
