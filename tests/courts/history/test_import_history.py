"""A mixed ledger of 2024, in two courts: facts and figures, and nothing that anybody is asked for."""

from datetime import date

import pytest

from cases.models import (
    AppearanceStatement,
    Case,
    Deadline,
    Decision,
    DecisionOutcome,
    Hearing,
    Lane,
    Obligation,
    Source,
)
from courts.models import HistoryImport
from organisations.authors import Author
from organisations.models import AuditEntry, StoredFile
from reports.figures.figures import figures
from reports.figures.scopes import scope_of
from supervision.sweep.sweeping import sweep
from tests.courts.history.conftest import counts, faults, of_cases
from tests.courts.history.ledgers import CITY, COUNTY, content, line, year_2024

NONE_OF_IT = (0, 0, 0, 0)
HELD = [(12, "G12", "date_invalid", "error"), (13, "C13", "agency_unknown", "error")]


def test_a_plan_writes_nothing_at_all(take_in):
    code, document = take_in(*year_2024())
    assert (code, counts(document)) == (1, (12, 10, 2, 10, 0, 0))
    named = ("region", "year", "court", "month", "confirmed", "receipt")
    assert [document[name] for name in named] == ["371602", 2024, "鲁1602", None, False, None]
    assert (Case.objects.count(), HistoryImport.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_a_dry_run_confirms_nothing(take_in):
    _, document = take_in(*year_2024(), confirm=True, dry_run=True)
    assert (document["confirmed"], Case.objects.count()) == (False, 0)


def test_each_row_is_split_into_what_it_tells(take_in):
    code, document = take_in(*year_2024(), confirm=True)
    assert (code, counts(document)) == (1, (12, 10, 2, 10, 0, 0))
    assert document["sheets"][0]["creates"] == {"cases": 10, "defendants": 10, "deadlines": 0}
    assert (Case.objects.count(), Hearing.objects.count(), Decision.objects.count()) == (10, 7, 7)
    assert AppearanceStatement.objects.count() == 7
    assert sorted({case.court.code for case in Case.objects.all()}) == ["鲁16", "鲁1602"]
    said = AppearanceStatement.objects.get(hearing__case__number=COUNTY.format(1))
    assert (said.hearing.day, said.head_name, said.head_position) == (date(2024, 3, 5), "李某", "副局长")
    assert (said.counts, said.head_rank) == (True, "deputy")


def test_what_a_row_lacks_is_not_told_and_no_fault(take_in):
    take_in(*year_2024(), confirm=True)
    filed = Case.objects.get(number=COUNTY.format(5))
    assert (filed.filed_on, filed.hearings.count(), filed.decisions.count()) == (date(2024, 11, 20), 0, 0)
    heard = Case.objects.get(number=COUNTY.format(4))
    assert (heard.hearings.get().day, heard.decisions.count()) == (date(2024, 3, 20), 0)
    withdrawn = Case.objects.get(number=COUNTY.format(6))
    assert (withdrawn.hearings.count(), withdrawn.decisions.get().kind) == (0, "裁定")


def test_an_absent_head_is_not_whoever_came_instead(take_in):
    take_in(*year_2024(), confirm=True)
    said = AppearanceStatement.objects.get(hearing__case__number=COUNTY.format(2))
    assert (said.attended, said.head_name, said.head_position) == (False, "", "")


def test_a_number_of_the_old_style_finds_its_court(take_in):
    take_in(*year_2024(), confirm=True)
    case = Case.objects.get(number="（2015）滨中行终字第129号")
    assert (case.court.code, case.instance, case.hearings.get().day) == (
        "鲁16",
        "second",
        date(2015, 6, 1),
    )


def test_decisions_know_their_documents_effects_and_each_other(take_in):
    take_in(*year_2024(), confirm=True)
    told = {
        one.case.number: (one.kind, one.effect, one.effective_on, one.outcomes.get().code)
        for one in Decision.objects.all()
    }
    assert told[COUNTY.format(1)] == ("判决", "confirmed", date(2024, 4, 26), "J-DISMISS")
    assert told[COUNTY.format(2)] == ("判决", "confirmed", date(2024, 7, 20), "J-REVOKE")
    assert told[CITY.format(11)] == ("判决", "confirmed", date(2024, 7, 20), "A-AFFIRM")
    assert DecisionOutcome.objects.get(decision__case__number=CITY.format(11)).lost is True
    assert Case.objects.get(number=CITY.format(11)).origin.number == COUNTY.format(2)


def test_performance_is_told_without_a_deadline(take_in):
    take_in(*year_2024(), confirm=True)
    told = dict(Obligation.objects.values_list("outcome__decision__case__number", "state"))
    assert told == {COUNTY.format(2): "not_due", COUNTY.format(3): "done", COUNTY.format(7): "overdue"}


def test_figures_of_the_year_are_right(take_in, send):
    take_in(*year_2024(), confirm=True)
    document = figures(*scope_of("2024", "371602"), send.at("2026-10-15"))
    told = {one["key"]: (one["numerator"], one["denominator"], one["rate"]) for one in document["measures"]}
    assert told["appearance_rate"] == (4, 6, "66.7")
    assert told["appearance_rate_principal"] == (1, 6, "16.7")
    assert told["loss_rate_concluded"] == (3, 5, "60.0")
    assert told["loss_rate_judged"] == (3, 4, "75.0")
    for key in ("performance_rate", "report_on_time_rate", "filing_on_time_rate"):
        assert told[key] == (0, 0, None)


@pytest.mark.parametrize("day", ["2026-10-15", "2026-11-20", "2027-03-31"])
def test_nobody_is_asked_for_anything_also_by_later_sweeps(take_in, world, send, day):
    take_in(*year_2024(), confirm=True)
    assert of_cases() == NONE_OF_IT
    sweep(on=date.fromisoformat(day), author=Author(send.at(day)), law=world.law)
    assert of_cases() == NONE_OF_IT
    sued = Deadline.objects.filter(organisation__in=(world.police, world.government))
    assert list(sued) == []  # nor the regular work of agencies that are sued


def test_the_same_file_twice_changes_nothing_and_has_one_receipt(take_in, world, send):
    book = content(*year_2024())
    _, first = take_in(book=book, confirm=True)
    sweep(on=date(2026, 11, 20), author=Author(send.at("2026-11-20")), law=world.law)
    code, second = take_in(book=book, confirm=True)
    assert (code, counts(second)) == (1, (12, 10, 2, 0, 0, 10))
    assert second["receipt"] == first["receipt"]
    assert (HistoryImport.objects.count(), Source.objects.filter(row=2).count()) == (1, 1)


def test_bad_rows_are_held_with_their_cell_their_reason_and_the_remedy(take_in):
    _, document = take_in(*year_2024(), confirm=True)
    assert faults(document) == HELD
    assert [one["name"] for one in document["unmatched_agencies"]] == ["滨城区水产局"]
    kept = HistoryImport.objects.get()
    assert [(one["row"], one["values"]["案号"]) for one in kept.held] == [
        (12, COUNTY.format(8)),
        (13, COUNTY.format(9)),
    ]
    assert "2024年2月没有30日" in kept.held[0]["issues"][0]["message"]
    assert kept.number == document["receipt"]["number"]
    assert AuditEntry.objects.filter(verb="history.import").count() == 1


def test_a_held_row_put_right_is_taken_in_and_gets_a_receipt_of_its_own(take_in):
    _, first = take_in(*year_2024(), confirm=True)
    rows = year_2024()
    rows[10] = line(COUNTY.format(8), 开庭日期="2024-02-29", 负责人是否出庭="是")
    rows[11] = line(COUNTY.format(9), 开庭日期="2024-04-04", 负责人是否出庭="是")
    code, second = take_in(*rows, confirm=True)
    assert (code, counts(second)) == (0, (12, 12, 0, 2, 0, 10))
    assert second["receipt"]["number"] != first["receipt"]["number"]


def test_a_corrected_ledger_corrects_what_only_ledgers_told(take_in):
    take_in(line(COUNTY.format(1), 案由="行政处罚"), confirm=True)
    _, document = take_in(line(COUNTY.format(1), 案由="行政强制"), confirm=True)
    assert (counts(document), Case.objects.get().cause) == ((1, 1, 0, 0, 1, 0), "行政强制")


def test_every_fact_says_that_an_old_ledger_told_it(take_in):
    take_in(*year_2024()[:1], confirm=True)
    lane = Lane.objects.get()
    assert (lane.source.kind, lane.source.month, lane.source.reference) == (
        "history",
        None,
        "LS2024-" + str(HistoryImport.objects.get().pk),
    )
    assert str(lane.source) == "历史台账 台账.xlsx · 2024年行政应诉台账 第 2 行"
    assert lane.source.cells["开庭日期"] == "G2"
    assert DecisionOutcome.objects.get().get_lost_basis_display() == "历史台账"


def test_the_case_page_names_the_ledger(take_in, cast, client_of):
    take_in(*year_2024()[:1], confirm=True)
    page = client_of(cast.office_clerk).get(f"/cases/{Case.objects.get().pk}/").content.decode()
    assert page.count("历史台账 台账.xlsx · 2024年行政应诉台账 第 2 行") >= 4
    assert "导入本案" in page
    assert "（法院通报" not in page.replace("（法院通报漏列的）", "")


REFUSED = [
    ({"region": "999999"}, "没有区划“999999”"),
    ({"year": 2026}, "历史台账只收 2018 至 2025 年的"),
    ({"column": ["涉案机关=机关"]}, "看不出是哪一列"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED)
def test_wrong_arguments_are_named(take_in, options, words):
    code, document = take_in(line(COUNTY.format(1)), **options)
    assert (code, document["error"]["code"]) == (2, "arguments")
    assert words in document["error"]["message"]


def test_a_file_that_is_no_ledger_is_refused(take_in):
    code, document = take_in(book=b"no workbook")
    assert (code, document["error"]["code"] != "arguments") == (2, True)
