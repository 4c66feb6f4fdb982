"""The ladders of urging on exact days."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from rules.calendars import load_calendar
from rules.deadlines import due_date
from rules.ladders import Ladder, Rung, check_rungs, load_ladders
from rules.rulebook import RuleBook
from rules.strict_toml import DataFileError

CALENDAR = load_calendar()
BOOK = RuleBook.load()
LADDERS = load_ladders()
DAY = timedelta(days=1)
KEYS = ["report", "short", "answer", "naming", "naming_again", "performance", "regular", "training"]


def day(text):
    return date.fromisoformat(text)


def told(step):
    return step and (step.rung.step, step.on.isoformat())


# One worked example each: the rule, the day of its event, its due day, and the days of the steps. Who
# was told twice is told no more: the office goes on by hand.
EXAMPLES = {
    "report": (
        "defence_report",
        "2026-10-08",
        "2026-10-13",
        [
            ("t-3", "2026-10-10"),
            ("day0", "2026-10-13"),
            ("t+1", "2026-10-14"),
            ("t+3", "2026-10-16"),
            ("t+5", "2026-10-19"),
            ("t+8", "2026-10-21"),
        ],
    ),
    "short": (
        "paper_correction",
        "2026-10-09",
        "2026-10-13",
        [("day0", "2026-10-13"), ("t+3", "2026-10-16"), ("t+5", "2026-10-19"), ("t+8", "2026-10-21")],
    ),
    "answer": ("answer", "2026-10-08", "2026-10-23", [("t-3", "2026-10-20"), ("day0", "2026-10-23")]),
    "naming": (
        "name_head",
        "2026-10-14",
        "2026-10-10",
        [("h-10", "2026-09-23"), ("h-5", "2026-10-08"), ("h-3", "2026-10-10"), ("h-1", "2026-10-13")],
    ),
    "naming_again": (
        "name_head_again",
        "2026-10-10",
        "2026-10-13",
        [("t-1", "2026-10-12"), ("day0", "2026-10-13")],
    ),
    "performance": (
        "obligation_compensation_pay",
        "2026-09-23",
        "2026-10-08",
        [
            ("t-15", "2026-09-23"),
            ("t-7", "2026-10-01"),
            ("t-3", "2026-10-05"),
            ("day0", "2026-10-08"),
            ("t+1", "2026-10-09"),
            ("t+7", "2026-10-15"),
            ("t+7", "2026-10-30"),
        ],
    ),
    "regular": (
        "quarterly_bulletin",
        "2026-09-30",
        "2026-10-20",
        [
            ("t-3", "2026-10-17"),
            ("day0", "2026-10-20"),
            ("t+1", "2026-10-21"),
            ("t+1", "2026-10-28"),
        ],
    ),
    "training": (
        "training_first",
        "2025-12-31",
        "2026-06-30",
        [
            ("t-30", "2026-05-31"),
            ("t-7", "2026-06-23"),
            ("t+1", "2026-07-01"),
            ("t+1", "2026-07-31"),
        ],
    ),
}


def test_there_is_an_example_of_every_ladder_and_it_has_every_step():
    assert [ladder.key for ladder in LADDERS.versions] == KEYS == list(EXAMPLES)
    for ladder in LADDERS.versions:
        steps = [step for step, _ in EXAMPLES[ladder.key][3]]
        assert list(dict.fromkeys(steps)) == [rung.step for rung in ladder.rungs]


@pytest.mark.parametrize("key", KEYS)
def test_the_example_is_due_when_its_rule_says_and_urged_by_its_ladder(key):
    rule, starts_on, due_on, _ = EXAMPLES[key]
    limit = BOOK.limit(rule, on=day(starts_on))
    assert due_date(limit, day(starts_on), CALENDAR).due_on == day(due_on)
    assert LADDERS.of_rule(rule, on=day(due_on)).key == key


@pytest.mark.parametrize("key", KEYS)
def test_the_steps_come_on_their_days(key):
    _, starts_on, due_on, steps = EXAMPLES[key]
    of = LADDERS.newest(key)
    facts = (day(starts_on), day(due_on), CALENDAR)
    assert of.reached(*facts, on=day(steps[0][1]) - DAY) is None
    assert told(of.next(*facts, on=day(steps[0][1]) - DAY)) == steps[0]
    for step, following in pairwise([*steps, None]):
        on = day(step[1])
        assert told(of.reached(*facts, on=on)) == step
        assert told(of.reached(*facts, on=on - DAY)) != step
        assert told(of.next(*facts, on=on - DAY)) == step
        if following:
            assert told(of.next(*facts, on=on)) == following
            assert told(of.reached(*facts, on=day(following[1]) - DAY)) == step


def test_a_ladder_that_does_not_repeat_has_a_top():
    facts = (day("2026-10-14"), day("2026-10-10"), CALENDAR)
    naming = LADDERS.newest("naming")
    for on in ("2026-10-13", "2026-10-14", "2026-12-31"):
        assert told(naming.reached(*facts, on=day(on))) == ("h-1", "2026-10-13")
        assert naming.next(*facts, on=day(on)) is None


@pytest.mark.parametrize(
    ("due_on", "days"),
    [
        ("2026-10-13", ["2026-10-16", "2026-10-19", "2026-10-21"]),  # Sunday: one calls on Monday
        (
            "2026-10-10",
            ["2026-10-13", "2026-10-15", "2026-10-18"],
        ),  # Thursday; whom one only tells is told on Sunday
        ("2026-09-15", ["2026-09-18", "2026-09-20", "2026-09-23"]),  # a Sunday that is worked
        (
            "2026-09-27",
            ["2026-09-30", "2026-10-08", "2026-10-09"],
        ),  # what follows National Day comes a day later
    ],
)
def test_what_people_do_falls_on_a_working_day_and_no_later_step_overtakes_it(due_on, days):
    report = LADDERS.newest("report")
    for step, on in zip(["t+3", "t+5", "t+8"], days, strict=True):
        assert told(report.reached(day("2026-09-01"), day(due_on), CALENDAR, on=day(on))) == (step, on)


@pytest.mark.parametrize(
    ("due_on", "on"),
    [("2026-10-09", "2026-10-10"), ("2026-10-16", "2026-10-19"), ("2026-09-30", "2026-10-08")],
)
def test_a_letter_is_drafted_on_the_next_working_day(due_on, on):
    performance = LADDERS.newest("performance")
    facts = (day("2026-09-01"), day(due_on), CALENDAR)
    assert told(performance.reached(*facts, on=day(on) - DAY)) != ("t+1", on)
    assert told(performance.reached(*facts, on=day(on))) == ("t+1", on)


def test_before_the_day_people_act_on_the_last_working_day_that_is_not_too_late():
    call = replace(LADDERS.newest("report").rungs[0], phone=True)
    early = replace(LADDERS.newest("report"), rungs=(call,))
    due_on = day("2026-10-14")  # three days before it is a Sunday
    assert told(early.reached(due_on, due_on, CALENDAR, on=due_on)) == ("t-3", "2026-10-10")


@pytest.mark.parametrize(
    ("hearing", "days"),
    [
        ("2026-09-30", ["2026-09-16", "2026-09-22", "2026-09-24", "2026-09-29"]),
        ("2026-10-08", ["2026-09-17", "2026-09-23", "2026-09-28", "2026-09-30"]),
        ("2026-10-09", ["2026-09-18", "2026-09-24", "2026-09-29", "2026-10-08"]),
        ("2026-10-10", ["2026-09-20", "2026-09-28", "2026-09-30", "2026-10-09"]),
        ("2026-10-12", ["2026-09-21", "2026-09-29", "2026-10-08", "2026-10-10"]),
        ("2026-10-13", ["2026-09-22", "2026-09-30", "2026-10-09", "2026-10-12"]),
        ("2026-10-14", ["2026-09-23", "2026-10-08", "2026-10-10", "2026-10-13"]),
        ("2026-02-25", ["2026-02-04", "2026-02-11", "2026-02-13", "2026-02-24"]),
    ],
)
def test_naming_a_head_is_urged_working_days_before_the_hearing_whatever_its_due_day(hearing, days):
    """National Day 2026: off 9-25 to 9-27 and 10-1 to 10-7; Sunday 9-20 and Saturday 10-10 are worked."""
    naming = LADDERS.newest("naming")
    for due_on in (day(hearing), day("2026-01-05")):
        found = [naming.reached(day(hearing), due_on, CALENDAR, on=day(text)) for text in days]
        assert [told(step) for step in found] == list(zip(["h-10", "h-5", "h-3", "h-1"], days, strict=True))


def test_who_is_told_and_asked_to_do_what_at_each_step():
    """First the liaison, then the head, then a letter that a person signs, then the government office."""
    steps = [
        (
            ladder.key,
            rung.step,
            " ".join(rung.to),
            rung.letter,
            rung.phone,
            rung.urgent,
            rung.every,
            rung.times,
        )
        for ladder in LADDERS.versions
        for rung in ladder.rungs
    ]
    assert steps == [
        ("report", "t-3", "liaison", None, False, False, None, None),
        ("report", "day0", "liaison", None, False, True, None, None),
        ("report", "t+1", "liaison", None, False, False, None, None),
        ("report", "t+3", "liaison head", None, False, False, None, None),
        ("report", "t+5", "", None, True, False, None, None),
        ("report", "t+8", "liaison head office_head government_office", None, False, False, None, None),
        ("short", "day0", "liaison", None, False, True, None, None),
        ("short", "t+3", "liaison head", None, False, False, None, None),
        ("short", "t+5", "", None, True, False, None, None),
        ("short", "t+8", "liaison head office_head government_office", None, False, False, None, None),
        ("answer", "t-3", "liaison", None, False, False, None, None),
        ("answer", "day0", "liaison", None, False, True, None, None),
        ("naming", "h-10", "liaison", None, False, False, None, None),
        ("naming", "h-5", "liaison head office", "appearance", False, False, None, None),
        ("naming", "h-3", "office_head", "appearance", False, False, None, None),
        ("naming", "h-1", "liaison head government_office", None, True, True, None, None),
        ("naming_again", "t-1", "liaison", None, False, False, None, None),
        ("naming_again", "day0", "liaison head office", "appearance", False, True, None, None),
        ("performance", "t-15", "liaison", None, False, False, None, None),
        ("performance", "t-7", "liaison", None, False, False, None, None),
        ("performance", "t-3", "liaison head", None, False, False, None, None),
        ("performance", "day0", "liaison", None, False, True, None, None),
        ("performance", "t+1", "liaison office", "performance", False, False, None, None),
        ("performance", "t+7", "liaison head office_head government_office", None, False, False, 15, 2),
        ("regular", "t-3", "owner", None, False, False, None, None),
        ("regular", "day0", "owner", None, False, False, None, None),
        ("regular", "t+1", "owner owner_head", None, False, False, 7, 2),
        ("training", "t-30", "liaison", None, False, False, None, None),
        ("training", "t-7", "liaison", None, False, False, None, None),
        ("training", "t+1", "liaison head", None, False, False, 30, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("answer", "answer"),
        ("answer_appeal", "answer"),
        ("defence_report", "report"),
        ("judgment_filing", "report"),
        ("material_receipt", "short"),
        ("effect_confirmation", "short"),
        ("letter_reply", "report"),
        ("name_head", "naming"),
        ("name_head_again", "naming_again"),
        ("obligation", "performance"),
        ("obligation_compensation_forward", "performance"),
        ("obligation_compensation_pay", "performance"),
        ("county_rollup", "regular"),
        ("monthly_analysis", "regular"),
        ("annual_report", "regular"),
        ("training_second", "training"),
    ],
)
def test_a_rule_is_urged_by_the_ladder_that_names_it_or_by_the_one_for_all_others(rule, key):
    assert LADDERS.of_rule(rule, on=day("2026-10-15")).key == key


def test_a_ladder_names_no_rule_that_there_is_not_and_none_twice():
    named = [rule for ladder in LADDERS.versions for rule in ladder.rules]
    assert len(set(named)) == len(named)
    assert set(named) - set(BOOK.keys()) == {"obligation"}


def test_a_later_version_urges_from_its_first_day_and_does_not_change_the_days_before():
    report = LADDERS.newest("report")
    later = replace(report, version=2, valid_from=day("2026-11-01"), rungs=report.rungs[:3])
    both = LADDERS.with_versions([later])
    assert both.of_rule("defence_report", on=day("2026-10-31")) == report
    assert both.of_rule("defence_report", on=day("2026-11-01")) == later
    assert both.of_rule("name_head", on=day("2026-11-01")).key == "naming"
    assert (both.newest("report"), LADDERS.newest("report")) == (later, report)
    assert both.first("report") == report
    assert both.of_rule("defence_report", on=day("2017-12-31")) == report


def test_the_next_version_is_known_before_it_begins():
    report = LADDERS.newest("report")
    starts = ["2026-12-01", "2026-11-01"]
    later = LADDERS.with_versions(replace(report, valid_from=day(start)) for start in starts)
    assert later.next_version_on("defence_report", after=day("2026-10-31")) == day("2026-11-01")
    assert later.next_version_on("defence_report", after=day("2026-11-01")) == day("2026-12-01")
    assert later.next_version_on("defence_report", after=day("2026-12-01")) is None
    assert later.next_version_on("name_head", after=day("2026-10-31")) is None


STEP = Rung("t-3", "提前 3 日，第 1 次", -3, "calendar", "还有 3 日截止，共 2 件", ("liaison",))


@pytest.mark.parametrize(
    ("days", "label", "words"),
    [
        (-3, "提前 3 日，第 1 次", "还有 3 日截止，共 2 件"),
        (-5, "提前 5 日，第 1 次", "还有 5 日截止，共 2 件"),
        (8, "提前 8 日，第 1 次", "还有 8 日截止，共 2 件"),
    ],
)
def test_a_step_on_another_day_says_that_day_and_leaves_other_numbers(days, label, words):
    assert STEP.on_day(days) == replace(STEP, days=days, label=label, words=words)


@pytest.mark.parametrize(("days", "words"), [(-1, "还有 1 日截止"), (0, "请今日办理"), (2, "请今日办理")])
def test_a_step_whose_words_name_no_day_names_one_only_before_the_due_day(days, words):
    assert replace(STEP, days=-4, words="请今日办理").on_day(days).words == words


# Looking day by day, against the days written out one by one.


def naive_day(anchor, rung):
    on, left = anchor, abs(rung.days)
    while left:
        on += DAY if rung.days > 0 else -DAY
        left -= rung.counted == "calendar" or not CALENDAR.day(on).is_day_off
    while (rung.letter or rung.phone) and CALENDAR.day(on).is_day_off:
        on += DAY if rung.days > 0 else -DAY
    return on


def written_out(ladder, anchor, until):
    days = []
    for rung in ladder.rungs:
        on = naive_day(anchor, rung)
        days.append((rung.step, max(on, days[-1][1] + DAY) if days else on))
    last = ladder.rungs[-1]
    while last.every and days[-1][1] <= until and [step for step, _ in days].count(last.step) != last.times:
        days.append((last.step, days[-1][1] + last.every * DAY))
    return days


@pytest.mark.parametrize("key", KEYS)
def test_looking_day_by_day_each_step_is_reached_on_its_own_day_and_told_before(key):
    ladder = LADDERS.newest(key)
    for n in range(61):
        anchor = day("2026-09-01") + n * DAY
        looks = [anchor + k * DAY for k in range(-40, 75)]
        steps = written_out(ladder, anchor, looks[-1])
        for on in looks:
            come = [step for step in steps if step[1] <= on]
            coming = [step for step in steps if step[1] > on]
            reached = ladder.reached(anchor, anchor, CALENDAR, on=on)
            following = ladder.next(anchor, anchor, CALENDAR, on=on)
            assert (reached and (reached.rung.step, reached.on)) == (come[-1] if come else None)
            assert (following and (following.rung.step, following.on)) == (coming[0] if coming else None)
            assert reached is None or reached.on <= on
            assert following is None or following.on > on


def test_steps_after_an_event_may_be_counted_in_working_days_too():
    rungs = (
        Rung("w0", "", 0, "working", "", ("liaison",)),
        Rung("w2", "", 2, "working", "", ("liaison",), every=3),
    )
    ladder = Ladder("own", 1, "", day("2018-01-01"), "", (), "event", check_rungs(rungs, "own"))
    facts = (day("2026-09-30"), day("2026-12-31"), CALENDAR)
    assert told(ladder.reached(*facts, on=day("2026-10-08"))) == ("w0", "2026-09-30")
    assert told(ladder.reached(*facts, on=day("2026-10-09"))) == ("w2", "2026-10-09")
    assert told(ladder.next(*facts, on=day("2026-10-09"))) == ("w2", "2026-10-12")


# Faulty files.


def rung(step, days, **changes):
    values = {"step": f'"{step}"', "days": str(days), "label": '"提醒"', "words": '"请办理"'}
    values |= {"to": '["liaison"]'} | changes
    lines = [f"{key} = {value}\n" for key, value in values.items() if value is not None]
    return "[[ladder.rung]]\n" + "".join(lines)


def ladder(key, *rungs, **changes):
    values = {
        "key": f'"{key}"',
        "version": "1",
        "label": '"催办"',
        "valid_from": "2018-01-01",
        "citation": '"办公室设定"',
        "rules": "[]",
        "anchor": '"due"',
    } | changes
    lines = [f"{name} = {value}\n" for name, value in values.items() if value is not None]
    return "[[ladder]]\n" + "".join(lines) + "".join(rungs)


def load(tmp_path, text):
    path = tmp_path / "steps.toml"
    path.write_text(text, encoding="utf-8")
    return load_ladders(path)


SOUND = ladder("all", rung("a", -3), rung("b", 0), rung("c", 5, every="7"))
OWN = ladder("own", rung("a", 1), rules='["answer"]')
AT = "steps.toml 第 1 条阶梯（all）"


def test_a_sound_file_is_taken(tmp_path):
    found = load(tmp_path, SOUND + OWN)
    assert [(one.key, [each.days for each in one.rungs]) for one in found.versions] == [
        ("all", [-3, 0, 5]),
        ("own", [1]),
    ]
    assert found.of_rule("answer", on=day("2026-10-15")).key == "own"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ladder("all", rung("a", 0), rung("b", 0)), f"{AT}：各级的天数须逐级后移。"),
        (ladder("all", rung("a", 3), rung("b", 1)), f"{AT}：各级的天数须逐级后移。"),
        (ladder("all", rung("a", 1), rung("b", 2), rung("a", 3)), f"{AT}：步骤代码重复。"),
        (ladder("all", rung("a", 1, every="7"), rung("b", 2)), f"{AT}：只有最后一级可以重复。"),
        (ladder("all"), f"{AT}：没有任何一级。"),
        (ladder("all", rung("a", 1, to='["boss"]')), f"{AT} 第 1 级：“boss”须为 liaison、head、office、"),
        (ladder("all", rung("a", 1), rung("b", 2, letter='"love"')), f"{AT} 第 2 级：“love”须为"),
        (ladder("all", rung("a", 1, counted='"lunar"')), f"{AT} 第 1 级：“lunar”须为 calendar、working 之一"),
        (ladder("all", rung("a", 1, words=None)), f"{AT} 第 1 级：缺少“words”。"),
        (ladder("all", rung("a", 1, colour='"red"')), f"{AT} 第 1 级：不认识的键 colour。"),
        (ladder("all", rung("a", 1), colour='"red"'), f"{AT}：不认识的键 colour。"),
        (ladder("all", rung("a", 1), anchor='"moon"'), f"{AT}：“moon”须为 due、event 之一。"),
        (ladder("all", rung("a", 1), rules=None), f"{AT}：缺少“rules”。"),
        (SOUND + ladder("own", rung("a", 1, to='["boss"]'), rules='["answer"]'),
         "steps.toml 第 2 条阶梯（own） 第 1 级：“boss”须为"),
        ("[[ladder", "steps.toml：不是可读取的 TOML 文件"),
        (SOUND + "[other]\n", "steps.toml：不认识的键 other。"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused_with_its_name_and_entry(tmp_path, text, message):
    with pytest.raises(DataFileError) as caught:
        load(tmp_path, text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["", OWN, SOUND + ladder("more", rung("a", 1))],
    ids=["no ladder at all", "none for all others", "two for all others"],
)
def test_exactly_one_ladder_is_for_all_other_rules_or_the_file_is_refused_with_its_name(tmp_path, text):
    with pytest.raises(DataFileError, match="须有且只有一条阶梯不列规则") as caught:
        load(tmp_path, text)
    assert "steps.toml" in str(caught.value)


@pytest.mark.parametrize("every", [0, -7])
def test_a_step_cannot_be_repeated_every_no_days(tmp_path, every):
    with pytest.raises(DataFileError, match="every"):
        load(tmp_path, ladder("all", rung("a", 1, every=str(every))))


def test_a_repeated_step_may_end(tmp_path):
    last = load(tmp_path, ladder("all", rung("a", 1, every="7", times="3"))).first("all")
    found = [
        last.reached(day("2026-10-01"), day("2026-10-01"), CALENDAR, on=day("2026-10-02") + n * DAY)
        for n in (0, 7, 14, 21, 90)
    ]
    assert [told(step)[1] for step in found] == [
        "2026-10-02",
        "2026-10-09",
        "2026-10-16",
        "2026-10-16",
        "2026-10-16",
    ]
    assert last.next(day("2026-10-01"), day("2026-10-01"), CALENDAR, on=day("2026-10-16")) is None


@pytest.mark.parametrize(
    "told_so", [{"times": "2"}, {"every": "7", "times": "1"}, {"every": "7", "times": "0"}]
)
def test_times_go_with_every_and_are_two_at_least(tmp_path, told_so):
    with pytest.raises(DataFileError, match="“times”须为 2 以上的整数，并与“every”同用"):
        load(tmp_path, ladder("all", rung("a", 1, **told_so)))


def test_a_step_may_be_repeated_every_day(tmp_path):
    assert load(tmp_path, ladder("all", rung("a", 1, every="1"))).first("all").rungs[0].every == 1
