import csv
import json
from collections import defaultdict
from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from rules.calendars import load_calendar
from rules.deadlines import ModeNotAllowed, due_date
from rules.monthly import monthly_day
from rules.rulebook import RuleBook

TABLES = Path(__file__).parent / "tables"
CALENDAR = load_calendar()
BOOK = RuleBook.load()
MODES = {"自然日": "calendar", "工作日": "working"}
ROLLS = {"顺延": "forward", "提前": "backward", "不动": "none"}


def table(name):
    with (TABLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def due(rule, start, *, calendar=CALENDAR, mode=None):
    starts_on = date.fromisoformat(start)
    return due_date(BOOK.limit(rule, on=starts_on), starts_on, calendar, mode=mode)


def test_the_table_covers_both_modes_and_at_least_forty_cases():
    rows = table("due_dates.csv")
    assert len(rows) >= 40
    assert {row["计算方式"] for row in rows} == set(MODES)


@pytest.mark.parametrize("row", table("due_dates.csv"), ids=lambda row: row["说明"])
def test_a_limit_runs_out_on_the_day_the_lawyers_signed(row):
    found = due(row["规则"], row["起算日（不计）"], mode=MODES[row["计算方式"]])
    assert (found.nominal.isoformat(), found.due_on.isoformat()) == (row["期满日"], row["届满日"])
    assert (found.provisional, found.calendar) == (row["暂定"] == "是", row["日历版本"])


# The independent computation: day by day, with the holidays package deciding which days are worked.

FIRST, LAST = date(2015, 5, 1), date(2026, 12, 31)
ANNOUNCED = holidays.country_holidays("CN", years=range(2015, 2027))
NAIVE_DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 80)]
NAIVE_OFF = [not ANNOUNCED.is_working_day(d) if d <= LAST else d.weekday() in (5, 6) for d in NAIVE_DAYS]
IN_FORCE = defaultdict(lambda: 1, {2015: 2, 2018: 2, 2019: 2, 2020: 2, 2022: 2})


def naive_calendar(start, amount):
    """Indexes of the nominal and the due day: walk past the days off at the end."""
    end = start + amount
    while NAIVE_OFF[end]:
        end += 1
    return start + amount, end


def naive_working(start, amount):
    end = start
    while amount:
        end += 1
        if not NAIVE_OFF[end]:
            amount -= 1
    return end, end


@pytest.mark.parametrize(
    "amounts",
    [(1, 5, 10, 15, 30), pytest.param(tuple(range(1, 31)), marks=pytest.mark.brute)],
    ids=["some", "all"],
)
@pytest.mark.parametrize(("mode", "naive"), [("calendar", naive_calendar), ("working", naive_working)])
def test_every_start_day_of_2015_to_2026_and_1_to_30_days_agree_with_counting_day_by_day(
    mode, naive, amounts
):
    limits = [replace(BOOK.limit("answer", on=FIRST), amount=amount) for amount in amounts]
    starts = (LAST - FIRST).days + 1
    assert starts == 4263
    for start in range(starts):
        for limit in limits:
            found = due_date(limit, NAIVE_DAYS[start], CALENDAR, mode=mode)
            nominal, end = naive(start, limit.amount)
            year = min(NAIVE_DAYS[end].year, 2026)
            assert (found.nominal, found.due_on) == (NAIVE_DAYS[nominal], NAIVE_DAYS[end])
            assert list(found.rolled_over) == NAIVE_DAYS[nominal:end]
            assert [day.date for day in found.days_off_met] == [
                NAIVE_DAYS[i] for i in range(start + 1, end + 1) if NAIVE_OFF[i]
            ]
            assert (found.provisional, found.calendar) == (NAIVE_DAYS[end] > LAST, f"{year}@{IN_FORCE[year]}")


def test_the_receipt_has_the_keys_and_values_others_rely_on():
    receipt = due("defence_report", "2026-10-08").to_json()
    assert receipt == {
        "rule": "defence_report",
        "label": "应诉情况报告",
        "amount": 5,
        "unit": "day",
        "rule_version": 1,
        "start_event": "举证期限届满",
        "starts_on": "2026-10-08",
        "nominal": "2026-10-13",
        "due_on": "2026-10-13",
        "mode": "calendar",
        "rolled_over": [],
        "days_off_met": [{"date": "2026-10-11", "kind": "weekend", "name": "周日", "notice": ""}],
        "provisional": False,
        "calendar": "2026@1",
        "days_counted": 5,
        "pauses": [],
        "citation": "滨州市“3632”行政应诉长效工作机制（2018年）："
        "于举证期限届满之日起5日内报告同级政府法制机构",
        "article": "于举证期限届满之日起5日内向同级政府法制机构报告。",
        "valid_from": "2018-01-01",
        "estimated": False,
        "before": False,
        "explanation": "2026-10-08（周四）举证期限届满，当日不计，按自然日计 5 日，期满 2026-10-13（周二）。",
    }
    assert json.loads(json.dumps(receipt, ensure_ascii=False)) == receipt


def test_a_days_off_receipt_names_the_notice():
    receipt = due("answer", "2026-09-16").to_json()
    assert receipt["rolled_over"] == [f"2026-10-0{n}" for n in range(1, 8)]
    assert receipt["days_off_met"][-1] == {
        "date": "2026-10-07",
        "kind": "holiday",
        "name": "国庆节",
        "notice": "《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号）",
    }


@pytest.mark.parametrize(
    ("rule", "start", "mode", "ending"),
    [
        (
            "answer",
            "2026-09-16",
            "calendar",
            "期满 2026-10-01（周四），末日逢国庆节，顺延至其后第一个工作日 2026-10-08（周四）。",
        ),
        (
            "judgment_filing",
            "2026-03-10",
            "calendar",
            "末日逢周日，顺延至其后第一个工作日 2026-03-16（周一）。",
        ),
        ("defence_report", "2026-09-15", "calendar", "期满 2026-09-20（周日），该日为调休上班日，不顺延。"),
        ("defence_report", "2026-10-05", "calendar", "期满 2026-10-10（周六），该日为调休上班日，不顺延。"),
        (
            "defence_report",
            "2026-10-08",
            "working",
            "按工作日计 5 日（期间 1 个休息日不计），期满 2026-10-14（周三）。",
        ),
        ("defence_report", "2026-11-23", "working", "期满 2026-11-30（周一）。"),
        (
            "leader_report",
            "2026-11-23",
            "working",
            "按工作日计 1 日，期满 2026-11-24（周二），期间长度为办公室设定。",
        ),
        ("retrial_application", "2026-01-15", "calendar", "当日不计，计 6 个月，期满 2026-07-15（周三）。"),
        ("enforcement_application", "2024-05-20", "calendar", "当日不计，计 2 年，期满 2026-05-20（周三）。"),
        (
            "defence_report",
            "2026-12-30",
            "calendar",
            "期满 2027-01-04（周一），所涉年度放假安排尚未公布，暂按周末推算，公布后重新计算。",
        ),
    ],
)
def test_the_explanation_says_how_the_day_came_about(rule, start, mode, ending):
    text = due(rule, start, mode=mode).explanation
    assert text.startswith(start)
    assert text.endswith(ending)


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("working", "往前数 3 个工作日，最迟 2026-10-23（周五），期间长度为办公室设定。"),
        ("calendar", "往前数 3 日，最迟 2026-10-23（周五），期间长度为办公室设定。"),
    ],
)
def test_a_limit_before_its_event_is_explained_backwards(mode, text):
    assert (
        due("name_head", "2026-10-28", mode=mode).explanation == f"2026-10-28（周三）开庭，当日不计，{text}"
    )


def test_of_a_limit_in_months_the_days_between_are_counted():
    assert due("retrial_application", "2026-01-15").days_counted == 181


def test_without_a_mode_the_limit_s_own_counts():
    assert due("letter_reply", "2026-09-29").mode == "working"
    assert due("defence_report", "2026-09-29").mode == "calendar"


@pytest.mark.parametrize("rule", ["retrial_application", "enforcement_application"])
def test_a_limit_in_months_or_years_cannot_be_counted_in_working_days(rule):
    with pytest.raises(ModeNotAllowed, match="不能改按工作日计"):
        due(rule, "2026-01-15", mode="working")


@pytest.mark.parametrize(
    ("rule", "start", "known_on", "before", "after"),
    [
        ("answer", "2015-08-19", "2015-05-13", ("2015-09-03", "2015@1"), ("2015-09-06", "2015@2")),
        ("judgment_filing", "2019-04-27", "2019-03-22", ("2019-05-02", "2019@1"), ("2019-05-05", "2019@2")),
        ("answer", "2020-01-16", "2020-01-27", ("2020-01-31", "2020@1"), ("2020-02-03", "2020@2")),
        ("defence_report", "2018-12-26", "2018-12-06", ("2018-12-31", "2018@1"), ("2019-01-02", "2019@1")),
    ],
)
def test_an_amended_calendar_moves_the_day_from_its_publication_on(rule, start, known_on, before, after):
    published = date.fromisoformat(known_on)
    for day, expected in ((published - timedelta(days=1), before), (published, after)):
        found = due(rule, start, calendar=load_calendar(known_on=day))
        assert (found.due_on.isoformat(), found.calendar) == expected


def test_a_day_is_provisional_until_its_year_is_announced():
    early = due("answer", "2026-09-16", calendar=load_calendar(known_on=date(2025, 11, 3)))
    assert (early.due_on, early.provisional, early.calendar) == (date(2026, 10, 1), True, "2025@1")
    assert due("answer", "2026-09-16").provisional is False


def test_a_day_moved_into_a_year_without_a_calendar_is_provisional():
    moved = due("answer", "2022-12-16", calendar=load_calendar(known_on=date(2022, 12, 7)))
    assert (moved.nominal, moved.due_on, moved.provisional) == (date(2022, 12, 31), date(2023, 1, 2), True)


def test_a_receipt_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        due("answer", "2026-09-16").due_on = date(2026, 10, 9)


@pytest.mark.parametrize("row", table("monthly_5th.csv"), ids=lambda row: f"{row['月份']}{row['处理']}")
def test_the_5th_of_a_month_moves_as_the_lawyers_signed(row):
    found = monthly_day(date.fromisoformat(f"{row['月份']}-01"), CALENDAR, roll=ROLLS[row["处理"]])
    assert (found.nominal.isoformat(), found.due_on.isoformat()) == (row["5日为"], row["截止日"])
    assert found.provisional is (row["暂定"] == "是")


def test_a_monthly_day_comes_with_its_receipt():
    assert monthly_day(date(2026, 10, 23), CALENDAR).to_json() == {
        "nominal": "2026-10-05",
        "due_on": "2026-10-08",
        "roll": "forward",
        "rolled_over": ["2026-10-05", "2026-10-06", "2026-10-07"],
        "provisional": False,
        "calendar": "2026@1",
        "citation": "滨州市“3632”行政应诉长效工作机制：每月5日前“三通报”；逢休息日的处理为办公室设定",
        "explanation": "每月 5 日前（含当日），本月为 2026-10-05（周一），"
        "逢休息日顺延至 2026-10-08（周四）。",
    }
    assert monthly_day(date(2027, 1, 1), CALENDAR).explanation.endswith("暂按周末推算，公布后重新计算。")


def test_a_monthly_day_moved_back_skips_the_days_off_before_it():
    found = monthly_day(date(2026, 10, 1), CALENDAR, roll="backward")
    assert [day.isoformat() for day in found.rolled_over] == [f"2026-10-0{n}" for n in range(1, 6)]
    assert found.explanation.endswith("逢休息日提前至 2026-09-30（周三）。")
    kept = monthly_day(date(2026, 10, 1), CALENDAR, roll="none")
    assert (kept.due_on, kept.rolled_over) == (date(2026, 10, 5), ())


def test_a_month_too_short_ends_on_its_last_day():
    assert monthly_day(date(2026, 6, 1), CALENDAR, day=31).due_on == date(2026, 6, 30)


def test_a_day_of_a_month_without_a_calendar_is_provisional_though_it_moves_into_one_that_has():
    known = load_calendar(known_on=date(2021, 10, 1))
    moved = monthly_day(date(2022, 1, 1), known, day=1, roll="backward")
    assert (moved.due_on, moved.provisional, moved.calendar) == (date(2021, 12, 31), True, "2021@1")
