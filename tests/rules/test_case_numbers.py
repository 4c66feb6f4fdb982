import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.case_numbers import CaseNumber, CaseNumberInvalid, parse_case_number, to_json, type_codes

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
