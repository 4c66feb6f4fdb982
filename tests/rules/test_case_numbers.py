import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.case_numbers import CaseNumber, CaseNumberInvalid, parse_case_number, to_json
from rules.case_types import type_codes

TABLE = Path(__file__).parent / "tables" / "case_numbers.csv"


def rows(usable):
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if (row["可用"] == "是") == usable]


@pytest.mark.parametrize("row", rows(usable=True), ids=lambda row: row["说明"])
def test_every_way_of_writing_leads_to_one_key_and_one_display(row):
    parsed = parse_case_number(row["案号"])
    first = parsed.first
    assert (first.key, first.display) == (row["键"], row["规范写法"])
    assert ("" if first.document is None else str(first.document)) == row["文书序号"]
    assert ";".join(number.display for number in parsed.series) == row["系列"]
    assert (first.old_style, first.is_administrative_suit) == (row["旧式"] == "是", row["行政诉讼"] == "是")


@pytest.mark.parametrize("row", rows(usable=False), ids=lambda row: row["说明"])
def test_what_is_no_administrative_number_is_refused_with_a_reason(row):
    answer = to_json(row["案号"])
    assert (answer["ok"], answer["error"]["code"]) == (False, row["代码"])
    assert row["提示含"] in answer["error"]["message"]


def test_the_json_object_is_the_one_others_rely_on():
    text = "〔2026〕鲁1602行初012-13号"
    assert to_json(text) == {
        "text": text,
        "ok": True,
        "display": "（2026）鲁1602行初12号",
        "key": "2026|鲁1602||行初|12",
        "year": 2026,
        "court": "鲁1602",
        "type": "行初",
        "serial": 12,
        "document": None,
        "series": ["（2026）鲁1602行初12号", "（2026）鲁1602行初13号"],
    }
    assert to_json("abc") == {
        "text": "abc",
        "ok": False,
        "error": {
            "code": "case_number_invalid",
            "message": "案号应以带括号的四位收案年度开头，如（2026）鲁1602行初12号。",
        },
    }


def test_civil_numbers_are_read_so_that_the_caller_can_say_what_they_are():
    number = parse_case_number("（2026）鲁1602民初5号").first
    assert (number.kind.meaning, number.kind.branch, number.is_administrative_suit) == (
        "民事一审",
        "civil",
        False,
    )


def test_a_list_may_hold_500_numbers_and_not_one_more():
    assert len(parse_case_number("（2026）鲁1602行初1-500号").series) == 500
    with pytest.raises(CaseNumberInvalid, match="500"):
        parse_case_number("（2026）鲁1602行初1-300、401-700号")


def test_ending_in_and_others_is_remembered():
    assert parse_case_number("（2026）鲁1602行初12号等3件").and_others
    assert not parse_case_number("（2026）鲁1602行初12号").and_others


def test_an_agency_is_defendant_in_suits_and_applicant_in_enforcement_reviews():
    kinds = type_codes()
    assert [kinds[code].agency_is_defendant for code in ("行初", "行赔终", "行申", "行审", "行保")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert {code for code, kind in kinds.items() if kind.in_appearance} == {
        "行初", "行终", "行再", "行提", "行赔初", "行赔终", "行赔再",
    }  # fmt: skip
    assert kinds["行申"].instance == "review"
    assert kinds["行赔终"].compensation


@pytest.mark.parametrize(
    "hostile",
    ["（2026）" * 200, "（2026）" + "行" * 990, "（2026）鲁1602行初" + "1" * 980,
     "（2026）鲁1602行初" + "1、" * 490, "（2026）鲁1602行初1" + " \n" * 480 + "1"],
)  # fmt: skip
def test_no_text_keeps_the_reader_busy(hostile):
    started = time.perf_counter()
    to_json(hostile)
    assert time.perf_counter() - started < 5  # one that backtracks would take minutes


def test_a_text_over_1000_characters_is_refused():
    assert to_json("（2026）鲁1602行初1号" + "、1" * 500)["error"]["code"] == "case_number_invalid"
    assert parse_case_number("（2026）鲁1602行初1号".ljust(1000)).first.serial == 1
    with pytest.raises(CaseNumberInvalid, match="超过 1000 个字"):
        parse_case_number("（2026）鲁1602行初1号".ljust(1001))


def test_a_court_is_abbreviated_to_five_characters_at_most():
    assert parse_case_number("（2015）鲁滨州中院行终字第1号").first.court == "鲁滨州中院"
    with pytest.raises(CaseNumberInvalid, match="“山东滨州中院行终”不在案号类型表中"):
        parse_case_number("（2015）山东滨州中院行终字第1号")


def test_special_codes_came_in_2018():
    assert parse_case_number("（2018）最高法知行终1号").first.special == "知"
    with pytest.raises(CaseNumberInvalid, match="“知行终”不在案号类型表中"):
        parse_case_number("（2017）最高法知行终1号")


def test_the_old_style_ended_with_2015():
    assert parse_case_number("（2015）鲁行终字第12号").first.display == "（2015）鲁行终字第12号"
    assert parse_case_number("（2016）鲁行终字第12号").first.display == "（2016）鲁行终12号"
    assert parse_case_number("（2015）鲁1602行初12号").first.display == "（2015）鲁1602行初12号"


def test_a_range_may_end_in_a_second_full_number_and_a_list_go_on_after_it():
    parsed = parse_case_number("（2026）鲁1602行初1号至（2026）鲁1602行初3号、5号")
    assert [number.serial for number in parsed.series] == [1, 2, 3, 5]


def test_a_range_of_one_number_is_refused():
    with pytest.raises(CaseNumberInvalid, match="应从小到大，现为 12 至 12"):
        parse_case_number("（2026）鲁1602行初12-12号")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("（2026）鲁1602行初", "案号缺少编号，请补上，如（2026）鲁1602行初12号。"),
        (
            "（2026）鲁1602行初\u202e12号",
            "案号里有看不见的换向符号，显示的次序与实际不同，请重新录入案号。",
        ),
        (
            "（2026）鲁1602行初12号一二三四五六七八九十一二三四五六七八九十一",
            "案号后面多出“一二三四五六七八九十一二三四五六七八九十”，请只填写案号。",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_in_so_many_words(text, reason):
    with pytest.raises(CaseNumberInvalid) as refused:
        parse_case_number(text)
    assert (str(refused.value), refused.value.reason) == (reason, reason)


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("（2026）鲁1602执行初5号", "case_number_not_administrative", "“执行初”不是行政诉讼案件的案号"),
        ("（2015）滨民一终字第5号", "case_number_not_administrative", "“滨民一终”不是行政诉讼案件的案号"),
        ("（2026）鲁1602初5号", "case_number_invalid", "类型代字“初”不在案号类型表中"),
        ("（2015）行终字第1号", "case_number_invalid", "类型代字“行终”不在案号类型表中"),
    ],
)
def test_another_branch_is_told_from_a_type_nobody_knows(text, code, reason):
    with pytest.raises(CaseNumberInvalid, match=reason) as refused:
        parse_case_number(text)
    assert refused.value.code == code


def test_an_old_number_may_have_a_type_of_one_character():
    assert parse_case_number("（2015）滨执字第12号").first.key == "2015|滨||执|12"


def test_a_number_prints_as_it_is_displayed():
    assert str(parse_case_number("(2026)鲁1602行初012").first) == "（2026）鲁1602行初12号"


def test_state_compensation_is_no_administrative_suit():
    assert to_json("（2026）鲁16法赔1号")["error"]["code"] == "case_number_not_administrative"


@given(
    year=st.integers(2016, 2099),
    court=st.sampled_from(["鲁", "鲁16", "鲁1602", "最高法"]),
    kind=st.sampled_from(
        sorted(code for code, kind in type_codes().items() if kind.branch == "administrative")
    ),
    serial=st.integers(1, 9_999_999),
)
def test_the_display_form_reads_back_as_the_same_number(year, court, kind, serial):
    number = CaseNumber(year, court, "", kind, serial)
    assert parse_case_number(number.display).first == number


@given(st.text(max_size=1000))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    assert to_json(text)["ok"] in (True, False)
