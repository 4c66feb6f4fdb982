import csv
import tomllib
from pathlib import Path

import pytest

from rules.outcomes import (
    JUDGMENT,
    MEDIATION,
    RULING,
    Outcome,
    Outcomes,
    effect_rule,
    load_outcomes,
    lost_reasons,
)

TABLES = Path(__file__).parent / "tables"
LIMITS = Path(__file__).parents[2] / "rules" / "data" / "limits.toml"


def rows():
    with (TABLES / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['说明']} {row['裁判结果']}")
def test_the_words_of_a_court_find_their_outcome(row):
    outcome = load_outcomes().match(row["裁判结果"], row["文书类型"], row["审级"])
    assert (outcome.code if outcome else "") == row["代码"]


def test_every_outcome_is_found_by_each_of_its_own_plain_phrases():
    outcomes = load_outcomes()
    missed = [
        (outcome.code, phrase)
        for outcome in outcomes
        for phrase in outcome.phrases
        for instance in outcome.instances
        for document in outcome.documents
        if "…" not in phrase and outcomes.match(phrase, document, instance) not in (outcome, None)
    ]
    assert missed == []


WITHDRAWN_ABOVE = ["准许撤诉", "准予撤诉", "准许原告撤诉", "被告改变行政行为，准许撤诉", "按撤诉处理"]


@pytest.mark.parametrize("words", WITHDRAWN_ABOVE)
def test_a_withdrawal_in_the_second_instance_may_mean_the_appeal_or_the_suit(words):
    """《民诉解释》第三百三十五条、第三百三十六条: one leaves it standing, one sets it aside."""
    outcomes = load_outcomes()
    assert outcomes.match(words, "裁定", "second") is None
    assert [one.code for one in outcomes.possible(words, "裁定", "second")] == [
        "A-WITHDRAW",
        "A-WITHDRAW-SUIT",
    ]
    assert outcomes.possible(words, "裁定", "first") == []


def test_no_two_outcomes_share_a_plain_phrase():
    outcomes = load_outcomes()
    unclear = {
        (phrase, instance)
        for outcome in outcomes
        for phrase in outcome.phrases
        for instance in outcome.instances
        if "…" not in phrase and outcomes.match(phrase, outcome.documents[0], instance) is None
    }
    assert unclear == set()


def test_the_table_says_who_lost_and_what_must_be_done():
    outcomes = load_outcomes()
    facts = {
        code: (outcome.result, outcome.obligation, outcome.obligation_certain, outcome.judged, outcome.limit)
        for code in (
            "J-DISMISS",
            "J-REVOKE",
            "J-REVOKE-REDO",
            "R-WITHDRAW",
            "R-STAY",
            "A-AFFIRM",
            "J-AGR-COMPENSATE",
        )
        for outcome in [outcomes.get(code)]
    }
    assert facts == {
        "J-DISMISS": ("won", None, False, True, None),
        "J-REVOKE": ("lost", "restore", False, True, None),
        "J-REVOKE-REDO": ("lost", "redo", True, True, "obligation_redo"),
        "R-WITHDRAW": ("neutral", None, False, False, None),
        "R-STAY": ("neutral", "stay", True, False, None),
        "A-AFFIRM": ("inherits", None, False, True, None),
        "J-AGR-COMPENSATE": ("configurable", "agreement", True, True, None),
    }


def test_every_outcome_cites_its_law():
    assert [outcome.code for outcome in load_outcomes() if not outcome.law.startswith("《")] == []


def test_an_office_can_add_its_own_words():
    extended = load_outcomes().extended({"J-REVOKE": ["撤掉该决定"]})
    assert extended.match("撤掉该决定", "判决", "first").code == "J-REVOKE"
    assert load_outcomes().match("撤掉该决定", "判决", "first") is None


@pytest.mark.parametrize(
    ("document", "outcome", "instance", "limit"),
    [
        ("判决", "J-DISMISS", "first", "appeal_judgment"),
        ("裁定", "R-REJECT", "first", "appeal_ruling"),
        ("裁定", "R-NOFILE", "first", "appeal_ruling"),
        ("裁定", "R-JURISDICTION", "first", "appeal_ruling"),
        ("裁定", "R-WITHDRAW", "first", None),
        ("裁定", "R-SUSPEND", "first", None),
        ("调解书", "M-MED", "first", None),
        ("判决", "A-AFFIRM", "second", None),
        ("裁定", "R-REJECT", "second", None),
        ("判决", "T-REVERSE", "retrial", None),
    ],
)
def test_only_first_instance_judgments_and_three_rulings_can_be_appealed(document, outcome, instance, limit):
    assert effect_rule(document, outcome, instance) == limit


def test_a_retrial_by_first_instance_procedure_can_be_appealed():
    assert effect_rule("判决", "T-REVERSE", "retrial", retried_as="first") == "appeal_judgment"


def test_the_reasons_for_losing_begin_with_the_six_of_article_70():
    assert [reason.label for reason in lost_reasons()] == [
        "主要证据不足", "适用法律、法规错误", "违反法定程序", "超越职权", "滥用职权", "明显不当",
        "不履行法定职责", "逾期举证或者未举证", "没有职权依据或者重大且明显违法", "行政协议违约",
        "赔偿、补偿不足",
    ]  # fmt: skip


def test_every_limit_an_outcome_names_is_in_the_rule_book():
    known = {limit["key"] for limit in tomllib.loads(LIMITS.read_text("utf-8"))["limit"]}
    named = {outcome.limit for outcome in load_outcomes() if outcome.limit}
    assert named == {"obligation_redo", "obligation_remedy", "obligation_compensation_pay"}
    assert named | {"appeal_judgment", "appeal_ruling"} <= known


def test_an_outcome_stands_in_a_judgment_a_ruling_or_a_mediation():
    assert {document for outcome in load_outcomes() for document in outcome.documents} == {
        JUDGMENT, RULING, MEDIATION,
    }  # fmt: skip
    assert (JUDGMENT, RULING, MEDIATION) == ("判决", "裁定", "调解书")


def outcome(code, *phrases):
    return Outcome(
        code, "", ("判决",), ("first",), "", "neutral", None, False, False, None, absorbs=(), phrases=phrases
    )


def test_words_are_called_by_a_phrase_whatever_their_commas_and_whichever_character_permits():
    assert outcome("A", "准予撤诉").is_called("准许，撤诉")
    assert not outcome("A", "准予撤诉").is_called("准许撤诉申请")


def test_one_ellipsis_stays_inside_a_clause_and_two_cross_clauses():
    table = Outcomes([outcome("A", "撤销…决定"), outcome("B", "维持……判决")])
    assert len(table) == 2
    assert table.match("撤销被告的决定", "判决", "first").code == "A"
    assert table.match("撤销原判；维持被告的决定", "判决", "first") is None
    assert table.match("维持原状；另行判决", "判决", "first").code == "B"


@pytest.mark.parametrize("text", ["甲乙丙丁戊己庚辛壬", "戊己庚辛壬甲乙丙丁"])
def test_of_two_outcomes_side_by_side_the_longer_phrase_does_not_win(text):
    table = Outcomes([outcome("A", "甲乙丙丁"), outcome("B", "戊己庚辛壬")])
    assert table.match(text, "判决", "first") is None


def test_what_dismissed_requests_ask_for_is_no_loss():
    text = "驳回原告甲的诉讼请求；驳回原告乙的诉讼请求；驳回原告丙要求变更的诉讼请求"
    assert load_outcomes().match(text, "判决", "first").code == "J-DISMISS"


@pytest.mark.parametrize(
    "text",
    [
        "驳回原告要求确认违法的诉讼请求",
        "驳回原告甲要求确认被告行政行为违法的诉讼请求",
        "驳回原告甲的诉讼请求；驳回原告乙确认违法的诉讼请求",
    ],
)
def test_a_request_dismissed_is_no_finding_that_the_act_was_unlawful(text):
    assert load_outcomes().match(text, "判决", "first").code == "J-DISMISS"
