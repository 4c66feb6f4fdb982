"""Decisions of two instances beside each other: which day comes first, and what stays when a day is corrected."""

from datetime import date

import pytest

from cases.decisions.presumed_effect import presume_effect
from cases.models import Case, Deadline, Decision
from courts.models import HeldRow
from organisations.authors import Author
from reports.figures.figures import figures
from rules.report_periods import period_of
from tests.courts.court_sheets import as_bytes, judgment, workbook

FIRST = "（2026）鲁1602行初1号"
APPEAL = "（2026）鲁16行终5号"
APPEAL_HERE = "（2026）鲁1602行终5号"  # so that one court may tell of both


def affirmed(day, number=APPEAL, **other):
    told = {"关联案号": FIRST, "送达日期": "2026-09-30"} | other
    return judgment(number, "驳回上诉，维持原判", day=day, **told)


def faults(upload):
    return [
        (issue["code"], issue["row"], issue["cell"], issue["message"]) for issue in upload.report["issues"]
    ]


def test_an_affirmation_before_the_decision_on_record_is_held(send, world):
    send.apply(workbook(裁判=[judgment(FIRST, day="2026-09-21", 是否上诉="是")]))
    upload = send.apply(
        workbook(裁判=[affirmed("2026-09-10", 送达日期="2026-09-11")]), court=world.appeal_court
    )
    assert faults(upload) == [
        ("date_before_filing", 2, "D2", "裁判日期“2026-09-10”早于一审裁判日期 2026-09-21。")
    ]
    assert HeldRow.objects.get().row == 2
    assert Decision.objects.get().effect == "appealed"


@pytest.mark.parametrize("order", [1, -1])
def test_an_affirmation_before_the_decision_in_the_same_file_is_held(send, order):
    rows = [judgment(FIRST, day="2026-09-21"), affirmed("2026-09-10", APPEAL_HERE, 送达日期="2026-09-11")]
    upload = send.apply(workbook(裁判=rows[::order]))
    assert [(code, row) for code, row, *_ in faults(upload)] == [
        ("date_before_filing", 3 if order == 1 else 2)
    ]
    assert Decision.objects.get().decided_on == date(2026, 9, 21)


def test_the_origin_on_record_counts_where_the_row_names_none(send, world):
    send.apply(workbook(裁判=[judgment(FIRST, day="2026-09-21")]))
    send.apply(workbook(裁判=[affirmed("2026-09-28")]), court=world.appeal_court)
    upload = send(workbook(裁判=[affirmed("2026-09-10", 关联案号=None)]), court=world.appeal_court)
    assert [code for code, *_ in faults(upload)] == ["date_before_filing"]


def test_an_affirmation_on_the_same_day_or_later_is_taken(send, world):
    send.apply(workbook(裁判=[judgment(FIRST, day="2026-09-21", 是否上诉="是")]))
    upload = send.apply(workbook(裁判=[affirmed("2026-09-21")]), court=world.appeal_court)
    assert faults(upload) == []
    first = Decision.objects.get(case__number=FIRST)
    assert (first.effect, first.effective_on) == ("presumed", date(2026, 9, 30))


def test_an_affirmed_ruling_says_nothing_of_the_judgment_that_came_after_it(send, world):
    ruling = judgment(FIRST, "驳回起诉", "裁定", day="2026-08-20", 是否上诉="是")
    affirmation = judgment(
        APPEAL, "驳回上诉，维持原裁定", "裁定", day="2026-09-01", 关联案号=FIRST, 送达日期="2026-09-03"
    )
    send.apply(workbook(裁判=[ruling, judgment(FIRST, day="2026-09-21")]))
    upload = send.apply(workbook(裁判=[affirmation]), court=world.appeal_court)
    assert faults(upload) == []
    effects = Decision.objects.filter(case__number=FIRST).values_list("kind", "effect")
    assert dict(effects) == {"裁定": "presumed", "判决": "not_yet"}


def test_a_first_instance_decision_told_after_an_earlier_affirmation_does_not_take_effect_with_it(
    send, world
):
    send.apply(workbook(裁判=[affirmed("2026-09-10", 送达日期="2026-09-11")]), court=world.appeal_court)
    send.apply(workbook(裁判=[judgment(FIRST, day="2026-09-21")]))
    first = Decision.objects.get(case__number=FIRST)
    assert (first.effect, first.effective_on) == ("not_yet", None)
    assert Case.objects.get(number=APPEAL).origin.number == FIRST


STANDING = [
    {"是否生效": "是", "生效日期": "2026-09-12"},
    {"document": "裁定", "result": "准许撤诉", "送达日期": "2026-09-12"},
]


@pytest.mark.parametrize("told", STANDING)
def test_a_corrected_day_of_decision_takes_back_an_effect_before_it(send, told):
    send.apply(workbook(裁判=[judgment(FIRST, **told)]))
    later = {name: value for name, value in told.items() if name in ("document", "result")}
    send.apply(workbook(裁判=[judgment(FIRST, day="2026-09-20", **later)]))
    decision = Decision.objects.get()
    assert (decision.decided_on, decision.effective_on) == (date(2026, 9, 20), None)


def test_the_same_file_after_the_sweep_presumed_effect_changes_nothing(send, world):
    book = as_bytes(workbook(裁判=[judgment(FIRST, 送达日期="2026-09-12")]))
    upload = send.apply(book)
    author = Author(upload.uploaded_at)
    assert presume_effect(on=date(2026, 10, 20), author=author, law=world.law) == 1
    presumed = Decision.objects.values("effect", "effective_on").get()
    again = send(book, on="2026-10-21")
    assert [again.report["sheets"][0][name] for name in ("added", "changed", "unchanged")] == [0, 0, 1]
    assert presumed["effect"] == "presumed"


def owed():
    """The days by which to perform that stand, each with whether it is an estimate."""
    found = Deadline.objects.filter(rule="obligation").exclude(state="void").order_by("pk")
    return [(one.due_on, one.computation["estimated"]) for one in found]


def test_a_computed_day_ends_with_the_effect_it_was_counted_from_and_comes_back_with_the_next(
    send, world, law
):
    paid = judgment(FIRST, "判决赔偿", day="2026-07-06", 送达日期="2026-07-14", 履行内容="赔偿36500元")
    send.apply(workbook(裁判=[paid]), month="2026-07", on="2026-08-03")
    presume_effect(on=date(2026, 8, 5), author=Author(send.at("2026-08-05")), law=law)
    assert owed() == [(date(2026, 8, 14), True)]
    appealed = judgment(FIRST, "判决赔偿", day="2026-07-06", 是否上诉="是", 履行内容="赔偿36500元")
    send.apply(workbook(裁判=[appealed]), month="2026-08", on="2026-09-02")
    assert owed() == []
    upheld = affirmed("2026-10-08", 送达日期="2026-10-12")
    send.apply(workbook(裁判=[upheld]), court=world.appeal_court, month="2026-10", on="2026-10-20")
    assert owed() == [(date(2026, 10, 27), True)]


def test_a_day_that_the_decision_names_outlives_an_appeal(send, world, law):
    paid = judgment(FIRST, "判决赔偿", day="2026-07-06", 送达日期="2026-07-14", 履行期限="2026-12-31")
    send.apply(workbook(裁判=[paid]), month="2026-07", on="2026-08-03")
    again = judgment(FIRST, "判决赔偿", day="2026-07-06", 是否上诉="是")
    send.apply(workbook(裁判=[again]), month="2026-08", on="2026-09-02")
    assert owed() == []
    upheld = affirmed("2026-10-08", 送达日期="2026-10-12")
    send.apply(workbook(裁判=[upheld]), court=world.appeal_court, on="2026-11-02")
    assert owed() == [(date(2026, 12, 31), False)]


def test_a_row_about_one_defendant_moves_the_day_of_the_other(send, world, law):
    rows = [
        judgment(FIRST, "判决赔偿", day="2026-07-06", 送达日期="2026-07-14"),
        judgment(FIRST, "确认违法", day="2026-07-06", 送达日期="2026-07-14", 被诉行政机关="滨城区政府"),
    ]
    send.apply(workbook(裁判=rows), month="2026-07", on="2026-08-03")
    presume_effect(on=date(2026, 8, 5), author=Author(send.at("2026-08-05")), law=law)
    assert owed()[0] == (date(2026, 8, 14), True)
    served_anew = judgment(
        FIRST, "确认违法", day="2026-07-06", 送达日期="2026-08-03", 被诉行政机关="滨城区政府"
    )
    send.apply(workbook(裁判=[served_anew]), month="2026-08", on="2026-08-10")
    assert owed() == []


def ended_above(words, **other):
    told = {"关联案号": FIRST, "送达日期": "2026-10-12"} | other
    return judgment(APPEAL, words, "裁定", day="2026-10-08", **told)


# What ended the appeal: the effect of the first decision, what is to be performed, whether the loss counts.
WITHDRAWN = [
    ("准许撤回上诉", ("presumed", date(2026, 10, 12)), [(date(2026, 10, 27), True)], 1),
    ("准许原审原告撤回起诉", ("reversed", None), [], 0),
]


@pytest.mark.parametrize(("words", "effect", "days", "losses"), WITHDRAWN)
def test_a_withdrawn_appeal_leaves_the_decision_and_a_withdrawn_suit_takes_it_away(
    send, world, words, effect, days, losses
):
    """《行诉解释》第七十九条: in effect on service of the ruling; 《民诉解释》第三百三十六条: set aside."""
    paid = judgment(FIRST, "判决赔偿", day="2026-07-06", 送达日期="2026-07-14", 是否上诉="是")
    send.apply(workbook(裁判=[paid]), month="2026-07", on="2026-08-03")
    send.apply(workbook(裁判=[ended_above(words)]), court=world.appeal_court, on="2026-10-20")
    first = Decision.objects.get(case__number=FIRST)
    assert (first.effect, first.effective_on) == effect
    assert owed() == days
    counted = figures(
        period_of("quarter", date(2026, 7, 6)),
        world.court.region,
        send.at("2026-10-20"),
        ["loss_rate_concluded"],
    )
    assert counted["measures"][0]["numerator"] == losses


def test_a_withdrawal_in_the_second_instance_that_does_not_say_of_what_is_asked_about(send, world):
    upload = send(workbook(裁判=[ended_above("准许撤诉")]), court=world.appeal_court, on="2026-10-20")
    assert faults(upload) == [
        (
            "outcome_either",
            2,
            "F2",
            "裁判结果“准许撤诉”没有写明是二审准许撤回起诉，一并撤销一审裁判，还是准许撤回上诉。",
        )
    ]


def test_a_reversal_that_was_told_by_mistake_gives_the_first_decision_its_own_effect_back(send, world):
    """The second instance had not reversed but transferred the case: what follows from a word ends with it."""
    paid = judgment(FIRST, "判决赔偿", day="2026-07-06", 送达日期="2026-07-14", 是否上诉="是")
    send.apply(workbook(裁判=[paid]), month="2026-07", on="2026-08-03")
    for words, effect in (("撤销原判，发回重审", "reversed"), ("移送管辖", "appealed")):
        send.apply(workbook(裁判=[ended_above(words)]), court=world.appeal_court, on="2026-10-20")
        assert Decision.objects.get(case__number=FIRST).effect == effect
