from datetime import date, datetime, time

import pytest

from lib.cell_values import (
    ValueUnclear,
    clean_text,
    is_blank,
    normalise_header,
    parse_day,
    parse_day_and_time,
    parse_time,
    parse_yes_no,
    split_agencies,
)

MONTH = (2026, 11)
DAY = date(2026, 10, 28)


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 10, 28, 9, 0), DAY, 46323, 46323.375, "46323", "2026-10-28", "2026/10/28",
        "2026.10.28",
        "2026年10月28日", "2026年10月28号", "10月28日上午9:00", "10.28", "10-28", "10/28", 10.28, "26.10.28",
        "２０２６－１０－２８", "２０２６．１０．２８", "2026-10-28（周三）",
        "10月28日(星期三) 上午9时", " 2026 年 10 月 28 日 ",
        "2026-10-28 09:00:00", "2026-10-28T09:00:00", "20261028", 20261028,
        "二〇二六年十月二十八日", "10月28日下午2:30开庭",
        "2026–10–28", "2026\u200a-10-28", "十月二十八日上午九点半",
        "2026—10—28", "2026‐10‐28", "2026-10-28\u200b", "\ufeff2026-10-28", "2026年10月28日。", "2026.10.28.",
        "2026年10月28日（三）", "'2026-10-28", "2026年10月28日10时10分00秒",
    ],
)  # fmt: skip
def test_every_way_to_write_a_day_is_understood(value):
    assert parse_day(value, month=MONTH) == DAY


def test_bare_serial_of_the_1904_system():
    assert parse_day(44861, month=MONTH, date_1904=True) == DAY


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("10.32", "2026年10月没有32日"),
        ("2026-02-30", "2026年2月没有30日"),
        ("13.5", "没有13月"),
        (10.3, "“10.3”可能是10月3日，也可能是10月30日，请写全年月日"),
        (10.1, "“10.1”可能是10月1日，也可能是10月10日，请写全年月日"),
        ("13/11/2026", "看不出“13/11/2026”是哪一天，请写成如 2026-11-28"),
        ("2026-10-289:00", "看不出“2026-10-289:00”是哪一天，请写成如 2026-11-28"),
        ("10.28、10.29", "看不出“10.28、10.29”是哪一天，请写成如 2026-11-28"),
        ("10月28日（延期）", "看不出“10月28日（延期）”是哪一天，请写成如 2026-11-28"),
        ("待定", "看不出“待定”是哪一天，请写成如 2026-11-28"),
        (12, "看不出“12”是哪一天，请写成如 2026-11-28"),
        ("10/11/12", "年份请写四位，如 2026-10-28"),
        ("10月28日25:00", "没有 25:00 这个时间"),
        (True, "“True”不是日期"),
        (None, "没有填写日期"),
        ("  ", "没有填写日期"),
    ],
)
def test_day_that_cannot_be_meant_is_refused_with_the_reason(value, reason):
    with pytest.raises(ValueUnclear) as unclear:
        parse_day(value, month=MONTH)
    assert unclear.value.reason == reason


@pytest.mark.parametrize(
    ("written", "month", "day"),
    [
        ("12.30", (2027, 1), date(2026, 12, 30)),
        ("1.4", (2026, 12), date(2027, 1, 4)),
        ("10.28", (2026, 11), date(2026, 10, 28)),
        ("6月30日", (2026, 12), date(2026, 6, 30)),
        ("12.5", (2026, 6), date(2025, 12, 5)),
        (10.4, (2026, 10), date(2026, 10, 4)),
        ("24.3.5", (2026, 10), date(2024, 3, 5)),
    ],
)
def test_day_without_a_year_takes_the_year_nearest_the_month(written, month, day):
    assert parse_day(written, month=month) == day


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        (datetime(2026, 10, 28, 9, 0), time(9)),
        (datetime(2026, 10, 28), None),
        (46323.375, time(9)),
        ("2026-10-28", None),
        ("2026-10-28 9:00", time(9)),
        ("2026-10-2 19:00", time(19)),
        ("2026.10.28 14：30", time(14, 30)),
        ("10月28日上午", None),
        ("10月28日下午3点半", time(15, 30)),
        ("10月28日9:00-11:00", time(9)),
        ("2026-10-28 00:00:00", None),
        ("2026-10-28T00:00:00", None),
        ("2026-10-28 0:00", None),
    ],
)
def test_hour_beside_the_day(value, hour):
    assert parse_day_and_time(value, month=MONTH)[1] == hour


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("9:00", time(9)), ("09:00:00", time(9)), ("上午9点", time(9)), ("上午九时", time(9)),
        ("下午2时30分", time(14, 30)),
        ("14：30", time(14, 30)), ("下午 14:30", time(14, 30)), ("中午12点", time(12)), ("9点整", time(9)),
        ("2:30 PM", time(14, 30)), ("9:00—11:30", time(9)), (0.375, time(9)), (0.6041666667, time(14, 30)),
        (time(9, 30), time(9, 30)), (datetime(2026, 10, 28, 9, 30), time(9, 30)),
        ("下午两点", time(14)), ("9点钟", time(9)), ("9∶30", time(9, 30)), ("16:10。", time(16, 10)),
        ("9:30\u200b", time(9, 30)), ("\ufeff9:30", time(9, 30)), ("9點30分", time(9, 30)), ("9:30:15", time(9, 30)),
        ("9:30——11:00", time(9, 30)), ("9:50〜10:30", time(9, 50)), ("9点至11点半", time(9)),
    ],
)  # fmt: skip
def test_hour_as_written(value, hour):
    assert parse_time(value) == hour


@pytest.mark.parametrize(
    "value",
    ["", None, "待定", "24:00", "9:75", 9, "9", True, "下午", "10::10", "9：：30", "9点:30", "9:30:75"],
)
def test_hour_that_cannot_be_meant_is_refused(value):
    with pytest.raises(ValueUnclear):
        parse_time(value)


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        (
            True,
            [
                "是",
                "有",
                "√",
                "✓",
                "Y",
                "y",
                "Ｙ",
                "1",
                1,
                1.0,
                "1.0",
                True,
                "出庭",
                "已出庭",
                "到庭",
                " 是 ",
            ],
        ),
        (False, ["否", "无", "×", "✗", "N", "0", 0, 0.0, "0.0", False, "未出庭", "未到庭", "没有", "x"]),
        (None, [None, "", "  ", "/", "—", "-", "－", "不适用", "\u3000"]),
    ],
)
def test_yes_no_and_blank(expected, values):
    assert [parse_yes_no(value) for value in values] == [expected] * len(values)


@pytest.mark.parametrize("value", ["延期", 2, "可能", "是否"])
def test_other_words_are_neither_yes_nor_no(value):
    with pytest.raises(ValueUnclear):
        parse_yes_no(value)


@pytest.mark.parametrize("value", [None, "", " \u3000\xa0\ufeff", "/", "／", "—", "——", "-", "－"])
def test_dashes_and_nothing_are_blank(value):
    assert is_blank(value)


def test_words_for_nothing_are_blank_in_optional_columns_only():
    assert [is_blank(word, optional=True) for word in ("无", "不适用", "有")] == [True, True, False]
    assert [is_blank(word) for word in ("无", "不适用", 0, False)] == [False] * 4


def test_text_is_cleaned_outside_and_kept_inside():
    assert clean_text("\ufeff 张\u3000三 \u200b") == "张\u3000三"
    assert clean_text("第一行 \r\n  第二行_x000D_\n第三行") == "第一行 第二行 第三行"
    assert clean_text("一\n二", one_line=False) == "一\n二"
    assert [clean_text(value) for value in (13.0, 1.5, 13800000000.0, None, 7)] == [
        "13",
        "1.5",
        "13800000000",
        "",
        "7",
    ]


def test_rare_characters_of_names_are_not_normalised():
    assert clean_text("𠮷\uf9d1e\u0301") == "𠮷\uf9d1e\u0301"


KNOWN = {"甲局", "乙局", "滨州市自然资源和规划局", "丙、丁联合管委会", "市局（甲、乙分局）"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲局、乙局", ["甲局", "乙局"]),
        ("甲局，乙局；丙局/丁局,戊局;己局", ["甲局", "乙局", "丙局", "丁局", "戊局", "己局"]),
        ("甲局\n乙局", ["甲局", "乙局"]),
        ("滨州市自然资源\n和规划局", ["滨州市自然资源和规划局"]),
        ("甲局\n滨州市自然资源\n和规划局\n乙局", ["甲局", "滨州市自然资源和规划局", "乙局"]),
        ("生僻\n机关", ["生僻机关"]),
        ("甲局 乙局", ["甲局", "乙局"]),
        ("甲局和滨州市自然资源和规划局", ["甲局", "滨州市自然资源和规划局"]),
        ("滨州市自然资源和规划局以及甲局与乙局。", ["滨州市自然资源和规划局", "甲局", "乙局"]),
        ("甲局和某局", ["甲局和某局"]),
        ("甲局﹑乙局|甲局＋乙局", ["甲局", "乙局", "甲局", "乙局"]),
        ("甲局、滨州市自然资源\r\n和规划局、", ["甲局", "滨州市自然资源和规划局"]),
        ("某局（东区、西区）、甲局", ["某局（东区、西区）", "甲局"]),
        ("丙、丁联合管委会", ["丙、丁联合管委会"]),
        ("某局）、甲局", ["某局）", "甲局"]),
        ("/", []),
        ("", []),
    ],
)
def test_agencies_of_one_cell(text, names):
    assert split_agencies(text, KNOWN.__contains__) == names


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("*案 号：", "案号"),
        ("开庭日期\n（年-月-日）", "开庭日期"),
        ("是否出庭(是/否)【必填】", "是否出庭"),
        ("（备注）", "(备注)"),
        ("ＩＤ\u3000号", "ID号"),
        ("＊被诉行政机关 （全称）*", "被诉行政机关"),
        (None, ""),
    ],
)
def test_header_is_compared_without_its_dressing(text, header):
    assert normalise_header(text) == header


def refused_day(text):
    with pytest.raises(ValueUnclear):
        parse_day(text, month=MONTH)


def refused_time(text):
    with pytest.raises(ValueUnclear):
        parse_time(text)


def agencies(text):
    return split_agencies(text, KNOWN.__contains__)


@pytest.mark.parametrize("read", [normalise_header, clean_text, agencies, refused_day, refused_time])
@pytest.mark.parametrize("unit", ["一", " x", "x(a)", "1-", "(", "\n甲", "、"])
def test_longest_possible_cell_is_read_in_a_moment(read, unit):
    started = datetime.now()
    read((unit * 32_767)[:32_767])
    # A pattern that backtracks would take minutes; a busy machine takes some seconds at most.
    assert (datetime.now() - started).total_seconds() < 10
