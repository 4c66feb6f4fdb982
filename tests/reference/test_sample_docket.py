"""The suits behind the demonstration workbooks follow the order of a real procedure."""

import csv
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

from binzhou_litigation.demo.docket import make_docket
from binzhou_litigation.demo.samples import SEED
from rules.calendars import load_calendar
from rules.case_numbers import parse_case_number

CAUSES = Path(__file__).parents[2] / "cases" / "data" / "causes.csv"
CALENDAR = load_calendar()
SUITS = make_docket(Random(SEED))
BY_NUMBER = {suit.number: suit for suit in SUITS}


def test_serials_rise_with_the_day_of_filing():
    series = defaultdict(list)
    for suit in sorted(SUITS, key=lambda suit: suit.serial):
        series[suit.court, suit.filed_on.year, suit.kind].append(suit.filed_on)
    assert all(a <= b for filed in series.values() for a, b in pairwise(filed))
    assert len(BY_NUMBER) == len(SUITS)


def test_suits_are_filed_between_december_and_august():
    filed = [suit.filed_on for suit in SUITS]
    assert date(2025, 12, 1) <= min(filed)
    assert max(filed) <= date(2026, 8, 31)


def test_filing_hearing_decision_and_delivery_follow_one_another():
    for suit in SUITS:
        days = [suit.filed_on, *(sitting.on for sitting in suit.sittings)]
        if suit.decision:
            days += [suit.decision.on, suit.decision.served_on]
        assert all(a < b for a, b in pairwise(days)), suit.number


def test_courts_sit_and_decide_on_working_days():
    for suit in SUITS:
        days = [sitting.on for sitting in suit.sittings]
        assert not any(CALENDAR.is_day_off(day) or day.weekday() >= 5 for day in days)
        assert suit.decision is None or not CALENDAR.is_day_off(suit.decision.on)


def test_a_second_instance_follows_the_first():
    appeals = [suit for suit in SUITS if suit.kind == "行终"]
    assert len(appeals) >= 15
    assert all(parse_case_number(suit.origin).first.type == "行初" for suit in appeals)
    chained = [(suit, BY_NUMBER[suit.origin]) for suit in appeals if suit.origin in BY_NUMBER]
    assert len(chained) == 8
    for appeal, below in chained:
        assert below.decision.appealed
        assert appeal.filed_on > below.decision.served_on
        assert appeal.agencies == below.agencies


def test_every_scheduled_hearing_is_reported_the_next_month():
    for suit in SUITS:
        for sitting in suit.sittings:
            reported = bool(sitting.appearances) or sitting.held != "是"
            assert reported == (sitting.on.month < 10)


def test_causes_are_those_of_the_national_list():
    with CAUSES.open(encoding="utf-8", newline="") as handle:
        names = {row["name"] for row in csv.DictReader(handle)}
    assert {suit.cause for suit in SUITS} <= names


def test_heads_appear_in_93_to_97_percent_of_the_third_quarter():
    heard = [
        [a.attended and a.identity != "不合格" and not a.left_early for a in sitting.appearances]
        for suit in SUITS
        for sitting in suit.sittings
        if sitting.held == "是" and 7 <= sitting.on.month <= 9
    ]
    assert len(heard) >= 90
    assert 0.93 <= sum(any(came) for came in heard) / len(heard) <= 0.97


def test_appearances_show_every_peculiarity():
    told = [a for suit in SUITS for sitting in suit.sittings for a in sitting.appearances]
    assert {a.rank for a in told} == {"", "正职", "副职", "其他负责人"}
    assert {a.identity for a in told} == {"", "合格", "已补正", "不合格"}
    assert {(bool(a.reason), a.finding) for a in told if not a.attended} == {
        (True, "成立"),
        (False, "不成立"),
    }
    assert any(a.lawyer_only for a in told)
    assert any(a.left_early for a in told)
    assert any(a.attended and not a.spoke for a in told)
    assert {sitting.held for suit in SUITS for sitting in suit.sittings} == {"是", "延期", "取消", "撤诉"}


def test_joined_suits_have_consecutive_numbers_and_one_hearing():
    groups = defaultdict(list)
    for suit in SUITS:
        if suit.group:
            groups[suit.court, suit.group].append(suit)
    assert sorted(map(len, groups.values())) == [2, 2, 3, 4]
    for suits in groups.values():
        serials = sorted(suit.serial for suit in suits)
        assert serials == list(range(serials[0], serials[0] + len(suits)))
        assert len({suit.sittings for suit in suits}) == 1
