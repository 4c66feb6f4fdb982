from datetime import date, timedelta

import holidays
import pytest

from rules.calendars import (
    CalendarDay,
    CalendarError,
    DayKind,
    DayRange,
    WorkCalendar,
    YearCalendar,
    load_calendar,
    on_weekday,
    read_year_calendars,
)
from rules.strict_toml import DataFileError

CALENDAR = load_calendar()
ORACLE = holidays.country_holidays("CN", years=range(2015, 2027))
ALL_DAYS = [
    date(2015, 1, 1) + timedelta(days=n) for n in range((date(2026, 12, 31) - date(2015, 1, 1)).days + 1)
]

NOTICE_2026 = "《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号）"


def year_2027(number=1, published_on=date(2026, 11, 20), **ranges):
    ranges = {"days_off": (DayRange("元旦", date(2027, 1, 1), date(2027, 1, 3)),), "workdays": (), **ranges}
    return YearCalendar(2027, number, published_on, "测试通知", **ranges)


def test_every_day_of_2015_to_2026_is_worked_or_off_as_the_holidays_package_says():
    assert len(ALL_DAYS) == 4383
    assert [day for day in ALL_DAYS if CALENDAR.is_day_off(day) is ORACLE.is_working_day(day)] == []


def test_the_make_up_workdays_are_exactly_those_of_the_holidays_package():
    ours = {day for day in ALL_DAYS if CALENDAR.day(day).kind is DayKind.MAKE_UP_WORKDAY}
    assert ours == {day for day in ORACLE.weekend_workdays if 2015 <= day.year <= 2026}
    assert len(ours) == 75


def test_every_statutory_holiday_of_the_holidays_package_lies_in_a_named_range():
    unnamed = [day for day in ORACLE if CALENDAR.day(day).kind is not DayKind.HOLIDAY]
    assert unnamed == []


def test_the_days_of_2026_as_published():
    off = {day for day in ALL_DAYS if day.year == 2026 and CALENDAR.day(day).kind is DayKind.HOLIDAY}
    published = [
        ("01-01", 3),
        ("02-15", 9),
        ("04-04", 3),
        ("05-01", 5),
        ("06-19", 3),
        ("09-25", 3),
        ("10-01", 7),
    ]
    starts = [(date.fromisoformat(f"2026-{first}"), length) for first, length in published]
    assert off == {first + timedelta(days=n) for first, length in starts for n in range(length)}
    worked = [
        day for day in ALL_DAYS if day.year == 2026 and CALENDAR.day(day).kind is DayKind.MAKE_UP_WORKDAY
    ]
    assert [f"{day:%m-%d}" for day in worked] == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


@pytest.mark.parametrize(
    ("day", "kind", "name", "reason"),
    [
        ("2026-10-01", "holiday", "国庆节", "国庆节"),
        ("2026-10-10", "make_up_workday", "国庆节", "国庆节调休上班日"),
        ("2026-10-17", "weekend", "", "周六"),
        ("2026-10-12", "workday", "", "工作日"),
    ],
)
def test_a_day_says_what_it_is_and_which_notice_makes_it_so(day, kind, name, reason):
    found = CALENDAR.day(date.fromisoformat(day))
    assert found == CalendarDay(
        date.fromisoformat(day), DayKind(kind), name, NOTICE_2026 if name else "", True
    )
    assert found.reason == reason


def test_a_date_in_a_sentence_says_its_weekday():
    assert [on_weekday(date(2026, 10, day)) for day in range(5, 12)] == [
        "2026-10-05（周一）", "2026-10-06（周二）", "2026-10-07（周三）", "2026-10-08（周四）",
        "2026-10-09（周五）", "2026-10-10（周六）", "2026-10-11（周日）",
    ]  # fmt: skip


def test_beyond_the_announced_years_weekends_alone_are_days_off():
    assert (CALENDAR.known_from, CALENDAR.known_until) == (date(2015, 1, 1), date(2026, 12, 31))
    new_year = CALENDAR.day(date(2027, 1, 1))
    assert (new_year.kind, new_year.announced) == (DayKind.WORKDAY, False)
    assert (CALENDAR.day(date(2027, 1, 2)).kind, CALENDAR.is_day_off(date(2027, 1, 2))) == (
        DayKind.WEEKEND,
        True,
    )
    assert CALENDAR.is_day_off(date(2014, 10, 1)) is False
    assert CALENDAR.day(date(2014, 10, 1)).announced is False


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2015-12-31", "2015@2"),
        ("2018-01-01", "2018@2"),
        ("2019-06-01", "2019@2"),
        ("2020-06-01", "2020@2"),
        ("2026-01-01", "2026@1"),
        ("2029-01-01", "2026@1"),
        ("2014-01-01", "2015@2"),
    ],
)
def test_the_version_that_decided_about_a_day_is_named(day, version):
    assert CALENDAR.version_of(date.fromisoformat(day)) == version


@pytest.mark.parametrize(
    ("day", "before", "after", "published_on"),
    [
        ("2015-09-03", "workday", "holiday", "2015-05-13"),
        ("2015-09-04", "workday", "holiday", "2015-05-13"),
        ("2015-09-06", "weekend", "make_up_workday", "2015-05-13"),
        ("2018-12-29", "weekend", "make_up_workday", "2018-12-06"),
        ("2018-12-31", "workday", "holiday", "2018-12-06"),
        ("2019-04-28", "weekend", "make_up_workday", "2019-03-22"),
        ("2019-05-02", "workday", "holiday", "2019-03-22"),
        ("2019-05-03", "workday", "holiday", "2019-03-22"),
        ("2019-05-05", "weekend", "make_up_workday", "2019-03-22"),
        ("2020-01-31", "workday", "holiday", "2020-01-27"),
        ("2020-02-01", "make_up_workday", "holiday", "2020-01-27"),
        ("2020-02-02", "weekend", "holiday", "2020-01-27"),
        ("2022-12-31", "weekend", "holiday", "2022-12-08"),
    ],
)
def test_an_amended_year_is_reproduced_as_known_the_day_before_and_on_the_day_of_the_notice(
    day, before, after, published_on
):
    day, published_on = date.fromisoformat(day), date.fromisoformat(published_on)
    assert load_calendar(known_on=published_on - timedelta(days=1)).day(day).kind == before
    assert load_calendar(known_on=published_on).day(day).kind == after
    assert CALENDAR.day(day).kind == after


def test_a_year_is_unannounced_until_its_notice_is_published():
    before = load_calendar(known_on=date(2025, 11, 3))
    assert (before.known_until, before.day(date(2026, 10, 1)).kind) == (date(2025, 12, 31), DayKind.WORKDAY)
    assert load_calendar(known_on=date(2025, 11, 4)).known_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "following", "preceding"),
    [
        ("2026-10-01", "2026-10-08", "2026-09-30"),
        ("2026-10-08", "2026-10-08", "2026-10-08"),
        ("2026-02-28", "2026-02-28", "2026-02-28"),
        ("2026-10-11", "2026-10-12", "2026-10-10"),
        ("2026-02-15", "2026-02-24", "2026-02-14"),
    ],
)
def test_the_working_day_on_or_next_to_a_day(day, following, preceding):
    day = date.fromisoformat(day)
    assert CALENDAR.next_working_day(day) == date.fromisoformat(following)
    assert CALENDAR.previous_working_day(day) == date.fromisoformat(preceding)


def test_working_days_are_counted_from_the_day_after():
    assert CALENDAR.add_working_days(date(2026, 10, 8), 5) == date(2026, 10, 14)
    assert CALENDAR.add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 3)
    with pytest.raises(ValueError, match="不能为负数，现为 -1"):
        CALENDAR.add_working_days(date(2026, 10, 8), -1)


def test_days_off_between_leaves_the_first_day_out_and_takes_the_last_in():
    days = CALENDAR.days_off_between(date(2026, 10, 7), date(2026, 10, 17))
    assert [day.date.day for day in days] == [11, 17]
    assert CALENDAR.days_off_between(date(2026, 10, 3), date(2026, 10, 3)) == ()


def test_a_year_loaded_by_an_administrator_extends_the_announced_calendar():
    longer = load_calendar(extra=[year_2027()])
    assert (longer.known_until, longer.version_of(date(2027, 1, 1))) == (date(2027, 12, 31), "2027@1")
    assert longer.day(date(2027, 1, 1)) == CalendarDay(
        date(2027, 1, 1), DayKind.HOLIDAY, "元旦", "测试通知", True
    )
    assert load_calendar(extra=[year_2027()], known_on=date(2026, 11, 19)).known_until == date(2026, 12, 31)


def test_a_calendar_can_be_made_of_stored_versions_alone():
    stored = WorkCalendar.of(read_year_calendars())
    assert all(stored.day(day) == CALENDAR.day(day) for day in ALL_DAYS)


def test_a_calendar_cannot_be_changed():
    with pytest.raises(AttributeError):
        CALENDAR.years = {}
    with pytest.raises(AttributeError):
        CALENDAR.years[2026].notice = ""


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ([year_2027(), year_2027()], "2027@1 出现了两次"),
        ([year_2027(number=2), year_2027(published_on=date(2026, 12, 1))], "2027@1 与 2027@2 的先后颠倒"),
        ([YearCalendar(2029, 1, date(2028, 11, 1), "测试通知", (), ())], "缺少 2027、2028 年"),
    ],
)
def test_versions_that_do_not_fit_together_are_refused(extra, message):
    with pytest.raises(CalendarError, match=message):
        load_calendar(extra=extra)


def test_two_versions_of_a_year_may_be_published_on_one_day():
    later = load_calendar(extra=[year_2027(), year_2027(number=2)])
    assert later.version_of(date(2027, 1, 1)) == "2027@2"


def test_a_version_without_its_notice_is_refused():
    with pytest.raises(CalendarError, match="2027@1：缺少通知名称。"):
        YearCalendar(2027, 1, date(2026, 11, 20), " ", (), ())


def test_no_calendar_at_all_is_refused(tmp_path):
    with pytest.raises(CalendarError, match="没有任何一年的放假安排"):
        load_calendar(tmp_path)
    with pytest.raises(CalendarError, match="没有任何一年的放假安排"):
        load_calendar(known_on=date(2014, 12, 15))


HEAD = 'year = 2026\n[[version]]\nnumber = 1\npublished_on = 2025-11-04\nnotice = "通知"\n'
OFF = '[[version.day_off]]\nname = "国庆节"\nfirst = 2026-10-01\nlast = 2026-10-07\n'
WORKED = '[[version.workday]]\nname = "国庆节"\nfirst = 2026-10-10\n'
SECOND = HEAD.replace("year = 2026\n", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("year = ", "2026.toml：不是可读取的 TOML 文件"),
        (HEAD.replace("year = 2026\n", ""), "2026.toml：缺少“year”。"),
        (HEAD.replace("2026", '"2026"', 1), "2026.toml：“year”的值 '2026' 类型不符，应为 int。"),
        (HEAD.replace("year = 2026", "year = 2025"), "2026.toml：文件名与年度 2025 不一致。"),
        ("year = 2026\n", "2026.toml：没有任何版本。"),
        ('year = 2026\nversion = ["1"]\n', "2026.toml：“version”应写成 [[version]] 表。"),
        ("colour = 1\n" + HEAD, "2026.toml：不认识的键 colour。"),
        (HEAD + 'sorce = "x"\n', "2026.toml 第 1 版：不认识的键 sorce。"),
        (HEAD.replace('notice = "通知"\n', ""), "2026.toml 第 1 版：缺少“notice”。"),
        (HEAD.replace("通知", " "), "2026.toml 第 1 版：“notice”不能为空。"),
        (HEAD.replace("2025-11-04", "2025-11-04T08:00:00"), "2026.toml 第 1 版：“published_on”的值"),
        (HEAD.replace("number = 1", "number = true"), "2026.toml 第 1 版：“number”的值 True 类型不符"),
        (HEAD.replace("number = 1", "number = 0"), "2026.toml 第 1 版：2026@0：版本号须从 1 起。"),
        (
            HEAD.replace("2025-11-04", "2027-01-01"),
            "2026.toml 第 1 版：2026@1：公布日 2027-01-01 晚于该年度。",
        ),
        (HEAD + OFF + 'note = "x"\n', "2026.toml 第 1 版 第 1 项放假：不认识的键 note。"),
        (
            HEAD + OFF.replace("2026-10-07", "2026-09-07"),
            "2026@1：国庆节 2026-10-01 至 2026-09-07 先后颠倒。",
        ),
        (
            HEAD + OFF.replace("2026-10-07", "2027-10-07"),
            "2026.toml 第 1 版：2026@1：2027-01-01 不在 2026 年内。",
        ),
        (HEAD + OFF + OFF, "2026.toml 第 1 版：2026@1：2026-10-01 列了两次。"),
        (HEAD + OFF + WORKED.replace("10-10", "10-03"), "2026@1：2026-10-03 既列为放假又列为上班。"),
        (HEAD + WORKED.replace("10-10", "10-12"), "2026@1：2026-10-12（周一）本就上班，不能列为调休上班日。"),
        (HEAD + WORKED + WORKED, "2026@1：2026-10-10 列了两次。"),
        (HEAD + SECOND, "2026.toml：2026@1 出现了两次。"),
        (
            HEAD + SECOND.replace("= 1", "= 2").replace("2025-11-04", "2025-11-03"),
            "2026.toml：2026@1 与 2026@2 的先后颠倒。",
        ),
        (HEAD.replace("= 1", "= 2") + SECOND, "2026.toml：2026@2 与 2026@1 的先后颠倒。"),
    ],
)
def test_a_faulty_year_file_is_refused_with_its_name_and_place(tmp_path, text, message):
    (tmp_path / "2026.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_calendar(tmp_path)
    assert str(caught.value).startswith("2026.toml")
    assert message in str(caught.value)


def test_a_sound_year_file_is_read(tmp_path):
    (tmp_path / "2026.toml").write_text(HEAD + OFF + WORKED, encoding="utf-8")
    calendar = load_calendar(tmp_path)
    assert calendar.next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)
    assert calendar.day(date(2026, 10, 10)).kind == "make_up_workday"
