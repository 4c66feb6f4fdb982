from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.rulebook import RuleBook, RuleNotInForce, UnknownRule
from rules.strict_toml import DataFileError

BOOK = RuleBook.load()


@pytest.mark.parametrize(
    ("key", "amount", "unit", "mode", "valid_from", "citation"),
    [
        ("answer", 15, "day", "calendar", "2015-05-01", "《行政诉讼法》第六十七条第一款"),
        ("answer_appeal", 15, "day", "calendar", "2018-02-08", "第一百零八条第一款"),
        ("evidence_after_obstacle", 15, "day", "calendar", "2018-02-08", "第三十四条"),
        ("jurisdiction_objection", 15, "day", "calendar", "2018-02-08", "第十条"),
        ("leader_report", 1, "day", "calendar", "2018-01-01", "办公室设定"),
        ("defence_report", 5, "day", "calendar", "2018-01-01", "于举证期限届满之日起5日内"),
        ("judgment_filing", 5, "day", "calendar", "2018-01-01", "收到法院裁判文书之日起5日内"),
        ("appeal_judgment", 15, "day", "calendar", "2015-05-01", "《行政诉讼法》第八十五条"),
        ("appeal_ruling", 10, "day", "calendar", "2015-05-01", "《行政诉讼法》第八十五条"),
        ("retrial_opinion", 15, "day", "calendar", "2018-02-08", "第一百一十一条"),
        ("retrial_application", 6, "month", "calendar", "2018-02-08", "第一百一十条"),
        ("enforcement_application", 2, "year", "calendar", "2018-02-08", "第一百五十三条"),
        ("lost_case_report", 30, "day", "calendar", "2018-01-01", "办公室设定"),
        ("obligation_redo", 60, "day", "calendar", "2015-05-01", "第七十条"),
        ("obligation_remedy", 60, "day", "calendar", "2015-05-01", "第七十六条"),
        ("obligation_compensation_forward", 7, "day", "calendar", "2013-01-01", "第三十七条第三款"),
        ("obligation_compensation_pay", 15, "day", "calendar", "2013-01-01", "第三十七条第四款"),
        ("judicial_advice_reply", 2, "month", "calendar", "2023-11-16", "法释〔2023〕11号）第八条"),
        ("advice_on_norms_reply", 60, "day", "calendar", "2018-02-08", "第一百四十九条"),
        ("letter_reply", 3, "day", "working", "2018-01-01", "办公室设定"),
        ("rectification", 5, "day", "working", "2018-01-01", "办公室设定"),
        ("absence_explanation", 2, "day", "working", "2018-01-01", "办公室设定"),
        ("material_receipt", 2, "day", "working", "2018-01-01", "办公室设定"),
        ("name_head", 3, "day", "working", "2018-01-01", "第五条、第六条"),
        ("name_head_again", 2, "day", "working", "2018-01-01", "第六条；2个工作日"),
        ("obligation_told_late", 15, "day", "calendar", "2018-01-01", "办公室设定"),
        ("court_notification", 5, "day", "calendar", "2018-01-01", "每月5日前“三通报”"),
        ("county_rollup", 8, "day", "calendar", "2018-01-01", "县（区）汇总上报市政府法制机构"),
        ("monthly_analysis", 10, "day", "calendar", "2018-01-01", "月分析、季通报"),
        ("monthly_bulletin", 15, "day", "calendar", "2018-01-01", "通报原则上每月通报一次"),
        ("quarterly_bulletin", 20, "day", "calendar", "2018-01-01", "每季度通报，每年通报四次"),
        ("quarterly_ranking", 30, "day", "calendar", "2018-01-01", "按季度实行量化排名并全市通报"),
        ("half_year_summary", 1, "month", "calendar", "2018-01-01", "半年总结，年度报告"),
        ("annual_report", 1, "month", "calendar", "2018-01-01", "半年总结，年度报告"),
        ("training_first", 6, "month", "calendar", "2018-01-01", "每年开展不少于两次行政应诉培训"),
        ("training_second", 1, "year", "calendar", "2018-01-01", "每年开展不少于两次行政应诉培训"),
    ],
)
def test_a_limit_is_as_long_as_its_article_says_and_not_in_force_the_day_before(
    key, amount, unit, mode, valid_from, citation
):
    first_day = date.fromisoformat(valid_from)
    limit = BOOK.limit(key, on=first_day)
    assert (limit.amount, limit.unit, limit.mode, limit.valid_from) == (amount, unit, mode, first_day)
    assert citation in limit.citation
    with pytest.raises(RuleNotInForce, match=f"自 {valid_from} 起施行"):
        BOOK.limit(key, on=first_day - timedelta(days=1))


def test_the_book_holds_these_thirty_eight_limits_in_the_order_of_the_file():
    assert BOOK.keys()[:2] == ["answer", "answer_appeal"]
    assert len(BOOK.keys()) == 38
    assert [limit.key for limit in BOOK.all()] == BOOK.keys()


def test_a_length_set_by_the_office_is_marked_estimated_and_says_so():
    estimated = {limit.key for limit in BOOK.all() if limit.estimated}
    assert estimated == {limit.key for limit in BOOK.all() if "办公室设定" in limit.citation}
    assert estimated == {
        "leader_report",
        "lost_case_report",
        "obligation_redo",
        "obligation_remedy",
        "letter_reply",
        "rectification",
        "absence_explanation",
        "effect_confirmation",
        "paper_correction",
        "material_receipt",
        "name_head",
        "name_head_again",
        "obligation_told_late",
        "county_rollup",
        "monthly_analysis",
        "monthly_bulletin",
        "quarterly_bulletin",
        "quarterly_ranking",
        "half_year_summary",
        "annual_report",
        "training_first",
    }


def test_a_rule_not_yet_in_force_is_refused_with_its_first_day():
    with pytest.raises(RuleNotInForce) as caught:
        BOOK.limit("answer", on=date(2015, 4, 30))
    assert str(caught.value) == (
        "“答辩举证”自 2015-05-01 起施行，2015-04-30 尚不适用（《行政诉讼法》第六十七条第一款）。"
    )


def test_an_unknown_rule_is_refused_with_the_keys_there_are():
    with pytest.raises(UnknownRule, match="规则库中没有“anwser”。现有规则：answer、answer_appeal、"):
        BOOK.limit("anwser", on=date(2026, 1, 1))


def entry(**changes):
    """One sound [[limit]] with these keys changed; None leaves the key out."""
    values = {
        "key": '"reply"',
        "version": "1",
        "label": '"答复"',
        "amount": "10",
        "unit": '"day"',
        "mode": '"calendar"',
        "valid_from": "2018-01-01",
        "citation": '"某办法第一条"',
        "article": '"应当在十日内答复。"',
        "starts": '"request_received"',
        "start_event": '"收到申请"',
        "duty": '"agency"',
    } | changes
    return "[[limit]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items() if value is not None)


def load(tmp_path, text):
    path = tmp_path / "limits.toml"
    path.write_text(text, encoding="utf-8")
    return RuleBook.load(path)


FIRST = entry(valid_to="2019-12-31")
SECOND = entry(version="2", amount="7", valid_from="2020-01-01", valid_to="2024-12-31")


@pytest.mark.parametrize(
    ("on", "version", "amount"),
    [
        ("2018-01-01", 1, 10),
        ("2019-12-31", 1, 10),
        ("2020-01-01", 2, 7),
        ("2024-12-31", 2, 7),
    ],
)
@pytest.mark.parametrize("text", [FIRST + SECOND, SECOND + FIRST], ids=["in order", "out of order"])
def test_a_changed_rule_is_looked_up_for_the_day(tmp_path, text, on, version, amount):
    limit = load(tmp_path, text).limit("reply", on=date.fromisoformat(on))
    assert (limit.version, limit.amount) == (version, amount)


def test_a_repealed_rule_is_refused_with_its_last_day(tmp_path):
    with pytest.raises(RuleNotInForce) as caught:
        load(tmp_path, FIRST + SECOND).limit("reply", on=date(2025, 1, 1))
    assert str(caught.value) == "“答复”施行至 2024-12-31，2025-01-01 已不适用（某办法第一条）。"


AT = "limits.toml 第 1 条（reply）："


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[limit", "limits.toml：不是可读取的 TOML 文件"),
        ("", "limits.toml：没有任何规则。"),
        ("limit = 5\n", "limits.toml：“limit”的值 5 类型不符，应为 list。"),
        (entry() + "[other]\n", "limits.toml：不认识的键 other。"),
        (entry(key=None), "limits.toml 第 1 条：缺少“key”。"),
        (entry(amuont="3", colour="1"), AT + "不认识的键 amuont、colour。"),
        (entry(citation=None), AT + "缺少“citation”。"),
        (entry(citation='" "'), AT + "“citation”不能为空。"),
        (entry(article=None), AT + "缺少“article”。"),
        (entry(valid_from='"2018-01-01"'), AT + "“valid_from”的值 '2018-01-01' 类型不符，应为 date。"),
        (entry(valid_from="2018-01-01T00:00:00"), AT + "“valid_from”的值"),
        (entry(valid_from="2018-02-30"), "limits.toml：不是可读取的 TOML 文件"),
        (entry(valid_to="2017-12-31"), AT + "施行止日 2017-12-31 早于起日 2018-01-01。"),
        (entry(amount="0"), AT + "“amount”须为 1 以上的整数，现为 0。"),
        (entry(amount="1.5"), AT + "“amount”的值 1.5 类型不符，应为 int。"),
        (entry(version="0"), AT + "“version”须为 1 以上的整数，现为 0。"),
        (entry(unit='"week"'), AT + "“unit”须为 day、month、year 之一，现为“week”。"),
        (entry(mode='"trading"'), AT + "“mode”须为 calendar、working 之一，现为“trading”。"),
        (
            entry(duty='"nobody"'),
            AT + "“duty”须为 agency、court、office、party、finance 之一，现为“nobody”。",
        ),
        (entry(unit='"month"', mode='"working"'), AT + "按月、年计的期间不能按工作日计。"),
        (entry(estimated='"yes"'), AT + "“estimated”的值 'yes' 类型不符，应为 bool。"),
        (entry() + entry(citation=None), "limits.toml 第 2 条（reply）：缺少“citation”。"),
        (
            FIRST + SECOND.replace("2020-01-01", "2019-12-31"),
            "limits.toml：“reply”第 1 版与第 2 版的施行期间重叠。",
        ),
        (entry() + SECOND, "limits.toml：“reply”第 1 版与第 2 版的施行期间重叠。"),
        (
            FIRST + SECOND.replace("2020-01-01", "2020-01-02"),
            "limits.toml：“reply”第 1 版与第 2 版之间有空档。",
        ),
        (
            FIRST + SECOND.replace("version = 2", "version = 1"),
            "limits.toml：“reply”第 1 版与第 1 版的版本号与生效先后不一致。",
        ),
    ],
)
def test_a_faulty_rule_file_is_refused_with_its_name_and_entry(tmp_path, text, message):
    with pytest.raises(DataFileError) as caught:
        load(tmp_path, text)
    assert message in str(caught.value)


def test_the_file_and_the_loaded_limit_agree_word_for_word(tmp_path):
    limit = load(tmp_path, entry(estimated="true")).all()[0]
    assert (limit.label, limit.article, limit.starts) == ("答复", "应当在十日内答复。", "request_received")
    assert (limit.start_event, limit.duty, limit.estimated, limit.valid_to) == (
        "收到申请",
        "agency",
        True,
        None,
    )


def test_a_later_version_ends_the_one_before_it_the_day_before_its_first_day():
    answer = BOOK.limit("answer", on=date(2026, 10, 15))
    changes = [(date(2028, 1, 1), 25), (date(2027, 1, 1), 20)]
    book = BOOK.with_versions(replace(answer, amount=amount, valid_from=first) for first, amount in changes)
    assert [
        (limit.version, limit.amount, str(limit.valid_from), str(limit.valid_to))
        for limit in book.versions["answer"]
    ] == [
        (1, 15, "2015-05-01", "2026-12-31"),
        (2, 20, "2027-01-01", "2027-12-31"),
        (3, 25, "2028-01-01", "None"),
    ]
    assert book.versions["defence_report"] == BOOK.versions["defence_report"]


def test_a_version_that_begins_with_the_one_before_it_is_refused():
    answer = BOOK.limit("answer", on=date(2026, 10, 15))
    with pytest.raises(ValueError, match="“答辩举证”的新版须晚于 2015-05-01 起施行。"):
        BOOK.with_versions([answer])


def test_a_rule_may_be_in_force_for_one_day(tmp_path):
    limit = load(tmp_path, entry(valid_to="2018-01-01")).limit("reply", on=date(2018, 1, 1))
    assert limit.valid_to == limit.valid_from


def test_the_limits_of_regular_work_are_those_with_a_period_in_force():
    assert [limit.key for limit in BOOK.regular(on=date(2026, 10, 15))] == [
        "court_notification", "county_rollup", "monthly_analysis", "monthly_bulletin", "quarterly_bulletin",
        "quarterly_ranking", "half_year_summary", "annual_report", "training_first", "training_second",
    ]  # fmt: skip
    assert BOOK.regular(on=date(2017, 12, 31)) == []


def test_an_event_starts_the_limits_that_name_it_once_they_are_in_force():
    assert [limit.key for limit in BOOK.started_by("hearing", on=date(2018, 1, 1))] == ["name_head"]
    assert BOOK.started_by("hearing", on=date(2017, 12, 31)) == []


@pytest.mark.parametrize(
    ("key", "done_by"),
    [
        ("answer", "act"),
        ("defence_report", "paper"),
        ("appeal_judgment", "act"),
        ("obligation", "act"),
    ],
)
def test_a_duty_is_done_by_an_act_a_paper_or_a_word(key, done_by):
    assert BOOK.done_by(key) == done_by
