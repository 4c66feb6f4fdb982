"""A court tells of a case that an old ledger told of: duties begin for what is new, and what it says stands."""

from datetime import date

import pytest

from cases.models import AppearanceStatement, Case, Deadline, Decision, Hearing, Lane
from organisations.authors import Author
from supervision.sweep.sweeping import sweep
from tests.courts.court_sheets import appearance, hearing, judgment, workbook
from tests.courts.history.conftest import counts, faults, of_cases
from tests.courts.history.ledgers import CITY, COUNTY, GOVERNMENT, line

NUMBER = COUNTY.format(1)
TOLD = {
    "立案日期": "2024-01-08",
    "开庭日期": "2024-03-05",
    "负责人是否出庭": "否",
    "裁判日期": "2024-04-10",
    "裁判结果": "判决撤销被诉行政行为",
    "是否败诉": "是",
    "生效日期": "2024-04-26",
    "履行情况": "未履行",
}


def duties():
    return sorted(Deadline.objects.exclude(case=None).values_list("rule", "state"))


def test_a_new_hearing_asks_for_a_head_and_for_nothing_else(take_in, send):
    take_in(line(NUMBER, **TOLD), confirm=True)
    send.apply(workbook(排庭=[hearing(案号=NUMBER, day="2026-10-28")]))
    assert duties() == [("name_head", "open")]
    assert Deadline.objects.exclude(case=None).get().subject == f"hearing:{Hearing.objects.latest('day').pk}"


def test_a_known_hearing_or_decision_told_again_is_no_news(take_in, send):
    take_in(line(NUMBER, **TOLD), confirm=True)
    again = judgment(NUMBER, "撤销被诉行政行为", day="2024-04-10", 生效日期="2024-04-26", 是否败诉="是")
    send.apply(workbook(出庭=[appearance(案号=NUMBER, day="2024-03-05", came="否")], 裁判=[again]))
    assert duties() == []


def test_a_decision_that_is_new_starts_its_duties(take_in, send):
    take_in(line(NUMBER, 立案日期="2024-01-08", 开庭日期="2024-03-05", 负责人是否出庭="否"), confirm=True)
    told = judgment(NUMBER, "撤销被诉行政行为", day="2026-09-10", 送达日期="2026-09-28", 是否败诉="是")
    send.apply(workbook(裁判=[told]))
    assert [rule for rule, _ in duties()] == ["appeal_judgment", "judgment_filing"]


def test_an_effect_that_is_new_starts_the_report_on_the_loss(take_in, send):
    known = {name: value for name, value in TOLD.items() if name != "生效日期"}
    take_in(line(NUMBER, **known), confirm=True)
    told = judgment(NUMBER, "撤销被诉行政行为", day="2024-04-10", 生效日期="2026-09-28", 是否败诉="是")
    send.apply(workbook(裁判=[told]))
    assert ("lost_case_report", "open") in duties()
    assert not {"judgment_filing", "absence_explanation", "material_receipt"} & {rule for rule, _ in duties()}


def test_a_second_instance_of_today_is_a_case_of_today(take_in, send, world):
    take_in(line(NUMBER, **TOLD), confirm=True)
    told = hearing(案号="（2026）鲁16行终3号", day="2026-10-28")
    send.apply(workbook(排庭=[told]), court=world.appeal_court)
    assert [rule for rule, _ in duties()] == ["material_receipt", "name_head"]
    assert {one.case.number for one in Deadline.objects.exclude(case=None)} == {"（2026）鲁16行终3号"}


def test_a_defendant_that_is_new_is_asked_to_sign(take_in, send):
    take_in(line(NUMBER, 立案日期="2024-01-08"), confirm=True)
    send.apply(workbook(排庭=[hearing(案号=NUMBER, agency=GOVERNMENT, day="2026-10-28")]))
    asked = Deadline.objects.filter(rule="material_receipt")
    assert [one.lane.organisation.code for one in asked] == ["371602-GOV"]


def test_what_a_court_told_stands_and_the_row_says_so(take_in, send):
    told = judgment(NUMBER, "驳回原告诉讼请求", day="2024-04-11", 生效日期="2024-05-01")
    send.apply(workbook(裁判=[told]))
    before = Decision.objects.values().get()
    code, document = take_in(line(NUMBER, **TOLD), confirm=True)
    assert (code, counts(document)) == (0, (1, 1, 0, 1, 0, 0))
    [found] = document["issues"]
    assert (found["code"], found["severity"]) == ("known_otherwise", "warning")
    assert "裁判日期“2024-04-10”，平台已有的为“2024-04-11”" in found["message"]
    assert Decision.objects.values().get() == before
    assert (Case.objects.get().source.kind, Hearing.objects.get().source.kind) == ("court", "history")


def test_an_old_ledger_ends_no_duty_by_filling_in_what_a_court_left_open(take_in, send):
    told = judgment(NUMBER, "撤销被诉行政行为", day="2026-09-10", 是否败诉="是")
    send.apply(workbook(排庭=[hearing(案号=NUMBER, day="2026-10-28")], 裁判=[told]))
    before = duties()
    take_in(
        line(NUMBER, 裁判日期="2026-09-10", 裁判结果="判决撤销被诉行政行为", 送达日期="2026-09-20"),
        confirm=True,
    )
    assert (duties(), Decision.objects.get().delivered_on) == (before, None)


def test_a_hearing_that_a_court_moved_stays_where_it_is(take_in, send):
    for day in ("2026-09-10", "2026-09-17"):
        send.apply(workbook(排庭=[hearing(案号=NUMBER, day=day)]), month="2026-09", on="2026-09-01")
    code, document = take_in(line(NUMBER, 开庭日期="2026-09-10", 负责人是否出庭="是"), confirm=True)
    assert (code, [one["code"] for one in document["issues"]]) == (0, ["known_otherwise"])
    assert "开庭日期“2026-09-10”，平台已有的为“2026-09-17”" in document["issues"][0]["message"]
    assert [one.day for one in Hearing.objects.all()] == [date(2026, 9, 17)]


def test_a_defendant_that_no_court_named_is_held(take_in, send):
    send.apply(workbook(排庭=[hearing(案号=NUMBER, day="2026-10-28")]))
    code, document = take_in(line(NUMBER, GOVERNMENT, 立案日期="2024-01-08"), confirm=True)
    assert (code, faults(document)) == (1, [(2, "C2", "defendant_untold", "error")])
    assert Lane.objects.count() == 1


def test_a_courts_word_replaces_that_of_a_ledger(take_in, send):
    take_in(line(NUMBER, **TOLD), confirm=True)
    send.apply(
        workbook(出庭=[appearance(案号=NUMBER, day="2024-03-05", 出庭负责人姓名="李某")]), month="2024-04"
    )
    said = AppearanceStatement.objects.get()
    assert (said.attended, said.head_name) == (True, "李某")
    _, document = take_in(line(NUMBER, **TOLD), confirm=True)
    assert [one["code"] for one in document["issues"]] == ["known_otherwise"]
    assert AppearanceStatement.objects.get().attended is True


@pytest.mark.parametrize("day", ["2026-11-30", "2027-06-30"])
def test_a_first_instance_of_long_ago_is_not_urged_because_of_its_appeal(take_in, world, send, day):
    take_in(line(NUMBER, **TOLD), line(CITY.format(2), 一审案号=NUMBER, 开庭日期="2024-06-03"), confirm=True)
    sweep(on=date.fromisoformat(day), author=Author(send.at(day)), law=world.law)
    assert of_cases() == (0, 0, 0, 0)
