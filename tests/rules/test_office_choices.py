"""口径选定: the answer in force on a day."""

from datetime import date, timedelta

import pytest

from rules.office_choices import Chosen, load_office_choices
from rules.strict_toml import DataFileError

SHIPPED = load_office_choices()
DAY = timedelta(days=1)


def chosen(value, valid_from, key="filing.trigger"):
    return Chosen(key, value, date.fromisoformat(valid_from))


@pytest.mark.parametrize(
    ("key", "shipped", "options"),
    [
        ("filing.trigger", "all_dispositive", ["all_dispositive", "final_only"]),
        ("filing.political_legal", "yes", ["yes", "no"]),
        ("monthly_feed.roll", "forward", ["forward", "backward", "none"]),
        ("board.soon", "3", ["2", "3", "5"]),
    ],
)
def test_a_question_without_an_answer_is_answered_as_shipped_on_every_day(key, shipped, options):
    assert list(SHIPPED.questions[key].options) == options
    assert SHIPPED.questions[key].citation
    for on in (date(2015, 1, 1), date(2026, 10, 15), date.max):
        assert SHIPPED.value(key, on=on) == shipped


def test_these_questions_are_open():
    assert list(SHIPPED.questions) == [
        "filing.trigger", "filing.political_legal", "filing.effect", "monthly_feed.roll", "board.soon",
        "figures.floor", "figures.decimals",
    ]  # fmt: skip


ANSWERS = [
    chosen("final_only", "2026-07-01"),
    chosen("all_dispositive", "2026-10-08"),
    chosen("final_only", "2027-01-01"),
]


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("2018-01-01", "all_dispositive"),
        ("2026-06-30", "all_dispositive"),
        ("2026-07-01", "final_only"),
        ("2026-10-07", "final_only"),
        ("2026-10-08", "all_dispositive"),
        ("2026-12-31", "all_dispositive"),
        ("2027-01-01", "final_only"),
        ("2030-01-01", "final_only"),
    ],
)
@pytest.mark.parametrize("turn", [1, -1], ids=["in order", "the later one first"])
def test_the_answer_counts_from_its_first_day_until_the_next_one(turn, on, value):
    choices = SHIPPED.with_answers(ANSWERS[::turn])
    assert choices.value("filing.trigger", on=date.fromisoformat(on)) == value


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_later_answer_does_not_change_the_days_before_it(count):
    earlier = SHIPPED.with_answers(ANSWERS[: count - 1])
    later = earlier.with_answers([ANSWERS[count - 1]])
    first = ANSWERS[count - 1].valid_from
    before = [date(2026, 1, 1) + n * DAY for n in range((first - date(2026, 1, 1)).days)]
    assert [later.value("filing.trigger", on=on) for on in before] == [
        earlier.value("filing.trigger", on=on) for on in before
    ]
    assert later.value("filing.trigger", on=first) == ANSWERS[count - 1].value
    assert earlier.value("filing.trigger", on=first) != ANSWERS[count - 1].value


def test_an_answer_to_one_question_leaves_the_others_and_the_shipped_ones_alone():
    choices = SHIPPED.with_answers([chosen("backward", "2026-07-01", key="monthly_feed.roll")])
    on = date(2026, 7, 1)
    assert choices.value("monthly_feed.roll", on=on) == "backward"
    assert choices.value("board.soon", on=on) == "3"
    assert (SHIPPED.answers, SHIPPED.value("monthly_feed.roll", on=on)) == ((), "forward")


SOUND = """
[[choice]]
key = "a.b"
label = "问题"
shipped = "one"
citation = "依据"
options = { one = "一", two = "二" }
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SOUND.replace('"one"', '"three"'), "readings.toml 第 1 项：shipped 不在 options 中。"),
        (SOUND + SOUND.replace('"one"', '"three"'), "readings.toml 第 2 项：shipped 不在 options 中。"),
        (SOUND.replace('citation = "依据"\n', ""), "readings.toml 第 1 项：缺少“citation”。"),
        (SOUND.replace('"依据"', '" "'), "readings.toml 第 1 项：“citation”不能为空。"),
        (SOUND + "colour = 1\n", "readings.toml 第 1 项：不认识的键 colour。"),
        (SOUND + "[other]\n", "readings.toml：不认识的键 other。"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_entry(tmp_path, text, message):
    path = tmp_path / "readings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_office_choices(path)
    assert message in str(caught.value)
