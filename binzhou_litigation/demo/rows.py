"""What one row of a court's sheet says, column by column, before a court's habits of writing are applied.

A value is a text, a date, or a bool for yes and no; None leaves the cell blank.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from binzhou_litigation.demo.agencies import Agency
from binzhou_litigation.demo.conduct import Appearance
from binzhou_litigation.demo.plan import SAMPLE_MONTHS, Ruling
from binzhou_litigation.demo.suits import HELD, Decision, Sitting, Suit
from rules.calendars import WorkCalendar

Value = str | date | bool | tuple[Agency, ...] | None
Row = dict[str, Value]

EARLY_DAYS = 3  # decisions of the first days are already in that month's workbook
_APPEAL_DAYS = {"判决": 15, "裁定": 10}
_APPEALABLE_RULING = "驳回起诉"


def schedule_rows(suits: Iterable[Suit], court: str, month: str) -> list[Row]:
    """The sittings of a month by day; suits joined in a group stand together."""
    sittings = [(suit, sitting) for suit, sitting in _sittings(suits, court) if _in(sitting.on, month)]
    sittings.sort(key=lambda pair: (pair[1].on, pair[0].group, pair[0].serial))
    return [_schedule_row(suit, sitting) for suit, sitting in sittings]


def appearance_rows(suits: Iterable[Suit], court: str, month: str) -> list[Row]:
    """The sittings of the month before, one row for each agency."""
    before = month_before(month)
    sittings = [(suit, sitting) for suit, sitting in _sittings(suits, court) if _in(sitting.on, before)]
    sittings.sort(key=lambda pair: (pair[1].on, pair[0].serial))
    return [row for suit, sitting in sittings for row in _appearance_rows(suit, sitting)]


def sent_on(month: str, calendar: WorkCalendar) -> date:
    """The day the courts send a month's workbook: the 5th, or the first working day after it."""
    return calendar.next_working_day(date.fromisoformat(f"{month}-05"))


def judgment_rows(suits: Iterable[Suit], court: str, month: str, calendar: WorkCalendar) -> list[Row]:
    """The decisions of a month's workbook, with their fate as known on the day it is sent."""
    decided = [
        (suit, suit.decision)
        for suit in suits
        if suit.court == court and suit.decision and report_month(suit.decision.on) == month
    ]
    decided.sort(key=lambda pair: (pair[1].on, pair[0].serial))
    known_on = sent_on(month, calendar)
    return [row for suit, made in decided for row in _judgment_rows(suit, made, known_on, calendar)]


def report_month(on: date) -> str:
    """The workbook a decision stands in: its own month's in the first days, otherwise the next month's."""
    own = f"{on:%Y-%m}"
    return own if on.day <= EARLY_DAYS and own in SAMPLE_MONTHS else f"{on.year}-{on.month + 1:02d}"


def month_before(month: str) -> str:
    return f"{month[:5]}{int(month[5:]) - 1:02d}"


def _in(on: date, month: str) -> bool:
    return f"{on:%Y-%m}" == month


def _sittings(suits: Iterable[Suit], court: str) -> Iterator[tuple[Suit, Sitting]]:
    return ((suit, sitting) for suit in suits if suit.court == court for sitting in suit.sittings)


def _schedule_row(suit: Suit, sitting: Sitting) -> Row:
    return {
        "案号": suit.number,
        "审理程序": suit.procedure,
        "案由": suit.cause,
        "原告": suit.plaintiff,
        "被诉行政机关": suit.agencies,
        "第三人": suit.third_party,
        "开庭日期": sitting.on,
        "开庭时间": sitting.at,
        "法庭": sitting.room,
        "开庭方式": sitting.mode,
        "承办法官": suit.judge,
        "书记员": suit.clerk,
        "联系电话": suit.phone,
        "是否通知负责人出庭": suit.notified,
        "合并审理组": suit.group,
        "备注": suit.note,
    }


def _appearance_rows(suit: Suit, sitting: Sitting) -> Iterator[Row]:
    if sitting.held != HELD:
        yield _row_without_hearing(suit, sitting)
    else:
        yield from (_appearance_row(suit, sitting, appearance) for appearance in sitting.appearances)


def _row_without_hearing(suit: Suit, sitting: Sitting) -> Row:
    return {
        "案号": suit.number,
        "开庭日期": sitting.on,
        "是否开庭": sitting.held,
        "被诉行政机关": suit.agencies,
    }


def _appearance_row(suit: Suit, sitting: Sitting, appearance: Appearance) -> Row:
    return {
        "案号": suit.number,
        "开庭日期": sitting.on,
        "是否开庭": sitting.held,
        "被诉行政机关": (appearance.agency,),
        "负责人是否出庭": appearance.attended,
        "出庭负责人姓名": appearance.head,
        "职务": appearance.post,
        "职级": appearance.rank,
        "身份证明": appearance.identity,
        "未出庭理由": appearance.reason,
        "法院认定": appearance.finding,
        "工作人员是否出庭": appearance.staff,
        "是否仅律师": appearance.lawyer_only,
        "是否发言": appearance.spoke,
        "是否就化解发表意见": appearance.resolution,
        "中途退庭": appearance.left_early,
        "是否发司法建议": appearance.advice,
        "备注": suit.note,
    }


def _judgment_rows(suit: Suit, made: Decision, known_on: date, calendar: WorkCalendar) -> Iterator[Row]:
    """One row for all agencies when the suit ends alike for them, otherwise one for each."""
    fate = _fate(suit, made, known_on, calendar)
    if len(set(made.rulings)) == 1:
        yield _judgment_row(suit, made, suit.agencies, made.rulings[0]) | fate
        return
    for agency, ruling in zip(suit.agencies, made.rulings, strict=True):
        yield _judgment_row(suit, made, (agency,), ruling) | fate


def _judgment_row(suit: Suit, made: Decision, agencies: tuple[Agency, ...], ruling: Ruling) -> Row:
    return {
        "案号": suit.number,
        "审理程序": suit.procedure,
        "原告": suit.plaintiff,
        "被诉行政机关": agencies,
        "案由": suit.cause,
        "立案日期": suit.filed_on,
        "裁判日期": made.on,
        "文书类型": ruling.document,
        "裁判结果": ruling.words,
        "是否败诉": ruling.lost,
        "败诉原因": ruling.reason,
        "关联案号": suit.origin,
        "履行内容": ruling.duty,
        "履行期限": ruling.term,
        "备注": ruling.note or suit.note,
    }


def _fate(suit: Suit, made: Decision, known_on: date, calendar: WorkCalendar) -> Row:
    """Delivery, appeal and effect as the court knows them on the day it reports."""
    if made.rulings[0].document == "调解书":
        return {"送达日期": made.on, "是否生效": True, "生效日期": made.on}
    if made.served_on > known_on:
        return {"是否生效": False}
    days = 0 if suit.is_second_instance else _appeal_days(made.rulings[0])
    if not days:
        return {"送达日期": made.served_on, "是否生效": True, "生效日期": made.served_on}
    return {"送达日期": made.served_on} | _after_appeal_period(made, days, known_on, calendar)


def _appeal_days(ruling: Ruling) -> int:
    """The days to appeal in first instance; 0 where there is no appeal (《行政诉讼法》第八十五条)."""
    appealable = ruling.document == "判决" or ruling.words == _APPEALABLE_RULING
    return _APPEAL_DAYS[ruling.document] if appealable else 0


def _after_appeal_period(made: Decision, days: int, known_on: date, calendar: WorkCalendar) -> Row:
    ends_on = calendar.next_working_day(made.served_on + timedelta(days))
    if ends_on >= known_on:
        return {"是否生效": False}
    if made.appealed:
        return {"是否上诉": True, "是否生效": False}
    return {"是否上诉": False, "是否生效": True, "生效日期": ends_on + timedelta(1)}
