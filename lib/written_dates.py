"""Days and hours as clerks write them into cells."""

import re
from datetime import date, datetime, time, timedelta
from unicodedata import normalize

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

Month = tuple[int, int]  # year, month

SERIALS = range(20_000, 80_000)  # 1954 to 2119
COMPACT = range(1900_01_01, 2100_01_01)  # 20261028
SHORT_YEAR_REACH = 10  # 10/11/12 could be anything; 25.3.1 next to 2026 could not
AMBIGUOUS_TENTHS = (1, 2, 3)  # 10.3 may have been typed as 10.30
NOON = 12
AFTER_NOON = (1, 2, 3)
HALF_HOUR = 30
HOURS_OF_DAY = 24
MONTHS_OF_YEAR = 12

PERIOD = r"(?P<period>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|am|pm)?"
SECONDS = r"(?:(?::|(?<=分))[0-5]?\d(?:\.0+)?秒?)?"
HOUR = rf"(?P<hour>\d{{1,2}})[:时点](?:(?P<minute>\d{{1,2}}|半|整)分?{SECONDS})?"
UNTIL = r"(?:[-~至到]{1,2}(?:上午|下午)?\d{1,2}[:时点](?:\d{0,2}|半)分?)?"
TIME = re.compile(rf"{PERIOD}(?:{HOUR}{UNTIL})?(?P<suffix>am|pm)?")
FULL_DAY = re.compile(r"(?P<year>\d{4}|\d{2})([-/.年])(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?")
SHORT_DAY = re.compile(r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?")
COMPACT_DAY = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]|\([一二三四五六日天]\)")
# What nobody sees around a value, and what clerks put before or behind one.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"
AROUND = f"{INVISIBLE} \t\r\n\v\f'‘’。.;、"
OTHER_SIGNS = str.maketrans(
    {**dict.fromkeys("−–—―‐‑", "-"), **dict.fromkeys("〜∼", "~"), "∶": ":", "時": "时", "點": "点"}
)
SEPARATORS = re.compile(r"[\s()\[\]【】,]+")
NEEDLESS_BLANK = re.compile(r"(?<!\d) | (?!\d)")
CHINESE_NUMERAL = re.compile(r"[〇零○一二两三四五六七八九十]{1,4}(?=[年月日号时点分])")
CHINESE_DIGITS = str.maketrans("〇零○一二两三四五六七八九", "0001223456789")


class ValueUnclear(ValueError):
    """The cell cannot be understood; `reason` says why, in words for the clerk and without a full stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_day(value: object, *, month: Month, date_1904: bool = False) -> date:
    """The day a cell means; raises `ValueUnclear`. A day without a year takes the year nearest `month`.

    `date_1904` is the workbook's date system and matters for bare serial numbers only.
    """
    return parse_day_and_time(value, month=month, date_1904=date_1904)[0]


def parse_day_and_time(value: object, *, month: Month, date_1904: bool = False) -> tuple[date, time | None]:
    """The day a cell means, and the hour if it gives one; the midnight beside a day is no hour."""
    day, hour = _day_and_time(value, month, date_1904)
    return day, None if hour == time() else hour


def _day_and_time(value: object, month: Month, date_1904: bool) -> tuple[date, time | None]:
    if isinstance(value, datetime):
        return value.date(), value.time()
    if isinstance(value, date):
        return value, None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueUnclear(f"“{value}”不是日期" if value is not None else "没有填写日期")
    if isinstance(value, int | float):
        return _numeric_day(value, month, date_1904)
    return _written_day(value, month, date_1904)


def parse_time(value: object) -> time:
    """The hour a cell means; of a span the beginning. Raises `ValueUnclear`."""
    match value:
        case datetime():
            return value.time()
        case time():
            return value
        case bool() | None:
            raise ValueUnclear("没有写明时间")
        case int() | float() if 0 < value < 1 or int(value) in SERIALS:
            return _moment(value % 1).time()
    found = _time_in(_plain(str(value)))
    if found is None:
        raise ValueUnclear(f"看不出“{value}”是几点，请写成如 9:00")
    return found


def with_digits(text: str) -> str:
    """The text in half width, the Chinese numerals of days and hours in it as digits: 二〇二六年十月 is 2026年10月."""
    return CHINESE_NUMERAL.sub(lambda found: _digits(found[0]), normalize("NFKC", text))


def _plain(text: str) -> str:
    """The text without what does not matter: width, weekday, blanks, brackets; numerals as digits."""
    text = with_digits(text.translate(OTHER_SIGNS)).lower().strip(AROUND)
    text = text.replace("t", " ").replace("点钟", "点")
    return NEEDLESS_BLANK.sub("", SEPARATORS.sub(" ", WEEKDAY.sub("", text))).removesuffix("开庭")


def _digits(numeral: str) -> str:
    """二〇二六 is 2026, 二十八 is 28, 十 is 10."""
    if "十" not in numeral:
        return numeral.translate(CHINESE_DIGITS)
    tens, ones = (part.translate(CHINESE_DIGITS) for part in numeral.split("十", 1))
    if "十" in ones:
        raise ValueUnclear(f"看不出“{numeral}”是几")
    return str(int(tens or 1) * 10 + int(ones or 0))


def _written_day(written: str, month: Month, date_1904: bool) -> tuple[date, time | None]:
    text = _plain(written)
    if SERIAL.fullmatch(text):
        return _numeric_day(float(text), month, date_1904)
    for pattern in (COMPACT_DAY, FULL_DAY, SHORT_DAY):
        found = pattern.match(text)
        if found and (rest := _rest_of(text, found)) is not None:
            parts = {name: int(digits) for name, digits in found.groupdict().items()}
            day = _day(parts, month)
            if "/" in found[0] and _reads_backwards(parts, month):
                raise ValueUnclear(
                    f"看不出“{written.strip()}”哪是年、哪是日，请写成如 {month[0]}-{month[1]:02}-28"
                )
            return day, _time_in(rest)
    if not text:
        raise ValueUnclear("没有填写日期")
    raise ValueUnclear(f"看不出“{written.strip()}”是哪一天，请写成如 {month[0]}-{month[1]:02}-28")


def _rest_of(text: str, found: re.Match[str]) -> str | None:
    """What follows the day, if it can be an hour; 2026-10-289:00 leaves open where the day ends."""
    rest = text[found.end() :]
    run_together = found[0][-1].isdigit() and rest[:1].isdigit()
    return rest.strip() if TIME.fullmatch(rest.strip()) and not run_together else None


def _day(parts: dict[str, int], month: Month) -> date:
    year = parts.get("year")
    if year is not None and year < 100:  # noqa: PLR2004 - two digits
        year += 2000
        if abs(year - month[0]) > SHORT_YEAR_REACH:
            raise ValueUnclear("年份请写四位，如 2026-10-28")
    return _existing(year or _nearest_year(parts["month"], month), parts["month"], parts["day"])


def _reads_backwards(parts: dict[str, int], month: Month) -> bool:
    """28/10/26 may be the 28th of October 2026 as well: its last part names the year better than its first."""
    if parts.get("year", 100) >= 100:  # noqa: PLR2004 - more than two digits
        return False
    first, last = parts["year"] + 2000, parts["day"] + 2000
    return abs(last - month[0]) < abs(first - month[0])


def _nearest_year(written: int, month: Month) -> int:
    """The year that puts the written month nearest the reported one; of two equally near the earlier."""
    months = month[0] * MONTHS_OF_YEAR + month[1]
    return min(
        (month[0] - 1, month[0], month[0] + 1), key=lambda year: abs(year * MONTHS_OF_YEAR + written - months)
    )


def _existing(year: int, month: int, day: int) -> date:
    if not 1 <= month <= MONTHS_OF_YEAR:
        raise ValueUnclear(f"没有{month}月")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueUnclear(f"{year}年{month}月没有{day}日") from error


def _numeric_day(number: float, month: Month, date_1904: bool) -> tuple[date, time | None]:
    if int(number) in SERIALS:
        moment = _moment(number, date_1904)
        return moment.date(), moment.time()
    if number in COMPACT:
        return _existing(int(number) // 10_000, int(number) // 100 % 100, int(number) % 100), None
    return _decimal_day(number, month), None


def _decimal_day(number: float, month: Month) -> date:
    """10.28 typed without an apostrophe is kept as a number, which loses the zero of 10.30."""
    written, _, day = f"{number:g}".partition(".")
    if not day.isdigit() or len(day) > len("28"):
        raise ValueUnclear(f"看不出“{number:g}”是哪一天，请写成如 {month[0]}-{month[1]:02}-28")
    if len(day) == 1 and int(day) in AMBIGUOUS_TENTHS:
        raise ValueUnclear(f"“{number:g}”可能是{written}月{day}日，也可能是{written}月{day}0日，请写全年月日")
    return _existing(_nearest_year(int(written), month), int(written), int(day))


def _moment(serial: float, date_1904: bool = False) -> datetime:
    """The moment of an Excel serial, to the second; a fraction alone falls on an arbitrary day."""
    epoch = CALENDAR_MAC_1904 if date_1904 else CALENDAR_WINDOWS_1900
    whole: datetime = from_excel(max(1, int(serial)), epoch)
    return whole + timedelta(seconds=round(serial % 1 * timedelta(days=1).total_seconds()))


def _time_in(text: str) -> time | None:
    """The hour in a text that has nothing but an hour, or None when it names none."""
    found = TIME.fullmatch(text)
    if found is None or found["hour"] is None:
        return None
    hour, minute = int(found["hour"]), _minutes(found["minute"])
    if (found["period"] or found["suffix"]) in {"下午", "傍晚", "晚上", "晚", "pm"} and hour < NOON:
        hour += NOON
    if found["period"] == "中午" and hour in AFTER_NOON:  # 中午1点 is after noon, 中午11点 before it
        hour += NOON
    if hour >= HOURS_OF_DAY or minute >= 60:  # noqa: PLR2004 - minutes of an hour
        raise ValueUnclear(f"没有 {hour}:{minute:02} 这个时间")
    return time(hour, minute)


def _minutes(written: str | None) -> int:
    if written in (None, "整"):
        return 0
    return HALF_HOUR if written == "半" else int(written or 0)
