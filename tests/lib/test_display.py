from datetime import date

import pytest

from lib.display import (
    MARKS,
    Status,
    document_date,
    done_status,
    due_status,
    due_word,
    long_date,
    short_date,
    suspended_status,
    weekday_zh,
)

TODAY = date(2026, 11, 23)


def test_a_week_runs_from_monday_to_sunday():
    days = [weekday_zh(date(2026, 11, 23 + offset)) for offset in range(7)]
    assert days == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def test_a_date_on_screen_carries_its_weekday():
    assert long_date(TODAY) == "2026-11-23（周一）"
    assert short_date(date(2026, 1, 5)) == "01-05 周一"


def test_a_date_in_a_paper_has_no_leading_zeros():
    assert document_date(date(2026, 1, 5)) == "2026年1月5日"
    assert document_date(TODAY) == "2026年11月23日"


@pytest.mark.parametrize(
    ("due_on", "word", "state", "mark"),
    [
        (date(2026, 11, 17), "逾期 6 天", "overdue", "■"),
        (date(2026, 11, 22), "逾期 1 天", "overdue", "■"),
        (date(2026, 11, 23), "今日 24:00 止", "today", "▲"),
        (date(2026, 11, 24), "剩 1 天", "soon", "◆"),
        (date(2026, 11, 26), "剩 3 天", "soon", "◆"),
        (date(2026, 11, 27), "剩 4 天", "running", "●"),
        (date(2027, 1, 4), "剩 42 天", "running", "●"),
    ],
)
def test_an_open_duty_says_how_far_off_its_day_is(due_on, word, state, mark):
    status = due_status(due_on, TODAY)
    assert (due_word(due_on, TODAY), status.word) == (word, word)
    assert (status.state, status.mark) == (state, mark)


@pytest.mark.parametrize(
    ("due_on", "done_on", "expected"),
    [
        (date(2026, 11, 17), date(2026, 11, 16), Status("done", "完成 11-16")),
        (date(2026, 11, 17), date(2026, 11, 17), Status("done", "完成 11-17")),
        (date(2026, 11, 17), date(2026, 11, 19), Status("done_late", "完成（逾期 2 天）")),
        (None, date(2026, 10, 28), Status("done", "完成 10-28")),
    ],
)
def test_a_done_duty_is_late_only_after_its_due_day(due_on, done_on, expected):
    assert done_status(due_on, done_on) == expected


def test_a_stopped_limit_names_the_day_it_stopped():
    status = suspended_status(date(2026, 11, 9))
    assert (status.word, status.mark) == ("中止（自 11-09）", "‖")


def test_no_two_states_share_a_mark_but_the_two_done_ones():
    assert len(set(MARKS.values())) == len(MARKS) - 1
    assert MARKS["done"] == MARKS["done_late"] == "✓"
